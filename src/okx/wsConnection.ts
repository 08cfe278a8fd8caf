import type { Logger } from 'pino'
import type { Timing } from './timing.js'
import type { OpenWire } from './wire.js'
import type { LoginArgs } from './wsLogin.js'
import {
  type CodeMeaning,
  meaningOf,
  type Push,
  readMessage,
  upgradeNotice,
  type WsArg,
  type WsEvent,
} from './wsMessages.js'
import { answerWithinMs, createRequests, type RequestEvents } from './wsRequests.js'

/** Why a connection is over. `code`: OKX's, of an error or a close frame; empty where we gave up on it. */
export interface CloseReason {
  why: 'silent' | 'closed' | 'unanswered' | 'clock' | 'key' | 'login' | 'tooManyChannels'
  code: string
}

export interface ConnectionEvents extends RequestEvents {
  /** Open, and logged in where there is something to log in with. */
  ready(): void
  push(push: Push): void
  /** A message that does not say of which channel it is. */
  malformed(field: string, detail: string): void
  /** It will be closed in a minute. */
  notice(): void
  closed(reason: CloseReason): void
}

export interface ConnectionOptions {
  url: string
  openWire: OpenWire
  /** Made at the moment of the login, where it throws the clock is read first; null where there is none. */
  login: (() => LoginArgs) | null
  isWanted(arg: WsArg): boolean
  timing: Timing
  events: ConnectionEvents
  logger: Logger
}

/** One connection, from its opening to its end. Nothing is told once it is over. */
export interface Connection {
  subscribe(args: readonly WsArg[]): void
  unsubscribe(args: readonly WsArg[]): void
  /** When anything last came in, epoch ms. */
  readonly heardAt: number
  /** Ends it without a word. */
  drop(): void
}

/** OKX closes what was silent for 30 s. */
export const pingAfterMs = 20_000
/** How long after a ping anything at all must have come. */
export const pongWithinMs = 10_000

const whyOfCloseCode: Readonly<Record<number, CloseReason['why']>> = {
  4001: 'login',
  4004: 'silent',
  4008: 'tooManyChannels',
  4009: 'tooManyChannels',
}

const whyOfMeaning: Readonly<Partial<Record<CodeMeaning, CloseReason['why']>>> = {
  clock: 'clock',
  key: 'key',
  login: 'login',
  notLoggedIn: 'login',
}

export function openConnection(options: ConnectionOptions): Connection {
  const { url, openWire, login, isWanted, timing, events, logger } = options
  const { clock, setTimer } = timing
  let phase: 'opening' | 'loggingIn' | 'ready' | 'over' = 'opening'
  let heardAt = clock()
  const giveUp = () => close({ why: 'unanswered', code: '' })
  let stopHeartbeat = () => {}
  let stopPhaseTimer = setTimer(giveUp, answerWithinMs)

  const wire = openWire(url, {
    opened() {
      heardAt = clock()
      stopPhaseTimer()
      listenForSilence(pingAfterMs)
      if (!login) return beReady()
      let args: LoginArgs
      try {
        args = login()
      } catch (error) {
        // The exchange's clock tells no time before it was read; thrown from here, it would end the process.
        logger.info({ err: error }, 'there is no time yet to log in by')
        return close({ why: 'clock', code: '' })
      }
      phase = 'loggingIn'
      stopPhaseTimer = setTimer(giveUp, answerWithinMs)
      wire.send(JSON.stringify({ op: 'login', args: [args] }))
    },
    text(text) {
      heardAt = clock()
      const message = readMessage(text)
      if (message.kind === 'push') events.push(message.push)
      else if (message.kind === 'event') onEvent(message.event)
      else if (message.kind === 'malformed') events.malformed(message.field, message.detail)
    },
    closed(code, trouble) {
      logger.debug({ code, trouble }, 'OKX socket closed')
      close({ why: whyOfCloseCode[code] ?? 'closed', code: String(code) })
    },
  })
  const send = (text: string) => wire.send(text)
  const requests = createRequests({ send, unanswered: giveUp, isWanted, timing, events, logger })

  function beReady(): void {
    phase = 'ready'
    stopPhaseTimer()
    events.ready()
    requests.settleIfDone()
  }

  function end(): void {
    phase = 'over'
    stopPhaseTimer()
    stopHeartbeat()
    requests.stop()
    wire.drop()
  }

  function close(reason: CloseReason): void {
    if (phase === 'over') return
    end()
    events.closed(reason)
  }

  /** Pings once nothing has come for a while, and gives up when nothing comes after that either. */
  function listenForSilence(ms: number): void {
    stopHeartbeat = setTimer(() => {
      const leftMs = pingAfterMs - (clock() - heardAt)
      if (leftMs > 0) return listenForSilence(Math.min(leftMs, pingAfterMs))
      const pingedAt = clock()
      wire.send('ping')
      stopHeartbeat = setTimer(() => {
        if (heardAt < pingedAt) close({ why: 'silent', code: '' })
        else listenForSilence(pingAfterMs)
      }, pongWithinMs)
    }, ms)
  }

  function onEvent(event: WsEvent): void {
    const { event: name, code = '', arg, channel } = event
    if (name === 'login' || (name === 'error' && phase === 'loggingIn')) onLogin(name, code)
    else if ((name === 'subscribe' || name === 'unsubscribe') && arg) requests.answered(name, arg)
    else if (name === 'error') onError(event)
    else if (name === 'notice' && code === upgradeNotice) events.notice()
    else if (name === 'channel-conn-count-error' && channel) requests.channelEnded(channel)
    else if (name !== 'channel-conn-count') logger.info({ event: name, code }, 'OKX socket told something else')
  }

  function onLogin(name: string, code: string): void {
    if (phase !== 'loggingIn') return
    const meaning = meaningOf(code)
    if ((name === 'login' && code === '0') || meaning === 'known') beReady()
    else close({ why: whyOfMeaning[meaning] ?? 'closed', code })
  }

  function onError(error: WsEvent): void {
    const { code = '' } = error
    const why = whyOfMeaning[meaningOf(code)]
    if (why) close({ why, code })
    else requests.failed(error)
  }

  return {
    subscribe(args) {
      if (phase === 'ready') requests.ask('subscribe', args)
    },
    unsubscribe(args) {
      if (phase === 'ready') requests.ask('unsubscribe', args)
    },
    get heardAt() {
      return heardAt
    },
    drop: end,
  }
}
