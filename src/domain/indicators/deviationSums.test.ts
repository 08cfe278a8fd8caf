import { describe, expect, test } from 'vitest'
import { seededRandom, walkTicks } from '../../testing/candleSeries.js'
import { deviationSums } from './deviationSums.js'
import { windowSums } from './windowSums.js'

function exact(ticks: readonly number[], i: number, period: number): bigint {
  const window = ticks.slice(i - period + 1, i + 1).map(BigInt)
  const sum = window.reduce((total, x) => total + x, 0n)
  const distances = window.map((x) => (BigInt(period) * x > sum ? BigInt(period) * x - sum : sum - BigInt(period) * x))
  return distances.reduce((total, x) => total + x, 0n)
}

function sumsOf(ticks: readonly number[], period: number, isExact: boolean): Float64Array {
  const values = Float64Array.from(ticks)
  return deviationSums(values, windowSums(values, period, isExact), period, isExact)
}

const random = seededRandom(3)
const markets: Record<string, readonly number[]> = {
  'wander about': walkTicks(1500, 1),
  'hardly ever change': walkTicks(1500, 2, 1, 3),
  'jump wildly': Array.from({ length: 1500 }, () => Math.floor(random() * 1e6)),
  'stand still, but for a spike': Array.from({ length: 1500 }, (_, i) => (i === 700 ? 1e6 : 42)),
  rise: Array.from({ length: 1500 }, (_, i) => i),
  fall: Array.from({ length: 1500 }, (_, i) => 2000 - i),
}

describe.each(Object.entries(markets))('of ticks that %s', (_name, ticks) => {
  // Windows on either side of the length from which on they are kept in order.
  test.each([2, 14, 99, 100, 101, 300, 1000])('over %i it is the exact sum, whichever way it is taken', (period) => {
    const line = sumsOf(ticks, period, true)
    expect(sumsOf(ticks, period, false)).toEqual(line)
    const step = period < 100 ? 1 : 37
    for (let i = 0; i < period - 1; i++) expect(line[i]).toBeNaN()
    for (let i = period - 1; i < ticks.length; i += step) expect(BigInt(line[i])).toBe(exact(ticks, i, period))
  })
})

test('ends anywhere, in the middle of a stretch or before the first window', () => {
  for (const length of [0, 5, 299, 300, 301, 599, 600, 601, 899, 900, 1499, 1500, 1501, 1799]) {
    const line = sumsOf(walkTicks(Math.max(1, length), 4).slice(0, length), 300, true)
    expect(line.findIndex((value) => !Number.isNaN(value))).toBe(length < 300 ? -1 : 299)
    expect(line.slice(299).every(Number.isFinite)).toBe(true)
  }
})
