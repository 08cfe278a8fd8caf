import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openStore, type Store } from '../store/openStore.js'
import { createStrategies, readStrategy, retarget, type Strategies } from './strategies.js'

let store: Store
let strategies: Strategies
let userId: number

beforeEach(async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'strategies-')), 'records.db')
  store = await openStore({ databaseUrl: `file:${file}`, logger: pino({ level: 'silent' }) })
  strategies = createStrategies(store.strategies)
  userId = (await store.users.findOrCreate({ platform: 'terminal', platformUserId: 'a', locale: 'en' })).id
})

afterEach(() => store.close())

const mine = readStrategy('name: my-dip; stop: 3%; buy: RSI oversold; sell: RSI overbought')

it('offers ready-made strategies to somebody who has none', async () => {
  const list = await strategies.list(userId)
  expect(list.length).toBeGreaterThanOrEqual(8)
  expect((await strategies.find(userId, 'rsi-dip')).strategy.rules.buy_groups[0].conditions).toHaveLength(2)
})

it('saves, versions and removes', async () => {
  expect(await strategies.save(userId, mine, 1)).toEqual({ version: 1, created: true })
  const changed = { ...mine, risk: { ...mine.risk, stop_loss_pct: 5 } }
  expect(await strategies.save(userId, changed, 2)).toEqual({ version: 2, created: false })
  expect(await strategies.find(userId, 'my-dip')).toMatchObject({ version: 2, strategy: changed })
  await strategies.remove(userId, 'my-dip', 3)
  await expect(strategies.find(userId, 'my-dip')).rejects.toMatchObject({ id: 'error-strategy-unknown' })
})

it('keeps the strategies of one from another', async () => {
  await strategies.save(userId, mine, 1)
  const { id: other } = await store.users.findOrCreate({ platform: 'terminal', platformUserId: 'b', locale: 'en' })
  await expect(strategies.find(other, 'my-dip')).rejects.toMatchObject({ id: 'error-strategy-unknown' })
})

it('leaves ready-made strategies as they are', async () => {
  const taken = { ...mine, name: 'rsi-dip' }
  await expect(strategies.save(userId, taken, 1)).rejects.toMatchObject({ id: 'error-strategy-ready-made' })
  await expect(strategies.remove(userId, 'rsi-dip', 1)).rejects.toMatchObject({ id: 'error-strategy-ready-made' })
})

it('names the strategy that was meant', async () => {
  await strategies.save(userId, mine, 1)
  await expect(strategies.find(userId, 'my-dpi')).rejects.toMatchObject({ args: { suggestion: 'my-dip' } })
  await expect(strategies.remove(userId, 'rsi-dipp2', 1)).rejects.toMatchObject({ args: { suggestion: 'rsi-dip' } })
})

it('reads text and JSON to the same strategy, whose name may come apart from it', () => {
  expect(readStrategy(JSON.stringify(mine))).toEqual(mine)
  expect(readStrategy('stop: 3%; buy: RSI oversold; sell: RSI overbought', 'my-dip')).toEqual(mine)
  expect(readStrategy(JSON.stringify(mine), 'other').name).toBe('other')
  const { name: _, ...nameless } = mine
  expect(readStrategy(JSON.stringify(nameless), 'my-dip')).toEqual(mine)
})

it('checks a strategy again on another timeframe', () => {
  const higher = readStrategy('bar: 15m; buy: RSI oversold @4H; sell: RSI overbought', 'higher')
  expect(retarget(higher, { bar: '1H' }).bar).toBe('1H')
  expect(() => retarget(higher, { bar: '4H' })).toThrow('error-strategy-higher-bar')
})
