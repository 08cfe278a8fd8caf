import type { SimulatorKey } from '../keys.js'
import type { ChannelArg, SocketKind } from './channels.js'

/** One client's socket, as what is pushed to it sees it. */
export interface Connection {
  readonly kind: SocketKind
  readonly connId: string
  /** Null until it has logged in. */
  key: SimulatorKey | null
  /** By `channelKey`. */
  readonly subscriptions: Map<string, Subscription>
  /** A frame as text. */
  send(text: string): void
}

export interface Subscription {
  arg: ChannelArg
  /** Time between two pushes without an event; null for none. */
  everyMs: number | null
  /** When all rows were last pushed, epoch ms. */
  pushedAt: number
}
