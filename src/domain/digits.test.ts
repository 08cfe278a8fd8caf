import fc from 'fast-check'
import { expect, it } from 'vitest'
import { roundDigits } from './digits.js'

it('is the decimal that a value is off by its last bits', () => {
  const decimal = fc.record({
    figures: fc.integer({ min: 1, max: 999_999_999_999 }),
    places: fc.integer({ min: 0, max: 14 }),
    off: fc.integer({ min: -1, max: 1 }),
  })
  fc.assert(
    fc.property(decimal, ({ figures, places, off }) => {
      const value = Number(`${figures}e-${places}`)
      expect(roundDigits(value * (1 + off * Number.EPSILON))).toBe(value)
    }),
    { numRuns: 20_000 },
  )
})

it.each([
  [0.000_000_012_34, 0.000_000_012_34],
  [1.5e-20, 1.5e-20],
  [4e20, 4e20],
  [1000, 1000],
  [999.999_999_999_999_9, 1000],
  [0, 0],
  [-2412.690_000_000_000_5, -2412.69],
  [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
])('of %d is %d', (value, expected) => {
  expect(roundDigits(value)).toBe(expected)
})
