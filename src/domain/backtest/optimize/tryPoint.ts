import { intervalMs } from '../../bars.js'
import { lowerBound, sliceCandles, type TimeRange } from '../../candles.js'
import { wantedWarmUp } from '../../strategy/compile.js'
import type { Strategy } from '../../strategy/schema.js'
import type { Evaluator, TestBed } from '../evaluateStrategy.js'
import type { Stats } from '../result.js'
import { applyPoint, withValue } from './applyPoint.js'
import { type Constraint, judge } from './constraints.js'
import type { ObjectiveName } from './objective.js'
import type { Dimension } from './space.js'
import type { Proposal, Trial } from './trial.js'

/** What points are tried on and judged by, as plain data. */
export interface TuningSetup {
  bed: TestBed
  strategy: Strategy
  dimensions: readonly Dimension[]
  objective: ObjectiveName
  constraints: readonly Constraint[]
}

/** What is kept of each point's result. */
export type TriedFigures = Pick<Stats, 'total_return_pct' | 'max_drawdown_pct' | 'trades' | 'profit_factor'>

/** A trial with its figures; null for a point that is impossible. */
export interface TriedPoint extends Trial {
  figures: TriedFigures | null
}

/** Throws UserError as `backtest` does; values that do not go together are an impossible point. */
export function tryPoint(
  { strategy, dimensions, objective, constraints }: Omit<TuningSetup, 'bed'>,
  evaluator: Evaluator,
  { index, point }: Proposal,
): TriedPoint {
  const applied = applyPoint(strategy, dimensions, point)
  if ('problems' in applied) return { index, point, score: null, shortfall: null, figures: null }
  return evaluator.evaluate(applied.strategy, (figures) => {
    const { total_return_pct, max_drawdown_pct, trades, profit_factor } = figures
    const kept = { total_return_pct, max_drawdown_pct, trades, profit_factor }
    return { index, point, ...judge(figures, objective, constraints), figures: kept }
  })
}

/** The warm-up in bars that will do for every point, so that all are computed from the same origin. */
export function warmUpOfAll(strategy: Strategy, dimensions: readonly Dimension[]): number {
  const { bar } = strategy
  return dimensions.reduce(
    (most, dimension) => {
      const values = dimension.kind === 'continuous' ? [dimension.min, dimension.max] : dimension.values
      const warmUps = values.map((value) => wantedWarmUp(withValue(strategy, dimension.places, value).rules, bar))
      return warmUps.reduce((a, b) => Math.max(a, b), most)
    },
    wantedWarmUp(strategy.rules, bar),
  )
}

/** The bed of a stretch of time within it, with as many bars of warm-up as there are up to `warmUp`. */
export function cutBed(bed: TestBed, { fromTs, toTs }: TimeRange, warmUp: number): TestBed {
  const { candles, bar } = bed
  const from = Math.max(0, lowerBound(candles.ts, fromTs - warmUp * intervalMs(bar)))
  return { ...bed, candles: sliceCandles(candles, from, lowerBound(candles.ts, toTs)), fromTs }
}
