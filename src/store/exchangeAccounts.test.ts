import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ExchangeKey } from '../domain/exchangeKey.js'
import { openStore, type Store } from './openStore.js'
import { createSecretKeys, type SecretKeys } from './secretKeys.js'

const logger = pino({ level: 'silent' })
let dir: string
let store: Store
let alice: number
let bob: number

const open = (secretKeys: SecretKeys = createSecretKeys({ dataDir: dir })) =>
  openStore({ databaseUrl: `file:${join(dir, 'records.db')}`, logger, secretKeys })

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'accounts-'))
  store = await open()
  const idOf = async (platformUserId: string) =>
    (await store.users.findOrCreate({ platform: 'telegram', platformUserId, locale: 'en' })).id
  ;[alice, bob] = [await idOf('1'), await idOf('2')]
})
afterEach(async () => {
  await store.close()
  rmSync(dir, { recursive: true })
})

const parts = (tail: string) => ({
  apiKey: `0a1b2c3d-1111-2222-3333-44445555${tail}`,
  secretKey: `SECRET${tail}`.repeat(3),
  passphrase: `Sesame-${tail}`,
})
const account = (name: string, tail = '6666', uid = tail) => ({
  name,
  mode: 'demo' as const,
  uid,
  credentials: new ExchangeKey(parts(tail)),
})
const names = async (userId: number) => (await store.exchangeAccounts.list(userId)).map(({ name }) => name)
const theDefault = async () => (await store.exchangeAccounts.list(alice)).find(({ isDefault }) => isDefault)?.name

/** All bytes of the database, its log included. */
const databaseBytes = () =>
  Buffer.concat(
    readdirSync(dir)
      .filter((file) => file.startsWith('records.db'))
      .map((file) => readFileSync(join(dir, file))),
  )

async function query(sql: string, ...args: (string | number)[]) {
  const client = createClient({ url: `file:${join(dir, 'records.db')}` })
  await client.execute({ sql, args })
  client.close()
}

describe('accounts', () => {
  it('give back their key after another start, and show its last four only', async () => {
    expect(await store.exchangeAccounts.add(alice, account('main'), 5)).toEqual({ ok: true })
    await store.close()
    store = await open()
    expect(await store.exchangeAccounts.list(alice)).toEqual([
      { id: 1, name: 'main', mode: 'demo', keyTail: '6666', isDefault: true, createdAt: 5 },
    ])
    const { apiKey, secretKey, passphrase } = (await store.exchangeAccounts.credentials(alice, 'main')) ?? expect.fail()
    expect({ apiKey, secretKey, passphrase }).toEqual(parts('6666'))
  })

  it('are their owner’s alone, and a name is used once by each', async () => {
    await store.exchangeAccounts.add(alice, account('main'), 5)
    expect(await store.exchangeAccounts.add(alice, account('main', '7777'), 5)).toMatchObject({ reason: 'name-taken' })
    expect(await names(bob)).toEqual([])
    expect(await store.exchangeAccounts.credentials(bob, 'main')).toBeNull()
    expect(await store.exchangeAccounts.remove(bob, 'main', 6)).toBe(false)
    expect(await store.exchangeAccounts.add(bob, account('main', '7777'), 5)).toEqual({ ok: true })
  })

  it('are not there twice under two names', async () => {
    await store.exchangeAccounts.add(alice, account('main', '6666', '100'), 5)
    const again = await store.exchangeAccounts.add(alice, account('other', '7777', '100'), 5)
    expect(again).toEqual({ ok: false, reason: 'same-account', name: 'main' })
    // At OKX, demo and live have the same uid.
    const live = { ...account('other', '7777', '100'), mode: 'live' as const }
    expect(await store.exchangeAccounts.add(alice, live, 5)).toEqual({ ok: true })
  })

  it('have one default: the one chosen last, then the one chosen before, then the first', async () => {
    for (const [i, name] of ['b', 'a', 'c'].entries())
      await store.exchangeAccounts.add(alice, account(name, `000${i}`), 5)
    expect(await theDefault()).toBe('b')
    expect(await store.exchangeAccounts.choose(alice, 'c', 5)).toBe(true)
    expect(await store.exchangeAccounts.choose(alice, 'a', 5)).toBe(true)
    expect(await store.exchangeAccounts.choose(alice, 'nope', 5)).toBe(false)
    expect(await theDefault()).toBe('a')
    await store.exchangeAccounts.remove(alice, 'a', 6)
    expect(await theDefault()).toBe('c')
    await store.exchangeAccounts.remove(alice, 'c', 6)
    await store.exchangeAccounts.remove(alice, 'b', 6)
    await store.exchangeAccounts.add(alice, account('d'), 7)
    expect(await theDefault()).toBe('d')
  })

  it('that are removed lose their key, and their name is free again', async () => {
    await store.exchangeAccounts.add(alice, account('main'), 5)
    expect(await store.exchangeAccounts.remove(alice, 'main', 6)).toBe(true)
    expect(await names(alice)).toEqual([])
    expect(await store.exchangeAccounts.add(alice, account('main', '7777', '6666'), 7)).toEqual({ ok: true })
    const { keyTail } = (await store.exchangeAccounts.list(alice))[0]
    expect(keyTail).toBe('7777')
  })

  it('may have no key', async () => {
    const simulated = { name: 'play', mode: 'simulated', uid: null, credentials: null } as const
    await store.exchangeAccounts.add(alice, simulated, 5)
    await store.exchangeAccounts.add(alice, { ...simulated, name: 'play-2' }, 5)
    expect(await store.exchangeAccounts.list(alice)).toMatchObject([{ keyTail: null }, { mode: 'simulated' }])
    expect(await store.exchangeAccounts.credentials(alice, 'play')).toBeNull()
    // Nothing was sealed.
    expect(readdirSync(dir)).not.toContain('secret.key')
  })
})

