import { type Bar, barOpen } from './bars.js'
import { type Candles, priceColumns } from './candles.js'

/**
 * What can be wrong with a candle: a price that is not above 0, a volume below 0, open, high, low and close that cannot
 * be of one bar, an open time no later than that of the candle before (`duplicate` where it is the same) or off the
 * bar's grid. What is not a finite number is wrong too.
 */
export type CandleFault = 'price' | 'volume' | 'range' | 'order' | 'duplicate' | 'grid'

/** What is wrong with candle `i`, apart from the grid; null if nothing is. */
export function faultAt(candles: Candles, i: number): Exclude<CandleFault, 'grid'> | null {
  const { ts, high, low, open, close, volume } = candles
  for (const name of priceColumns) {
    const price = candles[name][i]
    if (!(price > 0 && price < Number.POSITIVE_INFINITY)) return 'price'
  }
  if (!(volume[i] >= 0 && volume[i] < Number.POSITIVE_INFINITY)) return 'volume'
  if (high[i] < Math.max(open[i], close[i]) || low[i] > Math.min(open[i], close[i])) return 'range'
  if (i > 0 && ts[i] === ts[i - 1]) return 'duplicate'
  if (!Number.isSafeInteger(ts[i]) || (i > 0 && ts[i] < ts[i - 1])) return 'order'
  return null
}

/** The first candle that is wrong for a series of this bar; gaps are not wrong. Null if all are right. */
export function findBadCandle(candles: Candles, bar: Bar): { index: number; fault: CandleFault } | null {
  for (let index = 0; index < candles.ts.length; index++) {
    const fault = faultAt(candles, index) ?? (barOpen(bar, candles.ts[index]) === candles.ts[index] ? null : 'grid')
    if (fault) return { index, fault }
  }
  return null
}
