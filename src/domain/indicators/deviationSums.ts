import { nothingBefore } from './movingAverage.js'

/** From so many values on a window kept in order takes less time than one gone through (measured). */
const longWindow = 100

/**
 * How far the last `period` values lie from their mean, in all, times the period: the sum of |period x value - sum|, where
 * `sums` holds the sum of each window; NaN before index period - 1. `isExact` says that this is exact in plain arithmetic,
 * in whatever order it is summed, and that all values are multiples of 2^-20: then it takes no more time for longer windows.
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

/**
 * Block by block of `period` values: a window is the end of one block and the beginning of the next, each a list in order of
 * which is known what lies below the mean. That moves by few values from one window to the next.
 */
function inOrder(values: Float64Array, sums: Float64Array, period: number, out: Float64Array): void {
  let ending = new SortedBlock(period)
  let beginning = new SortedBlock(period)
  beginning.load(values, 0, period)
  for (let start = 0; start + period <= values.length; start += period) {
    ;[ending, beginning] = [beginning, ending]
    const end = Math.min(start + period, values.length - period + 1)
    beginning.load(values, start + period, Math.min(start + 2 * period, values.length))
    beginning.empty()
    for (let i = start; i < end; i++) {
      const sum = sums[i + period - 1]
      ending.moveTo(sum)
      beginning.moveTo(sum)
      const count = ending.count + beginning.count
      const total = ending.total + beginning.total
      // Values below the mean are as far from it, in all, as those above.
      out[i + period - 1] = 2 * (count * sum - period * total)
      ending.remove(i - start)
      if (i + period < values.length) beginning.putBack(i - start)
    }
    // The next block may end early: what it has is all in.
    beginning.restart()
  }
}

/** So fine is the grid that all values lie on: ticks, or ticks over a power of two up to this. */
const grid = 2 ** -20

/** Values in a list by size, from which the first goes first, and to which it comes back first. */
class SortedBlock {
  /** How many values are below the mean, and their sum. */
  count = 0
  total = 0
  private readonly period: number
  private readonly keys: Float64Array
  /** By place in the order, from 1; 0 and the place after the last are the ends of the list. */
  private readonly sorted: Float64Array
  private readonly next: Int32Array
  private readonly previous: Int32Array
  private readonly places: Int32Array
  private length = 0
  /** The last place that is below the mean. */
  private at = 0

  constructor(period: number) {
    this.period = period
    this.keys = new Float64Array(period)
    this.sorted = new Float64Array(period + 2)
    this.next = new Int32Array(period + 2)
    this.previous = new Int32Array(period + 2)
    this.places = new Int32Array(period)
  }

  /** Takes the values from index `from` to `to` (exclusive) in, all of them into the list. */
  load(values: Float64Array, from: number, to: number): void {
    const length = Math.max(0, to - from)
    // A number holds a value and where it stood: they are sorted as they are.
    const span = 2 ** Math.ceil(Math.log2(this.period))
    for (let k = 0; k < length; k++) this.keys[k] = values[from + k] * span + k * grid
    const keys = this.keys.subarray(0, length).sort()
    for (let place = 1; place <= length; place++) {
      const units = keys[place - 1] / grid
      const k = units - Math.floor(units / span) * span
      this.places[k] = place
      this.sorted[place] = values[from + k]
      this.next[place] = place + 1
      this.previous[place] = place - 1
    }
    this.next[0] = 1
    this.previous[length + 1] = length
    this.sorted[length + 1] = Number.POSITIVE_INFINITY
    this.length = length
    this.restart()
  }

  /** Begins to look for the mean anew, at the low end. */
  restart(): void {
    this.at = 0
    this.count = 0
    this.total = 0
  }

  /** Takes all out of the list, the last first. */
  empty(): void {
    for (let k = this.length - 1; k >= 0; k--) this.unlink(this.places[k])
  }

  private unlink(place: number): void {
    const [before, after] = [this.previous[place], this.next[place]]
    this.next[before] = after
    this.previous[after] = before
  }

  remove(k: number): void {
    const place = this.places[k]
    this.unlink(place)
    if (place > this.at) return
    if (place === this.at) this.at = this.previous[place]
    this.count--
    this.total -= this.sorted[place]
  }

  /** Of those that are out the first. */
  putBack(k: number): void {
    const place = this.places[k]
    this.next[this.previous[place]] = place
    this.previous[this.next[place]] = place
    if (place >= this.at) return
    this.count++
    this.total += this.sorted[place]
  }

  /** Counts what lies below the mean of a window with that sum. */
  moveTo(sum: number): void {
    const { sorted, next, previous, period } = this
    let { at, count, total } = this
    for (let after = next[at]; period * sorted[after] < sum; after = next[after]) {
      at = after
      count++
      total += sorted[at]
    }
    while (at > 0 && period * sorted[at] >= sum) {
      count--
      total -= sorted[at]
      at = previous[at]
    }
    this.at = at
    this.count = count
    this.total = total
  }
}
