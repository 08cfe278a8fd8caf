import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UserError } from '../domain/userError.js'
import { createTranslator } from '../i18n.js'
import { errorFromCode } from '../okx/okxError.js'
import { openStore, type Store } from '../store/openStore.js'
import { createSecretKeys } from '../store/secretKeys.js'
import { type Accounts, createAccounts } from './accounts.js'
import { type CheckKey, createKeyCheck, type KeyConfig, type KeyMode } from './keyCheck.js'

const parts = {
  apiKey: '0a1b2c3d-1111-2222-3333-444455556666',
  secretKey: '0123456789ABCDEF0123456789ABCDEF',
  passphrase: 'Open=Sesame"1',
}
const main = { name: 'main', mode: 'demo' as KeyMode, ...parts }
const good: KeyConfig = {
  uid: '100',
  acctLv: '2',
  posMode: 'net_mode',
  perm: ['read_only', 'trade'],
  ips: ['203.0.113.7'],
}

let dir: string
let store: Store
let userId: number
const { signal } = new AbortController()

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'accounts-'))
  store = await openStore({
    databaseUrl: `file:${join(dir, 'records.db')}`,
    logger: pino({ level: 'silent' }),
    secretKeys: createSecretKeys({ dataDir: dir }),
  })
  userId = (await store.users.findOrCreate({ platform: 'terminal', platformUserId: 'local', locale: 'en' })).id
})
afterEach(async () => {
  await store.close()
  rmSync(dir, { recursive: true })
})

const accountsWith = (checkKey: CheckKey): Accounts => createAccounts({ store: store.exchangeAccounts, checkKey })
const saying = (config: Partial<KeyConfig>) =>
  accountsWith(async () => ({ kind: 'ok', config: { ...good, ...config } }))

/** What refuses it; and nothing of the key must be in there, nor anything kept. */
async function refusal(accounts: Accounts, key = main): Promise<UserError> {
  const error = await accounts.add(userId, key, 5, { signal }).then(
    () => expect.fail('it was added'),
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof UserError)) throw error
  expect(await store.exchangeAccounts.list(userId)).toEqual([])
  for (const part of Object.values(parts)) expect(JSON.stringify([error, error.message])).not.toContain(part)
  return error
}

describe('a key that OKX takes', () => {
  it('is asked about in its mode, kept, and told about', async () => {
    const asked: unknown[] = []
    const accounts = accountsWith(async ({ apiKey, secretKey, passphrase }, mode) => {
      asked.push({ apiKey, secretKey, passphrase, mode })
      return { kind: 'ok', config: good }
    })
    const added = await accounts.add(userId, main, 5, { signal })
    expect(asked).toEqual([{ ...parts, mode: 'demo' }])
    expect(added).toMatchObject({
      account: { name: 'main', keyTail: '6666', isDefault: true },
      config: good,
      warnings: [],
    })
    const { passphrase } = (await store.exchangeAccounts.credentials(userId, 'main')) ?? expect.fail()
    expect(passphrase).toBe(parts.passphrase)
    expect(await accounts.list(userId)).toHaveLength(1)
  })

  it('comes with a warning where it is bound to no address, or its account trades no swaps', async () => {
    const { warnings } = await saying({ ips: [], acctLv: '1' }).add(userId, main, 5, { signal })
    expect(warnings).toEqual(['not-bound', 'no-swaps'])
  })
})

describe('a key is refused, and not kept,', () => {
  it.each([
    ['that may withdraw', { perm: ['read_only', 'withdraw', 'trade'] }, 'error-key-withdraw'],
    ['that may not trade', { perm: ['read_only'] }, 'error-key-read-only'],
  ])('%s', async (_what, config, id) => {
    expect(await refusal(saying(config))).toMatchObject({ id })
  })

  it.each([
    ['50101', 'error-key-wrong-mode'],
    ['50105', 'okx-passphrase'],
    ['50110', 'okx-address'],
    ['50111', 'error-key-unknown'],
    ['50113', 'okx-signature'],
    ['50119', 'error-key-unknown'],
    ['50100', 'okx-frozen'],
    ['50013', 'error-key-unreachable'],
    ['59999', 'okx-refused'],
  ])('that OKX answers with %s', async (code, id) => {
    const check = createKeyCheck(() => Promise.reject(errorFromCode('accountConfig', 401, code, 'no')))
    const error = await refusal(accountsWith(check))
    expect(error).toMatchObject({ id, args: { code, mode: 'demo' } })
    const t = createTranslator({ locale: 'en', timeZone: 'UTC', theme: 'light' })
    expect(t(error.id, error.args)).not.toBe('')
  })

  it.each([
    ['apiKey', 'short'],
    ['apiKey', 'key with spaces, and long enough'],
    ['secretKey', 'too short'],
    ['secretKey', 'schlüssel-mit-umlauten-und-lang'],
    ['passphrase', ''],
    ['passphrase', 'zwei\nzeilen'],
  ] as const)('whose %s is %j, before OKX is asked', async (part, value) => {
    const never = accountsWith(() => expect.fail('OKX was asked'))
    expect(await refusal(never, { ...main, [part]: value })).toMatchObject({ id: 'error-key-form', args: { part } })
  })

  it('whose check breaks down in a way that nobody foresaw', async () => {
    const accounts = accountsWith(() => Promise.reject(new TypeError('surprise')))
    await expect(accounts.add(userId, main, 5, { signal })).rejects.toThrow('surprise')
    expect(await accounts.list(userId)).toEqual([])
  })
})

describe('names', () => {
  it('are used once, and so is an OKX account', async () => {
    const accounts = saying({})
    await accounts.add(userId, main, 5, { signal })
    await expect(accounts.add(userId, main, 6, { signal })).rejects.toMatchObject({ id: 'error-account-name-taken' })
    await expect(accounts.add(userId, { ...main, name: 'other' }, 6, { signal })).rejects.toMatchObject({
      id: 'error-account-same',
      args: { name: 'main' },
    })
    await accounts.remove(userId, 'main', 7)
    await accounts.add(userId, { ...main, name: 'other' }, 8, { signal })
    expect((await accounts.list(userId)).map(({ name }) => name)).toEqual(['other'])
  })

  it('that do not exist are told with the nearest that does, and a key in their place is not repeated', async () => {
    const accounts = saying({})
    await accounts.add(userId, main, 5, { signal })
    for (const refused of [accounts.choose(userId, 'mian', 6), accounts.remove(userId, 'mian', 6)])
      await expect(refused).rejects.toMatchObject({
        id: 'error-account-unknown',
        args: { name: 'mian', suggestion: 'main' },
      })
    await expect(accounts.remove(userId, parts.apiKey, 6)).rejects.toMatchObject({ id: 'error-account-name', args: {} })
    await expect(accounts.add(userId, { ...main, name: parts.apiKey }, 6, { signal })).rejects.toMatchObject({
      id: 'error-account-name',
      args: {},
    })
  })
})