describe('a key in the database', () => {
  beforeEach(async () => {
    await store.exchangeAccounts.add(alice, account('main'), 5)
  })

  it('is nowhere in the clear', async () => {
    await store.secrets.set('TELEGRAM_BOT_TOKEN', '123:a-token-of-the-bot', 5)
    const bytes = databaseBytes()
    // To see that it is the right place to look.
    expect(bytes.includes('main')).toBe(true)
    expect(bytes.includes('TELEGRAM_BOT_TOKEN')).toBe(true)
    for (const secret of [...Object.values(parts('6666')), '123:a-token'])
      expect({ secret, found: bytes.includes(secret) }).toEqual({ secret, found: false })
    const file = readFileSync(join(dir, 'secret.key'))
    for (const form of [file, file.toString('hex'), file.toString('base64')]) expect(bytes.includes(form)).toBe(false)
  })

  it('does not open for another user, name or mode', async () => {
    for (const change of [`"userId" = ${bob}`, `"name" = 'main-2'`, `"mode" = 'live'`]) {
      const before = databaseBytes().length
      await query(`UPDATE "ExchangeAccount" SET ${change} WHERE "name" = 'main'`)
      const [owner, name] = [change.includes('userId') ? bob : alice, change.includes('name') ? 'main-2' : 'main']
      await expect(store.exchangeAccounts.credentials(owner, name)).rejects.toMatchObject({
        id: 'error-secret-damaged',
      })
      await query(`UPDATE "ExchangeAccount" SET "userId" = ?, "name" = 'main', "mode" = 'demo'`, alice)
      expect(before).toBeGreaterThan(0)
    }
    expect(await store.exchangeAccounts.credentials(alice, 'main')).not.toBeNull()
  })

  it('says whose key is missing where the key file is another, and can still be listed and removed', async () => {
    await store.close()
    rmSync(join(dir, 'secret.key'))
    store = await open(createSecretKeys({ dataDir: dir, secret: 'words that are others' }))
    await expect(store.exchangeAccounts.credentials(alice, 'main')).rejects.toMatchObject({
      id: 'error-secret-key',
      args: { what: 'main' },
    })
    expect(await names(alice)).toEqual(['main'])
    expect(await store.exchangeAccounts.remove(alice, 'main', 6)).toBe(true)
  })
})

describe('secrets of the bot', () => {
  it('are set, set anew, listed by their last four and removed', async () => {
    await store.secrets.set('MODEL_KEY', 'sk-0123456789abcdef', 5)
    await store.secrets.set('A', 'short', 6)
    await store.secrets.set('MODEL_KEY', 'sk-0123456789abcxyz', 7)
    expect(await store.secrets.list()).toEqual([
      { name: 'A', tail: '', updatedAt: 6 },
      { name: 'MODEL_KEY', tail: 'cxyz', updatedAt: 7 },
    ])
    expect(await store.secrets.readAll()).toEqual({ A: 'short', MODEL_KEY: 'sk-0123456789abcxyz' })
    expect(await store.secrets.remove('A')).toBe(true)
    expect(await store.secrets.remove('A')).toBe(false)
  })

  it('do not open under each other’s name', async () => {
    await store.secrets.set('ONE', 'first', 5)
    await query(`UPDATE "Secret" SET "name" = 'TWO'`)
    await expect(store.secrets.readAll()).rejects.toMatchObject({ id: 'error-secret-damaged', args: { what: 'TWO' } })
  })
})
