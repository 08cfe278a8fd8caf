import { createHmac, type KeyObject } from 'node:crypto'

/** HMAC-SHA256 of the text, base64: what OKX calls a signature. */
export function signatureOf(secret: KeyObject, text: string): string {
  return createHmac('sha256', secret).update(text).digest('base64')
}

/** What a REST call signs: `path` with its query string, `body` exactly as sent (empty for a GET). */
export function prehashOf(call: { timestamp: string; method: string; path: string; body: string }): string {
  return `${call.timestamp}${call.method}${call.path}${call.body}`
}
