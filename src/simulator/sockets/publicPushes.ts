import type { Logger } from 'pino'
import type { PublicHalf } from '../publicHalf.js'
import { Refusal } from '../refusal.js'
import { type ChannelArg, channelKey, noChannel, type SocketError } from './channels.js'
import type { Connection } from './connection.js'
import { type Topic, topicOf } from './publicTopics.js'

interface Followed {
  arg: ChannelArg
  topic: Topic
  followers: Set<Connection>
  /** The newest push, for who comes later. */
  latest: string | null
  readAt: number
  isReading: boolean
}

/** The public channels: what REST answers, read again and again and pushed where it is new. */
export interface PublicPushes {
  /**
   * Subscribes, once `acknowledge` has been called; what is known is pushed at once. An error, as its code and message,
   * where there is no such instrument.
   */
  follow(connection: Connection, arg: ChannelArg, now: number, acknowledge: () => void): Promise<SocketError | null>
  leave(connection: Connection, arg: ChannelArg): void
  leaveAll(connection: Connection): void
  beat(now: number): void
}

/** What tells that a client has asked for something that is not there, not that it cannot be read now. */
const noSuchThing: readonly string[] = ['50014', '50015', '51000', '51001', '404']

export function createPublicPushes(publicHalf: PublicHalf, logger: Logger): PublicPushes {
  const byKey = new Map<string, Followed>()

  /** Reads a topic and pushes what is new; gives back what refused it. */
  async function poll(followed: Followed, now: number): Promise<string | null> {
    followed.isReading = true
    followed.readAt = now
    try {
      const read = followed.topic.read(now)
      const answer = read ? await publicHalf.answer({ method: 'GET', ...read, address: null }, now) : null
      if (read && !answer) return '404'
      if (answer && answer.body.code !== '0') return answer.body.code
      const rows = answer && Array.isArray(answer.body.data) ? answer.body.data : []
      for (const data of followed.topic.fresh(rows, now)) {
        followed.latest = JSON.stringify({ arg: followed.arg, data })
        for (const follower of followed.followers) follower.send(followed.latest)
      }
      return null
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return error.code
    } finally {
      followed.isReading = false
    }
  }

  return {
    async follow(connection, arg, now, acknowledge) {
      const key = channelKey(arg)
      let followed = byKey.get(key)
      if (!followed) {
        const topic = topicOf(arg, publicHalf.quotes)
        followed = { arg, topic, followers: new Set(), latest: null, readAt: now, isReading: false }
        const code = await poll(followed, now)
        if (code !== null && noSuchThing.includes(code)) return noChannel(arg)
        // Another may have come while this was read.
        followed = byKey.get(key) ?? followed
        byKey.set(key, followed)
      }
      acknowledge()
      const isNew = !followed.followers.has(connection)
      followed.followers.add(connection)
      if (isNew && followed.latest !== null) connection.send(followed.latest)
      return null
    },
    leave(connection, arg) {
      const key = channelKey(arg)
      const followed = byKey.get(key)
      followed?.followers.delete(connection)
      if (followed?.followers.size === 0) byKey.delete(key)
    },
    leaveAll(connection) {
      for (const { arg } of connection.subscriptions.values()) this.leave(connection, arg)
    },
    beat(now) {
      for (const followed of byKey.values()) {
        const everyMs = Math.max(publicHalf.pollMs, followed.topic.leastMs)
        if (followed.isReading || now - followed.readAt < everyMs) continue
        poll(followed, now).catch((err: unknown) => logger.error({ err, arg: followed.arg }, 'simulator failed'))
      }
    },
  }
}
