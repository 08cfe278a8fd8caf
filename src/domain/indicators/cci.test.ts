import { CCI } from 'technicalindicators'
import { describe, expect, test } from 'vitest'
import { candlesFromCloses, candlesFromPrices, walkCandles } from '../../testing/candleSeries.js'
import { exactQuotient } from '../../testing/exactQuotient.js'
import { divergenceOn, foundDivergence, noDivergence, onWave, signalOn, wave } from '../../testing/signalColumns.js'
import { expectLine, talib } from '../../testing/talib.js'
import { candleAt } from '../candles.js'
import { indicatorLines } from '../strategy/compile.js'
import { cci } from './cci.js'

const nothing = Number.NaN

test('is the distance of the typical price from its mean in 0.015 mean deviations, rounded once', () => {
  const candles = candlesFromPrices([
    [1.1, 0.9, 1], // 3 / 3
    [1.2, 1, 1.1], // 3.3 / 3
    [1.5, 1.1, 1.3], // 3.9 / 3; three times 0.4, 0.1 and 0.5 from the mean 3.4 / 3: 0.5 / (0.015 x 1 / 3)
    [1.3, 1.1, 1.2], // 3.6 / 3, the mean
    [1.2, 0.8, 1], // 3 / 3; three times 0.4, 0.1 and 0.5 from the mean 3.5 / 3
  ])
  const line = indicatorLines(candles, 'CCI', { period: 3 }).cci
  expect(Array.from(line)).toEqual([nothing, nothing, 100, 0, -100])
  // 100 is no overbought market yet; floats would say that it is.
  const typical = [3, 3.3, 3.9].map((sum) => sum / 3)
  const mean = (typical[0] + typical[1] + typical[2]) / 3
  const deviations = typical.map((x) => Math.abs(x - mean))
  expect((typical[2] - mean) / (0.015 * ((deviations[0] + deviations[1] + deviations[2]) / 3))).toBeGreaterThan(100)
})

test('is 0 where there is no deviation, even after a storm and off any grid', () => {
  for (const scale of [1, null]) {
    const closes = [...walkCandles(300, 1).close, ...new Array(50).fill(0.1)]
    const line = indicatorLines(candlesFromCloses(closes, scale), 'CCI', {}).cci
    expect(line.slice(0, 300)).not.toContain(0)
    expect(new Set(line.slice(314))).toEqual(new Set([0]))
  }
})

test.each([2, 14, 100, 400])('of period %i is the exact quotient, rounded, by BigInt', (period) => {
  const candles = walkCandles(900, 61)
  const ticks = Array.from(candles.close, (close, i) =>
    [candles.high[i], candles.low[i], close].reduce((sum, price) => sum + BigInt(Math.round(price * 10)), 0n),
  )
  const line = indicatorLines(candles, 'CCI', { period }).cci
  const n = BigInt(period)
  const distance = (x: bigint, sum: bigint) => (n * x > sum ? n * x - sum : sum - n * x)
  for (let i = period - 1; i < ticks.length; i += period < 50 ? 1 : 11) {
    const window = ticks.slice(i - period + 1, i + 1)
    const sum = window.reduce((total, x) => total + x, 0n)
    const deviations = window.reduce((total, x) => total + distance(x, sum), 0n)
    const size = deviations === 0n ? 0 : exactQuotient(200n * n * distance(ticks[i], sum), 3n * deviations)
    expect(line[i]).toBe(n * ticks[i] >= sum ? size : -size)
  }
})

test('over long windows, too, it is the same candle by candle', () => {
  const candles = walkCandles(900, 63)
  const stream = cci.stream({ period: 400 }, candles.priceScale)
  const out = new Float64Array(1)
  const line = candles.close.map((_, i) => {
    stream.push(candleAt(candles, i), out)
    return out[0]
  })
  expect(line).toEqual(indicatorLines(candles, 'CCI', { period: 400 }).cci)
})

// In whole prices, of which floats add up three exactly: otherwise TA-Lib finds deviations where there are none.
test.each([2, 14, 50])('of period %i agrees with TA-Lib', (period) => {
  const { high, low, close } = walkCandles(1000, 62, 0)
  const line = indicatorLines(walkCandles(1000, 62, 0), 'CCI', { period }).cci
  expectLine(line, talib('CCI', [high, low, close], [period])[0])
})

test.each([14, 50])('of period %i agrees with technicalindicators', (period) => {
  const candles = walkCandles(1000, 62)
  const line = indicatorLines(candles, 'CCI', { period }).cci
  const oracle = CCI.calculate({ high: [...candles.high], low: [...candles.low], close: [...candles.close], period })
  expect(oracle).toHaveLength(line.length - period + 1)
  oracle.forEach((value, k) => {
    expect(line[period - 1 + k]).toBeCloseTo(value, 7)
  })
})

describe('signals', () => {
  const levels: Record<string, readonly [level: number, param: string | null, expected: string]> = {
    overbought: [100, 'overbought', onWave.above],
    oversold: [-100, 'oversold', onWave.below],
    enter_overbought: [100, 'overbought', onWave.up],
    exit_overbought: [100, 'overbought', onWave.down],
    enter_oversold: [-100, 'oversold', onWave.down],
    exit_oversold: [-100, 'oversold', onWave.up],
    cross_up_zero: [0, null, onWave.up],
    cross_down_zero: [0, null, onWave.down],
  }
  test.each(Object.entries(levels))(
    '%s is against %d, or the level given as %s',
    (signalType, [level, param, expected]) => {
      expect(signalOn(cci, signalType, { lines: () => ({ cci: wave(level) }) })).toBe(expected)
      if (param === null) return
      expect(signalOn(cci, signalType, { lines: () => ({ cci: wave(61) }), params: { [param]: 61 } })).toBe(expected)
    },
  )

  const divergences = ['bullish_divergence', 'bearish_divergence']
  test.each(divergences)('%s is on CCI, within its lookback', (signalType) => {
    expect(divergenceOn(cci, signalType, 'cci')).toBe(foundDivergence)
    expect(divergenceOn(cci, signalType, 'cci', 4)).toBe(noDivergence)
  })

  test('each has its case here', () => {
    expect(Object.keys(cci.signals)).toEqual([...Object.keys(levels), ...divergences])
  })
})
