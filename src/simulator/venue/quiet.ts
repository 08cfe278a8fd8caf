import type { Decimal } from 'decimal.js'
import type { Account, Algo, Leg, Order, Position } from './account.js'
import { trailStop } from './algoRows.js'
import type { Desk } from './desk.js'
import { fundsOf, standingOf, usdOf, worthAt } from './funds.js'
import { crossGroups } from './liquidation.js'
import type { Moment } from './moment.js'
import { widen } from './triggers.js'

/** How far, as a fraction, the best prices of the book may have been from what was traded, and how far the mark. */
const bookCushion = 0.002
const markCushion = 0.02
/** A mark may follow the trades of the last minutes: those before the slice count too. */
const lookBackMs = 300_000

/** Between what a price can have been in a slice of time. */
interface Range {
  low: Decimal
  high: Decimal
}

/** Whether nothing can have happened to these accounts in a slice; false where that is not sure. */
export function isQuiet(desk: Desk, accounts: readonly Account[], moment: Moment): boolean {
  return accounts.every((account) => {
    if ([...account.deadlines.values()].some((deadline) => deadline <= moment.to)) return false
    for (const order of account.live.values())
      if (!isQuietForOrder(order, rangeOf(desk, order.instId, moment))) return false
    for (const algo of account.liveAlgos.values()) if (!isQuietForAlgo(desk, algo, moment)) return false
    return account.positions.size === 0 || isQuietForPositions(desk, account, moment)
  })
}

/** What a quiet slice leaves behind: trailing stops have followed the market. */
export function passQuietly(accounts: readonly Account[], moment: Moment): void {
  for (const account of accounts) {
    for (const { instId, side, trail, activeTs } of account.liveAlgos.values()) {
      if (!trail?.active) continue
      const traded = moment.traded(instId, activeTs)
      if (traded) widen(trail, side, traded.high, traded.low)
    }
    for (const position of account.positions.values()) {
      position.markPx = moment.quote(position.instId)?.markPx ?? position.markPx
    }
  }
}

/** Null: it cannot be said. `none`: there was no market at all. */
function rangeOf({ quotes }: Desk, instId: string, moment: Moment): Range | 'none' | null {
  const traded = moment.tradedAround(instId, lookBackMs)
  if (traded) return { low: traded.low, high: traded.high }
  return quotes.quote(instId, moment.from) === null && moment.quote(instId) === null ? 'none' : null
}

function cushioned({ low, high }: Range, by: number): Range {
  return { low: low.times(1 - by), high: high.times(1 + by) }
}

function isQuietForOrder({ px, side, held }: Order, range: Range | 'none' | null): boolean {
  if (held || range === 'none') return true
  if (range === null || px === null) return false
  const { low, high } = cushioned(range, bookCushion)
  return side === 'buy' ? low.gt(px) : high.lt(px)
}

function isQuietForAlgo(desk: Desk, { instId, side, tp, sl, trigger, trail }: Algo, moment: Moment): boolean {
  const range = rangeOf(desk, instId, moment)
  if (range === 'none') return true
  if (range === null) return false
  const isOff = (leg: Leg | null) => {
    if (leg === null) return true
    const { low, high } = cushioned(range, leg.pxType === 'last' ? bookCushion : markCushion)
    return leg.rises ? high.lt(leg.triggerPx) : low.gt(leg.triggerPx)
  }
  if (!isOff(tp) || !isOff(sl) || !isOff(trigger)) return false
  if (trail === null) return true
  const { low, high } = cushioned(range, bookCushion)
  if (!trail.active) {
    if (trail.activePx === null) return false
    return trail.rises ? high.lt(trail.activePx) : low.gt(trail.activePx)
  }
  // As if the best price came first, and then the worst.
  const moved = { ...trail }
  widen(moved, side, high, low)
  const stop = trailStop(moved, side)
  return stop !== null && (side === 'sell' ? low.gt(stop) : high.lt(stop))
}

/** Whether all positions are safe with each at the worst mark that it can have had, and no funding falls into the slice. */
function isQuietForPositions(desk: Desk, account: Account, moment: Moment): boolean {
  const worst = new Map<Position, Decimal>()
  for (const position of account.positions.values()) {
    if (desk.quotes.funding(position.instId, position.fundedTs, moment.to).length > 0) return false
    const range = rangeOf(desk, position.instId, moment)
    if (range === null) return false
    if (range === 'none') worst.set(position, position.markPx)
    else {
      const { low, high } = cushioned(range, markCushion)
      worst.set(position, position.pos.isNeg() ? high : low)
    }
  }
  const standsAt = (position: Position) => worthAt(desk, account, position, worst.get(position) ?? position.markPx)
  for (const position of worst.keys()) {
    if (position.mgnMode !== 'isolated') continue
    const { upl, mmr, closeFee } = standsAt(position)
    if (position.margin.plus(upl).lte(mmr.plus(closeFee))) return false
  }
  return crossGroups(desk, account).every(({ ccy, positions }) => {
    const usd = account.acctLv === '3' ? null : 1
    const all = fundsOf(desk, account, moment.to)
    // Coins that back positions in multi-currency mode have prices of their own: those are left to the second's walk.
    if (usd === null && [...all.keys()].some((name) => usdOf(desk, name, moment.to)?.eq(1) !== true)) return false
    const now = standingOf(desk, account, all, ccy, moment.to)
    let equity = now.equity
    let owed = now.owed
    for (const position of positions) {
      const [then, at] = [standsAt(position), worthAtNow(desk, account, position, moment)]
      equity = equity.plus(then.upl).minus(at.upl)
      owed = owed.plus(then.mmr).plus(then.closeFee).minus(at.mmr).minus(at.closeFee)
    }
    return equity.gt(owed)
  })
}

function worthAtNow(desk: Desk, account: Account, position: Position, moment: Moment) {
  return worthAt(desk, account, position, moment.quote(position.instId)?.markPx ?? position.markPx)
}
