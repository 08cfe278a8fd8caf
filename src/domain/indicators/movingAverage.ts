import type { ExactColumn } from './exactColumn.js'
import { ExactSum } from './exactSum.js'

/*
 * Averages of the last `period` values of a column whose first value is at index `from`: NaN before from + period - 1.
 * Each value is a function of exact sums, or of the value before it and one new input, so that it can be had one
 * candle at a time with the same bits.
 */

/** Simple: the exact mean, rounded once. Means that are equal in exact arithmetic are equal here, whatever their periods. */
export function sma(column: ExactColumn, period: number, from = 0): Float64Array {
  const { values, unit } = column
  const out = nothingBefore(from + period - 1, values.length)
  const last = Math.min(from + period, values.length)
  const divisor = period * unit
  if (fits(column, period)) {
    let sum = 0
    for (let i = from; i < last; i++) sum += values[i]
    if (last - from === period) out[last - 1] = sum / divisor
    for (let i = last; i < values.length; i++) {
      sum += values[i] - values[i - period]
      out[i] = sum / divisor
    }
    return out
  }
  const sum = new ExactSum()
  for (let i = from; i < last; i++) sum.add(values[i])
  if (last - from === period) out[last - 1] = sum.over(divisor)
  for (let i = last; i < values.length; i++) {
    sum.add(values[i])
    sum.add(-values[i - period])
    out[i] = sum.over(divisor)
  }
  return out
}

/** Linearly weighted: the newest value counts `period` times, the oldest once; exact like the simple one. */
export function wma(column: ExactColumn, period: number, from = 0): Float64Array {
  const { values, unit } = column
  const out = nothingBefore(from + period - 1, values.length)
  const last = Math.min(from + period, values.length)
  const weights = (period * (period + 1)) / 2
  const divisor = weights * unit
  if (fits(column, weights)) {
    let sum = 0
    let weighted = 0
    for (let i = from; i < last; i++) {
      sum += values[i]
      weighted += (i - from + 1) * values[i]
    }
    if (last - from === period) out[last - 1] = weighted / divisor
    for (let i = last; i < values.length; i++) {
      weighted += period * values[i] - sum
      sum += values[i] - values[i - period]
      out[i] = weighted / divisor
    }
    return out
  }
  const sum = new ExactSum()
  const weighted = new ExactSum()
  for (let i = from; i < last; i++) {
    sum.add(values[i])
    weighted.addProduct(i - from + 1, values[i])
  }
  if (last - from === period) out[last - 1] = weighted.over(divisor)
  for (let i = last; i < values.length; i++) {
    weighted.addProduct(period, values[i])
    weighted.addMultiple(-1, sum)
    sum.add(values[i])
    sum.add(-values[i - period])
    out[i] = weighted.over(divisor)
  }
  return out
}

/** Exponential: seeded with the exact mean of the first `period` values, then alpha = 2 / (period + 1). */
export function ema(column: ExactColumn, period: number, from = 0): Float64Array {
  const { plain } = column
  const first = from + period - 1
  const out = nothingBefore(first, plain.length)
  if (first >= plain.length) return out
  const alpha = emaAlpha(period)
  let average = exactMean(column, from, period)
  out[first] = average
  for (let i = first + 1; i < plain.length; i++) {
    average = emaStep(average, plain[i], alpha)
    out[i] = average
  }
  return out
}

/** A column to be filled from index `first` on. */
export function nothingBefore(first: number, length: number): Float64Array {
  return new Float64Array(length).fill(Number.NaN, 0, first)
}

/** The mean of `period` values from index `from` on, rounded once. */
export function exactMean({ values, unit }: ExactColumn, from: number, period: number): number {
  const sum = new ExactSum()
  for (let i = from; i < from + period; i++) sum.add(values[i])
  return sum.over(period * unit)
}

export function emaAlpha(period: number): number {
  return 2 / (period + 1)
}

/** In this form an average of equal values stays exactly where it is; one over a single value is that value. */
export function emaStep(average: number, value: number, alpha: number): number {
  return alpha === 1 ? value : average + alpha * (value - average)
}

/** How many bars an exponential average takes to forget its seed: e^-20 of it is left. */
export function emaSettleBars(period: number): number {
  return 10 * (period + 1)
}

/** The same for Wilder's average and KDJ's, whose memory is `n` bars long. */
export function smoothSettleBars(n: number): number {
  return 20 * n
}

/**
 * One step of Wilder's average and of KDJ's: ((n - 1) average + value) / n with `share` 1 / n, in the form that keeps a flat
 * line flat; over a single value it is that value.
 */
export function smooth(average: number, value: number, share: number): number {
  return share === 1 ? value : average + (value - average) * share
}

/** Whether sums of the column with these weights in all are exact in plain arithmetic. */
export function fits({ isWhole, min, max }: ExactColumn, weights: number): boolean {
  return isWhole && Math.max(Math.abs(min), Math.abs(max)) * weights <= Number.MAX_SAFE_INTEGER
}
