import type { Candle, Candles } from '../candles.js'
import { SmaStream } from './averageStreams.js'
import { closesOf, floatColumn, type TickGrid, tickGrid } from './exactColumn.js'
import type { Indicator, LineStream, Lines, Params, SignalColumn } from './indicator.js'
import { sma } from './movingAverage.js'
import { numberOf, period } from './params.js'
import { rollingLowest } from './rolling.js'
import { above, all, atOrAbove, atOrBelow, below, crossDown, crossUp, rising, signalOnLines } from './signals.js'
import { VarianceStream, variance } from './variance.js'

const lineParams = ['period', 'k']

function on(evaluate: (lines: Lines, candles: Candles) => SignalColumn) {
  return signalOnLines(lineParams, [], (lines, _params, candles) => evaluate(lines, candles))
}

function compute(candles: Candles, params: Params): Lines {
  const length = numberOf(params, 'period')
  const k = numberOf(params, 'k')
  const closes = closesOf(candles)
  const mid = sma(closes, length)
  const spread = variance(closes, length)
  const upper = new Float64Array(mid.length)
  const lower = new Float64Array(mid.length)
  for (let i = 0; i < mid.length; i++) {
    const deviation = k * Math.sqrt(spread[i])
    upper[i] = mid[i] + deviation
    lower[i] = mid[i] - deviation
  }
  return { mid, upper, lower }
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

/** Index of a line's first value. */
function begin(line: Float64Array): number {
  const index = line.findIndex((value) => !Number.isNaN(value))
  return index < 0 ? line.length : index
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
        return atOrBelow(width, rollingLowest(width, numberOf(params, 'lookback'), begin(width)))
      },
      (params) => numberOf(params, 'lookback'),
    ),
    expansion: signalOnLines(
      lineParams,
      [],
      (lines, params) => {
        const width = bandwidth(lines)
        return all(above(width, sma(floatColumn(width), numberOf(params, 'period'), begin(width))), rising(width))
      },
      (params) => Math.max(2, numberOf(params, 'period')),
    ),
  },
}
