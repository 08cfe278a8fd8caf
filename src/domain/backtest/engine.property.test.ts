import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Candle, candlesFromRows } from '../candles.js'
import type { Risk, Sizing } from '../strategy/schema.js'
import { type EngineInput, type EngineRun, runEngine } from './engine.js'
import { ledgerDifference } from './integrity.js'
import { type Costs, type ExitReason, fills } from './result.js'

const minute = 60_000

interface Scene {
  rows: Candle[]
  buy: boolean[]
  sell: boolean[]
  from: number
  costs: Costs
  sizing: Sizing
  risk: Risk
}

/** Few whole prices, so that stops, targets, opens and extremes often meet exactly. */
const bar = fc.record({
  gap: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: -15, max: 15 }) }),
  body: fc.integer({ min: -6, max: 6 }),
  up: fc.integer({ min: 0, max: 12 }),
  down: fc.integer({ min: 0, max: 12 }),
  buy: fc.integer({ min: 0, max: 2 }).map((n) => n === 0),
  sell: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
})

const scene: fc.Arbitrary<Scene> = fc
  .record({
    bars: fc.array(bar, { minLength: 1, maxLength: 60 }),
    from: fc.integer({ min: 0, max: 5 }),
    costs: fc.record({
      start_equity: fc.constantFrom(1000, 12_345.67),
      fee_rate: fc.constantFrom(0, 0.001, 0.02),
      slippage_bps: fc.constantFrom(0, 0, 5, 300),
      fill: fc.constantFrom(...fills),
      exact_sizes: fc.boolean(),
    }),
    sizing: fc.oneof(
      fc.record({ type: fc.constant('percent' as const), value: fc.constantFrom(100, 100, 33, 7.5) }),
      fc.record({ type: fc.constant('quote' as const), value: fc.constantFrom(100, 990) }),
      fc.record({ type: fc.constant('risk' as const), value: fc.constantFrom(0.5, 2) }),
    ),
    risk: fc.record({
      stop_loss_pct: fc.constantFrom(null, 1, 5, 10),
      take_profit_pct: fc.constantFrom(null, 2, 5, 10, 20),
      trailing_stop_pct: fc.constantFrom(null, 1, 5, 8),
      max_hold_bars: fc.constantFrom(null, null, 1, 2, 5),
      cooldown_bars: fc.constantFrom(0, 0, 1, 3),
    }),
  })
  .map(({ bars, from, ...settings }) => {
    let last = 100
    const rows = bars.map(({ gap, body, up, down }, i) => {
      const open = Math.max(20, last + gap)
      const close = Math.max(20, open + body)
      last = close
      const low = Math.max(10, Math.min(open, close) - down)
      return { ts: i * minute, open, high: Math.max(open, close) + up, low, close, volume: 1 }
    })
    return {
      ...settings,
      rows,
      buy: bars.map((b) => b.buy),
      sell: bars.map((b) => b.sell),
      from: Math.min(from, rows.length - 1),
    }
  })

function inputOf({ rows, buy, sell, from, costs, sizing, risk }: Scene): EngineInput {
  const column = (signals: boolean[]) => Uint8Array.from(signals, Number)
  const candles = candlesFromRows(rows)
  return {
    candles,
    buy: column(buy),
    sell: column(sell),
    from,
    to: rows.length,
    costs,
    instType: 'SPOT',
    terms: { direction: 'long', sizing, risk, leverage: 1, margin_mode: 'cross' },
    sizeRules: null,
    funding: [],
    detail: null,
  }
}

interface SlowTrade {
  entryBar: number
  entryPrice: number
  spent: number
  exitBar: number
  exitPrice: number
  reason: ExitReason
}

/**
 * STRATEGY.md section 4 read line by line: finds one trade after the other by searching forward from its entry, and
 * takes each level afresh from the bars it depends on. Shares no code with the engine.
 */
