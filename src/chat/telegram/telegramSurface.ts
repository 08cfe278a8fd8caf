import { setTimeout as pause } from 'node:timers/promises'
import { autoRetry } from '@grammyjs/auto-retry'
import { Api, type ApiClientOptions, Bot, type Context, GrammyError, type Transformer } from 'grammy'
import type { Logger } from 'pino'
import type { Dispatch } from '../../commands/dispatch.js'
import type { Registry } from '../../commands/registry.js'
import { UserError } from '../../domain/userError.js'
import { letPass } from '../letPass.js'
import { loggable } from '../loggable.js'
import { fetchSentFile } from './fetchSentFile.js'
import { readUpdate } from './incoming.js'
import { publishMenu } from './menu.js'
import { createTurn } from './turn.js'

export interface TelegramOptions {
  token: string
  /** Without a slash at the end. */
  apiRoot?: string
  dispatch: Dispatch
  registry: Registry
  logger: Logger
  now?: () => number
  progressIntervalMs?: number
  firstProgressAfterMs?: number
  /** Work that has not reported by then shows as typing, and lets others pass. */
  slowAfterMs?: number
  /** How long one answer may take to send, retries and all. */
  sendTimeoutMs?: number
}

export interface TelegramHealth {
  state: 'starting' | 'polling' | 'unreachable' | 'stopped' | 'failed'
  /** When Telegram last answered a poll, epoch ms. */
  lastPollAt: number | null
  /** Chats that refuse our messages. */
  blockedChats: number
}

export interface TelegramSurface {
  /**
   * Polls until `stop`; resolves then. Rejects with UserError error-telegram-token (401) or error-telegram-conflict (409),
   * which no retry can mend.
   */
  start(): Promise<void>
  /** Takes nothing more in, stops dispatch, lets the last answers go out, and confirms only what was taken. */
  stop(): Promise<void>
  health(): TelegramHealth
}

const pollSeconds = 30
/** A poll is answered within its seconds; three without an answer are an outage. */
const silentAfterMs = 3 * pollSeconds * 1000
/** What stop waits for: unsent answers, and the last word to Telegram. */
const stopPatienceMs = 5000
/** A message with a key is to be gone before it is answered, but not at any price. */
const removeTimeoutMs = 15_000

