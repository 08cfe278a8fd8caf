import { BollingerBands } from 'technicalindicators'
import { describe, expect, test } from 'vitest'
import { candlesFromCloses, walkTicks } from '../../testing/candleSeries.js'
import { onWave, signalOn, wave } from '../../testing/signalColumns.js'
import { expectLine, talib } from '../../testing/talib.js'
import { indicatorLines } from '../strategy/compile.js'
import { boll } from './boll.js'
import type { Params } from './indicator.js'

test('is the mean and k population standard deviations', () => {
  const { mid, upper, lower } = indicatorLines(candlesFromCloses([1, 3, 7]), 'BOLL', { period: 2, k: 3 })
  expect([mid, upper, lower].map((line) => Array.from(line))).toEqual([
    [Number.NaN, 2, 5],
    [Number.NaN, 5, 11],
    [Number.NaN, -1, -1],
  ])
})

test('has no width where prices stand still', () => {
  for (const scale of [1, null]) {
    const { mid, upper, lower } = indicatorLines(candlesFromCloses(new Array(50).fill(0.1), scale), 'BOLL', {})
    for (const line of [mid, upper, lower]) expect(new Set(line.slice(19))).toEqual(new Set([0.1]))
  }
})

test('agrees with technicalindicators', () => {
  const closes = walkTicks(1000, 51).map((x) => x / 10)
  const { mid, upper, lower } = indicatorLines(candlesFromCloses(closes, 1), 'BOLL', {})
  const oracle = BollingerBands.calculate({ period: 20, stdDev: 2, values: closes })
  expect(oracle).toHaveLength(closes.length - 19)
  oracle.forEach((value, k) => {
    expect(mid[19 + k]).toBeCloseTo(value.middle, 9)
    expect(upper[19 + k]).toBeCloseTo(value.upper, 7)
    expect(lower[19 + k]).toBeCloseTo(value.lower, 7)
  })
})

test('agrees with TA-Lib', () => {
  const closes = walkTicks(1000, 51).map((x) => x / 10)
  const { mid, upper, lower } = indicatorLines(candlesFromCloses(closes, 1), 'BOLL', {})
  const simple = 0
  const [upperBand, middleBand, lowerBand] = talib('BBANDS', [closes], [20, 2, 2, simple], 3)
  expectLine(mid, middleBand)
  expectLine(upper, upperBand)
  expectLine(lower, lowerBand)
})

describe('signals', () => {
  const bands = { mid: 50, upper: 60, lower: 40 }
  const prices: Record<string, readonly [price: 'close' | 'high' | 'low', level: number, expected: string]> = {
    break_upper: ['close', 60, onWave.up],
    break_lower: ['close', 40, onWave.down],
    return_from_upper: ['close', 60, onWave.down],
    rebound_from_lower: ['close', 40, onWave.up],
    cross_mid_up: ['close', 50, onWave.up],
    cross_mid_down: ['close', 50, onWave.down],
    above_upper: ['close', 60, onWave.above],
    below_lower: ['close', 40, onWave.below],
    above_mid: ['close', 50, onWave.above],
    below_mid: ['close', 50, onWave.below],
    touch_upper: ['high', 60, onWave.atOrAbove],
    touch_lower: ['low', 40, onWave.atOrBelow],
  }
  test.each(Object.entries(prices))('%s is of the %s against %d', (signalType, [price, level, expected]) => {
    expect(signalOn(boll, signalType, { lines: () => bands, prices: { [price]: wave(level) } })).toBe(expected)
  })

  const widths: Record<string, readonly [params: Params, widths: readonly number[], expected: string]> = {
    // The lowest of three, ties included, once there are three.
    squeeze: [{ period: 2, lookback: 3 }, [Number.NaN, 4, 6, 4, 3, 7, 8, 7, 9], '???YY..Y.'],
    // Bars 4 to 10: above the mean of three and rising; above it, falling; below; rising below it; again; below; rising on it.
    expansion: [{ period: 3 }, [Number.NaN, Number.NaN, 1, 3, 9, 8, 2, 3, 5, 3, 4], '????Y...Y..'],
  }
  test.each(Object.entries(widths))('%s is of the bandwidth', (signalType, [params, width, expected]) => {
    const band = (sign: number) => width.map((value) => 20 + sign * value * 5)
    const lines = () => ({ mid: 10, upper: band(1), lower: band(-1) })
    expect(signalOn(boll, signalType, { lines, params, length: width.length })).toBe(expected)
  })

  test('bandwidth is relative to the middle band', () => {
    const nothing = Number.NaN
    const lines = () => ({ mid: [nothing, 10, 10], upper: [nothing, 15, 15], lower: [nothing, 5, 5] })
    expect(signalOn(boll, 'squeeze', { lines, params: { period: 2, lookback: 2 }, length: 3 })).toBe('??Y')
    const wider = () => ({ mid: [nothing, 10, 20], upper: [nothing, 15, 26], lower: [nothing, 5, 14] })
    expect(signalOn(boll, 'squeeze', { lines: wider, params: { period: 2, lookback: 2 }, length: 3 })).toBe('??Y')
  })

  test('each has its case here', () => {
    expect(Object.keys(boll.signals)).toEqual([...Object.keys(prices), ...Object.keys(widths)])
  })
})
