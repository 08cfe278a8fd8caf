import { createSecretKey, type KeyObject } from 'node:crypto'
import { inspect } from 'node:util'
import type { KeyParts } from '../domain/exchangeKey.js'
import { UserError } from '../domain/userError.js'
import { prehashOf, signatureOf } from './sign.js'

/** The one element of a login's `args`. */
export interface LoginArgs {
  apiKey: string
  passphrase: string
  timestamp: string
  sign: string
}

/** Shorter ones are none, and would be struck out of texts that have nothing to do with them. */
const smallestSecret = 6

/**
 * An account's key: it signs, and shows nothing but the last four characters of the key, to whoever prints, inspects or
 * serialises it. Throws UserError on parts that no header could carry (which would be refused with their value in the error).
 */
export class Credentials {
  readonly #apiKey: string
  readonly #passphrase: string
  readonly #secret: KeyObject
  readonly #hidden: readonly string[]

  constructor({ apiKey, secretKey, passphrase }: KeyParts) {
    const parts = { key: apiKey, secret: secretKey, passphrase }
    for (const [part, text] of Object.entries(parts)) {
      if (!/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(text)) throw new UserError('error-okx-credentials', { part })
    }
    this.#apiKey = apiKey
    this.#passphrase = passphrase
    this.#secret = createSecretKey(Buffer.from(secretKey, 'utf8'))
    this.#hidden = [secretKey, apiKey, passphrase].filter(({ length }) => length >= smallestSecret)
  }

  /** The headers of a signed call at this time, epoch ms; `path` with its query string, `body` exactly as sent. */
  headers(now: number, method: string, path: string, body: string): Record<string, string> {
    const timestamp = new Date(now).toISOString()
    return {
      'OK-ACCESS-KEY': this.#apiKey,
      'OK-ACCESS-SIGN': signatureOf(this.#secret, prehashOf({ timestamp, method, path, body })),
      'OK-ACCESS-TIMESTAMP': timestamp,
      'OK-ACCESS-PASSPHRASE': this.#passphrase,
    }
  }

  /** The arguments of a socket's `login` at this time, epoch ms; it counts in whole seconds. */
  loginArgs(now: number): LoginArgs {
    const timestamp = String(Math.floor(now / 1000))
    const text = prehashOf({ timestamp, method: 'GET', path: '/users/self/verify', body: '' })
    return { apiKey: this.#apiKey, passphrase: this.#passphrase, timestamp, sign: signatureOf(this.#secret, text) }
  }

  /** A text of others, such as an error's, without what must not be seen in it. */
  scrub(text: string): string {
    return this.#hidden.reduce((scrubbed, secret) => scrubbed.replaceAll(secret, '[hidden]'), text)
  }

  toString(): string {
    return `OKX key …${this.#apiKey.slice(-4)}`
  }

  toJSON(): string {
    return this.toString()
  }

  [inspect.custom](): string {
    return this.toString()
  }
}
