import { type DestinationStream, type Logger, pino } from 'pino'
import { type Simulator, serveExchange } from '../simulator/exchange.js'
import { playKey, type SimulatorKey } from '../simulator/keys.js'
import { createMarket } from '../simulator/market.js'
import { publicRoutes } from '../simulator/publicRoutes.js'
import { quoteRoutes } from '../simulator/quoteRoutes.js'
import { createSimulatedHalf } from '../simulator/simulatedHalf.js'
import { simulatedQuotes } from '../simulator/simulatedQuotes.js'
import { createVenue, restoreVenue } from '../simulator/venue/createVenue.js'
import { fromPlain, isRecord } from '../simulator/venue/saved.js'
import type { Venue, VenueAccountTerms } from '../simulator/venue/venue.js'
import type { TurningTime } from './turningTime.js'

/** Of an exchange's own books. */
export interface BookedOrder {
  uid: string
  ordId: string
  clOrdId: string
  tag: string
  state: string
  accFillSz: string
}

export interface SoakExchange {
  simulator: Simulator
  keyOf(uid: string): SimulatorKey
  /** Every order that it keeps, not as it tells of them but as it holds them. */
  bookedOrders(): BookedOrder[]
  /** Injected faults that have struck, by what they are. */
  readonly struck: ReadonlyMap<string, number>
  /** What went wrong within the exchange itself, which nothing should. */
  readonly failures: readonly string[]
}

/** The simulator as `startSimulator` makes it, without limits, with its venue open to be looked into. */
export async function startSoakExchange(options: {
  seed: string
  time: TurningTime
  accounts: Readonly<Record<string, VenueAccountTerms>>
}): Promise<SoakExchange> {
  const { seed, time, accounts } = options
  const market = createMarket(seed)
  const quotes = simulatedQuotes(market)
  const keys = new Map(Object.keys(accounts).map((uid) => [uid, playKey(seed, uid)]))
  const struck = new Map<string, number>()
  const failures: string[] = []
  let venue: Venue | null = null
  const simulator = await serveExchange({
    seed,
    publicHalf: createSimulatedHalf({
      market: market.key,
      quotes,
      routes: { ...publicRoutes(market), ...quoteRoutes(quotes) },
      isAllowed: () => true,
    }),
    openVenue(saved) {
      venue = saved === null ? createVenue(quotes) : restoreVenue(quotes, saved)
      return venue
    },
    keys: [...keys.values()],
    accounts,
    stateFile: null,
    clock: time.clock,
    every: time.every,
    port: 0,
    isAllowed: null,
    faultControl: false,
    logger: listeningLogger(struck, failures),
  })
  return {
    simulator,
    keyOf(uid) {
      const key = keys.get(uid)
      if (!key) throw new Error(`no account ${uid}`)
      return key
    },
    bookedOrders: () => (venue ? ordersIn(venue.save()) : []),
    struck,
    failures,
  }
}

/** The exchange says in its log what befell each call. */
function listeningLogger(struck: Map<string, number>, failures: string[]): Logger {
  const stream: DestinationStream = {
    write(line) {
      if (line.startsWith('{"level":10') && !line.includes('"fault"')) return
      const { level, fault, status, err } = JSON.parse(line)
      if (level >= 50) failures.push(err?.stack ?? line)
      if (fault === undefined) return
      const name = fault === 'answer' ? `answer ${status}` : fault
      struck.set(name, (struck.get(name) ?? 0) + 1)
    },
  }
  return pino({ level: 'trace', base: null, timestamp: false }, stream)
}

function ordersIn(saved: unknown): BookedOrder[] {
  const accounts = listIn(saved, 'accounts').map(fromPlain)
  return accounts.flatMap((account) =>
    listIn(account, 'orders').map((order) => {
      const text = (name: string) => String(isRecord(order) ? order[name] : undefined)
      return {
        uid: String(isRecord(account) ? account.uid : undefined),
        ordId: text('ordId'),
        clOrdId: text('clOrdId'),
        tag: text('tag'),
        state: text('state'),
        accFillSz: text('accFillSz'),
      }
    }),
  )
}

function listIn(record: unknown, name: string): readonly unknown[] {
  const list = isRecord(record) ? record[name] : undefined
  if (!Array.isArray(list)) throw new Error(`the venue keeps no ${name}`)
  return list
}
