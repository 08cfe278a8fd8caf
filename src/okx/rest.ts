import type { Logger } from 'pino'
import { isBatch } from './brokerTag.js'
import { checkRows, type Row, readRow } from './checkRows.js'
import type { Credentials } from './credentials.js'
import { type EndpointName, endpointOf, type OrderCallName, type ReadName, type SetName } from './endpoints.js'
import { createExchangeClock, type ExchangeClock, type TimeSample } from './exchangeClock.js'
import { isExpiredCode, kindOf, mainCodeOf } from './okxCodes.js'
import { errorFromCode, errorFromLateness, errorFromStatus, OkxPayloadError } from './okxError.js'
import { type Counted, createRateLimits, type Query, type RateLimits } from './rateLimits.js'
import { pause, retryReads, type Wait } from './retryReads.js'
import {
  type Answer,
  type Carried,
  createTransport,
  orderLifeMs,
  type Transport,
  type TransportOptions,
} from './transport.js'

export interface RestOptions extends TransportOptions {
  wait?: Wait
  /** Factor on the documented rate limits; Infinity lifts them. */
  limitsScale?: number
  /** Limits to share with the other clients of this address, in place of ones of its own. */
  limits?: RateLimits
  logger: Logger
}

/** What a client of an account has more. */
export interface SignedOptions extends RestOptions {
  credentials: Credentials
  /** What its limits are counted for: a name that tells accounts apart where clients share `limits`. */
  account?: string
  /** Our clock, epoch ms. */
  clock?: () => number
}

/**
 * Reads an endpoint: the rows of its `data`, checked. What may pass (network, 5xx, 429, busy) is tried again with
 * growing, jittered pauses, then thrown as OkxError of kind `retry`; an abort throws the signal's reason at once.
 */
export type Get = <Name extends ReadName>(name: Name, query: Query, signal?: AbortSignal) => Promise<Row<Name>[]>

/** The calls of an account, over the same transport, limits and clock. */
export interface SignedRest {
  get: Get
  /** Makes a setting, once. Throws OkxError. */
  set<Name extends SetName>(name: Name, body: Record<string, unknown>, signal?: AbortSignal): Promise<Row<Name>[]>
  /**
   * Sends what moves orders, once. What the exchange answers, refusal or not, is returned as it stands; OkxError where it
   * did not answer, with what that means (`outcomeUnknown` once anything may have been sent). A signal ends the wait for
   * room or for the time, not what is sent.
   */
  send(name: OrderCallName, body: NonNullable<Carried['body']>, signal?: AbortSignal): Promise<Answer>
  /** The exchange's time, for what is sent elsewhere (sockets log in by it). */
  clock: ExchangeClock
}

/**
 * What makes or changes an order is not sent later than this after it was asked for, whatever held it up: its line, the
 * reading of the clock, or a machine that slept. `expTime` begins only where it is sent.
 */
const latestSendMs = 2 * orderLifeMs

export function createRest(options: RestOptions): Get {
  return readerOf(options, limitsOf(options), createTransport(options, null), {})
}

