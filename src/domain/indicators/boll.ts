import type { Candles } from '../candles.js'
import { closesOf, floatColumn } from './exactColumn.js'
import type { Indicator, Lines, Params, SignalColumn } from './indicator.js'
import { sma } from './movingAverage.js'
import { numberOf, period } from './params.js'
import { rollingLowest } from './rolling.js'
import { above, all, atOrAbove, atOrBelow, below, crossDown, crossUp, rising, signalOnLines } from './signals.js'
import { variance } from './variance.js'

const lineParams = ['period', 'k']

function on(evaluate: (lines: Lines, candles: Candles) => SignalColumn) {
  return signalOnLines(lineParams, [], (lines, _params, candles) => evaluate(lines, candles))
}

function compute(candles: Candles, params: Params): Lines {
  const length = numberOf(params, 'period')
  const k = numberOf(params, 'k')
  const closes = closesOf(candles)
  const mid = sma(closes, length)
  const spread = variance(closes, length, mid)
  const upper = new Float64Array(mid.length)
  const lower = new Float64Array(mid.length)
  for (let i = 0; i < mid.length; i++) {
    const deviation = k * Math.sqrt(spread[i])
    upper[i] = mid[i] + deviation
    lower[i] = mid[i] - deviation
  }
  return { mid, upper, lower }
}

function bandwidth({ mid, upper, lower }: Lines): Float64Array {
  const width = new Float64Array(mid.length)
  for (let i = 0; i < width.length; i++) width[i] = (upper[i] - lower[i]) / mid[i]
  return width
}

export const boll: Indicator = {
  type: 'BOLL',
  params: {
    period: period(20, 2),
    k: { kind: 'number', default: 2, min: 0.1, max: 10 },
    lookback: period(120, 2),
  },
  lineParams,
  lines: ['mid', 'upper', 'lower'],
  warmUp: (params) => numberOf(params, 'period') - 1,
  compute,
  signals: {
    break_upper: on(({ upper }, { close }) => crossUp(close, upper)),
    break_lower: on(({ lower }, { close }) => crossDown(close, lower)),
    return_from_upper: on(({ upper }, { close }) => crossDown(close, upper)),
    rebound_from_lower: on(({ lower }, { close }) => crossUp(close, lower)),
    cross_mid_up: on(({ mid }, { close }) => crossUp(close, mid)),
    cross_mid_down: on(({ mid }, { close }) => crossDown(close, mid)),
    above_upper: on(({ upper }, { close }) => above(close, upper)),
    below_lower: on(({ lower }, { close }) => below(close, lower)),
    above_mid: on(({ mid }, { close }) => above(close, mid)),
    below_mid: on(({ mid }, { close }) => below(close, mid)),
    touch_upper: on(({ upper }, { high }) => atOrAbove(high, upper)),
    touch_lower: on(({ lower }, { low }) => atOrBelow(low, lower)),
    squeeze: signalOnLines(lineParams, ['lookback'], (lines, params) => {
      const width = bandwidth(lines)
      return atOrBelow(width, rollingLowest(width, numberOf(params, 'lookback'), numberOf(params, 'period') - 1))
    }),
    expansion: signalOnLines(lineParams, [], (lines, params) => {
      const length = numberOf(params, 'period')
      const width = bandwidth(lines)
      return all(above(width, sma(floatColumn(width), length, length - 1)), rising(width))
    }),
  },
}
