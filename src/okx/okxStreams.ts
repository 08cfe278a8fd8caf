import type { Logger } from 'pino'
import type { Ticker } from '../domain/instrument.js'
import type { Balance, Position } from '../domain/trading/account.js'
import type { AlgoOrder, ExchangeOrder } from '../domain/trading/exchangeOrder.js'
import {
  type AccountListener,
  openAccount,
  openPositions,
  type PositionsListener,
  type StateStream,
} from './accountStreams.js'
import { type CandleListener, type CandleStream, type CandleStreamQuery, openCandles } from './candleStream.js'
import type { Credentials } from './credentials.js'
import type { ExchangeClock } from './exchangeClock.js'
import { createConnectGate, type Gate } from './gate.js'
import { createOkxSocket, type OkxSocket } from './okxSocket.js'
import { type AlgoOrdersListener, type OrdersListener, openAlgoOrders, openOrders } from './orderStreams.js'
import { createPushProblems } from './pushReader.js'
import { openMarkPrices, openTickers, type QuoteListener, type QuoteStream } from './quoteStreams.js'
import type { Refill, StreamTools } from './streamTools.js'
import type { MarkPrice } from './streamTypes.js'
import { systemTiming, type Timing } from './timing.js'
import { type OpenWire, openWire } from './wire.js'

export interface OkxStreamsOptions {
  urls: SocketUrls
  /** Without them there are only tickers, mark prices and candles. */
  credentials?: Credentials
  refill: Refill
  /** What logins go by, and what tells that a candle is late: an account's own, say. */
  clock: ExchangeClock
  /** One for all clients of a process: OKX counts new connections by address. */
  connectGate?: Gate
  /** Where algo orders are told of; as documented, trailing stops have a channel of their own. */
  algoChannels?: readonly string[]
  timing?: Timing
  openWire?: OpenWire
  logger: Logger
}

export interface SocketUrls {
  public: string
  private: string
  business: string
}

/** The addresses at a host, such as one of `hosts`. */
export function socketUrls(base: string): SocketUrls {
  const url = (name: string) => `${base.replace(/\/+$/, '')}/ws/v5/${name}`
  return { public: url('public'), private: url('private'), business: url('business') }
}

/**
 * What OKX pushes. Whatever a stream gives says whether it is stale; after a gap of any kind (a lost connection, a push that
 * cannot be read, silence) it is, until REST has filled the gap. Sockets are opened when something is first read from them.
 */
export interface OkxStreams {
  tickers(instIds: readonly string[], listener?: QuoteListener<Ticker>): QuoteStream<Ticker>
  markPrice(instIds: readonly string[], listener?: QuoteListener<MarkPrice>): QuoteStream<MarkPrice>
  candles(query: CandleStreamQuery, listener?: CandleListener): CandleStream
  /** These throw where there are no credentials. */
  account(listener?: AccountListener): StateStream<Balance | null>
  positions(listener?: PositionsListener): StateStream<Position[]>
  orders(listener?: OrdersListener): StateStream<ExchangeOrder[]>
  ordersAlgo(listener?: AlgoOrdersListener): StateStream<AlgoOrder[]>
  close(): void
}

const algoChannels = ['orders-algo', 'algo-advance']

export function createOkxStreams(options: OkxStreamsOptions): OkxStreams {
  const { urls, credentials = null, refill, clock, timing = systemTiming, logger } = options
  const connectGate = options.connectGate ?? createConnectGate(timing)
  const sockets = new Map<string, OkxSocket>()

  function socketOf(name: keyof SocketUrls): OkxSocket {
    const known = sockets.get(name)
    if (known) return known
    const made = createOkxSocket({
      name,
      url: urls[name],
      openWire: options.openWire ?? openWire,
      credentials: name === 'public' ? null : credentials,
      clock,
      connectGate,
      timing,
      logger,
    })
    sockets.set(name, made)
    return made
  }

  function loggedIn(name: keyof SocketUrls): OkxSocket {
    if (!credentials) throw new Error('private streams need credentials')
    return socketOf(name)
  }

  const tools: StreamTools = {
    publicSocket: () => socketOf('public'),
    privateSocket: () => loggedIn('private'),
    businessSocket: (needs) => (needs === 'login' ? loggedIn('business') : socketOf('business')),
    refill,
    clock,
    problems: createPushProblems(logger),
    timing,
    logger,
  }

  /** What a listener throws is its own fault: it must not tear the stream. */
  function guarded<Listener extends object>(listener: Listener): Listener {
    return new Proxy(listener, {
      get(target, name) {
        const listen: unknown = Reflect.get(target, name)
        if (typeof listen !== 'function') return listen
        return (...told: unknown[]) => {
          try {
            Reflect.apply(listen, target, told)
          } catch (error) {
            logger.error({ err: error }, 'a listener to an OKX stream failed')
          }
        }
      },
    })
  }

  const open = new Set<{ close(): void }>()

  function kept<Stream extends { close(): void }>(stream: Stream): Stream {
    open.add(stream)
    const close = () => {
      open.delete(stream)
      stream.close()
    }
    return { ...stream, close }
  }

  return {
    tickers: (instIds, listener = {}) => kept(openTickers(tools, instIds, guarded(listener))),
    markPrice: (instIds, listener = {}) => kept(openMarkPrices(tools, instIds, guarded(listener))),
    candles: (query, listener = {}) => kept(openCandles(tools, query, guarded(listener))),
    account: (listener = {}) => kept(openAccount(tools, guarded(listener))),
    positions: (listener = {}) => kept(openPositions(tools, guarded(listener))),
    orders: (listener = {}) => kept(openOrders(tools, guarded(listener))),
    ordersAlgo: (listener = {}) => kept(openAlgoOrders(tools, options.algoChannels ?? algoChannels, guarded(listener))),
    close() {
      for (const stream of open) stream.close()
      open.clear()
      for (const socket of sockets.values()) socket.close()
    },
  }
}
