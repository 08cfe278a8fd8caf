import { Decimal } from 'decimal.js'
import type { Instrument } from '../../domain/instrument.js'
import type { Level, Quote } from '../quotes.js'
import { type Account, isLive, type Order } from './account.js'
import { floorTo, one, zero } from './contract.js'
import { type Desk, instrumentOf } from './desk.js'
import { cancelOrder, cancelSources, completeOrder, fillable, fillOrder } from './fillOrder.js'

/** The worst price that an order to this side may have: so far from last, for swaps from mark. */
export function worstPx(desk: Desk, { instType }: Instrument, side: 'buy' | 'sell', quote: Quote): Decimal {
  const reference = instType === 'SWAP' ? quote.markPx : quote.last
  return reference.times(one.plus(desk.terms.priceBand.times(side === 'buy' ? 1 : -1)))
}

/**
 * Lets an order meet the book: it takes what is offered at its price or better, level by level. What is left waits in
 * the book, or is cancelled where its type says so; a market order does not go beyond the price band. Orders do not use up
 * what others of the same moment take.
 */
export function execute(desk: Desk, account: Account, order: Order, quote: Quote, now: number): void {
  const instrument = instrumentOf(desk, order.instId)
  const limitPx = order.px ?? worstPx(desk, instrument, order.side, quote)
  const offered = (order.side === 'buy' ? quote.asks : quote.bids).filter(({ px }) =>
    order.side === 'buy' ? px.lte(limitPx) : px.gte(limitPx),
  )
  if (order.ordType === 'post_only') {
    if (offered.length > 0) cancelOrder(desk, account, order, cancelSources.postOnly, now)
    return
  }
  if (order.ordType === 'fok' && depthOf(offered).lt(fillable(account, order))) {
    cancelOrder(desk, account, order, cancelSources.fok, now)
    return
  }
  // In quote currency, where that is what the order's size is in.
  let spent = zero
  let left = zero
  for (const level of offered) {
    left = leftAt(account, order, instrument, spent, level.px)
    if (left.lt(instrument.lotSz)) break
    const sz = floorTo(instrument.lotSz, Decimal.min(left, level.sz))
    if (sz.isZero()) continue
    const isLast = sz.eq(order.tgtCcy === 'quote_ccy' ? left : order.sz.minus(order.accFillSz))
    fillOrder(desk, account, order, { sz, px: level.px, execType: 'T', isLast }, now)
    if (isLast) return
    spent = spent.plus(sz.times(level.px))
  }
  // A fill that closed the position has cancelled what would only have closed more of it.
  if (!isLive(order)) return
  const isSpent = order.tgtCcy === 'quote_ccy' && order.accFillSz.gt(0) && left.lt(instrument.lotSz)
  if (isSpent) completeOrder(desk, account, order, now)
  else if (order.ordType !== 'limit' || fillable(account, order).isZero()) {
    cancelOrder(desk, account, order, order.ordType === 'fok' ? cancelSources.fok : cancelSources.ioc, now)
  }
}

const depthOf = (levels: readonly Level[]) => levels.reduce((sum, { sz }) => sum.plus(sz), zero)

/** What is left to be filled at a price, in base currency or contracts. */
function leftAt(account: Account, order: Order, { lotSz, baseCcy }: Instrument, spent: Decimal, px: Decimal): Decimal {
  if (order.tgtCcy !== 'quote_ccy') return fillable(account, order)
  const left = floorTo(lotSz, order.sz.minus(spent).div(px))
  // At falling prices, coins worth so much may be more than there are.
  return order.side === 'buy' ? left : Decimal.min(left, floorTo(lotSz, account.cash.get(baseCcy) ?? zero))
}
