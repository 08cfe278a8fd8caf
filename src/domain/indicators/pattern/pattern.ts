import { type Indicator, type LineStream, no, type Params, type SignalSpec, unknown, yes } from '../indicator.js'
import * as patterns from './candlePatterns.js'
import { readCandles } from './candleReader.js'

/** A pattern's signal, and how many candles, the last included, its value at a bar depends on. */
interface PatternSignal extends SignalSpec {
  readonly reach: (params: Params) => number
}

/** The signal of a pattern as it is declared, or (`sign` -1) of the same upside down. */
function signal({ lookback, isAt }: patterns.CandlePattern, sign: 1 | -1): PatternSignal {
  return {
    params: [],
    reach: () => lookback + 1,
    evaluate({ candles }) {
      const reader = readCandles(candles, sign)
      const out = new Uint8Array(candles.ts.length).fill(unknown)
      for (let i = lookback; i < out.length; i++) out[i] = isAt(reader, i) ? yes : no
      return out
    },
  }
}

const upright = (pattern: patterns.CandlePattern) => signal(pattern, 1)
const upsideDown = (pattern: patterns.CandlePattern) => signal(pattern, -1)

class NoLines implements LineStream {
  push(): void {}
}

/** Candlestick patterns by TA-Lib's definitions and default candle settings. It has no lines: its signals read the candles. */
export const pattern = {
  type: 'PATTERN',
  params: {},
  lineParams: [],
  lines: [],
  warmUp: () => 0,
  settleBars: () => 0,
  compute: () => ({}),
  stream: () => new NoLines(),
  signals: {
    doji: upright(patterns.doji),
    dragonfly_doji: upright(patterns.dragonflyDoji),
    gravestone_doji: upsideDown(patterns.dragonflyDoji),
    hammer: upright(patterns.hammer),
    inverted_hammer: upright(patterns.invertedHammer),
    hanging_man: upright(patterns.hangingMan),
    shooting_star: upright(patterns.shootingStar),
    bullish_engulfing: upright(patterns.engulfing),
    bearish_engulfing: upsideDown(patterns.engulfing),
    bullish_harami: upright(patterns.harami),
    bearish_harami: upsideDown(patterns.harami),
    piercing_line: upright(patterns.piercingLine),
    dark_cloud_cover: upsideDown(patterns.darkCloudCover),
    morning_star: upright(patterns.morningStar),
    evening_star: upsideDown(patterns.morningStar),
    morning_doji_star: upright(patterns.morningDojiStar),
    evening_doji_star: upsideDown(patterns.morningDojiStar),
    three_white_soldiers: upright(patterns.threeWhiteSoldiers),
    three_black_crows: upright(patterns.threeBlackCrows),
    three_inside_up: upright(patterns.threeInside),
    three_inside_down: upsideDown(patterns.threeInside),
    three_outside_up: upright(patterns.threeOutside),
    three_outside_down: upsideDown(patterns.threeOutside),
    bullish_marubozu: upright(patterns.marubozu),
    bearish_marubozu: upsideDown(patterns.marubozu),
    rising_three_methods: upright(patterns.threeMethods),
    falling_three_methods: upsideDown(patterns.threeMethods),
    bullish_kicking: upright(patterns.kicking),
    bearish_kicking: upsideDown(patterns.kicking),
    bullish_abandoned_baby: upright(patterns.abandonedBaby),
    bearish_abandoned_baby: upsideDown(patterns.abandonedBaby),
    spinning_top: upright(patterns.spinningTop),
  },
} satisfies Indicator
