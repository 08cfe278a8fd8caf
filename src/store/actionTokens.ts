import { randomBytes } from 'node:crypto'
import type { PrismaClient } from './generated/client.js'

/** A command with its arguments, behind a button. */
export interface Action {
  /** `platform:platformUserId`: nobody else may press it. */
  ownerKey: string
  command: string
  args: Readonly<Record<string, unknown>>
}

export type TakenAction =
  | {
      ok: true
      command: string
      args: Readonly<Record<string, unknown>>
      /** Of all presses exactly one is the first: what must not happen twice goes by it. */
      first: boolean
    }
  | { ok: false; reason: 'unknown' | 'expired' | 'not-owner' }

export type ActionTokens = ReturnType<typeof actionTokensOf>

export function actionTokensOf(prisma: PrismaClient) {
  return {
    /** All in one commit. Returns a token for each: 16 URL-safe characters (96 random bits). */
    async create(actions: readonly Action[], { now, expiresAt }: { now: number; expiresAt: number }) {
      const data = actions.map(({ ownerKey, command, args }) => ({
        token: randomBytes(12).toString('base64url'),
        ownerKey,
        command,
        argsJson: JSON.stringify(args),
        createdAt: BigInt(now),
        expiresAt: BigInt(expiresAt),
      }))
      await prisma.actionToken.createMany({ data })
      return data.map(({ token }) => token)
    },

    /** What a pressed button means, or why it means nothing. A refused press leaves the token as it is. */
    async take(token: string, ownerKey: string, now: number): Promise<TakenAction> {
      const row = await prisma.actionToken.findUnique({ where: { token } })
      if (row === null) return { ok: false, reason: 'unknown' }
      if (row.ownerKey !== ownerKey) return { ok: false, reason: 'not-owner' }
      if (Number(row.expiresAt) <= now) return { ok: false, reason: 'expired' }
      const { count } = await prisma.actionToken.updateMany({
        where: { token, usedAt: null },
        data: { usedAt: BigInt(now) },
      })
      return { ok: true, command: row.command, args: JSON.parse(row.argsJson), first: count === 1 }
    },

    /** Forgets what expired before a time; returns how many. */
    async purge(beforeTs: number): Promise<number> {
      const { count } = await prisma.actionToken.deleteMany({ where: { expiresAt: { lt: BigInt(beforeTs) } } })
      return count
    },
  }
}
