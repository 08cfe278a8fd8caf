import { ADX } from 'technicalindicators'
import { describe, expect, test } from 'vitest'
import { candlesFromPrices, walkCandles } from '../../testing/candleSeries.js'
import { onWave, signalOn, wave } from '../../testing/signalColumns.js'
import { expectLine, talib } from '../../testing/talib.js'
import { type Candles, joinCandles, sliceCandles } from '../candles.js'
import { indicatorLines } from '../strategy/compile.js'
import { adx } from './adx.js'

const nothing = Number.NaN

test('is Wilder’s average of the distance of +DI and -DI in percent of their sum', () => {
  const candles = candlesFromPrices([
    [10, 8, 9],
    [13, 9, 12], // up 3, range 4: averages of one bar over two, 1.5, 0 and 2
    [12, 5, 6], // down 4, range 7: 0.75, 2 + 2 and 4.5 of twice 0.75, 2 and 4.5
    [16, 6, 15], // up 4, range 10: 2.375, 1 and 7.25
    [17, 14, 16], // up 1, range 3: 1.6875, 0.5 and 5.125
  ])
  const { adx: line, plus_di, minus_di } = indicatorLines(candles, 'ADX', { period: 2 })
  expect(Array.from(plus_di)).toEqual([
    nothing,
    nothing,
    100 * (0.75 / 4.5),
    100 * (2.375 / 7.25),
    100 * (1.6875 / 5.125),
  ])
  expect(Array.from(minus_di)).toEqual([nothing, nothing, 100 * (2 / 4.5), 100 * (1 / 7.25), 100 * (0.5 / 5.125)])
  const dx = [100 * (1.25 / 2.75), 100 * (1.375 / 3.375), 100 * (1.1875 / 2.1875)]
  const first = (dx[0] + dx[1]) / 2
  expect(Array.from(line)).toEqual([nothing, nothing, nothing, first, first + (dx[2] - first) / 2])
})

test('a candle that reaches as far up as down moves neither way, and one inside the other none', () => {
  const { plus_di, minus_di } = indicatorLines(
    candlesFromPrices([
      [1.1, 0.8, 1],
      [1.4, 0.5, 1], // 0.3 both ways, which floats tell apart
      [1.3, 0.6, 1],
      [1.2, 0.7, 1],
    ]),
    'ADX',
    { period: 2 },
  )
  expect(Array.from(plus_di.slice(2))).toEqual([0, 0])
  expect(Array.from(minus_di.slice(2))).toEqual([0, 0])
})

test('has a value at its first bar, even if price stands still there', () => {
  const candles = candlesFromPrices([
    [10, 8, 9],
    [13, 9, 12], // up 3, range 4
    [12, 12, 12],
  ])
  const { plus_di, minus_di } = indicatorLines(candles, 'ADX', { period: 2 })
  expect([plus_di[2], minus_di[2]]).toEqual([75, 0])
})

test('stays exactly where it is while price stands still, and is 0 before it ever moved', () => {
  const walk = walkCandles(40, 72)
  const still = candlesFromPrices(new Array(20_000).fill([walk.close[39], walk.close[39], walk.close[39]]))
  const { adx: line, plus_di, minus_di } = indicatorLines(after(walk, still), 'ADX', {})
  for (const di of [plus_di, minus_di]) {
    expect(di[39]).toBeGreaterThan(0)
    expect(new Set(di.slice(39))).toEqual(new Set([di[39]]))
  }
  expect(line[20_000]).toBeCloseTo((100 * Math.abs(plus_di[39] - minus_di[39])) / (plus_di[39] + minus_di[39]), 10)
  for (const flat of Object.values(indicatorLines(still, 'ADX', {}))) {
    expect(new Set(flat.slice(27))).toEqual(new Set([0]))
  }
})

/** The candles of both, the second ones later. */
function after(first: Candles, second: Candles): Candles {
  const begin = first.ts[first.ts.length - 1] + 60_000
  return joinCandles([first, { ...second, ts: second.ts.map((ts) => begin + ts) }])
}

// In whole prices, which floats subtract exactly: otherwise it is rounding that tells them which of two equal movements is
// the longer one. And not still for long: they take less than 1e-14 for nothing.
test.each([2, 14, 50])('of period %i agrees with TA-Lib', (period) => {
  const walk = walkCandles(600, 71, 0)
  const still = candlesFromPrices(new Array(35).fill([walk.close[299], walk.close[299], walk.close[299]]))
  const candles = [still, sliceCandles(walk, 300, 600), still, sliceCandles(walk, 0, 300)].reduce(after)
  const prices = [candles.high, candles.low, candles.close]
  const { adx: line, plus_di, minus_di } = indicatorLines(candles, 'ADX', { period })
  expectLine(line, talib('ADX', prices, [period])[0])
  expectLine(plus_di, talib('PLUS_DI', prices, [period])[0])
  expectLine(minus_di, talib('MINUS_DI', prices, [period])[0])
})

test('agrees with technicalindicators once it has forgotten that its averages are seeded with one candle more', () => {
  const candles = walkCandles(1500, 73, 0)
  const prices = { high: [...candles.high], low: [...candles.low], close: [...candles.close] }
  const { adx: line, plus_di, minus_di } = indicatorLines(candles, 'ADX', { period: 14 })
  const oracle = ADX.calculate({ ...prices, period: 14 })
  expect(oracle).toHaveLength(line.length - 27)
  for (let i = 27 + 500; i < line.length; i++) {
    const value = oracle[i - 27]
    expect(line[i]).toBeCloseTo(value.adx, 9)
    expect(plus_di[i]).toBeCloseTo(value.pdi, 9)
    expect(minus_di[i]).toBeCloseTo(value.mdi, 9)
  }
})

describe('signals', () => {
  const levels = { trending: onWave.above, ranging: onWave.below }
  test.each(Object.entries(levels))('%s is of ADX against 25, or the level given', (signalType, expected) => {
    const on = (level: number) => ({ lines: () => ({ adx: wave(level), plus_di: 7, minus_di: 9 }) })
    expect(signalOn(adx, signalType, on(25))).toBe(expected)
    expect(signalOn(adx, signalType, { ...on(40), params: { level: 40 } })).toBe(expected)
  })

  const crosses = { di_golden_cross: onWave.up, di_death_cross: onWave.down }
  test.each(Object.entries(crosses))('%s is of +DI over -DI', (signalType, expected) => {
    expect(signalOn(adx, signalType, { lines: () => ({ plus_di: wave(20), minus_di: 20 }) })).toBe(expected)
  })

  test('each has its case here', () => {
    expect(Object.keys(adx.signals)).toEqual([...Object.keys(levels), ...Object.keys(crosses)])
  })
})
