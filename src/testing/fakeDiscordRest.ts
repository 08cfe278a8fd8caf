import type { IncomingMessage, ServerResponse } from 'node:http'
import { Type } from 'typebox'
import { checkCommands } from './discordCommandRules.js'
import { checkForm, closed, DiscordError, invalid } from './discordRules.js'
import { callback, editAnswer, followUp, readAnswer, removeAnswer } from './fakeDiscordInteractions.js'
import { edit, type Form, remove, say } from './fakeDiscordMessages.js'
import { apiChannel, apiMessage, apiUser, botUser } from './fakeDiscordPayloads.js'
import type { Channel, FakeFile, Message, State } from './fakeDiscordState.js'
import { readMultipart } from './multipart.js'

interface Request {
  /** What stands for `*` in the path. */
  readonly params: readonly string[]
  readonly query: URLSearchParams
  readonly form: Form
}

interface Route {
  /** `GET /users/*` */
  readonly at: string
  /** Query parameters; anything else is refused. */
  readonly query?: string
  /** Without the token of the bot: the path holds one. */
  readonly open?: true
  /** Answers 204 with nothing. */
  run(state: State, request: Request): unknown
}

/** The part of the REST API that the fake speaks. */
const routes: readonly Route[] = [
  {
    at: 'GET /gateway/bot',
    run: ({ origin, identifies }) => ({
      url: `${origin.replace('http', 'ws')}/gateway`,
      shards: 1,
      session_start_limit: { total: 1000, remaining: 1000 - identifies, reset_after: 86_400_000, max_concurrency: 1 },
    }),
  },
  { at: 'GET /users/@me', run: (state) => botUser(state) },
  {
    at: 'GET /users/*',
    run: (state, { params: [id] }) => apiUser(known(state.users.get(id), 10013, 'Unknown User').id),
  },
  { at: 'GET /applications/@me', run: application },
  { at: 'GET /oauth2/applications/@me', run: application },
  {
    at: 'GET /applications/*/commands',
    query: 'with_localizations',
    run: (state, { params: [id] }) => ownCommands(state, id).map((command) => apiCommand(state, command)),
  },
  {
    at: 'PUT /applications/*/commands',
    run: (state, { params: [id], form }) => {
      const before = ownCommands(state, id)
      state.commands = checkCommands(form.json).map((command) => ({
        ...command,
        id: before.find(({ name }) => name === command.name)?.id ?? state.nextId(),
      }))
      state.commandPuts += 1
      return state.commands.map((command) => apiCommand(state, command))
    },
  },
  {
    at: 'POST /users/@me/channels',
    run: (state, { form }) => {
      const { recipient_id } = checkForm(closed({ recipient_id: Type.String() }), form.json)
      const dm = [...state.channels.values()].find(({ kind, owner }) => kind === 'dm' && owner?.id === recipient_id)
      if (!dm) throw invalid('recipient_id', 'Invalid Recipient(s)')
      return apiChannel(dm)
    },
  },
  { at: 'GET /channels/*', run: (state, { params: [id] }) => apiChannel(channelOf(state, id)) },
  {
    at: 'POST /channels/*/typing',
    run: (state, { params: [id] }) => {
      channelOf(state, id)
    },
  },
  { at: 'POST /channels/*/messages', run: (state, { params: [id], form }) => say(state, channelOf(state, id), form) },
  {
    at: 'GET /channels/*/messages/*',
    run: (state, { params: [id, messageId] }) => apiMessage(state, messageOf(channelOf(state, id), messageId)),
  },
  {
    at: 'PATCH /channels/*/messages/*',
    run: (state, { params: [id, messageId], form }) => {
      const message = messageOf(channelOf(state, id), messageId)
      if (message.author !== 'bot') {
        throw new DiscordError(403, 50005, 'Cannot edit a message authored by another user')
      }
      return edit(state, message, form)
    },
  },
  {
    at: 'DELETE /channels/*/messages/*',
    run: (state, { params: [id, messageId] }) => {
      const message = messageOf(channelOf(state, id), messageId)
      if (message.author !== 'bot') throw new DiscordError(403, 50013, 'Missing Permissions')
      remove(state, message)
    },
  },
  {
    at: 'POST /interactions/*/*/callback',
    query: 'with_response',
    open: true,
    run: (state, { params: [id, token], form, query }) =>
      callback(state, id, token, form, query.get('with_response') === 'true'),
  },
  {
    at: 'POST /webhooks/*/*',
    query: 'wait with_components',
    open: true,
    run: (state, { params, form }) => followUp(state, params, form),
  },
  { at: 'GET /webhooks/*/*/messages/*', open: true, run: (state, { params }) => readAnswer(state, params) },
  {
    at: 'PATCH /webhooks/*/*/messages/*',
    query: 'with_components',
    open: true,
    run: (state, { params, form }) => editAnswer(state, params, form),
  },
  { at: 'DELETE /webhooks/*/*/messages/*', open: true, run: (state, { params }) => removeAnswer(state, params) },
]

