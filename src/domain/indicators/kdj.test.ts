import { describe, expect, test } from 'vitest'
import { candlesFromPrices, walkCandles } from '../../testing/candleSeries.js'
import { divergenceOn, foundDivergence, noDivergence, onWave, signalOn, wave } from '../../testing/signalColumns.js'
import { expectLine, talib } from '../../testing/talib.js'
import { indicatorLines } from '../strategy/compile.js'
import { kdj } from './kdj.js'

test('starts from 50 and smooths RSV twice', () => {
  const candles = candlesFromPrices([
    [10, 5, 8],
    [12, 6, 11],
    [12, 8, 8],
  ])
  const { k, d, j } = indicatorLines(candles, 'KDJ', { n: 2, m1: 2, m2: 4 })
  // RSV: -, 100 (11 - 5) / 7, 100 (8 - 6) / 6.
  const k1 = (50 + 600 / 7) / 2
  const k2 = (k1 + 200 / 6) / 2
  const d1 = (3 * 50 + k1) / 4
  const d2 = (3 * d1 + k2) / 4
  expect(k[0]).toBeNaN()
  expect(k[1]).toBeCloseTo(k1, 12)
  expect(k[2]).toBeCloseTo(k2, 12)
  expect(d[1]).toBeCloseTo(d1, 12)
  expect(d[2]).toBeCloseTo(d2, 12)
  expect(j[2]).toBe(3 * k[2] - 2 * d[2])
})

test('without a range RSV is the one before, and 50 at first', () => {
  const still = [8, 8, 8] as const
  const flat = indicatorLines(candlesFromPrices([still, still, still]), 'KDJ', { n: 1 })
  for (const line of ['k', 'd', 'j']) expect(Array.from(flat[line])).toEqual([50, 50, 50])
  const { k } = indicatorLines(candlesFromPrices([[10, 0, 10], [10, 10, 10], still]), 'KDJ', { n: 1, m1: 2 })
  expect(Array.from(k)).toEqual([75, 87.5, 93.75])
})

test('is the plain definition over whole windows on a random walk', () => {
  const candles = walkCandles(400, 41)
  const { k, d } = indicatorLines(candles, 'KDJ', {})
  let [lastK, lastD] = [50, 50]
  for (let i = 8; i < 400; i++) {
    const lowest = Math.min(...candles.low.slice(i - 8, i + 1))
    const highest = Math.max(...candles.high.slice(i - 8, i + 1))
    lastK = (2 * lastK + (100 * (candles.close[i] - lowest)) / (highest - lowest)) / 3
    lastD = (2 * lastD + lastK) / 3
    expect(k[i]).toBeCloseTo(lastK, 9)
    expect(d[i]).toBeCloseTo(lastD, 9)
  }
})

test('with averages of one value K is RSV as TA-Lib has it, in its fast stochastic', () => {
  const candles = walkCandles(400, 42)
  const simple = 0
  const [rsv] = talib('STOCHF', [candles.high, candles.low, candles.close], [9, 1, simple], 2)
  expectLine(indicatorLines(candles, 'KDJ', { m1: 1 }).k, rsv)
})

describe('signals', () => {
  type Given = Record<string, readonly number[] | number>
  const overD = (level: number): Given => ({ k: wave(level), d: level })
  const tables: Record<string, readonly (readonly [Given, string])[]> = {
    golden_cross: [[overD(50), onWave.up]],
    death_cross: [[overD(50), onWave.down]],
    golden_cross_oversold: [
      [overD(19), onWave.up],
      [overD(20), onWave.neverCrossed],
    ],
    death_cross_overbought: [
      [overD(81), onWave.down],
      [overD(80), onWave.neverCrossed],
    ],
    overbought: [
      [{ k: wave(80), d: 81 }, onWave.above],
      [{ k: 81, d: wave(80) }, onWave.above],
    ],
    oversold: [
      [{ k: wave(20), d: 19 }, onWave.below],
      [{ k: 19, d: wave(20) }, onWave.below],
    ],
    j_overbought: [[{ j: wave(100) }, onWave.above]],
    j_oversold: [[{ j: wave(0) }, onWave.below]],
    bullish: [[overD(50), onWave.above]],
    bearish: [[overD(50), onWave.below]],
  }
  const table = Object.entries(tables).flatMap(([signalType, cases]) =>
    cases.map((one) => [signalType, ...one] as const),
  )
  test.each(table)('%s of %j', (signalType, lines, expected) => {
    expect(signalOn(kdj, signalType, { lines: () => lines })).toBe(expected)
  })

  test.each([
    ['golden_cross_oversold', overD(39), { oversold: 40 }, onWave.up],
    ['death_cross_overbought', overD(61), { overbought: 60 }, onWave.down],
    ['overbought', { k: wave(60), d: 61 }, { overbought: 60 }, onWave.above],
    ['oversold', { k: wave(40), d: 39 }, { oversold: 40 }, onWave.below],
  ])('%s takes its level as a parameter', (signalType, lines, params, expected) => {
    expect(signalOn(kdj, signalType, { lines: () => lines, params })).toBe(expected)
  })

  const divergences = ['bullish_divergence', 'bearish_divergence']
  test.each(divergences)('%s is on K, within its lookback', (signalType) => {
    expect(divergenceOn(kdj, signalType, 'k')).toBe(foundDivergence)
    expect(divergenceOn(kdj, signalType, 'k', 4)).toBe(noDivergence)
  })

  test('each has its case here', () => {
    expect(Object.keys(kdj.signals)).toEqual([...Object.keys(tables), ...divergences])
  })
})
