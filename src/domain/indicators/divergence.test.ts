import { describe, expect, test } from 'vitest'
import { showSignal } from '../../testing/signalColumns.js'
import { allocateCandles } from '../candles.js'
import { bearishDivergence, bullishDivergence } from './divergence.js'

/** Lows 10 with pivots 5 at bar 4 and 4 at bar 12; the line is 20 there and 30 here. */
const lows = [9, 9, 8, 7, 5, 7, 8, 9, 9, 8, 7, 6, 4, 6, 7, 8, 9, 9]
const line = [25, 25, 25, 25, 20, 25, 25, 25, 25, 25, 25, 25, 30, 25, 25, 25, 25, 25]

function bullish(prices: readonly number[], values: readonly number[], lookback = 60): string {
  const candles = { ...allocateCandles(prices.length, 0), low: Float64Array.from(prices) }
  const found = showSignal(bullishDivergence(candles, Float64Array.from(values), lookback))
  // Upside down the lows are highs, and the mirror must say the same.
  const mirror = { ...allocateCandles(prices.length, 0), high: Float64Array.from(prices, (x) => -x) }
  const mirrored = bearishDivergence(
    mirror,
    Float64Array.from(values, (x) => -x),
    lookback,
  )
  expect(showSignal(mirrored)).toBe(found)
  return found
}

function changed(values: readonly number[], changes: Record<number, number>): number[] {
  return values.map((value, i) => changes[i] ?? value)
}

describe('a divergence', () => {
  test('is said three bars after the later pivot, when that one is lower and its line higher', () => {
    expect(bullish(lows, line)).toBe('??????.........Y..')
  })

  test('is none when the pivots or the lines are equal', () => {
    expect(bullish(changed(lows, { 12: 5 }), line)).not.toContain('Y')
    expect(bullish(lows, changed(line, { 12: 20 }))).not.toContain('Y')
  })

  test('is none when the line falls with the price', () => {
    expect(bullish(lows, changed(line, { 12: 19 }))).not.toContain('Y')
  })

  test('reaches back `lookback` bars from the later pivot and not one more', () => {
    expect(bullish(lows, line, 8)).toContain('Y')
    expect(bullish(lows, line, 7)).not.toContain('Y')
  })

  test('needs three bars on either side that are no lower; equal ones do not disturb', () => {
    expect(bullish(changed(lows, { 9: 3 }), changed(line, { 9: 10 }))).not.toContain('Y')
    expect(bullish(changed(lows, { 15: 3 }), line)).not.toContain('Y')
    expect(bullish(changed(lows, { 14: 4 }), line)).toBe('??????.........Y.Y')
    expect(bullish(changed(lows, { 14: 4 }), changed(line, { 14: 20 }))).toBe('??????.........Y..')
    expect(bullish(changed(lows, { 9: 4 }), changed(line, { 9: 20 }))).toBe('??????.........Y..')
  })

  test('may look past a nearer pivot to one that qualifies', () => {
    const prices = [9, 9, 9, 5, 9, 9, 9, 3, 9, 9, 9, 4, 9, 9, 9]
    const values = prices.map((_, i) => (i === 11 ? 30 : 20))
    expect(bullish(prices, values)).toBe('??????........Y')
  })

  test('is unknown while the line has no value at the pivot, and ignores earlier pivots without one', () => {
    const from = (first: number) => line.map((value, i) => (i < first ? Number.NaN : value))
    expect(bullish(lows, from(4))).toBe('???????........Y..')
    expect(bullish(lows, from(5))).toBe('????????..........')
  })

  test('is unknown in a series too short for a pivot', () => {
    expect(bullish([1, 2], [1, 2])).toBe('??')
  })
})
