import { Decimal } from 'decimal.js'
import type { Level, Quote } from '../quotes.js'
import { type Account, index, isLive, type Order } from './account.js'
import { checkAttached } from './attached.js'
import { no } from './codes.js'
import { floorTo, moneyOf, one, zero } from './contract.js'
import { type Desk, nextId, touch } from './desk.js'
import { execute, worstPx } from './execute.js'
import { onlyCloses } from './fillOrder.js'
import { availableOf, closes, leverOf, marginOf, openings, positionOf, remaining } from './funds.js'
import { isAtMarket, type OrderRequest } from './orderRequest.js'
import { prune } from './prune.js'
import { tellOrder } from './tell.js'

/** The algo order that an order comes from. */
export interface Origin {
  algoId: string
  algoClOrdId: string
}

/**
 * Takes an order: checks it against market and account, puts it in the book and fills what can be filled at once.
 * Throws Refusal; then nothing has changed.
 */
export function submitOrder(
  desk: Desk,
  account: Account,
  request: OrderRequest,
  now: number,
  origin: Origin | null = null,
): Order {
  const { instrument, side, px, attached, clOrdId } = request
  const quote = openMarket(desk, request, now)
  const namesake = account.byClOrdId.get(clOrdId)
  if (namesake && isLive(namesake)) throw no('51016')
  if (px !== null) checkBand(desk, request, px, quote)
  if (attached.length > 0) {
    if (request.reduceOnly) throw no('51100')
    if (onlyCloses({ ...request, instType: instrument.instType })) throw no('51333')
    checkAttached(attached, side, px, quote)
  }
  const isSwap = instrument.instType === 'SWAP'
  const sz = isSwap
    ? sizeOfSwap(desk, account, request, quote, now, origin)
    : sizeOfSpot(desk, account, request, quote, now)

  const order: Order = {
    ordId: nextId(desk),
    clOrdId,
    tag: request.tag,
    instId: instrument.instId,
    instType: instrument.instType,
    tdMode: request.tdMode,
    side,
    posSide: request.posSide,
    ordType: request.ordType,
    sz,
    px,
    tgtCcy: request.tgtCcy,
    reduceOnly: request.reduceOnly,
    lever: leverOfRequest(desk, account, request),
    state: 'live',
    accFillSz: zero,
    avgPx: null,
    fee: zero,
    feeCcy: '',
    pnl: zero,
    lastFill: null,
    category: 'normal',
    cancelSource: '',
    algoId: origin?.algoId ?? '',
    algoClOrdId: origin?.algoClOrdId ?? '',
    attached,
    held: false,
    activeTs: now,
    cTime: now,
    uTime: now,
  }
  prune(account, now)
  account.orders.push(order)
  index(account, order)
  touch(desk, account)
  tellOrder(desk, account, order)
  execute(desk, account, order, quote, now)
  return order
}

/** The instrument's quote, if it can be traded now. */
function openMarket(desk: Desk, { instrument }: OrderRequest, now: number): Quote {
  if (instrument.state === 'preopen') throw no('51021')
  const quote = desk.quotes.quote(instrument.instId, now)
  if (instrument.state === 'suspend' || quote === null) throw no('51022')
  return quote
}

/** Buys must not be priced too high, nor sells too low. */
export function checkBand(
  desk: Desk,
  { side, instrument }: Pick<OrderRequest, 'side' | 'instrument'>,
  px: Decimal,
  quote: Quote,
): void {
  const worst = worstPx(desk, instrument, side, quote)
  if (side === 'buy' ? px.gt(worst) : px.lt(worst)) throw no('51006')
}

function leverOfRequest(desk: Desk, account: Account, { instrument, tdMode, posSide }: OrderRequest): Decimal | null {
  return tdMode === 'cash' || instrument.instType === 'SPOT'
    ? null
    : leverOf(desk, account, instrument, tdMode, posSide)
}

/** Size of a swap order, cut down to the position where it may only reduce. Position limit and margin must allow it. */
function sizeOfSwap(
  desk: Desk,
  account: Account,
  request: OrderRequest,
  quote: Quote,
  now: number,
  origin: Origin | null,
): Decimal {
  const { instrument, side, posSide, tdMode } = request
  const asOrder = { side, posSide, tdMode, instId: instrument.instId }
  const pos = positionOf(account, asOrder)?.pos ?? zero
  const ownSide = [...account.live.values()].filter(
    (order) =>
      order.instId === instrument.instId && order.tdMode === tdMode && order.posSide === posSide && order.side === side,
  )
  const waiting = ownSide.reduce((sum, order) => sum.plus(remaining(order)), zero)
  if (onlyCloses({ ...request, instType: 'SWAP' })) {
    if (pos.isZero()) throw no('51169')
    if (!closes(asOrder, pos)) throw no('51170')
    if (posSide === 'net') return Decimal.min(request.sz, pos.abs())
    const free = pos.abs().minus(waiting)
    if (free.lte(0) || (request.sz.gt(free) && origin === null)) throw no('51169')
    return Decimal.min(request.sz, free)
  }
  const closable = closes(asOrder, pos) ? Decimal.max(0, pos.abs().minus(waiting)) : zero
  const opening = Decimal.max(0, request.sz.minus(closable))
  if (opening.gt(0)) checkOpening(desk, account, request, opening, pos, quote, now)
  return request.sz
}

