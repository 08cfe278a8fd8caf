/** What a key of OKX consists of, as its maker shows it. */
export interface KeyParts {
  apiKey: string
  secretKey: string
  passphrase: string
}

/**
 * A key of OKX on its way from the store to the client. Read by name it gives its parts; printed, logged, spread or turned
 * into JSON it gives no more than the last four characters of the API key.
 */
export class ExchangeKey implements KeyParts {
  readonly #parts: KeyParts

  constructor({ apiKey, secretKey, passphrase }: KeyParts) {
    this.#parts = { apiKey, secretKey, passphrase }
  }

  get apiKey(): string {
    return this.#parts.apiKey
  }

  get secretKey(): string {
    return this.#parts.secretKey
  }

  get passphrase(): string {
    return this.#parts.passphrase
  }

  toString(): string {
    return masked(lastFour(this.apiKey))
  }

  toJSON(): string {
    return this.toString()
  }

  /** For `util.inspect`, and with it `console.log` and what vitest prints. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }
}

/** The only part of a secret that is ever shown; nothing of a short one, of which it would be too much. */
export function lastFour(secret: string): string {
  return secret.length >= 16 ? secret.slice(-4) : ''
}

/** `…1a2b` */
export function masked(tail: string): string {
  return `…${tail}`
}
