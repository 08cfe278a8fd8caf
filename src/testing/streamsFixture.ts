import { pino } from 'pino'
import { Credentials } from '../okx/credentials.js'
import { createExchangeClock } from '../okx/exchangeClock.js'
import { createOkxStreams } from '../okx/okxStreams.js'
import type { Refill } from '../okx/streamTools.js'
import { createHandTiming, type HandTiming } from './handTiming.js'
import { createScriptedSockets } from './scriptedSockets.js'
import { sampleAt } from './timeSample.js'

type Asked = keyof Refill

const credentials = new Credentials({ apiKey: 'key-4711', secretKey: 'secret-0815', passphrase: 'pass-phrase-9' })

/** REST that answers when a test says so. */
export interface HandRefill {
  /** Calls without an answer, oldest first. */
  waiting: { what: Asked; query: unknown; signal: AbortSignal }[]
  /** Answers the oldest call that was not called off. */
  give(answer: unknown): Promise<void>
  fail(): Promise<void>
  /** Answers the oldest call, whether it was called off or not. */
  giveLate(answer: unknown): Promise<void>
}

/** Streams over a scripted exchange and a REST in the test's hand. */
export function streamsHouse(startMs?: number, hasCredentials = true) {
  const timing = createHandTiming(startMs)
  const exchange = createScriptedSockets(timing)
  const printed: string[] = []
  const { refill, hand } = createHandRefill(timing)
  const streams = createOkxStreams({
    urls: {
      public: 'wss://exchange.test/ws/v5/public',
      private: 'wss://exchange.test/ws/v5/private',
      business: 'wss://exchange.test/ws/v5/business',
    },
    ...(hasCredentials && { credentials }),
    refill,
    clock: createExchangeClock(timing.clock, async () => sampleAt(timing.clock())),
    timing,
    openWire: exchange.openWire,
    logger: pino({ level: 'info' }, { write: (line: string) => void printed.push(line) }),
  })
  const errors = () => printed.map((line) => JSON.parse(line)).filter(({ level }) => level >= 50)
  return { timing, exchange, streams, rest: hand, printed, errors }
}

function createHandRefill(timing: HandTiming): { refill: Refill; hand: HandRefill } {
  const calls: (HandRefill['waiting'][number] & { resolve(answer: unknown): void; reject(error: Error): void })[] = []

  function ask(what: Asked, query: unknown, signal: AbortSignal): Promise<never> {
    return new Promise((resolve, reject) => {
      calls.push({ what, query, signal, resolve: resolve as (answer: unknown) => void, reject })
    })
  }

  function takeOldest() {
    for (let call = calls.shift(); call; call = calls.shift()) if (!call.signal.aborted) return call
    throw new Error('REST was not asked')
  }

  return {
    refill: {
      balance: (signal) => ask('balance', null, signal),
      positions: (signal) => ask('positions', null, signal),
      pendingOrders: (signal) => ask('pendingOrders', null, signal),
      pendingAlgoOrders: (signal) => ask('pendingAlgoOrders', null, signal),
      candles: (query, signal) => ask('candles', query, signal),
    },
    hand: {
      get waiting() {
        return calls.filter(({ signal }) => !signal.aborted)
      },
      async give(answer) {
        takeOldest().resolve(answer)
        await timing.pass(0)
      },
      async giveLate(answer) {
        calls.shift()?.resolve(answer)
        await timing.pass(0)
      },
      async fail() {
        takeOldest().reject(new Error('REST is away'))
        await timing.pass(0)
      },
    },
  }
}
