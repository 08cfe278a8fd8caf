import type { ExactColumn } from './exactColumn.js'
import { ExactSum } from './exactSum.js'

/**
 * Population variance of the last `period` values; `means` are their means. Never negative, exactly 0 where all values
 * are equal, and free of drift: whole ticks are summed exactly, anything else is summed anew for each window.
 */
export function variance(column: ExactColumn, period: number, means: Float64Array): Float64Array {
  if (!column.isWhole) return varianceOfFloats(column.values, period, means)
  // With x = value - centre, n^2 variance = n sum(x^2) - sum(x)^2; every part of it is at most n^2 reach^2.
  const centre = Math.round((column.min + column.max) / 2)
  const reach = Math.max(column.max - centre, centre - column.min)
  const isPlain = period * period * reach * reach <= Number.MAX_SAFE_INTEGER
  return isPlain ? varianceOfTicks(column, period, centre) : varianceOfWideTicks(column, period, centre)
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

function varianceOfWideTicks({ values, unit }: ExactColumn, period: number, centre: number): Float64Array {
  const out = new Float64Array(values.length).fill(Number.NaN)
  const divisor = period * period * unit * unit
  const sum = new ExactSum()
  const squares = new ExactSum()
  const spread = new ExactSum()
  for (let i = 0; i < values.length; i++) {
    const x = values[i] - centre
    sum.add(x)
    squares.addProduct(x, x)
    if (i >= period) {
      const left = values[i - period] - centre
      sum.add(-left)
      squares.addProduct(-left, left)
    }
    if (i >= period - 1) {
      spread.clear()
      spread.addMultiple(period, squares)
      spread.subtractSquareOf(sum)
      out[i] = Math.max(0, spread.over(divisor))
    }
  }
  return out
}

/** Two passes over each window; the sum of the deviations takes out what the mean's own rounding put in. */
function varianceOfFloats(values: Float64Array, period: number, means: Float64Array): Float64Array {
  const out = new Float64Array(values.length).fill(Number.NaN)
  for (let i = period - 1; i < values.length; i++) {
    let deviations = 0
    let squares = 0
    for (let j = i - period + 1; j <= i; j++) {
      const x = values[j] - means[i]
      deviations += x
      squares += x * x
    }
    out[i] = Math.max(0, (squares - (deviations * deviations) / period) / period)
  }
  return out
}
