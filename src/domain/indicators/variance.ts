import { Window } from './averageStreams.js'
import type { ExactColumn } from './exactColumn.js'
import { ExactSum } from './exactSum.js'

/**
 * Population variance of the last `period` values. Never negative, exactly 0 where all values are equal, and free of
 * drift: whole ticks are summed exactly, anything else with the rounding errors kept.
 */
export function variance(column: ExactColumn, period: number): Float64Array {
  // With x = value - centre, n^2 variance = n sum(x^2) - sum(x)^2; every part of it is at most n^2 reach^2.
  const centre = Math.round((column.min + column.max) / 2)
  const reach = Math.max(column.max - centre, centre - column.min)
  const isPlain = column.isWhole && period * period * reach * reach <= Number.MAX_SAFE_INTEGER
  if (isPlain) return varianceOfTicks(column, period, centre)
  const stream = new VarianceStream(period, column.unit)
  return column.values.map((value) => stream.push(value))
}

function varianceOfTicks({ values, unit }: ExactColumn, period: number, centre: number): Float64Array {
  const out = new Float64Array(values.length).fill(Number.NaN)
  const divisor = period * period * unit * unit
  let sum = 0
  let squares = 0
  for (let i = 0; i < values.length; i++) {
    const x = values[i] - centre
    sum += x
    squares += x * x
    if (i >= period) {
      const left = values[i - period] - centre
      sum -= left
      squares -= left * left
    }
    if (i >= period - 1) out[i] = (period * squares - sum * sum) / divisor
  }
  return out
}

/** The same one value at a time, for values of any size; NaN until there are `period` of them. */
export class VarianceStream {
  readonly #period: number
  readonly #divisor: number
  private readonly window: Window
  private readonly sum = new ExactSum()
  private readonly squares = new ExactSum()
  private readonly spread = new ExactSum()
  private centre = 0
  private last = Number.NaN
  /** How many of the newest values are equal. */
  private equal = 0
  private count = 0

  constructor(period: number, unit: number) {
    this.#period = period
    this.#divisor = period * period * unit * unit
    this.window = new Window(period)
  }

  push(value: number): number {
    if (this.count++ === 0) this.centre = Math.round(value)
    const x = value - this.centre
    this.equal = value === this.last ? this.equal + 1 : 1
    this.last = value
    this.sum.add(x)
    this.squares.addProduct(x, x)
    const left = this.window.push(x)
    this.sum.add(-left)
    this.squares.addProduct(-left, left)
    if (!this.window.isFull) return Number.NaN
    // Off a tick grid squares may not be exact, and equal values must still have none.
    if (this.equal >= this.#period) return 0
    this.spread.clear()
    this.spread.addMultiple(this.#period, this.squares)
    this.spread.subtractSquareOf(this.sum)
    return Math.max(0, this.spread.over(this.#divisor))
  }
}
