import type { Candle, Candles } from '../candles.js'
import { EmaStream } from './averageStreams.js'
import { bearishDivergence, bullishDivergence, divergenceLookback, divergenceReach } from './divergence.js'
import { closesOf, type ExactColumn, type TickGrid, tickGrid } from './exactColumn.js'
import { ExactSum } from './exactSum.js'
import type { Indicator, LineStream, Lines, Params, SignalColumn } from './indicator.js'
import { emaAlpha, emaSettleBars, emaStep, exactMean, nothingBefore } from './movingAverage.js'
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
  const { length } = closes.plain
  const start = difWarmUp(params)
  const dif = nothingBefore(start, length)
  const dea = nothingBefore(start, length)
  const hist = nothingBefore(start, length)
  const lines = { dif, dea, hist }
  if (start >= length) return lines
  const periods = [numberOf(params, 'fast'), numberOf(params, 'slow'), numberOf(params, 'signal')]
  const [fast, slow, signal] = periods
  // Up to the first DEA it is seeded; all that follows is one loop in which the processor works on all averages at once.
  const first = start + signal - 1
  const seed = new ExactSum()
  const averages = [emaAt(closes, fast, start), emaAt(closes, slow, start), Number.NaN]
  for (let i = start; i <= first && i < length; i++) {
    if (i > start) {
      averages[0] = emaStep(averages[0], closes.plain[i], emaAlpha(fast))
      averages[1] = emaStep(averages[1], closes.plain[i], emaAlpha(slow))
    }
    dif[i] = averages[0] - averages[1]
    seed.add(dif[i])
    if (i === first) averages[2] = seed.over(signal)
    dea[i] = averages[2]
    hist[i] = dif[i] - dea[i]
  }
  follow(closes.plain, lines, first + 1, averages, periods.map(emaAlpha))
  return lines
}

function follow(
  closes: Float64Array,
  { dif, dea, hist }: { dif: Float64Array; dea: Float64Array; hist: Float64Array },
  from: number,
  [fast, slow, signal]: number[],
  [fastAlpha, slowAlpha, signalAlpha]: number[],
): void {
  for (let i = from; i < closes.length; i++) {
    fast = emaStep(fast, closes[i], fastAlpha)
    slow = emaStep(slow, closes[i], slowAlpha)
    const distance = fast - slow
    signal = emaStep(signal, distance, signalAlpha)
    dif[i] = distance
    dea[i] = signal
    hist[i] = distance - signal
  }
}

/** The exponential average at index `at`, where it has been for a while or just begins. */
function emaAt(column: ExactColumn, period: number, at: number): number {
  let average = exactMean(column, 0, period)
  for (let i = period; i <= at; i++) average = emaStep(average, column.plain[i], emaAlpha(period))
  return average
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
