import { createCipheriv, createDecipheriv, createHmac, randomBytes, scrypt } from 'node:crypto'
import { UserError } from '../domain/userError.js'

/** A key of 256 bits, and what tells it from others; printed it shows only that. */
export interface SecretKey {
  /** 16 hex digits, made from the key one-way. */
  readonly id: string
  bytes(): Uint8Array
}

const version = 1
const [idBytes, nonceBytes, tagBytes] = [8, 12, 16]
const headBytes = 1 + idBytes
const shortest = headBytes + nonceBytes + tagBytes
export const keyBytes = 32

/** Throws where it is not 32 bytes. */
export function secretKeyOf(bytes: Uint8Array): SecretKey {
  if (bytes.byteLength !== keyBytes) throw new Error(`a key has ${keyBytes} bytes, not ${bytes.byteLength}`)
  const own = Uint8Array.from(bytes)
  const id = createHmac('sha256', own)
    .update('candlechat key id')
    .digest('hex')
    .slice(0, 2 * idBytes)
  return { id, bytes: () => own }
}

/**
 * The key that words stand for, by scrypt (N = 2^15, r = 8, p = 1: 32 MB and about a tenth of a second). The salt is the
 * same everywhere, so that the words alone bring everything back on another machine: they have to be long (config.ts asks
 * for 16 characters) and nobody else's.
 */
export function deriveKey(words: string): Promise<SecretKey> {
  const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 2 ** 26 }
  return new Promise((resolve, reject) => {
    scrypt(words.normalize('NFKC'), 'candlechat secret v1', keyBytes, cost, (error, bytes) =>
      error ? reject(error) : resolve(secretKeyOf(bytes)),
    )
  })
}

/**
 * Text under AES-256-GCM: version (1 byte), key id (8), nonce (12, random), tag (16), ciphertext. The head and `owner` (the
 * row that it belongs to) are authenticated with it: moved to another row it does not open.
 */
export function seal(text: string, owner: readonly string[], key: SecretKey): Uint8Array<ArrayBuffer> {
  const head = Buffer.concat([Buffer.of(version), Buffer.from(key.id, 'hex')])
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key.bytes(), nonce, { authTagLength: tagBytes })
  cipher.setAAD(boundTo(head, owner))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Uint8Array.from(Buffer.concat([head, nonce, cipher.getAuthTag(), body]))
}

/**
 * What was sealed. Throws UserError error-secret-key where its key is not among `keys`, and error-secret-damaged where it
 * was changed, belongs to another row or has a form that is unknown here; both name it by `what`.
 */
export function unseal(sealed: Uint8Array, owner: readonly string[], keys: readonly SecretKey[], what: string): string {
  const damaged = () => new UserError('error-secret-damaged', { what })
  const bytes = Buffer.from(sealed)
  if (bytes.length < shortest || bytes[0] !== version) throw damaged()
  const head = bytes.subarray(0, headBytes)
  const id = keyIdOf(sealed)
  const key = keys.find((candidate) => candidate.id === id)
  if (!key) throw new UserError('error-secret-key', { what })
  const nonce = bytes.subarray(headBytes, headBytes + nonceBytes)
  const decipher = createDecipheriv('aes-256-gcm', key.bytes(), nonce, { authTagLength: tagBytes })
  decipher.setAAD(boundTo(head, owner))
  decipher.setAuthTag(bytes.subarray(headBytes + nonceBytes, shortest))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(shortest)), decipher.final()]).toString('utf8')
  } catch (cause) {
    // What Node says of it names nothing of the content.
    throw Object.assign(damaged(), { cause })
  }
}

/** The id of the key that something is sealed under. */
export function keyIdOf(sealed: Uint8Array): string {
  return Buffer.from(sealed.subarray(1, headBytes)).toString('hex')
}

function boundTo(head: Uint8Array, owner: readonly string[]): Uint8Array {
  return Buffer.concat([head, Buffer.from(JSON.stringify(owner), 'utf8')])
}
