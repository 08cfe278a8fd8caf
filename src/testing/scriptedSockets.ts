import type { OpenWire, WireEvents } from '../okx/wire.js'
import { keyOfArg, type WsArg } from '../okx/wsMessages.js'
import type { HandTiming } from './handTiming.js'

interface Frame {
  id?: string
  op: 'login' | 'subscribe' | 'unsubscribe'
  args: (WsArg & Record<string, string>)[]
}

/** One connection as the exchange sees it. */
export interface ScriptedLink {
  url: string
  openedAt: number
  isOpen: boolean
  /** All that came in: `ping`, and frames. */
  frames: (Frame | 'ping')[]
  /** What is said to the client: an object, or a text as it stands. */
  say(message: object | string): void
  /** A push of the channel, with what else the message is to hold. */
  push(arg: WsArg, data: unknown[], more?: object): void
  /** Ends it as the exchange. */
  cut(code?: number): void
}

/** How a frame is answered; undefined: as OKX does when all is well. */
export type Answer = (frame: Frame | 'ping', link: ScriptedLink) => object | string | null | undefined

/** An exchange whose answers a test writes: by default it accepts everything at once. */
export interface ScriptedSockets {
  openWire: OpenWire
  links: ScriptedLink[]
  /** The newest connection of an address (`private`). */
  last(name: string): ScriptedLink
  answer: Answer
  /** Whether new connections open. */
  isReachable: boolean
}

export function createScriptedSockets(timing: HandTiming): ScriptedSockets {
  const sockets: ScriptedSockets = {
    links: [],
    answer: () => undefined,
    isReachable: true,
    last(name) {
      const link = sockets.links.findLast(({ url }) => url.endsWith(`/${name}`))
      if (!link) throw new Error(`nobody connected to ${name}`)
      return link
    },
    openWire: (url, events) => {
      const link = createLink(url, events, timing.clock())
      sockets.links.push(link)
      const stop = timing.setTimer(() => {
        if (!sockets.isReachable) return events.closed(1006, 'connect ECONNREFUSED')
        link.isOpen = true
        events.opened()
      }, 10)
      return {
        send(text) {
          const frame: Frame | 'ping' = text === 'ping' ? 'ping' : JSON.parse(text)
          link.frames.push(frame)
          const answer = sockets.answer(frame, link)
          if (answer === null) return
          timing.setTimer(() => {
            for (const message of answer === undefined ? usualAnswers(frame) : [answer]) link.say(message)
          }, 5)
        },
        drop() {
          stop()
          link.isOpen = false
        },
      }
    },
  }
  return sockets
}

function createLink(url: string, events: WireEvents, openedAt: number): ScriptedLink {
  const link: ScriptedLink = {
    url,
    openedAt,
    isOpen: false,
    frames: [],
    say(message) {
      if (link.isOpen) events.text(typeof message === 'string' ? message : JSON.stringify(message))
    },
    push: (arg, data, more = {}) => link.say({ arg: { ...arg, uid: '44' }, data, ...more }),
    cut(code = 1006) {
      if (!link.isOpen) return
      link.isOpen = false
      events.closed(code, '')
    },
  }
  return link
}

function usualAnswers(frame: Frame | 'ping'): (object | string)[] {
  if (frame === 'ping') return ['pong']
  if (frame.op === 'login') return [{ event: 'login', code: '0', msg: '', connId: 'a4d3ae55' }]
  return frame.args.map((arg) => ({ id: frame.id, event: frame.op, arg, connId: 'a4d3ae55' }))
}

/** What was asked for, in order: `login`, `subscribe orders ANY`, `ping`. */
export function askedOf({ frames }: ScriptedLink): string[] {
  return frames.flatMap((frame) => {
    if (frame === 'ping' || frame.op === 'login') return [frame === 'ping' ? frame : frame.op]
    return frame.args.map((arg) => `${frame.op} ${keyOfArg(arg)}`)
  })
}
