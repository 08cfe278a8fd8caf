import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Call, methods } from './fakeTelegramApi.js'
import {
  apiMessage,
  type FakeChat,
  type FakeMessage,
  type Profile,
  type State,
  type Update,
} from './fakeTelegramState.js'
import { readMultipart } from './multipart.js'
import { ApiError, bad } from './telegramRules.js'

export type { FakeChat, FakeMessage } from './fakeTelegramState.js'
export { ApiError } from './telegramRules.js'

/** Somebody with a phone. */
export interface FakeUser {
  readonly id: number
  /** The private chat with the bot. */
  readonly chat: FakeChat
  /** Returns the id of the update. */
  send(text: string, options?: { chat?: FakeChat; replyTo?: FakeMessage | undefined }): number
  sendDocument(name: string, content: string | Uint8Array, caption?: string): number
  /** Presses the newest button with this label; resolves with the toast (or null) once the press is answered. */
  press(label: string, options?: { chat?: FakeChat }): Promise<string | null>
  /** Presses with data of one's own making, as a forged client can. */
  pressData(data: string): Promise<string | null>
  block(): void
  unblock(): void
}

/** A strict Bot API server on loopback, and the people who talk to its bot. */
export interface FakeTelegram {
  readonly apiRoot: string
  readonly token: string
  readonly username: string
  /** Command menus by language code, or `default`. */
  readonly commands: State['commands']
  /** Every call but getUpdates, in order. */
  readonly calls: State['calls']
  /** Updates not yet confirmed. */
  pending(): readonly Update[]
  user(profile: Profile): FakeUser
  group(id: number): FakeChat
  /** The next call of a method is refused, or its answer lost after it was done. */
  fail(method: string, fault: ApiError | 'hang-up'): void
  /** Resolves as soon as `find` finds something: looked at after every change, without sleeping. */
  waitFor<T>(what: string, find: () => T | null | undefined | false): Promise<T>
  close(): Promise<void>
}

const patienceMs = 10_000