function application(state: State) {
  return {
    id: state.applicationId,
    name: 'CandleTest',
    icon: null,
    description: '',
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: '',
    team: null,
    flags: 0,
    integration_types_config: { 0: {}, 1: {} },
    bot: botUser(state),
  }
}

function ownCommands(state: State, applicationId: string): State['commands'] {
  if (applicationId !== state.applicationId) {
    throw new DiscordError(403, 20012, 'You are not authorized to perform this action on this application')
  }
  return state.commands
}

const apiCommand = (state: State, command: State['commands'][number]) => ({
  type: 1,
  default_member_permissions: null,
  nsfw: false,
  integration_types: [0, 1],
  contexts: null,
  ...command,
  application_id: state.applicationId,
  version: command.id,
})

function known<T>(found: T | undefined, code: number, message: string): T {
  if (found === undefined) throw new DiscordError(404, code, message)
  return found
}

/** A channel that the bot is in. */
function channelOf(state: State, id: string): Channel {
  const channel = known(state.channels.get(id), 10003, 'Unknown Channel')
  if (channel.kind === 'private' || channel.guild?.bot === false) throw new DiscordError(403, 50001, 'Missing Access')
  return channel
}

/** A message that can be reached through its channel, as ephemeral and deferred ones cannot. */
function messageOf(channel: Channel, id: string): Message {
  return known(
    channel.all.find((message) => message.id === id && !message.ephemeral && !message.loading),
    10008,
    'Unknown Message',
  )
}

/** Requests that one route bears for each of its channels, tokens and so on in a window; more are refused. */
export interface RateLimit {
  limit: number
  windowMs: number
}