function slowTrades({ rows, buy, sell, from, costs, sizing, risk }: Scene): SlowTrade[] {
  const last = rows.length - 1
  const mid = (i: number) => (rows[i].high + rows[i].low) / 2
  const fillOf = (decided: number): { bar: number; price: number } =>
    costs.fill === 'close'
      ? { bar: decided, price: rows[decided].close }
      : { bar: decided + 1, price: costs.fill === 'next_open' ? rows[decided + 1].open : mid(decided + 1) }
  const trades: SlowTrade[] = []
  let equity = costs.start_equity
  let decided = from
  while (decided < last) {
    const before = trades.at(-1)
    const coolingDown =
      before !== undefined && risk.cooldown_bars > 0 && decided <= before.exitBar + risk.cooldown_bars - 1
    const spent = slowSpend(sizing, risk, equity, costs.fee_rate)
    if (!buy[decided] || sell[decided] || coolingDown || spent === null || spent > equity * (1 + 1e-12)) {
      decided++
      continue
    }
    const entry = fillOf(decided)
    if (entry.bar === last) break
    const trade = { entryBar: entry.bar, entryPrice: entry.price * (1 + costs.slippage_bps / 1e4), spent }
    const exit = slowExit(trade.entryBar, trade.entryPrice)
    trades.push({ ...trade, ...exit, exitPrice: exit.exitPrice * (1 - costs.slippage_bps / 1e4) })
    const coins = (spent / trade.entryPrice) * (1 - costs.fee_rate)
    equity += coins * trades[trades.length - 1].exitPrice * (1 - costs.fee_rate) - spent
    const decidedAtExitClose = costs.fill === 'close' && (exit.reason === 'signal' || exit.reason === 'max_hold')
    decided = decidedAtExitClose ? exit.exitBar + 1 : exit.exitBar
  }
  return trades

  function slowExit(entryBar: number, entryPrice: number): Pick<SlowTrade, 'exitBar' | 'exitPrice' | 'reason'> {
    const firstCounted = costs.fill === 'next_open' ? entryBar : entryBar + 1
    const firstDecision = costs.fill === 'close' ? entryBar + 1 : entryBar
    for (let i = entryBar; i <= last; i++) {
      if (i >= firstCounted) {
        const { open, high, low } = rows[i]
        const best = Math.max(entryPrice, ...rows.slice(firstCounted, i).map((row) => row.high))
        // Compared a hundredfold, so that whole prices and percents meet exactly.
        const fixed100 = risk.stop_loss_pct === null ? null : entryPrice * (100 - risk.stop_loss_pct)
        const trail100 = risk.trailing_stop_pct === null ? null : best * (100 - risk.trailing_stop_pct)
        const trails = trail100 !== null && (fixed100 === null || trail100 > fixed100)
        const stop100 = trails ? trail100 : fixed100
        const target100 = risk.take_profit_pct === null ? null : entryPrice * (100 + risk.take_profit_pct)
        const stopReason = trails ? 'trailing_stop' : 'stop_loss'
        const at = (exitPrice: number, reason: ExitReason) => ({ exitBar: i, exitPrice, reason })
        if (stop100 !== null && open * 100 <= stop100) return at(open, stopReason)
        if (target100 !== null && open * 100 >= target100) return at(open, 'take_profit')
        if (stop100 !== null && low * 100 <= stop100) return at(stop100 / 100, stopReason)
        if (target100 !== null && high * 100 >= target100) return at(target100 / 100, 'take_profit')
      }
      if (i < firstDecision) continue
      const holdsEnough = risk.max_hold_bars !== null && i >= entryBar + risk.max_hold_bars - 1
      if (!sell[i] && !holdsEnough) continue
      if (costs.fill !== 'close' && i === last) continue
      const { bar, price } = fillOf(i)
      return { exitBar: bar, exitPrice: price, reason: sell[i] ? 'signal' : 'max_hold' }
    }
    return { exitBar: last, exitPrice: rows[last].close, reason: 'end_of_data' }
  }
}