export async function startFakeTelegram({
  token = '123456:fake-token-of-the-tests',
  username = 'CandleTestBot',
}: {
  token?: string
  username?: string
} = {}): Promise<FakeTelegram> {
  let lastId = 100
  let lastUpdateId = 1000
  let poll: { offset: number; answer(result: Update[] | ApiError): void } | null = null
  const waiters = new Set<() => void>()
  const state: State = {
    token,
    me: { id: 123456, username },
    chats: new Map(),
    updates: [],
    commands: new Map(),
    files: new Map(),
    presses: new Map(),
    calls: [],
    faults: new Map(),
    nextId: () => {
      lastId += 1
      return lastId
    },
    changed: () => {
      for (const look of [...waiters]) look()
    },
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      response.writeHead(500).end(JSON.stringify({ ok: false, error_code: 500, description: String(error) }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const apiRoot = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, kind, rest] = /^\/(bot|file\/bot)([^?]*)/.exec(request.url ?? '') ?? []
    if (kind === undefined) return refuse(response, new ApiError(404, 'Not Found'))
    const [given, ...path] = rest.split('/')
    if (given !== token) return refuse(response, new ApiError(401, 'Unauthorized'))
    if (kind === 'file/bot') return download(path.join('/'), response)
    const method = path[0] ?? ''
    try {
      const call = await readCall(request)
      if (method === 'getUpdates') return takePoll(call, response)
      const result = answer(method, call)
      state.changed()
      if (result === 'hang-up') response.destroy()
      else response.setHeader('content-type', 'application/json').end(JSON.stringify({ ok: true, result }))
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      refuse(response, error)
    }
  }

  function answer(method: string, call: Call): unknown {
    state.calls.push({ method, params: call.params })
    const fault = state.faults.get(method)?.shift()
    if (fault instanceof ApiError) throw fault
    if (!Object.hasOwn(methods, method)) throw new ApiError(404, 'Not Found: method not found')
    const { takes, run } = methods[method]
    const unknown = Object.keys(call.params).filter((name) => !takes.split(' ').includes(name))
    if (unknown.length > 0) throw bad(`the fake knows no parameter ${unknown} of ${method}`)
    const result = run(state, call)
    return fault ?? result
  }

  function takePoll({ params }: Call, response: ServerResponse): void {
    const { offset = 0, limit = 100, timeout = 0 } = params as { offset?: number; limit?: number; timeout?: number }
    const fault = state.faults.get('getUpdates')?.shift()
    if (fault instanceof ApiError) {
      refuse(response, fault)
      return
    }
    poll?.answer(
      new ApiError(
        409,
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
      ),
    )
    state.updates = state.updates.filter((update) => update.update_id >= offset)
    let timer: NodeJS.Timeout | undefined
    const own = {
      offset,
      answer(result: Update[] | ApiError) {
        clearTimeout(timer)
        if (poll === own) poll = null
        if (result instanceof ApiError) refuse(response, result)
        else response.setHeader('content-type', 'application/json').end(JSON.stringify({ ok: true, result }))
      },
    }
    response.on('close', () => {
      clearTimeout(timer)
      if (poll === own) poll = null
    })
    state.changed()
    const ready = state.updates.slice(0, limit)
    if (ready.length > 0 || timeout === 0) {
      own.answer(ready)
      return
    }
    poll = own
    timer = setTimeout(() => own.answer([]), timeout * 1000)
  }

  function download(path: string, response: ServerResponse): void {
    const bytes = state.files.get(path.replace(/^documents\//, ''))
    if (bytes) response.end(bytes)
    else refuse(response, new ApiError(404, 'Not Found'))
  }

  function push(content: Record<string, unknown>): number {
    lastUpdateId += 1
    state.updates.push({ update_id: lastUpdateId, ...content })
    poll?.answer(state.updates.slice(0, 100))
    return lastUpdateId
  }

  function chat(id: number, type: FakeChat['type']): FakeChat {
    const known = state.chats.get(id)
    if (known) return known
    const made: FakeChat = { id, type, messages: [], blocked: false, sentAt: [] }
    state.chats.set(id, made)
    return made
  }

  function user({ id, languageCode }: Profile): FakeUser {
    const own: FakeChat = state.chats.get(id) ?? { id, type: 'private', messages: [], blocked: false, sentAt: [] }
    const from = {
      id,
      is_bot: false,
      first_name: 'User',
      ...(languageCode !== undefined && { language_code: languageCode }),
    }

    function say(content: Partial<FakeMessage>, to: FakeChat, replyTo?: FakeMessage): number {
      state.chats.set(to.id, to)
      const message: FakeMessage = {
        id: state.nextId(),
        from: id,
        text: '',
        entities: [],
        buttons: [],
        earlier: [],
        ...content,
      }
      to.messages.push(message)
      if (message.document) state.files.set(`document-${message.id}`, message.document.bytes)
      const reply = replyTo && { reply_to_message: apiMessage(to, replyTo, state) }
      return push({ message: { ...apiMessage(to, message, state), from, ...reply } })
    }

    function press(message: FakeMessage, to: FakeChat, data: string): Promise<string | null> {
      const queryId = String(state.nextId())
      const answered = new Promise<string | null>((resolve) => state.presses.set(queryId, resolve))
      push({
        callback_query: { id: queryId, from, chat_instance: '1', message: apiMessage(to, message, state), data },
      })
      return answered
    }

    return {
      id,
      chat: own,
      send: (text, { chat: to = own, replyTo } = {}) => say({ text }, to, replyTo),
      sendDocument: (name, content, caption = '') =>
        say({ text: caption, document: { name, bytes: Buffer.from(content) } }, own),
      press(label, { chat: to = own } = {}) {
        for (const message of [...to.messages].reverse()) {
          const button = message.buttons.flat().find(({ text }) => text === label)
          if (button) return press(message, to, button.callback_data)
        }
        throw new Error(`no button "${label}" in the chat:\n${show(to)}`)
      },
      pressData: (data) => press(own.messages.at(-1) ?? emptyMessage, own, data),
      block: () => {
        own.blocked = true
      },
      unblock: () => {
        own.blocked = false
      },
    }
  }

  return {
    apiRoot,
    token,
    username,
    commands: state.commands,
    calls: state.calls,
    pending: () => state.updates,
    user,
    group: (id) => chat(id, 'group'),
    fail: (method, fault) => {
      state.faults.set(method, [...(state.faults.get(method) ?? []), fault])
    },
    waitFor<T>(what: string, find: () => T | null | undefined | false) {
      return new Promise<T>((resolve, reject) => {
        const look = () => {
          const found = find()
          if (found === null || found === undefined || found === false) return
          waiters.delete(look)
          clearTimeout(timer)
          resolve(found)
        }
        const timer = setTimeout(() => {
          waiters.delete(look)
          reject(new Error(`waited in vain for ${what}\n${[...state.chats.values()].map(show).join('\n')}`))
        }, patienceMs)
        waiters.add(look)
        look()
      })
    },
    async close() {
      poll?.answer([])
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const emptyMessage: FakeMessage = { id: 1, from: 'bot', text: '', entities: [], buttons: [], earlier: [] }

function refuse(response: ServerResponse, { code, description, parameters }: ApiError): void {
  response
    .writeHead(code, { 'content-type': 'application/json' })
    .end(JSON.stringify({ ok: false, error_code: code, description, ...(parameters && { parameters }) }))
}

/** The chat as a person sees it, for messages of failing tests. */
function show(chat: FakeChat): string {
  const lines = chat.messages.map(({ from, text, photo, buttons }) => {
    const labels = buttons.flat().map((button) => `[${button.text}]`)
    return `${from}: ${photo ? '(photo) ' : ''}${text.slice(0, 500)} ${labels.join(' ')}`
  })
  return `chat ${chat.id}:\n${lines.join('\n')}`
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  const type = request.headers['content-type'] ?? ''
  if (body.length === 0) return { params: {}, uploads: new Map() }
  if (type.startsWith('application/json')) return { params: JSON.parse(body.toString('utf8')), uploads: new Map() }
  if (!type.startsWith('multipart/form-data')) throw bad('unknown content type')
  const call: Call = { params: {}, uploads: new Map() }
  for (const { name, fileName, bytes } of readMultipart(body, type)) {
    const text = bytes.toString('utf8')
    if (fileName !== null) call.uploads.set(name, { bytes, name: fileName })
    else call.params[name] = jsonFields.has(name) ? JSON.parse(text) : text
  }
  return call
}

/** In a form everything is text; these hold objects as JSON. */
const jsonFields = new Set([
  'media',
  'reply_markup',
  'reply_parameters',
  'entities',
  'caption_entities',
  'link_preview_options',
])
