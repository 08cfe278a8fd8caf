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
  /** The trailing stop under `best`; -Infinity where the strategy has none. */
  trailing: number
}

/** The levels of no position. */
export const noLevels: StopLevels = Object.freeze({
  stop: -Infinity,
  target: Infinity,
  trailingPct: null,
  best: 0,
  trailing: -Infinity,
})

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
    trailing: trailingUnder(entryPrice, risk.trailing_stop_pct),
  }
}

function trailingUnder(best: number, trailingPct: number | null): number {
  return trailingPct === null ? -Infinity : percentOf(best, 100 - trailingPct)
}

/**
 * To 15 digits, which are exact for prices and percents of few decimals: 5 % over 2297.8 is 2412.69, where plain floats
 * make 2412.6900000000005, and a high of 2412.69 would miss it.
 */
function percentOf(price: number, percent: number): number {
  return Number(((price * percent) / 100).toPrecision(15))
}

/**
 * What one whole bar does to a long position, in the order of STRATEGY.md section 4: the open beyond the stop, the
 * open beyond the target, the stop, the target. Of fixed and trailing stop the nearer governs and names the reason,
 * the fixed one on a tie. Its high raises the trailing stop for later bars only. Null if the position stays.
 */
export function passBar(levels: StopLevels, open: number, high: number, low: number): StopHit | null {
  const { trailing } = levels
  const stop = Math.max(levels.stop, trailing)
  const stopReason = trailing > levels.stop ? 'trailing_stop' : 'stop_loss'
  if (open <= stop) return { price: open, reason: stopReason }
  if (open >= levels.target) return { price: open, reason: 'take_profit' }
  if (low <= stop) return { price: stop, reason: stopReason }
  if (high >= levels.target) return { price: levels.target, reason: 'take_profit' }
  if (high > levels.best) {
    levels.best = high
    levels.trailing = trailingUnder(high, levels.trailingPct)
  }
  return null
}
