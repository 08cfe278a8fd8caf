import { once } from 'node:events'
import { Decimal } from 'decimal.js'
import { pino } from 'pino'
import { expect, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { type ExchangeOptions, type Simulator, serveExchange } from '../simulator/exchange.js'
import { playKey, type SimulatorKey } from '../simulator/keys.js'
import { createMarket } from '../simulator/market.js'
import { publicRoutes } from '../simulator/publicRoutes.js'
import { quoteRoutes } from '../simulator/quoteRoutes.js'
import type { Quotes } from '../simulator/quotes.js'
import { createRequestLimits } from '../simulator/requestLimits.js'
import { signatureOf } from '../simulator/signed/authenticate.js'
import { createSimulatedHalf } from '../simulator/simulatedHalf.js'
import type { SocketKind } from '../simulator/sockets/channels.js'
import type { VenueAccountTerms } from '../simulator/venue/venue.js'
import { createFakeVenue, type FakeVenue } from './fakeVenue.js'

export const seed = 'play'
export const startTs = Date.UTC(2025, 2, 3, 10, 20, 30, 500)
export const key = playKey(seed, '1')
const terms: VenueAccountTerms = {
  acctLv: '2',
  posMode: 'net_mode',
  cash: { USDT: '1000' },
  fees: { SPOT: { maker: '0', taker: '0' }, SWAP: { maker: '0', taker: '0' } },
}
const market = createMarket(seed)

/** BTC-USDT-SWAP, always at 100. */
const quotes: Quotes = {
  instruments: [
    {
      instId: 'BTC-USDT-SWAP',
      instType: 'SWAP',
      baseCcy: 'BTC',
      quoteCcy: 'USDT',
      settleCcy: 'USDT',
      tickSz: new Decimal('0.1'),
      lotSz: new Decimal('0.01'),
      minSz: new Decimal('0.01'),
      ctVal: new Decimal('0.01'),
      ctMult: new Decimal(1),
      ctValCcy: 'BTC',
      maxLever: new Decimal(100),
      maxMktSz: null,
      maxLmtSz: null,
      groupId: '1',
      state: 'live',
    },
  ],
  tiers: () => [],
  quote: (_instId, ts) => {
    const level = (px: string) => [{ px: new Decimal(px), sz: new Decimal(5) }]
    return { ts, last: new Decimal(100), markPx: new Decimal('100.5'), bids: level('99.9'), asks: level('100.1') }
  },
  traded: (_instId, fromTs, toTs) =>
    toTs > fromTs ? { high: new Decimal(100), low: new Decimal(100), volume: new Decimal(7) } : null,
  funding: () => [],
}

/** The market of every play exchange. */
export const scene = { market, quotes }

export interface Reply {
  status: number
  code: string
  msg: string
  data: Record<string, string>[]
  text: string
}

type Credentials = Pick<SimulatorKey, 'apiKey' | 'secretKey' | 'passphrase'>

/** How a request departs from a proper one. */
export interface Departures {
  key?: Credentials
  headers?: Record<string, string>
  /** Signed instead of what is sent. */
  signs?: string
}

export interface PlayExchange {
  simulator: Simulator
  /** The venue that is served now: another after a restart. */
  readonly venue: FakeVenue
  readonly logged: string
  readonly now: number
  /** Lets time pass, and the exchange notice. */
  pass(ms: number): void
  /** A signed call; rejects where the connection ends without an answer. */
  call(method: string, target: string, body?: unknown, departures?: Departures): Promise<Reply>
  order(clOrdId: string, departures?: Departures): Promise<Reply>
  connect(kind: SocketKind): Promise<PlaySocket>
}

export interface PlaySocket {
  socket: WebSocket
  send(frame: object | string): void
  /** The next frame: JSON, or `pong`. */
  next(): Promise<Frame>
  /** Logs in, and waits for the answer. */
  login(with_?: Partial<Record<'apiKey' | 'passphrase' | 'timestamp' | 'sign', string>>): Promise<Frame>
  /** Code of the closing frame; 1006 where the connection just ended. */
  closed(): Promise<number>
}

// biome-ignore lint/suspicious/noExplicitAny: frames are looked into by tests, which say what they expect.
export type Frame = any

/** An exchange over a fake venue, whose time passes only when a test lets it. Ends with the test. */
export async function startPlay(options: Partial<ExchangeOptions> = {}): Promise<PlayExchange> {
  let now = startTs
  let beat = () => {}
  let logged = ''
  let venue = createFakeVenue(null)
  const write = (line: string) => {
    logged += line
  }
  const isAllowed = createRequestLimits()
  const simulator = await serveExchange({
    seed,
    publicHalf: createSimulatedHalf({
      market: market.key,
      quotes,
      routes: { ...publicRoutes(market), ...quoteRoutes(quotes) },
      isAllowed: () => true,
    }),
    openVenue(saved) {
      venue = createFakeVenue(saved)
      return venue
    },
    keys: [key],
    accounts: { 1: terms },
    stateFile: null,
    clock: () => now,
    every(_ms, run) {
      beat = run
      return () => {
        beat = () => {}
      }
    },
    port: 0,
    isAllowed,
    faultControl: false,
    logger: pino({ level: 'trace' }, { write }),
    ...options,
  })
  onTestFinished(() => simulator.close())

  const call = signedCaller(simulator.restUrl, () => now)

  return {
    simulator,
    get venue() {
      return venue
    },
    get logged() {
      return logged
    },
    get now() {
      return now
    },
    pass(ms) {
      now += ms
      beat()
    },
    call,
    order: (clOrdId, departures) =>
      call('POST', '/api/v5/trade/order', { instId: 'BTC-USDT-SWAP', clOrdId }, departures),
    connect: (kind) => connectTo(simulator.port, kind, () => now),
  }
}

/** Makes signed calls, as of a clock. */
export function signedCaller(restUrl: string, now: () => number): PlayExchange['call'] {
  return async (method, target, body, departures = {}) => {
    const { key: by = key, headers = {}, signs } = departures
    const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
    const timestamp = new Date(now()).toISOString()
    const response = await fetch(`${restUrl}${target}`, {
      method,
      headers: {
        'content-type': 'application/json',
        'ok-access-key': by.apiKey,
        'ok-access-passphrase': by.passphrase,
        'ok-access-timestamp': timestamp,
        'ok-access-sign': signatureOf(by.secretKey, signs ?? `${timestamp}${method}${target}${text}`),
        ...headers,
      },
      ...(text === '' ? {} : { body: text }),
    })
    const answer = await response.text()
    const isJson = response.headers.get('content-type') === 'application/json'
    return { status: response.status, text: answer, ...(isJson ? JSON.parse(answer) : {}) }
  }
}

/** Until an exchange that has been started again answers: fetch may first try connections of before. */
export async function reachable(call: PlayExchange['call']): Promise<void> {
  const time = () => call('GET', '/api/v5/public/time').catch(() => null)
  await expect.poll(time, { interval: 5 }).toMatchObject({ code: '0' })
}

/** A client of one of the sockets. */
export async function connectTo(
  port: number,
  kind: SocketKind,
  now: () => number,
  by: Credentials = key,
): Promise<PlaySocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/v5/${kind}`)
  const frames: Frame[] = []
  const waiting: ((frame: Frame) => void)[] = []
  socket.on('message', (data) => {
    const text = data.toString()
    const frame = text === 'pong' ? text : JSON.parse(text)
    const first = waiting.shift()
    if (first) first(frame)
    else frames.push(frame)
  })
  const closed = once(socket, 'close').then(([code]) => Number(code))
  await once(socket, 'open')
  const next = () =>
    frames.length > 0 ? Promise.resolve(frames.shift()) : new Promise<Frame>((resolve) => waiting.push(resolve))
  const send = (frame: object | string) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame))
  return {
    socket,
    send,
    next,
    login(departures = {}) {
      const timestamp = String(Math.floor(now() / 1000))
      const sign = signatureOf(by.secretKey, `${timestamp}GET/users/self/verify`)
      const { apiKey, passphrase } = by
      send({ op: 'login', args: [{ apiKey, passphrase, timestamp, sign, ...departures }] })
      return next()
    },
    closed: () => closed,
  }
}
