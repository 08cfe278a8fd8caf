import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ExchangeKey } from '../domain/exchangeKey.js'
import { openStore, type Store } from './openStore.js'
import { createSecretKeys, type SecretKeys } from './secretKeys.js'

const logger = pino({ level: 'silent' })
const [oldWords, newWords] = ['the old words of it', 'the new words of it']
let dir: string
let userId: number
const opened: Store[] = []

async function open(secretKeys: SecretKeys = createSecretKeys({ dataDir: dir })): Promise<Store> {
  const store = await openStore({ databaseUrl: `file:${join(dir, 'records.db')}`, logger, secretKeys })
  opened.push(store)
  return store
}

const withWords = (secret: string, oldSecret: string | null = null) =>
  open(createSecretKeys({ dataDir: dir, secret, oldSecret }))

const add = (store: Store, name: string) =>
  store.exchangeAccounts.add(
    userId,
    {
      name,
      mode: 'demo',
      uid: name,
      credentials: new ExchangeKey({ apiKey: `key of ${name}`, secretKey: 's', passphrase: 'p' }),
    },
    5,
  )

/** All that is secret, as a process that starts now reads it. */
async function readAnew(store?: Store) {
  const reader = store ?? (await open())
  const accounts = await reader.exchangeAccounts.list(userId)
  const keys = await Promise.all(
    accounts.map(async ({ name }) => (await reader.exchangeAccounts.credentials(userId, name))?.apiKey),
  )
  return { keys, secrets: await reader.secrets.readAll() }
}

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'rotate-'))
  const store = await open()
  userId = (await store.users.findOrCreate({ platform: 'telegram', platformUserId: '1', locale: 'en' })).id
})
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
  rmSync(dir, { recursive: true })
})

const everything = { keys: ['key of a', 'key of b'], secrets: { TOKEN: 'token' } }

async function fill(store: Store): Promise<void> {
  await add(store, 'a')
  await add(store, 'b')
  await store.secrets.set('TOKEN', 'token', 5)
}

describe('a rotation of the key file', () => {
  it('puts everything under a new key, which alone opens it', async () => {
    const store = await open()
    await fill(store)
    const before = readFileSync(join(dir, 'secret.key'))
    expect(await store.rotateSecrets()).toEqual({ resealed: 3, total: 3 })
    expect(readFileSync(join(dir, 'secret.key'))).not.toEqual(before)
    expect(readFileSync(join(dir, 'secret.key.old'))).toEqual(before)
    rmSync(join(dir, 'secret.key.old'))
    expect(await readAnew()).toEqual(everything)
  })

  it.each(['before anything is sealed anew', 'before the files change places'] as const)(
    'that dies %s loses nothing, and goes on',
    async (moment) => {
      await fill(await open())
      const keys = createSecretKeys({ dataDir: dir })
      const die = () => Promise.reject(new Error('killed'))
      const dying = await open({
        ...keys,
        ...(moment.startsWith('before a') ? { sealing: die } : { endRotation: die }),
      })
      await expect(dying.rotateSecrets()).rejects.toThrow('killed')
      expect(readdirSync(dir)).toContain('secret.key.next')
      expect(await readAnew()).toEqual(everything)
      // A bot that adds something meanwhile loses it as little.
      const store = await open()
      await add(store, 'c')
      await store.rotateSecrets()
      rmSync(join(dir, 'secret.key.old'))
      expect(await readAnew()).toEqual({ ...everything, keys: [...everything.keys, 'key of c'] })
      expect(readdirSync(dir)).not.toContain('secret.key.next')
    },
  )

  it('is not lost where the process died between the two renames', async () => {
    const store = await open()
    await fill(store)
    const keys = createSecretKeys({ dataDir: dir })
    const dying = await open({ ...keys, endRotation: () => Promise.reject(new Error('killed')) })
    await expect(dying.rotateSecrets()).rejects.toThrow('killed')
    cpSync(join(dir, 'secret.key'), join(dir, 'secret.key.old'))
    rmSync(join(dir, 'secret.key'))
    expect(await readAnew()).toEqual(everything)
    await store.rotateSecrets()
    expect(await readAnew()).toEqual(everything)
    expect(
      readdirSync(dir)
        .filter((file) => file.startsWith('secret'))
        .sort(),
    ).toEqual(['secret.key', 'secret.key.old'])
  })

  it('goes unnoticed by those who read and write meanwhile, and by another rotation', async () => {
    const [store, other] = [await open(), await open()]
    await fill(store)
    const adding = Array.from({ length: 4 }, (_, i) => add(other, `more-${i}`))
    const reading = Array.from({ length: 4 }, () => other.exchangeAccounts.credentials(userId, 'a'))
    await Promise.all([store.rotateSecrets(), store.rotateSecrets(), ...adding, ...reading])
    rmSync(join(dir, 'secret.key.old'), { force: true })
    const { keys } = await readAnew(other)
    expect(keys).toHaveLength(6)
    expect(keys.every((key) => key?.startsWith('key of'))).toBe(true)
  })

  it('changes nothing where one thing does not open, and names it', async () => {
    await add(await withWords(oldWords), 'a')
    const store = await open()
    await add(store, 'b')
    await expect(store.rotateSecrets()).rejects.toMatchObject({ id: 'error-secret-key', args: { what: 'a' } })
    expect((await store.exchangeAccounts.credentials(userId, 'b'))?.apiKey).toBe('key of b')
  })
})

describe('a change of CANDLECHAT_SECRET', () => {
  it('needs the old one once', async () => {
    await fill(await withWords(oldWords))
    const between = await withWords(newWords, oldWords)
    expect(await readAnew(between)).toEqual(everything)
    expect(await between.rotateSecrets()).toEqual({ resealed: 3, total: 3 })
    expect(await between.rotateSecrets()).toEqual({ resealed: 0, total: 3 })
    expect(await readAnew(await withWords(newWords))).toEqual(everything)
    await expect(readAnew(await withWords(oldWords))).rejects.toMatchObject({ id: 'error-secret-key' })
    expect(readdirSync(dir)).not.toContain('secret.key')
  })

  it('is also the way from a key file, and back to one', async () => {
    await fill(await open())
    await (await withWords(newWords)).rotateSecrets()
    for (const file of readdirSync(dir)) if (file.startsWith('secret')) rmSync(join(dir, file))
    expect(await readAnew(await withWords(newWords))).toEqual(everything)
    await (await open(createSecretKeys({ dataDir: dir, oldSecret: newWords }))).rotateSecrets()
    expect(await readAnew()).toEqual(everything)
  })
})
