import { UserError } from '../../userError.js'
import { randomPoints } from './randomPoints.js'
import { countPoints, type Dimension, gridPoint, type Point } from './space.js'
import { startupTrials, tpePoints } from './tpe.js'
import { compareTrials, isPossible, type Proposal, type Trial } from './trial.js'

/** How points are chosen: all of them, at random, or by what is known so far (tpe.ts). */
export const searchMethods = ['grid', 'random', 'tpe'] as const
export type SearchMethod = (typeof searchMethods)[number]

/** A search as plain data: with the trials so far it says all that comes. */
export interface SearchPlan {
  method: SearchMethod
  dimensions: readonly Dimension[]
  /** Points to try, impossible ones not counted. The grid takes no notice: it tries all. */
  budget: number
  seed: number
  /** Points proposed at once, to be tried in parallel. A `tpe` search learns from one batch to the next. */
  batch: number
}

/** With nearly every point impossible a search that has no end of them would not stop. */
const mostProposalsATrial = 10

/**
 * The points of the next batch that have no trial yet; empty when the search is over. Pure: what is proposed depends on
 * the plan and on the trials of the batches before alone, in whatever order these are given, so that a search that was
 * cut off at any place goes on from its stored trials to the same end.
 * @throws UserError for a grid over a continuous dimension.
 */
export function nextBatch(plan: SearchPlan, trials: readonly Trial[]): Proposal[] {
  const { method, dimensions, budget, batch } = plan
  const tried = new Map(trials.map((trial) => [trial.index, trial]))
  const end = method === 'grid' ? gridCount(dimensions) : mostProposals(plan)
  const earlier: Trial[] = []
  let possible = 0
  for (;;) {
    const first = earlier.length
    const size = Math.min(batch, end - first, method === 'grid' ? batch : budget - possible)
    if (size <= 0) return []
    const known: Trial[] = []
    for (let index = first; index < first + size; index++) {
      const trial = tried.get(index)
      if (trial) known.push(trial)
    }
    if (known.length < size) {
      return pointsOf(plan, earlier, size)
        .map((point, i) => ({ index: first + i, point }))
        .filter(({ index }) => !tried.has(index))
    }
    earlier.push(...known)
    possible += known.filter(isPossible).length
  }
}

/** How many trials a search will come to, impossible ones not counted for all but the grid: for progress. */
export function plannedTrials({ method, dimensions, budget }: SearchPlan): number {
  return method === 'grid' ? gridCount(dimensions) : Math.min(budget, countPoints(dimensions) ?? budget)
}

function gridCount(dimensions: readonly Dimension[]): number {
  const endless = dimensions.find(({ kind }) => kind === 'continuous')
  if (endless) throw new UserError('error-space-no-grid', { name: endless.name })
  return countPoints(dimensions) ?? 0
}

function mostProposals({ dimensions, budget }: SearchPlan): number {
  return Math.min(countPoints(dimensions) ?? Infinity, budget * mostProposalsATrial)
}

function pointsOf(plan: SearchPlan, earlier: readonly Trial[], size: number): Point[] {
  const { method, dimensions, seed } = plan
  const first = earlier.length
  if (method === 'grid') return Array.from({ length: size }, (_, i) => gridPoint(dimensions, first + i))
  if (method === 'random' || first < startupTrials) return randomPoints(dimensions, seed, first + size).slice(first)
  return tpePoints(dimensions, seed, earlier.toSorted(compareTrials), size)
}