/** Answers requests of the API and for files. */
export function serveRest(
  state: State,
  { limit, windowMs }: RateLimit,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const buckets = new Map<string, { used: number; endsAt: number }>()

  return async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', state.origin)
    const file = state.files.get(`${state.origin}${request.url}`)
    if (file) return void response.end(file)
    if (pathname.startsWith('/attachments/'))
      return void response.writeHead(404).end('This content is no longer available.')
    const path = /^\/api\/v10(\/.*)$/.exec(decodeURIComponent(pathname))?.[1]
    if (path === undefined) return refuse(response, new DiscordError(404, 0, '404: Not Found'))
    const method = request.method ?? ''
    try {
      const body = await readBody(request)
      limitRate(method, path, response)
      const form = readForm(body, request.headers['content-type'] ?? '')
      state.calls.push({ method, path, json: body.length === 0 ? null : form.json, files: [...form.files.values()] })
      const fault = takeFault(method, path)
      if (fault !== null && typeof fault === 'object') throw scripted(response, fault)
      const result = run(method, path, { query: searchParams, form }, request.headers.authorization)
      state.changed()
      if (fault === 'hang-up') response.destroy()
      else if (fault === '502-after') response.writeHead(502).end('Bad Gateway')
      else if (result === undefined) response.writeHead(204).end()
      else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result))
    } catch (error) {
      if (!(error instanceof DiscordError)) throw error
      refuse(response, error)
      state.changed()
    }
  }

  function run(method: string, path: string, request: Omit<Request, 'params'>, authorization: string | undefined) {
    const given = path.split('/')
    for (const route of routes) {
      const [routeMethod, ...wanted] = route.at.split(/[ /]/)
      const fits = routeMethod === method && wanted.length === given.length
      if (!fits || !wanted.every((part, index) => part === '*' || part === given[index])) continue
      if (!route.open && authorization !== `Bot ${state.token}`) throw new DiscordError(401, 0, '401: Unauthorized')
      const unknown = [...request.query.keys()].find((key) => !route.query?.split(' ').includes(key))
      if (unknown !== undefined) throw invalid(unknown, `the fake knows no such parameter of ${route.at}`)
      return route.run(state, { ...request, params: given.filter((_, index) => wanted[index] === '*') })
    }
    throw new DiscordError(404, 0, `404: Not Found (${method} ${path})`)
  }

  function limitRate(method: string, path: string, response: ServerResponse): void {
    const key = `${method} ${path.replace(/(\/messages\/).*/, '$1')}`
    const known = buckets.get(key)
    const bucket = known && known.endsAt > Date.now() ? known : { used: 0, endsAt: Date.now() + windowMs }
    buckets.set(key, bucket)
    bucket.used += 1
    const resetAfter = (bucket.endsAt - Date.now()) / 1000
    const route = `${method} ${path.replace(/\d{17,19}/g, '').replace(/(webhooks|interactions)\/+[^/]+/, '$1')}`
    response.setHeader('x-ratelimit-limit', limit)
    response.setHeader('x-ratelimit-remaining', Math.max(0, limit - bucket.used))
    response.setHeader('x-ratelimit-reset', bucket.endsAt / 1000)
    response.setHeader('x-ratelimit-reset-after', resetAfter)
    response.setHeader('x-ratelimit-bucket', Buffer.from(route).toString('hex'))
    if (bucket.used > limit) throw scripted(response, { status: 429, retryAfter: resetAfter })
  }

  function takeFault(method: string, path: string) {
    const index = state.faults.findIndex((fault) => fault.method === method && path.includes(fault.pathPart))
    return index < 0 ? null : state.faults.splice(index, 1)[0].fault
  }
}

/** What a test asked for, or too many requests: `retryAfter` in seconds. */
function scripted(
  response: ServerResponse,
  { status, code = 0, retryAfter }: { status: number; code?: number; retryAfter?: number },
): DiscordError {
  if (status !== 429) return new DiscordError(status, code, `scripted ${status}`)
  const seconds = retryAfter ?? 0.05
  response.setHeader('retry-after', seconds)
  response.setHeader('x-ratelimit-scope', 'user')
  return new DiscordError(429, code, 'You are being rate limited.', { retry_after: seconds, global: false })
}

function refuse(response: ServerResponse, { status, code, message, errors }: DiscordError): void {
  const body =
    status === 429 ? { message, ...(errors as object) } : { message, code, ...(errors !== undefined && { errors }) }
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function readForm(body: Buffer, type: string): Form {
  if (body.length === 0) return { json: {}, files: new Map() }
  if (type.startsWith('application/json')) return { json: readJson(body), files: new Map() }
  if (!type.startsWith('multipart/form-data')) throw new DiscordError(400, 50035, 'Invalid content type')
  const files = new Map<string, FakeFile>()
  let json: unknown = {}
  for (const { name, fileName, bytes } of readMultipart(body, type)) {
    const index = /^files\[(\d+)\]$/.exec(name)?.[1]
    if (name === 'payload_json') json = readJson(bytes)
    else if (index === undefined || fileName === null) throw invalid(name, 'the fake knows no such part of a form')
    else files.set(index, { name: fileName, bytes })
  }
  return { json, files }
}

function readJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    throw new DiscordError(400, 50109, `The request body contains invalid JSON. ${error}`)
  }
}
