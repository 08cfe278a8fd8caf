import { ATR } from 'technicalindicators'
import { describe, expect, test } from 'vitest'
import { candlesFromPrices, walkCandles } from '../../testing/candleSeries.js'
import { onWave, signalOn, wave } from '../../testing/signalColumns.js'
import { expectLine, talib } from '../../testing/talib.js'
import { indicatorLines } from '../strategy/compile.js'
import { atr } from './atr.js'

test('is seeded with the mean of the first n true ranges, the first at the second candle, then smoothed by Wilder', () => {
  const candles = candlesFromPrices([
    [19, 1, 9],
    [12, 9, 11], // 3, its own range
    [10, 7, 8], // 4, down from the close before
    [15, 12, 13], // 7, up to its high from the close before: (3.5 + 7) / 2
    [10, 9, 9], // 4: (5.25 + 4) / 2
  ])
  const line = indicatorLines(candles, 'ATR', { period: 2 }).atr
  expect(Array.from(line)).toEqual([Number.NaN, Number.NaN, 3.5, 5.25, 4.625])
})

test('over a single candle is the true range itself, with no rounding on top', () => {
  const candles = walkCandles(2000, 61)
  const { high, low, close } = candles
  const line = indicatorLines(candles, 'ATR', { period: 1 }).atr
  for (let i = 1; i < close.length; i++) {
    const range = Math.max(high[i], close[i - 1]) - Math.min(low[i], close[i - 1])
    expect(line[i]).toBe(Math.round(range * 10) / 10)
  }
})

test.each([2, 14, 50])('of period %i agrees with TA-Lib and with technicalindicators', (period) => {
  const candles = walkCandles(1000, 62)
  const prices = { high: [...candles.high], low: [...candles.low], close: [...candles.close] }
  const line = indicatorLines(candles, 'ATR', { period }).atr
  expectLine(line, talib('ATR', Object.values(prices), [period])[0])
  const oracle = ATR.calculate({ ...prices, period })
  expect(oracle).toHaveLength(line.length - period)
  oracle.forEach((value, k) => {
    expect(line[period + k]).toBeCloseTo(value, 9)
  })
})

describe('signals', () => {
  const slopes = { atr_rising: onWave.rising, atr_falling: onWave.falling }
  test.each(Object.entries(slopes))('%s is of the average', (signalType, expected) => {
    expect(signalOn(atr, signalType, { lines: () => ({ atr: wave(2) }) })).toBe(expected)
  })

  test('each has its case here', () => {
    expect(Object.keys(atr.signals)).toEqual(Object.keys(slopes))
  })
})
