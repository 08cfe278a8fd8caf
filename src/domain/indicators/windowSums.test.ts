import fc from 'fast-check'
import { expect, test } from 'vitest'
import { WindowSumStream, windowSums } from './windowSums.js'

function streamed(values: Float64Array, period: number): number[] {
  const stream = new WindowSumStream(period)
  return Array.from(values, (value) => stream.push(value))
}

const anyPeriod = fc.integer({ min: 1, max: 9 })

test('of whole numbers it is the exact sum of each window, one by one as over columns', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1e6, max: 1e6 }), { maxLength: 40 }), anyPeriod, (numbers, period) => {
      const values = Float64Array.from(numbers)
      const expected = numbers.map((_, i) =>
        i < period - 1 ? Number.NaN : numbers.slice(i - period + 1, i + 1).reduce((sum, x) => sum + x, 0),
      )
      expect(Array.from(windowSums(values, period, true))).toEqual(expected)
      expect(Array.from(windowSums(values, period, false))).toEqual(expected)
      expect(streamed(values, period)).toEqual(expected)
    }),
  )
})

test('of any numbers it is the same one by one as over columns, and depends on its window alone', () => {
  const price = fc.double({ min: 1e-6, max: 1e6, noNaN: true })
  fc.assert(
    fc.property(fc.array(price, { minLength: 1, maxLength: 40 }), anyPeriod, fc.nat(39), (numbers, period, earlier) => {
      const values = Float64Array.from(numbers)
      const sums = Array.from(windowSums(values, period, false))
      expect(streamed(values, period)).toEqual(sums)
      const later = Array.from(windowSums(values.subarray(earlier), period, false))
      expect(later.slice(period - 1)).toEqual(sums.slice(earlier + period - 1))
    }),
  )
})
