import { tooManyOrders, tooManyRequests } from '../refusal.js'
import type { RequestLimits } from '../requestLimits.js'
import type { VenueRoute } from '../venue/venue.js'

/** New and amended orders in two seconds, over all of an account. */
const mostOrdersPer2s = 1000
const countsAsOrder = /^POST \/api\/v5\/trade\/(order|batch-orders|amend-order|amend-batch-orders)$/
/** A batch of one counts as if it had been sent by itself. */
const singleOf: Readonly<Record<string, string>> = {
  'POST /api/v5/trade/batch-orders': 'POST /api/v5/trade/order',
  'POST /api/v5/trade/amend-batch-orders': 'POST /api/v5/trade/amend-order',
  'POST /api/v5/trade/cancel-batch-orders': 'POST /api/v5/trade/cancel-order',
}

export interface Counted {
  /** `METHOD path`. */
  name: string
  uid: string
  query: URLSearchParams
  body: unknown
}

/** Counts a signed call against its documented limits, by account and where documented by instrument; throws Refusal. */
export function createOrderBudget(
  isAllowed: RequestLimits,
  routes: () => Readonly<Record<string, VenueRoute>>,
): (call: Counted, now: number) => void {
  return ({ name, uid, query, body }, now) => {
    const elements = Array.isArray(body) ? body : [body]
    const all = routes()
    const counted = elements.length === 1 && Object.hasOwn(all, singleOf[name] ?? '') ? singleOf[name] : name
    const { requestsPer2s, scope, weight } = all[counted]
    const byScope = scope === 'user' ? new Map([['', body]]) : groupByInstrument(elements, query)
    for (const [instId, part] of byScope) {
      const parts = weight ? weight(part) : 1
      if (!isAllowed(`${uid} ${counted} ${instId}`, requestsPer2s, now, parts)) throw tooManyRequests()
    }
    if (!countsAsOrder.test(name)) return
    if (!isAllowed(`${uid} orders`, mostOrdersPer2s, now, elements.length)) throw tooManyOrders()
  }
}

/** The instruments that a call names. */
export function instIdsOf(query: URLSearchParams, body: unknown): string[] {
  const named = (Array.isArray(body) ? body : [body]).map(instIdOf)
  return [...new Set([...named, ...(query.get('instId') ?? '').split(',')])].filter((instId) => instId !== '')
}

function groupByInstrument(elements: readonly unknown[], query: URLSearchParams): Map<string, unknown[]> {
  const groups = new Map<string, unknown[]>()
  for (const element of elements) {
    const instId = instIdOf(element) || (query.get('instId') ?? '')
    groups.set(instId, [...(groups.get(instId) ?? []), element])
  }
  return groups
}

function instIdOf(element: unknown): string {
  if (typeof element !== 'object' || element === null || !('instId' in element)) return ''
  return typeof element.instId === 'string' ? element.instId : ''
}
