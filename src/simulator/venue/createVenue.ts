import { Decimal } from 'decimal.js'
import type { Instrument } from '../../domain/instrument.js'
import type { Quotes } from '../quotes.js'
import { wrong } from '../refusal.js'
import { type AccountRecord, type Order, positionsOf, toAccount, toRecord } from './account.js'
import { accountRoutes } from './accountRoutes.js'
import { advance } from './advance.js'
import { algoRoutes } from './algoRoutes.js'
import { balanceRow } from './balanceRow.js'
import { accountOf, createDesk, type Desk, findInstrument, type VenueOptions } from './desk.js'
import { fillable, fillOrder } from './fillOrder.js'
import { takeAway } from './liquidation.js'
import { orderRoutes } from './orderRoutes.js'
import { positionRow } from './positionRow.js'
import { fromPlain, isRecord, toPlain } from './saved.js'
import { tellTouched } from './tell.js'
import type { Venue, VenueAccountTerms } from './venue.js'

/** Change this with every change of what is saved. */
const savedVersion = 2

/** The private half of the exchange over these prices; without accounts. */
export function createVenue(quotes: Quotes, options: VenueOptions = {}): Venue {
  return toVenue(createDesk(quotes, options))
}

/** The venue that `save` has saved, over the same prices. Throws where that is not what it was given. */
export function restoreVenue(quotes: Quotes, saved: unknown, options: VenueOptions = {}): Venue {
  const desk = createDesk(quotes, options)
  if (!isRecord(saved) || saved.version !== savedVersion) throw new Error('not a saved venue of this version')
  const { ts, lastId, accounts, held } = saved
  if (typeof ts !== 'number' || typeof lastId !== 'number' || !Array.isArray(accounts) || !Array.isArray(held)) {
    throw new Error('not a saved venue')
  }
  desk.ts = ts
  desk.lastId = lastId
  for (const record of accounts.map(fromPlain)) {
    if (!isAccountRecord(record)) throw new Error('not a saved account')
    desk.accounts.set(record.uid, toAccount(record))
  }
  // They may be listed no more, or their list not be read yet.
  for (const instrument of held.map(fromPlain)) {
    if (!isInstrument(instrument)) throw new Error('not a saved instrument')
    desk.listing.byId.set(instrument.instId, instrument)
  }
  return toVenue(desk)
}

/** Only as far as to tell our own file from another: what is in it was written by `save`. */
function isAccountRecord(value: unknown): value is AccountRecord {
  if (!isRecord(value)) return false
  const { uid, cash, positions, orders, fills, algos } = value
  return (
    typeof uid === 'string' &&
    cash instanceof Map &&
    positions instanceof Map &&
    [orders, fills, algos].every((list) => Array.isArray(list))
  )
}

/** As far as an account record is looked at. */
function isInstrument(value: unknown): value is Instrument {
  return isRecord(value) && typeof value.instId === 'string' && Decimal.isDecimal(value.lotSz)
}

/** The instruments of all positions and of all orders that are live. */
function heldInstruments(desk: Desk): Instrument[] {
  const instIds = new Set(
    [...desk.accounts.values()].flatMap(({ positions, live, liveAlgos }) =>
      [...positions.values(), ...live.values(), ...liveAlgos.values()].map(({ instId }) => instId),
    ),
  )
  return [...instIds].map((instId) => findInstrument(desk, instId)).filter((instrument) => instrument !== null)
}

function toVenue(desk: Desk): Venue {
  return {
    openAccount(uid, terms, now) {
      if (desk.accounts.has(uid)) throw new Error(`account ${uid} is open already`)
      advance(desk, now)
      desk.accounts.set(uid, toAccount(newRecord(uid, terms, now)))
    },
    routes: { ...accountRoutes(desk), ...orderRoutes(desk), ...algoRoutes(desk) },
    advance: (now) => advance(desk, now),
    takeEvents() {
      const { events } = desk
      desk.events = []
      return events
    },
    snapshot(uid, channel, now) {
      const account = accountOf(desk, uid)
      advance(desk, now)
      if (channel === 'account') return [balanceRow(desk, account, now)]
      return [...account.positions.values()].map((position) => positionRow(desk, account, position, now))
    },
    save: () => ({
      version: savedVersion,
      ts: desk.ts,
      lastId: desk.lastId,
      accounts: [...desk.accounts.values()].map((account) => toPlain(toRecord(account))),
      held: heldInstruments(desk).map(toPlain),
    }),
    liquidate(uid, instId, now) {
      const account = accountOf(desk, uid)
      advance(desk, now)
      for (const position of positionsOf(account, instId)) takeAway(desk, account, position, now)
      tellTouched(desk, now)
    },
    fillPart(uid, clOrdId, sz, now) {
      advance(desk, now)
      const account = accountOf(desk, uid)
      const order = restingOrder(desk, uid, clOrdId)
      const part = Decimal.min(new Decimal(sz), fillable(account, order))
      order.held = true
      if (order.px && part.gt(0)) {
        const isLast = part.eq(order.sz.minus(order.accFillSz))
        fillOrder(desk, account, order, { sz: part, px: order.px, execType: 'M', isLast }, now)
      }
      tellTouched(desk, now)
    },
    resume(uid, clOrdId, now) {
      advance(desk, now)
      const order = restingOrder(desk, uid, clOrdId)
      order.held = false
      order.activeTs = now
    },
  }
}

/** Throws Refusal 51000 where there is no such order in the book. */
function restingOrder(desk: Desk, uid: string, clOrdId: string): Order {
  const account = accountOf(desk, uid)
  const order = account.byClOrdId.get(clOrdId)
  if (!order || !account.live.has(order.ordId)) throw wrong('clOrdId')
  return order
}

function newRecord(uid: string, terms: VenueAccountTerms, now: number): AccountRecord {
  const rates = ({ maker, taker }: { maker: string; taker: string }) => ({
    maker: new Decimal(maker),
    taker: new Decimal(taker),
  })
  return {
    uid,
    acctLv: terms.acctLv,
    posMode: terms.posMode,
    fees: { SPOT: rates(terms.fees.SPOT), SWAP: rates(terms.fees.SWAP) },
    cash: new Map(Object.entries(terms.cash).map(([ccy, amount]) => [ccy, new Decimal(amount)])),
    positions: new Map(),
    posIds: new Map(),
    levers: new Map(),
    deadlines: new Map(),
    orders: [],
    fills: [],
    algos: [],
    uTime: now,
  }
}
