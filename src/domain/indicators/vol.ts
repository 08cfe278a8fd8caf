import type { Candle, Candles } from '../candles.js'
import type { Indicator, LineStream, Lines, Params, SignalColumn, SignalSpec } from './indicator.js'
import { numberOf, period } from './params.js'
import { above, below, signalOnLines } from './signals.js'
import { WindowSumStream, windowSums } from './windowSums.js'

const lineParams = ['period']

function against(evaluate: (ratio: Float64Array, multiple: number) => SignalColumn): SignalSpec {
  return signalOnLines(lineParams, ['multiple'], ({ ratio }, params) => evaluate(ratio, numberOf(params, 'multiple')))
}

/**
 * A volume over the mean of `length` volumes, itself among them, that sum up to `sum`. Where none was traded at all it is 1:
 * as much as ever, so neither a surge nor a drying up.
 */
function ratioOf(volume: number, sum: number, length: number): number {
  return sum === 0 ? 1 : (length * volume) / sum
}

function compute({ volume }: Candles, params: Params): Lines {
  const length = numberOf(params, 'period')
  const ratio = windowSums(volume, length, false)
  divideInto(ratio, volume, length)
  return { ratio }
}

/** In a loop of its own: V8 compiles short functions that run long better than the rest of long ones. */
function divideInto(sums: Float64Array, volume: Float64Array, length: number): void {
  for (let i = length - 1; i < sums.length; i++) sums[i] = ratioOf(volume[i], sums[i], length)
}

class VolStream implements LineStream {
  readonly #period: number
  private readonly sum: WindowSumStream

  constructor(params: Params) {
    this.#period = numberOf(params, 'period')
    this.sum = new WindowSumStream(this.#period)
  }

  push({ volume }: Candle, out: Float64Array): void {
    out[0] = ratioOf(volume, this.sum.push(volume), this.#period)
  }
}

export const vol: Indicator = {
  type: 'VOL',
  params: { period: period(20, 2), multiple: { kind: 'number', default: 2, min: 1, max: 100 } },
  lineParams,
  lines: ['ratio'],
  warmUp: (params) => numberOf(params, 'period') - 1,
  settleBars: () => 0,
  compute,
  stream: (params) => new VolStream(params),
  signals: {
    surge: against((ratio, multiple) => above(ratio, multiple)),
    dry_up: against((ratio, multiple) => below(ratio, 1 / multiple)),
  },
}
