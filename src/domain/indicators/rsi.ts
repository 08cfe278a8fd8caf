import type { Candles } from '../candles.js'
import { bearishDivergence, bullishDivergence, divergenceLookback } from './divergence.js'
import { closesOf } from './exactColumn.js'
import { ExactSum } from './exactSum.js'
import type { Indicator, Params, SignalColumn, SignalSpec } from './indicator.js'
import { smooth } from './movingAverage.js'
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
  return signalOnLines(lineParams, ['lookback'], ({ rsi }, params, candles) =>
    evaluate(candles, rsi, numberOf(params, 'lookback')),
  )
}

/** RSI from Wilder's averages of gains and losses (both >= 0). */
function strength(gain: number, loss: number): number {
  return gain + loss === 0 ? 50 : 100 * (gain / (gain + loss))
}

function compute(candles: Candles, params: Params) {
  const length = numberOf(params, 'period')
  const { values, unit } = closesOf(candles)
  const rsi = new Float64Array(values.length).fill(Number.NaN)
  if (values.length <= length) return { rsi }
  const gains = new ExactSum()
  const losses = new ExactSum()
  for (let i = 1; i <= length; i++) {
    if (values[i] > values[i - 1]) gains.add(values[i] - values[i - 1])
    else losses.add(values[i - 1] - values[i])
  }
  let gain = gains.over(length * unit)
  let loss = losses.over(length * unit)
  rsi[length] = strength(gain, loss)
  for (let i = length + 1; i < values.length; i++) {
    const change = (values[i] - values[i - 1]) / unit
    gain = smooth(gain, change > 0 ? change : 0, length)
    loss = smooth(loss, change < 0 ? -change : 0, length)
    // Where price stands still both averages shrink alike: their ratio stays, and must not flicker by rounding.
    rsi[i] = change === 0 ? rsi[i - 1] : strength(gain, loss)
  }
  return { rsi }
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
  compute,
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
