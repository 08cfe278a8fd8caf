import { setTimeout as pause } from 'node:timers/promises'
import {
  type APIInteraction,
  Client,
  Events,
  GatewayDispatchEvents,
  GatewayIntentBits,
  type GatewayMessageCreateDispatchData,
  type GatewayReadyDispatchData,
  Options,
} from 'discord.js'
import type { Registry } from '../../commands/registry.js'
import { UserError } from '../../domain/userError.js'
import { loggable } from '../loggable.js'
import { type AnsweringOptions, createAnswering } from './answering.js'
import { publishSlashCommands } from './slashCommands.js'

export interface DiscordOptions extends AnsweringOptions {
  token: string
  /** Without a slash at the end, and without the version. */
  restApi?: string
  registry: Registry
  /** Between two tries to reach Discord at all. */
  reconnectAfterMs?: number
  now?: () => number
}

export interface DiscordHealth {
  /** `connecting` is also a connection that was lost and is sought again; `unreachable`, one that is sought in vain. */
  state: 'connecting' | 'ready' | 'unreachable' | 'stopped' | 'failed'
  /** When Discord last sent an event or answered a heartbeat, epoch ms. */
  lastEventAt: number | null
  /** People and channels that take no messages from us. */
  shutOut: number
}

export interface DiscordSurface {
  /**
   * Listens until `stop`; resolves then. Rejects with UserError error-discord-token (401, 4004) or error-discord-intents
   * (4013, 4014), which no retry can mend.
   */
  start(): Promise<void>
  /** Takes nothing more in, stops dispatch, lets the last answers go out, and leaves. */
  stop(): Promise<void>
  health(): DiscordHealth
}

/** What stop waits for: unsent answers, and the end of an attempt to connect. */
const stopPatienceMs = 5000
/** Without a connection for so long, something is wrong. */
const silentAfterMs = 90_000
/** A rate limit longer than this costs the message. */
const longestRateLimitMs = 60_000

/**
 * The registry as slash commands, and its answers as messages. Where others read along (servers, group conversations),
 * what a command or a button brings is seen by its user alone, whatever it is: who wants to show an answer to all mentions
 * the bot instead.
 */
