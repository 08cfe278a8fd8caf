import {
  type APIMessage,
  MessageFlags,
  type REST,
  type RESTPostAPIChannelMessageJSONBody,
  type RESTPostAPICurrentUserCreateDMChannelResult,
  RequestMethod,
  type RouteLike,
  Routes,
} from 'discord.js'
import { isAnswer } from './refusals.js'
import type { Message } from './render.js'

/** Something that takes messages: an interaction's answers, or a channel. */
export interface Route {
  /** Adds a message below; returns its id. `isPassing`: seen by its reader alone, where the route can. */
  post(message: Message, options: { isPassing: boolean }): Promise<string>
  patch(messageId: string, message: Message): Promise<void>
  remove(messageId: string): Promise<void>
}

/** What Discord calls the first answer of an interaction. */
export const originalId = '@original'

export interface Connection {
  rest: REST
  /** A signal that gives up sending, made anew for each call. */
  deadline(): AbortSignal
}

/** The answers of one interaction. The token in the address stands for the bot's own, and dies after 15 minutes. */
export function interactionRoute(
  connection: Connection,
  { applicationId, token, isShared }: { applicationId: string; token: string; isShared: boolean },
): Route {
  const address = (messageId: string) => Routes.webhookMessage(applicationId, token, messageId)
  return {
    async post(message, { isPassing }) {
      const isEphemeral = isShared || isPassing
      const body = { ...bodyOf(message), ...(isEphemeral && { flags: MessageFlags.Ephemeral }) }
      const sent = await call(
        connection,
        RequestMethod.Post,
        Routes.webhook(applicationId, token),
        payload(message, body),
      )
      return (sent as APIMessage).id
    },
    async patch(messageId, message) {
      await call(connection, RequestMethod.Patch, address(messageId), payload(message, bodyOf(message)))
    },
    async remove(messageId) {
      await call(connection, RequestMethod.Delete, address(messageId), { auth: false })
    },
  }
}

/** A channel, or somebody's direct messages. `nonce` begins what each message is known by: sent twice, it appears once. */
export function channelRoute(
  connection: Connection,
  place: { channelId: string } | { userId: string },
  { nonce, replyTo }: { nonce: string; replyTo?: string },
): Route {
  let posted = 0
  let found: Promise<string> | null = null

  function channel(): Promise<string> {
    found ??= 'channelId' in place ? Promise.resolve(place.channelId) : openDirectMessages(place.userId)
    return found
  }

  async function openDirectMessages(userId: string): Promise<string> {
    const opened = await call(connection, RequestMethod.Post, Routes.userChannels(), { body: { recipient_id: userId } })
    return (opened as RESTPostAPICurrentUserCreateDMChannelResult).id
  }

  return {
    async post(message) {
      posted += 1
      const body: RESTPostAPIChannelMessageJSONBody = {
        ...bodyOf(message),
        nonce: `${nonce}.${posted}`,
        enforce_nonce: true,
        ...(replyTo !== undefined && { message_reference: { message_id: replyTo, fail_if_not_exists: false } }),
      }
      const route = Routes.channelMessages(await channel())
      const sent = await call(connection, RequestMethod.Post, route, { body, files: message.files })
      return (sent as APIMessage).id
    },
    async patch(messageId, message) {
      const route = Routes.channelMessage(await channel(), messageId)
      await call(connection, RequestMethod.Patch, route, { body: bodyOf(message), files: message.files })
    },
    async remove(messageId) {
      await call(connection, RequestMethod.Delete, Routes.channelMessage(await channel(), messageId), {})
    },
  }
}

type CallOptions = Pick<Parameters<REST['request']>[0], 'body' | 'files' | 'auth'>

const mostTries = 3

/**
 * A REST call that is over when its deadline is: waiting out a rate limit does not hear the signal. Tried again where the
 * network failed; discord.js itself does so only where Discord did (5xx).
 */
export async function call(
  { rest, deadline }: Connection,
  method: RequestMethod,
  fullRoute: RouteLike,
  options: CallOptions,
): Promise<unknown> {
  const signal = deadline()
  const givenUp = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  for (let tries = 1; ; tries += 1) {
    try {
      return await Promise.race([rest.request({ ...options, method, fullRoute, signal }), givenUp])
    } catch (error) {
      if (tries === mostTries || signal.aborted || isAnswer(error)) throw error
    }
  }
}

function payload({ files }: Message, body: unknown): CallOptions {
  // The bot's own token has no business here: refused, it would be taken for a wrong one.
  return { body, files, auth: false }
}

function bodyOf({ content, embeds, components, files }: Message) {
  return {
    content,
    embeds,
    components,
    attachments: files.map((_, i) => ({ id: String(i) })),
    // Nothing that we say calls anybody.
    allowed_mentions: { parse: [] },
  }
}
