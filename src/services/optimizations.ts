import { applyPoint } from '../domain/backtest/optimize/applyPoint.js'
import { type Dimension, type DimensionValue, type Point, pointValues } from '../domain/backtest/optimize/space.js'
import type { TriedPoint } from '../domain/backtest/optimize/tryPoint.js'
import { intervalMs } from '../domain/bars.js'
import { problemError } from '../domain/strategy/problem.js'
import type { Strategy } from '../domain/strategy/schema.js'
import { UserError } from '../domain/userError.js'
import type {
  OptimizationRecord,
  Optimizations as OptimizationStore,
  OptimizationSummary,
} from '../store/optimizations.js'
import type { BacktestOrder, BacktestReport, Backtests } from './backtests.js'
import type { MarketData } from './marketData.js'
import { allTrials, type OptimizationPlan, planOptimization, type SearchOrder } from './optimizationPlan.js'
import { defaultCosts, prepareBacktest } from './prepareBacktest.js'
import { type Ranking, rankTrials, type SearchResult, searchParameters } from './searchParameters.js'
import { isReadyMade, retarget, type Strategies } from './strategies.js'
import type { Tuning } from './tuning.js'
import type { Work } from './work.js'

export interface OptimizationOrder extends BacktestOrder {
  search: SearchOrder
}

export interface OptimizationReport extends Omit<OptimizationSummary, 'createdAt'>, Ranking, SearchResult {
  plan: OptimizationPlan
}

type OptimizationRow = OptimizationRecord<OptimizationPlan, SearchResult>

/** Searches for parameters. Each is recorded before it begins, trial by trial, and goes on where it was stopped. */
export interface Optimizations {
  /** When it is aborted with trials to show, what was found so far is its report. */
  start(order: OptimizationOrder, now: number, work: Work): Promise<OptimizationReport>
  /** Goes on with a stopped one, to the end that it would have come to. Refuses others. */
  resume(userId: number, id: number, work: Work): Promise<OptimizationReport>
  /** What there is of an earlier one. Refuses an unknown id and one that failed. */
  reopen(userId: number, id: number, work: Work): Promise<OptimizationReport>
  /** Newest first. */
  list(userId: number, limit: number): Promise<OptimizationSummary[]>
  /** The parameters of a trial as a new version of the strategy; of a ready-made one as a copy under a name of its own. */
  save(userId: number, id: number, index: number, now: number): Promise<SavedPoint>
  /** The whole backtest of a trial, over the same window. */
  backtest(userId: number, id: number, index: number, now: number, work: Work): Promise<TrialBacktest>
}

export interface SavedPoint {
  strategy: Strategy
  version: number
  values: Record<string, DimensionValue>
}

export interface TrialBacktest {
  report: BacktestReport
  values: Record<string, DimensionValue>
}

export interface OptimizationsOptions {
  store: OptimizationStore
  marketData: MarketData
  strategies: Pick<Strategies, 'find' | 'copy' | 'save'>
  backtests: Pick<Backtests, 'run'>
  /** For what takes long. */
  tuning: Tuning
  clock: () => number
}

