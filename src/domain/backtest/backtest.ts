import { type Bar, intervalMs } from '../bars.js'
import { type Candles, lowerBound } from '../candles.js'
import { instTypeOf, type Source } from '../instrument.js'
import { compileStrategy } from '../strategy/compile.js'
import type { Strategy } from '../strategy/schema.js'
import type { SizeRules } from '../trading/toOrder.js'
import { UserError } from '../userError.js'
import { type EngineInput, runEngine } from './engine.js'
import { checkIntegrity } from './integrity.js'
import type { BacktestResult, Costs } from './result.js'
import { computeStats } from './stats.js'

export interface BacktestRequest {
  strategy: Strategy
  version: number
  /** What it is run on, which need not be what the strategy names. */
  instId: string
  bar: Bar
  source: Source
  /** Oldest first; the first is the origin that indicators are computed from, the last the end of the window. */
  candles: Candles
  /** Trading begins at the first candle that opens at or after this (epoch ms); earlier ones are warm-up. */
  fromTs: number
  costs: Costs
  /** Null where the instrument's rules are unknown. */
  sizeRules: SizeRules | null
  /** Put the equity of each bar into the result as well. */
  withEquity?: boolean
  /** Told the part that is done (0 to 1) between stages; an error thrown in it ends the backtest. */
  onProgress?: (done: number) => void
}

/** The result, and equity as columns for charts: open times of the window's bars and the marks at their closes. */
export interface BacktestOutcome {
  result: BacktestResult
  equityTs: Float64Array
  equity: Float64Array
}

/**
 * Compiles, trades, counts and checks. Pure and synchronous; all that goes in and out, `onProgress` apart, can be sent
 * to a worker and back.
 * @throws UserError for what is not backtested yet (swaps, directions other than long) and for a window without
 * candles.
 */
export function backtest(request: BacktestRequest): BacktestOutcome {
  const { strategy, instId, bar, candles, costs } = request
  if (instTypeOf(instId) !== 'SPOT') throw new UserError('error-backtest-swap', { instId })
  if (strategy.direction !== 'long') throw new UserError('error-backtest-direction', { direction: strategy.direction })
  const from = lowerBound(candles.ts, request.fromTs)
  const to = candles.ts.length
  if (from === to) throw new UserError('error-backtest-no-candles', { instId, bar })

  const { buy, sell } = compileStrategy(strategy.rules, bar, candles)
  request.onProgress?.(0.2)
  const input: EngineInput = {
    candles,
    buy,
    sell,
    from,
    to,
    costs,
    sizing: strategy.sizing,
    risk: strategy.risk,
    sizeRules: request.sizeRules,
  }
  const run = runEngine(input)
  request.onProgress?.(0.4)
  const integrity = checkIntegrity(strategy, bar, input, run)
  request.onProgress?.(0.9)
  const stats = computeStats({
    candles,
    from,
    to,
    intervalMs: intervalMs(bar),
    startEquity: costs.start_equity,
    equity: run.equity,
    trades: run.trades,
    barsInPosition: run.barsInPosition,
    notional: run.notional,
  })
  const equityTs = candles.ts.subarray(from, to)
  const result: BacktestResult = {
    strategy: strategy.name,
    version: request.version,
    inst_id: instId,
    bar,
    source: request.source,
    from_ts: candles.ts[from],
    to_ts: candles.ts[to - 1] + intervalMs(bar),
    origin_ts: candles.ts[0],
    bars: to - from,
    costs,
    stats,
    trades: run.trades,
    integrity,
  }
  if (request.withEquity) result.equity = Array.from(run.equity, (equity, i) => ({ ts: equityTs[i], equity }))
  request.onProgress?.(1)
  return { result, equityTs, equity: run.equity }
}
