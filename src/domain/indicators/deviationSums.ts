import { lowerBound } from '../candles.js'
import { nothingBefore } from './movingAverage.js'

/** From so many values on a window kept in order takes less time than one gone through (measured). */
const longWindow = 300

/**
 * How far the last `period` values lie from their mean, in all, times the period: the sum of |period x value - sum|, where
 * `sums` holds the sum of each window; NaN before index period - 1. `isExact` says that this is exact in plain arithmetic,
 * in whatever order it is summed: then it takes no more time for longer windows.
 */
export function deviationSums(
  values: Float64Array,
  sums: Float64Array,
  period: number,
  isExact: boolean,
): Float64Array {
  const out = nothingBefore(period - 1, values.length)
  if (isExact && period >= longWindow) inOrder(values, sums, period, out)
  else oneByOne(values, sums, period, out)
  return out
}

function oneByOne(values: Float64Array, sums: Float64Array, period: number, out: Float64Array): void {
  for (let i = period - 1; i < values.length; i++) {
    const sum = sums[i]
    let deviations = 0
    for (let k = i - period + 1; k <= i; k++) deviations += Math.abs(period * values[k] - sum)
    out[i] = deviations
  }
}

/** Stretch by stretch, each ranked on its own, so that what is in use stays in the processor's cache. */
function inOrder(values: Float64Array, sums: Float64Array, period: number, out: Float64Array): void {
  const stretch = 4 * period
  for (let start = 0; start + period <= values.length; start += stretch) {
    const end = Math.min(start + stretch + period - 1, values.length)
    const all = values.subarray(start, end)
    const window = new RankedWindow(all)
    for (let i = 0; i < all.length; i++) {
      window.add(i, 1)
      if (i < period - 1) continue
      // Values below the mean are as far from it, in all, as those above.
      out[start + i] = 2 * window.distanceBelow(sums[start + i], period)
      window.add(i - period + 1, -1)
    }
  }
}

/** Some of a stretch of values, in a tree over their order (Fenwick's): in logarithmic time what lies below a value. */
class RankedWindow {
  private readonly values: Float64Array
  private readonly sorted: Float64Array
  /** Of each value the place in `sorted`, from 1, at which it first occurs. */
  private readonly ranks: Int32Array
  private readonly counts: Int32Array
  private readonly totals: Float64Array
  /** The largest power of two that is a place. */
  private readonly top: number

  constructor(values: Float64Array) {
    this.values = values
    this.sorted = values.slice().sort()
    this.ranks = new Int32Array(values.length)
    for (let i = 0; i < values.length; i++) this.ranks[i] = lowerBound(this.sorted, values[i]) + 1
    this.counts = new Int32Array(values.length + 1)
    this.totals = new Float64Array(values.length + 1)
    this.top = 2 ** Math.floor(Math.log2(values.length))
  }

  /** Takes the value at index `i` in (`sign` 1) or out (-1). */
  add(i: number, sign: 1 | -1): void {
    const { counts, totals } = this
    const value = sign * this.values[i]
    for (let node = this.ranks[i]; node < counts.length; node += node & -node) {
      counts[node] += sign
      totals[node] += value
    }
  }

  /** The sum of sum - period x value over all values for which that is above 0. */
  distanceBelow(sum: number, period: number): number {
    const { sorted, counts, totals } = this
    let place = 0
    let count = 0
    let total = 0
    for (let step = this.top; step > 0; step >>= 1) {
      const next = place + step
      if (next >= counts.length || period * sorted[next - 1] >= sum) continue
      place = next
      count += counts[next]
      total += totals[next]
    }
    return count * sum - period * total
  }
}
