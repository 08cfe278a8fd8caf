import type { Candles } from '../candles.js'
import { no, type ParamSpec, type Params, type SignalColumn, unknown, yes } from './indicator.js'
import { numberOf } from './params.js'

/** Bars on each side of a pivot; it is known only when the right ones have closed. */
const side = 3

/** How far back the earlier pivot may lie; two unequal pivots are at least four bars apart. */
export const divergenceLookback: ParamSpec = { kind: 'integer', default: 60, min: side + 1, max: 1000, isPeriod: true }

/** Bars that a divergence depends on: back to the left side of the earliest pivot that it may be with. */
export function divergenceReach(params: Params): number {
  return numberOf(params, 'lookback') + 3 * side + 1
}

/** A lower pivot low of price with a higher value of the line, said when the later pivot is confirmed. */
export function bullishDivergence(candles: Candles, line: Float64Array, lookback: number): SignalColumn {
  return divergence(candles.low, line, lookback, 1)
}

/** A higher pivot high of price with a lower value of the line, said when the later pivot is confirmed. */
export function bearishDivergence(candles: Candles, line: Float64Array, lookback: number): SignalColumn {
  return divergence(candles.high, line, lookback, -1)
}

/** `sign` 1: pivots are lows; -1: highs, which are lows of everything turned upside down. */
function divergence(prices: Float64Array, line: Float64Array, lookback: number, sign: 1 | -1): SignalColumn {
  const out = new Uint8Array(prices.length).fill(unknown)
  const pivots = new Int32Array(prices.length)
  let first = 0
  let count = 0
  for (let i = 2 * side; i < prices.length; i++) {
    const at = i - side
    if (!Number.isNaN(line[at])) out[i] = no
    if (!isPivot(prices, at, sign)) continue
    while (first < count && pivots[first] < at - lookback) first++
    for (let p = first; p < count; p++) {
      const earlier = pivots[p]
      if ((prices[at] - prices[earlier]) * sign < 0 && (line[at] - line[earlier]) * sign > 0) out[i] = yes
    }
    pivots[count++] = at
  }
  return out
}

function isPivot(prices: Float64Array, at: number, sign: 1 | -1): boolean {
  for (let j = at - side; j <= at + side; j++) if ((prices[j] - prices[at]) * sign < 0) return false
  return true
}
