import { isKeyLike, type SimulatorKey } from '../keys.js'
import { isBoundTo, mostSkewMs, signatureOf } from '../signed/authenticate.js'
import type { SocketError } from './channels.js'

/** The key that a socket logs in with, or why it may not: OKX's code and message. `now` is the exchange's clock. */
export function readLogin(
  args: Readonly<Record<string, string>>,
  keys: ReadonlyMap<string, SimulatorKey>,
  address: string,
  now: number,
): SimulatorKey | SocketError {
  const { apiKey = '', passphrase = '', timestamp = '', sign = '' } = args
  if (!/^\d{10}(\.\d{1,3})?$/.test(timestamp)) return ['60004', 'Invalid timestamp']
  if (!isKeyLike(apiKey)) return ['60005', 'Invalid apiKey']
  if (Math.abs(now - Number(timestamp) * 1000) > mostSkewMs) return ['60006', 'Timestamp request expired']
  const key = keys.get(apiKey)
  if (!key) return ['60032', "API key doesn't exist"]
  if (passphrase !== key.passphrase) return ['60024', 'Wrong passphrase']
  if (sign !== signatureOf(key.secretKey, `${timestamp}GET/users/self/verify`)) return ['60007', 'Invalid sign']
  if (!isBoundTo(key, address)) return ['60009', 'Login failed.']
  return key
}
