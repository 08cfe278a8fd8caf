import { type Simulator, serveExchange } from '../exchange.js'
import { createRequestLimits } from '../requestLimits.js'
import type { SimulatorOptions } from '../server.js'
import { createVenue, restoreVenue } from '../venue/createVenue.js'
import { createRelayedHalf } from './relayedHalf.js'
import { createRelayedQuotes, type OkxRules } from './relayedQuotes.js'
import { createUpstream } from './upstream.js'

/** As of the simulated exchange; its `seed` is of faults alone. */
export interface PaperExchangeOptions extends SimulatorOptions {
  /** `https://www.okx.com`, or a simulator's. */
  okxBaseUrl: string
  /** OKX's instruments and tiers, from the same place: the client's public half has both. */
  rules: OkxRules
  fetch?: typeof fetch
  /** Told once that OKX cannot be reached, and once that it can be again. */
  onReach: (isReached: boolean) => void
}

/**
 * An exchange on 127.0.0.1 whose public half is OKX's, passed on, and whose orders are filled here at OKX's prices. While
 * OKX cannot be reached, be it from the start, it refuses with 50001. Rejects with UserError if the port is taken or the state
 * file is of another exchange.
 */
export async function startPaperExchange(options: PaperExchangeOptions): Promise<Simulator> {
  const { okxBaseUrl, rules, clock = Date.now, logger } = options
  const upstream = createUpstream({
    baseUrl: okxBaseUrl,
    ...(options.fetch ? { fetch: options.fetch } : {}),
    onReach: options.onReach,
    logger,
  })
  const quotes = await createRelayedQuotes({ upstream, rules, clock, logger })
  return serveExchange({
    seed: options.seed,
    publicHalf: createRelayedHalf('okx', upstream, quotes),
    openVenue: (saved) => (saved === null ? createVenue(quotes) : restoreVenue(quotes, saved)),
    keys: options.keys ?? [],
    accounts: options.accounts ?? {},
    stateFile: options.stateFile ?? null,
    clock,
    ...(options.every ? { every: options.every } : {}),
    port: options.port ?? 0,
    isAllowed: options.limits === 'off' ? null : createRequestLimits(),
    faultControl: options.faultControl ?? false,
    logger,
  })
}
