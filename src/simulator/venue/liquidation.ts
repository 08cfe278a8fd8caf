import { Decimal } from 'decimal.js'
import { type Account, index, type Order, type Position } from './account.js'
import { book } from './book.js'
import { booked, moneyOf, zero } from './contract.js'
import { type Desk, instrumentOf, nextId, touch } from './desk.js'
import { cancelOrder, cancelSources, fillOrder } from './fillOrder.js'
import { fundsOf, standingOf, usdOf, worthOf } from './funds.js'
import { tellOrder } from './tell.js'

/**
 * Takes away what can no longer be carried at `now`: an isolated position once margin + upl is no more than maintenance
 * margin + the fee of closing; all cross positions of a currency (multi-currency mode: of the account) once what backs them
 * is no more than what they owe together, their orders along with them. OKX reduces large positions tier
 * by tier first; here they go as a whole. Without a price nothing is taken.
 */
export function liquidateAccount(desk: Desk, account: Account, now: number): void {
  const hasPrice = (position: Position) => desk.quotes.quote(position.instId, now) !== null
  for (const position of [...account.positions.values()]) {
    if (position.mgnMode !== 'isolated' || !hasPrice(position)) continue
    const { upl, mmr, closeFee } = worthOf(desk, account, position, now)
    if (position.margin.plus(upl).lte(mmr.plus(closeFee))) takeAway(desk, account, position, now)
  }
  for (const group of crossGroups(desk, account)) {
    if (!group.positions.every(hasPrice) || !isLost(desk, account, group.ccy, now)) continue
    for (const order of [...account.live.values()]) {
      if (account.acctLv === '3' || moneyOf(instrumentOf(desk, order.instId)) === group.ccy) {
        cancelOrder(desk, account, order, cancelSources.liquidation, now)
      }
    }
    // Gains first, so that the insurance fund gives only what is missing after all of them.
    const gain = (position: Position) => worthOf(desk, account, position, now).upl
    const order = group.positions.sort((a, b) => gain(b).comparedTo(gain(a)))
    for (const position of order) takeAway(desk, account, position, now)
  }
}

/** Cross positions that stand and fall together. */
export function crossGroups(desk: Desk, account: Account): { ccy: string; positions: Position[] }[] {
  const groups = new Map<string, Position[]>()
  for (const position of account.positions.values()) {
    if (position.mgnMode !== 'cross') continue
    const ccy = moneyOf(instrumentOf(desk, position.instId))
    const key = account.acctLv === '3' ? 'USDT' : ccy
    groups.set(key, [...(groups.get(key) ?? []), position])
  }
  return [...groups].map(([ccy, positions]) => ({ ccy, positions }))
}

function isLost(desk: Desk, account: Account, ccy: string, now: number): boolean {
  const all = fundsOf(desk, account, now)
  // A coin without a price would count as nothing.
  const isKnown = account.acctLv !== '3' || [...all.keys()].every((name) => usdOf(desk, name, now) !== null)
  const { equity, owed } = standingOf(desk, account, all, ccy, now)
  return isKnown && equity.lte(owed)
}

/**
 * Closes a position at its mark by an order of category full_liquidation. What is left of what backed it, up to its
 * maintenance margin, is the penalty; what is missing is given by the insurance fund, a penalty of the other sign.
 */
export function takeAway(desk: Desk, account: Account, position: Position, now: number): void {
  const instrument = instrumentOf(desk, position.instId)
  const ccy = moneyOf(instrument)
  const { markPx, mmr, upl } = worthOf(desk, account, position, now)
  const feesBefore = position.fee
  const backing =
    position.mgnMode === 'isolated'
      ? position.margin.plus(upl)
      : (account.cash.get(ccy) ?? zero).minus(isolatedMargin(desk, account, ccy)).plus(upl)
  const order = forcedOrder(desk, account, position, now)
  fillOrder(desk, account, order, { sz: order.sz, px: markPx, execType: 'T', isLast: true }, now)
  const left = backing.plus(position.fee.minus(feesBefore))
  // In multi-currency mode one currency may be short while others back it.
  const isBackedByOthers = account.acctLv === '3' && position.mgnMode === 'cross'
  const penalty = booked(Decimal.min(mmr, isBackedByOthers ? Decimal.max(zero, left) : left).negated())
  position.liqPenalty = position.liqPenalty.plus(penalty)
  book(account, ccy, penalty)
  touch(desk, account, position)
}

function isolatedMargin(desk: Desk, account: Account, ccy: string): Decimal {
  let sum = zero
  for (const position of account.positions.values()) {
    if (position.mgnMode === 'isolated' && moneyOf(instrumentOf(desk, position.instId)) === ccy)
      sum = sum.plus(position.margin)
  }
  return sum
}

function forcedOrder(desk: Desk, account: Account, position: Position, now: number): Order {
  const order: Order = {
    ordId: nextId(desk),
    clOrdId: '',
    tag: '',
    instId: position.instId,
    instType: 'SWAP',
    tdMode: position.mgnMode,
    side: position.pos.isNeg() ? 'buy' : 'sell',
    posSide: position.posSide,
    ordType: 'market',
    sz: position.pos.abs(),
    px: null,
    tgtCcy: '',
    reduceOnly: true,
    lever: position.lever,
    state: 'live',
    accFillSz: zero,
    avgPx: null,
    fee: zero,
    feeCcy: '',
    pnl: zero,
    lastFill: null,
    category: 'full_liquidation',
    cancelSource: '',
    algoId: '',
    algoClOrdId: '',
    attached: [],
    held: false,
    activeTs: now,
    cTime: now,
    uTime: now,
  }
  account.orders.push(order)
  index(account, order)
  tellOrder(desk, account, order)
  return order
}
