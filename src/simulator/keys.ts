import { createHash } from 'node:crypto'

/** A key to one account. The simulator's keys are play keys, and are logged no more than real ones. */
export interface SimulatorKey {
  apiKey: string
  secretKey: string
  passphrase: string
  uid: string
  perm: readonly ('read_only' | 'trade' | 'withdraw')[]
  /** Addresses that it is bound to; empty where to none. */
  ip: readonly string[]
  /** Made in demo trading (or not): then `x-simulated-trading` must say so (or not). Left out, both are let in. */
  demo?: boolean
}

/** A key of `uid` that may read and trade; the same for the same seed. */
export function playKey(seed: string, uid: string): SimulatorKey {
  const hex = (purpose: string) => createHash('sha256').update(`${seed}|${uid}|${purpose}`).digest('hex')
  const id = hex('apiKey')
  return {
    apiKey: [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20, 32)].join('-'),
    secretKey: hex('secretKey').slice(0, 32).toUpperCase(),
    passphrase: `Play-${hex('passphrase').slice(0, 12)}`,
    uid,
    perm: ['read_only', 'trade'],
    ip: [],
  }
}

/** Keys have the form of a UUID: one that has not cannot be a key of anyone. */
export function isKeyLike(apiKey: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(apiKey)
}
