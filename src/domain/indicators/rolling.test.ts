import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rollingHighest, rollingLowest } from './rolling.js'

test('is the extreme of each window, ties and leading gaps included', () => {
  const series = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 })
  fc.assert(
    fc.property(series, fc.integer({ min: 1, max: 12 }), fc.nat(4), (numbers, period, from) => {
      const values = Float64Array.from([...new Array(from).fill(Number.NaN), ...numbers])
      const windows = Array.from(values, (_, i) =>
        i < from + period - 1 ? [Number.NaN] : Array.from(values.slice(i - period + 1, i + 1)),
      )
      expect(Array.from(rollingHighest(values, period, from))).toEqual(windows.map((window) => Math.max(...window)))
      expect(Array.from(rollingLowest(values, period, from))).toEqual(windows.map((window) => Math.min(...window)))
    }),
  )
})
