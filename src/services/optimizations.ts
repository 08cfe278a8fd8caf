import { applyPoint } from '../domain/backtest/optimize/applyPoint.js'
import type { PlateauTrial } from '../domain/backtest/optimize/plateau.js'
import type { Dimension, DimensionValue, Point } from '../domain/backtest/optimize/space.js'
import { pointValues } from '../domain/backtest/optimize/space.js'
import { compareTrials } from '../domain/backtest/optimize/trial.js'
import { cutBed, type TriedFigures, type TriedPoint, type TuningSetup } from '../domain/backtest/optimize/tryPoint.js'
import {
  reportWalkForward,
  type WalkForwardReport,
  type WalkResult,
} from '../domain/backtest/optimize/walkForwardReport.js'
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
import { barsOf, defaultCosts, prepareBacktest } from './prepareBacktest.js'
import { runSearch } from './runSearch.js'
import { isReadyMade, retarget, type Strategies } from './strategies.js'
import { createInlineTuning, type Tuning } from './tuning.js'
import type { Work } from './work.js'

export interface OptimizationOrder extends BacktestOrder {
  search: SearchOrder
}

/** A point, what it came to, and how well those around it do. */
export interface RankedPoint {
  index: number
  values: Record<string, DimensionValue>
  /** Null where the objective has no value, or a constraint is not kept. */
  score: number | null
  figures: TriedFigures
}

/** A point and its neighbourhood: `mean` is that of the scores of so many `neighbours`, itself among them. */
export type Place = RankedPoint & { mean: number; neighbours: number }

export interface OptimizationReport extends Omit<OptimizationSummary, 'createdAt'> {
  plan: OptimizationPlan
  /** Over the whole window; impossible ones among them. */
  trials: readonly TriedPoint[]
  /** Best score first. */
  best: readonly RankedPoint[]
  /** The point with the best score, and the one whose neighbourhood does best; null where no point has a score. */
  peaks: { peak: Place; plateau: Place } | null
  /** The strategy as it is; null until the search is done. */
  own: TriedFigures | null
  walkForward: WalkForwardReport | null
}

interface Result {
  own: TriedFigures | null
  walkForward: WalkForwardReport | null
}

type OptimizationRow = OptimizationRecord<OptimizationPlan, Result>

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

/** Bars times trials that take well under 100 ms. */
const inlineWork = 1_000_000
const mostBest = 6

export function createOptimizations(options: OptimizationsOptions): Optimizations {
  const { store, marketData, strategies, backtests, tuning, clock } = options

  const get = async (userId: number, id: number): Promise<OptimizationRow> => {
    const row = await store.get<OptimizationPlan, Result>(userId, id)
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

  const compute = async ({ id, strategy, plan, fromTs, toTs, trials, planned }: OptimizationRow, work: Work) => {
    const { search, objective, constraints, windows, costs, detailBar, warmUp, version } = plan
    const { signal } = work
    const originTs = fromTs - warmUp * intervalMs(strategy.bar)
    const bed = await prepareBacktest(marketData, { strategy, version, fromTs, toTs, costs, detailBar, originTs }, work)
    const where = barsOf(bed) * planned <= inlineWork ? createInlineTuning() : tuning
    const { strategy: _, version: __, source: ___, withEquity: ____, ...testBed } = bed
    const setup: TuningSetup = { bed: testBed, strategy, dimensions: search.dimensions, objective, constraints }
    const progress = progressOf(plan, trials, planned, work)

    const searchStage = async (stage: number, ofStage: TuningSetup) => {
      const known = trials.get(stage) ?? []
      trials.set(stage, known)
      const onTried = async (tried: readonly TriedPoint[]) => {
        await store.addTrials(id, stage, tried)
        progress()
      }
      const tryPoints = where.bench(ofStage)
      await runSearch({ tuning: where, plan: search, tryPoints, trials: known, onTried, signal })
      return { known, tryPoints }
    }

    progress()
    await searchStage(0, setup)
    const [own] = await where.bench({ ...setup, dimensions: [] })([{ index: 0, point: [] }], signal)
    const results: WalkResult[] = []
    for (const [k, window] of windows.entries()) {
      const inSample = { ...setup, bed: cutBed(testBed, window.inSample, warmUp) }
      const { known } = await searchStage(k + 1, inSample)
      const peaks = await where.findPlateau(search, known, signal)
      if (peaks === null) {
        results.push({ ...window, point: null, inSampleStats: null, outOfSampleStats: null })
        continue
      }
      const { index, point } = peaks.plateau
      const after = { ...setup, bed: cutBed(testBed, window.outOfSample, warmUp) }
      const [outOfSample] = await where.bench(after)([{ index, point }], signal)
      const inSampleStats = known.find((trial) => trial.index === index)?.figures ?? null
      results.push({ ...window, point, inSampleStats, outOfSampleStats: outOfSample.figures })
    }
    const walkForward = windows.length > 0 ? reportWalkForward(search.dimensions, results) : null
    return { own: own.figures, walkForward }
  }

  const progressOf = (
    { search, windows }: OptimizationPlan,
    trials: OptimizationRow['trials'],
    planned: number,
    { progress }: Work,
  ) => {
    const count = () => [...trials.values()].reduce((sum, { length }) => sum + length, 0)
    const before = count()
    const startedAt = clock()
    const total = Math.max(planned, allTrials({ search, windows }))
    return () => {
      const tried = Math.min(count(), total)
      const since = tried - before
      const left = since > 0 ? ((clock() - startedAt) / since) * (total - tried) : null
      progress({
        key: 'progress-optimize',
        args: { tried, planned: total, ...(left === null ? { left: 'unknown' } : { left: Math.ceil(left / 1000) }) },
        fraction: tried / total,
      })
    }
  }

  const reportOf = async (row: OptimizationRow, signal: AbortSignal): Promise<OptimizationReport> => {
    const { id, plan, strategyName, instId, bar, source, fromTs, toTs, status, planned, result } = row
    const trials = row.trials.get(0) ?? []
    const tried = [...row.trials.values()].reduce((sum, { length }) => sum + length, 0)
    const where = trials.length <= mostInlineRanked ? createInlineTuning() : tuning
    const peaks = await where.findPlateau(plan.search, trials, signal)
    const ranked = trials.toSorted(compareTrials).flatMap((trial) => rank(plan.search.dimensions, trial))
    const placeOf = ({ index, plateau: mean, neighbours }: PlateauTrial): Place[] =>
      ranked.filter((point) => point.index === index).map((point) => ({ ...point, mean, neighbours }))
    const [peak, plateau] = peaks ? [peaks.peak, peaks.plateau].flatMap(placeOf) : []
    return {
      id,
      strategyName,
      instId,
      bar,
      source,
      fromTs,
      toTs,
      status,
      tried,
      planned,
      plan,
      trials,
      best: ranked.slice(0, mostBest),
      peaks: peak && plateau ? { peak, plateau } : null,
      own: result?.own ?? null,
      walkForward: result?.walkForward ?? null,
    }
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

/** Ranking so many takes well under 100 ms. */
const mostInlineRanked = 400

function rank(dimensions: readonly Dimension[], { index, point, score, figures }: TriedPoint): RankedPoint[] {
  return figures ? [{ index, values: pointValues(dimensions, point), score, figures }] : []
}

function applied(strategy: Strategy, dimensions: readonly Dimension[], point: Point): Strategy {
  const result = applyPoint(strategy, dimensions, point)
  if ('problems' in result) throw problemError(result.problems[0])
  return result.strategy
}
