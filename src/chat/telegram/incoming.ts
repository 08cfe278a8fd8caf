import type { Message, Update, UserFromGetMe } from 'grammy/types'
import type { Attachment, Request } from '../../commands/dispatch.js'
import { readCommandLine } from '../../commands/words.js'
import type { Place } from './turn.js'

/** A file that somebody sent, not yet fetched. */
export interface SentFile {
  fileId: string
  name: string
  /** Bytes, if Telegram knows. */
  size: number | undefined
}

export interface Incoming {
  request: Request
  place: Place
  /** The message that somebody wrote; null for a press. */
  messageId: number | null
}

/**
 * What an update asks of us, and where the answer goes; null where it asks nothing. In groups only what is addressed to
 * the bot counts: `/command@bot`, a mention, or a reply to one of its messages.
 */
export function readUpdate(update: Update, me: UserFromGetMe, attach: (file: SentFile) => Attachment): Incoming | null {
  const deliveryKey = `telegram:update:${update.update_id}`
  const press = update.callback_query
  if (press) {
    const chat = press.message?.chat
    if (press.data === undefined || !chat) return null
    return {
      request: {
        deliveryKey,
        contact: contactOf(press.from, chat),
        input: { kind: 'button', token: press.data },
      },
      place: {
        chatId: chat.id,
        callbackQueryId: press.id,
        pressedMessageId: press.message?.message_id,
        threadId: topicOf(press.message),
      },
      messageId: null,
    }
  }
  const { message } = update
  if (!message?.from || message.from.is_bot) return null
  const text = addressedText(message, me)
  if (text === null) return null
  const { document } = message
  const file = document && {
    fileId: document.file_id,
    name: document.file_name ?? 'file',
    size: document.file_size,
  }
  return {
    request: {
      deliveryKey,
      contact: contactOf(message.from, message.chat),
      input: { kind: 'text', text, attachment: file && attach(file) },
    },
    place: {
      chatId: message.chat.id,
      threadId: topicOf(message),
      replyTo: message.chat.type === 'private' ? undefined : message.message_id,
    },
    messageId: message.message_id,
  }
}

function contactOf(
  from: { id: number; language_code?: string },
  chat: { id: number; type: string },
): Request['contact'] {
  return {
    platform: 'telegram',
    platformUserId: String(from.id),
    chatId: chat.type === 'private' ? String(chat.id) : undefined,
    languageHint: from.language_code,
  }
}

function topicOf(message: { message_thread_id?: number; is_topic_message?: boolean } | undefined): number | undefined {
  return message?.is_topic_message ? message.message_thread_id : undefined
}

/** The words that are for us; null where there are none. */
function addressedText(message: Message, me: UserFromGetMe): string | null {
  const text = message.text ?? message.caption ?? (message.document ? '' : null)
  if (text === null || message.chat.type === 'private') return text
  const line = readCommandLine(text)
  if (line?.bot) return isOurName(line.bot, me) ? text : null
  if (message.reply_to_message?.from?.id === me.id) return text
  const mention = new RegExp(`(^|\\s)@${me.username}(?=\\s|$)`, 'i')
  return mention.test(text) ? text.replace(mention, '$1').trim() : null
}

function isOurName(name: string, me: UserFromGetMe): boolean {
  return name.toLowerCase() === me.username.toLowerCase()
}
