import type { Logger } from 'pino'
import { createGate } from './gate.js'
import { socketMeaningOf } from './okxCodes.js'
import type { Timing } from './timing.js'
import { keyOfArg, type WsArg, type WsEvent } from './wsMessages.js'

export interface RequestEvents {
  subscribed(arg: WsArg): void
  /** Nothing asked for is unanswered any more. */
  settled(): void
  /** It will never be, and is not asked for again. */
  refused(arg: WsArg, code: string): void
  /** The exchange ended these subscriptions; they are asked for again after a while. */
  unsubscribed(args: readonly WsArg[]): void
}

interface RequestOptions {
  send(text: string): void
  /** No answer came. */
  unanswered(): void
  /** Whether anyone still wants it when the time has come to ask again. */
  isWanted(arg: WsArg): boolean
  timing: Timing
  events: RequestEvents
  logger: Logger
}

/** What one connection is asked for, and what the exchange says to it. */
export interface Requests {
  ask(op: Op, args: readonly WsArg[]): void
  answered(op: Op, arg: WsArg): void
  /** An error that does not concern the login. */
  failed(error: WsEvent): void
  /** The exchange ended all subscriptions of the channel. */
  channelEnded(channel: string): void
  settleIfDone(): void
  stop(): void
}

type Op = 'subscribe' | 'unsubscribe'

interface Asked {
  op: Op
  /** Those without an answer, by key. */
  args: Map<string, WsArg>
  attempt: number
  stopTimer: () => void
}

/** Subscriptions, unsubscriptions and logins that a connection takes in an hour; one is the login. */
const mostOps = 479
const hourMs = 3_600_000
export const answerWithinMs = 10_000
/** 64 KB at most, in either reading of KB. */
const mostFrameBytes = 64_000
const frameBytes = 100
const firstRetryMs = 1000
const longestRetryMs = 60_000

export function createRequests({ send, unanswered, isWanted, timing, events, logger }: RequestOptions): Requests {
  const { setTimer } = timing
  const gate = createGate(timing, mostOps, hourMs)
  let lastId = 0
  const asked = new Map<string, Asked>()
  const subscribed = new Map<string, WsArg>()
  /** What calls off the second attempts. */
  const retries = new Set<() => void>()
  /** By channel: how often the exchange has ended it. */
  const endings = new Map<string, number>()

  function ask(op: Op, args: readonly WsArg[], attempt = 0): void {
    for (const part of inFrames(args)) {
      const id = String(++lastId)
      const entry: Asked = { op, args: new Map(part.map((arg) => [keyOfArg(arg), arg])), attempt, stopTimer: () => {} }
      asked.set(id, entry)
      let isSent = false
      const leave = gate(() => {
        isSent = true
        send(JSON.stringify({ id, op, args: part }))
        entry.stopTimer = setTimer(unanswered, answerWithinMs)
      })
      if (!isSent) entry.stopTimer = leave
    }
  }

  function askLater(args: readonly WsArg[], attempt: number): void {
    const cancel = setTimer(
      () => {
        retries.delete(cancel)
        ask('subscribe', args.filter(isWanted), attempt + 1)
        settleIfDone()
      },
      Math.min(longestRetryMs, firstRetryMs * 2 ** attempt),
    )
    retries.add(cancel)
  }

  function forget(id: string): void {
    asked.get(id)?.stopTimer()
    asked.delete(id)
  }

  /** Answers say what they are to by `id`, some by `arg`; else the oldest question is taken to be meant. */
  function findAsked({ id, arg }: WsEvent): string | undefined {
    if (id !== undefined && asked.has(id)) return id
    return [...asked].find(([, { args }]) => !arg || args.has(keyOfArg(arg)))?.[0]
  }

  function endArgs(args: readonly WsArg[]): void {
    if (args.length === 0) return
    const [{ channel }] = args
    const attempt = endings.get(channel) ?? 0
    endings.set(channel, attempt + 1)
    for (const arg of args) subscribed.delete(keyOfArg(arg))
    events.unsubscribed(args)
    askLater(args, attempt)
  }

  function settleIfDone(): void {
    if (retries.size === 0 && ![...asked.values()].some(({ op }) => op === 'subscribe')) events.settled()
  }

  return {
    ask,
    settleIfDone,
    answered(op, arg) {
      const key = keyOfArg(arg)
      const [id, entry] = [...asked].find(([, entry]) => entry.op === op && entry.args.has(key)) ?? []
      entry?.args.delete(key)
      if (id !== undefined && entry?.args.size === 0) forget(id)
      if (op === 'unsubscribe') {
        if (!entry && subscribed.has(key)) endArgs([arg])
        subscribed.delete(key)
        return
      }
      subscribed.set(key, arg)
      events.subscribed(arg)
      settleIfDone()
    },
    failed(error) {
      const { code = '' } = error
      const id = findAsked(error)
      const entry = id === undefined ? undefined : asked.get(id)
      const meaning = socketMeaningOf(code)
      if (id === undefined || !entry || meaning === 'known') return logger.warn({ code }, 'OKX socket error')
      const args = [...entry.args.values()]
      forget(id)
      if (entry.op === 'unsubscribe') return logger.warn({ code }, 'OKX socket did not unsubscribe')
      if (meaning === 'later') askLater(args, entry.attempt)
      // One of them is to blame: alone, it will be found, and the others go through.
      else if (args.length > 1) for (const arg of args) ask('subscribe', [arg], entry.attempt)
      else for (const arg of args) events.refused(arg, code)
      settleIfDone()
    },
    channelEnded(channel) {
      endArgs([...subscribed.values()].filter((arg) => arg.channel === channel))
    },
    stop() {
      for (const cancel of retries) cancel()
      for (const { stopTimer } of asked.values()) stopTimer()
      retries.clear()
      asked.clear()
    },
  }
}

/** Lists of args whose frames are small enough. */
function inFrames(args: readonly WsArg[]): WsArg[][] {
  const frames: WsArg[][] = []
  let bytes = 0
  for (const arg of args) {
    const argBytes = Buffer.byteLength(JSON.stringify(arg)) + 1
    const frame = frames.at(-1)
    if (frame && bytes + argBytes <= mostFrameBytes) {
      frame.push(arg)
      bytes += argBytes
    } else {
      frames.push([arg])
      bytes = frameBytes + argBytes
    }
  }
  return frames
}
