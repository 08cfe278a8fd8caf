import { type Bar, barOpen, intervalMs } from './bars.js'
import { type Candle, type Candles, candlesFromRows } from './candles.js'

/**
 * Candles of bar `base` as closed candles of the higher bar. One that has not closed by the close of the last base candle
 * is left out, and so is the first unless the base candles begin at its open. Candles missing inside are no obstacle; where
 * all are missing there is no higher candle either.
 */
export function resampleCandles(candles: Candles, base: Bar, higher: Bar): Candles {
  const { ts, open, high, low, close, volume } = candles
  const length = intervalMs(higher)
  const rows: Candle[] = []
  let row: Candle | undefined
  for (let i = 0; i < ts.length; i++) {
    const start = barOpen(higher, ts[i])
    if (row?.ts === start) {
      if (high[i] > row.high) row.high = high[i]
      if (low[i] < row.low) row.low = low[i]
      row.close = close[i]
      row.volume += volume[i]
    } else {
      row = { ts: start, open: open[i], high: high[i], low: low[i], close: close[i], volume: volume[i] }
      rows.push(row)
    }
  }
  if (ts.length > 0) {
    const end = ts[ts.length - 1] + intervalMs(base)
    if (rows[rows.length - 1].ts + length > end) rows.pop()
    if (rows.length > 0 && rows[0].ts !== ts[0]) rows.shift()
  }
  return candlesFromRows(rows, candles.priceScale)
}
