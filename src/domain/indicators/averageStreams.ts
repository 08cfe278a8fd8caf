import { ExactSum } from './exactSum.js'
import { emaAlpha, emaStep, smooth } from './movingAverage.js'

/*
 * The averages of movingAverage.ts one value at a time, to the bit. Values are those of an exact column (ticks), `unit` of
 * them to 1; a result is NaN until there are enough of them. As in every stream, what it was made with is #private and what
 * it remembers is not (streamState.ts).
 */

/** The last `size` values: a ring. */
export class Window {
  private readonly values: Float64Array
  private next = 0
  private count = 0

  constructor(size: number) {
    this.values = new Float64Array(size)
  }

  get isFull(): boolean {
    return this.count === this.values.length
  }

  /** Takes a value in and gives the one that it displaces; 0 while there is room. */
  push(value: number): number {
    const left = this.values[this.next]
    this.values[this.next] = value
    this.next = this.next + 1 === this.values.length ? 0 : this.next + 1
    if (!this.isFull) this.count++
    return left
  }

  /** The value `age` pushes ago; 0 is the newest. */
  at(age: number): number {
    const { length } = this.values
    return this.values[(this.next - 1 - age + 2 * length) % length]
  }
}

export class SmaStream {
  readonly #divisor: number
  private readonly window: Window
  private readonly sum = new ExactSum()

  constructor(period: number, unit: number) {
    this.#divisor = period * unit
    this.window = new Window(period)
  }

  push(value: number): number {
    this.sum.add(value)
    this.sum.add(-this.window.push(value))
    return this.window.isFull ? this.sum.over(this.#divisor) : Number.NaN
  }
}

export class WmaStream {
  readonly #period: number
  readonly #divisor: number
  private readonly window: Window
  private readonly sum = new ExactSum()
  private readonly weighted = new ExactSum()
  private count = 0

  constructor(period: number, unit: number) {
    this.#period = period
    this.#divisor = ((period * (period + 1)) / 2) * unit
    this.window = new Window(period)
  }

  push(value: number): number {
    if (this.window.isFull) {
      this.weighted.addProduct(this.#period, value)
      this.weighted.addMultiple(-1, this.sum)
    } else this.weighted.addProduct(++this.count, value)
    this.sum.add(value)
    this.sum.add(-this.window.push(value))
    return this.window.isFull ? this.weighted.over(this.#divisor) : Number.NaN
  }
}

/** The mean of the first `period` values, and from then on what `step` makes of the average and each new value. */
abstract class SeededStream {
  readonly #period: number
  readonly #unit: number
  private readonly seed = new ExactSum()
  private count = 0
  private average = Number.NaN

  constructor(period: number, unit: number) {
    this.#period = period
    this.#unit = unit
  }

  push(value: number): number {
    if (this.count >= this.#period) {
      this.average = this.step(this.average, value / this.#unit, this.#period)
    } else {
      this.seed.add(value)
      if (++this.count === this.#period) this.average = this.seed.over(this.#period * this.#unit)
    }
    return this.average
  }

  protected abstract step(average: number, value: number, period: number): number
}

export class EmaStream extends SeededStream {
  protected step(average: number, value: number, period: number): number {
    return emaStep(average, value, emaAlpha(period))
  }
}

/** Wilder's. */
export class WilderStream extends SeededStream {
  protected step(average: number, value: number, period: number): number {
    return smooth(average, value, 1 / period)
  }
}
