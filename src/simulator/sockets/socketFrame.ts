import type { ChannelArg, SocketError } from './channels.js'

/** What a client may say in a frame of JSON. `id` comes back with every answer to it. */
export interface SocketFrame {
  id: string | null
  op: 'login' | 'subscribe' | 'unsubscribe'
  args: readonly Readonly<Record<string, string>>[]
}

const ops = ['login', 'subscribe', 'unsubscribe'] as const

/** The frame, or why it is none. Nothing of it is repeated: a login holds what is secret. */
export function readFrame(text: string): SocketFrame | SocketError {
  const parsed = parse(text)
  if (typeof parsed !== 'object' || parsed === null) return ['60012', 'Invalid request: not JSON']
  const { id = null, op, args }: { id?: unknown; op?: unknown; args?: unknown } = parsed
  const known = ops.find((name) => name === op)
  if (!known) return ['60012', 'Invalid request: unknown op']
  if (id !== null && !(typeof id === 'string' && /^[A-Za-z0-9]{1,32}$/.test(id)))
    return ['60012', 'Invalid request: id']
  if (!Array.isArray(args) || args.length === 0 || !args.every(isTexts)) return ['60013', 'Invalid args']
  return { id, op: known, args }
}

export function isChannelArg(arg: Readonly<Record<string, string>>): arg is ChannelArg {
  return typeof arg.channel === 'string'
}

function isTexts(arg: unknown): arg is Record<string, string> {
  if (typeof arg !== 'object' || arg === null || Array.isArray(arg)) return false
  return Object.values(arg).every((value) => typeof value === 'string')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: no request.
    return undefined
  }
}
