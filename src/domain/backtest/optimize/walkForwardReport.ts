import type { Stats } from '../result.js'
import type { Marks } from '../returns.js'
import { type Dimension, type DimensionValue, distance, type Point, pointValues } from './space.js'
import type { WalkWindow } from './walkForward.js'

const dayMs = 86_400_000
const daysAYear = 365
const leastDaysForCagr = 30
/** A ruined account has no logarithm. */
const smallestPart = 0.01

/** The figures of a window that are reported. */
type WindowFigures = Pick<Stats, 'total_return_pct' | 'max_drawdown_pct' | 'trades'>

/** What came of one window. All are null where no point had a score in-sample: then nothing is traded out-of-sample. */
export interface WalkResult extends WalkWindow {
  /** The point chosen in-sample. */
  point: Point | null
  /** Its results in both windows, each run by itself. */
  inSampleStats: WindowFigures | null
  outOfSampleStats: WindowFigures | null
}

interface WindowReport {
  from_ts: number
  to_ts: number
  return_pct: number
  max_drawdown_pct: number
  trades: number
}

/** Returns in percent; what cannot be said is null. */
export interface WalkForwardReport {
  windows: {
    /** By the names of the dimensions; null where nothing was chosen. */
    values: Record<string, DimensionValue> | null
    in_sample: WindowReport
    out_of_sample: WindowReport
  }[]
  /** Out-of-sample windows one after the other, each with all that the one before left. */
  return_pct: number
  /** The same a year, from 30 days on. */
  cagr_pct: number | null
  trades: number
  profitable_windows: number
  worst_window_pct: number
  /** The deepest fall within one out-of-sample window; one that goes on over several is deeper (`stitchMarks`). */
  worst_drawdown_pct: number
  /** Growth a year out-of-sample as a part of that in-sample; null unless it grew in-sample. */
  efficiency: number | null
  /** How little the chosen parameters change, see `stabilityOf`: of each, and the mean of them. */
  stability: number | null
  stability_by_name: Record<string, number | null>
}

/**
 * What a walk-forward test has shown: how the strategy would have done if its parameters had been chosen, window by
 * window, by what was known then. Efficiency is Pardo's ("The Evaluation and Optimization of Trading Strategies", 2008)
 * with growth in place of profit: the sum of ln(1 + return) over the sum of years, out-of-sample over in-sample. Of 0.5
 * and more people speak well; near 0 or under it what was found in-sample was luck.
 */
export function reportWalkForward(dimensions: readonly Dimension[], results: readonly WalkResult[]): WalkForwardReport {
  const windows = results.map(({ inSample, outOfSample, point, inSampleStats, outOfSampleStats }) => ({
    values: point && pointValues(dimensions, point),
    in_sample: windowReport(inSample, inSampleStats),
    out_of_sample: windowReport(outOfSample, outOfSampleStats),
  }))
  const traded = windows.map((window) => window.out_of_sample)
  const growth = traded.reduce((product, { return_pct }) => product * (1 + return_pct / 100), 1)
  const days = traded.reduce((sum, { from_ts, to_ts }) => sum + (to_ts - from_ts) / dayMs, 0)
  const inSampleGrowth = growthAYear(windows.map((window) => window.in_sample))
  const points = results.flatMap(({ point }) => (point ? [point] : []))
  const stabilities = dimensions.map((dimension, d) =>
    stabilityOf(
      dimension,
      points.map((point) => point[d]),
    ),
  )
  const known = stabilities.filter((stability) => stability !== null)
  return {
    windows,
    return_pct: (growth - 1) * 100,
    cagr_pct: days >= leastDaysForCagr ? (growth ** (daysAYear / days) - 1) * 100 : null,
    trades: traded.reduce((sum, { trades }) => sum + trades, 0),
    profitable_windows: traded.filter(({ return_pct }) => return_pct > 0).length,
    worst_window_pct: Math.min(...traded.map(({ return_pct }) => return_pct)),
    worst_drawdown_pct: Math.max(...traded.map(({ max_drawdown_pct }) => max_drawdown_pct)),
    efficiency: inSampleGrowth > 0 ? growthAYear(traded) / inSampleGrowth : null,
    stability: known.length > 0 ? known.reduce((sum, stability) => sum + stability, 0) / known.length : null,
    stability_by_name: Object.fromEntries(dimensions.map(({ name }, d) => [name, stabilities[d]])),
  }
}

function windowReport({ fromTs, toTs }: { fromTs: number; toTs: number }, stats: WindowFigures | null): WindowReport {
  return {
    from_ts: fromTs,
    to_ts: toTs,
    return_pct: stats?.total_return_pct ?? 0,
    max_drawdown_pct: stats?.max_drawdown_pct ?? 0,
    trades: stats?.trades ?? 0,
  }
}

function growthAYear(windows: readonly WindowReport[]): number {
  let growth = 0
  let days = 0
  for (const { from_ts, to_ts, return_pct } of windows) {
    growth += Math.log(Math.max(1 + return_pct / 100, smallestPart))
    days += (to_ts - from_ts) / dayMs
  }
  return growth / (days / daysAYear)
}

/**
 * How little a parameter changes from window to window: 1 - (mean distance from one choice to the next) / (the distance
 * to be expected of choices at random). 1 where it never changes, 0 where it might as well be drawn, under 0 where it
 * jumps about even more; null for one window, and for a parameter that has but one value.
 */
export function stabilityOf(dimension: Dimension, chosen: readonly number[]): number | null {
  const expected = expectedDistance(dimension)
  if (chosen.length < 2 || expected === 0) return null
  let moved = 0
  for (let i = 1; i < chosen.length; i++) moved += distance(dimension, chosen[i - 1], chosen[i])
  return 1 - moved / (chosen.length - 1) / expected
}

/** The mean distance of two coordinates that are each drawn evenly from the whole dimension. */
function expectedDistance(dimension: Dimension): number {
  if (dimension.kind === 'continuous') return 1 / 3
  const count = dimension.values.length
  if (count === 1) return 0
  return dimension.kind === 'unordered' ? 1 - 1 / count : (count + 1) / (3 * count)
}

/** Out-of-sample equities, each run by itself, as one that goes on: for its picture, and its drawdown. */
export function stitchMarks(parts: readonly Marks[]): Marks {
  const length = parts.reduce((sum, { equity }) => sum + equity.length, 0)
  const whole = { ts: new Float64Array(length), equity: new Float64Array(length), startEquity: parts[0].startEquity }
  let at = 0
  let reached = whole.startEquity
  for (const { ts, equity, startEquity } of parts) {
    const scale = reached / startEquity
    whole.ts.set(ts, at)
    for (let i = 0; i < equity.length; i++) whole.equity[at + i] = equity[i] * scale
    at += equity.length
    if (at > 0) reached = whole.equity[at - 1]
  }
  return whole
}
