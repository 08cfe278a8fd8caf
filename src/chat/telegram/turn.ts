import { type Api, GrammyError, InlineKeyboard, InputFile } from 'grammy'
import type { Logger } from 'pino'
import type { DrawnReply, ProgressUpdate } from '../../commands/dispatch.js'
import { manyPages } from '../cutText.js'
import { loggable } from '../loggable.js'
import { createProgressMessage, progressText } from '../progressMessage.js'
import { captionLimit, type Formatted, formatReply, paginate, textLimit } from './formatted.js'

/** Where an answer goes. */
export interface Place {
  chatId: number
  /** Topic of a forum. */
  threadId?: number | undefined
  /** In groups: the message that is answered. */
  replyTo?: number | undefined
  /** The press that is answered, and the message that its button stands in. */
  callbackQueryId?: string | undefined
  pressedMessageId?: number | undefined
}

export interface TurnOptions {
  /** Retries what may be retried. */
  api: Api
  /** Never retries: a progress edit that fails is better dropped. */
  plainApi: Api
  place: Place
  logger: Logger
  /** Least time between two progress edits. */
  progressIntervalMs: number
  /** Work shorter than this shows no progress. */
  firstProgressAfterMs: number
  /** A signal that gives up sending, made anew for each message. */
  deadline(): AbortSignal
}

/** One request and its answer: progress in one message, which the answer then replaces. */
export interface Turn {
  progress(update: ProgressUpdate): void
  /** Shows for some seconds that somebody is at it. */
  type(): void
  /** Rejects if the answer could not be sent. */
  finish(reply: DrawnReply | null): Promise<void>
}

