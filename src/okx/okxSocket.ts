import type { Logger } from 'pino'
import type { Credentials } from './credentials.js'
import type { ExchangeClock } from './exchangeClock.js'
import type { Gate } from './gate.js'
import type { GapReason } from './streamTypes.js'
import { createBackOff, type Timing } from './timing.js'
import type { OpenWire } from './wire.js'
import { type CloseReason, type Connection, openConnection, pingAfterMs, pongWithinMs } from './wsConnection.js'
import { keyOfArg, type Push, type WsArg } from './wsMessages.js'

/** What a subscriber is told of its channels. */
export interface SocketListener {
  /** From here on nothing is missed. */
  subscribed(arg: WsArg): void
  /** `connection`: a number for the connection that it came over; around an upgrade two bring the same. */
  push(push: Push, connection: number): void
  /** Pushes may be missed until it is subscribed again, by itself. */
  lost(arg: WsArg, reason: GapReason): void
  /** Something came in that could not be read, perhaps of this channel. It is still subscribed. */
  damaged(): void
  /** It will never be: ours to mend (an unknown channel, a bad key). */
  refused(arg: WsArg, code: string): void
}

/** One of OKX's addresses, with a connection that is always there, or coming. It is opened by the first subscription. */
export interface OkxSocket {
  /** What it gives back ends the subscription. Args of several subscribers are subscribed once. Tells nothing before it returns. */
  subscribe(args: readonly WsArg[], listener: SocketListener): () => void
  /** Nothing came in for longer than the exchange is ever silent. */
  isSilent(): boolean
  close(): void
}

export interface OkxSocketOptions {
  name: 'public' | 'private' | 'business'
  url: string
  openWire: OpenWire
  /** To log in with; null: it does not. */
  credentials: Credentials | null
  /** What logins go by: read before a connection that needs it is opened. */
  clock: ExchangeClock
  /** Lets new connections through; one for all sockets of an address of ours. */
  connectGate: Gate
  timing: Timing
  logger: Logger
}

const firstPauseMs = 1000
const longestPauseMs = 60_000
/** A connection that was there for so long starts the pauses anew. */
const healthyMs = 60_000
/** Refusals of the login without a reason, one after the other, that are taken for good. */
const mostLoginRefusals = 3
/** How long the old connection of an upgrade is still listened to: what it has under way is not lost. */
const lingerMs = 5000

/** A connection in use, and what it has subscribed. */
interface Link {
  number: number
  connection: Connection
  readyAt: number | null
  isSettled: boolean
  subscribed: Map<string, WsArg>
}

interface Wanted {
  arg: WsArg
  listeners: Set<SocketListener>
}

