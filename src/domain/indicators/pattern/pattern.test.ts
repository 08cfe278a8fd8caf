import { describe, expect, test } from 'vitest'
import { walkCandles } from '../../../testing/candleSeries.js'
import { candlestickMarket } from '../../../testing/candlestickMarket.js'
import { talibPattern } from '../../../testing/talib.js'
import { type Candles, candlesFromRows, sliceCandles } from '../../candles.js'
import { no, type SignalColumn, unknown, yes } from '../indicator.js'
import { pattern } from './pattern.js'

type SignalType = keyof typeof pattern.signals
const signalTypes = Object.keys(pattern.signals) as SignalType[]

function evaluate(signalType: SignalType, candles: Candles): SignalColumn {
  return pattern.signals[signalType].evaluate({ candles, lines: () => ({}) }, {})
}

type Sign = 1 | -1

/** TA-Lib's function for each signal, and the sign of its answers that mean it. */
const inTalib: Record<SignalType, readonly [name: string, signs: readonly Sign[], penetration?: number]> = {
  doji: ['CDLDOJI', [1]],
  dragonfly_doji: ['CDLDRAGONFLYDOJI', [1]],
  gravestone_doji: ['CDLGRAVESTONEDOJI', [1]],
  hammer: ['CDLHAMMER', [1]],
  inverted_hammer: ['CDLINVERTEDHAMMER', [1]],
  hanging_man: ['CDLHANGINGMAN', [-1]],
  shooting_star: ['CDLSHOOTINGSTAR', [-1]],
  bullish_engulfing: ['CDLENGULFING', [1]],
  bearish_engulfing: ['CDLENGULFING', [-1]],
  bullish_harami: ['CDLHARAMI', [1]],
  bearish_harami: ['CDLHARAMI', [-1]],
  piercing_line: ['CDLPIERCING', [1]],
  dark_cloud_cover: ['CDLDARKCLOUDCOVER', [-1], 0.5],
  morning_star: ['CDLMORNINGSTAR', [1], 0.3],
  evening_star: ['CDLEVENINGSTAR', [-1], 0.3],
  morning_doji_star: ['CDLMORNINGDOJISTAR', [1], 0.3],
  evening_doji_star: ['CDLEVENINGDOJISTAR', [-1], 0.3],
  three_white_soldiers: ['CDL3WHITESOLDIERS', [1]],
  three_black_crows: ['CDL3BLACKCROWS', [-1]],
  three_inside_up: ['CDL3INSIDE', [1]],
  three_inside_down: ['CDL3INSIDE', [-1]],
  three_outside_up: ['CDL3OUTSIDE', [1]],
  three_outside_down: ['CDL3OUTSIDE', [-1]],
  bullish_marubozu: ['CDLMARUBOZU', [1]],
  bearish_marubozu: ['CDLMARUBOZU', [-1]],
  rising_three_methods: ['CDLRISEFALL3METHODS', [1]],
  falling_three_methods: ['CDLRISEFALL3METHODS', [-1]],
  bullish_kicking: ['CDLKICKING', [1]],
  bearish_kicking: ['CDLKICKING', [-1]],
  bullish_abandoned_baby: ['CDLABANDONEDBABY', [1], 0.3],
  bearish_abandoned_baby: ['CDLABANDONEDBABY', [-1], 0.3],
  spinning_top: ['CDLSPINNINGTOP', [1, -1]],
}

// Prices are small whole numbers: there TA-Lib's doubles are exact too, ties and all.
const markets = [
  candlestickMarket(8000, 1),
  candlestickMarket(8000, 2),
  candlestickMarket(8000, 3),
  walkCandles(4000, 4, 0),
]

describe.each(signalTypes)('%s', (signalType) => {
  const columns = markets.map((candles) => evaluate(signalType, candles))

  test('is where TA-Lib finds it, ties included, and unknown where TA-Lib begins later', () => {
    const [name, signs, penetration] = inTalib[signalType]
    markets.forEach((candles, k) => {
      const { first, values } = talibPattern(name, candles, penetration)
      const said = Array.from(values, (value) => (signs.some((sign) => value * sign > 0) ? yes : no))
      expect(Array.from(columns[k])).toEqual([...new Array(first).fill(unknown), ...said])
    })
  })

  test('occurs in each of the markets made for it', () => {
    for (const column of columns.slice(0, 3)) expect(column.filter((value) => value === yes).length).toBeGreaterThan(9)
  })

  test('is the same on a grid of hundredths, where doubles are not exact', () => {
    markets.forEach((candles, k) => {
      expect(Buffer.compare(evaluate(signalType, inHundredths(candles)), columns[k])).toBe(0)
    })
  })

  test('depends on the candles of its reach and on no more of them', () => {
    const [candles] = markets
    const reach = pattern.signals[signalType].reach({})
    const last = (from: number, to: number) => evaluate(signalType, sliceCandles(candles, from, to))[to - from - 1]
    const found = Array.from(columns[0].keys()).filter((i) => i >= reach && columns[0][i] === yes)
    const places = [reach - 1, ...found.slice(0, 20), candles.ts.length - 1]
    for (const i of places) {
      expect(last(i + 1 - reach, i + 1)).toBe(columns[0][i])
      expect(last(i + 2 - reach, i + 1)).toBe(unknown)
    }
  })
})

function inHundredths(candles: Candles): Candles {
  const cents = (column: Float64Array) => column.map((price) => price / 100)
  const { ts, volume, open, high, low, close } = candles
  return { ts, volume, open: cents(open), high: cents(high), low: cents(low), close: cents(close), priceScale: 2 }
}

test('a tie on the tick grid is a tie, and without a grid what the doubles say', () => {
  // 100.2 - 100.1 is 0.10000000000000853 in doubles, a little more than a tenth of the ranges before.
  const rows = Array.from({ length: 11 }, (_, i) => {
    return { ts: i * 60_000, open: 100.1, high: 100.5, low: 99.5, close: 100.2, volume: 1 }
  })
  expect(evaluate('doji', candlesFromRows(rows)).at(-1)).toBe(yes)
  expect(evaluate('doji', candlesFromRows(rows, null)).at(-1)).toBe(no)
})
