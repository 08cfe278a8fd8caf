import type { Candle, Candles } from '../candles.js'
import { bearishDivergence, bullishDivergence, divergenceLookback, divergenceReach } from './divergence.js'
import { closesOf, highsOf, lowsOf, type TickGrid, tickGrid } from './exactColumn.js'
import type { Indicator, LineStream, Lines, Params, SignalColumn, SignalSpec } from './indicator.js'
import { nothingBefore, smooth, smoothSettleBars } from './movingAverage.js'
import { numberOf, percentLevel, period } from './params.js'
import { ExtremeStream, rollingHighest, rollingLowest } from './rolling.js'
import { above, all, below, crossDown, crossUp, signalOnLines } from './signals.js'

const lineParams = ['n', 'm1', 'm2']

function on(evaluate: (lines: Lines) => SignalColumn): SignalSpec {
  return signalOnLines(lineParams, [], evaluate)
}

/** A signal that also needs the level named `level`. */
function against(level: string, evaluate: (lines: Lines, level: number) => SignalColumn): SignalSpec {
  return signalOnLines(lineParams, [level], (lines, params) => evaluate(lines, numberOf(params, level)))
}

function divergence(evaluate: typeof bullishDivergence): SignalSpec {
  return signalOnLines(
    lineParams,
    ['lookback'],
    ({ k }, params, candles) => evaluate(candles, k, numberOf(params, 'lookback')),
    divergenceReach,
  )
}

const middle = 50

function compute(candles: Candles, params: Params): Lines {
  const n = numberOf(params, 'n')
  const close = closesOf(candles).values
  const line = () => nothingBefore(n - 1, close.length)
  const lines = { k: line(), d: line(), j: line() }
  const highest = rollingHighest(highsOf(candles), n)
  const lowest = rollingLowest(lowsOf(candles), n)
  smoothTwice(close, highest, lowest, n - 1, 1 / numberOf(params, 'm1'), 1 / numberOf(params, 'm2'), lines)
  return lines
}

function smoothTwice(
  close: Float64Array,
  highest: Float64Array,
  lowest: Float64Array,
  from: number,
  kShare: number,
  dShare: number,
  { k, d, j }: { k: Float64Array; d: Float64Array; j: Float64Array },
): void {
  let rsv = middle
  let lastK = middle
  let lastD = middle
  for (let i = from; i < close.length; i++) {
    const range = highest[i] - lowest[i]
    if (range > 0) rsv = (100 * (close[i] - lowest[i])) / range
    lastK = smooth(lastK, rsv, kShare)
    lastD = smooth(lastD, lastK, dShare)
    k[i] = lastK
    d[i] = lastD
    j[i] = 3 * lastK - 2 * lastD
  }
}

class KdjStream implements LineStream {
  readonly #m1: number
  readonly #m2: number
  readonly #grid: TickGrid
  private readonly highest: ExtremeStream
  private readonly lowest: ExtremeStream
  private rsv = middle
  private k = middle
  private d = middle

  constructor(params: Params, priceScale: number | null) {
    this.#m1 = numberOf(params, 'm1')
    this.#m2 = numberOf(params, 'm2')
    this.#grid = tickGrid(priceScale)
    this.highest = new ExtremeStream(numberOf(params, 'n'), 1)
    this.lowest = new ExtremeStream(numberOf(params, 'n'), -1)
  }

  push({ high, low, close }: Candle, out: Float64Array): void {
    const highest = this.highest.push(this.#grid.valueOf(high))
    const lowest = this.lowest.push(this.#grid.valueOf(low))
    if (Number.isNaN(highest)) {
      out.fill(Number.NaN)
      return
    }
    const range = highest - lowest
    if (range > 0) this.rsv = (100 * (this.#grid.valueOf(close) - lowest)) / range
    this.k = smooth(this.k, this.rsv, 1 / this.#m1)
    this.d = smooth(this.d, this.k, 1 / this.#m2)
    out[0] = this.k
    out[1] = this.d
    out[2] = 3 * this.k - 2 * this.d
  }
}

export const kdj: Indicator = {
  type: 'KDJ',
  params: {
    n: period(9),
    m1: period(3),
    m2: period(3),
    overbought: percentLevel(80),
    oversold: percentLevel(20),
    lookback: divergenceLookback,
  },
  lineParams,
  lines: ['k', 'd', 'j'],
  warmUp: (params) => numberOf(params, 'n') - 1,
  settleBars: (params) => smoothSettleBars(numberOf(params, 'm1')) + smoothSettleBars(numberOf(params, 'm2')),
  compute,
  stream: (params, priceScale) => new KdjStream(params, priceScale),
  signals: {
    golden_cross: on(({ k, d }) => crossUp(k, d)),
    death_cross: on(({ k, d }) => crossDown(k, d)),
    golden_cross_oversold: against('oversold', ({ k, d }, level) => all(crossUp(k, d), below(d, level))),
    death_cross_overbought: against('overbought', ({ k, d }, level) => all(crossDown(k, d), above(d, level))),
    overbought: against('overbought', ({ k, d }, level) => all(above(k, level), above(d, level))),
    oversold: against('oversold', ({ k, d }, level) => all(below(k, level), below(d, level))),
    j_overbought: on(({ j }) => above(j, 100)),
    j_oversold: on(({ j }) => below(j, 0)),
    bullish: on(({ k, d }) => above(k, d)),
    bearish: on(({ k, d }) => below(k, d)),
    bullish_divergence: divergence(bullishDivergence),
    bearish_divergence: divergence(bearishDivergence),
  },
}
