import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { thin, thinMarks } from './thin.js'

const line = fc
  .array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 400 })
  .map((values) => ({
    ts: Float64Array.from(values, (_, i) => 1_000 + i * 60_000),
    values: Float64Array.from(values),
  }))
const buckets = fc.integer({ min: 1, max: 40 })

function thinned({ ts, values }: { ts: Float64Array; values: Float64Array }, count: number) {
  return thin({ ts, values }, ts[0], ts[ts.length - 1], count)
}

describe('a thinned line', () => {
  test('keeps its first and last point and its extremes', () => {
    fc.assert(
      fc.property(line, buckets, (whole, count) => {
        const kept = thinned(whole, count)
        const values = Array.from(kept.values)
        expect(kept.ts[0]).toBe(whole.ts[0])
        expect(values[0]).toBe(whole.values[0])
        expect(kept.ts[kept.ts.length - 1]).toBe(whole.ts[whole.ts.length - 1])
        expect(values[values.length - 1]).toBe(whole.values[whole.values.length - 1])
        expect(Math.min(...values)).toBe(Math.min(...whole.values))
        expect(Math.max(...values)).toBe(Math.max(...whole.values))
      }),
    )
  })

  test('has at most four points a bucket, in order, each of them a point of the line', () => {
    fc.assert(
      fc.property(line, buckets, (whole, count) => {
        const kept = thinned(whole, count)
        expect(kept.ts.length).toBeLessThanOrEqual(count * 4)
        expect(kept.values.length).toBe(kept.ts.length)
        for (let i = 0; i < kept.ts.length; i++) {
          if (i > 0) expect(kept.ts[i]).toBeGreaterThan(kept.ts[i - 1])
          expect(kept.values[i]).toBe(whole.values[whole.ts.indexOf(kept.ts[i])])
        }
      }),
    )
  })

  test('keeps the extremes of every bucket, not only those of the whole', () => {
    const values = Float64Array.of(5, 9, 1, 5, 5, 5, 7, 4, 5, 5)
    const ts = Float64Array.from(values, (_, i) => i)
    const kept = thin({ ts, values }, 0, 10, 2)
    expect(Array.from(kept.ts)).toEqual([0, 1, 2, 4, 5, 6, 7, 9])
  })
})

test('marks in one cell are one mark, marks in different cells all stay', () => {
  const marks = [
    { ts: 100, value: 10 },
    { ts: 101, value: 10.1 },
    { ts: 100, value: 12 },
    { ts: 130, value: 10 },
  ]
  expect(thinMarks(marks, { ms: 10, value: 1 })).toEqual([marks[0], marks[2], marks[3]])
})
