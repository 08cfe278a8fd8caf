import fc from 'fast-check'
import { expect, test } from 'vitest'
import { walkCandles } from '../../testing/candleSeries.js'
import { allSignals } from '../../testing/rulesArbitrary.js'
import type { Bar } from '../bars.js'
import { type Candle, type Candles, candleAt, candlesFromRows } from '../candles.js'
import { compileStrategy } from './compile.js'
import { RuleStream } from './ruleStream.js'
import type { Condition, Group, Rules } from './schema.js'

/** Conditions of every kind with the parameters that they have by default. */
const anyCondition: fc.Arbitrary<Condition> = fc
  .record({
    signal: fc.constantFrom(...allSignals),
    within: fc.constantFrom(undefined, 2, 7),
    negate: fc.constantFrom(undefined, true),
    bar: fc.constantFrom<Bar | undefined>(undefined, undefined, '3m', '15m'),
  })
  .map(({ signal: { indicator, signalType }, within, negate, bar }) => ({
    indicator_type: indicator.type,
    signal_type: signalType,
    ...(within && { within }),
    ...(negate && { negate }),
    ...(bar && { bar }),
  }))

const anyLogic = fc.constantFrom('AND' as const, 'OR' as const)
const anyGroups: fc.Arbitrary<Group[]> = fc.array(
  fc.record({ logic: anyLogic, conditions: fc.array(anyCondition, { minLength: 1, maxLength: 2 }) }),
  { maxLength: 2 },
)
const anyRules: fc.Arbitrary<Rules> = fc.record({
  buy_groups: anyGroups,
  sell_groups: anyGroups,
  buy_logic: anyLogic,
  sell_logic: anyLogic,
})

/** A walk of minutes that begins anywhere, some of them missing. */
const anyCandles: fc.Arbitrary<Candles> = fc
  .record({ seed: fc.nat(100_000), start: fc.nat(20), missing: fc.uniqueArray(fc.nat(399), { maxLength: 30 }) })
  .map(({ seed, start, missing }) => {
    const walk = walkCandles(400, seed)
    const kept = Array.from(walk.ts, (_, i) => i).filter((i) => i >= start && !missing.includes(i))
    return candlesFromRows(
      kept.map((i) => candleAt(walk, i)),
      walk.priceScale,
    )
  })

test('candle by candle rules say what they say of the whole series, saved and restored on the way or not', () => {
  fc.assert(
    fc.property(anyRules, anyCandles, fc.nat(400), (rules, candles, saveAt) => {
      const whole = compileStrategy(rules, '1m', candles)
      let stream = new RuleStream(rules, '1m', candles.priceScale)
      const said = Array.from(candles.ts, (_, i) => {
        if (i === saveAt) {
          const state = JSON.parse(JSON.stringify(stream.save()))
          stream = new RuleStream(rules, '1m', candles.priceScale)
          stream.restore(state)
        }
        return stream.push(candleAt(candles, i))
      })
      expect(said.map(({ buy }) => Number(buy)).join('')).toBe(whole.buy.join(''))
      expect(said.map(({ sell }) => Number(sell)).join('')).toBe(whole.sell.join(''))
    }),
    { numRuns: 150 },
  )
})

/** Another candle of the same time, within the price grid: what it may look like on the way. */
function forming(candle: Candle, seed: number): Candle {
  const close = Math.max(1, candle.close + ((seed % 7) - 3))
  return {
    ...candle,
    close,
    high: Math.max(candle.open, close) + (seed % 3),
    low: Math.max(0.5, Math.min(candle.open, close) - (seed % 2)),
    volume: seed % 50,
  }
}

test('of a forming candle rules say what they say of a series that ends with it, and remember nothing of it', () => {
  fc.assert(
    fc.property(anyRules, anyCandles, fc.uniqueArray(fc.nat(369), { maxLength: 3 }), (rules, candles, peeksAt) => {
      const rows = Array.from(candles.ts, (_, i) => candleAt(candles, i))
      const closed = (n: number, last: Candle[] = []) =>
        candlesFromRows([...rows.slice(0, n), ...last], candles.priceScale)
      const isTrueAt = (condition: Condition, n: number, candle: Candle) => {
        // A higher timeframe has what closed before, the base bar the candle as it is.
        const series = condition.bar ? closed(n) : closed(n, [candle])
        const alone = { buy_groups: [{ logic: 'AND' as const, conditions: [condition] }], sell_groups: [] }
        const { buy } = compileStrategy(alone, '1m', series)
        return buy[buy.length - 1] === 1
      }
      const joined = (values: boolean[], logic: Group['logic'] = 'OR') =>
        logic === 'AND' ? values.length > 0 && values.every(Boolean) : values.some(Boolean)
      const stream = new RuleStream(rules, '1m', candles.priceScale)
      const whole = compileStrategy(rules, '1m', candles)
      for (const [n, row] of rows.entries()) {
        const before = peeksAt.includes(n) ? JSON.stringify(stream.save()) : ''
        for (const seed of peeksAt.includes(n) ? [3 * n, 5 * n + 1] : []) {
          const candle = forming(row, seed)
          const side = (groups: Group[], logic?: Group['logic']) =>
            joined(
              groups.map((group) =>
                joined(
                  group.conditions.map((condition) => isTrueAt(condition, n, candle)),
                  group.logic,
                ),
              ),
              logic,
            )
          expect(stream.peek(candle)).toEqual({
            buy: side(rules.buy_groups, rules.buy_logic),
            sell: side(rules.sell_groups, rules.sell_logic),
          })
        }
        if (peeksAt.includes(n)) expect(JSON.stringify(stream.save())).toBe(before)
        expect(stream.push(row)).toEqual({ buy: whole.buy[n] === 1, sell: whole.sell[n] === 1 })
      }
    }),
    { numRuns: 100 },
  )
}, 120_000)

test('the state of other rules is refused', () => {
  const on = (indicator_type: string, signal_type: string): Rules => ({
    buy_groups: [{ logic: 'AND', conditions: [{ indicator_type, signal_type }] }],
    sell_groups: [],
  })
  const saved = new RuleStream(on('RSI', 'oversold'), '1m', 1).save()
  expect(() => new RuleStream(on('MACD', 'bullish'), '1m', 1).restore(saved)).toThrow(RangeError)
})
