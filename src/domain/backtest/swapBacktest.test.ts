import { describe, expect, it } from 'vitest'
import { noRisk, strategyWith } from '../../testing/strategyFixture.js'
import { candlesFromRows } from '../candles.js'
import { resampleCandles } from '../resample.js'
import type { SizeRules } from '../trading/toOrder.js'
import { backtest } from './backtest.js'
import type { BacktestRequest } from './planBacktest.js'

const hour = 3_600_000
const start = Date.UTC(2024, 0, 1)

/** A price that swings between 90 and 110 every 80 minutes. */
const minutes = candlesFromRows(
  Array.from({ length: 48 * 60 }, (_, i) => {
    const price = (k: number) => Math.round(1000 + 100 * Math.sin((2 * Math.PI * k) / 80)) / 10
    const [open, close] = [price(i - 1), price(i)]
    const [high, low] = [Math.max(open, close), Math.min(open, close)]
    return { ts: start + (i * hour) / 60, open, high, low, close, volume: 1 }
  }),
)
const fives = resampleCandles(minutes, '1m', '5m')
const condition = (signal_type: string) => ({
  logic: 'AND' as const,
  conditions: [{ indicator_type: 'MA', signal_type, params: { fast: 2, slow: 5 } }],
})
const strategy = strategyWith({
  inst_id: 'BTC-USDT-SWAP',
  bar: '5m',
  direction: 'both',
  leverage: 3,
  margin_mode: 'isolated',
  risk: noRisk,
  rules: { buy_groups: [condition('golden_cross')], sell_groups: [condition('death_cross')] },
})
const sizeRules: SizeRules = {
  minSz: 0.01,
  lotSz: 0.01,
  contractCoins: 0.1,
  tiers: [{ maxSz: 1e6, mmr: 0.004, maxLever: 100 }],
}
const request: BacktestRequest = {
  strategy,
  version: 1,
  instId: 'BTC-USDT-SWAP',
  bar: '5m',
  source: 'simulated',
  candles: fives,
  fromTs: start,
  costs: { start_equity: 10_000, fee_rate: 0.0005, slippage_bps: 0, fill: 'next_open', exact_sizes: true },
  sizeRules,
  fundingRates: {
    ts: [0, 8, 16, 24, 32, 40].map((at) => start + at * hour),
    rate: [0.0001, -0.0002, 0, 0.0003, 0, 0.0001],
  },
  detail: null,
}
const run = (changes: Partial<BacktestRequest> = {}) => backtest({ ...request, ...changes }).result

describe('the result of a swap', () => {
  it('says how it was traded, and in which unit its sizes are', () => {
    const { trades, ...result } = run()
    expect(result).toMatchObject({
      evaluate_on: 'close',
      direction: 'both',
      leverage: 3,
      margin_mode: 'isolated',
      contract_coins: 0.1,
      detail_bar: null,
    })
    expect(new Set(trades.map(({ side }) => side))).toEqual(new Set(['long', 'short']))
    const [first] = trades
    // Contracts for all equity at 3x, fee included, at the close before.
    expect((first.size * 0.1 * first.entry_price) / 30_000).toBeCloseTo(1 / (1 + 3 * 0.0005), 2)
  })

  it('has sizes in coins where the rules are not known, and parts of contracts where they shall not be exact', () => {
    const [exact] = run().trades
    const unknown = run({ sizeRules: null })
    expect(unknown.contract_coins).toBeNull()
    expect(unknown.trades[0].size).toBeCloseTo(exact.size * 0.1, 2)
    const fractional = run({ costs: { ...request.costs, exact_sizes: false } })
    expect(fractional.contract_coins).toBe(0.1)
    expect(fractional.trades[0].size).toBeCloseTo(unknown.trades[0].size / 0.1, 9)
    expect(fractional.trades[0].size).toBeGreaterThan(exact.size)
  })

  it('of spot has neither margin nor contracts', () => {
    const spot = strategyWith({ ...strategy, inst_id: 'BTC-USDT', direction: 'long', leverage: 1 })
    expect(run({ strategy: spot, instId: 'BTC-USDT' })).toMatchObject({
      direction: 'long',
      leverage: 1,
      margin_mode: null,
      contract_coins: null,
      integrity: { assumed: { size_rules: false, tiers: false, funding_payments: 0 } },
    })
  })
})

describe('what was assumed of a swap', () => {
  const assumed = (changes: Partial<BacktestRequest>) => run(changes).integrity.assumed

  it('is nothing where all is known', () => {
    expect(assumed({})).toEqual({ size_rules: false, tiers: false, funding_payments: 0 })
  })

  it.each<[string, Partial<BacktestRequest>, object]>([
    ['rules', { sizeRules: null }, { size_rules: true, tiers: true }],
    ['tiers', { sizeRules: { ...sizeRules, tiers: [] } }, { size_rules: false, tiers: true }],
    [
      'sizes that shall not be exact',
      { costs: { ...request.costs, exact_sizes: false } },
      { size_rules: true, tiers: false },
    ],
  ])('is told of its %s', (_what, changes, expected) => {
    expect(assumed(changes)).toEqual({ funding_payments: 0, ...expected })
  })

  it('counts the funding payments', () => {
    expect(assumed({ fundingRates: { ts: [], rate: [] } }).funding_payments).toBe(6)
    const { ts, rate } = request.fundingRates
    const withoutSome = { ts: [...ts.slice(1, 3), ts[5]], rate: [...rate.slice(1, 3), rate[5]] }
    expect(assumed({ fundingRates: withoutSome }).funding_payments).toBe(3)
  })
})

describe('finer candles', () => {
  const detail = { bar: '1m', candles: minutes } as const
  const without = (from: number, to: number) => ({
    bar: '1m' as const,
    candles: candlesFromRows(
      Array.from(minutes.ts, (ts, i) => ({
        ts,
        open: minutes.open[i],
        high: minutes.high[i],
        low: minutes.low[i],
        close: minutes.close[i],
        volume: 1,
      })).filter((_, i) => i < from || i >= to),
    ),
  })

  it('are named, and the bars that lack them are counted', () => {
    expect(run({ detail })).toMatchObject({ detail_bar: '1m', integrity: { bars_without_detail: 0 } })
    expect(run({ detail: without(7, 13) }).integrity.bars_without_detail).toBe(2)
    expect(run().integrity.bars_without_detail).toBe(0)
  })

  it('let a strategy of ticks decide within bars; without them it decides at closes, which a flag tells', () => {
    const ticking = { ...strategy, evaluate_on: 'tick' as const }
    const fine = run({ strategy: ticking, detail })
    expect(fine).toMatchObject({ evaluate_on: 'tick', integrity: { tick_on_closes: false } })
    const coarse = run({ strategy: ticking })
    expect(coarse.integrity.tick_on_closes).toBe(true)
    expect(coarse.trades).toEqual(run().trades)
    expect(fine.trades).not.toEqual(coarse.trades)
  })
})
