import { DonchianChannels } from 'trading-signals'
import { describe, expect, test } from 'vitest'
import { candlesFromPrices, walkCandles } from '../../testing/candleSeries.js'
import { onWave, showSignal, signalOn, wave } from '../../testing/signalColumns.js'
import { candleAt } from '../candles.js'
import { resolveParams } from './catalog.js'
import { donchian } from './donchian.js'

const nothing = Number.NaN
const candles = candlesFromPrices([
  [12, 8, 10],
  [11, 7, 9],
  [20, 5, 11],
  [13, 9, 12],
  [14, 10, 13],
  [21, 11, 20],
])

test('is the highest high and the lowest low of the n candles before, not of its own', () => {
  const { high, low } = donchian.compute(candles, { period: 2 })
  expect(Array.from(high)).toEqual([nothing, nothing, 12, 20, 20, 14])
  expect(Array.from(low)).toEqual([nothing, nothing, 7, 5, 5, 9])
})

test.each([1, null])('is prices as they are, to the bit (price scale %s)', (priceScale) => {
  const walk = walkCandles(300, 91)
  const { high, low } = donchian.compute({ ...walk, priceScale }, { period: 20 })
  for (let i = 20; i < 300; i++) {
    expect(high[i]).toBe(Math.max(...walk.high.slice(i - 20, i)))
    expect(low[i]).toBe(Math.min(...walk.low.slice(i - 20, i)))
  }
})

test('agrees with trading-signals, which takes a candle into its own channel', () => {
  const walk = walkCandles(500, 92)
  const { high, low } = donchian.compute(walk, { period: 20 })
  const oracle = new DonchianChannels(20)
  for (let i = 0; i < 499; i++) {
    const channel = oracle.update(candleAt(walk, i), false)
    expect(high[i + 1]).toBe(channel?.upper ?? nothing)
    expect(low[i + 1]).toBe(channel?.lower ?? nothing)
  }
})

describe('signals', () => {
  const table = { break_high: ['high', onWave.above], break_low: ['low', onWave.below] } as const
  test.each(Object.entries(table))('%s is of the close beyond the %s line', (signalType, [line, expected]) => {
    const lines = () => ({ high: 9, low: 9, [line === 'high' ? 'low' : 'high']: 7 })
    expect(signalOn(donchian, signalType, { lines, prices: { close: wave(9) } })).toBe(expected)
  })

  test('a close above the highs of the candles before breaks out, whatever its own high', () => {
    const params = resolveParams(donchian, 'break_high', { period: 2 })
    const lines = () => donchian.compute(candles, params)
    expect(showSignal(donchian.signals.break_high.evaluate({ candles, lines }, params))).toBe('??...Y')
  })

  test('each has its case here', () => {
    expect(Object.keys(donchian.signals)).toEqual(Object.keys(table))
  })
})
