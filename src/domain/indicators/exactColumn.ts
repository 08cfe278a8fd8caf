import type { Candles } from '../candles.js'

/**
 * A column in a form whose sums can be taken exactly: whole numbers of ticks, `unit` of them to 1 (`isWhole`), or, where
 * there is no tick grid, the values as they are with unit 1. `min` and `max` are of `values`.
 */
export interface ExactColumn {
  readonly values: Float64Array
  readonly unit: number
  /** The values over `unit`: what they are, rounded once. */
  readonly plain: Float64Array
  readonly isWhole: boolean
  readonly min: number
  readonly max: number
}

export function closesOf(candles: Candles): ExactColumn {
  return pricesOf(candles.close, candles.priceScale)
}

export function highsOf(candles: Candles): ExactColumn {
  return pricesOf(candles.high, candles.priceScale)
}

export function lowsOf(candles: Candles): ExactColumn {
  return pricesOf(candles.low, candles.priceScale)
}

/** How single prices become values of an exact column of the same scale. */
export interface TickGrid {
  readonly unit: number
  /** Throws RangeError for a price off the grid: with a finer scale the series must be begun anew. */
  valueOf(price: number): number
}

export function tickGrid(priceScale: number | null): TickGrid {
  if (priceScale === null) return offGrid
  const unit = 10 ** priceScale
  return {
    unit,
    valueOf(price) {
      const ticks = Math.round(price * unit)
      if (ticks / unit !== price) throw new RangeError(`${price} is no whole number of ticks of 1/${unit}`)
      return ticks
    },
  }
}

const offGrid: TickGrid = { unit: 1, valueOf: (price) => price }

/** Any computed column, such as MACD's DIF. */
export function floatColumn(values: Float64Array): ExactColumn {
  return { values, unit: 1, plain: values, isWhole: false, min: Number.NaN, max: Number.NaN }
}

/** Computed once per column: candles are never changed after they are made. */
const known = new WeakMap<Float64Array, ExactColumn>()

function pricesOf(prices: Float64Array, priceScale: number | null): ExactColumn {
  if (priceScale === null) return floatColumn(prices)
  const unit = 10 ** priceScale
  const before = known.get(prices)
  if (before?.unit === unit) return before
  const values = new Float64Array(prices.length)
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (let i = 0; i < values.length; i++) {
    const ticks = Math.round(prices[i] * unit)
    values[i] = ticks
    if (ticks < min) min = ticks
    if (ticks > max) max = ticks
  }
  const column = { values, unit, plain: prices, isWhole: true, min, max }
  known.set(prices, column)
  return column
}
