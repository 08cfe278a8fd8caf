import { SuperTrend, TradingSignal } from 'trading-signals'
import { describe, expect, test } from 'vitest'
import { candlesFromPrices, walkCandles } from '../../testing/candleSeries.js'
import { onWave, signalOn, wave } from '../../testing/signalColumns.js'
import { candleAt } from '../candles.js'
import { indicatorLines } from '../strategy/compile.js'
import { supertrend } from './supertrend.js'

const nothing = Number.NaN

/** Of period 1, so that ATR is the candle's true range; multiplier 1. */
function linesOf(rows: readonly (readonly [high: number, low: number, close: number])[]) {
  const { line, direction } = indicatorLines(candlesFromPrices(rows), 'SUPERTREND', { period: 1, multiplier: 1 })
  return { line: Array.from(line), direction: Array.from(direction) }
}

test('is the lower band while it goes up, and rises only, until a close below it', () => {
  const rows = [
    [11, 9, 10],
    [12, 10, 12], // 11 -+ 2: lower 9
    [13, 11, 12], // 12 -+ 2: 10
    [13, 9, 10], // 11 -+ 4: 7, but 10 stays; the close is on it
    [12, 8, 9.5], // 10 -+ 4: below 10: down, at the upper band: 13, 14, 15 and 14 make 13
    [9, 7, 8], // 8 -+ 2.5: 10.5
    [10, 8, 10.5], // 9 -+ 2: 11 stays above 10.5, and the close is on that
    [13, 11, 12], // 12 -+ 2.5: above 10.5: up, at the lower band: its own, as closes have been below
  ] as const
  expect(linesOf(rows)).toEqual({
    line: [nothing, 9, 10, 10, 13, 10.5, 10.5, 9.5],
    direction: [nothing, 1, 1, 1, -1, -1, -1, 1],
  })
})

test('a band is the candle’s own again once a close was beyond it', () => {
  const rows = [
    [11, 9, 10],
    [12, 10, 11], // 11 -+ 2: 9 and 13
    [16, 15, 16], // 15.5 -+ 5: 10.5 and 13; the close is above
    [18, 14, 15], // 16 -+ 4: 12 and, though higher than before, 20
    [19, 18, 18], // 18.5 -+ 4: 14.5 and 20
    [14, 12, 12], // 13 -+ 6: below 14.5, down; 19
    [11, 5, 6], // 8 -+ 7: 15; the lower band is 1 now
    [17, 15, 16], // 16 -+ 11: above 15: up; 5
  ] as const
  expect(linesOf(rows)).toEqual({
    line: [nothing, 9, 10.5, 12, 14.5, 19, 15, 5],
    direction: [nothing, 1, 1, 1, 1, -1, -1, 1],
  })
})

test('direction is up at first, even for a close below the lower band', () => {
  const candles = candlesFromPrices([
    [10, 10, 10],
    [20, 10, 10],
    [20, 20, 20],
  ])
  const { line, direction } = indicatorLines(candles, 'SUPERTREND', { period: 1, multiplier: 0.25 })
  // 15 -+ 2.5, then 20 -+ 2.5.
  expect(Array.from(line)).toEqual([nothing, 12.5, 17.5])
  expect(Array.from(direction)).toEqual([nothing, 1, 1])
})

test.each([
  [10, 3],
  [5, 1],
  [14, 2.5],
])('(%d, %d) agrees with trading-signals, which begins a candle earlier and downward', (interval, multiplier) => {
  const candles = walkCandles(2000, 81)
  const { line, direction } = indicatorLines(candles, 'SUPERTREND', { period: interval, multiplier })
  const oracle = new SuperTrend({ interval, multiplier })
  let turns = 0
  for (let i = 0; i < line.length; i++) {
    const result = oracle.update(candleAt(candles, i), false)
    if (i < 500) continue
    expect(line[i]).toBeCloseTo(result?.supertrend ?? nothing, 9)
    expect(direction[i]).toBe(result?.trend === TradingSignal.BULLISH ? 1 : -1)
    if (direction[i] !== direction[i - 1]) turns++
  }
  expect(turns).toBeGreaterThan(10)
})

describe('signals', () => {
  const table = { flip_up: onWave.up, flip_down: onWave.down, up: onWave.above, down: onWave.below }
  test.each(Object.entries(table))('%s is of the direction', (signalType, expected) => {
    expect(signalOn(supertrend, signalType, { lines: () => ({ line: 7, direction: wave(0) }) })).toBe(expected)
  })

  test('flips are said once, at the bar of the turn', () => {
    const lines = () => ({ line: 7, direction: [nothing, 1, 1, -1, -1, 1, 1] })
    expect(signalOn(supertrend, 'flip_down', { lines, length: 7 })).toBe('??.Y...')
    expect(signalOn(supertrend, 'flip_up', { lines, length: 7 })).toBe('??...Y.')
  })

  test('each has its case here', () => {
    expect(Object.keys(supertrend.signals)).toEqual(Object.keys(table))
  })
})
