import { Decimal } from 'decimal.js'
import type { Instrument } from '../../domain/instrument.js'
import type { Account, MgnMode, Order, Position, PosSide } from './account.js'
import { leverKey, positionKey } from './account.js'
import { liquidationPx, moneyOf, one, profitOf, valueAt, zero } from './contract.js'
import { type Desk, instrumentOf } from './desk.js'

/** A position at its mark, in the currency that it settles in. */
export interface Worth {
  markPx: Decimal
  value: Decimal
  upl: Decimal
  imr: Decimal
  mmr: Decimal
  /** The taker fee of closing it. */
  closeFee: Decimal
}

/** What stands for and against an account in one currency. */
export interface Funds {
  /** With the margin of isolated positions in it. */
  cash: Decimal
  isolatedMargin: Decimal
  isolatedUpl: Decimal
  crossUpl: Decimal
  /** Of cross positions: initial margin, and maintenance margin with the fee of closing. */
  imr: Decimal
  mmr: Decimal
  owed: Decimal
  /** Held for spot orders, and as margin for orders that would open positions. */
  spotFrozen: Decimal
  orderMargin: Decimal
}

const noFunds: Funds = {
  cash: zero,
  isolatedMargin: zero,
  isolatedUpl: zero,
  crossUpl: zero,
  imr: zero,
  mmr: zero,
  owed: zero,
  spotFrozen: zero,
  orderMargin: zero,
}

/** Counted as the dollar itself. */
const dollars: readonly string[] = ['USDT', 'USDC', 'USD']

export function leverOf(desk: Desk, account: Account, instrument: Instrument, mgnMode: MgnMode, posSide: PosSide) {
  const { maxLever, instId } = instrument
  return (
    account.levers.get(leverKey(instId, mgnMode, posSide)) ??
    Decimal.min(desk.terms.defaultLever, maxLever ?? desk.terms.defaultLever)
  )
}

/** A rate that is paid, or 0 where one would be paid it. */
export const takerRate = (account: Account, { instType }: Instrument) => Decimal.max(0, account.fees[instType].taker)

/** Maintenance margin rate of this many contracts; that of the last tier beyond it. */
export function mmrOf(desk: Desk, instId: string, sz: Decimal): Decimal {
  const tiers = desk.quotes.tiers(instId)
  const tier = tiers.find(({ maxSz }) => sz.lte(maxSz)) ?? tiers.at(-1)
  return new Decimal(tier?.mmr ?? 0)
}

/** A position as it would stand at `markPx`. */
export function worthAt(desk: Desk, account: Account, position: Position, markPx: Decimal): Worth {
  const instrument = instrumentOf(desk, position.instId)
  const sz = position.pos.abs()
  const value = valueAt(instrument, sz, markPx)
  return {
    markPx,
    value,
    upl: profitOf(instrument, position.pos, position.avgPx, markPx),
    imr: value.div(position.lever),
    mmr: value.times(mmrOf(desk, position.instId, sz)),
    closeFee: value.times(takerRate(account, instrument)),
  }
}

/** A position at the mark of now; at the last one that was seen where there is none. */
export function worthOf(desk: Desk, account: Account, position: Position, now: number): Worth {
  const quote = desk.quotes.quote(position.instId, now)
  return worthAt(desk, account, position, quote?.markPx ?? position.markPx)
}

/** Whether a fill of this order would take from the position, not add to it. */
export function closes(order: Pick<Order, 'side' | 'posSide'>, pos: Decimal): boolean {
  if (order.posSide === 'net') return order.side === 'buy' ? pos.lt(0) : pos.gt(0)
  return (order.posSide === 'long') === (order.side === 'sell')
}

export function positionOf(account: Account, order: Pick<Order, 'instId' | 'tdMode' | 'posSide'>): Position | null {
  if (order.tdMode === 'cash') return null
  return account.positions.get(positionKey(order.instId, order.tdMode, order.posSide)) ?? null
}

/** What is left of an order to be filled. */
export const remaining = (order: Order) => order.sz.minus(order.accFillSz)

/** What swap orders in the book will close of each position, older orders first, and thus what each of them opens. */
export function openings(account: Account): Map<Order, Decimal> {
  const closable = new Map<string, Decimal>()
  const result = new Map<Order, Decimal>()
  for (const order of account.live.values()) {
    if (order.instType === 'SPOT') continue
    const key = `${order.instId} ${order.tdMode} ${order.posSide} ${order.side}`
    const pos = positionOf(account, order)?.pos ?? zero
    const left = closable.get(key) ?? (closes(order, pos) ? pos.abs() : zero)
    const closing = Decimal.min(left, remaining(order))
    closable.set(key, left.minus(closing))
    const opensNothing = order.reduceOnly || (order.posSide !== 'net' && closes(order, pos))
    result.set(order, opensNothing ? zero : remaining(order).minus(closing))
  }
  return result
}

/** Margin and fee of a swap order that opens so much at this price. */
export function marginOf(account: Account, instrument: Instrument, sz: Decimal, px: Decimal, lever: Decimal): Decimal {
  return valueAt(instrument, sz, px).times(one.div(lever).plus(takerRate(account, instrument)))
}

