import { setTimeout as pause } from 'node:timers/promises'
import {
  type APIInteraction,
  type APIInteractionResponse,
  type APIMessage,
  type GatewayMessageCreateDispatchData,
  InteractionResponseType,
  MessageFlags,
  type REST,
  RESTJSONErrorCodes,
  RequestMethod,
  Routes,
} from 'discord.js'
import type { Logger } from 'pino'
import type { Dispatch, DrawnReply, Request } from '../../commands/dispatch.js'
import { createTranslator, localeOf, type Translator } from '../../i18n.js'
import { fetchTextFile } from '../fetchTextFile.js'
import { letPass } from '../letPass.js'
import { loggable } from '../loggable.js'
import { withoutToken } from './components.js'
import { modalOf } from './forms.js'
import {
  type Ask,
  type Completion,
  type InteractionPlace,
  type Letter,
  readInteraction,
  readMessage,
} from './incoming.js'
import { createOutlet, type Outlet } from './outlet.js'
import { isRefused, isShutOut } from './refusals.js'
import { textMessage } from './render.js'
import { type Connection, call, channelRoute, interactionRoute, originalId } from './routes.js'
import { createTurn } from './turn.js'

export interface AnsweringOptions {
  dispatch: Dispatch
  logger: Logger
  /** Least time between two progress edits. */
  progressIntervalMs?: number
  /** Work shorter than this shows no progress. */
  firstProgressAfterMs?: number
  /** Work that has not reported by then lets others pass. */
  slowAfterMs?: number
  /** How long one message may take to send, retries and all. */
  sendTimeoutMs?: number
  /** An interaction takes answers for 15 minutes: before that the answer moves to a message of its own. */
  moveOnAfterMs?: number
}

/** What becomes of interactions and messages, whatever connection they came by. */
export interface Answering {
  /** Says who the bot is. */
  introduce(botId: string): void
  takeInteraction(rest: REST, raw: APIInteraction): void
  takeMessage(rest: REST, raw: GatewayMessageCreateDispatchData): void
  takeNothingMore(): void
  /** Resolves when all is answered; what is not sent by then is given up. */
  finish(patienceMs: number): Promise<void>
  /** How many people and channels take no messages from us. */
  shutOut(): number
}

/** Discord waits 3 s for values to offer. */
const completeWithinMs = 2500
const mostOffered = 25
const longestOffered = 100

