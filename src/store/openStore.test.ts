import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BacktestResult, Trade } from '../domain/backtest/result.js'
import type { Strategy } from '../domain/strategy/schema.js'
import { strategyWith } from '../testing/strategyFixture.js'
import type { BacktestRequest } from './backtests.js'
import { openStore, type Store } from './openStore.js'

const logger = pino({ level: 'silent' })
let dir: string
let databaseUrl: string
let store: Store

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'store-'))
  databaseUrl = `file:${join(dir, 'made here', 'records.db')}`
  store = await openStore({ databaseUrl, logger })
})
afterEach(async () => {
  await store.close()
  await rm(dir, { recursive: true })
})

const contact = { platform: 'telegram', platformUserId: '7', locale: 'zh' } as const
const newUser = async (platformUserId = '7') => (await store.users.findOrCreate({ ...contact, platformUserId })).id

const strategy = (name: string, description = ''): Strategy => strategyWith({ name, description })

describe('openStore', () => {
  it('makes the folder, keeps files in WAL mode and finds everything again', async () => {
    const id = await newUser()
    await store.close()
    expect(await readdir(join(dir, 'made here'))).toContain('records.db')
    const client = createClient({ url: databaseUrl })
    expect((await client.execute('PRAGMA journal_mode')).rows[0].journal_mode).toBe('wal')
    client.close()
    store = await openStore({ databaseUrl, logger })
    expect(await newUser()).toBe(id)
  })

  it('says which file it cannot open', async () => {
    await writeFile(join(dir, 'text.db'), 'this is no database, and long enough to be looked at'.repeat(100))
    await expect(openStore({ databaseUrl: `file:${join(dir, 'text.db')}`, logger })).rejects.toMatchObject({
      id: 'error-store-open',
      args: { file: join(dir, 'text.db') },
    })
  })

  it('keeps no connection open for a transaction that is over', async () => {
    const userId = await newUser()
    const open = async () => (await readdir('/proc/self/fd')).length
    const before = await open()
    for (let i = 0; i < 20; i++) await store.strategies.save(userId, strategy('one', `${i}`), i)
    expect(await open()).toBeLessThanOrEqual(before)
  })

  it('works beside another connection, whatever both write at the same time', async () => {
    const other = await openStore({ databaseUrl, logger })
    const userId = await newUser()
    await Promise.all(
      Array.from({ length: 10 }, (_, i) => [store, other][i % 2].strategies.save(userId, strategy('one', `${i}`), i)),
    )
    await other.close()
    expect((await store.strategies.versions(userId, 'one')).map(({ version }) => version)).toEqual([
      10, 9, 8, 7, 6, 5, 4, 3, 2, 1,
    ])
  })
})

describe('users', () => {
  it('makes a user at the first contact and knows them after', async () => {
    const user = await store.users.findOrCreate({ ...contact, timeZone: 'Asia/Shanghai' })
    expect(user).toEqual({ id: user.id, locale: 'zh', timeZone: 'Asia/Shanghai', theme: 'dark' })
    expect(await store.users.findOrCreate({ ...contact, locale: 'en' })).toEqual(user)
    expect(await newUser('8')).not.toBe(user.id)
    expect((await store.users.findOrCreate({ ...contact, platform: 'discord' })).id).not.toBe(user.id)
  })

  it('makes one user of many first contacts at once, over two connections', async () => {
    const other = await openStore({ databaseUrl, logger })
    const users = await Promise.all([1, 2, 3, 4].map((i) => [store, other][i % 2].users.findOrCreate(contact)))
    await other.close()
    expect(new Set(users.map(({ id }) => id)).size).toBe(1)
  })

  it('keeps language and theme', async () => {
    const id = await newUser()
    await store.users.setLocale(id, 'en')
    await store.users.setTheme(id, 'light')
    expect(await store.users.findOrCreate(contact)).toMatchObject({ id, locale: 'en', theme: 'light' })
  })
})

