import type { Candle } from '../candles.js'
import { AverageTrueRangeStream, averageTrueRange } from './averageTrueRange.js'
import type { Indicator, LineStream, Params } from './indicator.js'
import { smoothSettleBars } from './movingAverage.js'
import { numberOf, period } from './params.js'
import { falling, rising, signalOnLines } from './signals.js'

const lineParams = ['period']

class AtrStream implements LineStream {
  private readonly average: AverageTrueRangeStream

  constructor(params: Params, priceScale: number | null) {
    this.average = new AverageTrueRangeStream(numberOf(params, 'period'), priceScale)
  }

  push(candle: Candle, out: Float64Array): void {
    out[0] = this.average.push(candle)
  }
}

export const atr: Indicator = {
  type: 'ATR',
  params: { period: period(14) },
  lineParams,
  lines: ['atr'],
  warmUp: (params) => numberOf(params, 'period'),
  settleBars: (params) => smoothSettleBars(numberOf(params, 'period')),
  compute: (candles, params) => ({ atr: averageTrueRange(candles, numberOf(params, 'period')) }),
  stream: (params, priceScale) => new AtrStream(params, priceScale),
  signals: {
    atr_rising: signalOnLines(lineParams, [], ({ atr }) => rising(atr)),
    atr_falling: signalOnLines(lineParams, [], ({ atr }) => falling(atr)),
  },
}
