import type { Logger } from 'pino'
import type { WebSocket } from 'ws'
import type { SimulatorKey } from '../keys.js'
import { channelError, channelKey, isPrivateChannel, type SocketError, type SocketKind } from './channels.js'
import type { Connection, Subscription } from './connection.js'
import { intervalOf, type PrivatePushes } from './privatePushes.js'
import type { PublicPushes } from './publicPushes.js'
import { isChannelArg, readFrame, type SocketFrame } from './socketFrame.js'
import { readLogin } from './socketLogin.js'

/** Subscriptions, cancellations and logins in an hour, of one connection. */
const mostOpsAnHour = 480
const hourMs = 3_600_000
/** Connections with the same private channel, of one account. */
const mostConnectionsAChannel = 30
const silenceMs = 30_000

type Arg = SocketFrame['args'][number]
const badArgs: SocketError = ['60013', 'Invalid args']

/** What all sockets of an exchange share. */
export interface SocketHouse {
  keys: ReadonlyMap<string, SimulatorKey>
  publicPushes: PublicPushes
  privatePushes: PrivatePushes
  areLimited: boolean
  /** The market's time, and the clock as the exchange shows it. */
  now(): number
  shown(): number
  isSilent(): boolean
  /** How many connections of an account follow a channel. */
  countOf(uid: string, channel: string): number
  logger: Logger
}

export interface Client extends Connection {
  readonly socket: WebSocket
  /** When the exchange will close it, epoch ms; null while it will not. */
  closesAt: number | null
  /** Closes what has been silent for 30 s, or what is to be closed. */
  beat(now: number): void
}

/** Serves one socket until it closes. */
export function serveClient(
  socket: WebSocket,
  { kind, connId, address }: { kind: SocketKind; connId: string; address: string },
  house: SocketHouse,
): Client {
  let ops: number[] = []
  let lastDataAt = house.now()
  /** Requests are answered in the order in which they came. */
  let queue: Promise<void> = Promise.resolve()

  const client: Client = {
    socket,
    kind,
    connId,
    key: null,
    closesAt: null,
    subscriptions: new Map<string, Subscription>(),
    send(text) {
      if (house.isSilent() || socket.readyState !== socket.OPEN) return
      lastDataAt = house.now()
      socket.send(text)
    },
    beat(now) {
      // Silence is not the client's: what it has to say is not heard.
      if (house.isSilent()) lastDataAt = now
      else if (client.closesAt !== null && now >= client.closesAt) socket.close(1012, 'Service upgrade')
      else if (now - lastDataAt >= silenceMs) socket.close(4004, 'No data received in 30s.')
    },
  }
  const say = (frame: object) => client.send(JSON.stringify({ ...frame, connId }))
  const withId = (id: string | null, frame: object) => say(id === null ? frame : { id, ...frame })

  function login(args: Arg): SocketError | null {
    if (client.key) return ['60031', 'The WebSocket endpoint does not support multiple or repeated logins.']
    if (kind === 'public') return ['60012', 'Invalid request: login is for private channels']
    const key = readLogin(args, house.keys, address, house.shown())
    if ('uid' in key) {
      client.key = key
      say({ event: 'login', code: '0', msg: '' })
      return null
    }
    return key
  }

  async function subscribe(arg: Arg, id: string | null): Promise<SocketError | null> {
    if (!isChannelArg(arg)) return badArgs
    const error = channelError(arg, kind, client.key !== null)
    if (error) return error
    const key = channelKey(arg)
    const now = house.now()
    const subscription = { arg, everyMs: intervalOf(arg), pushedAt: now }
    const acknowledge = () => {
      client.subscriptions.set(key, subscription)
      withId(id, { event: 'subscribe', arg })
    }
    if (!isPrivateChannel(arg.channel)) {
      const unknown = await house.publicPushes.follow(client, arg, now, acknowledge)
      // It may have gone while its channel was read.
      if (socket.readyState !== socket.OPEN) house.publicPushes.leave(client, arg)
      return unknown
    }
    acknowledge()
    const connCount = house.countOf(client.key?.uid ?? '', arg.channel)
    const isTooMany = connCount > mostConnectionsAChannel
    const event = isTooMany ? 'channel-conn-count-error' : 'channel-conn-count'
    say({ event, channel: arg.channel, connCount: String(connCount) })
    if (isTooMany) client.subscriptions.delete(key)
    else house.privatePushes.open(client, subscription, now)
    return null
  }

  function unsubscribe(arg: Arg, id: string | null): SocketError | null {
    if (!isChannelArg(arg)) return badArgs
    client.subscriptions.delete(channelKey(arg))
    house.publicPushes.leave(client, arg)
    withId(id, { event: 'unsubscribe', arg })
    return null
  }

  async function carryOut({ op, id, args }: SocketFrame): Promise<SocketError[]> {
    const now = house.now()
    ops = ops.filter((ts) => now - ts < hourMs)
    if (house.areLimited && ops.length >= mostOpsAnHour) return [['60014', 'Requests too frequent']]
    ops.push(now)
    if (op === 'login') return [login(args[0])].filter((error) => error !== null)
    const errors: SocketError[] = []
    for (const arg of args) {
      const error = op === 'subscribe' ? await subscribe(arg, id) : unsubscribe(arg, id)
      if (error) errors.push(error)
    }
    return errors
  }

  async function answer(text: string): Promise<void> {
    const frame = readFrame(text)
    const isFrame = 'op' in frame
    const errors = isFrame ? await carryOut(frame) : [frame]
    for (const [code, msg] of errors) withId(isFrame ? frame.id : null, { event: 'error', code, msg })
    if (isFrame && frame.op === 'login' && kind !== 'public' && !client.key) socket.close(4001, 'Login failed.')
  }

  socket.on('message', (data) => {
    if (house.isSilent()) return
    lastDataAt = house.now()
    const text = data.toString()
    if (text === 'ping') return client.send('pong')
    queue = queue
      .then(() => answer(text))
      .catch((err: unknown) => house.logger.error({ err, kind, connId }, 'simulator failed'))
  })
  // A client that breaks the protocol (a frame too large, say) is closed by ws itself.
  socket.on('error', (err) => house.logger.debug({ err, kind, connId }, 'socket failed'))
  return client
}
