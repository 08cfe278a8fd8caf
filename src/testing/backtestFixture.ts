import { backtest } from '../domain/backtest/backtest.js'
import type { BacktestResult, Integrity, Stats, Trade } from '../domain/backtest/result.js'
import { type Candles, candlesFromRows } from '../domain/candles.js'
import type { BacktestReport } from '../services/backtests.js'
import { noRisk, strategyWith } from './strategyFixture.js'

const hourMs = 3_600_000

/** Candles of a seesaw, an hour each, which a crossing of averages trades on every turn. */
export const seesaw: Candles = candlesFromRows(
  Array.from({ length: 900 }, (_, i) => {
    const close = 50_000 + Math.round(20_000 * Math.sin(i / 12)) / 10
    return { ts: Date.UTC(2024, 0, 1) + i * hourMs, open: close, high: close, low: close, close, volume: 1 }
  }),
)

const cross = (signal_type: string) => ({
  logic: 'AND' as const,
  conditions: [{ indicator_type: 'MA', signal_type, params: { fast: 2, slow: 5 } }],
})

const { result: seesawResult, equity } = backtest({
  strategy: strategyWith({
    name: 'turns',
    inst_id: 'BTC-USDT-SWAP',
    bar: '1H',
    direction: 'both',
    leverage: 2,
    risk: noRisk,
    rules: { buy_groups: [cross('golden_cross')], sell_groups: [cross('death_cross')] },
  }),
  version: 3,
  instId: 'BTC-USDT-SWAP',
  bar: '1H',
  source: 'simulated',
  candles: seesaw,
  fromTs: 0,
  costs: { start_equity: 10_000, fee_rate: 0.0005, slippage_bps: 0, fill: 'next_open', exact_sizes: true },
  sizeRules: { minSz: 0.01, lotSz: 0.01, contractCoins: 0.01, tiers: [{ maxSz: 1e6, mmr: 0.004, maxLever: 100 }] },
  fundingRates: { ts: [0], rate: [0.0001] },
  detail: null,
})

/** A backtest of the seesaw, both ways, with what a test wants to be different. */
export function resultWith(
  changes: Partial<Omit<BacktestResult, 'stats' | 'integrity'>> & {
    stats?: Partial<Stats>
    integrity?: Partial<Integrity>
  } = {},
): BacktestResult {
  const { stats, integrity, ...rest } = changes
  return {
    ...seesawResult,
    ...rest,
    stats: { ...seesawResult.stats, ...stats },
    integrity: { ...seesawResult.integrity, ...integrity },
  }
}

/** The same as a report with its curves. */
export function reportWith(id: number, changes: Parameters<typeof resultWith>[0] = {}): BacktestReport {
  return { id, result: resultWith(changes), curves: { candles: seesaw, equity }, reproduced: true }
}

/** A trade with what matters to a test. */
export function tradeWith(changes: Partial<Trade>): Trade {
  return { ...seesawResult.trades[0], ...changes }
}
