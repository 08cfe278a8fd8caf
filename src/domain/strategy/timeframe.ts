import { type Bar, intervalMs } from '../bars.js'
import type { Candles } from '../candles.js'
import { type SignalColumn, unknown } from '../indicators/indicator.js'
import { resampleCandles } from '../resample.js'

/** The candles on which conditions of one bar are evaluated, and how the base bars see them. */
export interface Timeframe {
  readonly candles: Candles
  /** Index of the newest candle that has closed by the close of base bar `i`; -1 where there is none. */
  at(i: number): number
  /** A signal on these candles as each base bar sees it: that of the newest closed one. */
  hold(signal: SignalColumn): SignalColumn
}

export function baseTimeframe(candles: Candles): Timeframe {
  return { candles, at: (i) => i, hold: (signal) => signal }
}

export function higherTimeframe(base: Candles, bar: Bar, higher: Bar): Timeframe {
  const candles = resampleCandles(base, bar, higher)
  const newest = new Int32Array(base.ts.length)
  let next = 0
  for (let i = 0; i < newest.length; i++) {
    const now = base.ts[i] + intervalMs(bar)
    while (next < candles.ts.length && candles.ts[next] + intervalMs(higher) <= now) next++
    newest[i] = next - 1
  }
  return {
    candles,
    at: (i) => newest[i],
    hold(signal) {
      const out = new Uint8Array(newest.length)
      for (let i = 0; i < out.length; i++) out[i] = newest[i] < 0 ? unknown : signal[newest[i]]
      return out
    },
  }
}