function slowSpend(sizing: Sizing, risk: Risk, equity: number, feeRate: number): number | null {
  if (sizing.type === 'percent') return (equity * sizing.value) / 100
  if (sizing.type === 'quote') return sizing.value
  const stops = [risk.stop_loss_pct, risk.trailing_stop_pct].filter((pct) => pct !== null)
  if (stops.length === 0) return null
  const kept = (1 - feeRate) * (1 - Math.min(...stops) / 100) * (1 - feeRate)
  return Math.min(equity, ((equity / 100) * sizing.value) / (1 - kept))
}

/** Marks by replaying the trades at every close. */
function slowEquity({ rows, from, costs }: Scene, trades: SlowTrade[]): number[] {
  return rows.slice(from).map((row, n) => {
    const i = from + n
    return trades.reduce((equity, trade) => {
      if (trade.entryBar > i) return equity
      const coins = (trade.spent / trade.entryPrice) * (1 - costs.fee_rate)
      const worth = trade.exitBar <= i ? coins * trade.exitPrice * (1 - costs.fee_rate) : coins * row.close
      return equity + worth - trade.spent
    }, costs.start_equity)
  })
}

function expectClose(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)))
}

describe('on random markets, signals and settings', () => {
  it('trades as the slow reference does', () => {
    fc.assert(
      fc.property(scene, (given) => {
        const run = runEngine(inputOf(given))
        const expected = slowTrades(given)
        expect(run.trades.map((t) => [t.entry_ts / minute, t.exit_ts / minute, t.exit_reason])).toEqual(
          expected.map((t) => [t.entryBar, t.exitBar, t.reason]),
        )
        expected.forEach((trade, i) => {
          expectClose(run.trades[i].entry_price, trade.entryPrice)
          expectClose(run.trades[i].exit_price, trade.exitPrice)
        })
        slowEquity(given, expected).forEach((mark, i) => {
          expectClose(run.equity[i], mark)
        })
      }),
      { numRuns: 3000 },
    )
  })

  it('creates no money: ledger, trades and equity end alike', () => {
    fc.assert(
      fc.property(scene, (given) => {
        const run = runEngine(inputOf(given))
        const start = given.costs.start_equity
        expectClose(ledgerDifference(run, start), 0)
        expectClose(
          run.equity[run.equity.length - 1],
          run.trades.reduce((sum, trade) => sum + trade.pnl, start),
        )
        expectClose(paid(run, 'fee'), -run.trades.reduce((sum, trade) => sum + trade.fees, 0))
        expectClose(
          paid(run, 'fill'),
          run.trades.reduce((sum, trade) => sum + trade.size * (trade.exit_price - trade.entry_price), 0),
        )
      }),
      { numRuns: 1000 },
    )
  })

  it('does not look ahead: what comes after a bar changes nothing up to it', () => {
    const split = fc
      .tuple(scene, scene, fc.nat())
      .map(([given, other, n]) => ({ given, other, cut: n % given.rows.length }))
    fc.assert(
      fc.property(split, ({ given, other, cut }) => {
        const past = <T>(a: T[], b: T[]) => a.map((value, i) => (i <= cut ? value : (b[i] ?? value)))
        const changed: Scene = {
          ...given,
          rows: past(given.rows, other.rows),
          buy: past(given.buy, other.buy),
          sell: past(given.sell, other.sell),
        }
        const upToCut = (run: EngineRun) => [...run.equity.subarray(0, Math.max(0, cut - given.from + 1))]
        const whole = upToCut(runEngine(inputOf(given)))
        expect(upToCut(runEngine(inputOf(changed)))).toEqual(whole)
        if (cut > given.from) {
          const cutShort = runEngine({ ...inputOf(given), to: cut + 1 })
          expect([...cutShort.equity.subarray(0, cut - given.from)]).toEqual(whole.slice(0, -1))
        }
      }),
      { numRuns: 1000 },
    )
  })
})

function paid({ ledger }: EngineRun, kind: 'fill' | 'fee'): number {
  return ledger.filter((entry) => entry.kind === kind).reduce((sum, entry) => sum + entry.amount, 0)
}
