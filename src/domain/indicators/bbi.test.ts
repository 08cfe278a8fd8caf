import { describe, expect, test } from 'vitest'
import { candlesFromCloses, seededRandom, walkTicks } from '../../testing/candleSeries.js'
import { exactQuotient } from '../../testing/exactQuotient.js'
import { onWave, signalOn, wave } from '../../testing/signalColumns.js'
import { expectLine, talib } from '../../testing/talib.js'
import { indicatorLines } from '../strategy/compile.js'
import { bbi } from './bbi.js'

const nothing = Number.NaN

function bbiOf(
  closes: readonly number[],
  priceScale?: number | null,
  [p1, p2, p3, p4]: readonly number[] = [3, 6, 12, 24],
): Float64Array {
  return indicatorLines(candlesFromCloses(closes, priceScale), 'BBI', { p1, p2, p3, p4 }).bbi
}

test('is the mean of the four means', () => {
  const line = bbiOf([1, 2, 6, 5, 8], 0, [1, 2, 3, 4])
  // 5, 11/2, 13/3 and 14/4; 8, 13/2, 19/3 and 21/4.
  expect(Array.from(line)).toEqual([nothing, nothing, nothing, 220 / 48, 313 / 48])
})

test.each([
  ['short', [3, 6, 12, 24], walkTicks(600, 51), 2],
  ['in any order', [24, 3, 3, 7], walkTicks(300, 52), 2],
  ['without a common divisor', [101, 103, 107, 109], walkTicks(300, 53), 2],
  ['of very many ticks', [3, 6, 12, 24], walkTicks(200, 54, 1e12, 1e15), 0],
])('of periods %s it is the exact mean, rounded, by BigInt', (_name, periods, ticks, scale) => {
  const unit = 10 ** scale
  const line = bbiOf(
    ticks.map((x) => x / unit),
    scale,
    periods,
  )
  const common = periods.reduce((product, period) => product * BigInt(period), 1n)
  const first = Math.max(...periods) - 1
  for (let i = 0; i < first; i++) expect(line[i]).toBeNaN()
  for (let i = first; i < ticks.length; i++) {
    const sums = periods.map((period) => {
      const sum = ticks.slice(i - period + 1, i + 1).reduce((total, x) => total + BigInt(x), 0n)
      return (sum * common) / BigInt(period)
    })
    const sum = sums.reduce((total, x) => total + x)
    expect(line[i]).toBe(exactQuotient(sum, 4n * common * BigInt(unit)))
  }
})

test.each([0.1, 3.7, 65432.1])('is the price where that stands still at %d, even after a storm', (price) => {
  const random = seededRandom(5)
  for (const scale of [1, null]) {
    const storm = Array.from({ length: 100 }, () => Math.round(random() * 1e6) / 10)
    const line = bbiOf([...storm, ...new Array(50).fill(price)], scale)
    expect(new Set(line.slice(123))).toEqual(new Set([price]))
  }
})

test('agrees with the mean of TA-Lib’s', () => {
  const closes = walkTicks(500, 55).map((x) => x / 100)
  const [a, b, c, d] = [3, 6, 12, 24].map((period) => talib('SMA', [closes], [period])[0])
  expectLine(
    bbiOf(closes, 2),
    a.map((value, i) => (value + b[i] + c[i] + d[i]) / 4),
  )
})

describe('signals', () => {
  const prices = {
    price_cross_up: onWave.up,
    price_cross_down: onWave.down,
    price_above: onWave.above,
    price_below: onWave.below,
  }
  test.each(Object.entries(prices))('%s is of the close against the line', (signalType, expected) => {
    expect(signalOn(bbi, signalType, { lines: () => ({ bbi: 9 }), prices: { close: wave(9) } })).toBe(expected)
  })

  const slopes = { rising: onWave.rising, falling: onWave.falling }
  test.each(Object.entries(slopes))('%s is of the line', (signalType, expected) => {
    expect(signalOn(bbi, signalType, { lines: () => ({ bbi: wave(9) }) })).toBe(expected)
  })

  test('each has its case here', () => {
    expect(Object.keys(bbi.signals)).toEqual([...Object.keys(prices), ...Object.keys(slopes)])
  })
})
