import { createHmac } from 'node:crypto'
import type { Call } from '../answer.js'
import { isKeyLike, type SimulatorKey } from '../keys.js'
import { Refusal } from '../refusal.js'

/** How far a timestamp may lie from the exchange's clock. */
export const mostSkewMs = 30_000

const unauthorized = (code: string, message: string) => new Refusal(code, message, 401)

/** Base64 of HMAC-SHA256. */
export function signatureOf(secretKey: string, prehash: string): string {
  return createHmac('sha256', secretKey).update(prehash).digest('base64')
}

/** The key that a signed request was made with; throws Refusal as OKX would (okx-facts sections 1 and 2). `now` is the exchange's clock. */
export function authenticate(call: Call, keys: ReadonlyMap<string, SimulatorKey>, now: number): SimulatorKey {
  const apiKey = header(call, 'OK-ACCESS-KEY', '50103')
  const passphrase = header(call, 'OK-ACCESS-PASSPHRASE', '50104')
  const sign = header(call, 'OK-ACCESS-SIGN', '50106')
  const timestamp = header(call, 'OK-ACCESS-TIMESTAMP', '50107')
  if (!isKeyLike(apiKey)) throw unauthorized('50111', 'Invalid OK-ACCESS-KEY')
  const key = keys.get(apiKey)
  if (!key) throw unauthorized('50119', "API key doesn't exist")
  const isDemo = call.headers['x-simulated-trading'] === '1'
  if (key.demo !== undefined && key.demo !== isDemo) {
    throw unauthorized('50101', 'APIKey does not match current environment.')
  }
  if (!isBoundTo(key, call.address)) {
    throw unauthorized('50110', `Your IP ${call.address} is not included in your API key's IP whitelist.`)
  }
  if (passphrase !== key.passphrase) throw unauthorized('50105', 'Request header "OK-ACCESS-PASSPHRASE" incorrect.')
  const ts = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(timestamp) ? Date.parse(timestamp) : Number.NaN
  if (Number.isNaN(ts)) throw unauthorized('50112', 'Invalid OK-ACCESS-TIMESTAMP')
  if (Math.abs(now - ts) > mostSkewMs) throw unauthorized('50102', 'Timestamp request expired')
  const prehash = `${timestamp}${call.method}${call.path}${call.search}${call.body}`
  if (sign !== signatureOf(key.secretKey, prehash)) throw unauthorized('50113', 'Invalid Sign')
  return key
}

/** Whether a key may be used from an address. */
export function isBoundTo(key: SimulatorKey, address: string): boolean {
  return key.ip.length === 0 || key.ip.includes(address)
}

function header(call: Call, name: string, code: string): string {
  const value = call.headers[name.toLowerCase()]
  if (typeof value !== 'string' || value === '') throw unauthorized(code, `Request header "${name}" can not be empty.`)
  return value
}
