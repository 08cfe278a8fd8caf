import { detailBarOf } from '../domain/backtest/detailBar.js'
import type { BacktestResult, Costs } from '../domain/backtest/result.js'
import type { Bar } from '../domain/bars.js'
import type { Candles } from '../domain/candles.js'
import type { Strategy } from '../domain/strategy/schema.js'
import { checkStrategy } from '../domain/strategy/validate.js'
import { UserError } from '../domain/userError.js'
import type { BacktestRecord, Backtests as BacktestStore, BacktestSummary } from '../store/backtests.js'
import type { ComputeBacktest } from './computeBacktest.js'
import type { MarketData } from './marketData.js'
import {
  barsOf,
  defaultCosts,
  type ExchangeTerms,
  type PreparedOrder,
  prepareBacktest,
  type RunRequest,
  windowOf,
} from './prepareBacktest.js'
import { type NamedStrategy, retarget } from './strategies.js'
import type { Work } from './work.js'

export interface BacktestOrder {
  userId: number
  strategy: NamedStrategy
  /** Other than the strategy's own. */
  instId?: string
  bar?: Bar
  /** Of the finer candles that tell the order of events within a bar; what suits the strategy if left out. */
  detailBar?: Bar
  fromTs: number
  toTs: number
  costs?: Partial<Costs>
}

/** What a picture of a result is made of: the window's candles and the equity at each of their closes. */
export interface Curves {
  candles: Candles
  equity: Float64Array
}

export interface BacktestReport {
  id: number
  result: BacktestResult
  /** Null for a reopened result whose curves cannot be made again: other mode, exchange away, rules since refused. */
  curves: Curves | null
  /** False where the candles or the program have changed since: the figures are the stored ones, the curves are new. */
  reproduced: boolean
}

/** An earlier result as it was kept. */
export interface StoredBacktest {
  id: number
  result: BacktestResult
  /** What it was run with; null where rules such as its own have since been refused. */
  strategy: Strategy | null
}

/** Backtests on stored and downloaded candles; every one is recorded before it runs and can be asked for later. */
export interface Backtests {
  run(order: BacktestOrder, now: number, work: Work): Promise<BacktestReport>
  /** An earlier result, its curves made again where they can be. Refuses an unknown id and one that is not done. */
  reopen(userId: number, id: number, work: Work): Promise<BacktestReport>
  /** An earlier result without its curves. Refuses what `reopen` refuses. */
  stored(userId: number, id: number): Promise<StoredBacktest>
  /** Newest first. */
  list(userId: number, limit: number): Promise<BacktestSummary[]>
}

export interface BacktestsOptions {
  store: BacktestStore
  marketData: MarketData
  compute: ComputeBacktest
  clock: () => number
}

/** Of the whole, as far as progress is told: downloads take longest. */
const downloadShare = 0.8