/** By currency, everything that an account has or is bound to. */
export function fundsOf(desk: Desk, account: Account, now: number): Map<string, Funds> {
  const funds = new Map<string, Funds>()
  const of = (ccy: string) => {
    const known = funds.get(ccy) ?? { ...noFunds }
    funds.set(ccy, known)
    return known
  }
  for (const [ccy, cash] of account.cash) of(ccy).cash = cash
  for (const position of account.positions.values()) {
    const its = of(moneyOf(instrumentOf(desk, position.instId)))
    const { upl, imr, mmr, closeFee } = worthOf(desk, account, position, now)
    if (position.mgnMode === 'isolated') {
      its.isolatedMargin = its.isolatedMargin.plus(position.margin)
      its.isolatedUpl = its.isolatedUpl.plus(upl)
    } else {
      its.crossUpl = its.crossUpl.plus(upl)
      its.imr = its.imr.plus(imr)
      its.mmr = its.mmr.plus(mmr)
      its.owed = its.owed.plus(mmr).plus(closeFee)
    }
  }
  const opening = openings(account)
  for (const order of account.live.values()) {
    const instrument = instrumentOf(desk, order.instId)
    const px = order.px ?? zero
    if (order.instType === 'SPOT') {
      const its = of(order.side === 'buy' ? instrument.quoteCcy : instrument.baseCcy)
      its.spotFrozen = its.spotFrozen.plus(order.side === 'buy' ? remaining(order).times(px) : remaining(order))
    } else {
      const its = of(moneyOf(instrument))
      const sz = opening.get(order) ?? zero
      its.orderMargin = its.orderMargin.plus(marginOf(account, instrument, sz, px, order.lever ?? one))
    }
  }
  return funds
}

/** What a unit of a currency is worth in USD; null where there is no price. */
export function usdOf(desk: Desk, ccy: string, now: number): Decimal | null {
  if (dollars.includes(ccy)) return one
  return desk.quotes.quote(`${ccy}-USDT`, now)?.last ?? null
}

/**
 * What backs cross positions, and what of it is bound: of one currency in futures mode, of the account in USD in
 * multi-currency mode (where a currency counts in full: OKX's discounts are not known here).
 */
export interface Standing {
  equity: Decimal
  imr: Decimal
  mmr: Decimal
  /** Maintenance margin and the fee of closing. */
  owed: Decimal
  /** Free for new positions. */
  available: Decimal
}

export function standingOf(desk: Desk, account: Account, all: Map<string, Funds>, ccy: string, now: number): Standing {
  if (account.acctLv !== '3') return standingOfOne(all.get(ccy) ?? noFunds)
  const sum: Standing = { equity: zero, imr: zero, mmr: zero, owed: zero, available: zero }
  for (const [name, funds] of all) {
    const usd = usdOf(desk, name, now) ?? zero
    // Money that waits in spot orders is still the account's, in one currency or the other.
    const one = standingOfOne({ ...funds, spotFrozen: zero })
    for (const field of ['equity', 'imr', 'mmr', 'owed', 'available'] as const) {
      sum[field] = sum[field].plus(one[field].times(usd))
    }
  }
  return sum
}

function standingOfOne(funds: Funds): Standing {
  const equity = funds.cash.minus(funds.isolatedMargin).plus(funds.crossUpl)
  const available = equity.minus(funds.imr).minus(funds.orderMargin).minus(funds.spotFrozen)
  return { equity, imr: funds.imr, mmr: funds.mmr, owed: funds.owed, available }
}

/** What can still be spent of a currency: on spot, or as margin. */
export function availableOf(desk: Desk, account: Account, ccy: string, now: number, use: 'spot' | 'margin'): Decimal {
  const all = fundsOf(desk, account, now)
  return availableIn(desk, account, all, ccy, now, use)
}

/** As `availableOf`, where the account's funds are known. */
export function availableIn(
  desk: Desk,
  account: Account,
  all: Map<string, Funds>,
  ccy: string,
  now: number,
  use: 'spot' | 'margin',
): Decimal {
  const funds = all.get(ccy) ?? noFunds
  const cash = Decimal.max(0, funds.cash.minus(funds.isolatedMargin).minus(funds.spotFrozen))
  if (account.acctLv === '1') return cash
  const usd = account.acctLv === '3' ? usdOf(desk, ccy, now) : one
  if (usd === null) return zero
  const equity = Decimal.max(0, standingOf(desk, account, all, ccy, now).available).div(usd)
  if (use === 'margin') return equity
  // Spot moves money from one currency to another: where all of them back the positions, that takes nothing from them.
  return account.acctLv === '3' ? cash : Decimal.min(cash, equity)
}

/** The mark at which a position would be taken away, were all else to stay as it is; null where there is none. */
export function liqPxOf(desk: Desk, account: Account, position: Position, now: number): Decimal | null {
  const instrument = instrumentOf(desk, position.instId)
  const worth = worthOf(desk, account, position, now)
  const owed = mmrOf(desk, position.instId, position.pos.abs()).plus(takerRate(account, instrument))
  const px = (backing: Decimal) => liquidationPx(instrument, position.pos, position.avgPx, backing, owed)
  if (position.mgnMode === 'isolated') return px(position.margin)
  const ccy = moneyOf(instrument)
  const usd = account.acctLv === '3' ? usdOf(desk, ccy, now) : one
  if (usd === null || usd.isZero()) return null
  const { equity, owed: owedByAll } = standingOf(desk, account, fundsOf(desk, account, now), ccy, now)
  const owedByOthers = owedByAll.div(usd).minus(worth.mmr).minus(worth.closeFee)
  return px(equity.div(usd).minus(worth.upl).minus(owedByOthers))
}
