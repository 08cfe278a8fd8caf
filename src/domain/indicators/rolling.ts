/** The highest of the last `period` values of a column that begins at index `from`: NaN before from + period - 1. */
export function rollingHighest(values: Float64Array, period: number, from = 0): Float64Array {
  return rollingExtreme(values, period, from, 1)
}

/** The lowest of the last `period` values of a column that begins at index `from`: NaN before from + period - 1. */
export function rollingLowest(values: Float64Array, period: number, from = 0): Float64Array {
  return rollingExtreme(values, period, from, -1)
}

/** Keeps a queue of the indices that may still become the extreme, best first: each enters and leaves it once. */
function rollingExtreme(values: Float64Array, period: number, from: number, sign: 1 | -1): Float64Array {
  const out = new Float64Array(values.length).fill(Number.NaN)
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
