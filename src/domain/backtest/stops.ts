import type { Risk } from '../strategy/schema.js'

/** Stops and target of one open long position; prices in quote currency. */
export interface StopLevels {
  /** Fixed stop; -Infinity where the strategy has none. */
  readonly stop: number
  /** Infinity where the strategy has none. */
  readonly target: number
  readonly trailingPct: number | null
  /** The entry's fill price, then the best high of the bars that counted so far. */
  best: number
}

/** The levels of no position. */
export const noLevels: StopLevels = Object.freeze({ stop: -Infinity, target: Infinity, trailingPct: null, best: 0 })

/** A stop or target that a bar reached: the price before slippage. */
export interface StopHit {
  price: number
  reason: 'stop_loss' | 'trailing_stop' | 'take_profit'
}

/** Levels of a long position, by percent of the price at which its entry was filled. */
export function stopLevels(entryPrice: number, risk: Risk): StopLevels {
  return {
    stop: risk.stop_loss_pct === null ? -Infinity : percentOf(entryPrice, 100 - risk.stop_loss_pct),
    target: risk.take_profit_pct === null ? Infinity : percentOf(entryPrice, 100 + risk.take_profit_pct),
    trailingPct: risk.trailing_stop_pct,
    best: entryPrice,
  }
}

// Multiplied first: 7 % under 100 is 93, while 100 * (1 - 0.07) is 92.99999999999999 and a low of 93 would miss it.
function percentOf(price: number, percent: number): number {
  return (price * percent) / 100
}

/**
 * What one whole bar does to a long position, in the order of STRATEGY.md section 4: the open beyond the stop, the
 * open beyond the target, the stop, the target. Of fixed and trailing stop the nearer governs and names the reason,
 * the fixed one on a tie. Its high raises the trailing stop for later bars only. Null if the position stays.
 */
export function passBar(levels: StopLevels, open: number, high: number, low: number): StopHit | null {
  const trailing = levels.trailingPct === null ? -Infinity : percentOf(levels.best, 100 - levels.trailingPct)
  const stop = Math.max(levels.stop, trailing)
  const stopReason = trailing > levels.stop ? 'trailing_stop' : 'stop_loss'
  if (open <= stop) return { price: open, reason: stopReason }
  if (open >= levels.target) return { price: open, reason: 'take_profit' }
  if (low <= stop) return { price: stop, reason: stopReason }
  if (high >= levels.target) return { price: levels.target, reason: 'take_profit' }
  if (high > levels.best) levels.best = high
  return null
}
