import { describe, expect, test } from 'vitest'
import { describeIndicator } from '../../testing/indicatorContract.js'
import { catalog, resolveLineParams, resolveParams, slowestPeriod } from './catalog.js'

for (const indicator of Object.values(catalog)) describeIndicator(indicator)

describe('the catalog', () => {
  test('finds each indicator by its type', () => {
    for (const [type, indicator] of Object.entries(catalog)) expect(indicator.type).toBe(type)
  })

  test.each([
    ['MA', 'golden_cross', { fast: 5, slow: 20, type: 'SMA' }],
    ['MA', 'price_above', { period: 20, type: 'SMA' }],
    ['MA', 'bullish_alignment', { periods: [5, 10, 20, 60], type: 'SMA' }],
    ['MACD', 'hist_rising', { fast: 12, slow: 26, signal: 9 }],
    ['RSI', 'oversold', { period: 14, oversold: 30 }],
    ['RSI', 'golden_cross', { fast: 6, slow: 24 }],
    ['RSI', 'bullish_divergence', { period: 14, lookback: 60 }],
    ['KDJ', 'golden_cross_oversold', { n: 9, m1: 3, m2: 3, oversold: 20 }],
    ['BOLL', 'touch_upper', { period: 20, k: 2 }],
    ['BOLL', 'squeeze', { period: 20, k: 2, lookback: 120 }],
    ['BBI', 'price_cross_up', { p1: 3, p2: 6, p3: 12, p4: 24 }],
    ['CCI', 'exit_oversold', { period: 14, oversold: -100 }],
    ['CCI', 'bearish_divergence', { period: 14, lookback: 60 }],
    ['VOL', 'dry_up', { period: 20, multiple: 2 }],
    ['ATR', 'atr_rising', { period: 14 }],
    ['ADX', 'trending', { period: 14, level: 25 }],
    ['ADX', 'di_death_cross', { period: 14 }],
    ['SUPERTREND', 'flip_up', { period: 10, multiplier: 3 }],
    ['DONCHIAN', 'break_low', { period: 20 }],
  ])('%s %s uses its parameters in the order of text', (type, signalType, expected) => {
    const params = resolveParams(catalog[type], signalType)
    expect(Object.entries(params)).toEqual(Object.entries(expected))
  })

  test('given parameters go before defaults, others are left out', () => {
    expect(resolveParams(catalog.RSI, 'oversold', { oversold: 25 })).toEqual({ period: 14, oversold: 25 })
    expect(resolveLineParams(catalog.MA, { type: 'EMA' })).toEqual({ type: 'EMA', period: 20 })
  })

  test.each([
    ['RSI', { period: 14, oversold: 30 }, 14],
    ['MACD', { fast: 12, slow: 26, signal: 9 }, 26],
    ['MA', { periods: [5, 60, 10], type: 'SMA' }, 60],
    ['BOLL', { period: 20, k: 2, lookback: 120 }, 120],
    ['BBI', { p1: 3, p2: 6, p3: 12, p4: 24 }, 24],
    ['VOL', { period: 20, multiple: 50 }, 20],
    ['SUPERTREND', { period: 10, multiplier: 20 }, 10],
  ])('the slowest period of %s with %j is %d bars', (type, params, expected) => {
    expect(slowestPeriod(catalog[type], params)).toBe(expected)
  })
})
