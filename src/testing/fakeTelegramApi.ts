import { isDeepStrictEqual } from 'node:util'
import {
  apiMessage,
  chatOf,
  countSend,
  type FakeChat,
  type FakeMessage,
  messageOf,
  type State,
} from './fakeTelegramState.js'
import { ApiError, bad, checkCommands, checkLanguage, checkPhoto, readKeyboard, readWords } from './telegramRules.js'

export interface Upload {
  bytes: Uint8Array
  name: string
}

/** A call as it arrived: parameters with their JSON read, and the files of its form. */
export interface Call {
  params: Record<string, unknown>
  uploads: Map<string, Upload>
}

interface Method {
  /** Anything else is refused. */
  takes: string
  run(state: State, call: Call): unknown
}

const text = (call: Call) =>
  readWords(call.params.text, {
    parseMode: call.params.parse_mode,
    entities: call.params.entities,
    limit: 4096,
    tooLong: 'message is too long',
  })

const caption = (params: Record<string, unknown>) =>
  readWords(params.caption, {
    parseMode: params.parse_mode,
    entities: params.caption_entities,
    limit: 1024,
    tooLong: 'message caption is too long',
  })

const place = 'chat_id message_thread_id reply_parameters disable_notification reply_markup'
const words = 'text parse_mode entities link_preview_options'
const captions = 'caption parse_mode caption_entities'

/** The part of the Bot API that the fake speaks. */
export const methods: Readonly<Record<string, Method>> = {
  getMe: {
    takes: '',
    run: ({ me }) => ({
      ...me,
      is_bot: true,
      first_name: 'Bot',
      can_join_groups: true,
      can_read_all_group_messages: false,
      supports_inline_queries: false,
    }),
  },
  deleteWebhook: { takes: 'drop_pending_updates', run: dropNothing },
  setMyCommands: {
    takes: 'commands scope language_code',
    run: ({ commands }, { params }) => {
      commands.set(checkLanguage(params.language_code), checkCommands(params.commands))
      return true
    },
  },
  getMyCommands: {
    takes: 'scope language_code',
    run: ({ commands }, { params }) => commands.get(checkLanguage(params.language_code)) ?? [],
  },
  deleteMyCommands: {
    takes: 'scope language_code',
    run: ({ commands }, { params }) => {
      commands.delete(checkLanguage(params.language_code))
      return true
    },
  },
  sendMessage: {
    takes: `${place} ${words}`,
    run: (state, call) => {
      const content = text(call)
      if (content.text === '') throw bad('message text is empty')
      return post(state, call, content)
    },
  },
  sendPhoto: {
    takes: `${place} ${captions} photo`,
    run: (state, call) => {
      const upload = uploadOf(call, call.params.photo, 'photo')
      return post(state, call, { ...caption(call.params), photo: { ...upload, ...checkPhoto(upload.bytes) } })
    },
  },
  sendDocument: {
    takes: `${place} ${captions} document`,
    run: (state, call) => {
      const upload = uploadOf(call, call.params.document, 'document')
      if (upload.bytes.byteLength === 0) throw bad('file must be non-empty')
      return post(state, call, { ...caption(call.params), document: upload })
    },
  },
  editMessageText: {
    takes: `chat_id message_id ${words} reply_markup`,
    run: (state, call) => {
      const content = text(call)
      if (content.text === '') throw bad('message text is empty')
      return edit(state, call, content, (message) => {
        if (message.photo || message.document) throw bad('there is no text in the message to edit')
      })
    },
  },
  editMessageCaption: {
    takes: `chat_id message_id ${captions} reply_markup`,
    run: (state, call) =>
      edit(state, call, caption(call.params), (message) => {
        if (!message.photo && !message.document) throw bad('there is no caption in the message to edit')
      }),
  },
  editMessageMedia: {
    takes: 'chat_id message_id media reply_markup',
    run: (state, call) => {
      const media = call.params.media as Record<string, unknown>
      if (media?.type !== 'photo') throw bad('the fake knows only media of type photo')
      const upload = uploadOf(call, media.media, 'media')
      return edit(state, call, { ...caption(media), photo: { ...upload, ...checkPhoto(upload.bytes) } }, () => {})
    },
  },
  editMessageReplyMarkup: {
    takes: 'chat_id message_id reply_markup',
    run: (state, call) => edit(state, call, {}, () => {}),
  },
  deleteMessage: {
    takes: 'chat_id message_id',
    run: (state, { params }) => {
      const chat = chatOf(state, params.chat_id)
      const message = chat.messages.find(({ id }) => id === Number(params.message_id))
      if (!message) throw bad('message to delete not found')
      const isAllowed = message.from === 'bot' || chat.type === 'private' || chat.botMayDelete
      if (!isAllowed) throw bad("message can't be deleted")
      chat.messages.splice(chat.messages.indexOf(message), 1)
      return true
    },
  },
  answerCallbackQuery: {
    takes: 'callback_query_id text show_alert',
    run: ({ presses }, { params }) => {
      const id = String(params.callback_query_id)
      const said = params.text === undefined ? null : String(params.text)
      if ((said ?? '').length > 200) throw bad('MESSAGE_TOO_LONG')
      const answer = presses.get(id)
      if (!answer) throw bad('query is too old and response timeout expired or query ID is invalid')
      presses.delete(id)
      answer(said)
      return true
    },
  },
  sendChatAction: {
    takes: 'chat_id action message_thread_id',
    run: (state, { params }) => {
      chatOf(state, params.chat_id)
      if (!['typing', 'upload_photo', 'upload_document'].includes(String(params.action)))
        throw bad('wrong parameter action')
      return true
    },
  },
  getFile: {
    takes: 'file_id',
    run: ({ files }, { params }) => {
      const id = String(params.file_id)
      const bytes = files.get(id)
      if (!bytes) throw bad('invalid file_id')
      if (bytes.byteLength > 20 * 1024 * 1024) throw bad('file is too big')
      return { file_id: id, file_unique_id: id, file_size: bytes.byteLength, file_path: `documents/${id}` }
    },
  },
}

