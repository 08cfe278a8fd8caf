import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { UserError } from '../domain/userError.js'
import { deriveKey, keyBytes, type SecretKey, secretKeyOf } from './secretBox.js'

export interface SecretKeysOptions {
  /** Where the key files are. */
  dataDir: string
  /** CANDLECHAT_SECRET: where it is given it seals, and no file is made. */
  secret?: string | null
  /** CANDLECHAT_SECRET_OLD: only opens. */
  oldSecret?: string | null
}

/**
 * The keys of the house. Files are looked at anew each time, so that a rotation by another process is never missed:
 * whoever writes asks for `sealing` inside the transaction that it writes in.
 */
export interface SecretKeys {
  /** The key that seals; a file with a new one is made where there is none. */
  sealing(): Promise<SecretKey>
  /** All that open, likeliest first; makes none. */
  opening(): Promise<SecretKey[]>
  /** Prepares another key for everything, or takes up one that was prepared before. False: CANDLECHAT_SECRET seals. */
  beginRotation(): Promise<boolean>
  /** The prepared key becomes the key, the one before it remains as the old one. Nothing where none is prepared. */
  endRotation(): Promise<void>
}

/**
 * Throws UserError error-secret-mode for a file that others may read, error-secret-file for one that holds no key, and
 * error-file-unreadable or -unwritable.
 */
export function createSecretKeys({ dataDir, secret = null, oldSecret = null }: SecretKeysOptions): SecretKeys {
  const current = join(dataDir, 'secret.key')
  /** There only while a rotation is under way; what is written meanwhile is sealed by it. */
  const next = join(dataDir, 'secret.key.next')
  /** Opens what a backup of before the last rotation holds. */
  const old = join(dataDir, 'secret.key.old')
  const derived = new Map<string, Promise<SecretKey>>()

  function keyOfWords(words: string): Promise<SecretKey> {
    const known = derived.get(words) ?? deriveKey(words)
    derived.set(words, known)
    return known
  }

  return {
    async sealing() {
      if (secret !== null) return keyOfWords(secret)
      return readKey(next) ?? readKey(current) ?? makeKey(current)
    },
    async opening() {
      const words = [secret, oldSecret].filter((given) => given !== null)
      const keys = await Promise.all(words.map(keyOfWords))
      // In this order: a rotation that ends meanwhile moves them the other way.
      for (const path of [next, current, old]) {
        const key = readKey(path)
        if (key) keys.push(key)
      }
      return keys
    },
    async beginRotation() {
      if (secret !== null) return false
      if (readKey(next) === null) makeKey(next)
      return true
    },
    async endRotation() {
      if (readKey(next) === null) return
      unlessMissing(() => renameSync(current, old))
      renameSync(next, current)
      syncFolder(dataDir)
    },
  }
}

/** The key of a file; null where there is no such file. Blocks for 32 bytes: others wait for the lock that it is read under. */
function readKey(path: string): SecretKey | null {
  try {
    const bytes = unlessMissing(() => readOwnFile(path))
    return bytes && secretKeyOf(bytes)
  } catch (cause) {
    throw unusable('error-file-unreadable', path, cause)
  }
}

function readOwnFile(path: string): Uint8Array {
  const file = openSync(path, 'r')
  try {
    const { mode, size } = fstatSync(file)
    // Windows has no such bits.
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) throw new UserError('error-secret-mode', { path })
    if (size !== keyBytes) throw new UserError('error-secret-file', { path })
    return readFileSync(file)
  } finally {
    closeSync(file)
  }
}

/** Makes a key file whole or not at all; of two processes at once, both get the one that was first. */
function makeKey(path: string): SecretKey {
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(draft, randomBytes(keyBytes), { mode: 0o600, flag: 'wx', flush: true })
    try {
      linkSync(draft, path)
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
    } finally {
      unlinkSync(draft)
    }
    syncFolder(dirname(path))
  } catch (cause) {
    throw unusable('error-file-unwritable', path, cause)
  }
  const made = readKey(path)
  if (made === null) throw new Error(`${path} is gone as soon as it was made`)
  return made
}

/** A name that a power cut takes away again would take everything sealed by its key along. */
function syncFolder(path: string): void {
  // Windows opens no folders, and needs no such thing.
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

function unlessMissing<T>(work: () => T): T | null {
  try {
    return work()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}

function unusable(id: string, path: string, cause: unknown): unknown {
  if (cause instanceof UserError) return cause
  return Object.assign(new UserError(id, { path, reason: codeOf(cause) }), { cause })
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
}
