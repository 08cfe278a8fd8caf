import type { Candle, Candles } from '../candles.js'
import { deviationSums } from './deviationSums.js'
import { bearishDivergence, bullishDivergence, divergenceLookback, divergenceReach } from './divergence.js'
import { closesOf, highsOf, lowsOf, type TickGrid, tickGrid } from './exactColumn.js'
import type { Indicator, LineStream, Lines, ParamSpec, Params, SignalColumn, SignalSpec } from './indicator.js'
import { fits } from './movingAverage.js'
import { numberOf, period } from './params.js'
import { above, below, crossDown, crossUp, signalOnLines } from './signals.js'
import { WindowSumStream, windowSums } from './windowSums.js'

const lineParams = ['period']

function level(byDefault: number): ParamSpec {
  return { kind: 'number', default: byDefault, min: -1000, max: 1000 }
}

function on(evaluate: (cci: Float64Array) => SignalColumn): SignalSpec {
  return signalOnLines(lineParams, [], ({ cci }) => evaluate(cci))
}

/** A signal of CCI against the level named `level`. */
function against(level: string, compare: (cci: Float64Array, level: number) => SignalColumn): SignalSpec {
  return signalOnLines(lineParams, [level], ({ cci }, params) => compare(cci, numberOf(params, level)))
}

function divergence(evaluate: typeof bullishDivergence): SignalSpec {
  return signalOnLines(
    lineParams,
    ['lookback'],
    ({ cci }, params, candles) => evaluate(candles, cci, numberOf(params, 'lookback')),
    divergenceReach,
  )
}

/**
 * CCI of a window whose newest value is `value`. The values are three times the typical prices, high + low + close, in any
 * unit: it cancels out, so they may be whole ticks, and the quotient is rounded once. 1 / 0.015 is 200 / 3.
 */
function channelIndex(value: number, sum: number, deviations: number, length: number): number {
  return deviations === 0 ? 0 : (200 * length * (length * value - sum)) / (3 * deviations)
}

function compute(candles: Candles, params: Params): Lines {
  const length = numberOf(params, 'period')
  const high = highsOf(candles)
  const low = lowsOf(candles).values
  const close = closesOf(candles).values
  const values = new Float64Array(close.length)
  // Over a power of two: as exact, but fractions, and V8 does not try 32-bit integers on them (half as fast).
  for (let i = 0; i < values.length; i++) values[i] = (high.values[i] + low[i] + close[i]) / 2 ** 20
  // No part of an index is larger than 200 x length x length x 3 highs.
  const isExact = fits(high, 600 * length * length)
  const sums = windowSums(values, length, isExact)
  const cci = deviationSums(values, sums, length, isExact)
  for (let i = length - 1; i < cci.length; i++) cci[i] = channelIndex(values[i], sums[i], cci[i], length)
  return { cci }
}

class CciStream implements LineStream {
  readonly #period: number
  readonly #grid: TickGrid
  private readonly sum: WindowSumStream

  constructor(params: Params, priceScale: number | null) {
    this.#period = numberOf(params, 'period')
    this.#grid = tickGrid(priceScale)
    this.sum = new WindowSumStream(this.#period)
  }

  push({ high, low, close }: Candle, out: Float64Array): void {
    const value = this.#grid.valueOf(high) + this.#grid.valueOf(low) + this.#grid.valueOf(close)
    const sum = this.sum.push(value)
    const length = this.#period
    let deviations = 0
    for (let age = length - 1; age >= 0; age--) deviations += Math.abs(length * this.sum.window.at(age) - sum)
    out[0] = channelIndex(value, sum, deviations, length)
  }
}

export const cci: Indicator = {
  type: 'CCI',
  params: { period: period(14, 2), overbought: level(100), oversold: level(-100), lookback: divergenceLookback },
  lineParams,
  lines: ['cci'],
  warmUp: (params) => numberOf(params, 'period') - 1,
  settleBars: () => 0,
  compute,
  stream: (params, priceScale) => new CciStream(params, priceScale),
  signals: {
    overbought: against('overbought', above),
    oversold: against('oversold', below),
    enter_overbought: against('overbought', crossUp),
    exit_overbought: against('overbought', crossDown),
    enter_oversold: against('oversold', crossDown),
    exit_oversold: against('oversold', crossUp),
    cross_up_zero: on((cci) => crossUp(cci, 0)),
    cross_down_zero: on((cci) => crossDown(cci, 0)),
    bullish_divergence: divergence(bullishDivergence),
    bearish_divergence: divergence(bearishDivergence),
  },
}
