import type { Candle } from '../candles.js'
import { EmaStream, SmaStream, WmaStream } from './averageStreams.js'
import { closesOf, type TickGrid, tickGrid } from './exactColumn.js'
import type { Indicator, LineStream, Params, SignalColumn, SignalContext, SignalSpec } from './indicator.js'
import { ema, emaSettleBars, sma, wma } from './movingAverage.js'
import { choiceOf, numberOf, period, periods, periodsOf } from './params.js'
import { above, all, below, crossDown, crossUp, falling, rising } from './signals.js'

const kernels: Readonly<Record<string, typeof sma>> = { SMA: sma, EMA: ema, WMA: wma }
const streams = { SMA: SmaStream, EMA: EmaStream, WMA: WmaStream }

class MaStream implements LineStream {
  readonly #grid: TickGrid
  private readonly average: SmaStream | EmaStream | WmaStream

  constructor(params: Params, priceScale: number | null) {
    this.#grid = tickGrid(priceScale)
    const Average = streams[choiceOf(params, 'type') as keyof typeof streams]
    this.average = new Average(numberOf(params, 'period'), this.#grid.unit)
  }

  push({ close }: Candle, out: Float64Array): void {
    out[0] = this.average.push(this.#grid.valueOf(close))
  }
}

/** The average of `length` closes, of the type that `params` names. */
function average(context: SignalContext, params: Params, length: number): Float64Array {
  return context.lines({ type: params.type, period: length }).ma
}

function cross(compare: typeof crossUp): SignalSpec {
  return {
    params: ['fast', 'slow', 'type'],
    evaluate: (context, params) =>
      compare(average(context, params, numberOf(params, 'fast')), average(context, params, numberOf(params, 'slow'))),
  }
}

function ofPeriod(evaluate: (ma: Float64Array, close: Float64Array) => SignalColumn): SignalSpec {
  return {
    params: ['period', 'type'],
    evaluate: (context, params) =>
      evaluate(average(context, params, numberOf(params, 'period')), context.candles.close),
  }
}

function alignment(compare: typeof above): SignalSpec {
  return {
    params: ['periods', 'type'],
    evaluate: (context, params) => {
      const averages = periodsOf(params, 'periods').map((length) => average(context, params, length))
      return all(...averages.slice(1).map((next, k) => compare(averages[k], next)))
    },
  }
}

export const ma: Indicator = {
  type: 'MA',
  params: {
    type: { kind: 'choice', default: 'SMA', options: Object.keys(kernels) },
    period: period(20),
    fast: period(5),
    slow: period(20),
    periods: periods(5, 10, 20, 60),
  },
  lineParams: ['type', 'period'],
  lines: ['ma'],
  warmUp: (params) => numberOf(params, 'period') - 1,
  settleBars: (params) => (choiceOf(params, 'type') === 'EMA' ? emaSettleBars(numberOf(params, 'period')) : 0),
  compute: (candles, params) => ({
    ma: kernels[choiceOf(params, 'type')](closesOf(candles), numberOf(params, 'period')),
  }),
  stream: (params, priceScale) => new MaStream(params, priceScale),
  signals: {
    golden_cross: cross(crossUp),
    death_cross: cross(crossDown),
    price_cross_up: ofPeriod((ma, close) => crossUp(close, ma)),
    price_cross_down: ofPeriod((ma, close) => crossDown(close, ma)),
    price_above: ofPeriod((ma, close) => above(close, ma)),
    price_below: ofPeriod((ma, close) => below(close, ma)),
    rising: ofPeriod((ma) => rising(ma)),
    falling: ofPeriod((ma) => falling(ma)),
    bullish_alignment: alignment(above),
    bearish_alignment: alignment(below),
  },
}
