import type { Server } from 'node:http'
import { GatewayIntentBits, GatewayOpcodes } from 'discord.js'
import { type Static, type TSchema, Type } from 'typebox'
import { type WebSocket, WebSocketServer } from 'ws'
import { checkForm, closed, DiscordError } from './discordRules.js'
import { apiChannel, apiMember, botUser } from './fakeDiscordPayloads.js'
import { type Guild, newToken, type State } from './fakeDiscordState.js'

/** One login of the bot; outlives its sockets. */
interface Session {
  readonly id: string
  readonly intents: number
  /** Everything told, by sequence number less one. */
  readonly told: { t: string; d: unknown }[]
  socket: WebSocket | null
}

export interface Gateway {
  /** Whether a bot is logged in, be it cut off for now. */
  listening(): boolean
  dispatch: State['dispatch']
  cut(how: 'resumable' | 'invalid' | number): void
  close(): void
}

const Identify = closed({
  token: Type.String(),
  intents: Type.Integer({ minimum: 0 }),
  properties: closed({ os: Type.String(), browser: Type.String(), device: Type.String() }),
  compress: Type.Optional(Type.Literal(false)),
  large_threshold: Type.Optional(Type.Integer({ minimum: 50, maximum: 250 })),
  shard: Type.Optional(Type.Array(Type.Integer(), { minItems: 2, maxItems: 2 })),
  presence: Type.Optional(Type.Unknown()),
})
const Resume = closed({ token: Type.String(), session_id: Type.String(), seq: Type.Integer() })
const Payload = closed({
  op: Type.Integer(),
  d: Type.Unknown(),
  s: Type.Optional(Type.Null()),
  t: Type.Optional(Type.Null()),
})

const privileged = GatewayIntentBits.GuildMembers | GatewayIntentBits.GuildPresences | GatewayIntentBits.MessageContent
const allIntents = Object.values(GatewayIntentBits).reduce<number>(
  (all, bit) => (typeof bit === 'number' ? all | bit : all),
  0,
)

/** Close codes after which a session cannot be resumed. */
const ends = new Set([1000, 1001, 4003, 4004, 4005, 4007, 4009, 4010, 4011, 4012, 4013, 4014])

