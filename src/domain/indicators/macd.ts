import type { Candle, Candles } from '../candles.js'
import { EmaStream } from './averageStreams.js'
import { bearishDivergence, bullishDivergence, divergenceLookback, divergenceReach } from './divergence.js'
import { closesOf, floatColumn, type TickGrid, tickGrid } from './exactColumn.js'
import type { Indicator, LineStream, Lines, Params, SignalColumn } from './indicator.js'
import { ema, emaSettleBars } from './movingAverage.js'
import { numberOf, period } from './params.js'
import { above, all, below, crossDown, crossUp, falling, rising, signalOnLines } from './signals.js'

const lineParams = ['fast', 'slow', 'signal']

function on(evaluate: (lines: Lines) => SignalColumn) {
  return signalOnLines(lineParams, [], evaluate)
}

function divergence(evaluate: typeof bullishDivergence) {
  return signalOnLines(
    lineParams,
    ['lookback'],
    ({ dif }, params, candles) => evaluate(candles, dif, numberOf(params, 'lookback')),
    divergenceReach,
  )
}

/** Index of the first DIF. */
function difWarmUp(params: Params): number {
  return Math.max(numberOf(params, 'fast'), numberOf(params, 'slow')) - 1
}

function compute(candles: Candles, params: Params): Lines {
  const closes = closesOf(candles)
  const fast = ema(closes, numberOf(params, 'fast'))
  const slow = ema(closes, numberOf(params, 'slow'))
  const length = fast.length
  const dif = new Float64Array(length)
  for (let i = 0; i < length; i++) dif[i] = fast[i] - slow[i]
  const dea = ema(floatColumn(dif), numberOf(params, 'signal'), difWarmUp(params))
  const hist = new Float64Array(length)
  for (let i = 0; i < length; i++) hist[i] = dif[i] - dea[i]
  return { dif, dea, hist }
}

class MacdStream implements LineStream {
  readonly #grid: TickGrid
  private readonly fast: EmaStream
  private readonly slow: EmaStream
  private readonly signal: EmaStream

  constructor(params: Params, priceScale: number | null) {
    this.#grid = tickGrid(priceScale)
    this.fast = new EmaStream(numberOf(params, 'fast'), this.#grid.unit)
    this.slow = new EmaStream(numberOf(params, 'slow'), this.#grid.unit)
    this.signal = new EmaStream(numberOf(params, 'signal'), 1)
  }

  push({ close }: Candle, out: Float64Array): void {
    const value = this.#grid.valueOf(close)
    const dif = this.fast.push(value) - this.slow.push(value)
    const dea = Number.isNaN(dif) ? Number.NaN : this.signal.push(dif)
    out[0] = dif
    out[1] = dea
    out[2] = dif - dea
  }
}

export const macd: Indicator = {
  type: 'MACD',
  params: { fast: period(12), slow: period(26), signal: period(9), lookback: divergenceLookback },
  lineParams,
  lines: ['dif', 'dea', 'hist'],
  warmUp: (params) => difWarmUp(params) + numberOf(params, 'signal') - 1,
  settleBars: (params) =>
    emaSettleBars(Math.max(numberOf(params, 'fast'), numberOf(params, 'slow'))) +
    emaSettleBars(numberOf(params, 'signal')),
  compute,
  stream: (params, priceScale) => new MacdStream(params, priceScale),
  signals: {
    golden_cross: on(({ dif, dea }) => crossUp(dif, dea)),
    death_cross: on(({ dif, dea }) => crossDown(dif, dea)),
    golden_cross_above_zero: on(({ dif, dea }) => all(crossUp(dif, dea), above(dif, 0))),
    golden_cross_below_zero: on(({ dif, dea }) => all(crossUp(dif, dea), below(dif, 0))),
    death_cross_above_zero: on(({ dif, dea }) => all(crossDown(dif, dea), above(dif, 0))),
    death_cross_below_zero: on(({ dif, dea }) => all(crossDown(dif, dea), below(dif, 0))),
    dif_cross_up_zero: on(({ dif }) => crossUp(dif, 0)),
    dif_cross_down_zero: on(({ dif }) => crossDown(dif, 0)),
    bullish: on(({ dif, dea }) => above(dif, dea)),
    bearish: on(({ dif, dea }) => below(dif, dea)),
    above_zero: on(({ dif, dea }) => all(above(dif, 0), above(dea, 0))),
    below_zero: on(({ dif, dea }) => all(below(dif, 0), below(dea, 0))),
    hist_rising: on(({ hist }) => rising(hist)),
    hist_falling: on(({ hist }) => falling(hist)),
    bullish_divergence: divergence(bullishDivergence),
    bearish_divergence: divergence(bearishDivergence),
  },
}
