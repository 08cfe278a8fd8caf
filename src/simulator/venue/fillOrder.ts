import { Decimal } from 'decimal.js'
import { type Account, isLive, type Order } from './account.js'
import { endAlgo, wakeAttached } from './algoBook.js'
import { applyFill } from './book.js'
import { zero } from './contract.js'
import { type Desk, touch } from './desk.js'
import { closes, positionOf, remaining } from './funds.js'
import type { PushDetails } from './orderRows.js'
import { tellOrder } from './tell.js'

/** Why OKX says that it cancelled an order, `cancelSource`. */
export const cancelSources = {
  user: '1',
  liquidation: '2',
  fok: '13',
  ioc: '14',
  deadline: '20',
  postOnly: '31',
  closed: '34',
}

/** Whether an order can only ever close: reduce-only, or the closing side of long/short mode. */
export function onlyCloses(order: Pick<Order, 'reduceOnly' | 'side' | 'posSide' | 'instType'>): boolean {
  if (order.instType === 'SPOT') return false
  return order.reduceOnly || (order.posSide !== 'net' && (order.posSide === 'long') === (order.side === 'sell'))
}

/** What can be filled of an order at most: one that only closes cannot close more than there is. */
export function fillable(account: Account, order: Order): Decimal {
  const left = remaining(order)
  if (!onlyCloses(order)) return left
  const pos = positionOf(account, order)?.pos ?? zero
  return closes(order, pos) ? Decimal.min(left, pos.abs()) : zero
}

/** Fills an order, tells of it, and does what follows from its being done or from a position's being closed. */
export function fillOrder(
  desk: Desk,
  account: Account,
  order: Order,
  fillOf: { sz: Decimal; px: Decimal; execType: 'T' | 'M'; isLast: boolean },
  now: number,
): void {
  const fill = applyFill(desk, account, order, fillOf.sz, fillOf.px, fillOf.execType, now)
  if (fillOf.isLast) {
    order.state = 'filled'
    account.live.delete(order.ordId)
  }
  tellOrder(desk, account, order, { fill })
  if (order.state === 'filled') wakeAttached(desk, account, order, now)
  if (order.instType === 'SWAP') dropOrphans(desk, account, order, now)
}

/** An order that is done without another fill: it has got all that it is now for. */
export function completeOrder(
  desk: Desk,
  account: Account,
  order: Order,
  now: number,
  details: PushDetails = {},
): void {
  order.state = 'filled'
  order.uTime = now
  account.live.delete(order.ordId)
  touch(desk, account)
  tellOrder(desk, account, order, details)
  wakeAttached(desk, account, order, now)
}

export function cancelOrder(desk: Desk, account: Account, order: Order, cancelSource: string, now: number): void {
  order.state = 'canceled'
  order.cancelSource = cancelSource
  order.uTime = now
  account.live.delete(order.ordId)
  touch(desk, account)
  tellOrder(desk, account, order)
}

/** Once a position is closed (or turned round), nothing must wait to close it. */
function dropOrphans(desk: Desk, account: Account, filled: Order, now: number): void {
  const pos = positionOf(account, filled)?.pos ?? zero
  const isOfPosition = ({ instId, tdMode, posSide }: Pick<Order, 'instId' | 'tdMode' | 'posSide'>) =>
    instId === filled.instId && tdMode === filled.tdMode && posSide === filled.posSide
  const hasNothingToClose = (order: Pick<Order, 'side' | 'posSide'>) => pos.isZero() || !closes(order, pos)
  for (const order of [...account.live.values()]) {
    if (!isLive(order) || !isOfPosition(order) || !onlyCloses(order)) continue
    if (hasNothingToClose(order)) cancelOrder(desk, account, order, cancelSources.closed, now)
  }
  for (const algo of [...account.liveAlgos.values()]) {
    if (!isOfPosition(algo) || !(algo.sz === null || algo.cxlOnClosePos)) continue
    if (hasNothingToClose(algo)) endAlgo(desk, account, algo, 'canceled', now)
  }
}
