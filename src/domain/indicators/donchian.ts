import type { Candle, Candles } from '../candles.js'
import { highsOf, lowsOf } from './exactColumn.js'
import type { Indicator, LineStream, Lines, Params, SignalColumn } from './indicator.js'
import { numberOf, period } from './params.js'
import { ExtremeStream, rollingHighest, rollingLowest } from './rolling.js'
import { above, below, signalOnLines } from './signals.js'

const lineParams = ['period']

function on(evaluate: (lines: Lines, close: Float64Array) => SignalColumn) {
  return signalOnLines(lineParams, [], (lines, _params, { close }) => evaluate(lines, close))
}

function compute(candles: Candles, params: Params): Lines {
  const length = numberOf(params, 'period')
  const highs = highsOf(candles)
  const lows = lowsOf(candles)
  return {
    high: asPricesBefore(rollingHighest(highs, length), highs.unit),
    low: asPricesBefore(rollingLowest(lows, length), lows.unit),
  }
}

/** At each bar the value of the bar before, in prices; in the same memory. */
function asPricesBefore(line: Float64Array, unit: number): Float64Array {
  for (let i = line.length - 1; i > 0; i--) line[i] = line[i - 1] / unit
  return line.fill(Number.NaN, 0, 1)
}

class DonchianStream implements LineStream {
  private readonly highest: ExtremeStream
  private readonly lowest: ExtremeStream
  private high = Number.NaN
  private low = Number.NaN

  constructor(params: Params) {
    this.highest = new ExtremeStream(numberOf(params, 'period'), 1)
    this.lowest = new ExtremeStream(numberOf(params, 'period'), -1)
  }

  push({ high, low }: Candle, out: Float64Array): void {
    out[0] = this.high
    out[1] = this.low
    this.high = this.highest.push(high)
    this.low = this.lowest.push(low)
  }
}

export const donchian: Indicator = {
  type: 'DONCHIAN',
  params: { period: period(20) },
  lineParams,
  lines: ['high', 'low'],
  warmUp: (params) => numberOf(params, 'period'),
  settleBars: () => 0,
  compute,
  stream: (params) => new DonchianStream(params),
  signals: {
    break_high: on(({ high }, close) => above(close, high)),
    break_low: on(({ low }, close) => below(close, low)),
  },
}
