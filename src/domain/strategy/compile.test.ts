import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { candlesFromCloses, walkCandles } from '../../testing/candleSeries.js'
import type { Bar } from '../bars.js'
import { type Candles, sliceCandles } from '../candles.js'
import { resampleCandles } from '../resample.js'
import { compileStrategy, indicatorLines, wantedWarmUp } from './compile.js'
import type { Condition, Group, Rules } from './schema.js'

/** The close against the average of the last two closes: `?` at first, then which of two closes is higher. */
const up: Condition = { indicator_type: 'MA', signal_type: 'price_above', params: { period: 2 } }
const down: Condition = { indicator_type: 'MA', signal_type: 'price_below', params: { period: 2 } }
/** Yes where the close rose twice running, unknown on the first two bars. */
const upTwice: Condition = { indicator_type: 'MA', signal_type: 'rising', params: { period: 1 }, negate: false }
const closes = candlesFromCloses([10, 11, 12, 11, 11, 12, 11])
//                                ?   U   U   D   -   U   D

function and(...conditions: Condition[]): Group {
  return { logic: 'AND', conditions }
}

function or(...conditions: Condition[]): Group {
  return { logic: 'OR', conditions }
}

function buys(groups: Group[], candles: Candles = closes, logic?: 'AND' | 'OR', bar: Bar = '1m'): string {
  const rules: Rules = { buy_groups: groups, sell_groups: [], ...(logic ? { buy_logic: logic } : {}) }
  return compileStrategy(rules, bar, candles).buy.join('')
}

describe('a group', () => {
  test('of one condition is that condition', () => {
    expect(buys([and(up)])).toBe('0110010')
    expect(buys([or(down)])).toBe('0001001')
  })

  test('joins its conditions by its logic', () => {
    expect(buys([or(up, down)])).toBe('0111011')
    expect(buys([and(up, down)])).toBe('0000000')
    expect(buys([and(up, { ...up, within: 2 })])).toBe('0110010')
    expect(buys([and({ ...up, negate: true }, { ...down, negate: true })])).toBe('0000100')
  })
})

describe('groups', () => {
  test('of a side combine by OR unless its logic says AND', () => {
    expect(buys([and(up), and(down)])).toBe('0111011')
    expect(buys([and(up), and(down)], closes, 'OR')).toBe('0111011')
    expect(buys([and(up), and(down)], closes, 'AND')).toBe('0000000')
    expect(buys([and(up), or(up, down)], closes, 'AND')).toBe('0110010')
  })

  test('of the sell side have their own logic, and a side without groups is never true', () => {
    const rules: Rules = { buy_groups: [], sell_groups: [and(down), or(up, down)], sell_logic: 'AND', buy_logic: 'OR' }
    const { buy, sell } = compileStrategy(rules, '1m', closes)
    expect(buy.join('')).toBe('0000000')
    expect(sell.join('')).toBe('0001001')
    expect(buys([], closes, 'AND')).toBe('0000000')
  })
})

describe('a condition', () => {
  test('within n fired on any of the last n bars', () => {
    expect(buys([and({ ...up, within: 1 })])).toBe('0110010')
    expect(buys([and({ ...up, within: 2 })])).toBe('0111011')
    expect(buys([and({ ...up, within: 3 })])).toBe('0111111')
    expect(buys([and({ ...down, within: 2 })])).toBe('0001101')
  })

  test('negated is the opposite after `within`, and stays false where unknown', () => {
    expect(buys([and({ ...up, negate: true })])).toBe('0001101')
    expect(buys([and({ ...up, within: 2, negate: true })])).toBe('0000100')
    expect(buys([and({ ...upTwice, negate: true })])).toBe('0001101')
  })

  test('that is unknown is false, whatever is done to it', () => {
    const slow: Condition = { ...up, params: { period: 50 } }
    for (const condition of [slow, { ...slow, negate: true }, { ...slow, within: 5, negate: true }]) {
      expect(buys([and(condition)])).toBe('0000000')
    }
    expect(buys([or(slow, up)])).toBe('0110010')
  })

  test('takes the defaults for parameters left out', () => {
    const candles = walkCandles(100, 3)
    const plain = buys([and({ indicator_type: 'RSI', signal_type: 'oversold' })], candles)
    const whole = { indicator_type: 'RSI', signal_type: 'oversold', params: { period: 14, oversold: 30 } }
    expect(plain).toContain('1')
    expect(buys([and(whole)], candles)).toBe(plain)
  })
})

test('indicators with equal parameters are not taken for each other', () => {
  const candles = walkCandles(100, 4)
  const params = [12, 26, 9]
  const [fast, slow, signal] = params
  const macd: Condition = { indicator_type: 'MACD', signal_type: 'bullish', params: { fast, slow, signal } }
  const [n, m1, m2] = params
  const kdj: Condition = { indicator_type: 'KDJ', signal_type: 'bullish', params: { n, m1, m2 } }
  const { buy, sell } = compileStrategy({ buy_groups: [and(macd)], sell_groups: [and(kdj)] }, '1m', candles)
  expect(buy.join('')).toBe(buys([and(macd)], candles))
  expect(sell.join('')).toBe(buys([and(kdj)], candles))
})

