import type { Candle, Candles } from '../candles.js'
import { AverageTrueRangeStream, averageTrueRange } from './averageTrueRange.js'
import { closesOf, highsOf, lowsOf, type TickGrid, tickGrid } from './exactColumn.js'
import type { Indicator, LineStream, Lines, Params, SignalColumn } from './indicator.js'
import { nothingBefore, smoothSettleBars } from './movingAverage.js'
import { numberOf, period } from './params.js'
import { above, below, crossDown, crossUp, signalOnLines } from './signals.js'

const lineParams = ['period', 'multiplier']

function on(evaluate: (direction: Float64Array) => SignalColumn) {
  return signalOnLines(lineParams, [], ({ direction }) => evaluate(direction))
}

const up = 1
const down = -1

/*
 * A candle's own bands are (high + low) / 2 -+ multiplier x ATR. Each final band moves towards price only: the upper one is
 * the lower of its own and the one before, the lower one the higher, unless the close before lay beyond the one before; then
 * it is the candle's own. The direction is up at first, turns down at a close below the lower band and up at one above the
 * upper. The line is the lower band in an uptrend and the upper one in a downtrend.
 */

/** `before` is NaN at first. */
function nextUpper(own: number, before: number, closeBefore: number): number {
  return before <= own && closeBefore <= before ? before : own
}

function nextLower(own: number, before: number, closeBefore: number): number {
  return before >= own && closeBefore >= before ? before : own
}

function nextDirection(before: number, close: number, upper: number, lower: number): number {
  if (before === up) return close < lower ? down : up
  if (before === down) return close > upper ? up : down
  return up
}

function compute(candles: Candles, params: Params): Lines {
  const length = numberOf(params, 'period')
  const multiplier = numberOf(params, 'multiplier')
  const high = highsOf(candles).values
  const low = lowsOf(candles).values
  const { close } = candles
  const { unit } = closesOf(candles)
  const atr = averageTrueRange(candles, length)
  const line = nothingBefore(length, close.length)
  const directions = nothingBefore(length, close.length)
  let upper = Number.NaN
  let lower = Number.NaN
  let direction = Number.NaN
  for (let i = length; i < close.length; i++) {
    const middle = (high[i] + low[i]) / (2 * unit)
    const width = multiplier * atr[i]
    upper = nextUpper(middle + width, upper, close[i - 1])
    lower = nextLower(middle - width, lower, close[i - 1])
    direction = nextDirection(direction, close[i], upper, lower)
    line[i] = direction === up ? lower : upper
    directions[i] = direction
  }
  return { line, direction: directions }
}

class SupertrendStream implements LineStream {
  readonly #multiplier: number
  readonly #grid: TickGrid
  private readonly range: AverageTrueRangeStream
  private close = Number.NaN
  private upper = Number.NaN
  private lower = Number.NaN
  private direction = Number.NaN

  constructor(params: Params, priceScale: number | null) {
    this.#multiplier = numberOf(params, 'multiplier')
    this.#grid = tickGrid(priceScale)
    this.range = new AverageTrueRangeStream(numberOf(params, 'period'), priceScale)
  }

  push(candle: Candle, out: Float64Array): void {
    const width = this.#multiplier * this.range.push(candle)
    if (!Number.isNaN(width)) this.turn(candle, width)
    this.close = candle.close
    out[0] = this.direction === up ? this.lower : this.upper
    out[1] = this.direction
  }

  private turn({ high, low, close }: Candle, width: number): void {
    const middle = (this.#grid.valueOf(high) + this.#grid.valueOf(low)) / (2 * this.#grid.unit)
    this.upper = nextUpper(middle + width, this.upper, this.close)
    this.lower = nextLower(middle - width, this.lower, this.close)
    this.direction = nextDirection(this.direction, close, this.upper, this.lower)
  }
}

/**
 * Once ATR has settled, bands and direction are the same wherever history began when price has gone through both bands. In a
 * random walk two histories still differ after multiplier^2 bars in about one of e cases, so after 20 times as many in one of
 * e^20; no number of bars does for a market that never turns.
 */
function settleBars(params: Params): number {
  return smoothSettleBars(numberOf(params, 'period')) + Math.ceil(20 * numberOf(params, 'multiplier') ** 2)
}

export const supertrend: Indicator = {
  type: 'SUPERTREND',
  params: { period: period(10), multiplier: { kind: 'number', default: 3, min: 0.1, max: 20 } },
  lineParams,
  lines: ['line', 'direction'],
  warmUp: (params) => numberOf(params, 'period'),
  settleBars,
  compute,
  stream: (params, priceScale) => new SupertrendStream(params, priceScale),
  signals: {
    flip_up: on((direction) => crossUp(direction, 0)),
    flip_down: on((direction) => crossDown(direction, 0)),
    up: on((direction) => above(direction, 0)),
    down: on((direction) => below(direction, 0)),
  },
}
