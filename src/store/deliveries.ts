import type { PrismaClient } from './generated/client.js'

export type Deliveries = ReturnType<typeof deliveriesOf>

/** Which updates were delivered before: platforms deliver again what they think was lost. */
export function deliveriesOf(prisma: PrismaClient) {
  return {
    /** True the first time a key is claimed, in whatever process. */
    async claim(key: string, now: number): Promise<boolean> {
      const inserted = await prisma.$executeRaw`
        INSERT INTO "SeenDelivery" ("key", "receivedAt") VALUES (${key}, ${BigInt(now)}) ON CONFLICT DO NOTHING`
      return inserted === 1
    },

    /** Forgets what was received before a time; returns how many. */
    async purge(beforeTs: number): Promise<number> {
      const { count } = await prisma.seenDelivery.deleteMany({ where: { receivedAt: { lt: BigInt(beforeTs) } } })
      return count
    },
  }
}
