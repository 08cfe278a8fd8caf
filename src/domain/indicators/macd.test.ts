import { MACD } from 'technicalindicators'
import { describe, expect, test } from 'vitest'
import { candlesFromCloses, walkTicks } from '../../testing/candleSeries.js'
import { divergenceOn, foundDivergence, noDivergence, onWave, signalOn, wave } from '../../testing/signalColumns.js'
import { expectLine, talib } from '../../testing/talib.js'
import { indicatorLines } from '../strategy/compile.js'
import { macd } from './macd.js'

test('each average is seeded on its own first values, and DEA on the first values of DIF', () => {
  const { dif, dea, hist } = indicatorLines(candlesFromCloses([2, 4, 6, 4, 8]), 'MACD', { fast: 1, slow: 3, signal: 2 })
  // EMA(1): the closes; EMA(3): -, -, 4, 4, 6.
  expect(Array.from(dif)).toEqual([Number.NaN, Number.NaN, 2, 0, 2])
  expect(Array.from(dea)).toEqual([Number.NaN, Number.NaN, Number.NaN, 1, 1 + (2 / 3) * (2 - 1)])
  expect(Array.from(hist.slice(3))).toEqual([-1, 2 - dea[4]])
})

test('agrees with technicalindicators, which gives no DEA before its warm-up', () => {
  const closes = walkTicks(1000, 21).map((x) => x / 10)
  const { dif, dea, hist } = indicatorLines(candlesFromCloses(closes, 1), 'MACD', {})
  const oracle = MACD.calculate({
    values: closes,
    fastPeriod: 12,
    slowPeriod: 26,
    signalPeriod: 9,
    SimpleMAOscillator: false,
    SimpleMASignal: false,
  })
  expect(oracle).toHaveLength(closes.length - 25)
  oracle.forEach((value, k) => {
    expect(dif[25 + k]).toBeCloseTo(value.MACD ?? Number.NaN, 9)
    if (k < 8) expect(dea[25 + k]).toBeNaN()
    else {
      expect(dea[25 + k]).toBeCloseTo(value.signal ?? Number.NaN, 9)
      expect(hist[25 + k]).toBeCloseTo(value.histogram ?? Number.NaN, 9)
    }
  })
})

test('agrees with TA-Lib once the fast average has forgotten its seed, which theirs has at the slow one’s', () => {
  const closes = walkTicks(1000, 22).map((x) => x / 10)
  const lines = indicatorLines(candlesFromCloses(closes, 1), 'MACD', {})
  const [dif, dea, hist] = talib('MACD', [closes], [12, 26, 9], 3)
  const settled = (line: Float64Array) => line.slice(300)
  expectLine(settled(lines.dif), settled(dif))
  expectLine(settled(lines.dea), settled(dea))
  expectLine(settled(lines.hist), settled(hist))
})

test('over a single DIF, DEA is that DIF: no cross is made by rounding', () => {
  const closes = walkTicks(1000, 23).map((x) => x / 10)
  const { dif, dea, hist } = indicatorLines(candlesFromCloses(closes, 1), 'MACD', { signal: 1 })
  expect(dea).toEqual(dif)
  expect(new Set(hist.slice(25))).toEqual(new Set([0]))
})

describe('signals', () => {
  type Given = Record<string, readonly number[] | number>
  const lift = (level: number): Given => ({ dif: wave(level), dea: level })
  const tables: Record<string, readonly (readonly [Given, string])[]> = {
    golden_cross: [[lift(3), onWave.up]],
    death_cross: [[lift(3), onWave.down]],
    golden_cross_above_zero: [
      [lift(0), onWave.up],
      [lift(3), onWave.up],
      [lift(-1), onWave.neverCrossed],
      [lift(-3), onWave.neverCrossed],
    ],
    golden_cross_below_zero: [
      [lift(0), onWave.neverCrossed],
      [lift(3), onWave.neverCrossed],
      [lift(-1), onWave.neverCrossed],
      [lift(-3), onWave.up],
    ],
    death_cross_above_zero: [
      [lift(0), onWave.neverCrossed],
      [lift(3), onWave.down],
      [lift(1), onWave.neverCrossed],
      [lift(-3), onWave.neverCrossed],
    ],
    death_cross_below_zero: [
      [lift(0), onWave.down],
      [lift(3), onWave.neverCrossed],
      [lift(1), onWave.neverCrossed],
      [lift(-3), onWave.down],
    ],
    dif_cross_up_zero: [[{ dif: wave(0), dea: 7 }, onWave.up]],
    dif_cross_down_zero: [[{ dif: wave(0), dea: 7 }, onWave.down]],
    bullish: [[lift(3), onWave.above]],
    bearish: [[lift(3), onWave.below]],
    above_zero: [
      [{ dif: wave(0), dea: 1 }, onWave.above],
      [{ dif: 1, dea: wave(0) }, onWave.above],
    ],
    below_zero: [
      [{ dif: wave(0), dea: -1 }, onWave.below],
      [{ dif: -1, dea: wave(0) }, onWave.below],
    ],
    hist_rising: [[{ hist: wave(2) }, onWave.rising]],
    hist_falling: [[{ hist: wave(2) }, onWave.falling]],
  }
  const table = Object.entries(tables).flatMap(([signalType, cases]) =>
    cases.map((one) => [signalType, ...one] as const),
  )
  test.each(table)('%s of %j', (signalType, lines, expected) => {
    expect(signalOn(macd, signalType, { lines: () => lines })).toBe(expected)
  })

  const divergences = ['bullish_divergence', 'bearish_divergence']
  test.each(divergences)('%s is on DIF, within its lookback', (signalType) => {
    expect(divergenceOn(macd, signalType, 'dif')).toBe(foundDivergence)
    expect(divergenceOn(macd, signalType, 'dif', 4)).toBe(noDivergence)
  })

  test('each has its case here', () => {
    expect(Object.keys(macd.signals)).toEqual([...Object.keys(tables), ...divergences])
  })
})
