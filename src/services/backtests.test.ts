import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openStore, type Store } from '../store/openStore.js'
import { type BacktestOrder, type Backtests, createBacktests } from './backtests.js'
import { computeBacktest } from './computeBacktest.js'
import type { MarketData } from './marketData.js'
import { type Market, openMarket } from './openMarket.js'
import { createStrategies } from './strategies.js'
import type { Work } from './work.js'

const logger = pino({ level: 'silent' })
const now = Date.parse('2024-03-05T10:00:30Z')
const dayMs = 86_400_000

let store: Store
let market: Market
let backtests: Backtests
let userId: number

beforeEach(async () => {
  const dir = mkdtempSync(join(tmpdir(), 'backtests-'))
  store = await openStore({ databaseUrl: `file:${join(dir, 'records.db')}`, logger })
  market = await openMarket({
    mode: 'simulated',
    seed: 'test',
    okxBaseUrl: '',
    candleFile: join(dir, 'candles.db'),
    clock: () => now,
    logger,
  })
  const { marketData } = market
  backtests = createBacktests({ store: store.backtests, marketData, compute: computeBacktest, clock: () => now })
  userId = (await store.users.findOrCreate({ platform: 'terminal', platformUserId: 'a', locale: 'en' })).id
})

afterEach(async () => {
  await market.close()
  await store.close()
})

const work = (signal = new AbortController().signal): Work => ({ progress: () => {}, signal })

async function order(change: Partial<BacktestOrder> = {}): Promise<BacktestOrder> {
  const strategy = await createStrategies(store.strategies).find(userId, 'rsi-dip')
  return { userId, strategy, fromTs: now - 30 * dayMs, toTs: now, ...change }
}

it('trades the window on indicators that were warm before it', async () => {
  const { result, curves } = await backtests.run(await order(), now, work())
  if (!curves) throw new Error('no curves')
  const { candles, equity } = curves
  expect(result.integrity.warm_up.ok).toBe(true)
  expect(result.from_ts).toBeGreaterThanOrEqual(now - 30 * dayMs)
  expect(result.origin_ts).toBeLessThanOrEqual(result.from_ts - 300 * 900_000)
  expect(candles.ts[0]).toBe(result.from_ts)
  expect(candles.ts).toHaveLength(result.bars)
  expect(equity).toHaveLength(result.bars)
  expect(result.trades.length).toBeGreaterThan(0)
  expect(result.trades.every(({ entry_ts }) => entry_ts >= result.from_ts)).toBe(true)
})

it('can be asked for later, with the same figures and curves', async () => {
  const first = await backtests.run(await order({ costs: { slippage_bps: 3 } }), now, work())
  const again = await backtests.reopen(userId, first.id, work())
  expect(again).toEqual(first)
  expect(await backtests.list(userId, 5)).toMatchObject([{ id: first.id, status: 'done', progress: 1 }])
})

it('is kept so that it comes out as the same text, without asking for candles', async () => {
  const asked = await order()
  const { id, result } = await backtests.run(asked, now, work())
  const nobody = async () => expect.fail('candles were asked for')
  const marketData = { ...market.marketData, candles: nobody, knownInstrument: nobody }
  const offline = createBacktests({ store: store.backtests, marketData, compute: computeBacktest, clock: () => now })
  const stored = await offline.stored(userId, id)
  expect(JSON.stringify(stored.result)).toBe(JSON.stringify(result))
  expect(stored.strategy).toEqual(asked.strategy.strategy)
  await expect(offline.stored(userId, id + 1)).rejects.toMatchObject({ id: 'error-backtest-unknown' })
})

it('says when the candles have changed since', async () => {
  const { id, curves } = await backtests.run(await order(), now, work())
  if (!curves) throw new Error('no curves')
  const { candles } = curves
  const close = candles.close.map((price) => price * 2)
  const key = { source: 'simulated', instId: 'BTC-USDT', bar: '15m' } as const
  const high = candles.high.map((price) => price * 2)
  await market.candleStore.write(key, { ...candles, close, high })
  expect((await backtests.reopen(userId, id, work())).reproduced).toBe(false)
})

it('runs on another instrument and timeframe, with other costs', async () => {
  const { result } = await backtests.run(
    await order({ instId: 'ETH-USDT', bar: '1H', costs: { start_equity: 500, fee_rate: 0 } }),
    now,
    work(),
  )
  expect(result).toMatchObject({ inst_id: 'ETH-USDT', bar: '1H' })
  expect(result.costs).toMatchObject({ start_equity: 500, fee_rate: 0 })
  expect(result.stats.fees).toBe(0)
})

it('records why it failed', async () => {
  await expect(backtests.run(await order({ instId: 'NOPE-USDT' }), now, work())).rejects.toMatchObject({
    id: 'error-instrument-unknown',
  })
  expect(await backtests.list(userId, 1)).toMatchObject([
    { status: 'failed', error: { id: 'error-instrument-unknown', args: { instId: 'NOPE-USDT' } } },
  ])
})

it('records that it was cancelled, and tells so when it is opened', async () => {
  const abort = new AbortController()
  const cancelled = backtests.run(await order(), now, {
    signal: abort.signal,
    progress: () => abort.abort(new Error('enough')),
  })
  await expect(cancelled).rejects.toThrow('enough')
  const [{ id }] = await backtests.list(userId, 1)
  await expect(backtests.reopen(userId, id, work())).rejects.toMatchObject({ id: 'error-backtest-cancelled' })
})

it('tells how far it is while it runs', async () => {
  const seen: number[] = []
  const run = backtests.run(await order(), now, {
    ...work(),
    progress: async () => {
      const [{ status, progress }] = await backtests.list(userId, 1)
      if (status === 'running') seen.push(progress)
    },
  })
  await run
  expect(Math.max(...seen)).toBeGreaterThan(0)
})

it('keeps its result where another process took it for interrupted', async () => {
  let judged: Promise<unknown> = Promise.resolve()
  const { id } = await backtests.run(await order(), now, {
    ...work(),
    progress: () => {
      judged = store.backtests.failInterrupted(now)
    },
  })
  await judged
  expect(await backtests.list(userId, 1)).toMatchObject([{ id, status: 'done', error: null }])
})

it('is reopened without curves where its candles are of another mode', async () => {
  const { id } = await backtests.run(await order(), now, work())
  const elsewhere: MarketData = { ...market.marketData, source: 'okx' }
  const other = createBacktests({
    store: store.backtests,
    marketData: elsewhere,
    compute: computeBacktest,
    clock: () => now,
  })
  expect(await other.reopen(userId, id, work())).toMatchObject({ id, curves: null })
})

it('of one is not shown to another', async () => {
  const { id } = await backtests.run(await order(), now, work())
  const other = await store.users.findOrCreate({ platform: 'terminal', platformUserId: 'b', locale: 'en' })
  await expect(backtests.reopen(other.id, id, work())).rejects.toMatchObject({ id: 'error-backtest-unknown' })
  expect(await backtests.list(other.id, 5)).toEqual([])
})

it('refuses a window before there were prices', async () => {
  const genesis = Date.parse('2018-01-01T00:00:00Z')
  const early = await order({ fromTs: genesis - 40 * dayMs, toTs: genesis - 10 * dayMs })
  await expect(backtests.run(early, now, work())).rejects.toMatchObject({ id: 'error-backtest-no-candles' })
})