describe('strategies', () => {
  it('creates, adds a version at each edit and none without one', async () => {
    const userId = await newUser()
    expect(await store.strategies.save(userId, strategy('dip'), 1)).toMatchObject({ version: 1, created: true })
    expect(await store.strategies.save(userId, strategy('dip'), 2)).toMatchObject({ version: 1, created: false })
    expect(await store.strategies.save(userId, strategy('dip', 'new'), 3)).toMatchObject({ version: 2, created: false })
    expect(await store.strategies.find(userId, 'dip')).toMatchObject({
      name: 'dip',
      version: 2,
      strategy: strategy('dip', 'new'),
      createdAt: 3,
    })
    expect(await store.strategies.getVersion(userId, 'dip', 1)).toMatchObject({
      strategy: strategy('dip'),
      createdAt: 1,
    })
    expect(await store.strategies.getVersion(userId, 'dip', 3)).toBeNull()
  })

  it('shows a user their own only', async () => {
    const [userId, otherId] = [await newUser(), await newUser('8')]
    await store.strategies.save(userId, strategy('b'), 1)
    await store.strategies.save(userId, strategy('a'), 1)
    await store.strategies.save(otherId, strategy('c'), 1)
    expect((await store.strategies.list(userId)).map(({ name }) => name)).toEqual(['a', 'b'])
    expect(await store.strategies.find(userId, 'c')).toBeNull()
    expect(await store.strategies.remove(userId, 'c', 2)).toBe(false)
    expect(await store.strategies.find(otherId, 'c')).not.toBeNull()
  })

  it('cannot find a removed one, counts its versions on when the name comes back, and leaves backtests theirs', async () => {
    const userId = await newUser()
    const { versionId } = await store.strategies.save(userId, strategy('dip'), 1)
    const id = await store.backtests.create({ ...request, userId, strategyVersionId: versionId }, 1)
    expect(await store.strategies.remove(userId, 'dip', 2)).toBe(true)
    expect(await store.strategies.find(userId, 'dip')).toBeNull()
    expect(await store.strategies.list(userId)).toEqual([])
    expect(await store.strategies.remove(userId, 'dip', 2)).toBe(false)
    expect(await store.backtests.get(userId, id)).toMatchObject({ strategyVersionId: versionId })
    expect(await store.strategies.save(userId, strategy('dip'), 3)).toMatchObject({ version: 2, created: true })
  })
})

const costs = { start_equity: 10_000, fee_rate: 0.001, slippage_bps: 0, fill: 'next_open', exact_sizes: true } as const
const request: Omit<BacktestRequest, 'userId'> = {
  strategyVersionId: null,
  strategy: strategy('dip'),
  instId: 'ETH-USDT',
  bar: '1H',
  source: 'simulated',
  fromTs: 1_700_000_000_000,
  toTs: 1_710_000_000_000,
  costs,
}

function trade(i: number): Trade {
  return {
    side: 'long',
    entry_ts: 1_700_000_000_000 + i,
    entry_price: 0.1 + i / 3,
    exit_ts: 1_700_000_060_000 + i,
    exit_price: 0.2 + i / 7,
    size: 1 / 3,
    pnl: 5 - i / 11,
    pnl_pct: 1e-9,
    fees: 0.3,
    funding: 0,
    exit_reason: 'trailing_stop',
  }
}

/** Statistics are not looked at by the store. */
const result = (trades: Trade[]) =>
  ({
    strategy: 'dip',
    version: 1,
    detail_bar: '1m',
    evaluate_on: 'tick',
    direction: 'both',
    leverage: 5,
    margin_mode: 'cross',
    contract_coins: 0.01,
    program: '1.2.3',
    size_rules: { minSz: 0.01, lotSz: 0.01, contractCoins: 0.01, tiers: [] },
    funding_rates: { ts: [1_700_000_000_000], rate: [1e-5] },
    stats: { sharpe: null, trades: trades.length },
    trades,
    integrity: {
      assumed: { size_rules: false, tiers: true, funding_payments: 3 },
      bars_without_detail: 2,
      tick_on_closes: false,
    },
    equity: [],
  }) as unknown as BacktestResult

