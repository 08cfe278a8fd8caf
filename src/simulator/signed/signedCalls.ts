import type { Answer, Call } from '../answer.js'
import type { SimulatorKey } from '../keys.js'
import type { PublicHalf } from '../publicHalf.js'
import { Refusal, tooManyRequests, unavailable, wrong, wrongMethod } from '../refusal.js'
import type { RequestLimits } from '../requestLimits.js'
import type { Venue, VenueRoute } from '../venue/venue.js'
import { authenticate } from './authenticate.js'
import { createOrderBudget, instIdsOf } from './orderBudget.js'

/** Of these, OKX heeds `expTime`. */
const takesExpTime = /^POST \/api\/v5\/trade\/(order|batch-orders|amend-order|amend-batch-orders)$/
/** Without a price these are refused: what only asks, sets something or takes orders away is let through. */
const needsPrice: readonly string[] = [
  'POST /api/v5/trade/order',
  'POST /api/v5/trade/batch-orders',
  'POST /api/v5/trade/order-algo',
  'POST /api/v5/trade/close-position',
]
/** These are answered the better for one, or name an instrument that must first be known. */
const likesPrice: readonly string[] = [
  'POST /api/v5/trade/amend-order',
  'POST /api/v5/trade/amend-algos',
  'POST /api/v5/account/set-leverage',
  'GET /api/v5/account/max-size',
  'GET /api/v5/account/leverage-info',
  'GET /api/v5/account/trade-fee',
  'GET /api/v5/account/positions',
]

/** The signed way to ask for the instruments that anyone may ask for, with OKX's documented limit. */
const instruments = { name: 'GET /api/v5/account/instruments', asks: '/api/v5/public/instruments', requestsPer2s: 20 }

export interface SignedCallsOptions {
  venue: () => Venue
  publicHalf: PublicHalf
  keys: ReadonlyMap<string, SimulatorKey>
  /** Null lifts the limits. */
  isAllowed: RequestLimits | null
}

/** When a call is carried out: by the exchange's clock as it shows it, and by the market's time. */
export interface Times {
  shown: () => number
  now: () => number
}

/** Answers signed calls by `METHOD path`; null where the venue has no such path. Throws Refusal. */
export type SignedCalls = (call: Call, times: Times) => Promise<Answer | null>

export function createSignedCalls({ venue, publicHalf, keys, isAllowed }: SignedCallsOptions): SignedCalls {
  const count = isAllowed ? createOrderBudget(isAllowed, () => venue().routes) : () => {}

  return async (call, { shown, now }) => {
    const name = `${call.method} ${call.path}`
    if (name === instruments.name) {
      const { uid } = authenticate(call, keys, shown())
      if (isAllowed && !isAllowed(`${uid} ${name}`, instruments.requestsPer2s, now())) throw tooManyRequests()
      return publicHalf.answer({ method: 'GET', path: instruments.asks, search: call.search, address: null }, now())
    }
    const route = routeOf(venue(), call)
    if (!route) return null
    const key = authenticate(call, keys, shown())
    // A key that may do anything may read.
    if (route.needs === 'trade' && !key.perm.includes('trade')) {
      throw new Refusal('50120', "This API key doesn't have permission to use this function", 401)
    }
    const body = call.method === 'POST' ? readBody(call) : undefined
    const query = new URLSearchParams(call.search)
    count({ name, uid: key.uid, query, body }, now())
    if (needsPrice.includes(name) || likesPrice.includes(name)) {
      const isQuoted = await publicHalf.prepare(instIdsOf(query, body), now())
      if (!isQuoted && needsPrice.includes(name)) throw unavailable()
    }
    // Not before: fetching takes time.
    if (takesExpTime.test(name)) checkExpTime(call, shown())
    // Asked for anew: while prices were fetched, the exchange may have been started again.
    const { code, msg, data } = venue().routes[name].answer(key.uid, query, body, now())
    const told = name === 'GET /api/v5/account/config' ? data.map((row) => withKey(row, key)) : data
    const answer: Answer = { status: 200, body: { code, msg, data: told } }
    if (call.method === 'POST' && call.path.startsWith('/api/v5/trade/')) {
      answer.body.inTime = String(call.arrivedAt * 1000)
      answer.body.outTime = String(shown() * 1000)
    }
    return answer
  }
}

function routeOf({ routes }: Venue, { method, path }: Call): VenueRoute | null {
  const name = `${method} ${path}`
  if (Object.hasOwn(routes, name)) return routes[name]
  if (['GET', 'POST'].some((other) => Object.hasOwn(routes, `${other} ${path}`))) throw wrongMethod()
  return null
}

function readBody({ headers, body }: Call): unknown {
  if (!String(headers['content-type'] ?? '').startsWith('application/json')) {
    throw new Refusal('50006', 'Invalid Content-Type, please use application/JSON format.', 400)
  }
  if (body === '') throw new Refusal('50000', 'Body for POST request cannot be empty.', 400)
  const parsed = parseJson(body)
  if (typeof parsed !== 'object' || parsed === null) throw new Refusal('50002', 'JSON syntax error', 400)
  return parsed
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: said as any other body that is no object.
    return undefined
  }
}

/** 50036 where it was too late on arrival, 50037 where it became so since (which of them OKX means is unsure). */
function checkExpTime({ headers, arrivedAt }: Call, shown: number): void {
  const text = headers.exptime
  if (text === undefined) return
  if (typeof text !== 'string' || !/^\d{13}$/.test(text)) throw wrong('expTime')
  const expTime = Number(text)
  if (expTime < arrivedAt) {
    throw new Refusal('50036', "The expTime can't be earlier than the current system time.", 400)
  }
  if (expTime < shown) throw new Refusal('50037', 'Order expired.', 400)
}

/** The venue knows accounts, not keys. */
function withKey(row: unknown, { perm, ip }: SimulatorKey): unknown {
  return typeof row === 'object' ? { ...row, perm: perm.join(','), ip: ip.join(',') } : row
}