function checkOpening(
  desk: Desk,
  account: Account,
  request: OrderRequest,
  opening: Decimal,
  pos: Decimal,
  quote: Quote,
  now: number,
): void {
  const { instrument, side, px } = request
  const lever = leverOfRequest(desk, account, request) ?? one
  const held = (side === 'buy') === pos.gt(0) ? pos.abs() : zero
  let waiting = zero
  for (const [order, sz] of openings(account)) {
    const { instId, tdMode, posSide } = order
    if (instId === instrument.instId && tdMode === request.tdMode && posSide === request.posSide && order.side === side)
      waiting = waiting.plus(sz)
  }
  if (
    held
      .plus(waiting)
      .plus(opening)
      .gt(largestSz(desk, instrument.instId, lever))
  )
    throw no('51004')
  const ccy = moneyOf(instrument)
  const required = marginOf(account, instrument, opening, reservePx(desk, side, px, quote), lever)
  if (required.gt(availableOf(desk, account, ccy, now, 'margin'))) throw no('51008', ccy)
}

/** The price that margin is asked for: a market order's is taken to be worse than what is offered. */
export function reservePx(desk: Desk, side: 'buy' | 'sell', px: Decimal | null, quote: Quote): Decimal {
  const best = (side === 'buy' ? quote.asks : quote.bids)[0]?.px ?? quote.last
  if (px === null) return best.times(one.plus(desk.terms.marketReserve))
  return side === 'buy' ? px : Decimal.max(px, best)
}

/** The largest position that the tiers allow at a leverage; without tiers any. */
export function largestSz(desk: Desk, instId: string, lever: Decimal): Decimal {
  const tiers = desk.quotes.tiers(instId)
  if (tiers.length === 0) return new Decimal(Number.POSITIVE_INFINITY)
  return tiers.reduce(
    (largest, { maxSz, maxLever }) => (lever.lte(maxLever) ? Decimal.max(largest, maxSz) : largest),
    zero,
  )
}

/** Size of a spot order. A market order that is too big for the balance is cut down to it, unless that is banned. */
function sizeOfSpot(desk: Desk, account: Account, request: OrderRequest, quote: Quote, now: number): Decimal {
  const { instrument, side, sz, tgtCcy, banAmend } = request
  const { baseCcy, quoteCcy, lotSz, minSz } = instrument
  const ccy = side === 'buy' ? quoteCcy : baseCcy
  const available = availableOf(desk, account, ccy, now, 'spot')
  const mayShrink = isAtMarket(request.ordType) && !banAmend
  const best = (side === 'buy' ? quote.asks : quote.bids)[0]?.px ?? quote.last
  const inQuote = tgtCcy === 'quote_ccy'
  if ((inQuote ? sz.div(best) : sz).lt(minSz)) throw no('51020')
  const fits = (size: Decimal) => costOf(request, size, quote).lte(available)
  if (fits(sz)) return sz
  if (!mayShrink) throw no('51008', ccy)
  const affordable = available.times(sz).div(costOf(request, sz, quote))
  const result = inQuote ? affordable.toDecimalPlaces(quoteDecimals, Decimal.ROUND_DOWN) : floorTo(lotSz, affordable)
  if ((inQuote ? result.div(best) : result).lt(minSz)) throw no('51008', ccy)
  return result
}

const quoteDecimals = 8

/** What a spot order takes of the currency that it is paid with, at the worst price that its size reaches. */
function costOf({ side, px, tgtCcy }: OrderRequest, sz: Decimal, quote: Quote): Decimal {
  if (side === 'sell') return tgtCcy === 'quote_ccy' ? sz.div(reachedPx(quote.bids, sz.div(quote.last), quote)) : sz
  return tgtCcy === 'quote_ccy' ? sz : sz.times(px ?? reachedPx(quote.asks, sz, quote))
}

/** The price of the level at which this size is reached. */
function reachedPx(levels: readonly Level[], sz: Decimal, { last }: Quote): Decimal {
  let sum = zero
  for (const level of levels) {
    sum = sum.plus(level.sz)
    if (sum.gte(sz)) return level.px
  }
  return levels.at(-1)?.px ?? last
}
