import { lastFour } from '../domain/exchangeKey.js'
import type { PrismaClient } from './generated/client.js'
import { seal, unseal } from './secretBox.js'
import type { SecretKeys } from './secretKeys.js'

/** A secret without what it hides. */
export interface ListedSecret {
  name: string
  /** Its last four characters; empty for a short one. */
  tail: string
  updatedAt: number
}

export type Secrets = ReturnType<typeof secretsOf>

/** The bot's own secrets, by name. */
export function secretsOf(prisma: PrismaClient, keys: SecretKeys) {
  return {
    async set(name: string, text: string, now: number): Promise<void> {
      await prisma.$transaction(async (tx) => {
        const data = {
          sealed: seal(text, ownerOfSecret(name), await keys.sealing()),
          tail: lastFour(text),
          updatedAt: BigInt(now),
        }
        await tx.secret.upsert({ where: { name }, create: { name, ...data }, update: data })
      })
    },

    /** By name. */
    async list(): Promise<ListedSecret[]> {
      const rows = await prisma.secret.findMany({ orderBy: { name: 'asc' } })
      return rows.map(({ name, tail, updatedAt }) => ({ name, tail, updatedAt: Number(updatedAt) }))
    },

    /** Every secret by its name. Throws UserError as `unseal`, naming the one that does not open. */
    async readAll(): Promise<Record<string, string>> {
      const rows = await prisma.secret.findMany()
      if (rows.length === 0) return {}
      const opening = await keys.opening()
      return Object.fromEntries(
        rows.map(({ name, sealed }) => [name, unseal(sealed, ownerOfSecret(name), opening, name)]),
      )
    },

    /** False if there is none of that name. */
    async remove(name: string): Promise<boolean> {
      const { count } = await prisma.secret.deleteMany({ where: { name } })
      return count > 0
    },
  }
}

export function ownerOfSecret(name: string): string[] {
  return ['secret', name]
}
