import { ExchangeKey, type KeyParts, lastFour } from '../domain/exchangeKey.js'
import type { Mode } from '../domain/instrument.js'
import type { PrismaClient } from './generated/client.js'
import { seal, unseal } from './secretBox.js'
import type { SecretKeys } from './secretKeys.js'

/** An account without its key. */
export interface ExchangeAccount {
  id: number
  name: string
  mode: Mode
  /** The last four characters of its API key; null where it has no key, as simulated ones. */
  keyTail: string | null
  isDefault: boolean
  createdAt: number
}

export interface NewAccount {
  name: string
  mode: Mode
  /** Null for a simulated or paper account. */
  credentials: ExchangeKey | null
  /** The account's own id at OKX; null where there is none. */
  uid: string | null
}

export type Added = { ok: true } | { ok: false; reason: 'name-taken' | 'same-account'; name: string }

export type ExchangeAccounts = ReturnType<typeof exchangeAccountsOf>

/** Accounts by owner and name; of several the one chosen last is the default, and where none was, the first. */
export function exchangeAccountsOf(prisma: PrismaClient, keys: SecretKeys) {
  return {
    /** By name. */
    async list(userId: number): Promise<ExchangeAccount[]> {
      const rows = await prisma.exchangeAccount.findMany({
        where: { userId, removedAt: null },
        orderBy: { name: 'asc' },
      })
      const chosen = rows.toSorted((a, b) => Number((b.chosenAt ?? 0n) - (a.chosenAt ?? 0n)) || a.id - b.id)[0]
      return rows.map((row) => ({
        id: row.id,
        name: row.name,
        mode: modeOf(row.mode),
        keyTail: row.keyTail,
        isDefault: row === chosen,
        createdAt: Number(row.createdAt),
      }))
    },

    /** Refuses a name that is in use, and another key of an OKX account that is there already. The first is the default. */
    async add(userId: number, { name, mode, credentials, uid }: NewAccount, now: number): Promise<Added> {
      return prisma.$transaction(async (tx): Promise<Added> => {
        const present = await tx.exchangeAccount.findMany({ where: { userId, removedAt: null } })
        if (present.some((other) => other.name === name)) return { ok: false, reason: 'name-taken', name }
        const same = uid === null ? undefined : present.find((other) => other.uid === uid && other.mode === mode)
        if (same) return { ok: false, reason: 'same-account', name: same.name }
        await tx.exchangeAccount.create({
          data: {
            userId,
            name,
            mode,
            uid,
            credentials:
              credentials && seal(textOf(credentials), ownerOf({ userId, name, mode }), await keys.sealing()),
            keyTail: credentials && lastFour(credentials.apiKey),
            createdAt: BigInt(now),
            chosenAt: present.length === 0 ? BigInt(now) : null,
          },
        })
        return { ok: true }
      })
    },

    /**
     * The key of an account; null where it has none, or there is no such account. Throws UserError error-secret-key where it
     * was encrypted under another key, error-secret-damaged where it was tampered with.
     */
    async credentials(userId: number, name: string): Promise<ExchangeKey | null> {
      const row = await prisma.exchangeAccount.findFirst({ where: { userId, name, removedAt: null } })
      if (!row?.credentials) return null
      return credentialsOf(unseal(row.credentials, ownerOf(row), await keys.opening(), name))
    },

    /** False if there is none of that name. */
    async choose(userId: number, name: string, now: number): Promise<boolean> {
      const latest = await prisma.exchangeAccount.aggregate({ where: { userId }, _max: { chosenAt: true } })
      // Two choices within one millisecond must not be undecided.
      const after = (latest._max.chosenAt ?? 0n) + 1n
      const { count } = await prisma.exchangeAccount.updateMany({
        where: { userId, name, removedAt: null },
        data: { chosenAt: after > BigInt(now) ? after : BigInt(now) },
      })
      return count > 0
    },

    /** Its key is gone for good; what used the account keeps the rest. False if there is none of that name. */
    async remove(userId: number, name: string, now: number): Promise<boolean> {
      return prisma.$transaction(async (tx) => {
        const row = await tx.exchangeAccount.findFirst({ where: { userId, name, removedAt: null } })
        if (!row) return false
        await tx.exchangeAccount.update({
          where: { id: row.id },
          // No name that can be given has a tilde.
          data: { name: `${name}~${row.id}`, credentials: null, keyTail: null, chosenAt: null, removedAt: BigInt(now) },
        })
        return true
      })
    },
  }
}

/** The row that a key belongs to: under another user, name or mode it does not open. */
export function ownerOf({ userId, name, mode }: { userId: number; name: string; mode: string }): string[] {
  return ['account', String(userId), name, mode]
}

function textOf({ apiKey, secretKey, passphrase }: KeyParts): string {
  return JSON.stringify({ apiKey, secretKey, passphrase })
}

function credentialsOf(text: string): ExchangeKey {
  const { apiKey, secretKey, passphrase }: Record<string, unknown> = JSON.parse(text)
  if (typeof apiKey === 'string' && typeof secretKey === 'string' && typeof passphrase === 'string')
    return new ExchangeKey({ apiKey, secretKey, passphrase })
  throw new Error('what was sealed for an account is no key')
}

const modes: readonly Mode[] = ['simulated', 'paper', 'demo', 'live']

function modeOf(text: string): Mode {
  const mode = modes.find((candidate) => candidate === text)
  if (mode === undefined) throw new Error(`an account of the mode ${text}`)
  return mode
}
