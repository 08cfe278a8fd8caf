import type { Candle, Candles } from '../candles.js'
import { Window } from './averageStreams.js'
import { closesOf, type ExactColumn, type TickGrid, tickGrid } from './exactColumn.js'
import { ExactSum } from './exactSum.js'
import type { Indicator, LineStream, Lines, Params, SignalColumn, SignalSpec } from './indicator.js'
import { fits } from './movingAverage.js'
import { numberOf, period } from './params.js'
import { above, below, crossDown, crossUp, falling, rising, signalOnLines } from './signals.js'

const lineParams = ['p1', 'p2', 'p3', 'p4']

function on(evaluate: (bbi: Float64Array, close: Float64Array) => SignalColumn): SignalSpec {
  return signalOnLines(lineParams, [], ({ bbi }, _params, { close }) => evaluate(bbi, close))
}

function periodsOf(params: Params): number[] {
  return lineParams.map((name) => numberOf(params, name))
}

function commonMultiple(a: number, b: number): number {
  return (a / greatestDivisor(a, b)) * b
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b)
}

/**
 * The mean of the means of four windows as one sum, so that it is rounded once: with c a common multiple of the periods,
 * each window's sum times c / period, over 4 c.
 */
function weigh(periods: readonly number[]) {
  const common = periods.reduce(commonMultiple)
  const weights = periods.map((period) => common / period)
  return { weights, total: weights.reduce((sum, weight) => sum + weight), divisor: periods.length * common }
}

function compute(candles: Candles, params: Params): Lines {
  const closes = closesOf(candles)
  const periods = periodsOf(params)
  const { divisor } = weigh(periods)
  // A value comes in before those leave that made room for it.
  if (fits(closes, 2 * divisor)) return { bbi: meanOfTicks(closes, periods) }
  const stream = new MeanStream(periods, closes.unit)
  return { bbi: closes.values.map((value) => stream.push(value)) }
}

function meanOfTicks({ values, unit }: ExactColumn, periods: readonly number[]): Float64Array {
  const out = new Float64Array(values.length)
  const { weights, total, divisor } = weigh(periods)
  const longest = Math.max(...periods)
  const first = Math.min(longest, values.length)
  let sum = 0
  for (let i = 0; i < first; i++) {
    sum += total * values[i]
    periods.forEach((period, k) => {
      if (i >= period) sum -= weights[k] * values[i - period]
    })
    out[i] = i < longest - 1 ? Number.NaN : sum / (divisor * unit)
  }
  const [p1, p2, p3, p4] = periods
  const [w1, w2, w3, w4] = weights
  for (let i = first; i < values.length; i++) {
    const left = w1 * values[i - p1] + w2 * values[i - p2] + w3 * values[i - p3] + w4 * values[i - p4]
    sum += total * values[i] - left
    out[i] = sum / (divisor * unit)
  }
  return out
}

/** The same one value at a time, for values of any size. */
class MeanStream {
  readonly #weights: readonly number[]
  readonly #total: number
  readonly #divisor: number
  private readonly windows: readonly Window[]
  private readonly sum = new ExactSum()

  constructor(periods: readonly number[], unit: number) {
    const { weights, total, divisor } = weigh(periods)
    this.#weights = weights
    this.#total = total
    this.#divisor = divisor * unit
    this.windows = periods.map((period) => new Window(period))
  }

  push(value: number): number {
    this.sum.addProduct(this.#total, value)
    this.windows.forEach((window, k) => {
      this.sum.addProduct(-this.#weights[k], window.push(value))
    })
    return this.windows.every(({ isFull }) => isFull) ? this.sum.over(this.#divisor) : Number.NaN
  }
}

class BbiStream implements LineStream {
  readonly #grid: TickGrid
  private readonly mean: MeanStream

  constructor(params: Params, priceScale: number | null) {
    this.#grid = tickGrid(priceScale)
    this.mean = new MeanStream(periodsOf(params), this.#grid.unit)
  }

  push({ close }: Candle, out: Float64Array): void {
    out[0] = this.mean.push(this.#grid.valueOf(close))
  }
}

export const bbi: Indicator = {
  type: 'BBI',
  params: { p1: period(3), p2: period(6), p3: period(12), p4: period(24) },
  lineParams,
  lines: ['bbi'],
  warmUp: (params) => Math.max(...periodsOf(params)) - 1,
  settleBars: () => 0,
  compute,
  stream: (params, priceScale) => new BbiStream(params, priceScale),
  signals: {
    price_cross_up: on((bbi, close) => crossUp(close, bbi)),
    price_cross_down: on((bbi, close) => crossDown(close, bbi)),
    price_above: on((bbi, close) => above(close, bbi)),
    price_below: on((bbi, close) => below(close, bbi)),
    rising: on((bbi) => rising(bbi)),
    falling: on((bbi) => falling(bbi)),
  },
}
