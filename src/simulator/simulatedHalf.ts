import type { PublicHalf } from './publicHalf.js'
import type { Route } from './publicRoutes.js'
import type { Quotes } from './quotes.js'
import { tooManyRequests, wrongMethod } from './refusal.js'
import type { RequestLimits } from './requestLimits.js'

export interface SimulatedHalfOptions {
  market: string
  quotes: Quotes
  routes: Readonly<Record<string, Route>>
  isAllowed: RequestLimits
}

/** The simulated market's public half. Calls without an address are the exchange's own: no limit holds for them. */
export function createSimulatedHalf({ market, quotes, routes, isAllowed }: SimulatedHalfOptions): PublicHalf {
  return {
    market,
    quotes,
    pollMs: 500,
    async answer({ method, path, search, address }, now) {
      const route = Object.hasOwn(routes, path) ? routes[path] : undefined
      if (!route) return null
      if (method !== 'GET') throw wrongMethod()
      const query = new URLSearchParams(search)
      const scoped = route.scope === 'ip' ? '' : (query.get(route.scope) ?? '')
      if (address !== null && !isAllowed(`${address} ${path} ${scoped}`, route.requestsPer2s, now)) {
        throw tooManyRequests()
      }
      return { status: 200, body: { code: '0', msg: '', data: route.answer(query, now) } }
    },
    // A function of time has nothing to fetch.
    prepare: async () => true,
    beat() {},
  }
}
