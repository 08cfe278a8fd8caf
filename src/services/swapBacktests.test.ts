import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Decimal } from 'decimal.js'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BacktestResult } from '../domain/backtest/result.js'
import { openStore, type Store } from '../store/openStore.js'
import { type BacktestOrder, type Backtests, createBacktests } from './backtests.js'
import { type ComputeBacktest, computeBacktest } from './computeBacktest.js'
import type { MarketData } from './marketData.js'
import { type Market, openMarket } from './openMarket.js'
import { noFunding } from './prepareBacktest.js'
import { readStrategy } from './strategies.js'
import type { Progress, Work } from './work.js'

const logger = pino({ level: 'silent' })
const now = Date.parse('2024-03-05T10:00:30Z')
const dayMs = 86_400_000

let store: Store
let market: Market
let userId: number

beforeEach(async () => {
  const dir = mkdtempSync(join(tmpdir(), 'backtests-'))
  store = await openStore({ databaseUrl: `file:${join(dir, 'records.db')}`, logger })
  const candleFile = join(dir, 'candles.db')
  market = await openMarket({ mode: 'simulated', seed: 'test', okxBaseUrl: '', candleFile, clock: () => now, logger })
  userId = (await store.users.findOrCreate({ platform: 'terminal', platformUserId: 'a', locale: 'en' })).id
})

afterEach(async () => {
  await market.close()
  await store.close()
})

const work = (told: Progress[] = []): Work => ({
  progress: (progress) => void told.push(progress),
  signal: new AbortController().signal,
})

const over = (changes: Partial<MarketData> = {}, compute = computeBacktest): Backtests =>
  createBacktests({
    store: store.backtests,
    marketData: { ...market.marketData, ...changes },
    compute,
    clock: () => now,
  })

/** A strategy's head in short, and what else is asked. */
function order(head: string, changes: Partial<BacktestOrder> = {}): BacktestOrder {
  const rules = 'buy: MA(5, 20) golden_cross; sell: MA(5, 20) death_cross'
  const strategy = readStrategy(`name: turns; inst: BTC-USDT-SWAP; bar: 15m; direction: both; ${head}; ${rules}`)
  const named = { strategy, version: 1, versionId: null, createdAt: null }
  return { userId, strategy: named, fromTs: now - 10 * dayMs, toTs: now, ...changes }
}