export function createTelegramSurface(options: TelegramOptions): TelegramSurface {
  const { token, apiRoot = 'https://api.telegram.org', dispatch, registry, logger } = options
  const {
    now = Date.now,
    progressIntervalMs = 1500,
    firstProgressAfterMs = 400,
    slowAfterMs = 1000,
    sendTimeoutMs = 120_000,
  } = options
  // A poll that hears nothing for twice its time is a dead connection.
  const client: ApiClientOptions = { apiRoot, timeoutSeconds: 2 * pollSeconds }
  const bot = new Bot(token, { client })
  const plainApi = new Api(token, client)
  const tasks = new Set<Promise<void>>()
  const blocked = new Set<number>()
  const giveUp = new AbortController()
  let state: TelegramHealth['state'] = 'starting'
  let lastPollAt: number | null = null
  const stopping = new AbortController()
  const startedAt = now()
  const isSilent = () =>
    (state === 'starting' || state === 'polling') && now() - (lastPollAt ?? startedAt) > silentAfterMs
  let polling: Promise<void> = Promise.resolve()

  bot.api.config.use(retrySends())
  bot.api.config.use(async (previous, method, payload, signal) => {
    const result = await previous(method, payload, signal)
    if (method === 'getUpdates' && result.ok) lastPollAt = now()
    return result
  })
  bot.use(take)
  bot.catch(({ error }) => logger.error({ err: loggable(error) }, 'an update failed'))

  return {
    async start() {
      try {
        // bot.start would introduce itself, too, but go on trying after it was told to stop.
        polling = bot.init(stopping.signal as Parameters<typeof bot.init>[0]).then(() => {
          if (stopping.signal.aborted) return
          return bot.start({ timeout: pollSeconds, allowed_updates: ['message', 'callback_query'], onStart })
        })
        await polling
        state = 'stopped'
      } catch (error) {
        // Told to stop before Telegram could be reached: that is an end like any other.
        state = stopping.signal.aborted ? 'stopped' : 'failed'
        if (!stopping.signal.aborted) throw fatal(error)
      }
    },
    async stop() {
      // In this order: an update that came after dispatch stopped would be confirmed, and lost. What a batch still holds
      // comes to dispatch in vain; unconfirmed, it will be delivered again.
      stopping.abort()
      const leave = Promise.all([bot.isRunning() ? bot.stop() : null, polling]).catch((error: unknown) =>
        logger.warn({ err: loggable(error) }, 'Telegram was left without a last word'),
      )
      await dispatch.stop()
      const quiet = Promise.all([leave, ...tasks])
      await Promise.race([quiet, pause(stopPatienceMs, undefined, { ref: false })])
      giveUp.abort()
      await Promise.all(tasks)
      state = 'stopped'
    },
    health: () => ({ state: isSilent() ? 'unreachable' : state, lastPollAt, blockedChats: blocked.size }),
  }

  async function onStart({ username }: { username: string }): Promise<void> {
    state = 'polling'
    logger.info({ bot: username }, 'Telegram is polled')
    await publishMenu(plainApi, registry).catch((error: unknown) =>
      logger.warn({ err: loggable(error) }, 'the command menu could not be published'),
    )
  }

  /** Resolves once the work is done or turns out to be long: short requests keep their order, long ones let others pass. */
  async function take(context: Context): Promise<void> {
    const incoming = readUpdate(context.update, context.me, (file) => ({
      name: file.name,
      read: () => fetchSentFile(bot.api, { token, apiRoot, file, signal: stopping.signal }),
    }))
    if (!incoming) return
    const { place, messageId } = incoming
    const hide = messageId === null ? null : { remove: () => remove(place.chatId, messageId), isFormBetter: false }
    const request = { ...incoming.request, ...(hide && { hide }) }
    const turn = createTurn({
      api: bot.api,
      plainApi,
      place,
      logger,
      progressIntervalMs,
      firstProgressAfterMs,
      deadline: () => AbortSignal.any([giveUp.signal, AbortSignal.timeout(sendTimeoutMs)]),
    })
    const answer = (pass: () => void) => {
      const task = dispatch
        .handle(request, {
          progress: (update) => {
            pass()
            turn.progress(update)
          },
        })
        .then((reply) => turn.finish(reply))
        .then(
          () => void blocked.delete(place.chatId),
          (error: unknown) => note(error, place.chatId),
        )
        .finally(() => void tasks.delete(task))
      tasks.add(task)
      return task
    }
    await letPass(answer, { slowAfterMs, onSlow: () => turn.type() })
  }

  /** False where Telegram will not: in a group a bot needs the right to, and nowhere after two days. */
  async function remove(chatId: number, messageId: number): Promise<boolean> {
    const deadline = AbortSignal.any([giveUp.signal, AbortSignal.timeout(removeTimeoutMs)])
    try {
      // grammY's own type of signal is older than Node's, and the same thing.
      return await bot.api.deleteMessage(chatId, messageId, deadline as Parameters<typeof bot.init>[0])
    } catch (error) {
      logger.warn({ err: loggable(error) }, 'a message with a key could not be deleted')
      return false
    }
  }

  function note(error: unknown, chatId: number): void {
    if (error instanceof GrammyError && error.error_code === 403) {
      blocked.add(chatId)
      logger.info({ chatId, reason: error.description }, 'the chat takes no messages from us')
    } else {
      logger.error({ err: loggable(error), chatId }, 'an answer could not be sent')
    }
  }
}

/** Sends are tried again; polling has its own patience, and setup its own retries. */
function retrySends(): Transformer {
  const retry = autoRetry({ maxRetryAttempts: 3, maxDelaySeconds: 60 })
  return (previous, method, payload, signal) =>
    /^(send|edit|delete(Message)|answer|getFile)/.test(method)
      ? retry(previous, method, payload, signal)
      : previous(method, payload, signal)
}

function fatal(error: unknown): unknown {
  if (!(error instanceof GrammyError)) return error
  if (error.error_code === 401 || error.error_code === 404) return new UserError('error-telegram-token')
  if (error.error_code === 409) return new UserError('error-telegram-conflict')
  return error
}
