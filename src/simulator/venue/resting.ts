import { Decimal } from 'decimal.js'
import type { Account, Order } from './account.js'
import { floorTo, zero } from './contract.js'
import { type Desk, instrumentOf } from './desk.js'
import { fillable, fillOrder } from './fillOrder.js'
import type { Moment } from './moment.js'

/**
 * Fills, as maker and at their own price, the orders in the book that the market has come to in a slice of time:
 *
 * - traded beyond its price: all of it, since then all that was offered at that price is gone;
 * - traded at just its price: a share of what was traded (`volumeShare`), in whole lots, older orders first;
 * - the other side of the book now stands at its price or beyond: what is offered there.
 */
export function fillResting(desk: Desk, account: Account, moment: Moment): void {
  const shares = new Map<string, Decimal>()
  for (const order of [...account.live.values()]) {
    // An earlier fill may have closed what this one was to close.
    if (order.held || !account.live.has(order.ordId) || moment.quote(order.instId) === null) continue
    const { lotSz } = instrumentOf(desk, order.instId)
    const left = fillable(account, order)
    const sz = floorTo(lotSz, Decimal.min(left, reached(desk, order, moment, left, shares)))
    if (sz.lte(0) || order.px === null) continue
    const isLast = sz.eq(order.sz.minus(order.accFillSz))
    fillOrder(desk, account, order, { sz, px: order.px, execType: 'M', isLast }, moment.to)
  }
}

/** How much of an order the market has reached; takes from the `shares` of the slice. */
function reached(desk: Desk, order: Order, moment: Moment, left: Decimal, shares: Map<string, Decimal>): Decimal {
  const { px, side, instId } = order
  if (px === null) return zero
  const isBuy = side === 'buy'
  const traded = moment.traded(instId, order.activeTs)
  if (traded && (isBuy ? traded.low.lt(px) : traded.high.gt(px))) return left
  const quote = moment.quote(instId)
  const facing = (isBuy ? quote?.asks : quote?.bids) ?? []
  const offered = facing
    .filter((level) => (isBuy ? level.px.lte(px) : level.px.gte(px)))
    .reduce((sum, level) => sum.plus(level.sz), zero)
  if (!traded || !(isBuy ? traded.low : traded.high).eq(px)) return offered
  const share = shares.get(instId) ?? traded.volume.times(desk.terms.volumeShare)
  const taken = Decimal.min(left, share)
  shares.set(instId, share.minus(taken))
  return Decimal.max(offered, taken)
}
