import { type Locale, localeOf, type Reader } from '../i18n.js'
import type { PrismaClient } from './generated/client.js'

export interface User extends Reader {
  id: number
}

/** Somebody as a chat platform names them. */
export interface Contact {
  platform: string
  platformUserId: string
  /** Their private chat, where alerts may go. */
  chatId?: string
  /** What a new user starts with. */
  locale: Locale
  timeZone?: string
}

export type Users = ReturnType<typeof usersOf>

export function usersOf(prisma: PrismaClient) {
  const find = async ({ platform, platformUserId }: Contact, db: Pick<PrismaClient, 'chatIdentity'> = prisma) => {
    const where = { platform_platformUserId: { platform, platformUserId } }
    return db.chatIdentity.findUnique({ where, include: { user: true } })
  }

  const create = (contact: Contact, now: number) =>
    prisma.$transaction(async (tx) => {
      const known = await find(contact, tx)
      if (known) return known.user
      const { platform, platformUserId, chatId = null, locale, timeZone } = contact
      const createdAt = BigInt(now)
      return tx.user.create({
        data: {
          locale,
          ...(timeZone !== undefined && { timeZone }),
          createdAt,
          chatIdentities: { create: { platform, platformUserId, chatId, createdAt } },
        },
      })
    })

  return {
    /** The user behind a contact; the first contact makes them. Two first contacts at once make one user. */
    async findOrCreate(contact: Contact, now = Date.now()): Promise<User> {
      const known = await find(contact)
      if (!known) return userOf(await create(contact, now))
      if (contact.chatId !== undefined && known.chatId === null) {
        await prisma.chatIdentity.update({ where: { id: known.id }, data: { chatId: contact.chatId } })
      }
      return userOf(known.user)
    },

    async setLocale(userId: number, locale: Locale): Promise<void> {
      await prisma.user.update({ where: { id: userId }, data: { locale } })
    },

    async setTheme(userId: number, theme: Reader['theme']): Promise<void> {
      await prisma.user.update({ where: { id: userId }, data: { theme } })
    },
  }
}

function userOf({
  id,
  locale,
  timeZone,
  theme,
}: {
  id: number
  locale: string
  timeZone: string
  theme: string
}): User {
  return { id, locale: localeOf(locale), timeZone, theme: theme === 'light' ? 'light' : 'dark' }
}