describe('backtests', () => {
  it('go from queued through running to done, with result and trades as they were', async () => {
    const userId = await newUser()
    const id = await store.backtests.create({ ...request, userId }, 1)
    expect(await store.backtests.get(userId, id)).toMatchObject({
      status: 'queued',
      progress: 0,
      createdAt: 1,
      trades: [],
    })
    await store.backtests.start(id, 2)
    await store.backtests.progress(id, 0.25)
    expect(await store.backtests.get(userId, id)).toMatchObject({ status: 'running', progress: 0.25, startedAt: 2 })
    const trades = Array.from({ length: 3000 }, (_, i) => trade(i))
    await store.backtests.finish(id, result(trades), 3)
    const { trades: _trades, equity: _equity, ...kept } = result(trades)
    const { userId: _, strategyVersionId, ...asked } = { ...request, userId }
    expect(await store.backtests.get(userId, id)).toEqual({
      ...asked,
      id,
      strategyVersionId,
      strategyName: 'dip',
      status: 'done',
      progress: 1,
      createdAt: 1,
      startedAt: 2,
      finishedAt: 3,
      result: kept,
      error: null,
      trades,
    })
  })

  it('of a program that knew only spot and closes are read as what they were', async () => {
    const userId = await newUser()
    const old = { strategy: 'dip', stats: { trades: 0 }, trades: [], integrity: { tick_on_closes: true } }
    const id = await store.backtests.create({ ...request, userId }, 1)
    await store.backtests.start(id, 2)
    await store.backtests.finish(id, old as unknown as BacktestResult, 3)
    expect((await store.backtests.get(userId, id))?.result).toEqual({
      strategy: 'dip',
      stats: { trades: 0 },
      detail_bar: null,
      evaluate_on: 'tick',
      direction: 'long',
      leverage: 1,
      margin_mode: null,
      contract_coins: null,
      program: null,
      size_rules: null,
      funding_rates: { ts: [], rate: [] },
      integrity: {
        assumed: { size_rules: false, tiers: false, funding_payments: 0 },
        bars_without_detail: 0,
        tick_on_closes: true,
      },
    })
  })

  it('keep why they failed, also those that an earlier life of the process left', async () => {
    const userId = await newUser()
    const [failed, running, queued, done] = await Promise.all(
      [1, 2, 3, 4].map((now) => store.backtests.create({ ...request, userId }, now)),
    )
    for (const id of [failed, running, done]) await store.backtests.start(id, 5)
    await store.backtests.fail(failed, { id: 'error-no-candles', args: { instId: 'X', missing: 3 } }, 6)
    await store.backtests.finish(done, result([]), 6)
    expect(await store.backtests.failInterrupted(7)).toBe(2)
    const list = await store.backtests.list(userId, 10)
    const interrupted = { id: 'error-backtest-interrupted', args: {} }
    expect(new Map(list.map(({ id, error }) => [id, error]))).toEqual(
      new Map([
        [failed, { id: 'error-no-candles', args: { instId: 'X', missing: 3 } }],
        [running, interrupted],
        [queued, interrupted],
        [done, null],
      ]),
    )
    expect((await store.backtests.list(userId, 2)).map(({ id }) => id)).toEqual(
      [failed, running, queued, done].sort((a, b) => b - a).slice(0, 2),
    )
  })

  it('take no step that their status does not allow, and a refused finish leaves no trades', async () => {
    const userId = await newUser()
    const { create, start, progress, finish, fail } = store.backtests
    const id = await create({ ...request, userId }, 1)
    const broken = { id: 'error-x', args: {} }
    await expect(progress(id, 0.5)).rejects.toThrow('not running')
    await expect(finish(id, result([trade(1)]), 2)).rejects.toThrow('not running')
    await start(id, 2)
    await expect(start(id, 3)).rejects.toThrow('not queued')
    await fail(id, broken, 4)
    await expect(fail(id, broken, 5)).rejects.toThrow('not queued or running')
    await expect(finish(id, result([trade(1)]), 6)).rejects.toThrow('not running')
    expect(await store.backtests.get(userId, id)).toMatchObject({ status: 'failed', finishedAt: 4, trades: [] })
    await expect(start(999, 1)).rejects.toThrow('backtest 999')
  })

  it('are their owner’s alone', async () => {
    const id = await store.backtests.create({ ...request, userId: await newUser() }, 1)
    const stranger = await newUser('8')
    expect(await store.backtests.get(stranger, id)).toBeNull()
    expect(await store.backtests.list(stranger, 10)).toEqual([])
  })
})

describe('deliveries', () => {
  it('are claimed once, and can be claimed again after they were purged', async () => {
    const other = await openStore({ databaseUrl, logger })
    const claims = await Promise.all([store, other, store].map(({ deliveries }) => deliveries.claim('telegram:1', 10)))
    await other.close()
    expect(claims.filter(Boolean)).toHaveLength(1)
    expect(await store.deliveries.claim('telegram:2', 20)).toBe(true)
    expect(await store.deliveries.purge(20)).toBe(1)
    expect(await store.deliveries.claim('telegram:1', 30)).toBe(true)
    expect(await store.deliveries.claim('telegram:2', 30)).toBe(false)
  })
})

describe('action tokens', () => {
  const action = { ownerKey: 'telegram:7', command: 'backtest', args: { strategy: 'dip', bars: 3 } }

  it('give their owner the command back, and tell the first press from the others', async () => {
    const [token] = await store.actionTokens.create([action], { now: 1, expiresAt: 100 })
    expect(token).toMatch(/^[\w-]{16}$/)
    const { command, args } = action
    const takes = await Promise.all([50, 51].map((now) => store.actionTokens.take(token, 'telegram:7', now)))
    expect(takes).toContainEqual({ ok: true, command, args, first: true })
    expect(takes).toContainEqual({ ok: true, command, args, first: false })
  })

  it('mean nothing to others, once expired, or unknown', async () => {
    const [token] = await store.actionTokens.create([action], { now: 1, expiresAt: 100 })
    const { take } = store.actionTokens
    expect(await take(token, 'discord:7', 50)).toEqual({ ok: false, reason: 'not-owner' })
    expect(await take(token, 'telegram:7', 100)).toEqual({ ok: false, reason: 'expired' })
    expect(await take('nonsense', 'telegram:7', 50)).toEqual({ ok: false, reason: 'unknown' })
    expect(await take(token, 'telegram:7', 99)).toMatchObject({ first: true })
    expect(await store.actionTokens.purge(100)).toBe(0)
    expect(await store.actionTokens.purge(101)).toBe(1)
    expect(await take(token, 'telegram:7', 50)).toEqual({ ok: false, reason: 'unknown' })
  })
})
