import type { Point } from './space.js'

/** A point to try; `index` is its place in the search, from 0. */
export interface Proposal {
  index: number
  point: Point
}

/** A point that was tried. */
export interface Trial extends Proposal {
  /** The objective, more is better; null where it has none, or a constraint is not kept. */
  score: number | null
  /** By how much the constraints are missed, 0 where all are kept; null for a point that is impossible. */
  shortfall: number | null
}

export function isPossible({ shortfall }: Trial): boolean {
  return shortfall !== null
}

/**
 * Best first: by score; those without one after all that have one, by how little they miss the constraints, impossible
 * ones last; equal ones in the order of the search.
 */
export function compareTrials(a: Trial, b: Trial): number {
  return (
    descending(a.score ?? -Infinity, b.score ?? -Infinity) ||
    descending(-(a.shortfall ?? Infinity), -(b.shortfall ?? Infinity)) ||
    a.index - b.index
  )
}

function descending(a: number, b: number): number {
  return a > b ? -1 : a < b ? 1 : 0
}
