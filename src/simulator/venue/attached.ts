import type { Decimal } from 'decimal.js'
import type { Instrument } from '../../domain/instrument.js'
import type { Quote } from '../quotes.js'
import { missing, wrong } from '../refusal.js'
import type { Attached, Leg, PxType, Side } from './account.js'
import { no } from './codes.js'
import { isMultiple } from './contract.js'
import { type Desk, nextId } from './desk.js'
import { clientId, type Fields, fieldsOf, oneOf, positive } from './fields.js'

/** Reads a trigger price, its order's price ("-1": at market) and what kind of price sets it off; null where there is none. */
export function readLeg(
  instrument: Instrument,
  fields: Fields,
  names: { triggerPx: string; ordPx: string; pxType: string },
  rises: boolean,
): Leg | null {
  const triggerPx = positive(fields, names.triggerPx)
  const ordPxText = fields.text(names.ordPx)
  if (triggerPx === null) {
    if (ordPxText !== '') throw missing(names.triggerPx)
    return null
  }
  if (ordPxText === '') throw missing(names.ordPx)
  const ordPx = ordPxText === '-1' ? null : positive(fields, names.ordPx)
  checkTick(instrument, triggerPx, names.triggerPx)
  if (ordPx) checkTick(instrument, ordPx, names.ordPx)
  const pxType = oneOf<PxType>(fields, names.pxType, ['last', 'index', 'mark'], 'last')
  if (instrument.instType === 'SPOT' && pxType !== 'last') throw wrong(names.pxType)
  return { triggerPx, pxType, ordPx, rises }
}

function checkTick({ tickSz }: Instrument, px: Decimal, name: string): void {
  if (!isMultiple(px, tickSz)) throw wrong(name)
}

const tpNames = { triggerPx: 'tpTriggerPx', ordPx: 'tpOrdPx', pxType: 'tpTriggerPxType' }
const slNames = { triggerPx: 'slTriggerPx', ordPx: 'slOrdPx', pxType: 'slTriggerPxType' }

/** Target and stop of an order that goes to this side when one of them goes off. */
export function readTpSl(instrument: Instrument, fields: Fields, side: Side): { tp: Leg | null; sl: Leg | null } {
  return {
    tp: readLeg(instrument, fields, tpNames, side === 'sell'),
    sl: readLeg(instrument, fields, slNames, side === 'buy'),
  }
}

/** `attachAlgoOrds` of an order to this side. Split and limit targets, ratios and trailing stops are not simulated: 51000. */
export function readAttached(desk: Desk, instrument: Instrument, side: Side, fields: Fields): Attached[] {
  const elements = fields.list('attachAlgoOrds')
  if (elements.length > 1) throw wrong('attachAlgoOrds')
  return elements.map((element) => {
    const own = fieldsOf(element)
    for (const name of ['tpTriggerRatio', 'slTriggerRatio', 'callbackRatio', 'callbackSpread', 'activePx', 'sz']) {
      if (own.text(name) !== '') throw wrong(name)
    }
    oneOf(own, 'tpOrdKind', ['condition'], 'condition')
    const { tp, sl } = readTpSl(instrument, own, side === 'buy' ? 'sell' : 'buy')
    if (tp === null && sl === null) throw no('50015', 'tpTriggerPx or slTriggerPx')
    const attachAlgoClOrdId = clientId(own, 'attachAlgoClOrdId')
    return { attachAlgoId: nextId(desk), attachAlgoClOrdId, tp, sl, failCode: '', failReason: '' }
  })
}

/** Target and stop must lie on their sides of the order's price, or of the best price that a market order meets. */
export function checkAttached(attached: readonly Attached[], side: Side, px: Decimal | null, quote: Quote): void {
  const isBuy = side === 'buy'
  const reference = px ?? (isBuy ? quote.asks : quote.bids)[0]?.px ?? quote.last
  for (const { tp, sl } of attached) {
    if (isBuy) {
      if (tp?.triggerPx.lte(reference)) throw no(px ? '51046' : '51050')
      if (sl?.triggerPx.gte(reference)) throw no(px ? '51047' : '51051')
    } else {
      if (tp?.triggerPx.gte(reference)) throw no(px ? '51048' : '51052')
      if (sl?.triggerPx.lte(reference)) throw no(px ? '51049' : '51053')
    }
  }
}

/** Likewise for the target and stop of an algo order, against last. */
export function checkTpSl({ tp, sl }: { tp: Leg | null; sl: Leg | null }, side: Side, { last, markPx }: Quote): void {
  const reference = (leg: Leg) => (leg.pxType === 'last' ? last : markPx)
  if (side === 'buy') {
    if (tp?.triggerPx.gt(reference(tp))) throw no('51277')
    if (sl?.triggerPx.lt(reference(sl))) throw no('51278')
  } else {
    if (tp?.triggerPx.lt(reference(tp))) throw no('51279')
    if (sl?.triggerPx.gt(reference(sl))) throw no('51280')
  }
}
