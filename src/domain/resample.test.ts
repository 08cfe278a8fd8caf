import { expect, test } from 'vitest'
import { intervalMs } from './bars.js'
import { type Candle, type Candles, candlesFromRows } from './candles.js'
import { resampleCandles } from './resample.js'

const minuteMs = 60_000

/** Minute candles that open at these minutes: minute m has open m, high m + 10, low m - 10, close m + 1, volume 1. */
function minutes(...opens: number[]): Candles {
  return candlesFromRows(
    opens.map((m) => ({ ts: m * minuteMs, open: m, high: m + 10, low: m - 10, close: m + 1, volume: 1 })),
  )
}

function rowsOf({ ts, open, high, low, close, volume }: Candles): Candle[] {
  return Array.from(ts, (at, i) => ({
    ts: at / minuteMs,
    open: open[i],
    high: high[i],
    low: low[i],
    close: close[i],
    volume: volume[i],
  }))
}

test('a higher candle takes the first open, the extremes, the last close and all volume', () => {
  expect(rowsOf(resampleCandles(minutes(30, 31, 32, 33, 34, 35), '1m', '3m'))).toEqual([
    { ts: 30, open: 30, high: 42, low: 20, close: 33, volume: 3 },
    { ts: 33, open: 33, high: 45, low: 23, close: 36, volume: 3 },
  ])
})

test('what has not closed is left out, and so is a first bucket that does not begin at its open', () => {
  const opens = (candles: Candles) => rowsOf(candles).map(({ ts }) => ts)
  expect(opens(resampleCandles(minutes(31, 32, 33, 34, 35, 36, 37), '1m', '3m'))).toEqual([33])
  expect(opens(resampleCandles(minutes(31, 32), '1m', '3m'))).toEqual([])
  expect(opens(resampleCandles(minutes(31), '1m', '3m'))).toEqual([])
  expect(opens(resampleCandles(minutes(), '1m', '3m'))).toEqual([])
})

test('missing candles inside are no obstacle, and no candle stands where all are missing', () => {
  expect(rowsOf(resampleCandles(minutes(30, 32, 34, 40), '1m', '3m'))).toEqual([
    { ts: 30, open: 30, high: 42, low: 20, close: 33, volume: 2 },
    { ts: 33, open: 34, high: 44, low: 24, close: 35, volume: 1 },
  ])
})

test('keeps the scale of the prices', () => {
  expect(resampleCandles({ ...minutes(30), priceScale: 5 }, '1m', '3m').priceScale).toBe(5)
})

test('weeks begin on Monday', () => {
  const dayMs = intervalMs('1Dutc')
  const days = Array.from({ length: 14 }, (_, i) => ({
    ts: (4 + i) * dayMs,
    open: 1,
    high: 1,
    low: 1,
    close: 1,
    volume: 1,
  }))
  const weeks = resampleCandles(candlesFromRows(days), '1Dutc', '1Wutc')
  expect(Array.from(weeks.ts, (ts) => new Date(ts).toISOString())).toEqual([
    '1970-01-05T00:00:00.000Z',
    '1970-01-12T00:00:00.000Z',
  ])
})
