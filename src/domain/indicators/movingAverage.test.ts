import { EMA, SMA, WMA } from 'technicalindicators'
import { describe, expect, test } from 'vitest'
import { candlesFromCloses, seededRandom, walkTicks } from '../../testing/candleSeries.js'
import { exactQuotient } from '../../testing/exactQuotient.js'
import { expectLine, talib } from '../../testing/talib.js'
import { closesOf, floatColumn } from './exactColumn.js'
import { ema, emaStep, sma, smooth, wma } from './movingAverage.js'

const ticks = walkTicks(2000, 7)
const closes = ticks.map((x) => x / 100)
const column = closesOf(candlesFromCloses(closes, 2))

/** Weighted mean, in prices, of the window of ticks that ends at i, summed anew with BigInt. */
function exactMean(
  values: readonly number[],
  unit: bigint,
  i: number,
  period: number,
  weight: (k: number) => number,
): number {
  let sum = 0n
  let weights = 0n
  for (let k = 1; k <= period; k++) {
    sum += BigInt(values[i - period + k]) * BigInt(weight(k))
    weights += BigInt(weight(k))
  }
  return exactQuotient(sum, weights * unit)
}

describe.each([
  ['sma', sma, () => 1],
  ['wma', wma, (k: number) => k],
] as const)('%s', (_name, average, weight) => {
  test.each([1, 2, 7, 20, 333])('of period %i is the exact mean rounded once, to the bit', (period) => {
    const line = average(column, period)
    for (let i = 0; i < line.length; i++) {
      expect(line[i]).toBe(i < period - 1 ? Number.NaN : exactMean(ticks, 100n, i, period, weight))
    }
  })

  test('is exact for ticks so fine that their sums exceed 2^53', () => {
    const unit = 1e12
    const fine = walkTicks(300, 3, 1e13, 4e15)
    const line = average(
      closesOf(
        candlesFromCloses(
          fine.map((x) => x / unit),
          12,
        ),
      ),
      50,
    )
    const rounded = fine.map((x) => Math.round((x / unit) * unit))
    for (let i = 49; i < line.length; i++) {
      expect(line[i]).toBe(exactMean(rounded, 10n ** 12n, i, 50, weight))
    }
  })

  test('is too short a series: NaN throughout', () => {
    expect(Array.from(average(closesOf(candlesFromCloses([1, 2, 3])), 4))).toEqual([Number.NaN, Number.NaN, Number.NaN])
    expect(average(closesOf(candlesFromCloses([])), 4)).toHaveLength(0)
  })

  test('off any tick grid, does not drift after a spike and is exact where prices stand still', () => {
    const random = seededRandom(1)
    const prices = Array.from({ length: 5000 }, (_, i) => (i === 100 ? 1e9 : i > 4000 ? Math.PI : 1 + random()))
    const line = average(closesOf(candlesFromCloses(prices, null)), 20)
    for (const i of [500, 2000, 3999]) {
      let sum = 0
      for (let k = 1; k <= 20; k++) sum += prices[i - 20 + k] * weight(k)
      const weights = Array.from({ length: 20 }, (_, k) => weight(k + 1)).reduce((a, b) => a + b)
      expect(line[i]).toBeCloseTo(sum / weights, 13)
    }
    expect(line[4020]).toBe(Math.PI)
    expect(line[4999]).toBe(Math.PI)
  })

  test('begins where its column begins', () => {
    const late = floatColumn(Float64Array.of(Number.NaN, Number.NaN, 1, 2, 4))
    const whole = average(floatColumn(Float64Array.of(1, 2, 4)), 2)
    expect(Array.from(average(late, 2, 2))).toEqual([Number.NaN, Number.NaN, ...whole])
  })
})

test('no cross of two averages is invented or missed, by BigInt', () => {
  const ticks = walkTicks(2000, 9, 1)
  const closes = ticks.map((x) => x / 100)
  const column = closesOf(candlesFromCloses(closes, 2))
  const [fast, slow] = [sma(column, 5), sma(column, 20)]
  let float = 0
  let equal = 0
  for (let i = 20; i < ticks.length; i++) {
    const distance = (at: number) => {
      const sum = (n: number) => ticks.slice(at - n + 1, at + 1).reduce((total, x) => total + BigInt(x), 0n)
      return sum(5) * 20n - sum(20) * 5n
    }
    const isUp = distance(i - 1) <= 0n && distance(i) > 0n
    expect(fast[i - 1] <= slow[i - 1] && fast[i] > slow[i]).toBe(isUp)
    if (distance(i) === 0n) equal++
    const plain = (n: number) => closes.slice(i - n + 1, i + 1).reduce((total, x) => total + x, 0) / n
    if (Math.sign(plain(5) - plain(20)) !== Math.sign(Number(distance(i)))) float++
  }
  // The series is a real trial: exact ties occur, and plain float sums get some of them wrong.
  expect(equal).toBeGreaterThan(5)
  expect(float).toBeGreaterThan(0)
})

test('ema is seeded with the mean of its first values, then moves by 2 / (n + 1)', () => {
  const line = ema(closesOf(candlesFromCloses([1, 2, 6, 5, 5])), 3)
  expect(Array.from(line)).toEqual([Number.NaN, Number.NaN, 3, 4, 4.5])
})

test.each([0.1, 3.7, 65432.1])('ema stays where it is when prices stand still at %d', (price) => {
  for (const scale of [1, null]) {
    for (const period of [6, 9, 12, 26]) {
      const line = ema(closesOf(candlesFromCloses(new Array(200).fill(price), scale)), period)
      expect(new Set(line.slice(period - 1))).toEqual(new Set([price]))
    }
  }
})

test('smooth is ((n - 1) average + value) / n', () => {
  expect(smooth(50, 80, 1 / 3)).toBe(60)
})

test('an average over a single value is that value, with no rounding on top', () => {
  expect(0.2 + (0.9 - 0.2)).not.toBe(0.9)
  expect(smooth(0.2, 0.9, 1)).toBe(0.9)
  expect(emaStep(0.2, 0.9, 1)).toBe(0.9)
})

// technicalindicators starts its output at the first full window and agrees up to float rounding.
test.each([
  ['sma', sma, SMA],
  ['ema', ema, EMA],
  ['wma', wma, WMA],
] as const)('%s agrees with technicalindicators', (_name, average, Oracle) => {
  for (const period of [2, 9, 60]) {
    const line = average(column, period)
    const oracle = Oracle.calculate({ period, values: closes })
    expect(oracle).toHaveLength(closes.length - period + 1)
    oracle.forEach((value, k) => {
      expect(line[period - 1 + k]).toBeCloseTo(value, 9)
    })
  }
})

test.each([
  ['SMA', sma],
  ['EMA', ema],
  ['WMA', wma],
] as const)('%s agrees with TA-Lib', (name, average) => {
  for (const period of [2, 9, 60]) expectLine(average(column, period), talib(name, [closes], [period])[0])
})
