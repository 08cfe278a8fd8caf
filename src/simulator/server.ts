import type { Logger } from 'pino'
import type { Every } from './beat.js'
import { type Simulator, serveExchange } from './exchange.js'
import type { SimulatorKey } from './keys.js'
import { createMarket } from './market.js'
import { publicRoutes } from './publicRoutes.js'
import { quoteRoutes } from './quoteRoutes.js'
import { createRequestLimits } from './requestLimits.js'
import { createSimulatedHalf } from './simulatedHalf.js'
import { simulatedQuotes } from './simulatedQuotes.js'
import { createVenue, restoreVenue } from './venue/createVenue.js'
import type { VenueAccountTerms } from './venue/venue.js'

export type { Simulator } from './exchange.js'

export interface SimulatorOptions {
  seed: string
  /** The exchange's time, epoch ms. Not before 2018-01-02. */
  clock?: () => number
  /** How time is noticed to pass. */
  every?: Every
  /** A free one if not given. */
  port?: number
  /** `off` for a client of the same process, which needs no protection from itself. */
  limits?: 'documented' | 'off'
  keys?: readonly SimulatorKey[]
  /** The accounts of the keys, by uid. */
  accounts?: Readonly<Record<string, VenueAccountTerms>>
  /** Where accounts, orders and positions are kept over a restart. */
  stateFile?: string
  /** Lets other processes ask for faults: POST /simulator/faults. */
  faultControl?: boolean
  logger: Logger
}

/**
 * An exchange on 127.0.0.1 that speaks OKX's protocol over the simulated market. It makes candles as they are asked for.
 * Rejects with UserError if the port is taken, or the state file is of another market.
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { seed, clock = Date.now, limits = 'documented' } = options
  const market = createMarket(seed)
  const quotes = simulatedQuotes(market)
  const isAllowed = limits === 'off' ? null : createRequestLimits()
  const publicHalf = createSimulatedHalf({
    market: market.key,
    quotes,
    routes: { ...publicRoutes(market), ...quoteRoutes(quotes) },
    isAllowed: isAllowed ?? (() => true),
  })
  return serveExchange({
    seed,
    publicHalf,
    openVenue: (saved) => (saved === null ? createVenue(quotes) : restoreVenue(quotes, saved)),
    keys: options.keys ?? [],
    accounts: options.accounts ?? {},
    stateFile: options.stateFile ?? null,
    clock,
    ...(options.every ? { every: options.every } : {}),
    port: options.port ?? 0,
    isAllowed,
    faultControl: options.faultControl ?? false,
    logger: options.logger,
  })
}
