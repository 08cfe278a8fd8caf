import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyScene, inputOf } from '../../testing/backtestScenes.js'
import { type Scene, slowBacktest } from '../../testing/slowBacktest.js'
import { type EngineRun, runEngine } from './engine.js'
import { ledgerDifference } from './integrity.js'
import type { CashKind } from './ledger.js'

/** Run under load, these take longer than a test is given by default. */
const patience = 120_000

function expectClose(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-8 * Math.max(1, Math.abs(expected)))
}

describe('on random markets, signals and settings', () => {
  it(
    'trades as the slow reference does',
    () => {
      fc.assert(
        fc.property(anyScene, (given) => {
          const run = runEngine(inputOf(given))
          const expected = slowBacktest(given)
          const openOf = (row: number) => given.rows[given.parts ? 3 * given.parts[row] : row].ts
          expect(run.trades.map((t) => [t.side, t.entry_ts, t.exit_ts, t.exit_reason])).toEqual(
            expected.trades.map((t) => [t.side, openOf(t.entryRow), openOf(t.exitRow), t.reason]),
          )
          for (const [i, trade] of run.trades.entries()) {
            const { entryPrice, exitPrice, size, pnl, pnlPct, fees, funding } = expected.trades[i]
            const figures = [trade.entry_price, trade.exit_price, trade.size, trade.pnl, trade.pnl_pct]
            for (const [k, figure] of [entryPrice, exitPrice, size, pnl, pnlPct].entries()) {
              expectClose(figures[k], figure)
            }
            expectClose(trade.fees, fees)
            expectClose(trade.funding, funding)
          }
          for (const [i, mark] of expected.equity.entries()) expectClose(run.equity[i], mark)
          expect(Object.fromEntries(run.refusals)).toEqual(expected.refusals)
          expect(run.barsInPosition).toBe(expected.openRows)
        }),
        { numRuns: 3000 },
      )
    },
    patience,
  )

  it(
    'creates no money and loses no more than there is: ledger, trades and equity end alike',
    () => {
      fc.assert(
        fc.property(anyScene, (given) => {
          const run = runEngine(inputOf(given))
          const start = given.costs.start_equity
          const total = (figure: (trade: EngineRun['trades'][number]) => number) =>
            run.trades.reduce((sum, trade) => sum + figure(trade), 0)
          expectClose(ledgerDifference(run, start), 0)
          expectClose(run.equity[run.equity.length - 1], start + total(({ pnl }) => pnl))
          expectClose(
            paid(run, 'fee'),
            total(({ fees }) => -fees),
          )
          expectClose(
            paid(run, 'funding'),
            total(({ funding }) => funding),
          )
          expectClose(paid(run, 'fill'), total(grossProfit(given)))
          for (const mark of run.equity) expect(mark).toBeGreaterThanOrEqual(0)
        }),
        { numRuns: 1000 },
      )
    },
    patience,
  )

  it(
    'does not look ahead: what comes after a bar changes nothing up to it',
    () => {
      const split = fc.tuple(anyScene, anyScene, fc.nat()).map(([given, other, n]) => ({ given, other, n }))
      fc.assert(
        fc.property(split, ({ given, other, n }) => {
          // A whole bar, where rows are parts of one.
          const cut = given.parts ? 3 * (n % (given.rows.length / 3)) + 2 : n % given.rows.length
          const upToCut = (run: EngineRun) => [...run.equity.subarray(0, Math.max(0, cut - given.from + 1))]
          const whole = upToCut(runEngine(inputOf(given)))
          expect(upToCut(runEngine(inputOf(withFuture(given, other, cut))))).toEqual(whole)
          const bars = given.parts ? 3 : 1
          if (cut < given.from + bars) return
          const cutShort = runEngine({ ...inputOf(given), to: cut + 1 })
          const before = cut - given.from + 1 - bars
          expect([...cutShort.equity.subarray(0, before)]).toEqual(whole.slice(0, before))
        }),
        { numRuns: 1000 },
      )
    },
    patience,
  )
})

function paid({ ledger }: EngineRun, kind: CashKind): number {
  return ledger
    .entries()
    .filter((entry) => entry.kind === kind)
    .reduce((sum, entry) => sum + entry.amount, 0)
}

/** Of a trade, by its coins and prices alone. */
function grossProfit({ instType, sizeRules }: Scene): (trade: EngineRun['trades'][number]) => number {
  const coins = instType === 'SWAP' ? (sizeRules?.contractCoins ?? 1) : 1
  return ({ side, size, entry_price, exit_price }) =>
    size * coins * (exit_price - entry_price) * (side === 'long' ? 1 : -1)
}

/** `given` up to row `cut`, and with what `other` has after it. */
function withFuture(given: Scene, other: Scene, cut: number): Scene {
  const mixed = <T>(past: T[], future: T[]) => past.map((value, i) => (i <= cut ? value : (future[i] ?? value)))
  const end = given.rows[cut].ts + given.rowMs
  const rows = mixed(given.rows, other.rows).map((row, i) => ({ ...row, ts: given.rows[i].ts }))
  const payments = [
    ...given.payments.filter(({ ts }) => ts < end),
    ...(given.instType === 'SWAP' ? other.payments.filter(({ ts }) => ts >= end) : []),
  ]
  const finer = given.finer?.filter(({ ts }) => ts < end) ?? null
  return { ...given, rows, buy: mixed(given.buy, other.buy), sell: mixed(given.sell, other.sell), payments, finer }
}
