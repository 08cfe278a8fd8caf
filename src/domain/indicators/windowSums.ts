import { Window } from './averageStreams.js'
import { ExactSum } from './exactSum.js'

/**
 * The sum of the last `period` values at each index, as exact as ExactSum has it, then rounded once; NaN before index
 * period - 1. `isExact` says that plain sums of so many of them are exact.
 */
export function windowSums(values: Float64Array, period: number, isExact: boolean): Float64Array {
  const out = new Float64Array(values.length)
  if (isExact) {
    let sum = 0
    for (let i = 0; i < values.length; i++) {
      sum += values[i] - (i < period ? 0 : values[i - period])
      out[i] = sum
    }
  } else {
    // ExactSum once more in plain variables, which takes half the time.
    let high = 0
    let low = 0
    for (let i = 0; i < values.length; i++) {
      const sum = high + values[i]
      const added = sum - high
      low += high - (sum - added) + (values[i] - added)
      high = sum
      if (i >= period) {
        const left = values[i - period]
        const rest = high - left
        const taken = rest - high
        low += high - (rest - taken) - (left + taken)
        high = rest
      }
      out[i] = high + low
    }
  }
  out.fill(Number.NaN, 0, period - 1)
  return out
}

/** The same one value at a time. */
export class WindowSumStream {
  readonly window: Window
  private readonly sum = new ExactSum()

  constructor(period: number) {
    this.window = new Window(period)
  }

  push(value: number): number {
    this.sum.add(value)
    this.sum.add(-this.window.push(value))
    return this.window.isFull ? this.sum.over(1) : Number.NaN
  }
}
