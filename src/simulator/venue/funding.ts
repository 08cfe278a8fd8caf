import type { Account } from './account.js'
import { book } from './book.js'
import { booked, moneyOf, valueAt } from './contract.js'
import { type Desk, instrumentOf, touch } from './desk.js'

/**
 * Settles the funding of an account's positions up to `to`: rate x value at mark, paid by longs where the rate is above 0. A
 * settlement that becomes known late is paid late. Isolated positions pay out of their margin.
 */
export function settleFunding(desk: Desk, account: Account, to: number): void {
  for (const position of account.positions.values()) {
    const instrument = instrumentOf(desk, position.instId)
    for (const { fundingTime, rate, markPx } of desk.quotes.funding(position.instId, position.fundedTs, to)) {
      const value = valueAt(instrument, position.pos.abs(), markPx)
      const amount = booked(value.times(rate).times(position.pos.isNeg() ? 1 : -1))
      book(account, moneyOf(instrument), amount)
      position.fundingFee = position.fundingFee.plus(amount)
      if (position.mgnMode === 'isolated') position.margin = position.margin.plus(amount)
      position.fundedTs = fundingTime
      position.uTime = fundingTime
      touch(desk, account, position)
    }
  }
}
