import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { formatStrategy } from '../domain/strategy/strategyText.js'
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

describe('a version', () => {
  const wider = { ...mine, risk: { ...mine.risk, stop_loss_pct: 5 } }

  beforeEach(async () => {
    await strategies.save(userId, mine, 1)
    await strategies.save(userId, wider, 2)
  })

  it('can be had by its number, and is told apart from those that do not exist', async () => {
    expect(await strategies.find(userId, 'my-dip', 1)).toMatchObject({ version: 1, createdAt: 1, strategy: mine })
    expect(await strategies.find(userId, 'my-dip')).toMatchObject({ version: 2, strategy: wider })
    await expect(strategies.find(userId, 'my-dip', 3)).rejects.toMatchObject({
      id: 'error-strategy-version',
      args: { name: 'my-dip', version: 3, newest: 2 },
    })
    await expect(strategies.find(userId, 'my-dpi', 1)).rejects.toMatchObject({ args: { suggestion: 'my-dip' } })
    expect(await strategies.find(userId, 'rsi-dip', 1)).toMatchObject({ version: 1, versionId: null })
    await expect(strategies.find(userId, 'rsi-dip', 2)).rejects.toMatchObject({ args: { newest: 1 } })
  })

  it('is listed with all others, newest first', async () => {
    const versions = await strategies.versions(userId, 'my-dip')
    expect(versions.map(({ version, strategy }) => [version, strategy?.risk.stop_loss_pct])).toEqual([
      [2, 5],
      [1, 3],
    ])
    expect(await strategies.versions(userId, 'rsi-dip')).toMatchObject([{ version: 1, versionId: null }])
    await expect(strategies.versions(userId, 'my-dpi')).rejects.toMatchObject({ args: { suggestion: 'my-dip' } })
  })

  it('is listed even where the rules of today refuse it', async () => {
    const outdated = { ...mine, leverage: 1000 }
    await store.strategies.save(userId, outdated, 3)
    expect((await strategies.versions(userId, 'my-dip')).map(({ strategy }) => strategy)).toEqual([null, wider, mine])
    await expect(strategies.find(userId, 'my-dip', 3)).rejects.toMatchObject({ id: 'error-strategy-number' })
  })

  it('becomes the newest when it is restored, and none is lost', async () => {
    const { before, after } = await strategies.restore(userId, 'my-dip', 1, 3)
    expect(before).toMatchObject({ version: 2, strategy: wider })
    expect(after).toMatchObject({ version: 3, strategy: mine, createdAt: 3 })
    expect(await strategies.find(userId, 'my-dip')).toEqual(after)
    expect(await strategies.versions(userId, 'my-dip')).toHaveLength(3)
  })

  it('that is the newest already is restored without another', async () => {
    const { before, after } = await strategies.restore(userId, 'my-dip', 2, 3)
    expect([before.version, after.version]).toEqual([2, 2])
    expect(await strategies.find(userId, 'my-dip')).toEqual(after)
  })

  it('is not restored where there is none, nor of a ready-made strategy', async () => {
    await expect(strategies.restore(userId, 'my-dip', 0, 3)).rejects.toMatchObject({ args: { newest: 2 } })
    await expect(strategies.restore(userId, 'rsi-dip', 1, 3)).rejects.toMatchObject({ id: 'error-strategy-ready-made' })
  })
})

describe('an edit', () => {
  beforeEach(() => strategies.save(userId, mine, 1))

  it('makes a new version of the statements that it gives', async () => {
    const { before, after } = await strategies.edit(userId, 'my-dip', 'stop: 5%; sell: KDJ overbought', 2)
    expect(before).toMatchObject({ version: 1, strategy: mine })
    expect(after.version).toBe(2)
    expect(formatStrategy(after.strategy).split('\n').slice(4)).toEqual([
      'stop: 5%',
      'buy: RSI oversold',
      'sell: KDJ overbought',
    ])
    expect(await strategies.find(userId, 'my-dip')).toEqual(after)
  })

  it.each([
    ['text', 'name: my-dip; bar: 1h; buy: KDJ oversold; sell: KDJ overbought'],
    ['JSON', JSON.stringify(readStrategy('name: my-dip; bar: 1h; buy: KDJ oversold; sell: KDJ overbought'))],
  ])('that is a whole strategy in %s leaves nothing of the old one', async (_, text) => {
    const { after } = await strategies.edit(userId, 'my-dip', text, 2)
    expect(after.strategy).toEqual(readStrategy('bar: 1h; buy: KDJ oversold; sell: KDJ overbought', 'my-dip'))
  })

  it('that changes nothing makes no version', async () => {
    const { before, after } = await strategies.edit(userId, 'my-dip', 'stop: 3%', 2)
    expect([before.version, after.version]).toEqual([1, 1])
    expect(await strategies.versions(userId, 'my-dip')).toHaveLength(1)
  })

  it.each([
    ['my-dip', 'name: other; buy: RSI oversold; sell: RSI overbought', 'error-strategy-other-name'],
    ['my-dip', 'stop 5%', 'error-strategy-no-colon'],
    ['my-dip', 'buy: RSY oversold', 'error-strategy-unknown-indicator'],
    ['my-dpi', 'stop: 5%', 'error-strategy-unknown'],
    ['rsi-dip', 'stop: 5%', 'error-strategy-ready-made'],
  ])('of %s with %s is refused: %s', async (name, text, id) => {
    await expect(strategies.edit(userId, name, text, 2)).rejects.toMatchObject({ id })
    expect(await strategies.versions(userId, 'my-dip')).toHaveLength(1)
  })

  it('mends a strategy that the rules of today refuse, if it is whole', async () => {
    await store.strategies.save(userId, { ...mine, leverage: 1000 }, 2)
    await expect(strategies.edit(userId, 'my-dip', 'stop: 5%', 3)).rejects.toMatchObject({
      id: 'error-strategy-number',
    })
    const { before, after } = await strategies.edit(userId, 'my-dip', formatStrategy(mine), 3)
    expect([before.strategy, before.version, after.strategy]).toEqual([null, 2, mine])
  })

  it('of a ready-made strategy is a copy under a name of its own', async () => {
    const copy = await strategies.copy(userId, 'rsi-dip', 'stop: 9%')
    const { strategy: template } = await strategies.find(userId, 'rsi-dip')
    expect(copy).toEqual({ ...template, name: 'rsi-dip-2', risk: { ...template.risk, stop_loss_pct: 9 } })
    await strategies.save(userId, copy, 2)
    expect((await strategies.copy(userId, 'rsi-dip')).name).toBe('rsi-dip-3')
  })
})
