import { expect, test } from 'vitest'
import { walkCandles } from '../../testing/candleSeries.js'
import type { Candles } from '../candles.js'
import { catalog, resolveParams } from './catalog.js'
import type { Indicator, Params } from './indicator.js'
import { SharedColumns } from './sharedColumns.js'

/** RSI, and how often it was computed. */
function counted() {
  const computed: unknown[] = []
  const indicator: Indicator = {
    ...catalog.RSI,
    compute(candles: Candles, params: Params) {
      computed.push(params.period)
      return catalog.RSI.compute(candles, params)
    },
  }
  return { indicator, computed }
}

test('conditions on the same lines cost them once, whatever their levels', () => {
  const { indicator, computed } = counted()
  const columns = new SharedColumns()
  const candles = walkCandles(100, 1)
  const signal = (type: string, given: Params) =>
    columns.signal(candles, indicator, type, resolveParams(indicator, type, given))
  const low = signal('oversold', { oversold: 40 })
  expect(signal('oversold', { oversold: 40 })).toBe(low)
  expect(signal('oversold', { oversold: 45 })).not.toEqual(low)
  signal('overbought', {})
  expect(computed).toEqual([14])
  signal('overbought', { period: 7 })
  signal('golden_cross', { fast: 7, slow: 14 })
  expect(computed).toEqual([14, 7])
})

test('another series has columns of its own', () => {
  const { indicator, computed } = counted()
  const columns = new SharedColumns()
  const of = (seed: number) => columns.lines(walkCandles(50, seed), indicator, { period: 3 })
  expect(of(1)).not.toEqual(of(2))
  expect(computed).toEqual([3, 3])
})

test('with a limit, what was used longest ago is let go, and is the same when it is wanted again', () => {
  const candles = walkCandles(100, 1)
  const columns = new SharedColumns(2 * 8 * candles.ts.length)
  const average = (period: number) => columns.lines(candles, catalog.MA, { type: 'SMA', period })
  const [first, second] = [average(2), average(3)]
  expect(average(2)).toBe(first)
  average(4)
  expect(average(2)).toBe(first)
  const again = average(3)
  expect(again).not.toBe(second)
  expect(again).toEqual(second)
})