export function createOkxSocket(options: OkxSocketOptions): OkxSocket {
  const { name, url, openWire, credentials, connectGate, timing } = options
  const { clock, setTimer } = timing
  const login = credentials && (() => credentials.loginArgs(options.clock.now()))
  const logger = options.logger.child({ socket: name })
  const backOff = createBackOff(timing.random, firstPauseMs, longestPauseMs)
  const wanted = new Map<string, Wanted>()
  let stopped: { code: string } | 'closed' | null = null
  let links = 0
  let loginRefusals = 0
  let isMalformedTold = false
  /** The one that counts; the one that takes its place before an upgrade; the one whose place was taken. */
  let current: Link | null = null
  let next: Link | null = null
  let retiring: Link | null = null
  let stopRetiring = () => {}
  /** Calls off the connecting that is under way, if any is. */
  let stopConnecting: (() => void) | null = null

  function connectAfter(ms: number): void {
    stopConnecting?.()
    let isOff = false
    let leave = setTimer(() => void connect(), ms)
    stopConnecting = () => {
      isOff = true
      leave()
    }

    async function connect(): Promise<void> {
      try {
        if (login) await options.clock.ready()
      } catch (error) {
        logger.warn({ err: error }, "the exchange's clock could not be read, will be tried again")
        if (!isOff) connectAfter(backOff.nextMs())
        return
      }
      if (isOff) return
      leave = connectGate(() => {
        stopConnecting = null
        open()
      })
    }
  }

  function open(): void {
    const link: Link = {
      number: ++links,
      readyAt: null,
      isSettled: false,
      subscribed: new Map(),
      connection: openConnection({
        url,
        openWire,
        login,
        timing,
        logger,
        isWanted: (arg) => wanted.has(keyOfArg(arg)),
        events: {
          ready() {
            link.readyAt = clock()
            logger.debug({ link: link.number }, 'OKX socket ready')
            link.connection.subscribe([...wanted.values()].map(({ arg }) => arg))
          },
          subscribed(arg) {
            link.subscribed.set(keyOfArg(arg), arg)
            if (link === current) tell(arg, (listener) => listener.subscribed(arg))
          },
          settled() {
            link.isSettled = true
            if (link === next) takeOver()
          },
          refused: onRefused,
          unsubscribed(args) {
            for (const arg of args) {
              link.subscribed.delete(keyOfArg(arg))
              if (link === current) tell(arg, (listener) => listener.lost(arg, 'unsubscribed'))
            }
            logger.warn({ channel: args[0]?.channel }, 'OKX ended subscriptions')
          },
          push: (push) => onPush(link, push),
          malformed: onMalformed,
          notice: () => onNotice(link),
          closed: (reason) => onClosed(link, reason),
        },
      }),
    }
    if (current) next = link
    else current = link
  }

  function tell(arg: WsArg, what: (listener: SocketListener) => void): void {
    for (const listener of wantedOf(arg)?.listeners ?? []) what(listener)
  }

  function wantedOf(arg: WsArg): Wanted | undefined {
    return wanted.get(keyOfArg(arg)) ?? wanted.get(keyOfArg({ channel: arg.channel, instType: 'ANY' }))
  }

  function onPush(link: Link, push: Push): void {
    // The old connection may be behind: what it takes for everything may be out of date.
    if (link === retiring && push.eventType === 'snapshot') return
    tell(push.arg, (listener) => listener.push(push, link.number))
  }

  function onMalformed(field: string, detail: string): void {
    if (!isMalformedTold) logger.error({ field, detail }, 'OKX socket brought a message that cannot be read')
    isMalformedTold = true
    for (const { listeners } of wanted.values()) for (const listener of listeners) listener.damaged()
  }

  function onRefused(arg: WsArg, code: string): void {
    logger.error({ channel: arg.channel, instId: arg.instId, code }, 'OKX refuses the subscription')
    tell(arg, (listener) => listener.refused(arg, code))
    wanted.delete(keyOfArg(arg))
  }

  function onNotice(link: Link): void {
    if (link !== current || next || stopConnecting) return
    logger.info('OKX will close the socket for an upgrade: connecting anew')
    connectAfter(0)
  }

  function takeOver(): void {
    retire()
    retiring = current
    current = next
    next = null
    stopRetiring = setTimer(retire, lingerMs)
    for (const [key, arg] of current?.subscribed ?? []) {
      if (!retiring?.subscribed.has(key)) tell(arg, (listener) => listener.subscribed(arg))
    }
  }

  function retire(): void {
    stopRetiring()
    retiring?.connection.drop()
    retiring = null
  }

  function onClosed(link: Link, reason: CloseReason): void {
    logger.info({ link: link.number, ...reason }, 'OKX socket is over')
    if (link === retiring) {
      retire()
      return
    }
    if (link.readyAt !== null && clock() - link.readyAt >= healthyMs) {
      backOff.reset()
      loginRefusals = 0
    }
    if (link === next) next = null
    else {
      current = next
      next = null
      // What it still brings would be taken for fresh, and its end would be told to nobody.
      retire()
      loseAll(reason.why === 'silent' ? 'silent' : 'disconnected')
      for (const arg of current?.subscribed.values() ?? []) tell(arg, (listener) => listener.subscribed(arg))
      if (current) return
    }
    if (reason.why === 'login') loginRefusals++
    if (reason.why === 'key' || reason.why === 'tooManyChannels' || loginRefusals >= mostLoginRefusals) {
      // What cannot be replaced is used for as long as it lasts.
      if (!current) stop(reason.code)
      return
    }
    if (reason.why === 'clock') options.clock.distrust()
    connectAfter(backOff.nextMs())
  }

  function loseAll(reason: GapReason): void {
    for (const { arg, listeners } of wanted.values()) for (const listener of listeners) listener.lost(arg, reason)
  }

  /** For what its owner has to mend: trying again would not help. */
  function stop(code: string): void {
    logger.error({ code }, 'OKX refuses the socket: mend the configuration and start again')
    stopped = { code }
    stopConnecting?.()
    for (const { arg, listeners } of wanted.values()) for (const listener of listeners) listener.refused(arg, code)
  }

  /** To one who comes late, of what others have subscribed already. */
  function tellKnown(args: readonly WsArg[], listener: SocketListener): void {
    for (const arg of args) {
      const key = keyOfArg(arg)
      if (current?.subscribed.has(key) && wanted.get(key)?.listeners.has(listener)) listener.subscribed(arg)
    }
  }

  return {
    subscribe(args, listener) {
      if (stopped) {
        const code = stopped === 'closed' ? '' : stopped.code
        let isWanted = true
        queueMicrotask(() => {
          for (const arg of args) if (isWanted) listener.refused(arg, code)
        })
        return () => {
          isWanted = false
        }
      }
      const fresh: WsArg[] = []
      for (const arg of args) {
        const known = wanted.get(keyOfArg(arg))
        known?.listeners.add(listener)
        if (known) continue
        wanted.set(keyOfArg(arg), { arg, listeners: new Set([listener]) })
        fresh.push(arg)
      }
      queueMicrotask(() => tellKnown(args, listener))
      if (fresh.length > 0) for (const link of [current, next]) link?.connection.subscribe(fresh)
      if (!current && !stopConnecting) connectAfter(0)
      return () => {
        const ended = args.filter((arg) => {
          const known = wanted.get(keyOfArg(arg))
          known?.listeners.delete(listener)
          return known?.listeners.size === 0 && wanted.delete(keyOfArg(arg))
        })
        if (ended.length === 0) return
        for (const link of [current, next]) {
          for (const arg of ended) link?.subscribed.delete(keyOfArg(arg))
          link?.connection.unsubscribe(ended)
        }
      }
    },
    isSilent: () => current === null || clock() - current.connection.heardAt > pingAfterMs + pongWithinMs,
    close() {
      stopped = 'closed'
      stopConnecting?.()
      loseAll('closed')
      retire()
      for (const link of [current, next]) link?.connection.drop()
      current = null
      next = null
      wanted.clear()
    },
  }
}
