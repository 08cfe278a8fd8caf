import { intervalMs } from '../bars.js'
import { instTypeOf } from '../instrument.js'
import { type EngineRun, runEngine } from './engine.js'
import { checkIntegrity } from './integrity.js'
import './keptEngines.js'
import { type BacktestPlan, type BacktestRequest, planBacktest } from './planBacktest.js'
import type { BacktestResult } from './result.js'
import { computeStats, type StatsInput } from './stats.js'

/** The result, and equity as columns for charts: open times of the window's bars and the marks at their closes. */
export interface BacktestOutcome {
  result: BacktestResult
  equityTs: Float64Array
  equity: Float64Array
}

/** What part of the whole is done after each stage, about: rules at every tick take longer than all that comes after. */
const stageEnds = {
  closes: { plan: 0.2, run: 0.4, checks: 0.9 },
  ticks: { plan: 0.9, run: 0.93, checks: 0.99 },
} as const

/**
 * Compiles, trades, counts and checks. Pure and synchronous; all that goes in and out, `onProgress` apart, can be sent
 * to a worker and back.
 * @throws UserError for a swap that is settled in coins, and for a window without candles.
 */
export function backtest(request: BacktestRequest): BacktestOutcome {
  const { strategy, instId, bar, candles, costs, onProgress = () => {} } = request
  const ends = strategy.evaluate_on === 'tick' && request.detail ? stageEnds.ticks : stageEnds.closes
  const plan = planBacktest(request, undefined, (done) => onProgress(ends.plan * done))
  const { from, to } = plan
  onProgress(ends.plan)
  const run = runEngine(plan.input)
  onProgress(ends.run)
  const integrity = checkIntegrity(strategy, bar, request, plan, run)
  onProgress(ends.checks)
  const equity = plan.marksOf(run)
  const equityTs = candles.ts.subarray(from, to)
  const isSwap = instTypeOf(instId) === 'SWAP'
  const result: BacktestResult = {
    strategy: strategy.name,
    version: request.version,
    inst_id: instId,
    bar,
    detail_bar: request.detail?.bar ?? null,
    evaluate_on: strategy.evaluate_on,
    direction: strategy.direction,
    leverage: strategy.leverage,
    margin_mode: isSwap ? strategy.margin_mode : null,
    contract_coins: isSwap ? (request.sizeRules?.contractCoins ?? null) : null,
    source: request.source,
    program: request.program ?? null,
    from_ts: candles.ts[from],
    to_ts: candles.ts[to - 1] + intervalMs(bar),
    origin_ts: candles.ts[0],
    bars: to - from,
    costs,
    size_rules: request.sizeRules,
    funding_rates: request.fundingRates,
    stats: computeStats(statsInput(request, plan, run, equity)),
    trades: [...run.trades],
    integrity,
  }
  if (request.withEquity) result.equity = Array.from(equity, (mark, i) => ({ ts: equityTs[i], equity: mark }))
  onProgress(1)
  return { result, equityTs, equity }
}

/** What the figures of a run are computed from; `equity` are the marks of the window's bars. */
export function statsInput(
  { candles, bar, costs }: Pick<BacktestRequest, 'candles' | 'bar' | 'costs'>,
  { from, to, input }: BacktestPlan,
  run: EngineRun,
  equity: Float64Array,
): StatsInput {
  return {
    candles,
    from,
    to,
    intervalMs: intervalMs(bar),
    startEquity: costs.start_equity,
    equity,
    trades: run.trades,
    exposure: run.barsInPosition / (input.to - input.from),
    notional: run.notional,
  }
}
