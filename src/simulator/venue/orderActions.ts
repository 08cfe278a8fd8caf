import type { Decimal } from 'decimal.js'
import { missing, Refusal, wrong } from '../refusal.js'
import { type Account, isLive, type Order, type PosSide, positionKey } from './account.js'
import { no } from './codes.js'
import { isMultiple, moneyOf, one, zero } from './contract.js'
import { type Desk, instrumentOf, touch } from './desk.js'
import { execute } from './execute.js'
import { clientId, eitherOf, type Fields, flag, oneOf, positive, required, requiredOneOf, tagOf } from './fields.js'
import { cancelOrder, cancelSources, completeOrder, onlyCloses } from './fillOrder.js'
import { availableOf, closes, marginOf, openings, remaining } from './funds.js'
import { checkLargest, checkSize } from './orderRequest.js'
import { unfilledKeptMs } from './prune.js'
import { checkBand, submitOrder } from './submitOrder.js'
import { tellOrder } from './tell.js'

/** The order that a request names: `ordId` wins over `clOrdId`, of which it is the newest. Null where it is not (or no more) known. */
export function findOrder(account: Account, fields: Fields, now: number): Order | null {
  eitherOf(fields, 'ordId', 'clOrdId')
  const instId = required(fields, 'instId')
  const ordId = fields.text('ordId')
  const order = ordId === '' ? account.byClOrdId.get(fields.text('clOrdId')) : account.byOrdId.get(ordId)
  return order && order.instId === instId && isShown(order, now) ? order : null
}

/** A cancelled order of which nothing was filled vanishes after two hours. */
export function isShown(order: Order, now: number): boolean {
  return order.state !== 'canceled' || !order.accFillSz.isZero() || now - order.uTime <= unfilledKeptMs
}

/** trade/cancel-order, and an element of cancel-batch-orders. */
export function cancel(desk: Desk, account: Account, fields: Fields, now: number): Order {
  instrumentOf(desk, required(fields, 'instId'))
  const order = findOrder(account, fields, now)
  if (!order || !isLive(order)) throw no('51400')
  cancelOrder(desk, account, order, cancelSources.user, now)
  return order
}

/** trade/amend-order: `newSz` includes what is already filled. With `cxlOnFail` a refusal cancels the order. */
export function amend(desk: Desk, account: Account, fields: Fields, now: number): Order {
  instrumentOf(desk, required(fields, 'instId'))
  const order = findOrder(account, fields, now)
  if (!order) throw no('51503')
  if (!isLive(order)) throw no(order.state === 'canceled' ? '51509' : '51510')
  const cxlOnFail = flag(fields, 'cxlOnFail')
  const reqId = clientId(fields, 'reqId')
  try {
    change(desk, account, order, fields, reqId, now)
  } catch (error) {
    if (error instanceof Refusal && cxlOnFail && isLive(order)) {
      cancelOrder(desk, account, order, cancelSources.user, now)
    }
    throw error
  }
  return order
}

function change(desk: Desk, account: Account, order: Order, fields: Fields, reqId: string, now: number): void {
  const instrument = instrumentOf(desk, order.instId)
  const newSz = positive(fields, 'newSz')
  const newPx = positive(fields, 'newPx')
  if (newSz === null && newPx === null) throw missing('newSz')
  if (newSz) {
    checkSize(instrument, newSz)
    checkLargest(instrument, order.ordType, order.tgtCcy, newSz)
  }
  if (newPx && !isMultiple(newPx, instrument.tickSz)) throw wrong('newPx')
  const quote = desk.quotes.quote(order.instId, now)
  if (quote === null) throw no('51022')
  const sz = newSz ?? order.sz
  const px = newPx ?? order.px
  if (newPx) checkBand(desk, { side: order.side, instrument }, newPx, quote)
  if (sz.gt(order.accFillSz) && px !== null) checkCost(desk, account, order, { sz, px }, now)
  order.sz = sz
  order.px = px
  order.uTime = now
  const details = { amendResult: '0', reqId }
  if (sz.lte(order.accFillSz)) {
    order.sz = order.accFillSz
    completeOrder(desk, account, order, now, details)
    return
  }
  if (newPx) order.activeTs = now
  touch(desk, account)
  tellOrder(desk, account, order, details)
  if (newPx) execute(desk, account, order, quote, now)
}

