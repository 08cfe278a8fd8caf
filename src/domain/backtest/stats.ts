import type { Candles } from '../candles.js'
import { findDrawdown } from './drawdown.js'
import type { Stats, Trade } from './result.js'
import { type DailyEquity, dailyEquity, type Marks, monthlyReturns, simpleReturns } from './returns.js'

const dayMs = 86_400_000
const leastDailyReturns = 20
const leastDaysForCagr = 30
const leastTradesForSqn = 10
const daysAYear = 365

export interface StatsInput {
  candles: Candles
  /** The window by index, `to` exclusive. */
  from: number
  to: number
  intervalMs: number
  startEquity: number
  /** The mark at the close of each bar of the window. */
  equity: Float64Array
  trades: readonly Trade[]
  /** Part of the window's candles in which a position was open. */
  exposure: number
  /** Sum of all fills, quote currency. */
  notional: number
}

/** Every figure of STRATEGY.md section 4 by the formula at its name in `Stats`. */
export function computeStats(input: StatsInput): Stats {
  const daily = dailyOf(input)
  return {
    ...plainFigures(input),
    ...riskFigures(simpleReturns(daily.equity, input.startEquity)),
    monthly_returns: monthlyReturns(daily, input.startEquity),
  }
}

/** The figures of a run that are single numbers. */
export type Figures = Omit<Stats, 'monthly_returns'>

/** The same figures, of which those of daily returns are computed when first looked at: a search may never do. */
export function lazyFigures(input: StatsInput): Figures {
  let known: RiskFigures | undefined
  const risk = () => {
    known ??= riskFigures(simpleReturns(dailyOf(input).equity, input.startEquity))
    return known
  }
  return {
    ...plainFigures(input),
    get sharpe() {
      return risk().sharpe
    },
    get sortino() {
      return risk().sortino
    },
    get volatility_pct() {
      return risk().volatility_pct
    },
  }
}

function marksOf({ candles, from, to, equity, startEquity }: StatsInput): Marks {
  return { ts: candles.ts.subarray(from, to), equity, startEquity }
}

function dailyOf(input: StatsInput): DailyEquity {
  return dailyEquity(marksOf(input), input.intervalMs)
}

function plainFigures(input: StatsInput): Omit<Figures, keyof RiskFigures> {
  const { candles, from, to, intervalMs, startEquity, equity, trades } = input
  const finalEquity = equity[to - from - 1]
  const days = (candles.ts[to - 1] + intervalMs - candles.ts[from]) / dayMs
  const drawdown = findDrawdown(marksOf(input))
  const cagr = days >= leastDaysForCagr ? (finalEquity / startEquity) ** (daysAYear / days) - 1 : null
  return {
    start_equity: startEquity,
    final_equity: finalEquity,
    total_return_pct: (finalEquity / startEquity - 1) * 100,
    cagr_pct: cagr === null ? null : cagr * 100,
    market_change_pct: (candles.close[to - 1] / candles.open[from] - 1) * 100,
    max_drawdown_pct: drawdown.depth * 100,
    max_drawdown_days: drawdown.durationMs / dayMs,
    drawdown_start_ts: drawdown.startTs,
    drawdown_trough_ts: drawdown.troughTs,
    drawdown_recovery_ts: drawdown.recoveryTs,
    calmar: cagr === null ? null : ratio(cagr, drawdown.depth),
    ...tradeFigures(trades),
    exposure_pct: input.exposure * 100,
    turnover: input.notional / startEquity,
  }
}

type RiskFigures = Pick<Stats, 'sharpe' | 'sortino' | 'volatility_pct'>

/** Figures of daily returns, annualised with 365 days. */
function riskFigures(returns: Float64Array): RiskFigures {
  if (returns.length < leastDailyReturns) return { sharpe: null, sortino: null, volatility_pct: null }
  const year = Math.sqrt(daysAYear)
  const average = mean(returns)
  const deviation = sampleDeviation(returns)
  const downside = Math.sqrt(mean(returns.map((r) => Math.min(r, 0) ** 2)))
  const sharpe = ratio(average, deviation)
  const sortino = ratio(average, downside)
  return {
    sharpe: sharpe === null ? null : sharpe * year,
    sortino: sortino === null ? null : sortino * year,
    volatility_pct: deviation * year * 100,
  }
}

