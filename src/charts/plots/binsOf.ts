import { roundStep } from '../valueScale.js'

/** Counts of values between multiples of a step; a value on an edge counts to the bin below it, so that 0 is no gain. */
export interface Bins {
  step: number
  /** The lower edge of the first bin is `first` steps from 0. */
  first: number
  counts: readonly number[]
  /** Values at or under the first edge, and over the last: the few that lie too far out to be drawn to scale. */
  below: number
  above: number
}

const mostBins = 44
const fewestBins = 12
const fewestShown = 7
const farOut = 0.02

/**
 * Bins of a round width near to that of Freedman and Diaconis (1981), 2 x interquartile range / cube root of the number,
 * or less where that leaves too few to show a shape; with an edge at 0.
 */
export function binsOf(values: Float64Array): Bins {
  const sorted = Float64Array.from(values).sort()
  const at = (part: number) => sorted[Math.round(part * (sorted.length - 1))]
  const [low, high] = [at(0), at(1)]
  const width = (2 * (at(0.75) - at(0.25))) / Math.cbrt(sorted.length)
  const widest = (at(1 - farOut) - at(farOut)) / fewestBins
  const isFlat = high - low <= Math.max(Math.abs(low), Math.abs(high)) * 1e-9
  const flatWidth = Math.abs(low) / 5 || 1
  const step = roundStep(isFlat ? flatWidth : Math.min(width || widest, widest) || (high - low) / fewestBins)
  const whole = binsBetween(low, high, step)
  if (whole.count <= mostBins) return countUp(sorted, step, whole)
  let inner = binsBetween(at(farOut), at(1 - farOut), step)
  let wider = step
  while (inner.count > mostBins) {
    wider = roundStep(wider * 1.5)
    inner = binsBetween(at(farOut), at(1 - farOut), wider)
  }
  return countUp(sorted, wider, inner)
}

/** With empty ones on either side where there are so few that each would be as wide as a picture. */
function binsBetween(low: number, high: number, step: number): { first: number; count: number } {
  const first = binOf(low, step)
  const count = binOf(high, step) - first + 1
  const beside = Math.max(0, Math.ceil((fewestShown - count) / 2))
  return { first: first - beside, count: count + 2 * beside }
}

function binOf(value: number, step: number): number {
  return Math.ceil(value / step) - 1
}

function countUp(values: Float64Array, step: number, { first, count }: { first: number; count: number }): Bins {
  const counts = new Array<number>(count).fill(0)
  let below = 0
  let above = 0
  for (const value of values) {
    const bin = binOf(value, step) - first
    if (bin < 0) below++
    else if (bin >= count) above++
    else counts[bin]++
  }
  return { step, first, counts, below, above }
}
