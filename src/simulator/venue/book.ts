import { Decimal } from 'decimal.js'
import type { Instrument } from '../../domain/instrument.js'
import { type Account, type Fill, type MgnMode, type Order, type Position, positionKey } from './account.js'
import { averagePx, booked, moneyOf, profitOf, valueAt, zero } from './contract.js'
import { type Desk, instrumentOf, nextId, touch } from './desk.js'
import { closes, leverOf } from './funds.js'

/** The only door to an account's cash. */
export function book(account: Account, ccy: string, amount: Decimal): void {
  account.cash.set(ccy, booked((account.cash.get(ccy) ?? zero).plus(amount)))
}

/**
 * Books a fill: cash, position, order and the list of fills. A swap's fill first closes what stands against it and
 * opens with the rest. Spot pays its fee in what it receives, swaps in what they settle in.
 */
export function applyFill(
  desk: Desk,
  account: Account,
  order: Order,
  sz: Decimal,
  px: Decimal,
  execType: 'T' | 'M',
  ts: number,
): Fill {
  const instrument = instrumentOf(desk, order.instId)
  const { maker, taker } = account.fees[instrument.instType]
  const rate = execType === 'T' ? taker : maker
  const isSpotBuy = instrument.instType === 'SPOT' && order.side === 'buy'
  const feeCcy = isSpotBuy ? instrument.baseCcy : moneyOf(instrument)
  const fee = booked((isSpotBuy ? sz : valueAt(instrument, sz, px)).times(rate).negated())
  const pnl =
    instrument.instType === 'SPOT'
      ? bookSpot(account, instrument, order, sz, px)
      : bookSwap(desk, account, instrument, order, sz, px, fee, ts)
  book(account, feeCcy, fee)

  const fill: Fill = {
    billId: nextId(desk),
    tradeId: nextId(desk),
    ordId: order.ordId,
    clOrdId: order.clOrdId,
    tag: order.tag,
    instId: order.instId,
    instType: order.instType,
    side: order.side,
    posSide: order.posSide,
    px,
    sz,
    pnl,
    fee,
    feeCcy,
    execType,
    ts,
  }
  account.fills.push(fill)
  order.avgPx = order.avgPx === null ? px : averagePx(instrument, { sz: order.accFillSz, px: order.avgPx }, sz, px)
  order.accFillSz = order.accFillSz.plus(sz)
  order.fee = order.fee.plus(fee)
  order.feeCcy = feeCcy
  order.pnl = order.pnl.plus(pnl)
  order.lastFill = fill
  order.state = 'partially_filled'
  order.uTime = ts
  touch(desk, account)
  return fill
}

function bookSpot(account: Account, { baseCcy, quoteCcy }: Instrument, { side }: Order, sz: Decimal, px: Decimal) {
  const sign = side === 'buy' ? 1 : -1
  book(account, baseCcy, sz.times(sign))
  book(account, quoteCcy, sz.times(px).times(-sign))
  return zero
}

/** Returns the profit that it realises. */
function bookSwap(
  desk: Desk,
  account: Account,
  instrument: Instrument,
  order: Order,
  sz: Decimal,
  px: Decimal,
  fee: Decimal,
  ts: number,
): Decimal {
  const key = positionKey(order.instId, mgnModeOf(order), order.posSide)
  const held = account.positions.get(key)
  const sign = order.side === 'buy' ? 1 : -1
  const closing = held && closes(order, held.pos) ? Decimal.min(sz, held.pos.abs()) : zero
  const opening = sz.minus(closing)
  let pnl = zero
  if (held && closing.gt(0)) {
    const part = closing.times(held.pos.isNeg() ? -1 : 1)
    pnl = booked(profitOf(instrument, part, held.avgPx, px))
    held.margin = booked(held.margin.minus(held.margin.times(closing).div(held.pos.abs())))
    held.pos = held.pos.minus(part)
    held.pnl = held.pnl.plus(pnl)
    held.fee = held.fee.plus(booked(fee.times(closing).div(sz)))
    note(desk, account, held, ts)
    book(account, moneyOf(instrument), pnl)
    if (held.pos.isZero()) account.positions.delete(key)
  }
  if (opening.gt(0)) {
    const position = account.positions.get(key) ?? newPosition(desk, account, instrument, order, key, px, ts)
    const size = { sz: position.pos.abs(), px: position.avgPx }
    position.avgPx = size.sz.isZero() ? px : averagePx(instrument, size, opening, px)
    position.pos = position.pos.plus(opening.times(sign))
    if (position.mgnMode === 'isolated') {
      position.margin = booked(position.margin.plus(valueAt(instrument, opening, px).div(position.lever)))
    }
    position.fee = position.fee.plus(fee.minus(booked(fee.times(closing).div(sz))))
    note(desk, account, position, ts)
  }
  return pnl
}

function note(desk: Desk, account: Account, position: Position, ts: number): void {
  position.uTime = ts
  position.markPx = desk.quotes.quote(position.instId, ts)?.markPx ?? position.markPx
  touch(desk, account, position)
}

function newPosition(
  desk: Desk,
  account: Account,
  instrument: Instrument,
  order: Order,
  key: string,
  px: Decimal,
  ts: number,
): Position {
  const posId = account.posIds.get(key) ?? nextId(desk)
  account.posIds.set(key, posId)
  const mgnMode = mgnModeOf(order)
  const position: Position = {
    posId,
    instId: instrument.instId,
    mgnMode,
    posSide: order.posSide,
    pos: zero,
    avgPx: zero,
    lever: leverOf(desk, account, instrument, mgnMode, order.posSide),
    margin: zero,
    markPx: px,
    pnl: zero,
    fee: zero,
    fundingFee: zero,
    liqPenalty: zero,
    fundedTs: ts,
    cTime: ts,
    uTime: ts,
  }
  account.positions.set(key, position)
  return position
}

function mgnModeOf({ tdMode }: Order): MgnMode {
  if (tdMode === 'cash') throw new Error('a swap has no cash mode')
  return tdMode
}