export function createDiscordSurface(options: DiscordOptions): DiscordSurface {
  const { token, restApi = 'https://discord.com/api', dispatch, registry, logger } = options
  const { reconnectAfterMs = 5000, now = Date.now } = options
  const stopping = new AbortController()
  const answering = createAnswering(options)
  let client = openClient()
  let state: DiscordHealth['state'] = 'connecting'
  let isPublished = false
  const startedAt = now()
  let lastEventAt: number | null = null
  let connecting: Promise<unknown> = Promise.resolve()
  let finish: (error?: unknown) => void = () => {}
  const over = new Promise<void>((resolve, reject) => {
    finish = (error) => (error === undefined ? resolve() : reject(error))
  })

  return {
    async start() {
      try {
        await Promise.race([connect(), over])
        await over
        state = 'stopped'
      } catch (error) {
        state = 'failed'
        await client.destroy()
        throw error
      }
    },
    async stop() {
      stopping.abort()
      answering.takeNothingMore()
      await dispatch.stop()
      await answering.finish(stopPatienceMs)
      // A connection that is only being made would outlive its client.
      await Promise.race([connecting, pause(stopPatienceMs, undefined, { ref: false })])
      await client.destroy()
      if (state !== 'failed') state = 'stopped'
      finish()
    },
    health: () => {
      const beats = client.ws.shards.map(({ lastPingTimestamp }) => lastPingTimestamp)
      const heardAt = Math.max(lastEventAt ?? 0, ...beats)
      const isSilent = state === 'connecting' && now() - Math.max(heardAt, startedAt) > silentAfterMs
      return {
        state: isSilent ? 'unreachable' : state,
        lastEventAt: heardAt > 0 ? heardAt : null,
        shutOut: answering.shutOut(),
      }
    },
  }

  /** Resolves once connected or stopped; a network that is down is no reason to give up. */
  async function connect(): Promise<void> {
    while (!stopping.signal.aborted) {
      const attempt = client.login(token)
      connecting = attempt.catch((error: unknown) => logger.debug({ err: loggable(error) }, 'not connected'))
      try {
        await attempt
        return
      } catch (error) {
        if (stopping.signal.aborted) return
        if (isWrongToken(error)) throw new UserError('error-discord-token')
        logger.warn({ err: loggable(error) }, 'Discord cannot be reached: trying again')
        await pause(reconnectAfterMs, undefined, { signal: stopping.signal }).catch(unlessAborted)
        if (!stopping.signal.aborted) client = openClient()
      }
    }
  }

  function openClient(): Client {
    const { Guilds, GuildMessages, DirectMessages } = GatewayIntentBits
    const opened = new Client({
      intents: [Guilds, GuildMessages, DirectMessages],
      rest: { api: restApi, rejectOnRateLimit: ({ retryAfter }) => retryAfter > longestRateLimitMs },
      // Events are read as they come; nothing is looked up.
      makeCache: Options.cacheWithLimits({ MessageManager: 0 }),
    })
    opened.on(Events.Raw, () => {
      lastEventAt = now()
    })
    // Straight from the gateway: discord.js itself holds events back until it knows every guild, and a person waits 3 s.
    opened.ws.on(GatewayDispatchEvents.Ready, (raw: GatewayReadyDispatchData) => onReady(opened, raw))
    opened.ws.on(GatewayDispatchEvents.Resumed, () => {
      state = 'ready'
    })
    opened.ws.on(
      GatewayDispatchEvents.InteractionCreate,
      guarded((raw: APIInteraction) => answering.takeInteraction(opened.rest, raw)),
    )
    opened.ws.on(
      GatewayDispatchEvents.MessageCreate,
      guarded((raw: GatewayMessageCreateDispatchData) => answering.takeMessage(opened.rest, raw)),
    )
    opened.on(Events.ShardReconnecting, () => {
      if (state === 'ready' && !stopping.signal.aborted) {
        state = 'connecting'
        logger.info('the connection to Discord was lost: it is sought again')
      }
    })
    opened.on(Events.ShardDisconnect, ({ code }) => {
      stopping.abort()
      finish(endOf(code))
    })
    opened.on(Events.ShardError, (error) => logger.warn({ err: loggable(error) }, 'the connection to Discord failed'))
    opened.on(Events.Error, (error) => logger.error({ err: loggable(error) }, 'the Discord client failed'))
    return opened
  }

  /** An event of a form that we do not know must not end the process. */
  function guarded<Raw>(take: (raw: Raw) => void): (raw: Raw) => void {
    return (raw) => {
      try {
        take(raw)
      } catch (error) {
        logger.error({ err: loggable(error) }, 'an event could not be read')
      }
    }
  }

  function onReady({ rest }: Client, { user, application }: GatewayReadyDispatchData): void {
    answering.introduce(user.id)
    state = 'ready'
    logger.info({ bot: user.username }, 'Discord is listened to')
    if (isPublished) return
    isPublished = true
    publishSlashCommands(rest, application.id, registry).catch((error: unknown) => {
      // The next connection tries again.
      isPublished = false
      logger.warn({ err: loggable(error) }, 'the slash commands could not be registered')
    })
  }
}

function isWrongToken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'TokenInvalid'
}

/** Why the gateway closed for good: codes after which discord.js does not come back. */
function endOf(code: number): Error {
  if (code === 4004) return new UserError('error-discord-token')
  if (code === 4013 || code === 4014) return new UserError('error-discord-intents')
  return new Error(`Discord closed its gateway for good: ${code}`)
}

function unlessAborted(error: Error): void {
  if (error.name !== 'AbortError') throw error
}
