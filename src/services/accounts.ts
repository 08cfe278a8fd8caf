import { ExchangeKey, type KeyParts } from '../domain/exchangeKey.js'
import { nearest } from '../domain/nearest.js'
import { UserError } from '../domain/userError.js'
import type { ExchangeAccount, ExchangeAccounts } from '../store/exchangeAccounts.js'
import type { CheckKey, KeyConfig, KeyMode } from './keyCheck.js'
import type { Work } from './work.js'

export interface NewKey extends KeyParts {
  /** 1 to 20 letters, digits, - or _: see accountNamePattern. */
  name: string
  mode: KeyMode
}

/** What a person should know of a key that was taken, or do about it. */
export type KeyWarning = 'not-bound' | 'no-swaps'

export interface AddedAccount {
  account: ExchangeAccount
  config: KeyConfig
  warnings: KeyWarning[]
}

/** A user's accounts at OKX. */
export interface Accounts {
  /** By name. */
  list(userId: number): Promise<ExchangeAccount[]>
  /**
   * Asks OKX about a key and keeps it, encrypted. Refuses with UserError: a name or an OKX account that is there already, a
   * key that is malformed or that OKX does not take (see keyCheck.ts), one that may withdraw, and one that
   * may not trade. What is refused is nowhere kept.
   */
  add(userId: number, key: NewKey, now: number, work: Pick<Work, 'signal'>): Promise<AddedAccount>
  /** Makes it the default. Refuses a name that does not exist, with the nearest that does. */
  choose(userId: number, name: string, now: number): Promise<void>
  /** Forgets its key for good. Refuses likewise. */
  remove(userId: number, name: string, now: number): Promise<void>
}

/** Shorter than any API key, so that a key in the wrong place is never taken for a name. */
export const accountNamePattern = /^[\p{L}\p{N}][\p{L}\p{N}_-]{0,19}$/u

/** Headers hold no more than visible ASCII. */
const partForms: Record<keyof KeyParts, RegExp> = {
  apiKey: /^[\w-]{16,64}$/,
  secretKey: /^[\x21-\x7e]{16,128}$/,
  passphrase: /^[\x20-\x7e]{1,64}$/,
}

export function createAccounts({ store, checkKey }: { store: ExchangeAccounts; checkKey: CheckKey }): Accounts {
  return {
    list: (userId) => store.list(userId),

    async add(userId, { name, mode, ...parts }, now, { signal }) {
      refuseMalformed(name, parts)
      // Before OKX is asked; the store refuses it again.
      const present = await store.list(userId)
      if (present.some((other) => other.name === name)) throw taken('name-taken', name)
      const credentials = new ExchangeKey(parts)
      const checked = await checkKey(credentials, mode, signal)
      if (checked.kind === 'refused') throw new UserError(checked.reasonId, { mode, code: checked.code })
      const { config } = checked
      refuseUnfit(config)
      const added = await store.add(userId, { name, mode, credentials, uid: config.uid }, now)
      if (!added.ok) throw taken(added.reason, added.name)
      const account = (await store.list(userId)).find((one) => one.name === name)
      if (!account) throw new Error('an account was removed as soon as it was added')
      return { account, config, warnings: warningsOf(config) }
    },

    async choose(userId, name, now) {
      if (!(await store.choose(userId, name, now))) throw await unknown(userId, name)
    },

    async remove(userId, name, now) {
      if (!(await store.remove(userId, name, now))) throw await unknown(userId, name)
    },
  }

  async function unknown(userId: number, name: string): Promise<UserError> {
    // It may be a key in the wrong place: it is not repeated.
    if (!accountNamePattern.test(name)) return new UserError('error-account-name')
    const names = (await store.list(userId)).map((account) => account.name)
    return new UserError('error-account-unknown', { name, suggestion: nearest(name, names) ?? '' })
  }
}

function taken(reason: 'name-taken' | 'same-account', name: string): UserError {
  return new UserError(reason === 'name-taken' ? 'error-account-name-taken' : 'error-account-same', { name })
}

/** Says which part is malformed, and nothing of it. */
function refuseMalformed(name: string, parts: KeyParts): void {
  if (!accountNamePattern.test(name)) throw new UserError('error-account-name')
  for (const part of ['apiKey', 'secretKey', 'passphrase'] as const) {
    if (!partForms[part].test(parts[part])) throw new UserError('error-key-form', { part })
  }
}

/** A key that may take money out is refused for what it could do, one that may not trade for what it could not. */
function refuseUnfit({ perm }: KeyConfig): void {
  if (perm.includes('withdraw')) throw new UserError('error-key-withdraw')
  if (!perm.includes('trade')) throw new UserError('error-key-read-only')
}

function warningsOf({ ips, acctLv }: KeyConfig): KeyWarning[] {
  return [...(ips.length === 0 ? (['not-bound'] as const) : []), ...(acctLv === '1' ? (['no-swaps'] as const) : [])]
}