export function createSignedRest(options: SignedOptions): SignedRest {
  const { credentials, account = 'account', clock: ours = Date.now } = options
  const limits = limitsOf(options)
  const clock = createExchangeClock(ours, timeReader(options, limits, ours))
  const signed = createTransport(options, { credentials, now: clock.now })

  /**
   * A refusal for its timestamp was not carried out, whatever it asked for: with a fresh sample it is sent once more, unless
   * getting one took so long that an order would be late. What came after its `expTime` is not sent again, for it was
   * decided on that much earlier; but the clock may be what is wrong.
   */
  const transport: Transport = async (name, carried, signal) => {
    await clock.ready()
    const first = await signed(name, carried, signal)
    if (!isClockDoubted(name, first)) return first
    clock.distrust()
    if (!isForTimestamp(name, first)) return first
    options.logger.info({ endpoint: name, code: first.envelope.code }, 'OKX finds our clock wrong, it is read again')
    const doubtedAt = ours()
    await clock.ready()
    if (endpointOf(name).effect !== 'read' && ours() - doubtedAt > orderLifeMs) return first
    const second = await signed(name, carried, signal)
    if (isClockDoubted(name, second)) clock.distrust()
    return second
  }

  async function post(name: SetName | OrderCallName, body: NonNullable<Carried['body']>, signal?: AbortSignal) {
    const askedAt = ours()
    await unlessAborted(clock.ready(), signal)
    const orders = (isBatch(body) ? body : [body]).map(({ instId }) => String(instId))
    const send = async () => {
      // It may have come into doubt meanwhile.
      await unlessAborted(clock.ready(), signal)
      const { effect } = endpointOf(name)
      const isLate = ours() - askedAt > latestSendMs && (effect === 'create' || effect === 'amend')
      if (isLate) throw errorFromLateness(name, latestSendMs)
      return transport(name, { body }, signal)
    }
    return limits(name, { account, orders }, send, signal)
  }

  const getSigned = readerOf(options, limits, transport, { account })
  return {
    async get(name, query, signal) {
      // Here as well, or each try of the read would try for the time as often again.
      await unlessAborted(clock.ready(), signal)
      return getSigned(name, query, signal)
    },
    async set(name, body, signal) {
      return rowsOf(name, await post(name, body, signal))
    },
    send: post,
    clock,
  }
}

/**
 * Asks for the exchange's time. What is stood in line for it, and tries that failed, are no part of the way there: they
 * would put the exchange's clock ahead by half as long, and every `expTime` with it.
 */
function timeReader(options: RestOptions, limits: RateLimits, ours: () => number): () => Promise<TimeSample> {
  const send = createTransport(options, null)
  const span = { sentAt: 0, heardAt: 0 }
  const timed: Transport = async (name, carried, signal) => {
    const sentAt = ours()
    const answer = await send(name, carried, signal)
    Object.assign(span, { sentAt, heardAt: ours() })
    return answer
  }
  const getPublic = readerOf(options, limits, timed, {})
  return async () => {
    const [row] = await getPublic('time', {})
    if (!row) throw new OkxPayloadError('time', 'data', 'is empty')
    return { theirs: Number(row.ts), ...span }
  }
}

/** Waits for what others wait for too, so that it cannot be ended, until the signal. */
async function unlessAborted(shared: Promise<void>, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted()
  if (!signal) return shared
  await new Promise<void>((resolve, reject) => {
    const leave = () => reject(signal.reason)
    signal.addEventListener('abort', leave, { once: true })
    shared.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave))
  })
}

function limitsOf({ limits, limitsScale = 1 }: RestOptions): RateLimits {
  return limits ?? createRateLimits(limitsScale)
}

function readerOf(options: RestOptions, limits: RateLimits, transport: Transport, counted: Counted): Get {
  const { wait = pause, logger } = options
  return async (name, query, signal) => {
    const { instType = '', instId = '' } = query
    const call = () => transport(name, { query }, signal)
    const read = async () => rowsOf(name, await limits(name, { ...counted, instType, instId }, call, signal))
    return retryReads(name, read, { wait, logger, signal })
  }
}

/** The rows of an answer; throws OkxError where it is a refusal, OkxPayloadError where it is not as documented. */
function rowsOf<Name extends EndpointName>(name: Name, { status, envelope }: Answer): Row<Name>[] {
  if (envelope.code !== '0') throw errorFromCode(name, status, envelope.code, envelope.msg)
  if (status >= 400) throw errorFromStatus(name, status)
  return checkRows(name, envelope.data)
}

function isForTimestamp(name: EndpointName, { status, envelope }: Answer): boolean {
  return kindOf(mainCodeOf(envelope.code), endpointOf(name).effect, status) === 'resyncClock'
}

/** Refused for its timestamp, or for having come too late: as a whole, or of one of its orders. */
function isClockDoubted(name: EndpointName, answer: Answer): boolean {
  if (isForTimestamp(name, answer)) return true
  if (!endpointOf(name).expires) return false
  const { code, data } = answer.envelope
  const rows: unknown[] = Array.isArray(data) ? data : []
  return isExpiredCode(code) || rows.some((row) => isExpiredCode(readRow('placeOrder', row)?.sCode ?? ''))
}
