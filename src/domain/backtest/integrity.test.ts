import { describe, expect, it } from 'vitest'
import { minute, type Ohlc, still, toInput } from '../../testing/engineCase.js'
import { strategyWith } from '../../testing/strategyFixture.js'
import { type Candles, candlesFromRows } from '../candles.js'
import type { Strategy } from '../strategy/schema.js'
import { type EngineInput, runEngine } from './engine.js'
import { checkIntegrity, ledgerDifference, signalsKeepOnPrefixes } from './integrity.js'
import { Ledger } from './ledger.js'

const rising: Ohlc[] = Array.from({ length: 20 }, (_, i) => [100 + i, 101 + i, 99 + i, 100 + i])

const strategy = strategyWith({
  bar: '1m',
  rules: {
    buy_groups: [
      {
        logic: 'AND',
        conditions: [{ side: 'buy', indicator_type: 'MA', signal_type: 'price_above', params: { period: 2 } }],
      },
    ],
    sell_groups: [],
  },
})

const check = (input: EngineInput, changes: Partial<Strategy> = {}) => {
  const { candles, costs, sizeRules, buy, sell, from, to } = input
  const plan = { from, to, buy, sell, input, partsOf: (bars: number) => bars, marksOf: () => new Float64Array(0) }
  const request = { candles, costs, sizeRules, fundingRates: { ts: [], rate: [] }, detail: null }
  return checkIntegrity({ ...strategy, ...changes }, '1m', request, plan, runEngine(input))
}
const integrityOf = (given: Parameters<typeof toInput>[0], changes?: Partial<Strategy>) =>
  check(toInput(given), changes)
const afterFirst = rising.map((_, i) => i).slice(1)

describe('integrity', () => {
  it('accepts columns that are what the rules say', () => {
    expect(integrityOf({ market: rising, buy: afterFirst, trades: [] }).look_ahead_ok).toBe(true)
  })

  it('sees columns that the rules do not give', () => {
    expect(integrityOf({ market: rising, buy: [0, ...afterFirst], trades: [] }).look_ahead_ok).toBe(false)
  })

  it('counts the bars before the window against those wanted', () => {
    const integrity = integrityOf({ market: rising, buy: afterFirst, from: 5, trades: [] })
    expect(integrity.warm_up).toEqual({ bars: 5, wanted: 300, ok: false })
  })

  it('is content with enough warm-up', () => {
    const market = Array.from({ length: 310 }, () => still)
    expect(integrityOf({ market, from: 300, trades: [] }).warm_up.ok).toBe(true)
    expect(integrityOf({ market, from: 299, trades: [] }).warm_up.ok).toBe(false)
  })

  it('counts the candles that are missing', () => {
    const input = toInput({ market: rising, trades: [] })
    for (let i = 5; i < 20; i++) input.candles.ts[i] += 3 * minute
    for (let i = 9; i < 20; i++) input.candles.ts[i] += minute
    expect(check(input).gaps).toEqual({
      missing_bars: 4,
      ok: false,
      first: { fromTs: 5 * minute, toTs: 8 * minute, missing: 3 },
    })
    expect(integrityOf({ market: rising, trades: [] }).gaps).toEqual({ missing_bars: 0, ok: true, first: null })
  })

  it('runs each half of the window by itself', () => {
    const market = [still, still, still, [110, 110, 110, 110], still, still, [90, 90, 90, 90]] as Ohlc[]
    const integrity = integrityOf({ market, from: 1, buy: [1, 4, 5], sell: [], trades: [] })
    expect(integrity.in_sample).toEqual({ return_pct: expect.closeTo(10, 9), trades: 1 })
    expect(integrity.out_of_sample).toEqual({ return_pct: expect.closeTo(-10, 9), trades: 1 })
  })

  it('has an empty first half in a window of one bar', () => {
    const integrity = integrityOf({ market: [still], trades: [] })
    expect(integrity.in_sample).toEqual({ return_pct: 0, trades: 0 })
    expect(integrity.out_of_sample).toEqual({ return_pct: 0, trades: 0 })
  })

  it('runs again with twice the slippage, and with two basis points in place of none', () => {
    const given = { market: [still, still, still, still], buy: [0], trades: [] }
    const doubled = integrityOf({ ...given, costs: { slippage_bps: 50 } }).doubled_slippage
    expect(doubled).toEqual({ slippage_bps: 100, return_pct: expect.closeTo((0.99 / 1.01 - 1) * 100, 9) })
    const none = integrityOf(given).doubled_slippage
    expect(none).toEqual({ slippage_bps: 2, return_pct: expect.closeTo((0.9998 / 1.0002 - 1) * 100, 9) })
  })

  it('wants thirty trades', () => {
    const market = Array.from({ length: 61 }, () => still)
    const everyOther = market.map((_, i) => i).filter((i) => i % 2 === 0)
    const risk = { max_hold_bars: 1 }
    expect(integrityOf({ market, buy: everyOther, risk, trades: [] }).enough_trades).toBe(true)
    expect(integrityOf({ market, buy: everyOther.slice(1), risk, trades: [] }).enough_trades).toBe(false)
  })

  it('tells which entries could not be ordered', () => {
    const given = {
      market: [still, still, still, still],
      buy: [0, 1],
      sizing: { type: 'quote' as const, value: 5000 },
      trades: [],
    }
    expect(integrityOf(given).refused_entries).toEqual([{ reason: 'more_than_equity', count: 2 }])
  })

  it('tells that a strategy of ticks was run on closes', () => {
    expect(integrityOf({ market: rising, trades: [] }).tick_on_closes).toBe(false)
    expect(integrityOf({ market: rising, trades: [] }, { evaluate_on: 'tick' }).tick_on_closes).toBe(true)
  })
})

