import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { RequestLimits } from '../requestLimits.js'
import { type SocketKind, socketKinds } from './channels.js'
import { type Client, type SocketHouse, serveClient } from './client.js'

const largestFrame = 64 * 1024
/** Three a second in the documents; limits here are counted by two. */
const connectionsPer2s = 6
const noticeMs = 60_000

export interface Sockets {
  /** Takes over a connection that asks to be a socket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  beat(now: number): void
  /** Tells all that the venue has had happen; false where that is nothing. */
  deliver(): boolean
  readonly size: number
  cut(kind?: SocketKind): void
  setSilent(isSilent: boolean): void
  notice(now: number): void
}

export interface SocketsOptions extends Omit<SocketHouse, 'isSilent' | 'countOf' | 'areLimited'> {
  /** Null lifts the limits. */
  isAllowed: RequestLimits | null
}

/** OKX's three sockets, `/ws/v5/public`, `/ws/v5/private` and `/ws/v5/business`. */
export function createSockets({ isAllowed, ...options }: SocketsOptions): Sockets {
  const { publicPushes, privatePushes, logger, now } = options
  const server = new WebSocketServer({ noServer: true, maxPayload: largestFrame })
  const clients = new Set<Client>()
  let isSilent = false
  let connections = 0

  const house: SocketHouse = {
    ...options,
    areLimited: isAllowed !== null,
    isSilent: () => isSilent,
    countOf(uid, channel) {
      const follows = ({ key, subscriptions }: Client) =>
        key?.uid === uid && [...subscriptions.values()].some(({ arg }) => arg.channel === channel)
      return [...clients].filter(follows).length
    },
  }

  return {
    upgrade(request, socket, head) {
      const [path] = (request.url ?? '').split('?', 1)
      const kind = socketKinds.find((name) => path === `/ws/v5/${name}`)
      const address = request.socket.remoteAddress ?? ''
      if (!kind) return refuse(socket, '404 Not Found')
      if (isAllowed && !isAllowed(`${address} sockets`, connectionsPer2s, now())) {
        return refuse(socket, '429 Too Many Requests')
      }
      server.handleUpgrade(request, socket, head, (accepted) => {
        const connId = (++connections).toString(16).padStart(8, '0')
        const client = serveClient(accepted, { kind, connId, address }, house)
        clients.add(client)
        accepted.on('close', () => {
          clients.delete(client)
          publicPushes.leaveAll(client)
        })
        logger.debug({ kind, connId }, 'socket opened')
      })
    },
    beat(time) {
      for (const client of clients) client.beat(time)
      publicPushes.beat(time)
      privatePushes.beat(clients, time)
    },
    deliver: () => privatePushes.deliver(clients),
    get size() {
      return clients.size
    },
    cut(kind) {
      for (const client of clients) if (kind === undefined || client.kind === kind) client.socket.terminate()
    },
    setSilent(value) {
      isSilent = value
    },
    notice(time) {
      const msg = 'The connection will soon be closed for a service upgrade. Please reconnect.'
      for (const client of clients) {
        client.closesAt = time + noticeMs
        // Those of business are closed without a word.
        if (client.kind === 'business') continue
        client.send(JSON.stringify({ event: 'notice', code: '64008', msg, connId: client.connId }))
      }
    },
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