type TradeFigures = Pick<
  Stats,
  | 'profit_factor'
  | 'expectancy'
  | 'sqn'
  | 'win_rate_pct'
  | 'payoff_ratio'
  | 'trades'
  | 'wins'
  | 'losses'
  | 'best_trade_pct'
  | 'worst_trade_pct'
  | 'avg_trade_pct'
  | 'avg_hold_ms'
  | 'max_hold_ms'
  | 'max_consecutive_wins'
  | 'max_consecutive_losses'
  | 'fees'
  | 'funding'
>

/** A trade wins with `pnl` over 0 and loses under 0; one of exactly 0 is neither and ends both kinds of streak. */
function tradeFigures(trades: readonly Trade[]): TradeFigures {
  const pnl = trades.map((trade) => trade.pnl)
  const pct = trades.map((trade) => trade.pnl_pct)
  const hold = trades.map((trade) => trade.exit_ts - trade.entry_ts)
  const wins = pnl.filter((amount) => amount > 0)
  const losses = pnl.filter((amount) => amount < 0)
  const grossWins = sum(wins)
  const grossLosses = -sum(losses)
  const sqn = trades.length < leastTradesForSqn ? null : ratio(mean(pnl), sampleDeviation(pnl))
  return {
    profit_factor: ratio(grossWins, grossLosses),
    expectancy: orNull(mean, pnl),
    sqn: sqn === null ? null : sqn * Math.sqrt(trades.length),
    win_rate_pct: orNull(() => (wins.length / trades.length) * 100, pnl),
    payoff_ratio: wins.length === 0 || losses.length === 0 ? null : mean(wins) / -mean(losses),
    trades: trades.length,
    wins: wins.length,
    losses: losses.length,
    best_trade_pct: orNull(largest, pct),
    worst_trade_pct: orNull(smallest, pct),
    avg_trade_pct: orNull(mean, pct),
    avg_hold_ms: orNull(mean, hold),
    max_hold_ms: orNull(largest, hold),
    max_consecutive_wins: longestStreak(pnl, (amount) => amount > 0),
    max_consecutive_losses: longestStreak(pnl, (amount) => amount < 0),
    fees: sum(trades.map((trade) => trade.fees)),
    funding: sum(trades.map((trade) => trade.funding)),
  }
}

function orNull(figure: (values: number[]) => number, values: number[]): number | null {
  return values.length === 0 ? null : figure(values)
}

function ratio(numerator: number, denominator: number): number | null {
  return denominator === 0 ? null : numerator / denominator
}

function sum(values: ArrayLike<number>): number {
  let total = 0
  for (let i = 0; i < values.length; i++) total += values[i]
  return total
}

function mean(values: ArrayLike<number>): number {
  return sum(values) / values.length
}

/** Standard deviation with ddof 1: sqrt(sum (x - mean)^2 / (n - 1)). Values that differ by rounding alone have none. */
function sampleDeviation(values: ArrayLike<number>): number {
  const average = mean(values)
  let squares = 0
  let size = 0
  for (let i = 0; i < values.length; i++) {
    squares += (values[i] - average) ** 2
    size = Math.max(size, Math.abs(values[i]))
  }
  const deviation = Math.sqrt(squares / (values.length - 1))
  return deviation > 1e-9 * size ? deviation : 0
}

// Not Math.max(...values): a hundred thousand trades overflow the stack.
function largest(values: number[]): number {
  return values.reduce((a, b) => Math.max(a, b))
}

function smallest(values: number[]): number {
  return values.reduce((a, b) => Math.min(a, b))
}

function longestStreak(values: number[], belongs: (value: number) => boolean): number {
  let longest = 0
  let current = 0
  for (const value of values) {
    current = belongs(value) ? current + 1 : 0
    if (current > longest) longest = current
  }
  return longest
}
