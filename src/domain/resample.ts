import { type Bar, barOpen, intervalMs } from './bars.js'
import { allocateCandles, type Candle, type Candles, sliceCandles } from './candles.js'

/**
 * Candles of bar `base` as closed candles of the higher bar. One that has not closed by the close of the last base candle
 * is left out, and so is the first unless the base candles begin at its open. Candles missing inside are no obstacle; where
 * all are missing there is no higher candle either.
 */
export function resampleCandles(candles: Candles, base: Bar, higher: Bar): Candles {
  const { ts, open, high, low, close, volume } = candles
  const out = allocateCandles(countBuckets(ts, higher), candles.priceScale)
  let last = -1
  let end = Number.NEGATIVE_INFINITY
  for (let i = 0; i < ts.length; i++) {
    if (ts[i] < end) {
      if (high[i] > out.high[last]) out.high[last] = high[i]
      if (low[i] < out.low[last]) out.low[last] = low[i]
      out.close[last] = close[i]
      out.volume[last] += volume[i]
    } else {
      last++
      out.ts[last] = barOpen(higher, ts[i])
      end = out.ts[last] + intervalMs(higher)
      out.open[last] = open[i]
      out.high[last] = high[i]
      out.low[last] = low[i]
      out.close[last] = close[i]
      out.volume[last] = volume[i]
    }
  }
  const isClosed = end <= ts[ts.length - 1] + intervalMs(base)
  const from = out.ts[0] === ts[0] ? 0 : 1
  return sliceCandles(out, from, Math.max(from, isClosed ? last + 1 : last))
}

function countBuckets(ts: Float64Array, higher: Bar): number {
  let count = 0
  let end = Number.NEGATIVE_INFINITY
  for (let i = 0; i < ts.length; i++) {
    if (ts[i] < end) continue
    count++
    end = barOpen(higher, ts[i]) + intervalMs(higher)
  }
  return count
}

/** `resampleCandles` one base candle at a time; of equal bars each candle is itself. */
export class ResampleStream {
  readonly #base: Bar
  readonly #bar: Bar
  /** The candle in the making; its `ts` is NaN where there is none. */
  private readonly forming: Candle = { ts: Number.NaN, open: 0, high: 0, low: 0, close: 0, volume: 0 }
  /** 1 once a base candle has come, and 1 while the candle in the making began with it and not at its open. */
  private isBegun = 0
  private isCut = 0

  constructor(base: Bar, bar: Bar) {
    this.#base = base
    this.#bar = bar
  }

  /** Takes the next base candle and gives the candles that have closed by its close, oldest first. */
  push(candle: Candle): Candle[] {
    if (this.#bar === this.#base) return [candle]
    const { forming } = this
    const closed: Candle[] = []
    if (candle.ts >= this.end()) this.finish(closed)
    if (Number.isNaN(forming.ts)) {
      Object.assign(forming, candle, { ts: barOpen(this.#bar, candle.ts) })
      this.isCut = this.isBegun === 0 && forming.ts !== candle.ts ? 1 : 0
      this.isBegun = 1
    } else {
      forming.high = Math.max(forming.high, candle.high)
      forming.low = Math.min(forming.low, candle.low)
      forming.close = candle.close
      forming.volume += candle.volume
    }
    if (candle.ts + intervalMs(this.#base) >= this.end()) this.finish(closed)
    return closed
  }

  /** When the candle in the making closes; NaN where there is none. */
  private end(): number {
    return this.forming.ts + intervalMs(this.#bar)
  }

  private finish(closed: Candle[]): void {
    if (this.isCut === 0) closed.push({ ...this.forming })
    this.forming.ts = Number.NaN
  }
}
