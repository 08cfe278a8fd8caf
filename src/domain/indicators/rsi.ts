import type { Candle, Candles } from '../candles.js'
import { bearishDivergence, bullishDivergence, divergenceLookback, divergenceReach } from './divergence.js'
import { closesOf, type TickGrid, tickGrid } from './exactColumn.js'
import { ExactSum } from './exactSum.js'
import type { Indicator, LineStream, Params, SignalColumn, SignalSpec } from './indicator.js'
import { nothingBefore, smooth, smoothSettleBars } from './movingAverage.js'
import { numberOf, percentLevel, period } from './params.js'
import { above, below, crossDown, crossUp, signalOnLines } from './signals.js'

const lineParams = ['period']

/** A signal of RSI against the level named `level`. */
function against(level: string, compare: (rsi: Float64Array, level: number) => SignalColumn): SignalSpec {
  return signalOnLines(lineParams, [level], ({ rsi }, params) => compare(rsi, numberOf(params, level)))
}

function cross(compare: typeof crossUp): SignalSpec {
  return {
    params: ['fast', 'slow'],
    evaluate: (context, params) =>
      compare(context.lines({ period: params.fast }).rsi, context.lines({ period: params.slow }).rsi),
  }
}

function divergence(evaluate: typeof bullishDivergence): SignalSpec {
  return signalOnLines(
    lineParams,
    ['lookback'],
    ({ rsi }, params, candles) => evaluate(candles, rsi, numberOf(params, 'lookback')),
    divergenceReach,
  )
}

/** RSI from Wilder's averages of gains and losses (both >= 0). */
function strength(gain: number, loss: number): number {
  return gain + loss === 0 ? 50 : 100 * (gain / (gain + loss))
}

function compute(candles: Candles, params: Params) {
  const length = numberOf(params, 'period')
  const { values, unit } = closesOf(candles)
  const rsi = nothingBefore(length, values.length)
  if (values.length <= length) return { rsi }
  const gains = new ExactSum()
  const losses = new ExactSum()
  for (let i = 1; i <= length; i++) {
    if (values[i] > values[i - 1]) gains.add(values[i] - values[i - 1])
    else losses.add(values[i - 1] - values[i])
  }
  const gain = gains.over(length * unit)
  const loss = losses.over(length * unit)
  rsi[length] = strength(gain, loss)
  follow(values, unit, length, gain, loss, rsi)
  return { rsi }
}

/** Fills in all that comes after the first value, which stands at index `length`. */
function follow(
  ticks: Float64Array,
  unit: number,
  length: number,
  gain: number,
  loss: number,
  rsi: Float64Array,
): void {
  const share = 1 / length
  let value = rsi[length]
  for (let i = length + 1; i < ticks.length; i++) {
    const change = (ticks[i] - ticks[i - 1]) / unit
    gain = smooth(gain, upward(change), share)
    loss = smooth(loss, upward(-change), share)
    // Where price stands still both averages shrink alike: their ratio stays, and must not flicker by rounding.
    if (change !== 0) value = strength(gain, loss)
    rsi[i] = value
  }
}

/** The change where it is above 0, else 0: exactly, and without a jump that a processor could guess wrongly. */
function upward(change: number): number {
  return 0.5 * (Math.abs(change) + change)
}

class RsiStream implements LineStream {
  readonly #period: number
  readonly #grid: TickGrid
  private readonly gains = new ExactSum()
  private readonly losses = new ExactSum()
  private gain = Number.NaN
  private loss = Number.NaN
  private rsi = Number.NaN
  private last = Number.NaN
  private changes = 0

  constructor(params: Params, priceScale: number | null) {
    this.#period = numberOf(params, 'period')
    this.#grid = tickGrid(priceScale)
  }

  push({ close }: Candle, out: Float64Array): void {
    const value = this.#grid.valueOf(close)
    if (!Number.isNaN(this.last)) this.take(value - this.last)
    this.last = value
    out[0] = this.rsi
  }

  private take(ticks: number): void {
    const { unit } = this.#grid
    if (this.changes < this.#period) {
      if (ticks > 0) this.gains.add(ticks)
      else this.losses.add(-ticks)
      if (++this.changes < this.#period) return
      this.gain = this.gains.over(this.#period * unit)
      this.loss = this.losses.over(this.#period * unit)
      this.rsi = strength(this.gain, this.loss)
      return
    }
    const change = ticks / unit
    this.gain = smooth(this.gain, upward(change), 1 / this.#period)
    this.loss = smooth(this.loss, upward(-change), 1 / this.#period)
    if (change !== 0) this.rsi = strength(this.gain, this.loss)
  }
}

export const rsi: Indicator = {
  type: 'RSI',
  params: {
    period: period(14, 2),
    overbought: percentLevel(70),
    oversold: percentLevel(30),
    mid: percentLevel(50),
    fast: period(6, 2),
    slow: period(24, 2),
    lookback: divergenceLookback,
  },
  lineParams,
  lines: ['rsi'],
  warmUp: (params) => numberOf(params, 'period'),
  settleBars: (params) => smoothSettleBars(numberOf(params, 'period')),
  compute,
  stream: (params, priceScale) => new RsiStream(params, priceScale),
  signals: {
    overbought: against('overbought', above),
    oversold: against('oversold', below),
    exit_overbought: against('overbought', crossDown),
    exit_oversold: against('oversold', crossUp),
    cross_up_mid: against('mid', crossUp),
    cross_down_mid: against('mid', crossDown),
    bullish: against('mid', above),
    bearish: against('mid', below),
    golden_cross: cross(crossUp),
    death_cross: cross(crossDown),
    bullish_divergence: divergence(bullishDivergence),
    bearish_divergence: divergence(bearishDivergence),
  },
}
