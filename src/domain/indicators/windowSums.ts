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
    const full = Math.min(period, values.length)
    for (let i = 0; i < full; i++) {
      const sum = high + values[i]
      const added = sum - high
      low += high - (sum - added) + (values[i] - added)
      high = sum
      out[i] = high + low
    }
    for (let i = period; i < values.length; i++) {
      // What the window changes by, and what rounding that loses: of the sum before only one addition then waits.
      const value = values[i]
      const left = values[i - period]
      const change = value - left
      const kept = change - value
      const lost = value - (change - kept) - (left + kept)
      const sum = high + change
      const added = sum - high
      low += high - (sum - added) + (change - added) + lost
      high = sum
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
