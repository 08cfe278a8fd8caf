import type { Credentials } from '../domain/credentials.js'
import type { AccountConfig } from '../domain/trading/account.js'
import { OkxError } from '../okx/okxError.js'

/** Modes that need a key of OKX. */
export const keyModes = ['live', 'demo'] as const
export type KeyMode = (typeof keyModes)[number]

/** What OKX says of a key and of its account's settings. */
export type KeyConfig = Pick<AccountConfig, 'uid' | 'acctLv' | 'posMode' | 'perm' | 'ips'>

/** Why OKX does not take a key: each has its words under `error-key-…`. */
export type KeyRefusal =
  /** 50111, or 50119 there: no such key. Made in another region (www, eea, us), or deleted. */
  | 'unknown'
  | 'passphrase'
  | 'signature'
  /** Bound to other addresses than ours. */
  | 'ip'
  /** A demo key used as a live one, or the other way round. */
  | 'wrong-mode'
  | 'frozen'
  | 'clock'
  /** OKX cannot be reached or is busy: nothing is known of the key. */
  | 'unreachable'
  /** Anything else, by its code. */
  | 'refused'

export type KeyCheck =
  | { kind: 'ok'; config: KeyConfig }
  /** `code` is OKX's, or one of ours such as `network`. */
  | { kind: 'refused'; reason: KeyRefusal; code: string }

export type CheckKey = (credentials: Credentials, mode: KeyMode, signal: AbortSignal) => Promise<KeyCheck>

/** GET account/config, signed with a key, in the mode given; rejects with OkxError. */
export type ReadAccountConfig = (credentials: Credentials, mode: KeyMode, signal: AbortSignal) => Promise<KeyConfig>

const reasonOfCode: Readonly<Record<string, KeyRefusal>> = {
  50100: 'frozen',
  50007: 'frozen',
  50009: 'frozen',
  50101: 'wrong-mode',
  50102: 'clock',
  50112: 'clock',
  50105: 'passphrase',
  50110: 'ip',
  50111: 'unknown',
  50113: 'signature',
  50119: 'unknown',
}

/** Asks OKX about a key through the signed client. */
export function createKeyCheck(readAccountConfig: ReadAccountConfig): CheckKey {
  return async (credentials, mode, signal) => {
    try {
      return { kind: 'ok', config: await readAccountConfig(credentials, mode, signal) }
    } catch (error) {
      if (!(error instanceof OkxError)) throw error
      const { code, kind } = error
      const isPassing = kind === 'retry' || kind === 'outcomeUnknown'
      return { kind: 'refused', code, reason: reasonOfCode[code] ?? (isPassing ? 'unreachable' : 'refused') }
    }
  }
}