export function createOptimizations(options: OptimizationsOptions): Optimizations {
  const { store, marketData, strategies, backtests, tuning, clock } = options

  const get = async (userId: number, id: number): Promise<OptimizationRow> => {
    const row = await store.get<OptimizationPlan, SearchResult>(userId, id)
    if (!row) throw new UserError('error-optimization-unknown', { id: String(id) })
    if (row.error) throw new UserError(row.error.id, row.error.args)
    return row
  }

  const run = async (row: OptimizationRow, work: Work): Promise<OptimizationReport> => {
    const { id } = row
    try {
      row.result = await compute(row, work)
      await store.done(id, row.result, clock())
      row.status = 'done'
    } catch (error) {
      if (!work.signal.aborted) {
        const known = error instanceof UserError
        const reason = known ? { id: error.id, args: error.args } : { id: 'error-optimization-failed', args: {} }
        await store.fail(id, reason, clock())
        throw error
      }
      await store.stop(id)
      row.status = 'stopped'
      if (![...(row.trials.get(0) ?? [])].some(({ score }) => score !== null)) throw error
    }
    // What was found is to be told, also where the search was aborted.
    return reportOf(row, new AbortController().signal)
  }

  const compute = async (row: OptimizationRow, work: Work) => {
    const { id, strategy, fromTs, toTs, trials } = row
    const { costs, detailBar, warmUp, version, terms } = row.plan
    const originTs = fromTs - warmUp * intervalMs(strategy.bar)
    const order = { strategy, version, fromTs, toTs, costs, detailBar, originTs, ...(terms && { terms }) }
    const bed = await prepareBacktest(marketData, order, work)
    if (!terms) {
      row.plan = { ...row.plan, terms: { sizeRules: bed.sizeRules, fundingRates: bed.fundingRates } }
      await store.keepPlan(id, row.plan)
    }
    const { plan } = row
    const onTried = (stage: number, tried: readonly TriedPoint[]) => store.addTrials(id, stage, tried)
    return searchParameters({ strategy, plan, bed, trials, onTried, tuning, clock, work })
  }

  const reportOf = async (row: OptimizationRow, signal: AbortSignal): Promise<OptimizationReport> => {
    const { strategyVersionId: _, strategy: __, result, error: ___, trials, createdAt: ____, ...summary } = row
    const tried = [...trials.values()].reduce((sum, { length }) => sum + length, 0)
    const ranking = await rankTrials(row.plan, trials, tuning, signal)
    return { ...summary, tried, ...ranking, own: result?.own ?? null, walkForward: result?.walkForward ?? null }
  }

  /** A trial of the search over the whole window. */
  const pointOf = (row: OptimizationRow, index: number): Point => {
    const trial = row.trials.get(0)?.find((candidate) => candidate.index === index)
    if (!trial) throw new UserError('error-optimization-unknown', { id: `${row.id}/${index}` })
    return trial.point
  }

  return {
    async start({ userId, strategy: named, instId, bar, detailBar, fromTs, toTs, costs: given, search }, now, work) {
      const strategy = retarget(named.strategy, {
        ...(instId !== undefined && { inst_id: instId }),
        ...(bar !== undefined && { bar }),
      })
      const costs = { ...defaultCosts(strategy.inst_id), ...given }
      const { version, versionId: strategyVersionId } = named
      const plan = planOptimization(strategy, { fromTs, toTs }, search, { version, costs, detailBar })
      const { source } = marketData
      const planned = allTrials(plan)
      const id = await store.create({ userId, strategyVersionId, strategy, source, fromTs, toTs, plan, planned }, now)
      return run(await get(userId, id), work)
    },

    async resume(userId, id, work) {
      const row = await get(userId, id)
      if (row.source !== marketData.source) {
        throw new UserError('error-optimization-source', { id: String(id), source: row.source })
      }
      if (!(await store.resume(userId, id))) {
        throw new UserError('error-optimization-not-stopped', { id: String(id), status: row.status })
      }
      return run(await get(userId, id), work)
    },

    reopen: async (userId, id, { signal }) => reportOf(await get(userId, id), signal),

    list: (userId, limit) => store.list(userId, limit),

    async save(userId, id, index, now) {
      const row = await get(userId, id)
      const { strategyName, plan } = row
      const original = isReadyMade(strategyName)
        ? await strategies.copy(userId, strategyName)
        : (await strategies.find(userId, strategyName, plan.version)).strategy
      const { dimensions } = plan.search
      const point = pointOf(row, index)
      const strategy = applied(original, dimensions, point)
      const { version } = await strategies.save(userId, strategy, now)
      return { strategy, version, values: pointValues(dimensions, point) }
    },

    async backtest(userId, id, index, now, work) {
      const row = await get(userId, id)
      const { plan, fromTs, toTs } = row
      const { dimensions } = plan.search
      const point = pointOf(row, index)
      const strategy = applied(row.strategy, dimensions, point)
      const report = await backtests.run(
        {
          userId,
          // No version holds these parameters yet.
          strategy: { strategy, version: plan.version, versionId: null, createdAt: null },
          ...(plan.detailBar !== null && { detailBar: plan.detailBar }),
          fromTs,
          toTs,
          costs: plan.costs,
        },
        now,
        work,
      )
      return { report, values: pointValues(dimensions, point) }
    },
  }
}

function applied(strategy: Strategy, dimensions: readonly Dimension[], point: Point): Strategy {
  const result = applyPoint(strategy, dimensions, point)
  if ('problems' in result) throw problemError(result.problems[0])
  return result.strategy
}