export function createTurn(options: TurnOptions): Turn {
  const { api, plainApi, place, logger, progressIntervalMs, firstProgressAfterMs } = options
  const { chatId } = place
  // grammY's own type of signal is older than Node's, and the same thing.
  const deadline = () => options.deadline() as Parameters<Api['getMe']>[0]
  /** The message that the answer will stand in: that of the progress, or that of the pressed button. */
  let shownMessageId: number | null = null
  let pressAnswered = place.callbackQueryId === undefined

  const progressMessage = createProgressMessage(async (update) => {
    const text = progressText(update)
    const extra = { reply_markup: new InlineKeyboard().text(update.cancel.label, update.cancel.token) }
    try {
      await answerPress()
      if (shownMessageId === null) {
        const sent = await plainApi.sendMessage(chatId, text, { ...extra, ...destination() }, deadline())
        shownMessageId = sent.message_id
      } else {
        await plainApi.editMessageText(chatId, shownMessageId, text, extra, deadline())
      }
    } catch (error) {
      if (isUnchanged(error)) return progressIntervalMs
      logger.debug({ err: loggable(error) }, 'progress could not be shown')
      const retryAfter = error instanceof GrammyError ? error.parameters.retry_after : undefined
      return retryAfter === undefined ? progressIntervalMs : retryAfter * 1000
    }
    return progressIntervalMs
  }, firstProgressAfterMs)

  return {
    progress: (update) => progressMessage.update(update),
    type() {
      plainApi
        .sendChatAction(chatId, 'typing', {}, deadline())
        .catch((error: unknown) => logger.debug({ err: loggable(error) }, 'typing could not be shown'))
    },
    async finish(reply) {
      await progressMessage.close()
      if (reply === null) return answerPress()
      const isToast = reply.passing === true && !pressAnswered && (reply.text ?? '').length <= 200
      await answerPress(isToast ? reply.text : undefined)
      if (isToast) return
      if (reply.replaces && place.pressedMessageId !== undefined) {
        await removeShown()
        shownMessageId = place.pressedMessageId
      }
      await deliver(reply)
    },
  }

  /** Every press is answered once, or the button would spin on; a late answer is refused, and that is no loss. */
  async function answerPress(text?: string): Promise<void> {
    if (pressAnswered || place.callbackQueryId === undefined) return
    pressAnswered = true
    try {
      await api.answerCallbackQuery(place.callbackQueryId, text === undefined ? {} : { text }, deadline())
    } catch (error) {
      if (!(error instanceof GrammyError && error.error_code === 400)) throw error
      logger.debug({ err: loggable(error) }, 'the press was answered too late')
    }
  }

  async function deliver(reply: DrawnReply): Promise<void> {
    const { picture, file } = reply
    const keyboard = keyboardOf(reply)
    const whole = formatReply(reply)
    const pages = paginate(whole, picture ? captionLimit : textLimit)
    const isLong = pages.length > manyPages
    const shown = isLong ? [pages[0], { text: reply.t('reply-continued'), entities: [] }] : pages
    const [first, ...others] = shown
    if (picture) await sendPicture(reply, picture, first ?? { text: '', entities: [] }, keyboard)
    else if (first) await sendFirstText(first, others.length === 0 ? keyboard : undefined)
    else await removeShown()
    for (const [i, page] of others.entries()) {
      const isLast = i === others.length - 1
      await sendText(page, isLast && !picture ? keyboard : undefined)
    }
    if (isLong) await sendFile('answer.txt', Buffer.from(whole.text, 'utf8'))
    if (file) await sendFile(file.name, Buffer.from(file.content))
  }

  async function sendPicture(
    reply: DrawnReply,
    { png, name }: NonNullable<DrawnReply['picture']>,
    caption: Formatted,
    keyboard: InlineKeyboard | undefined,
  ): Promise<void> {
    const photo = () => new InputFile(png, name)
    const markup = keyboard ? { reply_markup: keyboard } : {}
    const words = ({ text, entities }: Formatted) => ({ caption: text, caption_entities: entities })
    try {
      if (shownMessageId !== null && (await turnIntoPicture(shownMessageId))) return
      await removeShown()
      await plainOnBadEntities(caption, (page) =>
        api.sendPhoto(chatId, photo(), { ...words(page), ...markup, ...destination() }, deadline()),
      )
    } catch (error) {
      if (!isRefused(error)) throw error
      // The numbers are worth more than the picture.
      logger.error({ err: loggable(error) }, 'the picture was refused')
      await sendText(caption, keyboard)
      await sendText({ text: reply.t('reply-picture-failed'), entities: [] }, undefined)
    }

    async function turnIntoPicture(messageId: number): Promise<boolean> {
      try {
        await plainOnBadEntities(caption, (page) =>
          api.editMessageMedia(
            chatId,
            messageId,
            { type: 'photo', media: photo(), ...words(page) },
            markup,
            deadline(),
          ),
        )
        return true
      } catch (error) {
        if (!isRefused(error)) throw error
        logger.debug({ err: loggable(error) }, 'progress could not become the picture')
        return false
      }
    }
  }

  async function sendFirstText(page: Formatted, keyboard: InlineKeyboard | undefined): Promise<void> {
    const messageId = shownMessageId
    if (messageId === null) return sendText(page, keyboard)
    try {
      await plainOnBadEntities(page, ({ text, entities }) =>
        api.editMessageText(chatId, messageId, text, { ...textExtras(entities, keyboard) }, deadline()),
      )
    } catch (error) {
      if (isUnchanged(error)) return
      if (!isRefused(error)) throw error
      // Its message is gone (the person may have deleted it), or is a picture.
      await sendText(page, keyboard)
    }
  }

  async function sendText(page: Formatted, keyboard: InlineKeyboard | undefined): Promise<void> {
    await plainOnBadEntities(page, ({ text, entities }) =>
      api.sendMessage(chatId, text, { ...textExtras(entities, keyboard), ...destination() }, deadline()),
    )
  }

  async function sendFile(name: string, content: Uint8Array): Promise<void> {
    await api.sendDocument(chatId, new InputFile(content, name), destination(), deadline())
  }

  async function removeShown(): Promise<void> {
    if (shownMessageId === null) return
    const messageId = shownMessageId
    shownMessageId = null
    await api.deleteMessage(chatId, messageId, deadline()).catch((error: unknown) => {
      if (!isRefused(error)) throw error
      logger.debug({ err: loggable(error) }, 'the message is gone already')
    })
  }

  function destination() {
    const { threadId, replyTo } = place
    return {
      ...(threadId !== undefined && { message_thread_id: threadId }),
      ...(replyTo !== undefined && { reply_parameters: { message_id: replyTo, allow_sending_without_reply: true } }),
    }
  }
}

function textExtras(entities: Formatted['entities'], keyboard: InlineKeyboard | undefined) {
  return { entities, link_preview_options: { is_disabled: true }, ...(keyboard && { reply_markup: keyboard }) }
}

function keyboardOf({ buttons }: DrawnReply): InlineKeyboard | undefined {
  if (!buttons || buttons.length === 0) return undefined
  return InlineKeyboard.from(buttons.map((row) => row.map(({ label, token }) => InlineKeyboard.text(label, token))))
}

/** Formatting that Telegram does not like must not cost the words. */
async function plainOnBadEntities(page: Formatted, send: (page: Formatted) => Promise<unknown>): Promise<void> {
  try {
    await send(page)
  } catch (error) {
    if (!(isRefused(error) && /entit/i.test(error.description))) throw error
    await send({ text: page.text, entities: [] })
  }
}

function isRefused(error: unknown): error is GrammyError {
  return error instanceof GrammyError && error.error_code === 400
}

function isUnchanged(error: unknown): boolean {
  return isRefused(error) && error.description.includes('message is not modified')
}
