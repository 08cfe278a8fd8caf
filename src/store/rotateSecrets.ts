import { ownerOf } from './exchangeAccounts.js'
import type { PrismaClient } from './generated/client.js'
import { keyIdOf, seal, unseal } from './secretBox.js'
import type { SecretKeys } from './secretKeys.js'
import { ownerOfSecret } from './secrets.js'

export interface Rotated {
  /** How many were sealed under another key before. */
  resealed: number
  /** How many there are. */
  total: number
}

/**
 * Seals everything anew: under a new key of its own, or under CANDLECHAT_SECRET where that is given. Killed at any moment
 * nothing is lost, and another call goes on: the new key is on disk before anything is sealed with it, all is sealed anew in
 * one transaction, and only then does the new key take the place of the one before, which is kept beside it (backups).
 * Others may read and write meanwhile. Throws UserError, with nothing changed, where something does not open.
 */
export async function rotateSecrets(prisma: PrismaClient, keys: SecretKeys): Promise<Rotated> {
  const isPrepared = await keys.beginRotation()
  const rotated = await prisma.$transaction(async (tx) => {
    const [sealing, opening] = [await keys.sealing(), await keys.opening()]
    const reseal = (sealed: Uint8Array, owner: string[], what: string) =>
      seal(unseal(sealed, owner, opening, what), owner, sealing)
    const accounts = await tx.exchangeAccount.findMany({ where: { credentials: { not: null } } })
    const secrets = await tx.secret.findMany()
    const before = [...accounts.map(({ credentials }) => credentials), ...secrets.map(({ sealed }) => sealed)]
    for (const { id, credentials, ...owner } of accounts) {
      if (!credentials) continue
      await tx.exchangeAccount.update({
        where: { id },
        data: { credentials: reseal(credentials, ownerOf(owner), owner.name) },
      })
    }
    for (const { name, sealed } of secrets) {
      await tx.secret.update({ where: { name }, data: { sealed: reseal(sealed, ownerOfSecret(name), name) } })
    }
    const resealed = before.filter((sealed) => sealed !== null && keyIdOf(sealed) !== sealing.id).length
    return { resealed, total: before.length }
  })
  // Under the write lock, so that nobody is about to seal with a key whose file moves away.
  if (isPrepared) await prisma.$transaction(() => keys.endRotation())
  return rotated
}
