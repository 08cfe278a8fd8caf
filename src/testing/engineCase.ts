import { expect } from 'vitest'
import { Detail } from '../domain/backtest/detail.js'
import { type EngineInput, runEngine } from '../domain/backtest/engine.js'
import type { FundingPayment } from '../domain/backtest/funding.js'
import type { Costs, ExitReason, Trade } from '../domain/backtest/result.js'
import { type Candles, candlesFromRows } from '../domain/candles.js'
import type { InstType } from '../domain/instrument.js'
import type { Risk, Sizing, Strategy } from '../domain/strategy/schema.js'
import type { RefusalReason, SizeRules } from '../domain/trading/toOrder.js'
import { noRisk } from './strategyFixture.js'

export type Ohlc = [open: number, high: number, low: number, close: number]
export type ExpectedTrade = [
  entryBar: number,
  entryPrice: number,
  exitBar: number,
  exitPrice: number,
  reason: ExitReason,
]

/** A small market made by hand, what the rules say on it, and what must come of it. */
export interface EngineCase {
  market: Ohlc[]
  /** Bars at which the rules say so. */
  buy?: number[]
  sell?: number[]
  risk?: Partial<Risk>
  costs?: Partial<Costs>
  sizing?: Sizing
  sizeRules?: SizeRules
  /** Spot and long unless given. */
  instType?: InstType
  direction?: Strategy['direction']
  leverage?: number
  marginMode?: Strategy['margin_mode']
  funding?: FundingPayment[]
  /** Finer candles, three to a bar; null where one is missing. */
  detail?: (Ohlc | null)[]
  from?: number
  trades: ExpectedTrade[]
  /** Marks at the closes; a start of 1000 buys ten at 100. */
  equity?: number[]
  /** More of each trade. */
  each?: Partial<Trade>[]
  /** Entries that could not be ordered, by reason. */
  refusals?: Partial<Record<RefusalReason, number>>
}

export const minute = 60_000
export const still: Ohlc = [100, 100, 100, 100]
export const every = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]

export function toCandles(market: (Ohlc | null)[], intervalMs = minute): Candles {
  const rows = market.flatMap((ohlc, i) => {
    if (ohlc === null) return []
    const [open, high, low, close] = ohlc
    return [{ ts: i * intervalMs, open, high, low, close, volume: 0 }]
  })
  return candlesFromRows(rows, null)
}

export function toInput(given: EngineCase): EngineInput {
  const column = (bars: number[] = []) => Uint8Array.from(given.market, (_, i) => (bars.includes(i) ? 1 : 0))
  return {
    candles: toCandles(given.market),
    buy: column(given.buy),
    sell: column(given.sell),
    from: given.from ?? 0,
    to: given.market.length,
    costs: { start_equity: 1000, fee_rate: 0, slippage_bps: 0, fill: 'next_open', exact_sizes: true, ...given.costs },
    instType: given.instType ?? 'SPOT',
    terms: {
      direction: given.direction ?? 'long',
      sizing: given.sizing ?? { type: 'percent', value: 100 },
      risk: { ...noRisk, ...given.risk },
      leverage: given.leverage ?? 1,
      margin_mode: given.marginMode ?? 'isolated',
    },
    sizeRules: given.sizeRules ?? null,
    funding: given.funding ?? [],
    detail: given.detail ? new Detail(toCandles(given.detail, minute / 3), minute, minute / 3) : null,
  }
}

/** Runs the case and holds trades and marks against what it expects. */
export function expectCase(given: EngineCase): void {
  const run = runEngine(toInput(given))
  const bars = run.trades.map((trade) => [trade.entry_ts / minute, trade.exit_ts / minute, trade.exit_reason])
  expect(bars).toEqual(given.trades.map(([entryBar, , exitBar, , reason]) => [entryBar, exitBar, reason]))
  given.trades.forEach(([, entryPrice, , exitPrice], i) => {
    expect(run.trades[i].entry_price).toBeCloseTo(entryPrice, 9)
    expect(run.trades[i].exit_price).toBeCloseTo(exitPrice, 9)
  })
  expect(run.equity.length).toBe(given.market.length - (given.from ?? 0))
  for (const [i, mark] of (given.equity ?? []).entries()) expect(run.equity[i]).toBeCloseTo(mark, 9)
  expect(run.trades).toMatchObject((given.each ?? run.trades).map(nearly))
  expect(Object.fromEntries(run.refusals)).toMatchObject(given.refusals ?? {})
}

function nearly(trade: Partial<Trade>): object {
  return Object.fromEntries(
    Object.entries(trade).map(([key, value]) => [key, typeof value === 'number' ? expect.closeTo(value, 9) : value]),
  )
}
