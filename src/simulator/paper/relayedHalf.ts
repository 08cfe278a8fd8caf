import type { PublicHalf } from '../publicHalf.js'
import { wrongMethod } from '../refusal.js'
import type { RelayedQuotes } from './relayedQuotes.js'
import type { Upstream } from './upstream.js'

/** OKX's public half, passed on as it is. Its limits are OKX's to keep. */
export function createRelayedHalf(market: string, upstream: Upstream, quotes: RelayedQuotes): PublicHalf {
  return {
    market,
    quotes,
    pollMs: 1000,
    async answer({ method, path, search }, now) {
      if (!/^\/api\/v5\/(public|market)\//.test(path)) return null
      if (method !== 'GET') throw wrongMethod()
      // Signatures are checked here, so it is the clock here that clients must follow.
      if (path === '/api/v5/public/time') {
        return { status: 200, body: { code: '0', msg: '', data: [{ ts: String(now) }] } }
      }
      return upstream.get(`${path}${search}`)
    },
    prepare: (instIds, now) => quotes.prepare(instIds, now),
    beat: (now) => quotes.beat(now),
  }
}
