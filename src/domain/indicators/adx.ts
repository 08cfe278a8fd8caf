import type { Candle, Candles } from '../candles.js'
import { trueRange } from './averageTrueRange.js'
import { closesOf, highsOf, lowsOf, type TickGrid, tickGrid } from './exactColumn.js'
import { ExactSum } from './exactSum.js'
import type { Indicator, LineStream, Lines, Params, SignalColumn, SignalSpec } from './indicator.js'
import { nothingBefore, smooth, smoothSettleBars } from './movingAverage.js'
import { numberOf, percentLevel, period } from './params.js'
import { above, below, crossDown, crossUp, signalOnLines } from './signals.js'

const lineParams = ['period']

function on(evaluate: (lines: Lines) => SignalColumn): SignalSpec {
  return signalOnLines(lineParams, [], evaluate)
}

function against(compare: typeof above): SignalSpec {
  return signalOnLines(lineParams, ['level'], ({ adx }, params) => compare(adx, numberOf(params, 'level')))
}

/** The part of a candle's movement up that counts: where it went further down, or as far, none does. */
function gain(up: number, down: number): number {
  return up > 0 && up > down ? up : 0
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : 100 * (part / whole)
}

/*
 * Wilder's directional movement as TA-Lib has it. The averages of the movement up, the movement down and the true range begin
 * with the sum of the first n - 1 of them over n. +DI and -DI are the movements in percent of the range, DX their distance in
 * percent of their sum, and ADX Wilder's average of DX, seeded with the mean of its first n. Without range or movement they
 * are 0. Movements are compared as whole ticks, and only 0 is nothing: TA-Lib compares what floats leave of them, and takes
 * less than 1e-14 for nothing.
 */

function compute(candles: Candles, params: Params): Lines {
  const n = numberOf(params, 'period')
  const high = highsOf(candles).values
  const low = lowsOf(candles).values
  const { values: close, unit } = closesOf(candles)
  const { length } = close
  const adx = new Float64Array(length)
  const plusDi = nothingBefore(n, length)
  const minusDi = nothingBefore(n, length)
  const ranges = new ExactSum()
  const rises = new ExactSum()
  const falls = new ExactSum()
  for (let i = 1; i < Math.min(n, length); i++) {
    ranges.add(trueRange(high[i], low[i], close[i - 1]))
    rises.add(gain(high[i] - high[i - 1], low[i - 1] - low[i]))
    falls.add(gain(low[i - 1] - low[i], high[i] - high[i - 1]))
  }
  const share = 1 / n
  let range = ranges.over(n * unit)
  let rise = rises.over(n * unit)
  let fall = falls.over(n * unit)
  let plus = 0
  let minus = 0
  let dx = 0
  let sum = 0
  let average = 0
  for (let i = n; i < length; i++) {
    const up = high[i] - high[i - 1]
    const down = low[i - 1] - low[i]
    const wide = trueRange(high[i], low[i], close[i - 1])
    range = smooth(range, wide / unit, share)
    rise = smooth(rise, gain(up, down) / unit, share)
    fall = smooth(fall, gain(down, up) / unit, share)
    // Where price stands still all three shrink alike: their ratios stay, and must not flicker by rounding.
    if (wide !== 0 || i === n) {
      plus = percent(rise, range)
      minus = percent(fall, range)
      dx = percent(Math.abs(rise - fall), rise + fall)
    }
    plusDi[i] = plus
    minusDi[i] = minus
    if (i < 2 * n) {
      sum += dx
      average = sum / n
    } else average = smooth(average, dx, share)
    adx[i] = average
  }
  adx.fill(Number.NaN, 0, 2 * n - 1)
  return { adx, plus_di: plusDi, minus_di: minusDi }
}

class AdxStream implements LineStream {
  readonly #period: number
  readonly #grid: TickGrid
  private readonly ranges = new ExactSum()
  private readonly rises = new ExactSum()
  private readonly falls = new ExactSum()
  private range = Number.NaN
  private rise = Number.NaN
  private fall = Number.NaN
  private plus = Number.NaN
  private minus = Number.NaN
  private dx = Number.NaN
  private sum = 0
  private adx = Number.NaN
  private high = Number.NaN
  private low = Number.NaN
  private close = Number.NaN
  private count = 0

  constructor(params: Params, priceScale: number | null) {
    this.#period = numberOf(params, 'period')
    this.#grid = tickGrid(priceScale)
  }

  push(candle: Candle, out: Float64Array): void {
    const high = this.#grid.valueOf(candle.high)
    const low = this.#grid.valueOf(candle.low)
    if (this.count > 0) this.take(high - this.high, this.low - low, trueRange(high, low, this.close))
    this.high = high
    this.low = low
    this.close = this.#grid.valueOf(candle.close)
    this.count++
    out[0] = this.adx
    out[1] = this.plus
    out[2] = this.minus
  }

  private take(up: number, down: number, wide: number): void {
    const n = this.#period
    const share = 1 / n
    const { unit } = this.#grid
    if (this.count < n) {
      this.ranges.add(wide)
      this.rises.add(gain(up, down))
      this.falls.add(gain(down, up))
      return
    }
    if (this.count === n) {
      this.range = this.ranges.over(n * unit)
      this.rise = this.rises.over(n * unit)
      this.fall = this.falls.over(n * unit)
    }
    this.range = smooth(this.range, wide / unit, share)
    this.rise = smooth(this.rise, gain(up, down) / unit, share)
    this.fall = smooth(this.fall, gain(down, up) / unit, share)
    if (wide !== 0 || this.count === n) {
      this.plus = percent(this.rise, this.range)
      this.minus = percent(this.fall, this.range)
      this.dx = percent(Math.abs(this.rise - this.fall), this.rise + this.fall)
    }
    if (this.count < 2 * n) this.sum += this.dx
    if (this.count === 2 * n - 1) this.adx = this.sum / n
    if (this.count >= 2 * n) this.adx = smooth(this.adx, this.dx, share)
  }
}

export const adx: Indicator = {
  type: 'ADX',
  params: { period: period(14, 2), level: percentLevel(25) },
  lineParams,
  lines: ['adx', 'plus_di', 'minus_di'],
  warmUp: (params) => 2 * numberOf(params, 'period') - 1,
  settleBars: (params) => 2 * smoothSettleBars(numberOf(params, 'period')),
  compute,
  stream: (params, priceScale) => new AdxStream(params, priceScale),
  signals: {
    trending: against(above),
    ranging: against(below),
    di_golden_cross: on(({ plus_di, minus_di }) => crossUp(plus_di, minus_di)),
    di_death_cross: on(({ plus_di, minus_di }) => crossDown(plus_di, minus_di)),
  },
}