function dropNothing(_state: State, { params }: Call): true {
  if (params.drop_pending_updates) throw bad('the fake lets nobody throw away what people sent')
  return true
}

function post(state: State, { params }: Call, content: Pick<FakeMessage, 'text' | 'entities'> & Partial<FakeMessage>) {
  const chat = chatOf(state, params.chat_id)
  const buttons = readKeyboard(params.reply_markup)
  countSend(chat)
  const replyTo = (params.reply_parameters as { message_id?: number } | undefined)?.message_id
  const message: FakeMessage = {
    id: state.nextId(),
    from: 'bot',
    ...content,
    buttons,
    earlier: [],
    ...(replyTo !== undefined && { replyTo }),
  }
  chat.messages.push(message)
  return apiMessage(chat, message, state)
}

function edit(
  state: State,
  { params }: Call,
  content: Partial<FakeMessage>,
  check: (message: FakeMessage, chat: FakeChat) => void,
) {
  const chat = chatOf(state, params.chat_id)
  const message = messageOf(chat, params.message_id)
  check(message, chat)
  const wanted = { ...content, buttons: readKeyboard(params.reply_markup) }
  const present = Object.fromEntries(Object.keys(wanted).map((key) => [key, message[key as keyof FakeMessage]]))
  if (isDeepStrictEqual(wanted, present)) {
    throw bad(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    )
  }
  countSend(chat)
  message.earlier.push(message.text)
  Object.assign(message, wanted)
  return apiMessage(chat, message, state)
}

function uploadOf({ uploads }: Call, value: unknown, field: string): Upload {
  const name = typeof value === 'string' && value.startsWith('attach://') ? value.slice('attach://'.length) : field
  const upload = uploads.get(name)
  if (!upload) throw bad(`there is no ${field} in the request`)
  if (upload.bytes.byteLength > 50 * 1024 * 1024) throw new ApiError(413, 'Request Entity Too Large')
  return upload
}
