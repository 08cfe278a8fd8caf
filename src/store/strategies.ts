import type { Strategy } from '../domain/strategy/schema.js'
import type { PrismaClient } from './generated/client.js'

/** One version of a user's strategy. */
export interface SavedStrategy {
  /** Of this version: what a backtest or a run keeps. */
  versionId: number
  name: string
  /** From 1. */
  version: number
  /** As it was saved; rules may have become stricter since, so validate it. */
  strategy: unknown
  createdAt: number
}

export type Strategies = ReturnType<typeof strategiesOf>

/** Strategies by owner and name. Removed ones cannot be found, but what used their versions keeps them. */
export function strategiesOf(prisma: PrismaClient) {
  const versionsOf = async (userId: number, name: string, number?: number): Promise<SavedStrategy[]> => {
    const rows = await prisma.strategyVersion.findMany({
      where: { strategy: { userId, name, deletedAt: null }, ...(number !== undefined && { number }) },
      orderBy: { number: 'desc' },
    })
    return rows.map((row) => savedOf(name, row))
  }

  return {
    /** The current version of each, by name. */
    async list(userId: number): Promise<SavedStrategy[]> {
      const rows = await prisma.strategy.findMany({
        where: { userId, deletedAt: null },
        include: { versions: { orderBy: { number: 'desc' }, take: 1 } },
        orderBy: { name: 'asc' },
      })
      return rows.flatMap(({ name, versions }) => versions.map((row) => savedOf(name, row)))
    },

    /** The current version, or null. */
    async find(userId: number, name: string): Promise<SavedStrategy | null> {
      const row = await prisma.strategyVersion.findFirst({
        where: { strategy: { userId, name, deletedAt: null } },
        orderBy: { number: 'desc' },
      })
      return row && savedOf(name, row)
    },

    /** Every version, newest first. */
    versions: (userId: number, name: string) => versionsOf(userId, name),

    async getVersion(userId: number, name: string, version: number): Promise<SavedStrategy | null> {
      const [saved] = await versionsOf(userId, name, version)
      return saved ?? null
    },

    /**
     * Saves a strategy under its own name: a new name (or one that was removed) is created, a known one gets another
     * version; saving what is already the current version changes nothing.
     */
    async save(
      userId: number,
      strategy: Strategy,
      now: number,
    ): Promise<{ versionId: number; version: number; created: boolean }> {
      const { name } = strategy
      const json = JSON.stringify(strategy)
      const createdAt = BigInt(now)
      return prisma.$transaction(async (tx) => {
        const known = await tx.strategy.findUnique({
          where: { userId_name: { userId, name } },
          include: { versions: { orderBy: { number: 'desc' }, take: 1 } },
        })
        const created = known === null || known.deletedAt !== null
        const current = known?.versions[0]
        if (!created && current?.json === json) return { versionId: current.id, version: current.number, created }
        const version = (current?.number ?? 0) + 1
        const { id: strategyId } = known
          ? await tx.strategy.update({
              where: { id: known.id },
              data: { currentVersion: version, deletedAt: null },
            })
          : await tx.strategy.create({ data: { userId, name, currentVersion: version, createdAt } })
        const { id: versionId } = await tx.strategyVersion.create({
          data: { strategyId, number: version, json, createdAt },
        })
        return { versionId, version, created }
      })
    },

    /** False if there is none of that name. */
    async remove(userId: number, name: string, now: number): Promise<boolean> {
      const { count } = await prisma.strategy.updateMany({
        where: { userId, name, deletedAt: null },
        data: { deletedAt: BigInt(now) },
      })
      return count > 0
    },
  }
}

function savedOf(name: string, row: { id: number; number: number; json: string; createdAt: bigint }): SavedStrategy {
  return {
    versionId: row.id,
    name,
    version: row.number,
    strategy: JSON.parse(row.json),
    createdAt: Number(row.createdAt),
  }
}
