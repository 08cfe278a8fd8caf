import fc from 'fast-check'
import { expect, it } from 'vitest'
import { walkCandles } from '../../testing/candleSeries.js'
import { slowStats } from '../../testing/slowStats.js'
import { noRisk, strategyWith } from '../../testing/strategyFixture.js'
import { type Bar, firstOpenFrom, intervalMs } from '../bars.js'
import { type Candles, sliceCandles } from '../candles.js'
import type { Group } from '../strategy/schema.js'
import { backtest } from './backtest.js'
import type { Stats } from './result.js'

const start = Date.UTC(2023, 0, 20)
const warmUp = 20

const when = (signal_type: string): Group[] => [
  { logic: 'AND', conditions: [{ indicator_type: 'MA', signal_type, params: { period: 5 } }] },
]

const anyRun = fc.record({
  bar: fc.constantFrom<Bar>('1H', '4H', '6H', '12H', '12Hutc', '1D', '1Dutc'),
  length: fc.integer({ min: warmUp + 2, max: 700 }),
  seed: fc.nat(1_000_000),
  market: fc.constantFrom(
    { instId: 'BTC-USDT', direction: 'long' as const, leverage: 1 },
    { instId: 'BTC-USDT-SWAP', direction: 'long' as const, leverage: 3 },
    { instId: 'BTC-USDT-SWAP', direction: 'short' as const, leverage: 1 },
    { instId: 'BTC-USDT-SWAP', direction: 'both' as const, leverage: 2 },
    { instId: 'BTC-USDT-SWAP', direction: 'both' as const, leverage: 60 },
  ),
  margin_mode: fc.constantFrom('cross' as const, 'isolated' as const),
  sizing: fc.constantFrom({ type: 'percent' as const, value: 100 }, { type: 'quote' as const, value: 900 }),
  risk: fc.record({
    stop_loss_pct: fc.constantFrom(null, 1, 2),
    take_profit_pct: fc.constantFrom(null, 1, 3),
    trailing_stop_pct: fc.constantFrom(null, 2),
    max_hold_bars: fc.constantFrom(null, 4),
    cooldown_bars: fc.constantFrom(0, 3),
  }),
  fee_rate: fc.constantFrom(0, 0.0005),
  contractCoins: fc.constantFrom(null, 0.01),
})

/** The walk's minutes as bars of another length, from the first of them that opens after the start. */
function barsOf(bar: Bar, length: number, seed: number): Candles {
  const walk = walkCandles(length, seed)
  const first = firstOpenFrom(bar, start)
  return { ...walk, ts: walk.ts.map((_, i) => first + i * intervalMs(bar)) }
}

it('agrees with figures computed again from the listed trades and equity', () => {
  fc.assert(
    fc.property(anyRun, ({ bar, length, seed, market, contractCoins, fee_rate, ...terms }) => {
      const { instId, ...kind } = market
      const candles = barsOf(bar, length, seed)
      const isSpot = instId === 'BTC-USDT'
      const rules = { buy_groups: when('price_cross_up'), sell_groups: when('price_cross_down') }
      const { result } = backtest({
        strategy: strategyWith({ ...kind, ...terms, risk: { ...noRisk, ...terms.risk }, inst_id: instId, bar, rules }),
        version: 1,
        instId,
        bar,
        source: 'simulated',
        candles,
        fromTs: candles.ts[warmUp],
        costs: { start_equity: 1000, fee_rate, slippage_bps: 1, fill: 'next_open', exact_sizes: true },
        sizeRules: contractCoins === null ? null : { minSz: 0.1, lotSz: 0.1, contractCoins, tiers: [] },
        fundingRates: { ts: [], rate: [] },
        detail: null,
        withEquity: true,
      })
      const size = { isSpot, contractCoins: isSpot ? 1 : (contractCoins ?? 1) }
      const window = sliceCandles(candles, warmUp, length)
      const expected = slowStats({ ...result, equity: result.equity ?? [] }, window, intervalMs(bar), size)
      expect(result.stats).toMatchObject(nearly(expected))
      expectDrawdown(result.stats, result.equity ?? [])
    }),
    { numRuns: 250 },
  )
}, 120_000)

/** Its times are of a high, the trough that lies as deep as is claimed, and the first mark that is up again. */
function expectDrawdown(stats: Stats, equity: { ts: number; equity: number }[]): void {
  const { drawdown_start_ts, drawdown_trough_ts, drawdown_recovery_ts, max_drawdown_pct, max_drawdown_days } = stats
  if (max_drawdown_pct === 0) {
    expect([drawdown_start_ts, drawdown_trough_ts, drawdown_recovery_ts, max_drawdown_days]).toEqual([
      null,
      null,
      null,
      0,
    ])
    return
  }
  const at = (ts: number | null) => equity.findIndex((mark) => mark.ts === ts)
  const marks = equity.map((mark) => mark.equity)
  const [from, trough, recovery] = [at(drawdown_start_ts), at(drawdown_trough_ts), at(drawdown_recovery_ts)]
  const before = [stats.start_equity, ...marks.slice(0, trough)]
  const high = Math.max(...before)
  expect(100 * (1 - marks[trough] / high)).toBeCloseTo(max_drawdown_pct, 9)
  // The start equity stands at the first bar's open.
  expect([marks[from], ...(from === 0 ? [stats.start_equity] : [])]).toContain(high)
  const below = marks.slice(trough, recovery < 0 ? undefined : recovery)
  expect(Math.max(...below)).toBeLessThan(high)
  if (recovery >= 0) expect(marks[recovery]).toBeGreaterThanOrEqual(high)
  const end = recovery < 0 ? equity.length - 1 : recovery
  expect(max_drawdown_days).toBeCloseTo((equity[end].ts - equity[from].ts) / 86_400_000, 9)
}

function nearly(value: object): object {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, nearTo(inner)]))
}

function nearTo(value: unknown): unknown {
  if (typeof value === 'number') return expect.closeTo(value, decimalsOf(value))
  if (Array.isArray(value)) return value.map(nearTo)
  return typeof value === 'object' && value !== null ? nearly(value) : value
}

/** As many as a float of this size is good for after some hundred operations, six at the most. */
function decimalsOf(value: number): number {
  return Math.min(6, 11 - Math.ceil(Math.log10(Math.abs(value) + 1)))
}
