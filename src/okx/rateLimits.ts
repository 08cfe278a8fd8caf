import { type Effect, type EndpointName, endpointOf, endpoints } from './endpoints.js'
import { errorFromLimits } from './okxError.js'
import { type Claim, createWaitingLine } from './waitingLine.js'

const windowMs = 2000
/** The other end counts by a clock of its own. */
const toleranceMs = 100
/** New and amended orders of one account in any two seconds, over all instruments. */
const accountOrdersPer2s = 1000

export type Query = Readonly<Record<string, string>>

/** What a call is counted for. */
export interface Counted {
  /** Any name that tells accounts apart; of signed calls. */
  account?: string
  instType?: string
  instId?: string
  /** Of a batch: the instrument of each order. */
  orders?: readonly string[]
}

/**
 * Runs a call when its endpoint's limits have room: what lowers risk first, then orders, then reads, and among equals first
 * come first served. An abort takes it out of the line. Throws OkxError `limits` where it would wait longer than allowed.
 */
export type RateLimits = <T>(
  name: EndpointName,
  counted: Counted,
  call: () => Promise<T>,
  signal?: AbortSignal,
) => Promise<T>

/** The longest that a call may stand in line, ms: an order that comes late is not the one that was decided on. */
const longestWaitsMs: Readonly<Record<Effect, number>> = {
  read: 60_000,
  set: 10_000,
  create: 5000,
  amend: 5000,
  cancel: 10_000,
}
const priorities: Readonly<Record<Effect, number>> = { cancel: 2, create: 1, amend: 1, set: 1, read: 0 }

/**
 * OKX's documented limits times `scale`; Infinity lifts them. Limits of an address hold for all who share it, so clients of
 * one process share one of these. `longestWaitMs` replaces the longest waits of every call.
 */
export function createRateLimits(scale: number, longestWaitMs?: number): RateLimits {
  if (!(scale > 0)) throw new RangeError(`limits cannot be scaled by ${scale}`)
  if (scale === Number.POSITIVE_INFINITY) return (_name, _counted, call) => call()
  const line = createWaitingLine(windowMs + toleranceMs)
  return async (name, counted, call, signal) => {
    const { effect } = endpointOf(name)
    const maxWaitMs = longestWaitMs ?? longestWaitsMs[effect]
    const claims = claimsOf(name, counted).map(({ key, cap, weight }) => {
      const scaled = Math.max(1, Math.floor(cap * scale))
      return { key, cap: scaled, weight: Math.min(weight, scaled) }
    })
    const done = await line({ claims, priority: priorities[effect], maxWaitMs, signal })
    if (done === null) throw errorFromLimits(name, maxWaitMs)
    try {
      return await call()
    } finally {
      done()
    }
  }
}

/** The windows that a call takes from, and how much of each. */
export function claimsOf(name: EndpointName, counted: Counted): Claim[] {
  const { oneCountsAs, isCounted } = endpointOf(name)
  const orders = counted.orders ?? []
  const isOne = oneCountsAs !== undefined && orders.length === 1
  const countsAs = isOne && oneCountsAs in endpoints ? (oneCountsAs as EndpointName) : name
  const claims = subjectsOf(countsAs, counted).map(({ subject, weight }) => ({
    key: `${countsAs} ${subject}`,
    cap: endpoints[countsAs].requestsPer2s,
    weight,
  }))
  if (!isCounted) return claims
  const account = { key: `orders ${counted.account}`, cap: accountOrdersPer2s, weight: Math.max(1, orders.length) }
  return [...claims, account]
}

function subjectsOf(name: EndpointName, counted: Counted): { subject: string; weight: number }[] {
  const { scope } = endpointOf(name)
  if (scope === 'ip') return [{ subject: '', weight: 1 }]
  if (scope === 'user') return [{ subject: `${counted.account}`, weight: 1 }]
  if (scope !== 'userInst') return [{ subject: `${counted[scope]}`, weight: 1 }]
  const { account, instId, orders = [instId] } = counted
  const instIds = [...new Set(orders)]
  return instIds.map((one) => ({
    subject: `${account} ${one}`,
    weight: orders.filter((other) => other === one).length,
  }))
}
