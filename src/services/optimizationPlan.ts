import { detailBarOf } from '../domain/backtest/detailBar.js'
import { type Constraint, parseConstraints } from '../domain/backtest/optimize/constraints.js'
import type { ObjectiveName } from '../domain/backtest/optimize/objective.js'
import { parseSpace } from '../domain/backtest/optimize/parseSpace.js'
import { proposeSpace } from '../domain/backtest/optimize/proposeSpace.js'
import { plannedTrials, type SearchMethod, type SearchPlan } from '../domain/backtest/optimize/search.js'
import { countPoints } from '../domain/backtest/optimize/space.js'
import { warmUpOfAll } from '../domain/backtest/optimize/tryPoint.js'
import { planWindows, type WalkWindow } from '../domain/backtest/optimize/walkForward.js'
import type { Costs } from '../domain/backtest/result.js'
import { type Bar, intervalMs } from '../domain/bars.js'
import type { TimeRange } from '../domain/candles.js'
import { type Problem, problemError } from '../domain/strategy/problem.js'
import type { Strategy } from '../domain/strategy/schema.js'
import { UserError } from '../domain/userError.js'
import type { ExchangeTerms } from './prepareBacktest.js'
import { programVersion } from './programVersion.js'

/** What somebody may say of a search; what is left out is chosen to suit. */
export interface SearchOrder {
  /** What varies, as `parseSpace` reads it; a space around the strategy if left out. */
  space?: string
  method?: SearchMethod
  /** Points to try; a grid tries all of its. */
  trials?: number
  seed?: number
  objective?: ObjectiveName
  /** As `parseConstraints` reads them. */
  constraints?: string
  /** How many windows a walk-forward test is to have. */
  windows?: number
}

/** All that, with the strategy, decides what a search comes to; plain data, kept as it is. */
export interface OptimizationPlan {
  version: number
  space: string
  search: SearchPlan
  objective: ObjectiveName
  constraints: readonly Constraint[]
  constraintsText: string
  windows: readonly WalkWindow[]
  costs: Costs
  detailBar: Bar | null
  /** Bars before each stretch of time, enough for every point. */
  warmUp: number
  /** The version of the program that began it; missing where one before this began it. */
  program?: string
  /** What the exchange said as it began: it goes on with that. Missing before that is known, and as `program` is. */
  terms?: ExchangeTerms
}

/** Over all stages of a search. */
export const mostTrials = 20_000
/** A grid that has no more points than this is tried as a whole unless told otherwise. */
const wholeGrid = 1000
const usualTrials = 300
/** A walk-forward test chooses in windows this many times as long as those that it trades in. */
const inSampleLengths = 3
const batches: Readonly<Record<SearchMethod, number>> = { grid: 512, random: 512, tpe: 16 }

/** Throws UserError for what cannot be read, a space that nothing can be made of, and more work than is allowed. */
export function planOptimization(
  strategy: Strategy,
  { fromTs, toTs }: TimeRange,
  order: SearchOrder,
  { version, costs, detailBar }: { version: number; costs: Costs; detailBar?: Bar | undefined },
): OptimizationPlan {
  const space = order.space ?? proposeSpace(strategy)
  if (space === '') throw new UserError('error-optimize-nothing', { name: strategy.name })
  const { dimensions } = orThrow(parseSpace(space, strategy))
  const constraintsText = order.constraints ?? ''
  const { constraints } = orThrow(parseConstraints(constraintsText))
  const count = countPoints(dimensions)
  const method = order.method ?? (count !== null && count <= (order.trials ?? wholeGrid) ? 'grid' : 'tpe')
  const budget = order.trials ?? usualTrials
  const search = { method, dimensions, budget, seed: order.seed ?? 1, batch: batches[method] }
  const windows =
    order.windows === undefined ? [] : windowsOf({ fromTs, toTs }, order.windows, intervalMs(strategy.bar))
  const plan = {
    version,
    space,
    search,
    objective: order.objective ?? 'robust',
    constraints,
    constraintsText,
    windows,
    costs,
    detailBar: detailBarOf(strategy, detailBar),
    warmUp: 0,
    program: programVersion(),
  }
  const trials = allTrials(plan)
  if (trials > mostTrials) throw new UserError('error-optimize-too-many', { count: trials, allowed: mostTrials })
  return { ...plan, warmUp: warmUpOfAll(strategy, dimensions) }
}

/** Over the whole window, and in each of a walk-forward test's. */
export function allTrials({ search, windows }: Pick<OptimizationPlan, 'search' | 'windows'>): number {
  return plannedTrials(search) * (1 + windows.length)
}

/** Windows of whole bars. */
function windowsOf(range: TimeRange, count: number, barMs: number): WalkWindow[] {
  const length = Math.max(1, Math.floor((range.toTs - range.fromTs) / (count + inSampleLengths) / barMs)) * barMs
  return planWindows(range, { inSampleMs: inSampleLengths * length, outOfSampleMs: length, anchored: false }).slice(
    -count,
  )
}

function orThrow<T extends object>(read: T | { problems: Problem[] }): T {
  if ('problems' in read) throw problemError(read.problems[0])
  return read
}
