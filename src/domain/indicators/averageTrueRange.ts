import type { Candle, Candles } from '../candles.js'
import { WilderStream } from './averageStreams.js'
import { closesOf, highsOf, lowsOf, type TickGrid, tickGrid } from './exactColumn.js'
import { ExactSum } from './exactSum.js'
import { nothingBefore, smooth } from './movingAverage.js'

/** How far price went from the close before: the candle's own range and the gap to it. In the unit of its arguments. */
export function trueRange(high: number, low: number, closeBefore: number): number {
  return (high > closeBefore ? high : closeBefore) - (low < closeBefore ? low : closeBefore)
}

/**
 * Wilder's average of the true ranges, in prices, seeded with the mean of the first `period` of them; the first one is that
 * of the second candle, so it is NaN before index `period`.
 */
export function averageTrueRange(candles: Candles, period: number): Float64Array {
  const high = highsOf(candles).values
  const low = lowsOf(candles).values
  const { values: close, unit } = closesOf(candles)
  const out = nothingBefore(period, close.length)
  if (close.length <= period) return out
  const seed = new ExactSum()
  for (let i = 1; i <= period; i++) seed.add(trueRange(high[i], low[i], close[i - 1]))
  const share = 1 / period
  let average = seed.over(period * unit)
  out[period] = average
  for (let i = period + 1; i < close.length; i++) {
    average = smooth(average, trueRange(high[i], low[i], close[i - 1]) / unit, share)
    out[i] = average
  }
  return out
}

/** The same one candle at a time. */
export class AverageTrueRangeStream {
  readonly #grid: TickGrid
  private readonly average: WilderStream
  private close = Number.NaN

  constructor(period: number, priceScale: number | null) {
    this.#grid = tickGrid(priceScale)
    this.average = new WilderStream(period, this.#grid.unit)
  }

  push({ high, low, close }: Candle): number {
    const before = this.close
    this.close = this.#grid.valueOf(close)
    if (Number.isNaN(before)) return Number.NaN
    return this.average.push(trueRange(this.#grid.valueOf(high), this.#grid.valueOf(low), before))
  }
}
