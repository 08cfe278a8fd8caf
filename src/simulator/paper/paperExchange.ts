import type { Logger } from 'pino'
import type { Every } from '../beat.js'
import { type Simulator, serveExchange } from '../exchange.js'
import type { SimulatorKey } from '../keys.js'
import { createRequestLimits } from '../requestLimits.js'
import { createVenue, restoreVenue } from '../venue/createVenue.js'
import type { VenueAccountTerms } from '../venue/venue.js'
import { createRelayedHalf } from './relayedHalf.js'
import { createRelayedQuotes, type OkxRules } from './relayedQuotes.js'
import { createUpstream } from './upstream.js'

export interface PaperExchangeOptions {
  /** `https://www.okx.com`, or a simulator's. */
  okxBaseUrl: string
  /** OKX's instruments and tiers, from the same place: the client's public half has both. */
  rules: OkxRules
  fetch?: typeof fetch
  /** Told once that OKX cannot be reached, and once that it can be again. */
  onReach: (isReached: boolean) => void
  /** Of faults. */
  seed: string
  clock?: () => number
  every?: Every
  port?: number
  limits?: 'documented' | 'off'
  keys?: readonly SimulatorKey[]
  accounts?: Readonly<Record<string, VenueAccountTerms>>
  stateFile?: string
  faultControl?: boolean
  logger: Logger
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
