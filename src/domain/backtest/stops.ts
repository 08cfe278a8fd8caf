import { roundDigits } from '../digits.js'
import type { Risk } from '../strategy/schema.js'
import type { ExitReason } from './result.js'

/**
 * Stops, target and liquidation price of one open position. Prices are signed by the side: a short's are below zero, so
 * that for either side falling is bad, a stop lies below the price and the target above it.
 */
export interface StopLevels {
  /** 1 for a long, -1 for a short. */
  sign: 1 | -1
  /** Fixed stop; -Infinity where the strategy has none. */
  stop: number
  /** Infinity where the strategy has none. */
  target: number
  trailingPct: number | null
  /** The entry's fill price, then the best price of the bars that counted so far. */
  best: number
  /** The trailing stop behind `best`; -Infinity where the strategy has none. */
  trailing: number
  /** -Infinity where nothing is taken away. */
  liquidation: number
}

/** A stop, target or liquidation that a bar reached: the price (above zero, before slippage). */
export interface StopHit {
  price: number
  reason: Extract<ExitReason, 'stop_loss' | 'trailing_stop' | 'take_profit' | 'liquidation'>
}

/** The levels of no position: nothing reaches them. */
export function noLevels(): StopLevels {
  return {
    sign: 1,
    stop: -Infinity,
    target: Infinity,
    trailingPct: null,
    best: 0,
    trailing: -Infinity,
    liquidation: -Infinity,
  }
}

/** Whether no price reaches any of them. */
export function areFree({ stop, target, trailing, liquidation }: StopLevels): boolean {
  return stop === -Infinity && target === Infinity && trailing === -Infinity && liquidation === -Infinity
}

/**
 * Levels by percent of the price at which the entry was filled; `liquidationPrice` is null where there is none. They are
 * written `into` what is given, which is also returned.
 */
export function stopLevels(
  side: 'long' | 'short',
  entryPrice: number,
  risk: Risk,
  liquidationPrice: number | null = null,
  into: StopLevels = noLevels(),
): StopLevels {
  const sign = side === 'long' ? 1 : -1
  into.sign = sign
  into.stop = levelAt(sign, entryPrice, risk.stop_loss_pct, -1)
  into.target = levelAt(sign, entryPrice, risk.take_profit_pct, 1)
  into.trailingPct = risk.trailing_stop_pct
  into.best = sign * entryPrice
  into.trailing = levelAt(sign, entryPrice, risk.trailing_stop_pct, -1)
  into.liquidation = liquidationPrice === null ? -Infinity : sign * liquidationPrice
  return into
}

/** `direction` is 1 where the position gains and -1 where it loses. */
function levelAt(sign: 1 | -1, entryPrice: number, pct: number | null, direction: 1 | -1): number {
  return pct === null ? direction * Infinity : sign * percentOf(entryPrice, 100 + direction * sign * pct)
}

/** Exact for prices and percents of few decimals: 5 % over 2297.8 is 2412.69, which a high of 2412.69 must not miss. */
function percentOf(price: number, percent: number): number {
  return roundDigits((price * percent) / 100)
}

/**
 * What one whole bar does to a position, in the order of STRATEGY.md section 4: the open beyond the liquidation price, the
 * open beyond the stop, the open beyond the target, the liquidation price or the stop, whichever is nearer, the target. Of
 * fixed and trailing stop the nearer governs and names the reason, the fixed one on a tie; a liquidation at the very price
 * of the stop comes first. The bar's best price moves the trailing stop for later bars only. Null if the position stays.
 */
export function passBar(levels: StopLevels, open: number, high: number, low: number): StopHit | null {
  const { sign, trailing, target, liquidation } = levels
  const stop = Math.max(levels.stop, trailing)
  const stopReason = trailing > levels.stop ? 'trailing_stop' : 'stop_loss'
  const first = sign * open
  const best = sign === 1 ? high : -low
  const worst = sign === 1 ? low : -high
  if (first <= liquidation) return { price: sign * liquidation, reason: 'liquidation' }
  if (first <= stop) return { price: open, reason: stopReason }
  if (first >= target) return { price: open, reason: 'take_profit' }
  if (worst <= liquidation && liquidation >= stop) return { price: sign * liquidation, reason: 'liquidation' }
  if (worst <= stop) return { price: sign * stop, reason: stopReason }
  if (best >= target) return { price: sign * target, reason: 'take_profit' }
  raise(levels, best)
  return null
}

/**
 * How many bars from index `from` on, `to` exclusive, `passBar` would leave the position alone, its trailing stop moved by
 * them as it would be: a quick walk over bars on which nothing can happen. It may stop short of the first on which it does.
 */
export function passQuietBars(
  levels: StopLevels,
  { high, low }: { high: Float64Array; low: Float64Array },
  from: number,
  to: number,
): number {
  const { sign, target, trailingPct } = levels
  const floor = Math.max(levels.stop, levels.liquidation)
  // No bar opens beyond its own extremes, so these alone decide.
  const worst = sign === 1 ? low : high
  const best = sign === 1 ? high : low
  let i = from
  if (trailingPct === null) {
    while (i < to && sign * worst[i] > floor && sign * best[i] < target) i++
    return i - from
  }
  const share = 1 - (sign * trailingPct) / 100
  let top = levels.best
  for (; i < to; i++) {
    // The trailing stop but for its rounding: a bar that comes near it is left to `passBar`.
    const near = top * share + Math.abs(top) * 1e-12
    const lowest = sign * worst[i]
    if (lowest <= near || lowest <= floor || sign * best[i] >= target) break
    if (sign * best[i] > top) top = sign * best[i]
  }
  raise(levels, top)
  return i - from
}

/** Moves the trailing stop behind a new best price. */
function raise(levels: StopLevels, best: number): void {
  const { sign, trailingPct } = levels
  if (best <= levels.best) return
  levels.best = best
  if (trailingPct !== null) levels.trailing = sign * percentOf(sign * best, 100 - sign * trailingPct)
}
