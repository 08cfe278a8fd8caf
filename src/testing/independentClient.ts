import { once } from 'node:events'
import { RestClient, WebsocketClient, type WsChannelSubUnSubRequestArg } from 'okx-api'
import { pino } from 'pino'
import { onTestFinished, vi } from 'vitest'
import { playKey, type SimulatorKey } from '../simulator/keys.js'
import { type Simulator, startSimulator } from '../simulator/server.js'
import type { SocketKind } from '../simulator/sockets/channels.js'
import type { VenueAccountTerms } from '../simulator/venue/venue.js'

const seed = 'independent'
export const startTs = Date.UTC(2025, 2, 3, 10, 20, 30, 500)
const key = playKey(seed, '1')

/** Rows of a push, as they came. */
type Rows = Record<string, unknown>[]

export interface IndependentHouse {
  simulator: Simulator
  /** okx-api's client, which signs by itself, with the funded account's key. */
  rest: RestClient
  /** The same with another key, or one that is wrong somewhere. */
  restWith(departures: Partial<SimulatorKey>): RestClient
  /** okx-api's socket: it logs in and subscribes by itself. */
  socket(kind: SocketKind, args: WsChannelSubUnSubRequestArg[], departures?: Partial<SimulatorKey>): IndependentSocket
  /** Lets time pass for both, and the exchange notice. */
  pass(ms: number): void
}

export interface IndependentSocket {
  client: WebsocketClient
  /** Rows of the channel's next push. */
  next(channel: string): Promise<Rows>
  /** Rows of the channel's next push that has one that fits; what comes before it is passed over. */
  until(channel: string, fits: (row: Record<string, unknown>) => boolean): Promise<Rows>
  /** The next time that the client tells of this. */
  told(event: 'authenticated' | 'exception' | 'reconnect' | 'reconnected'): Promise<Record<string, unknown>>
}

/**
 * The simulated exchange with a funded account, and okx-api to trade there: a client that is not ours, so that what both of ours
 * have wrong is found. It signs by the machine's clock, which is the test's here. Ends with the test.
 */
export async function startIndependent(terms: Partial<VenueAccountTerms> = {}): Promise<IndependentHouse> {
  vi.useFakeTimers({ toFake: ['Date'], now: startTs })
  onTestFinished(() => void vi.useRealTimers())
  let beat = () => {}
  const reader: SimulatorKey = { ...playKey(seed, 'reader'), uid: '1', perm: ['read_only'] }
  const simulator = await startSimulator({
    seed,
    clock: () => Date.now(),
    every(_ms, run) {
      beat = run
      return () => {}
    },
    keys: [key, reader],
    accounts: {
      1: {
        acctLv: '2',
        posMode: 'net_mode',
        cash: { USDT: '100000', BTC: '1' },
        fees: { SPOT: { maker: '0.0008', taker: '0.001' }, SWAP: { maker: '0.0002', taker: '0.0005' } },
        ...terms,
      },
    },
    logger: pino({ level: 'silent' }),
  })
  onTestFinished(() => simulator.close())

  const restWith = (departures: Partial<SimulatorKey>) => {
    const { apiKey, secretKey, passphrase } = { ...key, ...departures }
    return new RestClient({ baseUrl: simulator.restUrl, apiKey, apiSecret: secretKey, apiPass: passphrase })
  }
  const urls = { public: simulator.wsPublic, private: simulator.wsPrivate, business: simulator.wsBusiness }

  return {
    simulator,
    rest: restWith({}),
    restWith,
    socket(kind, args, departures = {}) {
      const { apiKey, secretKey, passphrase } = { ...key, ...departures }
      const accounts = [{ apiKey, apiSecret: secretKey, apiPass: passphrase }]
      const silent = { trace() {}, info() {}, error() {} }
      const client = new WebsocketClient({ wsUrl: urls[kind], accounts, reconnectTimeout: 1 }, silent)
      onTestFinished(() => client.closeAll(true))
      const follower = follow(client)
      client.subscribe(args)
      return follower
    },
    pass(ms) {
      vi.setSystemTime(Date.now() + ms)
      beat()
    },
  }
}

function follow(client: WebsocketClient): IndependentSocket {
  const pushes = new Map<string, Rows[]>()
  const waiting = new Map<string, () => void>()
  client.on('update', ({ arg, data }) => {
    pushes.set(arg.channel, [...(pushes.get(arg.channel) ?? []), data])
    waiting.get(arg.channel)?.()
  })
  async function next(channel: string): Promise<Rows> {
    for (;;) {
      const rows = pushes.get(channel)?.shift()
      if (rows) return rows
      await new Promise<void>((resolve) => waiting.set(channel, resolve))
    }
  }
  return {
    client,
    next,
    async until(channel, fits) {
      for (;;) {
        const rows = await next(channel)
        if (rows.some(fits)) return rows
      }
    },
    told: (event) => once(client, event).then(([what]) => what),
  }
}

/** What okx-api rejects with: the exchange's refusal. */
export async function refusal(call: Promise<unknown>): Promise<{ code: string; msg: string; data: unknown }> {
  return call.then(
    (answer) => Promise.reject(new Error(`not refused: ${JSON.stringify(answer)}`)),
    (answer) => answer,
  )
}
