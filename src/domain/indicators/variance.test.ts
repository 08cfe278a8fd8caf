import { describe, expect, test } from 'vitest'
import { candlesFromCloses, seededRandom, walkTicks } from '../../testing/candleSeries.js'
import { exactQuotient } from '../../testing/exactQuotient.js'
import { closesOf } from './exactColumn.js'
import { VarianceStream } from './variance.js'

function varianceOf(closes: readonly number[], priceScale: number | null, period: number): Float64Array {
  const { values, unit } = closesOf(candlesFromCloses(closes, priceScale))
  const stream = new VarianceStream(period, unit)
  return values.map((value) => stream.push(value))
}

/** n^2 times the variance of the window of ticks that ends at i. */
function exact(ticks: readonly number[], i: number, period: number): bigint {
  const window = ticks.slice(i - period + 1, i + 1).map(BigInt)
  const sum = window.reduce((total, x) => total + x, 0n)
  return BigInt(period) * window.reduce((total, x) => total + x * x, 0n) - sum * sum
}

describe.each([
  ['narrow', 2, walkTicks(600, 11)],
  ['wide', 2, walkTicks(600, 12, 4e9, 5e11)],
  ['very wide', 4, walkTicks(600, 13, 1e12, 1e15)],
] as const)('of %s ticks', (_name, scale, ticks) => {
  test.each([2, 20, 250])('and period %i is the exact one, rounded', (period) => {
    const unit = 10 ** scale
    const line = varianceOf(
      ticks.map((x) => x / unit),
      scale,
      period,
    )
    for (let i = 0; i < line.length; i++) {
      if (i < period - 1) expect(line[i]).toBeNaN()
      else expect(line[i]).toBe(exactQuotient(exact(ticks, i, period), BigInt(period * unit) ** 2n))
    }
  })
})

test.each([0.1, 3.7, 65432.1])('is exactly 0 where all prices are %d, even after a storm', (price) => {
  const random = seededRandom(5)
  for (const scale of [1, null]) {
    const storm = Array.from({ length: 300 }, () => Math.round(random() * 1e6) / 10)
    const line = varianceOf([...storm, ...new Array(100).fill(price)], scale, 20)
    expect(new Set(line.slice(319))).toEqual(new Set([0]))
    expect(line.slice(19).every((value) => value >= 0)).toBe(true)
  }
})

test('off any tick grid it is that of each window', () => {
  const random = seededRandom(6)
  const prices = Array.from({ length: 300 }, () => 50_000 + random() * 1e-3)
  const line = varianceOf(prices, null, 20)
  for (let i = 19; i < prices.length; i++) {
    const shifted = prices.slice(i - 19, i + 1).map((x) => x - 50_000)
    const mean = shifted.reduce((a, b) => a + b) / 20
    const plain = shifted.reduce((total, x) => total + (x - mean) ** 2, 0) / 20
    expect(Math.abs(line[i] / plain - 1)).toBeLessThan(1e-9)
  }
})
