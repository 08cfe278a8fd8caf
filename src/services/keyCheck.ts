import type { ExchangeKey } from '../domain/exchangeKey.js'
import type { AccountConfig } from '../domain/trading/account.js'
import { OkxError } from '../okx/okxError.js'

/** Modes that need a key of OKX. */
export const keyModes = ['live', 'demo'] as const
export type KeyMode = (typeof keyModes)[number]

/** What OKX says of a key and of its account's settings. */
export type KeyConfig = Pick<AccountConfig, 'uid' | 'acctLv' | 'posMode' | 'perm' | 'ips'>

export type KeyCheck =
  | { kind: 'ok'; config: KeyConfig }
  /** `reasonId` has the words for it, which take `code` (OKX's, or one of ours such as `network`) and `mode`. */
  | { kind: 'refused'; reasonId: string; code: string }

export type CheckKey = (key: ExchangeKey, mode: KeyMode, signal: AbortSignal) => Promise<KeyCheck>

/** GET account/config, signed with a key, in the mode given; rejects with OkxError. */
export type ReadAccountConfig = (key: ExchangeKey, mode: KeyMode, signal: AbortSignal) => Promise<KeyConfig>

/** Where more is known than the code says. */
const ownReasons: Readonly<Record<string, string>> = {
  'okx-environment': 'error-key-wrong-mode',
  'okx-key': 'error-key-unknown',
}

/** Asks OKX about a key. */
export function createKeyCheck(readAccountConfig: ReadAccountConfig): CheckKey {
  return async (key, mode, signal) => {
    try {
      return { kind: 'ok', config: await readAccountConfig(key, mode, signal) }
    } catch (error) {
      if (!(error instanceof OkxError)) throw error
      const { code, kind, reasonId } = error
      const isPassing = kind === 'retry' || kind === 'outcomeUnknown'
      return {
        kind: 'refused',
        code,
        reasonId: isPassing ? 'error-key-unreachable' : (ownReasons[reasonId] ?? reasonId),
      }
    }
  }
}
