import type { BacktestResult, Costs } from '../domain/backtest/result.js'
import type { Bar } from '../domain/bars.js'
import type { Candles } from '../domain/candles.js'
import { problemError } from '../domain/strategy/problem.js'
import type { Strategy } from '../domain/strategy/schema.js'
import { checkStrategy } from '../domain/strategy/validate.js'
import { UserError } from '../domain/userError.js'
import type { Backtests as BacktestStore, BacktestSummary } from '../store/backtests.js'
import type { ComputeBacktest } from './computeBacktest.js'
import type { MarketData } from './marketData.js'
import { defaultCosts, type PreparedOrder, prepareBacktest, type RunRequest, windowOf } from './prepareBacktest.js'
import { type NamedStrategy, retarget } from './strategies.js'
import type { Work } from './work.js'

export interface BacktestOrder {
  userId: number
  strategy: NamedStrategy
  /** Other than the strategy's own. */
  instId?: string
  bar?: Bar
  fromTs: number
  toTs: number
  costs?: Partial<Costs>
}

/** A result with what its picture needs: the window's candles and the equity at each of their closes. */
export interface BacktestReport {
  id: number
  strategy: Strategy
  result: BacktestResult
  candles: Candles
  equity: Float64Array
  /** False for a reopened result whose candles have changed since: the figures are the stored ones, the curves are new. */
  reproduced: boolean
}

/** Backtests on stored and downloaded candles; every one is recorded before it runs and can be asked for later. */
export interface Backtests {
  run(order: BacktestOrder, now: number, work: Work): Promise<BacktestReport>
  /** An earlier result with its curves made again. Refuses an unknown id and one that is not done. */
  reopen(userId: number, id: number, work: Work): Promise<BacktestReport>
  /** Newest first. */
  list(userId: number, limit: number): Promise<BacktestSummary[]>
}

export interface BacktestsOptions {
  store: BacktestStore
  marketData: MarketData
  compute: ComputeBacktest
  clock: () => number
}

export function createBacktests({ store, marketData, compute, clock }: BacktestsOptions): Backtests {
  const prepare = (order: PreparedOrder, work: Work) => prepareBacktest(marketData, order, work)

  const compileAndRun = (request: RunRequest, { progress, signal }: Work) => {
    const args = { bars: request.candles.ts.length }
    return compute(request, (fraction) => progress({ key: 'progress-backtest', args, fraction }), signal)
  }

  return {
    async run({ userId, strategy: named, instId, bar, fromTs, toTs, costs: given }, now, work) {
      const strategy = retarget(named.strategy, {
        ...(instId !== undefined && { inst_id: instId }),
        ...(bar !== undefined && { bar }),
      })
      const costs = { ...defaultCosts(strategy.inst_id), ...given }
      const order = { strategy, version: named.version, fromTs, toTs, costs }
      const id = await store.create(
        {
          userId,
          strategyVersionId: named.versionId,
          strategy,
          instId: strategy.inst_id,
          bar: strategy.bar,
          source: marketData.source,
          fromTs,
          toTs,
          costs,
        },
        now,
      )
      try {
        await store.start(id, clock())
        const request = await prepare(order, work)
        const { result, equity } = await compileAndRun(request, work)
        await store.finish(id, result, clock())
        return { id, strategy, result, candles: windowOf(request), equity, reproduced: true }
      } catch (error) {
        await store.fail(id, reasonOf(error, work.signal), clock())
        throw error
      }
    },

    async reopen(userId, id, work) {
      const record = await store.get(userId, id)
      if (!record) throw new UserError('error-backtest-unknown', { id: String(id) })
      if (record.error) throw new UserError(record.error.id, record.error.args)
      if (!record.result) throw new UserError('error-backtest-not-done', { id: String(id), status: record.status })
      const checked = checkStrategy(record.strategy)
      if ('problems' in checked) throw problemError(checked.problems[0])
      const { strategy } = checked
      const { from_ts: fromTs, to_ts, origin_ts: originTs, version } = record.result
      const order = { strategy, version, fromTs, toTs: to_ts, costs: record.costs, originTs }
      const request = await prepare(order, work)
      const again = await compileAndRun(request, work)
      const result = { ...record.result, trades: record.trades }
      const reproduced = again.result.stats.final_equity === result.stats.final_equity
      return { id, strategy, result, candles: windowOf(request), equity: again.equity, reproduced }
    },

    list: (userId, limit) => store.list(userId, limit),
  }
}

function reasonOf(error: unknown, signal: AbortSignal): { id: string; args: UserError['args'] } {
  if (error instanceof UserError) return { id: error.id, args: error.args }
  return { id: signal.aborted ? 'error-backtest-cancelled' : 'error-backtest-failed', args: {} }
}
