import { Decimal } from 'decimal.js'
import type { Instrument } from '../../domain/instrument.js'
import type { Quotes } from '../quotes.js'
import { unknownInstrument, wrong } from '../refusal.js'
import type { Account, Position } from './account.js'
import type { VenueEvent } from './venue.js'

/** What OKX leaves open, or sets as it likes. Rates are fractions. */
export interface VenueOptions {
  /** How far beyond last (swaps: mark) an order's price may be, 51006; OKX: of the order of 1 % to 5 %, by instrument. */
  priceBand?: number
  /** What a swap's market order needs in margin beyond its price at the best level. */
  marketReserve?: number
  /** The share of what is traded at its very price that an order in the book gets. */
  volumeShare?: number
  /** Documented: trigger orders are refused in net mode (51298); other clients place them all the same. */
  triggerInNetMode?: 'refused' | 'allowed'
  /** Documented as the first; OKX's own kit says the second. */
  callbackRatioField?: 'callbackRatio' | 'callBackRatio'
  /** Whether orders that were attached carry their parent's tag, which is not documented. */
  attachedKeepTag?: boolean
  /** Leverage until it is set. */
  defaultLever?: number
}

/** Everything that the venue's functions work on. */
export interface Desk {
  readonly quotes: Quotes
  readonly terms: {
    priceBand: Decimal
    marketReserve: Decimal
    volumeShare: Decimal
    defaultLever: Decimal
    triggerInNetMode: 'refused' | 'allowed'
    callbackRatioField: 'callbackRatio' | 'callBackRatio'
    attachedKeepTag: boolean
  }
  readonly accounts: Map<string, Account>
  /** The market has acted up to here. */
  ts: number
  lastId: number
  events: VenueEvent[]
  /** Accounts and positions whose rows have changed since `tellTouched`. */
  touched: Map<Account, Set<Position>>
  /** Instruments by id, as of the list that they were read from. */
  listing: { of: Quotes['instruments']; byId: Map<string, Instrument> }
}

export function createDesk(quotes: Quotes, options: VenueOptions): Desk {
  const { priceBand = 0.05, marketReserve = 0.05, volumeShare = 0.1, defaultLever = 3 } = options
  return {
    quotes,
    terms: {
      priceBand: new Decimal(priceBand),
      marketReserve: new Decimal(marketReserve),
      volumeShare: new Decimal(volumeShare),
      defaultLever: new Decimal(defaultLever),
      triggerInNetMode: options.triggerInNetMode ?? 'refused',
      callbackRatioField: options.callbackRatioField ?? 'callbackRatio',
      attachedKeepTag: options.attachedKeepTag ?? true,
    },
    accounts: new Map(),
    ts: 0,
    lastId: 0,
    events: [],
    touched: new Map(),
    listing: { of: [], byId: new Map() },
  }
}

/** Of orders, trades, bills and positions alike: ever larger, all of one length, so that they sort as text too. */
export function nextId(desk: Desk): string {
  desk.lastId += 1
  return String(1_000_000_000_000_000 + desk.lastId)
}

export function findInstrument(desk: Desk, instId: string): Instrument | null {
  if (desk.listing.of !== desk.quotes.instruments) {
    desk.listing.of = desk.quotes.instruments
    // What is no longer listed may still be held.
    for (const instrument of desk.listing.of) desk.listing.byId.set(instrument.instId, instrument)
  }
  return desk.listing.byId.get(instId) ?? null
}

/** Throws Refusal 51001. */
export function instrumentOf(desk: Desk, instId: string): Instrument {
  const instrument = findInstrument(desk, instId)
  if (!instrument) throw unknownInstrument()
  return instrument
}

/** Throws Refusal 51000: there is no such account. */
export function accountOf(desk: Desk, uid: string): Account {
  const account = desk.accounts.get(uid)
  if (!account) throw wrong('uid')
  return account
}

/** Notes that an account's row, and perhaps a position's, will have to be told. */
export function touch(desk: Desk, account: Account, position?: Position): void {
  const positions = desk.touched.get(account) ?? new Set()
  if (position) positions.add(position)
  desk.touched.set(account, positions)
}
