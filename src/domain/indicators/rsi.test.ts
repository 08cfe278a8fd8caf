import { RSI } from 'technicalindicators'
import { describe, expect, test } from 'vitest'
import { candlesFromCloses, walkTicks } from '../../testing/candleSeries.js'
import { divergenceOn, foundDivergence, noDivergence, onWave, signalOn, wave } from '../../testing/signalColumns.js'
import { expectLine, talib } from '../../testing/talib.js'
import { indicatorLines } from '../strategy/compile.js'
import { rsi } from './rsi.js'

function rsiOf(closes: readonly number[], period: number, priceScale?: number | null): number[] {
  return Array.from(indicatorLines(candlesFromCloses(closes, priceScale), 'RSI', { period }).rsi)
}

test('is seeded with the mean of the first n changes, then smoothed by Wilder', () => {
  // Gains 2, 0 (mean 1), losses 0, 1 (mean 0.5); then gain 4: 2.5 against 0.25; then loss 1: 1.25 against 0.625.
  expect(rsiOf([10, 12, 11, 15, 14], 2)).toEqual([
    Number.NaN,
    Number.NaN,
    100 * (1 / 1.5),
    100 * (2.5 / 2.75),
    100 * (1.25 / 1.875),
  ])
})

test('stays exactly where it is while price stands still', () => {
  // Seven changes up and three down of fourteen: 70, the very level of overbought.
  const steps = [1, 1, 1, 1, 1, 1, 1, -1, -1, -1, 0, 0, 0, 0]
  const closes = [100]
  for (const step of steps) closes.push(closes[closes.length - 1] + step)
  const flat = new Array(20_000).fill(closes[closes.length - 1])
  const values = rsiOf([...closes, ...flat], 14).slice(14)
  expect(new Set(values)).toEqual(new Set([values[0]]))
  expect(values[0]).toBeCloseTo(70, 12)
})

test.each([1, null])('is 50 where nothing moved, 100 without loss, 0 without gain (price scale %s)', (scale) => {
  const line = (step: number) => Array.from({ length: 40 }, (_, i) => (100 + i * step) / 10)
  expect(new Set(rsiOf(line(0), 14, scale).slice(14))).toEqual(new Set([50]))
  expect(new Set(rsiOf(line(1), 14, scale).slice(14))).toEqual(new Set([100]))
  expect(new Set(rsiOf(line(-1), 14, scale).slice(14))).toEqual(new Set([0]))
})

test('is exactly 50 where gains and losses balance', () => {
  expect(rsiOf([0.3, 0.4, 0.3, 0.4, 0.3], 4)[4]).toBe(50)
})

test('stays where it was when the market stands still, however long', () => {
  const closes = [10, 13, 12, 14, ...new Array(30_000).fill(14)]
  const line = rsiOf(closes, 3)
  expect(line[3]).toBeCloseTo((100 * 5) / 6, 10)
  expect(Math.min(...line.slice(3))).toBeCloseTo(line[3], 8)
  expect(Math.max(...line.slice(3))).toBeCloseTo(line[3], 8)
})

test('agrees with technicalindicators, which rounds to two decimals', () => {
  const closes = walkTicks(1000, 31).map((x) => x / 10)
  for (const period of [2, 14, 50]) {
    const line = rsiOf(closes, period, 1)
    const oracle = RSI.calculate({ period, values: closes })
    expect(oracle).toHaveLength(closes.length - period)
    oracle.forEach((value, k) => {
      expect(Math.abs(line[period + k] - value)).toBeLessThan(0.005 + 1e-9)
    })
  }
})

test('agrees with TA-Lib', () => {
  const closes = walkTicks(1000, 31).map((x) => x / 10)
  for (const period of [2, 14, 50]) {
    expectLine(Float64Array.from(rsiOf(closes, period, 1)), talib('RSI', [closes], [period])[0])
  }
})

describe('signals', () => {
  const levels: Record<string, readonly [level: number, param: string, expected: string]> = {
    overbought: [70, 'overbought', onWave.above],
    oversold: [30, 'oversold', onWave.below],
    exit_overbought: [70, 'overbought', onWave.down],
    exit_oversold: [30, 'oversold', onWave.up],
    cross_up_mid: [50, 'mid', onWave.up],
    cross_down_mid: [50, 'mid', onWave.down],
    bullish: [50, 'mid', onWave.above],
    bearish: [50, 'mid', onWave.below],
  }
  test.each(Object.entries(levels))(
    '%s is against %d, or the level given as %s',
    (signalType, [level, param, expected]) => {
      expect(signalOn(rsi, signalType, { lines: () => ({ rsi: wave(level) }) })).toBe(expected)
      expect(signalOn(rsi, signalType, { lines: () => ({ rsi: wave(61) }), params: { [param]: 61 } })).toBe(expected)
    },
  )

  const crosses = { golden_cross: onWave.up, death_cross: onWave.down }
  test.each(Object.entries(crosses))('%s is of RSI(6) over RSI(24)', (signalType, expected) => {
    const lines = ({ period }: { period?: unknown }) => ({ rsi: period === 6 ? wave(40) : period === 24 ? 40 : 0 })
    expect(signalOn(rsi, signalType, { lines })).toBe(expected)
  })

  const divergences = ['bullish_divergence', 'bearish_divergence']
  test.each(divergences)('%s is on RSI, within its lookback', (signalType) => {
    expect(divergenceOn(rsi, signalType, 'rsi')).toBe(foundDivergence)
    expect(divergenceOn(rsi, signalType, 'rsi', 4)).toBe(noDivergence)
  })

  test('each has its case here', () => {
    const cases = [...Object.keys(levels), ...Object.keys(crosses), ...divergences]
    expect(Object.keys(rsi.signals)).toEqual(cases)
  })
})
