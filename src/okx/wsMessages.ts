import { Ajv } from 'ajv'
import { type Static, Type } from 'typebox'

/** What a subscription is of. */
const Arg = Type.Object({
  channel: Type.String({ minLength: 1 }),
  instId: Type.Optional(Type.String()),
  instType: Type.Optional(Type.String()),
})
export type WsArg = Static<typeof Arg>

const PushPayload = Type.Object({
  arg: Arg,
  data: Type.Array(Type.Unknown()),
  /** Of account and positions. A `snapshot` is all there is, in pages. */
  eventType: Type.Optional(Type.Enum(['snapshot', 'event_update'])),
  curPage: Type.Optional(Type.Integer()),
  lastPage: Type.Optional(Type.Boolean()),
})
export type Push = Static<typeof PushPayload>

const EventPayload = Type.Object({
  event: Type.String(),
  id: Type.Optional(Type.String()),
  code: Type.Optional(Type.String()),
  arg: Type.Optional(Arg),
  channel: Type.Optional(Type.String()),
})
export type WsEvent = Static<typeof EventPayload>

export type WsMessage =
  | { kind: 'pong' }
  | { kind: 'push'; push: Push }
  | { kind: 'event'; event: WsEvent }
  | { kind: 'malformed'; field: string; detail: string }

const ajv = new Ajv()
const isPush = ajv.compile<Push>(PushPayload)
const isEvent = ajv.compile<WsEvent>(EventPayload)

/** A message as it came in. Texts of the exchange (`msg`) are left behind: they may quote what we sent, secrets included. */
export function readMessage(text: string): WsMessage {
  if (text === 'pong') return { kind: 'pong' }
  const frame = parseJson(text)
  if (typeof frame !== 'object' || frame === null) {
    return { kind: 'malformed', field: 'frame', detail: `${text.length} characters that are no object` }
  }
  const isOfEvent = 'event' in frame
  if (isOfEvent && isEvent(frame)) return { kind: 'event', event: frame }
  if (!isOfEvent && isPush(frame)) return { kind: 'push', push: frame }
  const [problem] = (isOfEvent ? isEvent : isPush).errors ?? []
  return { kind: 'malformed', field: problem?.instancePath || 'frame', detail: problem?.message ?? 'is wrong' }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: the caller says so by its length.
    return undefined
  }
}

/** The key of a subscription; a push's `arg` has the same, whatever else OKX adds to it. */
export function keyOfArg({ channel, instId, instType }: WsArg): string {
  return `${channel} ${instId ?? instType ?? ''}`
}

/** The notice that a connection will be closed in a minute for an upgrade. */
export const upgradeNotice = '64008'
