import { isBar } from '../../domain/bars.js'

export const socketKinds = ['public', 'private', 'business'] as const
export type SocketKind = (typeof socketKinds)[number]

/** What a client subscribes to, `{ channel: 'tickers', instId: 'BTC-USDT' }`. */
export type ChannelArg = Readonly<Record<string, string>> & { readonly channel: string }

/** Why a socket's request is refused: OKX's code and message. */
export type SocketError = readonly [code: string, msg: string]

interface Channel {
  socket: SocketKind
  isPrivate: boolean
  /** Parameters without which it means nothing. */
  needs: readonly string[]
}

const table: Readonly<Record<string, Channel>> = {
  tickers: { socket: 'public', isPrivate: false, needs: ['instId'] },
  trades: { socket: 'public', isPrivate: false, needs: ['instId'] },
  books5: { socket: 'public', isPrivate: false, needs: ['instId'] },
  'mark-price': { socket: 'public', isPrivate: false, needs: ['instId'] },
  'funding-rate': { socket: 'public', isPrivate: false, needs: ['instId'] },
  instruments: { socket: 'public', isPrivate: false, needs: ['instType'] },
  account: { socket: 'private', isPrivate: true, needs: [] },
  positions: { socket: 'private', isPrivate: true, needs: ['instType'] },
  orders: { socket: 'private', isPrivate: true, needs: ['instType'] },
  'orders-algo': { socket: 'business', isPrivate: true, needs: ['instType'] },
  'algo-advance': { socket: 'business', isPrivate: true, needs: ['instType'] },
}
const candle: Channel = { socket: 'business', isPrivate: false, needs: ['instId'] }
const instTypes = ['SPOT', 'MARGIN', 'SWAP', 'FUTURES', 'OPTION', 'ANY']

/** `candle15m` and its like: OKX's name of the bar. Null for other channels. */
export function barOfChannel(channel: string): string | null {
  return channel.startsWith('candle') && isBar(channel.slice(6)) ? channel.slice(6) : null
}

export function isPrivateChannel(channel: string): boolean {
  return Object.hasOwn(table, channel) && table[channel].isPrivate
}

/** Why OKX would not subscribe this on such a socket; null where it would. */
export function channelError(arg: ChannelArg, kind: SocketKind, isLoggedIn: boolean): SocketError | null {
  const { channel } = arg
  const known = Object.hasOwn(table, channel) ? table[channel] : barOfChannel(channel) === null ? null : candle
  if (!known) return noChannel(arg)
  if (known.socket !== kind) {
    if (known.socket === 'business') return ['64001', "This channel has been migrated to the '/business' URL."]
    if (kind === 'business') return ['64002', "This channel is not supported by '/business' URL."]
    return noChannel(arg)
  }
  if (known.isPrivate && !isLoggedIn) return ['60011', 'Please log in']
  if (known.needs.some((name) => !arg[name])) return ['60013', 'Invalid args']
  if (arg.instType !== undefined && !instTypes.includes(arg.instType)) return ['60013', 'Invalid args']
  return null
}

export function noChannel(arg: ChannelArg): SocketError {
  const told = Object.entries(arg).map(([name, value]) => `${name}:${value}`)
  return ['60018', `Wrong URL or ${told.join(',')} doesn't exist. Please use the correct URL, channel and parameters.`]
}

/** The same for the same subscription, in whatever order its parameters were written. */
export function channelKey(arg: ChannelArg): string {
  return JSON.stringify(Object.entries(arg).sort(([a], [b]) => (a < b ? -1 : 1)))
}