describe('the ledger', () => {
  const run = runEngine(toInput({ market: rising, buy: [0], costs: { fee_rate: 0.001 }, trades: [] }))

  it('agrees with the trades', () => {
    expect(Math.abs(ledgerDifference(run, 1000))).toBeLessThan(1e-9)
  })

  it('shows money that was created', () => {
    const ledger = new Ledger()
    for (const { ts, kind, amount } of run.ledger.entries()) if (kind === 'fill') ledger.add(ts, kind, amount)
    expect(ledgerDifference({ ...run, ledger }, 1000)).toBeCloseTo(run.trades[0].fees, 9)
  })
})

describe('the look-ahead check', () => {
  const closes = Array.from({ length: 400 }, (_, i) => 100 + 10 * Math.sin(i / 7) + 3 * Math.sin(i))
  const candles = candlesFromRows(
    closes.map((close, i) => ({ ts: i * minute, open: close, high: close, low: close, close, volume: 1 })),
    null,
  )
  type Rule = (close: Float64Array, i: number) => boolean
  const compileWith = (buy: Rule, sell: Rule) => (prefix: Candles) => {
    const column = (rule: Rule) => Uint8Array.from(prefix.close, (_, i) => (rule(prefix.close, i) ? 1 : 0))
    return { buy: column(buy), sell: column(sell) }
  }
  const isHigh = (close: Float64Array, i: number, after: number) =>
    i >= 3 && i + after < close.length && close.subarray(i - 3, i + after + 1).every((value) => value <= close[i])
  const never: Rule = () => false
  const fresh: Rule = (close, i) => isHigh(close, i, 0)
  const centred: Rule = (close, i) => isHigh(close, i, 3)
  const repainted: Rule = (close, i) => fresh(close, i) && !(close[i + 1] > close[i])
  const ofAll: Rule = (close, i) => close[i] > close.reduce((a, b) => a + b) / close.length

  it.each<[string, Rule, Rule, boolean]>([
    ['passes a rule of the past', fresh, never, true],
    ['passes a rule that never fires', never, never, true],
    ['catches a pivot that knows what follows', centred, never, false],
    ['catches it on the sell side', never, centred, false],
    ['catches a signal that is taken back', repainted, never, false],
    ['catches a mean over everything', ofAll, never, false],
  ])('%s', (_name, buy, sell, expected) => {
    const compile = compileWith(buy, sell)
    expect(signalsKeepOnPrefixes({ candles, ...compile(candles) }, 400, compile)).toBe(expected)
  })

  it('catches one beyond the even probes, where signals begin to fire', () => {
    const compile = compileWith(centred, never)
    expect(signalsKeepOnPrefixes({ candles, ...compile(candles) }, 1, compile)).toBe(false)
  })
})
