import type { ExactColumn } from './exactColumn.js'

/** The highest of the last `period` values of a column that begins at index `from`: NaN before from + period - 1. */
export function rollingHighest(column: ExactColumn, period: number, from = 0): Float64Array {
  return rollingExtreme(column, period, from, 1)
}

/** The lowest of the last `period` values of a column that begins at index `from`: NaN before from + period - 1. */
export function rollingLowest(column: ExactColumn, period: number, from = 0): Float64Array {
  return rollingExtreme(column, period, from, -1)
}

function rollingExtreme(column: ExactColumn, period: number, from: number, sign: 1 | -1): Float64Array {
  const areSmall = column.isWhole && Math.max(-column.min, column.max) < beyondTicks
  return areSmall
    ? extremeOfTicks(column.values, period, from, sign)
    : extremeOfFloats(column.values, period, from, sign)
}

/** More than the ticks of any price; sums of two such numbers are exact. */
const beyondTicks = 2 ** 50

/**
 * By blocks of `period` values (van Herk; Gil and Werman): a window is the end of one block and the beginning of the next,
 * whose extremes run from its edges. Takes three comparisons a value whatever the period, none of them a jump that a
 * processor could guess wrongly: of whole numbers (a + b + |a - b|) / 2 is exactly the larger.
 */
function extremeOfTicks(values: Float64Array, period: number, from: number, sign: 1 | -1): Float64Array {
  const { length } = values
  const out = new Float64Array(length)
  const beyond = -sign * beyondTicks
  /** The extremes of the block before from each of its places on; beyond all values where there is none. */
  const tails = new Float64Array(period + 1).fill(beyond)
  for (let start = from; start < length; start += period) {
    const end = Math.min(length, start + period)
    let head = beyond
    for (let i = start; i < end; i++) {
      head = 0.5 * (head + values[i] + sign * Math.abs(head - values[i]))
      const tail = tails[i - start + 1]
      out[i] = 0.5 * (head + tail + sign * Math.abs(head - tail))
    }
    let tail = beyond
    for (let i = end - 1; i >= start; i--) {
      tail = 0.5 * (tail + values[i] + sign * Math.abs(tail - values[i]))
      tails[i - start] = tail
    }
  }
  out.fill(Number.NaN, 0, from + period - 1)
  return out
}

/** Keeps a queue of the indices that may still become the extreme, best first: each enters and leaves it once. */
function extremeOfFloats(values: Float64Array, period: number, from: number, sign: 1 | -1): Float64Array {
  const out = new Float64Array(values.length).fill(Number.NaN, 0, from + period - 1)
  const queue = new Int32Array(values.length)
  let head = 0
  let tail = 0
  for (let i = from; i < values.length; i++) {
    const value = values[i] * sign
    while (tail > head && values[queue[tail - 1]] * sign <= value) tail--
    queue[tail++] = i
    if (queue[head] <= i - period) head++
    if (i >= from + period - 1) out[i] = values[queue[head]]
  }
  return out
}

/** The highest (`sign` 1) or lowest (-1) of the last `period` values, one value at a time; NaN until there are so many. */
export class ExtremeStream {
  readonly #period: number
  readonly #sign: 1 | -1
  /** The values that may still become the extreme, best first, and when each came: rings of the same places. */
  private readonly values: Float64Array
  private readonly times: Float64Array
  private head = 0
  private size = 0
  private now = 0

  constructor(period: number, sign: 1 | -1) {
    this.#period = period
    this.#sign = sign
    this.values = new Float64Array(period)
    this.times = new Float64Array(period)
  }

  push(value: number): number {
    if (this.size > 0 && this.times[this.head] <= this.now - this.#period) {
      this.head = this.place(1)
      this.size--
    }
    while (this.size > 0 && (this.values[this.place(this.size - 1)] - value) * this.#sign <= 0) this.size--
    const place = this.place(this.size++)
    this.values[place] = value
    this.times[place] = this.now++
    return this.now >= this.#period ? this.values[this.head] : Number.NaN
  }

  private place(offset: number): number {
    return (this.head + offset) % this.#period
  }
}