describe('a swap', () => {
  it('is tested with its rules, tiers and recorded funding', async () => {
    const { result } = await over().run(order('leverage: 5'), now, work())
    expect(result).toMatchObject({ leverage: 5, margin_mode: 'cross', direction: 'both', contract_coins: 0.01 })
    expect(result.integrity.assumed).toEqual({ size_rules: false, tiers: false, funding_payments: 0 })
    expect(result.stats.funding).not.toBe(0)
    for (const { size } of result.trades) expect(Math.abs(size * 100 - Math.round(size * 100))).toBeLessThan(1e-6)
    expect(Math.abs(result.integrity.ledger_difference)).toBeLessThan(1e-6)
  })

  it('pays assumed funding for what the exchange no longer tells', async () => {
    const fromTs = now - 122 * dayMs
    const { result } = await over().run(order('leverage: 1', { bar: '1H', fromTs }), now, work())
    // Thirty days of three payments each.
    expect(result.integrity.assumed.funding_payments).toBe(90)
  })

  it('is tested on assumptions where the exchange cannot be asked, and says so', async () => {
    const known = await over().run(order('leverage: 5'), now, work())
    const offline = over({
      knownInstrument: async () => null,
      fundingRates: async () => ({ ts: [], rate: [] }),
    })
    const { result } = await offline.run(order('leverage: 5'), now, work())
    expect(result.integrity.assumed).toEqual({ size_rules: true, tiers: true, funding_payments: 30 })
    expect(result.contract_coins).toBeNull()
    expect(result.trades).toHaveLength(known.result.trades.length)
    expect(result.stats.final_equity).not.toBe(known.result.stats.final_equity)
  })

  it('is liquidated where the market goes far enough against it', async () => {
    const { result } = await over().run(order('leverage: 75; margin: isolated; size: 20%'), now, work())
    const liquidated = result.trades.filter(({ exit_reason }) => exit_reason === 'liquidation')
    expect(liquidated.length).toBeGreaterThan(0)
    for (const { pnl_pct } of liquidated) expect(pnl_pct).toBeLessThan(-100)
    expect(Math.abs(result.integrity.ledger_difference)).toBeLessThan(1e-6)
  })

  it('takes no more leverage than the exchange gives, and nothing is downloaded for one that asks more', async () => {
    const told: Progress[] = []
    await expect(over().run(order('leverage: 120'), now, work(told))).rejects.toMatchObject({
      id: 'error-backtest-leverage',
      args: { instId: 'BTC-USDT-SWAP', got: '120', allowed: '100' },
    })
    expect(told).toEqual([])
    expect(await over().list(userId, 1)).toMatchObject([{ status: 'failed', error: { id: 'error-backtest-leverage' } }])
  })

  it('can be asked for later, with the same figures and curves', async () => {
    const first = await over().run(order('leverage: 5; margin: isolated; stop: 2%'), now, work())
    expect(await over().reopen(userId, first.id, work())).toEqual(first)
  })

  it('comes out to the byte as it was, by what the exchange said then and without asking it again', async () => {
    const { id, result, curves } = await over().run(order('leverage: 5'), now, work())
    const nobody = async () => expect.fail('the exchange was asked')
    const changed = { knownInstrument: nobody, positionTiers: nobody, fundingRates: nobody }
    const texts: string[] = []
    const watched: ComputeBacktest = async (...args) => {
      const outcome = await computeBacktest(...args)
      texts.push(JSON.stringify(outcome.result))
      return outcome
    }
    const again = await over(changed, watched).reopen(userId, id, work())
    expect(texts).toEqual([JSON.stringify(result)])
    expect(again).toEqual({ id, result, curves, reproduced: true })
    expect(result.program).toMatch(/^\d+\.\d+\.\d+$/)
    expect(result.size_rules?.tiers.length).toBeGreaterThan(1)
    expect(result.funding_rates.ts).toHaveLength(30)
  })

  it('is another one when it is run anew after the exchange has changed its rules', async () => {
    const { result } = await over().run(order('leverage: 5'), now, work())
    const coarse = over({
      knownInstrument: async (instId) => ({ ...(await market.marketData.instrument(instId)), lotSz: new Decimal(5) }),
    })
    const { result: other } = await coarse.run(order('leverage: 5'), now, work())
    expect(other.size_rules).toEqual({ ...result.size_rules, lotSz: 5 })
    expect(other.stats.final_equity).not.toBe(result.stats.final_equity)
  })

  it('of a program that kept nothing of the exchange is opened by what it says now', async () => {
    const before: Store['backtests'] = {
      ...store.backtests,
      finish(id, { program: _, size_rules: __, funding_rates: ___, ...kept }, at) {
        return store.backtests.finish(id, kept as BacktestResult, at)
      },
    }
    const marketData = { ...market.marketData, fundingRates: async () => noFunding }
    const old = createBacktests({ store: before, marketData, compute: computeBacktest, clock: () => now })
    const { id, result } = await old.run(order('leverage: 5'), now, work())
    const { curves, reproduced, ...opened } = await over().reopen(userId, id, work())
    expect(curves).not.toBeNull()
    expect(reproduced).toBe(false)
    expect(opened.result).toEqual({ ...result, program: null, size_rules: null, funding_rates: noFunding })
  })
})

describe('finer candles', () => {
  const span = { fromTs: now - 2 * dayMs }

  it('are downloaded for the window alone, and are part of what is stored: it is opened with them again', async () => {
    const stopped = 'leverage: 5; stop: 1%; trail: 1%'
    const window = { bar: '4H', fromTs: now - 60 * dayMs } as const
    const coarse = await over().run(order(stopped, window), now, work())
    const first = await over().run(order(stopped, { ...window, detailBar: '15m' }), now, work())
    expect(first.result).toMatchObject({ detail_bar: '15m', integrity: { bars_without_detail: 0 } })
    expect(first.result.bars).toBe(coarse.result.bars)
    // Within a bar, the trailing stop follows only where the way of the price is known.
    expect(first.result.trades).not.toEqual(coarse.result.trades)
    const coverage = await market.candleStore.coverage({ source: 'simulated', instId: 'BTC-USDT-SWAP', bar: '15m' })
    expect(coverage?.fromTs).toBe(first.result.from_ts)
    expect(await over().reopen(userId, first.id, work())).toEqual(first)
  })

  it('are one minute long for a strategy of ticks, unless others are asked for', async () => {
    const ticking = 'leverage: 2; evaluate: tick'
    const { result } = await over().run(order(ticking, span), now, work())
    expect(result).toMatchObject({ detail_bar: '1m', integrity: { tick_on_closes: false } })
    const coarser = await over().run(order(ticking, { ...span, detailBar: '5m' }), now, work())
    expect(coarser.result.detail_bar).toBe('5m')
    expect(coarser.result.trades).not.toEqual(result.trades)
  })

  it('there are none for a strategy of ticks on minutes, which is told', async () => {
    const { result } = await over().run(order('evaluate: tick', { ...span, bar: '1m' }), now, work())
    expect(result).toMatchObject({ detail_bar: null, integrity: { tick_on_closes: true } })
  })

  it('that do not fit are refused before anything is recorded', async () => {
    await expect(over().run(order('stop: 1%', { ...span, detailBar: '1H' }), now, work())).rejects.toMatchObject({
      id: 'error-backtest-detail-bar',
      args: { detail: '1H', bar: '15m', allowed: '1m, 3m, 5m' },
    })
    expect(await over().list(userId, 1)).toEqual([])
  })
})
