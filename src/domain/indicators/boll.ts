import type { Candle, Candles } from '../candles.js'
import { SmaStream } from './averageStreams.js'
import { closesOf, type ExactColumn, floatColumn, type TickGrid, tickGrid } from './exactColumn.js'
import type { Indicator, LineStream, Lines, Params, SignalColumn } from './indicator.js'
import { nothingBefore, sma } from './movingAverage.js'
import { numberOf, period } from './params.js'
import { rollingLowest } from './rolling.js'
import {
  above,
  all,
  atOrAbove,
  atOrBelow,
  below,
  crossDown,
  crossUp,
  firstValue,
  rising,
  signalOnLines,
} from './signals.js'
import { VarianceStream } from './variance.js'

const lineParams = ['period', 'k']

function on(evaluate: (lines: Lines, candles: Candles) => SignalColumn) {
  return signalOnLines(lineParams, [], (lines, _params, candles) => evaluate(lines, candles))
}

interface Bands {
  mid: Float64Array
  upper: Float64Array
  lower: Float64Array
}

function compute(candles: Candles, params: Params): Lines {
  const closes = closesOf(candles)
  const period = numberOf(params, 'period')
  const line = () => nothingBefore(period - 1, closes.values.length)
  const bands = { mid: line(), upper: line(), lower: line() }
  // With x = value - centre, n^2 variance = n sum(x^2) - sum(x)^2; every part of it is at most n^2 reach^2.
  const centre = Math.round((closes.min + closes.max) / 2)
  const reach = Math.max(closes.max - centre, centre - closes.min)
  const isExact = closes.isWhole && period * period * reach * reach <= Number.MAX_SAFE_INTEGER
  if (isExact) bandsOfTicks(closes, centre, period, numberOf(params, 'k'), bands)
  else bandsOfAny(candles, params, bands)
  return { ...bands }
}

function bandsOfTicks(
  { values, unit }: ExactColumn,
  centre: number,
  period: number,
  k: number,
  { mid, upper, lower }: Bands,
): void {
  const whole = period * centre
  const divisor = period * unit
  const squareDivisor = divisor * divisor
  let sum = 0
  let squares = 0
  for (let i = 0; i < period - 1 && i < values.length; i++) {
    const x = values[i] - centre
    sum += x
    squares += x * x
  }
  // What has left the window counts 0 as long as nothing has.
  let left = 0
  for (let i = period - 1; i < values.length; i++) {
    const x = values[i] - centre
    sum += x - left
    squares += x * x - left * left
    left = values[i - period + 1] - centre
    const mean = (sum + whole) / divisor
    const deviation = k * Math.sqrt((period * squares - sum * sum) / squareDivisor)
    mid[i] = mean
    upper[i] = mean + deviation
    lower[i] = mean - deviation
  }
}

/** Values that plain sums do not hold exactly. */
function bandsOfAny(candles: Candles, params: Params, { mid, upper, lower }: Bands): void {
  const stream = new BollStream(params, candles.priceScale)
  const values = new Float64Array(3)
  for (let i = 0; i < mid.length; i++) {
    stream.pushClose(candles.close[i], values)
    mid[i] = values[0]
    upper[i] = values[1]
    lower[i] = values[2]
  }
}

class BollStream implements LineStream {
  readonly #k: number
  readonly #grid: TickGrid
  private readonly mean: SmaStream
  private readonly variance: VarianceStream

  constructor(params: Params, priceScale: number | null) {
    this.#k = numberOf(params, 'k')
    this.#grid = tickGrid(priceScale)
    this.mean = new SmaStream(numberOf(params, 'period'), this.#grid.unit)
    this.variance = new VarianceStream(numberOf(params, 'period'), this.#grid.unit)
  }

  push({ close }: Candle, out: Float64Array): void {
    this.pushClose(close, out)
  }

  pushClose(close: number, out: Float64Array): void {
    const value = this.#grid.valueOf(close)
    const mid = this.mean.push(value)
    const deviation = this.#k * Math.sqrt(this.variance.push(value))
    out[0] = mid
    out[1] = mid + deviation
    out[2] = mid - deviation
  }
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
  settleBars: () => 0,
  compute,
  stream: (params, priceScale) => new BollStream(params, priceScale),
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
    squeeze: signalOnLines(
      lineParams,
      ['lookback'],
      (lines, params) => {
        const width = bandwidth(lines)
        return atOrBelow(width, rollingLowest(floatColumn(width), numberOf(params, 'lookback'), firstValue(width)))
      },
      (params) => numberOf(params, 'lookback'),
    ),
    expansion: signalOnLines(
      lineParams,
      [],
      (lines, params) => {
        const width = bandwidth(lines)
        return all(above(width, sma(floatColumn(width), numberOf(params, 'period'), firstValue(width))), rising(width))
      },
      (params) => Math.max(2, numberOf(params, 'period')),
    ),
  },
}
