import { ApiError, type BotCommand, type Button, type Entity } from './telegramRules.js'

export interface Profile {
  id: number
  languageCode?: string
}

/** A message as somebody who looks at the chat sees it. */
export interface FakeMessage {
  id: number
  /** The id of a user, or `bot`. */
  from: number | 'bot'
  /** Text, or the caption of a photo or document. */
  text: string
  entities: Entity[]
  photo?: { bytes: Uint8Array; name: string; width: number; height: number }
  document?: { bytes: Uint8Array; name: string }
  buttons: Button[][]
  replyTo?: number
  /** What it said before, oldest first. */
  earlier: string[]
}

export interface FakeChat {
  id: number
  type: 'private' | 'group'
  /** What can be seen now, oldest first. */
  messages: FakeMessage[]
  blocked: boolean
  /** In a group: whether the bot was given the right to delete what others wrote. */
  botMayDelete?: boolean
  /** When the bot sent or edited here, epoch ms. */
  sentAt: number[]
}

export interface Update {
  update_id: number
  [kind: string]: unknown
}

/** Everything that the servers of the fake Telegram remember. */
export interface State {
  readonly token: string
  readonly me: { id: number; username: string }
  readonly chats: Map<number, FakeChat>
  /** Not yet confirmed. */
  updates: Update[]
  readonly commands: Map<string, BotCommand[]>
  readonly files: Map<string, Uint8Array>
  /** Presses that wait for their answer. */
  readonly presses: Map<string, (text: string | null) => void>
  readonly calls: { method: string; params: Record<string, unknown> }[]
  /** Answers to give instead, by method. */
  readonly faults: Map<string, (ApiError | 'hang-up')[]>
  nextId(): number
  changed(): void
}

/** More than this many messages a second into one chat are too many. */
const burst = 20

export function chatOf(state: State, id: unknown): FakeChat {
  const chat = state.chats.get(Number(id))
  if (!chat) throw new ApiError(400, 'Bad Request: chat not found')
  if (chat.blocked) throw new ApiError(403, 'Forbidden: bot was blocked by the user')
  return chat
}

/** Refuses what comes too fast. */
export function countSend(chat: FakeChat): void {
  const now = Date.now()
  chat.sentAt = chat.sentAt.filter((at) => now - at < 1000)
  if (chat.sentAt.length >= burst) throw new ApiError(429, 'Too Many Requests: retry after 1', { retry_after: 1 })
  chat.sentAt.push(now)
}

export function messageOf(chat: FakeChat, id: unknown): FakeMessage {
  const message = chat.messages.find((candidate) => candidate.id === Number(id))
  if (message?.from !== 'bot') throw new ApiError(400, 'Bad Request: message to edit not found')
  return message
}

/** A message as the Bot API describes it. */
export function apiMessage(chat: FakeChat, message: FakeMessage, state: State): Record<string, unknown> {
  const { id, from, text, entities, photo, document } = message
  const isMedia = photo !== undefined || document !== undefined
  return {
    message_id: id,
    date: Math.floor(Date.now() / 1000),
    chat: { id: chat.id, type: chat.type, first_name: 'Chat' },
    from:
      from === 'bot'
        ? { ...state.me, is_bot: true, first_name: 'Bot' }
        : { id: from, is_bot: false, first_name: 'User' },
    ...(isMedia ? { caption: text, caption_entities: entities } : { text, entities }),
    ...(photo && {
      photo: [{ file_id: `photo-${id}`, file_unique_id: `p${id}`, width: photo.width, height: photo.height }],
    }),
    ...(document && {
      document: {
        file_id: `document-${id}`,
        file_unique_id: `d${id}`,
        file_name: document.name,
        file_size: document.bytes.byteLength,
      },
    }),
  }
}