export function createAnswering(options: AnsweringOptions): Answering {
  const { dispatch, logger } = options
  const { progressIntervalMs = 1000, firstProgressAfterMs = 400, slowAfterMs = 1000 } = options
  const { sendTimeoutMs = 120_000, moveOnAfterMs = 14 * 60_000 } = options
  const tasks = new Set<Promise<void>>()
  const lines = new Map<string, Promise<void>>()
  const refusing = new Set<string>()
  const giveUp = new AbortController()
  const leaving = new AbortController()
  let isOpen = true
  let myId: string | null = null

  return {
    introduce(botId) {
      myId = botId
    },
    takeInteraction(rest, raw) {
      const read = isOpen ? readInteraction(raw) : null
      if (read === null) return
      const connection = connectionOf(rest)
      if ('completion' in read) track(complete(connection, read.completion))
      else if (!askByForm(connection, read.ask)) takeAsk(connection, read.ask)
    },
    takeMessage(rest, raw) {
      if (!isOpen || myId === null) return
      const connection = connectionOf(rest)
      const letter = readMessage(raw, myId, ({ url, ...file }) => ({
        name: file.name,
        read: () =>
          fetchTextFile(file, () => fetch(url, { signal: AbortSignal.any([leaving.signal, connection.deadline()]) })),
      }))
      if (letter) takeLetter(connection, letter)
    },
    takeNothingMore() {
      isOpen = false
      leaving.abort()
    },
    async finish(patienceMs) {
      await Promise.race([allOver(), pause(patienceMs, undefined, { ref: false })])
      giveUp.abort()
      await allOver()
    },
    shutOut: () => refusing.size,
  }

  function connectionOf(rest: REST): Connection {
    return { rest, deadline: () => AbortSignal.any([giveUp.signal, AbortSignal.timeout(sendTimeoutMs)]) }
  }

  /** Shows the form that comes before a command, where there is one: its answers come as an interaction of their own. */
  function askByForm(connection: Connection, { request: { contact, input }, place }: Ask): boolean {
    const form = input.kind === 'call' ? dispatch.form(contact, input) : null
    if (!form || input.kind !== 'call') return false
    const body = modalOf(form, input)
    const route = Routes.interactionCallback(place.id, place.token)
    track(call(connection, RequestMethod.Post, route, { body, auth: false }).then(() => undefined))
    return true
  }

  function takeAsk(connection: Connection, { request, place }: Ask): void {
    const { id, userId, channelId, isShared, press } = place
    // At once, whoever stands in line before: Discord waits no longer than 3 s.
    const acknowledged = acknowledge(connection, place)
    track(acknowledged.then(() => undefined))
    const direct = isShared || channelId === null ? { userId } : { channelId }
    const outlet = createOutlet({
      route: interactionRoute(connection, place),
      shownId: press ? null : originalId,
      // What its user alone shall see must not go where others read along.
      replaceableId: press && (!isShared || isEphemeral(press.message)) ? originalId : null,
      later: {
        route: channelRoute(connection, direct, { nonce: id }),
        afterMs: moveOnAfterMs,
        notice: textMessage(wordsFor(request)('discord-later')),
      },
      logger,
    })
    inLine(userId, {
      async work(pass) {
        const how = await acknowledged
        if (how === 'failed') return outlet.close()
        await answer(request, outlet, { address: userId, pass, isRepeated: how === 'before', spend })
      },
      onSlow() {
        if (press && !isShared && channelId !== null) type(connection, channelId)
      },
    })

    async function spend(): Promise<void> {
      if (!press || (press.message.components ?? []).length === 0) return
      const components = withoutToken(press.message.components ?? [], press.token)
      const route = Routes.webhookMessage(place.applicationId, place.token, originalId)
      await call(connection, RequestMethod.Patch, route, { body: { components }, auth: false }).catch(
        (error: unknown) => logger.debug({ err: loggable(error) }, 'a spent button could not be taken away'),
      )
    }
  }

  function takeLetter(connection: Connection, letter: Letter): void {
    const { messageId, channelId, isShared } = letter.place
    const hide = { remove: async () => isShared && (await remove(connection, letter)), isFormBetter: true }
    const request = { ...letter.request, hide }
    const to = { nonce: messageId, ...(isShared && { replyTo: messageId }) }
    const outlet = createOutlet({ route: channelRoute(connection, { channelId }, to), shownId: null, logger })
    inLine(request.contact.platformUserId, {
      work: (pass) => answer(request, outlet, { address: channelId, pass }),
      onSlow: () => type(connection, channelId),
    })
  }

  /** What one person asks begins in order; what turns out to be long lets the next begin. */
  function inLine(userId: string, { work, onSlow }: { work(pass: () => void): Promise<void>; onSlow(): void }): void {
    const begin = () => letPass((pass) => track(work(pass)), { slowAfterMs, onSlow })
    const passed = (lines.get(userId) ?? Promise.resolve()).then(begin).then(() => {
      if (lines.get(userId) === passed) lines.delete(userId)
    })
    lines.set(userId, passed)
  }

  /** The same work, never rejecting, which `finish` waits for. */
  function track(work: Promise<void>): Promise<void> {
    const task = work
      .catch((error: unknown) => logger.error({ err: loggable(error) }, 'an answer failed'))
      .finally(() => void tasks.delete(task))
    tasks.add(task)
    return task
  }

  async function allOver(): Promise<void> {
    while (lines.size + tasks.size > 0) await Promise.all([...lines.values(), ...tasks])
  }

  async function answer(request: Request, outlet: Outlet, options: AnswerOptions): Promise<void> {
    const { address, pass, isRepeated = false, spend } = options
    const turn = createTurn({ outlet, logger, progressIntervalMs, firstProgressAfterMs })
    const reply = await dispatch.handle(request, {
      progress(update) {
        pass()
        turn.progress(update)
      },
    })
    // The answer to the first delivery stands there already.
    if (reply === null && isRepeated) return outlet.close()
    try {
      if (reply?.spent) await spend?.()
      await turn.finish(reply ?? (isOpen ? null : closing(request)))
      refusing.delete(address)
    } catch (error) {
      if (!isShutOut(error)) throw error
      refusing.add(address)
      logger.info({ address, err: loggable(error) }, 'somebody takes no messages from us')
    }
  }

  /** Discord shows at once that the request has arrived; who may see the answer is settled here. */
  async function acknowledge(connection: Connection, place: InteractionPlace): Promise<'now' | 'before' | 'failed'> {
    const body: APIInteractionResponse = place.press
      ? { type: InteractionResponseType.DeferredMessageUpdate }
      : {
          type: InteractionResponseType.DeferredChannelMessageWithSource,
          data: place.isShared ? { flags: MessageFlags.Ephemeral } : {},
        }
    try {
      await call(connection, RequestMethod.Post, Routes.interactionCallback(place.id, place.token), {
        body,
        auth: false,
      })
      return 'now'
    } catch (error) {
      // By a try of ours whose outcome was lost, or by an earlier delivery: dispatch knows.
      const before = isRefused(error, RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged)
      // Told by Discord that nothing happened, its user will try again: it must stay so.
      const words = before ? 'an interaction was acknowledged before' : 'an interaction could not be acknowledged'
      logger.warn({ err: loggable(error) }, words)
      return before ? 'before' : 'failed'
    }
  }

  async function complete(connection: Connection, { id, token, contact, ask }: Completion): Promise<void> {
    const offered = dispatch.suggest(contact, ask).catch((error: unknown): string[] => {
      logger.error({ err: error }, 'nothing could be suggested')
      return []
    })
    const values = await Promise.race([offered, pause(completeWithinMs, [], { ref: false })])
    const choices = values
      .filter((value) => value.length > 0 && value.length <= longestOffered)
      .slice(0, mostOffered)
      .map((value) => ({ name: value, value }))
    const body: APIInteractionResponse = {
      type: InteractionResponseType.ApplicationCommandAutocompleteResult,
      data: { choices },
    }
    await call(connection, RequestMethod.Post, Routes.interactionCallback(id, token), { body, auth: false }).catch(
      (error: unknown) => logger.info({ err: loggable(error) }, 'suggestions came too late'),
    )
  }

  /** False where Discord will not: a bot needs the right to manage messages for it, and has it nowhere in direct ones. */
  async function remove(connection: Connection, { place: { channelId, messageId } }: Letter): Promise<boolean> {
    try {
      await call(connection, RequestMethod.Delete, Routes.channelMessage(channelId, messageId), {})
      return true
    } catch (error) {
      logger.warn({ err: loggable(error) }, 'a message with a key could not be deleted')
      return false
    }
  }

  function type(connection: Connection, channelId: string): void {
    call(connection, RequestMethod.Post, Routes.channelTyping(channelId), {}).catch((error: unknown) =>
      logger.debug({ err: loggable(error) }, 'typing could not be shown'),
    )
  }
}

interface AnswerOptions {
  /** Who or what may turn out to take no messages. */
  address: string
  /** Lets the person's next request begin. */
  pass(): void
  isRepeated?: boolean
  /** Takes the button away that was pressed. */
  spend?(): Promise<void>
}

function isEphemeral({ flags }: APIMessage): boolean {
  return ((flags ?? 0) & MessageFlags.Ephemeral) !== 0
}

function closing(request: Request): DrawnReply {
  const t = wordsFor(request)
  return { text: t('discord-stopping'), t }
}

/** For words before dispatch has told who asks. */
function wordsFor({ contact }: Request): Translator {
  return createTranslator({ locale: localeOf(contact.languageHint), timeZone: 'UTC', theme: 'light' })
}
