import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binsOf } from './binsOf.js'

const bins = (...values: number[]) => binsOf(Float64Array.from(values))

describe('bins', () => {
  it('have an edge at nothing, to which nothing itself does not add a gain', () => {
    const { first, counts } = bins(-1, 0, 1)
    const gains = counts.slice(-first)
    expect(gains.reduce((sum, count) => sum + count, 0)).toBe(1)
  })

  it('count every value once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 300 }),
        (values) => {
          const { counts, below, above } = bins(...values)
          expect(counts.reduce((sum, count) => sum + count, below + above)).toBe(values.length)
          expect(counts.length).toBeLessThanOrEqual(45)
        },
      ),
    )
  })

  it('hold each value between the edges of its bin, the upper edge included', () => {
    const { first, counts, step } = bins(5, 25, 26, 79)
    expect(step).toBe(2)
    expect(
      counts.flatMap((count, i) => (count > 0 ? [[(first + i) * step, (first + i + 1) * step, count]] : [])),
    ).toEqual([
      [4, 6, 1],
      [24, 26, 2],
      [78, 80, 1],
    ])
  })

  it('are several around a single value', () => {
    const { counts, first, step } = bins(2.26)
    expect(counts.length).toBeGreaterThanOrEqual(5)
    expect(first * step).toBeLessThan(2.26)
    expect(counts.filter((count) => count > 0)).toEqual([1])
  })

  it('stand for equal values, tiny and huge ones too', () => {
    for (const value of [0, 1e-12, -3, 7e11]) expect(bins(value, value, value).counts.filter(Boolean)).toEqual([3])
  })

  it('leave a few that lie far out to be counted beside', () => {
    const near = Array.from({ length: 200 }, (_, i) => (i % 20) / 10)
    const { above, below, counts, step } = bins(...near, 1e6)
    expect([below, above]).toEqual([0, 1])
    expect(counts.length * step).toBeLessThan(5)
  })
})
