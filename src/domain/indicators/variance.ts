import { Window } from './averageStreams.js'
import { ExactSum } from './exactSum.js'

/**
 * Population variance of the last `period` values, one value at a time; NaN until there are so many. Never negative,
 * exactly 0 where all values are equal, and free of drift: whole ticks are summed exactly, anything else with the rounding
 * errors kept.
 */
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
    this.#divisor = (period * unit) ** 2
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