describe('a condition on a higher timeframe', () => {
  const higher: Condition = { ...up, bar: '3m' }

  test('is seen from the close of its candle on, and held until the next closes', () => {
    //                                  0  1  2 | 3  4  5 | 6  7  8 | 9
    const candles = candlesFromCloses([10, 9, 5, 1, 1, 6, 9, 9, 2, 9])
    // 3m closes: 5, 6, 2: unknown, up at the close of minute 5, not up at that of minute 8.
    expect(buys([and(higher)], candles)).toBe('0000011100')
    expect(buys([and({ ...higher, negate: true })], candles)).toBe('0000000011')
  })

  test('drops an incomplete first bucket', () => {
    const candles = sliceCandles(candlesFromCloses([10, 9, 5, 1, 1, 6, 9, 9, 7, 9]), 1, 10)
    // 3m closes: 6, 7.
    expect(buys([and(higher)], candles)).toBe('000000011')
  })

  test('closes at its time although candles inside are missing', () => {
    const whole = candlesFromCloses([10, 9, 5, 1, 1, 6, 9, 9, 2, 9])
    const without = (...missing: number[]): Candles => {
      const keep = (column: Float64Array) => column.filter((_, i) => !missing.includes(i))
      const { ts, open, high, low, close, volume } = whole
      return {
        ...whole,
        ts: keep(ts),
        open: keep(open),
        high: keep(high),
        low: keep(low),
        close: keep(close),
        volume: keep(volume),
      }
    }
    // Minute 4 missing: nothing changes. Minute 5 missing: the bucket closes at 1, not up, seen from minute 6.
    expect(buys([and(higher)], without(4))).toBe('000011100')
    expect(buys([and({ ...higher, negate: true })], without(5))).toBe('000001100')
  })

  test('counts `within` in its own bars', () => {
    const candles = candlesFromCloses([5, 5, 5, 6, 6, 6, 4, 4, 4, 3, 3, 3])
    expect(buys([and({ ...higher, within: 2 })], candles)).toBe('000001111110')
  })

  test('is the signal on the resampled candles, and never looks ahead', () => {
    const conditions: Condition[] = [
      { indicator_type: 'RSI', signal_type: 'bullish', params: { period: 3 }, bar: '5m', within: 2 },
      { indicator_type: 'MACD', signal_type: 'golden_cross', params: { fast: 2, slow: 4, signal: 2 }, within: 5 },
      { indicator_type: 'KDJ', signal_type: 'bullish', params: { n: 3 }, bar: '15m', negate: true },
    ]
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(200), fc.nat(14), (seed, count, start) => {
        const candles = sliceCandles(walkCandles(200 + start, seed), start, 200 + start)
        const whole = buys([or(...conditions)], candles)
        expect(buys([or(...conditions)], sliceCandles(candles, 0, count))).toBe(whole.slice(0, count))
        const five = resampleCandles(candles, '1m', '5m')
        const { bar: _, ...own } = conditions[0]
        const onFive = buys([and(own)], five, undefined, '5m')
        const held = buys([and(conditions[0])], candles)
        for (let i = 0; i < five.ts.length; i++) {
          const closesAt = candles.ts.indexOf(five.ts[i] + 4 * 60_000)
          expect(held.slice(closesAt, closesAt + 5)).toBe(onFive[i].repeat(Math.min(5, 200 - closesAt)))
        }
      }),
      { numRuns: 50 },
    )
  })
})

