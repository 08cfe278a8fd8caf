import fc from 'fast-check'
import { expect, test } from 'vitest'
import { floatColumn } from './exactColumn.js'
import { ExtremeStream, rollingHighest, rollingLowest } from './rolling.js'

test.each([
  ['ticks', true, 9],
  ['ticks beyond what can be added', true, 2 ** 53 - 1],
  ['floats', false, 9],
])('of %s it is the extreme of each window, ties and leading gaps included', (_name, isWhole, max) => {
  const series = fc.array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: max - 9, max })), {
    maxLength: 60,
  })
  fc.assert(
    fc.property(series, fc.integer({ min: 1, max: 12 }), fc.nat(4), (numbers, period, from) => {
      const values = Float64Array.from([...new Array(from).fill(Number.NaN), ...numbers])
      const windows = Array.from(values, (_, i) =>
        i < from + period - 1 ? [Number.NaN] : Array.from(values.slice(i - period + 1, i + 1)),
      )
      const column = { ...floatColumn(values), isWhole, min: 0, max }
      const highest = windows.map((window) => Math.max(...window))
      const lowest = windows.map((window) => Math.min(...window))
      expect(Array.from(rollingHighest(column, period, from))).toEqual(highest)
      expect(Array.from(rollingLowest(column, period, from))).toEqual(lowest)
      const [high, low] = [new ExtremeStream(period, 1), new ExtremeStream(period, -1)]
      expect(numbers.map((value) => high.push(value))).toEqual(highest.slice(from))
      expect(numbers.map((value) => low.push(value))).toEqual(lowest.slice(from))
    }),
  )
})
