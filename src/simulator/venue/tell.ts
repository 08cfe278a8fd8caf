import type { Account, Algo, Order } from './account.js'
import { algoRow } from './algoRows.js'
import { balanceRow } from './balanceRow.js'
import type { Desk } from './desk.js'
import { orderPush, type PushDetails } from './orderRows.js'
import { positionRow } from './positionRow.js'

export function tellOrder(desk: Desk, account: Account, order: Order, details: PushDetails = {}): void {
  desk.events.push({ uid: account.uid, channel: 'orders', row: orderPush(order, details) })
}

/** Trailing stops have a channel of their own. */
export function tellAlgo(desk: Desk, account: Account, algo: Algo): void {
  const { uid } = account
  const row = algoRow(algo)
  if (row.ordType !== 'move_order_stop') {
    desk.events.push({ uid, channel: 'orders-algo', row })
    return
  }
  const { uTime, ...rest } = row
  desk.events.push({ uid, channel: 'algo-advance', row: { ...rest, pTime: uTime } })
}

/** Tells the positions and accounts that were touched, as they now stand. */
export function tellTouched(desk: Desk, now: number): void {
  for (const [account, positions] of desk.touched) {
    account.uTime = now
    for (const position of positions) {
      desk.events.push({ uid: account.uid, channel: 'positions', row: positionRow(desk, account, position, now) })
    }
    desk.events.push({ uid: account.uid, channel: 'account', row: balanceRow(desk, account, now) })
  }
  desk.touched.clear()
}