describe('explain', () => {
  test('gives each condition of both sides with its value and the lines that it looked at', () => {
    const cross: Condition = { indicator_type: 'MA', signal_type: 'golden_cross', params: { fast: 2, slow: 3 } }
    const band: Condition = { indicator_type: 'BOLL', signal_type: 'above_mid', params: { period: 50 }, negate: true }
    const macd: Condition = { indicator_type: 'MACD', signal_type: 'bullish', params: { fast: 1, slow: 2, signal: 1 } }
    const rules: Rules = { buy_groups: [and(cross), and(up, band)], sell_groups: [or(macd)] }
    const { explain } = compileStrategy(rules, '1m', closes)
    const nothing = Number.NaN
    const ts = 5 * 60_000
    expect(explain(5)).toEqual({
      buy: {
        logic: 'OR',
        holds: true,
        groups: [
          {
            logic: 'AND',
            holds: true,
            conditions: [
              { condition: cross, value: 'yes', ts, firedTs: ts, lines: { 'ma(2)': 11.5, 'ma(3)': 34 / 3 } },
            ],
          },
          {
            logic: 'AND',
            holds: false,
            conditions: [
              { condition: up, value: 'yes', ts, firedTs: ts, lines: { ma: 11.5 } },
              {
                condition: band,
                value: 'unknown',
                ts,
                firedTs: null,
                lines: { mid: nothing, upper: nothing, lower: nothing },
              },
            ],
          },
        ],
      },
      sell: {
        logic: 'OR',
        holds: false,
        groups: [
          {
            logic: 'OR',
            holds: false,
            conditions: [
              {
                condition: macd,
                value: 'no',
                ts,
                firedTs: null,
                lines: { dif: expect.closeTo(0.35, 1), dea: expect.closeTo(0.35, 1), hist: 0 },
              },
            ],
          },
        ],
      },
    })
    expect(explain(6).buy.groups[0].conditions[0].value).toBe('no')
  })

  test('says at every bar of each side what its column says', () => {
    const rules: Rules = { buy_groups: [and(up), or(up, down)], sell_groups: [and(up, down)], buy_logic: 'AND' }
    const { buy, sell, explain } = compileStrategy(rules, '1m', closes)
    const holds = Array.from(closes.ts, (_, i) => [Number(explain(i).buy.holds), Number(explain(i).sell.holds)])
    expect(holds).toEqual(Array.from(buy, (value, i) => [value, sell[i]]))
    expect(explain(3).buy).toMatchObject({ logic: 'AND', groups: [{ holds: false }, { holds: true }] })
  })

  test('of a side without rules is that it does not hold', () => {
    const { explain } = compileStrategy({ buy_groups: [], sell_groups: [] }, '1m', closes)
    expect(explain(0).buy).toEqual({ logic: 'OR', holds: false, groups: [] })
  })

  test('shows the higher candle in force, and nothing before the first', () => {
    const higher: Condition = { ...up, bar: '3m' }
    const candles = candlesFromCloses([10, 9, 5, 1, 1, 6, 9, 9, 2, 9])
    const { explain } = compileStrategy({ buy_groups: [and(higher)], sell_groups: [] }, '1m', candles)
    const at = (i: number) => {
      const { value, lines, ts } = explain(i).buy.groups[0].conditions[0]
      return [value, lines.ma, ts]
    }
    expect(at(1)).toEqual(['unknown', Number.NaN, null])
    expect(at(4)).toEqual(['unknown', Number.NaN, 0])
    expect(at(5)).toEqual(['yes', 5.5, 180_000])
    expect(at(7)).toEqual(['yes', 5.5, 180_000])
    expect(at(8)).toEqual(['no', 4, 360_000])
  })

  test('says when a condition within n bars fired, as long as that counts', () => {
    //                                                            ?   U   U   D   -   U   D
    const fired = (change: Partial<Condition>, i: number) => {
      const condition: Condition = { ...up, ...change }
      const { explain } = compileStrategy({ buy_groups: [and(condition)], sell_groups: [] }, '1m', closes)
      return explain(i).buy.groups[0].conditions[0].firedTs
    }
    expect(fired({ within: 2 }, 3)).toBe(2 * 60_000)
    expect(fired({ within: 2 }, 4)).toBeNull()
    expect(fired({ within: 3, negate: true }, 4)).toBe(2 * 60_000)
    expect(fired({}, 3)).toBeNull()
    expect(fired({ within: 5 }, 0)).toBeNull()
  })
})

describe('wantedWarmUp', () => {
  const rsi: Condition = { indicator_type: 'RSI', signal_type: 'oversold' }

  test('is ten times the slowest period of either side, at least 300 bars', () => {
    expect(wantedWarmUp({ buy_groups: [and(rsi)], sell_groups: [] }, '15m')).toBe(300)
    const slow: Condition = { indicator_type: 'MA', signal_type: 'price_above', params: { period: 200 } }
    expect(wantedWarmUp({ buy_groups: [and(rsi)], sell_groups: [or(rsi, slow)] }, '15m')).toBe(2000)
    const alignment: Condition = { indicator_type: 'MA', signal_type: 'bullish_alignment' }
    expect(wantedWarmUp({ buy_groups: [and(alignment)], sell_groups: [] }, '15m')).toBe(600)
  })

  test('counts a period on a higher bar in base bars', () => {
    expect(wantedWarmUp({ buy_groups: [and({ ...rsi, bar: '4H' })], sell_groups: [] }, '15m')).toBe(10 * 14 * 16)
  })

  test('of a pattern on a higher bar is what it looks at', () => {
    const soldiers: Condition = { indicator_type: 'PATTERN', signal_type: 'three_white_soldiers', bar: '4H' }
    expect(wantedWarmUp({ buy_groups: [and(soldiers)], sell_groups: [] }, '1m')).toBe(13 * 240)
  })

  test('of no rules is 300', () => {
    expect(wantedWarmUp({ buy_groups: [], sell_groups: [] }, '1m')).toBe(300)
  })
})

test('indicatorLines fills in defaults', () => {
  const candles = walkCandles(100, 1)
  expect(indicatorLines(candles, 'KDJ', { n: 9 })).toEqual(indicatorLines(candles, 'KDJ', { n: 9, m1: 3, m2: 3 }))
  expect(Object.keys(indicatorLines(candles, 'BOLL', {}))).toEqual(['mid', 'upper', 'lower'])
})
