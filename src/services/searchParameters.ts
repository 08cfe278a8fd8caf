import type { PlateauTrial } from '../domain/backtest/optimize/plateau.js'
import { type DimensionValue, pointValues } from '../domain/backtest/optimize/space.js'
import { compareTrials } from '../domain/backtest/optimize/trial.js'
import { cutBed, type TriedFigures, type TriedPoint, type TuningSetup } from '../domain/backtest/optimize/tryPoint.js'
import {
  reportWalkForward,
  type WalkForwardReport,
  type WalkResult,
} from '../domain/backtest/optimize/walkForwardReport.js'
import type { Strategy } from '../domain/strategy/schema.js'
import { allTrials, type OptimizationPlan } from './optimizationPlan.js'
import { barsOf, type RunRequest } from './prepareBacktest.js'
import { runSearch } from './runSearch.js'
import { createInlineTuning, type Tuning } from './tuning.js'
import type { Work } from './work.js'

export interface ParameterSearch {
  strategy: Strategy
  plan: OptimizationPlan
  bed: RunRequest
  /** Those known, by stage, each in any order; those to come are added. */
  trials: Map<number, TriedPoint[]>
  /** Told of new trials before more are begun. */
  onTried(stage: number, trials: readonly TriedPoint[]): Promise<void>
  /** For what takes long. */
  tuning: Tuning
  clock(): number
  work: Work
}

/** What a search comes to beside its trials; null until it is done, and where no walk-forward test was asked for. */
export interface SearchResult {
  /** The strategy as it is. */
  own: TriedFigures | null
  walkForward: WalkForwardReport | null
}

/** Bars times trials that take well under 100 ms. */
const inlineWork = 1_000_000

/**
 * Stage 0 searches the whole window. Each stage after it searches one in-sample window of the walk-forward test, and the
 * plateau found there is traded in the window after it. Goes on from the trials that there are, to the same end.
 */
export async function searchParameters(search: ParameterSearch): Promise<SearchResult> {
  const { strategy, plan, bed: request, trials, onTried, tuning, work } = search
  const { signal } = work
  const { windows, warmUp, objective, constraints } = plan
  const { dimensions } = plan.search
  const where = barsOf(request) * allTrials(plan) <= inlineWork ? createInlineTuning() : tuning
  const { strategy: _, version: __, source: ___, withEquity: ____, ...bed } = request
  const setup: TuningSetup = { bed, strategy, dimensions, objective, constraints }
  const tell = progressOf(search)

  const runStage = async (stage: number, ofStage: TuningSetup) => {
    const known = trials.get(stage) ?? []
    trials.set(stage, known)
    await runSearch({
      tuning: where,
      plan: plan.search,
      tryPoints: where.bench(ofStage),
      trials: known,
      async onTried(tried) {
        await onTried(stage, tried)
        tell()
      },
      signal,
    })
    return known
  }

  tell()
  await runStage(0, setup)
  const [own] = await where.bench({ ...setup, dimensions: [] })([{ index: 0, point: [] }], signal)
  const results: WalkResult[] = []
  for (const [k, window] of windows.entries()) {
    const known = await runStage(k + 1, { ...setup, bed: cutBed(bed, window.inSample, warmUp) })
    const peaks = await where.findPlateau(plan.search, known, signal)
    if (peaks === null) {
      results.push({ ...window, point: null, inSampleStats: null, outOfSampleStats: null })
      continue
    }
    const { index, point } = peaks.plateau
    const after = where.bench({ ...setup, bed: cutBed(bed, window.outOfSample, warmUp) })
    const [outOfSample] = await after([{ index, point }], signal)
    const inSampleStats = known.find((trial) => trial.index === index)?.figures ?? null
    results.push({ ...window, point, inSampleStats, outOfSampleStats: outOfSample.figures })
  }
  return { own: own.figures, walkForward: windows.length > 0 ? reportWalkForward(dimensions, results) : null }
}

/** Tells how many trials there are and, once some were made, in how many seconds the others will be. */
function progressOf({ plan, trials, clock, work }: ParameterSearch): () => void {
  const count = () => [...trials.values()].reduce((sum, { length }) => sum + length, 0)
  const before = count()
  const startedAt = clock()
  const planned = allTrials(plan)
  return () => {
    // Impossible points come on top of what was planned.
    const tried = Math.min(count(), planned)
    const since = tried - before
    const left = since > 0 ? Math.ceil((((clock() - startedAt) / since) * (planned - tried)) / 1000) : 'unknown'
    work.progress({ key: 'progress-optimize', args: { tried, planned, left }, fraction: tried / planned })
  }
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

export interface Ranking {
  /** Over the whole window; impossible ones among them. */
  trials: readonly TriedPoint[]
  /** Best score first. */
  best: readonly RankedPoint[]
  /** The point with the best score, and the one whose neighbourhood does best; null where no point has a score. */
  peaks: { peak: Place; plateau: Place } | null
}

const mostBest = 6
/** Ranking so many takes well under 100 ms. */
const mostInlineRanked = 400

/** The trials over the whole window, ranked. */
export async function rankTrials(
  { search }: Pick<OptimizationPlan, 'search'>,
  byStage: ReadonlyMap<number, readonly TriedPoint[]>,
  tuning: Tuning,
  signal: AbortSignal,
): Promise<Ranking> {
  const trials = byStage.get(0) ?? []
  const where = trials.length <= mostInlineRanked ? createInlineTuning() : tuning
  const found = await where.findPlateau(search, trials, signal)
  const ranked = trials.toSorted(compareTrials).flatMap(({ index, point, score, figures }) => {
    return figures ? [{ index, values: pointValues(search.dimensions, point), score, figures }] : []
  })
  const placeOf = ({ index, plateau: mean, neighbours }: PlateauTrial): Place[] =>
    ranked.filter((point) => point.index === index).map((point) => ({ ...point, mean, neighbours }))
  const [peak, plateau] = found ? [found.peak, found.plateau].flatMap(placeOf) : []
  return { trials, best: ranked.slice(0, mostBest), peaks: peak && plateau ? { peak, plateau } : null }
}
