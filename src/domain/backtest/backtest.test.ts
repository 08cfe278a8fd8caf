import { describe, expect, it } from 'vitest'
import { noRisk, strategyWith } from '../../testing/strategyFixture.js'
import { type Candles, candlesFromRows } from '../candles.js'
import { compileStrategy } from '../strategy/compile.js'
import { UserError } from '../userError.js'
import { backtest } from './backtest.js'
import type { BacktestRequest } from './planBacktest.js'

const interval = 900_000
const start = Date.UTC(2022, 0, 1)
const length = 3000
const windowStart = 400

const price = (i: number) => Math.round(100 * (100 + 8 * Math.sin(i / 40) + 3 * Math.sin(i / 9) + i / 400)) / 100
const candles: Candles = candlesFromRows(
  Array.from({ length }, (_, i) => {
    const [open, close] = [price(i), price(i + 1)]
    const high = Math.round(100 * (Math.max(open, close) + 0.3)) / 100
    const low = Math.round(100 * (Math.min(open, close) - 0.3)) / 100
    return { ts: start + i * interval, open, high, low, close, volume: 1 }
  }),
)

const strategy = strategyWith({
  name: 'crosses',
  inst_id: 'ETH-USDT',
  bar: '1H',
  risk: { ...noRisk, stop_loss_pct: 3 },
  rules: {
    buy_groups: [{ logic: 'AND', conditions: [{ side: 'buy', indicator_type: 'MACD', signal_type: 'golden_cross' }] }],
    sell_groups: [{ logic: 'AND', conditions: [{ side: 'sell', indicator_type: 'MACD', signal_type: 'death_cross' }] }],
  },
})

const request: BacktestRequest = {
  strategy,
  version: 3,
  instId: 'BTC-USDT',
  bar: '15m',
  source: 'simulated',
  candles,
  fromTs: start + windowStart * interval,
  costs: { start_equity: 10_000, fee_rate: 0.001, slippage_bps: 2, fill: 'next_open', exact_sizes: true },
  sizeRules: null,
  fundingRates: { ts: [], rate: [] },
  detail: null,
}

describe('backtest', () => {
  const { result, equity, equityTs } = backtest(request)

  it('says what was run, on what and when', () => {
    expect(result).toMatchObject({
      strategy: 'crosses',
      version: 3,
      inst_id: 'BTC-USDT',
      bar: '15m',
      source: 'simulated',
      origin_ts: start,
      from_ts: start + windowStart * interval,
      to_ts: start + length * interval,
      bars: length - windowStart,
      costs: request.costs,
    })
  })

  it('trades at the open after the signals of the rules, within the window', () => {
    const { buy } = compileStrategy(strategy.rules, '15m', candles)
    expect(result.trades.length).toBeGreaterThan(5)
    for (const trade of result.trades) {
      const i = candles.ts.indexOf(trade.entry_ts)
      expect(buy[i - 1]).toBe(1)
      expect(trade.entry_price).toBeCloseTo(candles.open[i] * 1.0002, 9)
      expect(trade.entry_ts).toBeGreaterThan(result.from_ts)
    }
  })

  it('ends with what the trades made', () => {
    const made = result.trades.reduce((total, trade) => total + trade.pnl, 10_000)
    expect(result.stats.final_equity).toBeCloseTo(made, 6)
    expect(result.stats.fees).toBeGreaterThan(0)
    expect(Math.abs(result.integrity.ledger_difference)).toBeLessThan(1e-6)
    expect(result.integrity.look_ahead_ok).toBe(true)
    expect(result.integrity.warm_up).toMatchObject({ bars: windowStart, ok: true })
  })

  it('gives equity as columns, and as rows where asked for', () => {
    expect(equity.length).toBe(length - windowStart)
    expect([equityTs[0], equityTs[equityTs.length - 1]]).toEqual([result.from_ts, result.to_ts - interval])
    expect(equity[equity.length - 1]).toBe(result.stats.final_equity)
    expect(result.equity).toBeUndefined()
    const rows = backtest({ ...request, withEquity: true }).result.equity
    expect(rows).toEqual(Array.from(equity, (mark, i) => ({ ts: equityTs[i], equity: mark })))
  })

  it('gives the same result twice, and one that JSON keeps', () => {
    expect(backtest(request).result).toEqual(result)
    expect(JSON.parse(JSON.stringify(result))).toEqual(result)
  })

  it('starts with the first candle at or after `from`', () => {
    const between = backtest({ ...request, fromTs: request.fromTs - 1 })
    expect(between.result.from_ts).toBe(request.fromTs)
    expect(backtest({ ...request, fromTs: 0 }).result).toMatchObject({ from_ts: start, bars: length })
  })

  it('loses to costs', () => {
    const free = backtest({ ...request, costs: { ...request.costs, fee_rate: 0, slippage_bps: 0 } })
    expect(free.result.stats.final_equity).toBeGreaterThan(result.stats.final_equity)
    expect(result.integrity.doubled_slippage.return_pct).toBeLessThan(result.stats.total_return_pct)
  })

  it('reports progress up to its end, and stops where that throws', () => {
    const seen: number[] = []
    backtest({ ...request, onProgress: (done) => seen.push(done) })
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(seen.at(-1)).toBe(1)
    const stop = () => {
      throw new Error('cancelled')
    }
    expect(() => backtest({ ...request, onProgress: stop })).toThrow('cancelled')
  })

  it.each<[string, Partial<BacktestRequest>, string]>([
    ['a swap settled in coins', { instId: 'BTC-USD-SWAP' }, 'error-backtest-inverse'],
    ['a window without candles', { fromTs: start + length * interval }, 'error-backtest-no-candles'],
  ])('refuses %s', (_name, changes, id) => {
    const refused = () => backtest({ ...request, ...changes })
    expect(refused).toThrow(UserError)
    expect(refused).toThrow(id)
  })
})
