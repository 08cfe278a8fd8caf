import type { BacktestResult, Stats, Trade } from '../domain/backtest/result.js'
import type { Candles } from '../domain/candles.js'

const dayMs = 86_400_000

/** Figures again from what a result lists: its trades, and its equity at the closes of bars of `barMs`. */
type Listed = Pick<BacktestResult, 'trades' | 'costs' | 'from_ts' | 'to_ts' | 'bars'> & {
  equity: { ts: number; equity: number }[]
}

/** Coins of one unit of a trade's `size`; a spot buy is charged in coins, so that it took more than its `size`. */
interface Market {
  isSpot: boolean
  contractCoins: number
}

/** All but when the largest drawdown was, which marks that differ by rounding leave open. */
type Timeless = Omit<Stats, 'max_drawdown_days' | 'drawdown_start_ts' | 'drawdown_trough_ts' | 'drawdown_recovery_ts'>

/**
 * STRATEGY.md's statistics by their textbook definitions, plainly and slowly, sharing no code with the program: days and
 * months by calendar dates, deviations and drawdown by all pairs. Fills are at opens (`next_open`).
 */
export function slowStats(result: Listed, window: Candles, barMs: number, market: Market): Timeless {
  const { trades, equity, costs } = result
  const start = costs.start_equity
  const final = equity[equity.length - 1].equity
  const days = (result.to_ts - result.from_ts) / dayMs
  const cagr = days < 30 ? null : Math.exp((Math.log(final / start) * 365) / days) - 1
  const depth = slowDrawdown(
    start,
    equity.map((mark) => mark.equity),
  )
  const perDay = lastBy(equity, barMs, 10)
  const filled = eachDay(perDay)
  const r = changes(start, filled)
  const enough = r.length >= 20
  const mean = total(r) / r.length
  const deviation = pairDeviation(r)
  const downside = Math.sqrt(total(r.map((x) => (x < 0 ? x * x : 0))) / r.length)
  const year = Math.sqrt(365)
  const pnl = trades.map((trade) => trade.pnl)
  const won = pnl.filter((x) => x > 0)
  const lost = pnl.filter((x) => x < 0)
  const holds = trades.map((trade) => trade.exit_ts - trade.entry_ts)
  const percents = trades.map((trade) => trade.pnl_pct).sort((a, b) => a - b)
  const n = trades.length
  return {
    start_equity: start,
    final_equity: start + total(pnl),
    total_return_pct: (100 * total(pnl)) / start,
    cagr_pct: cagr === null ? null : 100 * cagr,
    market_change_pct: (100 * (window.close[window.close.length - 1] - window.open[0])) / window.open[0],
    max_drawdown_pct: 100 * depth,
    sharpe: over(enough, mean * year, deviation),
    sortino: over(enough, mean * year, downside),
    volatility_pct: enough ? 100 * deviation * year : null,
    calmar: cagr === null ? null : over(true, cagr, depth),
    profit_factor: over(true, total(won), -total(lost)),
    expectancy: over(true, total(pnl), n),
    sqn: over(n >= 10, Math.sqrt(n) * (total(pnl) / n), pairDeviation(pnl)),
    win_rate_pct: over(true, 100 * won.length, n),
    payoff_ratio: won.length * lost.length === 0 ? null : total(won) / won.length / (-total(lost) / lost.length),
    trades: n,
    wins: won.length,
    losses: lost.length,
    best_trade_pct: percents.at(-1) ?? null,
    worst_trade_pct: percents[0] ?? null,
    avg_trade_pct: over(true, total(percents), n),
    avg_hold_ms: over(true, total(holds), n),
    max_hold_ms: holds.sort((a, b) => b - a)[0] ?? null,
    max_consecutive_wins: streak(pnl, '+'),
    max_consecutive_losses: streak(pnl, '-'),
    exposure_pct: (100 * barsHeld(trades, barMs)) / result.bars,
    turnover: total(trades.map((trade) => notional(trade, market, costs.fee_rate))) / start,
    fees: total(trades.map((trade) => trade.fees)),
    funding: total(trades.map((trade) => trade.funding)),
    monthly_returns: changes(start, [...lastBy(equity, barMs, 7).values()]).map((change, k) => ({
      month: [...lastBy(equity, barMs, 7).keys()][k],
      return_pct: 100 * change,
    })),
  }
}

function total(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

function over(isEnough: boolean, numerator: number, denominator: number): number | null {
  return isEnough && denominator !== 0 ? numerator / denominator : null
}

/** The last mark of each date (10 letters of ISO time) or month (7): that of the last moment of the bar. */
function lastBy(equity: Listed['equity'], barMs: number, letters: number): Map<string, number> {
  return new Map(equity.map(({ ts, equity: mark }) => [new Date(ts + barMs - 1).toISOString().slice(0, letters), mark]))
}

/** Days without a mark keep the one before. */
function eachDay(perDay: Map<string, number>): number[] {
  const dates = [...perDay.keys()]
  const marks: number[] = []
  for (let at = Date.parse(dates[0]); at <= Date.parse(dates[dates.length - 1]); at += dayMs) {
    marks.push(perDay.get(new Date(at).toISOString().slice(0, 10)) ?? marks[marks.length - 1])
  }
  return marks
}

/** Changes from each to the next, as long as there is something to change. */
function changes(start: number, marks: number[]): number[] {
  const all = [start, ...marks]
  return marks.map((mark, k) => (mark - all[k]) / all[k]).filter((_, k) => all[k] > 0)
}

/** ddof 1: half the mean square of the differences of all pairs. */
function pairDeviation(values: number[]): number {
  let squares = 0
  for (const a of values) for (const b of values) squares += (a - b) ** 2
  const deviation = Math.sqrt(squares / 2 / values.length / (values.length - 1))
  return deviation > 1e-9 * Math.max(...values.map(Math.abs)) ? deviation : 0
}

/** The largest fall of all pairs of marks, the start equity before them; there is none from nothing. */
function slowDrawdown(start: number, marks: number[]): number {
  const all = [start, ...marks]
  return Math.max(...all.map((high, k) => 1 - Math.min(...all.slice(k)) / high).filter((depth) => depth >= 0))
}

function streak(pnl: number[], kind: '+' | '-'): number {
  const signs = pnl.map((x) => (x > 0 ? '+' : x < 0 ? '-' : '0')).join('')
  return Math.max(...signs.split(kind === '+' ? /[-0]/ : /[+0]/).map((run) => run.length))
}

/** Bars in which a position was open after the fills at their open. */
function barsHeld(trades: Trade[], barMs: number): number {
  const held = new Set<number>()
  for (const { entry_ts, exit_ts, exit_reason } of trades) {
    for (let ts = entry_ts; ts < exit_ts; ts += barMs) held.add(ts)
    if (exit_reason !== 'signal' && exit_reason !== 'max_hold') held.add(exit_ts)
  }
  return held.size
}

/** Of both fills, quote currency. */
function notional(
  { size, entry_price, exit_price }: Trade,
  { isSpot, contractCoins }: Market,
  feeRate: number,
): number {
  const bought = isSpot ? size / (1 - feeRate) : size
  return (bought * entry_price + size * exit_price) * contractCoins
}
