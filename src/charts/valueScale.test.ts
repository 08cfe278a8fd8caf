import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { valueScale } from './valueScale.js'

describe('a value axis', () => {
  test.each([
    [55_300, 64_700, 9, { min: 54_000, max: 66_000, step: 2_000, decimals: 0 }],
    [0.0617, 0.0719, 9, { min: 0.06, max: 0.072, step: 0.002, decimals: 3 }],
    [-5.23, 0, 4, { min: -6, max: 0, step: 2, decimals: 0 }],
    [1.23e-6, 1.44e-6, 8, { min: 1.2e-6, max: 1.45e-6, step: 5e-8, decimals: 8 }],
  ])('from %d to %d ends at round values', (low, high, maxLabels, expected) => {
    expect(valueScale(low, high, maxLabels)).toEqual(expected)
  })

  test('of a flat line has the line in its middle', () => {
    expect(valueScale(10_000, 10_000, 8)).toEqual({ min: 9_900, max: 10_100, step: 50, decimals: 0 })
    expect(valueScale(0, 0, 8)).toMatchObject({ min: -1, max: 1 })
  })

  test('holds all values with no more labels than asked for', () => {
    const value = fc.double({ noNaN: true, min: -1e12, max: 1e12 })
    fc.assert(
      fc.property(value, value, fc.integer({ min: 3, max: 12 }), (a, b, maxLabels) => {
        fc.pre(
          Math.abs(a - b) > 1e-6 * Math.max(Math.abs(a), Math.abs(b)) && Math.max(Math.abs(a), Math.abs(b)) > 1e-12,
        )
        const { min, max, step } = valueScale(Math.min(a, b), Math.max(a, b), maxLabels)
        const slack = step * 1e-6
        expect(min).toBeLessThanOrEqual(Math.min(a, b) + slack)
        expect(max).toBeGreaterThanOrEqual(Math.max(a, b) - slack)
        expect(Math.round((max - min) / step) + 1).toBeLessThanOrEqual(maxLabels)
      }),
    )
  })
})