/** Whether the account can bear what the change adds. */
function checkCost(desk: Desk, account: Account, order: Order, to: { sz: Decimal; px: Decimal }, now: number): void {
  if (onlyCloses(order)) return
  const instrument = instrumentOf(desk, order.instId)
  const left = to.sz.minus(order.accFillSz)
  const px = order.px ?? to.px
  if (order.instType === 'SPOT') {
    const isBuy = order.side === 'buy'
    const more = isBuy ? left.times(to.px).minus(remaining(order).times(px)) : left.minus(remaining(order))
    const ccy = isBuy ? instrument.quoteCcy : instrument.baseCcy
    if (more.gt(0) && more.gt(availableOf(desk, account, ccy, now, 'spot'))) throw no('51008', ccy)
    return
  }
  const opening = openings(account).get(order) ?? zero
  const lever = order.lever ?? one
  const larger = opening.plus(left.minus(remaining(order)))
  const asked = marginOf(account, instrument, larger, to.px, lever)
  const more = asked.minus(marginOf(account, instrument, opening, px, lever))
  const ccy = moneyOf(instrument)
  if (more.gt(0) && more.gt(availableOf(desk, account, ccy, now, 'margin'))) throw no('51008', ccy)
}

/** trade/close-position: all of it at market, once nothing else waits to close it (`autoCxl` sees to that). */
export function closePosition(desk: Desk, account: Account, fields: Fields, now: number) {
  const instrument = instrumentOf(desk, required(fields, 'instId'))
  const mgnMode = requiredOneOf(fields, 'mgnMode', ['cross', 'isolated'])
  const isNet = account.posMode === 'net_mode'
  if (!isNet && fields.text('posSide') === '') throw wrong('posSide')
  const posSide: PosSide = oneOf(fields, 'posSide', isNet ? ['net'] : ['long', 'short'], isNet ? 'net' : 'long')
  const autoCxl = flag(fields, 'autoCxl')
  const clOrdId = clientId(fields, 'clOrdId')
  const tag = tagOf(fields)
  const position = account.positions.get(positionKey(instrument.instId, mgnMode, posSide))
  if (!position) throw no('51023')
  const side = position.pos.isNeg() ? 'buy' : 'sell'
  const waiting = [...account.live.values()].filter(
    (order) =>
      order.instId === instrument.instId &&
      order.tdMode === mgnMode &&
      order.posSide === posSide &&
      closes(order, position.pos),
  )
  if (waiting.length > 0 && !autoCxl) throw no('51115')
  if (desk.quotes.quote(instrument.instId, now) === null) throw no('51022')
  for (const order of waiting) cancelOrder(desk, account, order, cancelSources.user, now)
  submitOrder(
    desk,
    account,
    {
      instrument,
      tdMode: mgnMode,
      side,
      posSide,
      ordType: 'market',
      sz: position.pos.abs(),
      px: null,
      tgtCcy: '',
      reduceOnly: posSide === 'net',
      banAmend: false,
      clOrdId,
      tag,
      attached: [],
    },
    now,
  )
  return { instId: instrument.instId, posSide, clOrdId, tag }
}

/** trade/cancel-all-after: the account's orders, or those of a tag, are cancelled then unless it is called again; 0 calls it off. */
export function cancelAllAfter(account: Account, fields: Fields, now: number) {
  const timeOut = required(fields, 'timeOut')
  const tag = tagOf(fields)
  if (!/^\d{1,3}$/.test(timeOut)) throw wrong('timeOut')
  const seconds = Number(timeOut)
  if (seconds !== 0 && (seconds < 10 || seconds > 120)) throw wrong('timeOut')
  if (seconds === 0) account.deadlines.delete(tag)
  else account.deadlines.set(tag, now + seconds * 1000)
  return { triggerTime: seconds === 0 ? '0' : String(now + seconds * 1000), tag, ts: String(now) }
}