/** @param granted Privileged intents that the application may ask for */
export function openGateway(
  server: Server,
  state: State,
  { heartbeatIntervalMs, granted }: { heartbeatIntervalMs: number; granted: number },
): Gateway {
  const sessions = new Map<string, Session>()
  const sockets = new WebSocketServer({ noServer: true })
  const url = () => `${state.origin.replace('http', 'ws')}/gateway`

  server.on('upgrade', (request, socket, head) => {
    const { pathname, searchParams } = new URL(request.url ?? '', state.origin)
    const parameters = Object.fromEntries(searchParams)
    const { v, encoding = 'json', ...others } = parameters
    if (pathname !== '/gateway' || encoding !== 'json' || Object.keys(others).length > 0) {
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (opened) => (v === '10' ? greet(opened) : opened.close(4012)))
  })

  function greet(socket: WebSocket): void {
    let own: Session | null = null
    const deadline = setTimeout(() => socket.close(4009), 2 * heartbeatIntervalMs)
    socket.on('close', (code) => {
      clearTimeout(deadline)
      if (own?.socket === socket) own.socket = null
      if (own && ends.has(code)) sessions.delete(own.id)
      state.changed()
    })
    socket.on('message', (data) => {
      const answer = hear(String(data))
      if (typeof answer === 'number') socket.close(answer)
      state.changed()
    })
    send(socket, { op: GatewayOpcodes.Hello, d: { heartbeat_interval: heartbeatIntervalMs } })

    /** A number closes the connection. */
    function hear(data: string): number | undefined {
      const { op, d } = parse(Payload, readJson(data)) ?? { op: null, d: null }
      if (op === GatewayOpcodes.Heartbeat) {
        deadline.refresh()
        send(socket, { op: GatewayOpcodes.HeartbeatAck })
        return undefined
      }
      if (op === GatewayOpcodes.Identify) return own ? 4005 : identify(d)
      if (op === GatewayOpcodes.Resume) return own ? 4005 : resume(d)
      if (op === null) return 4002
      if (own === null) return 4003
      return op === GatewayOpcodes.PresenceUpdate ? undefined : 4001
    }

    function identify(data: unknown): number | undefined {
      const login = parse(Identify, data)
      if (!login) return 4002
      if (login.token !== state.token) return 4004
      if (login.shard && login.shard[1] !== 1) return 4010
      if ((login.intents & ~allIntents) !== 0) return 4013
      if ((login.intents & privileged & ~granted) !== 0) return 4014
      state.identifies += 1
      const session: Session = { id: newToken(), intents: login.intents, told: [], socket }
      own = session
      sessions.set(session.id, session)
      const guilds = [...state.guilds.values()].filter(({ bot }) => bot)
      tell(session, 'READY', {
        v: 10,
        user: botUser(state),
        guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
        session_id: session.id,
        resume_gateway_url: url(),
        ...(login.shard && { shard: login.shard }),
        application: { id: state.applicationId, flags: 0 },
      })
      if ((session.intents & GatewayIntentBits.Guilds) === 0) return undefined
      for (const guild of guilds) tell(session, 'GUILD_CREATE', apiGuild(state, guild))
      return undefined
    }

    function resume(data: unknown): number | undefined {
      const wanted = parse(Resume, data)
      if (!wanted) return 4002
      if (wanted.token !== state.token) return 4004
      const session = sessions.get(wanted.session_id)
      if (!session) {
        send(socket, { op: GatewayOpcodes.InvalidSession, d: false })
        return undefined
      }
      if (wanted.seq > session.told.length) return 4007
      state.resumes += 1
      own = session
      session.socket = socket
      for (const [index, { t, d }] of session.told.entries()) {
        if (index >= wanted.seq) send(socket, { op: GatewayOpcodes.Dispatch, t, s: index + 1, d })
      }
      tell(session, 'RESUMED', {})
      return undefined
    }
  }

  return {
    listening: () => sessions.size > 0,
    dispatch(event, intents, data) {
      for (const session of sessions.values()) {
        if (intents === 0 || (session.intents & intents) !== 0) tell(session, event, data(session.intents))
      }
    },
    cut(how) {
      for (const session of [...sessions.values()]) {
        const { socket } = session
        if (how !== 'resumable' && (how === 'invalid' || ends.has(how))) sessions.delete(session.id)
        if (how !== 'invalid') socket?.close(how === 'resumable' ? 4000 : how)
        else if (socket) send(socket, { op: GatewayOpcodes.InvalidSession, d: false })
      }
    },
    close() {
      sessions.clear()
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
    },
  }
}

function tell(session: Session, t: string, d: unknown): void {
  session.told.push({ t, d })
  if (session.socket) send(session.socket, { op: GatewayOpcodes.Dispatch, t, s: session.told.length, d })
}

function send(socket: WebSocket, payload: { op: GatewayOpcodes; t?: string; s?: number; d?: unknown }): void {
  socket.send(JSON.stringify({ t: null, s: null, d: null, ...payload }))
}

function readJson(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    return undefined
  }
}

function parse<T extends TSchema>(schema: T, value: unknown): Static<T> | null {
  try {
    return checkForm(schema, value)
  } catch (error) {
    if (error instanceof DiscordError) return null
    throw error
  }
}

/** A guild as the gateway describes it to a member. */
export function apiGuild(state: State, { id, channel, locale }: Guild): Record<string, unknown> {
  const lists =
    'emojis stickers threads voice_states presences stage_instances guild_scheduled_events soundboard_sounds'
  return {
    id,
    name: `Guild ${id}`,
    icon: null,
    owner_id: id,
    joined_at: '2025-01-01T00:00:00.000Z',
    large: false,
    unavailable: false,
    member_count: 2,
    features: [],
    preferred_locale: locale,
    verification_level: 0,
    premium_tier: 0,
    nsfw_level: 0,
    channels: [apiChannel(channel)],
    members: [{ ...apiMember(), user: botUser(state) }],
    roles: [
      {
        id,
        name: '@everyone',
        color: 0,
        hoist: false,
        position: 0,
        permissions: '0',
        managed: false,
        mentionable: false,
        flags: 0,
      },
    ],
    ...Object.fromEntries(lists.split(' ').map((name) => [name, []])),
  }
}