export function createBacktests({ store, marketData, compute, clock }: BacktestsOptions): Backtests {
  const compileAndRun = (request: RunRequest, { progress, signal }: Work) => {
    const args = { bars: barsOf(request) }
    return compute(request, (fraction) => progress({ key: 'progress-backtest', args, fraction }), signal)
  }

  /** One that is theirs and done. */
  const find = async (userId: number, id: number) => {
    const record = await store.get(userId, id)
    if (!record) throw new UserError('error-backtest-unknown', { id: String(id) })
    if (record.error) throw new UserError(record.error.id, record.error.args)
    if (!record.result) throw new UserError('error-backtest-not-done', { id: String(id) })
    const { integrity, ...rest } = record.result
    const result: BacktestResult = { ...rest, trades: record.trades, integrity }
    return { record, result }
  }

  /** A stored result's curves and where they end; null where they cannot be had. */
  const runAgain = async (record: BacktestRecord, result: BacktestResult, work: Work) => {
    const checked = checkStrategy(record.strategy)
    if (record.source !== marketData.source || 'problems' in checked) return null
    const { from_ts: fromTs, to_ts: toTs, origin_ts: originTs, detail_bar: detailBar, version } = result
    const { strategy } = checked
    const terms = keptTerms(result)
    const { costs } = record
    const order: PreparedOrder = {
      strategy,
      version,
      fromTs,
      toTs,
      originTs,
      detailBar,
      costs,
      ...(terms && { terms }),
    }
    try {
      const request = await prepareBacktest(marketData, order, work)
      const again = await compileAndRun(request, work)
      const curves: Curves = { candles: windowOf(request), equity: again.equity }
      return { curves, finalEquity: again.result.stats.final_equity }
    } catch (error) {
      if (error instanceof UserError) return null
      throw error
    }
  }

  return {
    async run({ userId, strategy: named, instId, bar, detailBar: asked, fromTs, toTs, costs: given }, now, work) {
      const strategy = retarget(named.strategy, {
        ...(instId !== undefined && { inst_id: instId }),
        ...(bar !== undefined && { bar }),
      })
      const costs = { ...defaultCosts(strategy.inst_id), ...given }
      const detailBar = detailBarOf(strategy, asked)
      const order = { strategy, version: named.version, fromTs, toTs, detailBar, costs }
      const { inst_id, bar: testedBar } = strategy
      const { source } = marketData
      const strategyVersionId = named.versionId
      const id = await store.create(
        { userId, strategyVersionId, strategy, instId: inst_id, bar: testedBar, source, fromTs, toTs, costs },
        now,
      )
      const { recorded, settled } = recordProgress(store, id, work)
      try {
        await store.start(id, clock())
        const request = await prepareBacktest(marketData, order, recorded(0, downloadShare))
        const { result, equity } = await compileAndRun(request, recorded(downloadShare, 1))
        await settled()
        await store.finish(id, result, clock())
        return { id, result, curves: { candles: windowOf(request), equity }, reproduced: true }
      } catch (error) {
        await settled().catch(() => undefined)
        await store.fail(id, reasonOf(error, work.signal), clock()).catch((failure: unknown) => {
          throw new AggregateError([error, failure], `backtest ${id} failed, and that could not be recorded`)
        })
        throw error
      }
    },

    async reopen(userId, id, work) {
      const { record, result } = await find(userId, id)
      const again = await runAgain(record, result, work)
      const reproduced = again === null || again.finalEquity === result.stats.final_equity
      return { id, result, curves: again?.curves ?? null, reproduced }
    },

    async stored(userId, id) {
      const { record, result } = await find(userId, id)
      const checked = checkStrategy(record.strategy)
      return { id, result, strategy: 'problems' in checked ? null : checked.strategy }
    },

    list: (userId, limit) => store.list(userId, limit),
  }
}

/** What the exchange said when a result came about; null for one of a program that did not keep it. */
function keptTerms({ program, size_rules, funding_rates }: BacktestResult): ExchangeTerms | null {
  return program === null ? null : { sizeRules: size_rules, fundingRates: funding_rates }
}

/** Work whose progress, as a share of the whole, is written down at every tenth; `settled` waits until it is. */
function recordProgress(store: Pick<BacktestStore, 'progress'>, id: number, { progress, signal }: Work) {
  let written = 0
  let writing: Promise<unknown> = Promise.resolve()
  const write = (share: number) => {
    if (share < written + 0.1) return
    written = share
    writing = writing.then(() => store.progress(id, share))
    // Whoever waits for `settled` hears of it.
    writing.catch(() => undefined)
  }
  const recorded = (from: number, to: number): Work => ({
    signal,
    progress(step) {
      if (step.fraction !== undefined) write(from + (to - from) * step.fraction)
      progress(step)
    },
  })
  return { recorded, settled: () => writing }
}

function reasonOf(error: unknown, signal: AbortSignal): { id: string; args: UserError['args'] } {
  if (error instanceof UserError) return { id: error.id, args: error.args }
  return { id: signal.aborted ? 'error-backtest-cancelled' : 'error-backtest-failed', args: {} }
}
