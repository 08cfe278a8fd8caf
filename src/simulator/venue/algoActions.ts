import { Decimal } from 'decimal.js'
import type { Instrument } from '../../domain/instrument.js'
import { missing, wrong } from '../refusal.js'
import { type Account, type Algo, algoTypes, type Leg, type PxType, type Trail } from './account.js'
import { addAlgo, endAlgo } from './algoBook.js'
import { checkTpSl, readAttached, readLeg, readTpSl } from './attached.js'
import { no } from './codes.js'
import { isMultiple, one } from './contract.js'
import { type Desk, instrumentOf } from './desk.js'
import { clientId, eitherOf, type Fields, flag, oneOf, positive, required, requiredOneOf, tagOf } from './fields.js'
import { onlyCloses } from './fillOrder.js'
import { checkSize, readTerms } from './orderRequest.js'
import { tellAlgo } from './tell.js'

/** The smallest and largest part of the price that a trailing stop may hang back. */
const [leastCallback, mostCallback] = [new Decimal('0.001'), one]

/** trade/order-algo. Algo orders bind no margin; what their orders need is asked for when they go off. Throws Refusal. */
export function placeAlgo(desk: Desk, account: Account, fields: Fields, now: number): Algo {
  const instrument = instrumentOf(desk, required(fields, 'instId'))
  const terms = readTerms(account, instrument, fields)
  const ordType = requiredOneOf(fields, 'ordType', algoTypes)
  const algoClOrdId = clientId(fields, 'algoClOrdId') || clientId(fields, 'clOrdId')
  const namesake = account.byAlgoClOrdId.get(algoClOrdId)
  if (namesake?.state === 'live') throw no('51065')
  const quote = desk.quotes.quote(instrument.instId, now)
  if (quote === null || instrument.state === 'suspend') throw no('51022')
  const { sz, reduceOnly } = readSize(account, instrument, terms, fields)
  const legs = readLegs(account, instrument, terms, ordType, fields)
  checkTpSl(legs, terms.side, quote)
  const tgtCcy = oneOf(fields, 'tgtCcy', ['', 'base_ccy', 'quote_ccy'], '')
  const cxlOnClosePos = flag(fields, 'cxlOnClosePos')
  if (cxlOnClosePos && !reduceOnly) throw wrong('cxlOnClosePos')
  let trigger: Leg | null = null
  if (ordType === 'trigger') {
    if (instrument.instType === 'SWAP' && terms.posSide === 'net' && desk.terms.triggerInNetMode === 'refused')
      throw no('51298')
    if (tgtCcy !== '') throw no('51281')
    trigger = readTrigger(instrument, fields, quote)
  }
  const attached = ordType === 'trigger' ? readAttached(desk, instrument, terms.side, fields) : []
  if (attached.length > 0 && onlyCloses({ ...terms, instType: instrument.instType })) throw no('51100')
  const trail = ordType === 'move_order_stop' ? readTrail(desk, instrument, fields, quote.last) : null
  const { instId, instType } = instrument
  const algo = { ...terms, instId, instType, ordType, algoClOrdId, tag: tagOf(fields), sz, reduceOnly, tgtCcy }
  return addAlgo(desk, account, { ...algo, cxlOnClosePos, ...legs, trigger, trail, attached }, now)
}

type Terms = ReturnType<typeof readTerms>

/** `sz`, or null for `closeFraction` "1": the whole position, whatever it will be; of those there may be one a position. */
function readSize(account: Account, instrument: Instrument, terms: Terms, fields: Fields) {
  const fraction = fields.text('closeFraction')
  if (fraction === '') {
    eitherOf(fields, 'sz', 'closeFraction')
    const sz = positive(fields, 'sz')
    if (sz !== null && instrument.instType === 'SWAP') checkSize(instrument, sz)
    return { sz, reduceOnly: terms.reduceOnly }
  }
  if (!new Decimal(/^\d+(\.\d+)?$/.test(fraction) ? fraction : 0).eq(1)) throw wrong('closeFraction')
  if (fields.text('sz') !== '' || instrument.instType === 'SPOT') throw wrong('closeFraction')
  const isForWhole = ({ instId, posSide, tdMode, sz, side }: Algo) =>
    sz === null &&
    instId === instrument.instId &&
    posSide === terms.posSide &&
    tdMode === terms.tdMode &&
    side === terms.side
  if ([...account.liveAlgos.values()].some(isForWhole)) throw no('51088')
  if (terms.posSide !== 'net' && !onlyCloses({ ...terms, instType: 'SWAP' })) throw wrong('side')
  return { sz: null, reduceOnly: terms.posSide === 'net' }
}

/** Target and stop; in net mode a `conditional` order with both keeps only the stop. */
function readLegs(account: Account, instrument: Instrument, { side }: Terms, ordType: Algo['ordType'], fields: Fields) {
  if (ordType !== 'conditional' && ordType !== 'oco') return { tp: null, sl: null }
  const { tp, sl } = readTpSl(instrument, fields, side)
  if (ordType === 'oco') {
    if (tp === null) throw missing('tpTriggerPx')
    if (sl === null) throw missing('slTriggerPx')
    return { tp, sl }
  }
  if (tp === null && sl === null) throw no('50015', 'tpTriggerPx or slTriggerPx')
  return account.posMode === 'net_mode' && sl ? { tp: null, sl } : { tp, sl }
}

/** Goes off when the price comes to it from where it is now. */
function readTrigger(
  instrument: Instrument,
  fields: Fields,
  { last, markPx }: { last: Decimal; markPx: Decimal },
): Leg {
  const names = { triggerPx: 'triggerPx', ordPx: 'orderPx', pxType: 'triggerPxType' }
  const leg = readLeg(instrument, fields, names, true)
  if (leg === null) throw missing('triggerPx')
  return { ...leg, rises: leg.triggerPx.gt(leg.pxType === 'last' ? last : markPx) }
}

function readTrail(desk: Desk, instrument: Instrument, fields: Fields, last: Decimal): Trail {
  const { callbackRatioField } = desk.terms
  const spreadField = callbackRatioField === 'callbackRatio' ? 'callbackSpread' : 'callBackSpread'
  eitherOf(fields, callbackRatioField, spreadField)
  const ratio = positive(fields, callbackRatioField)
  const spread = positive(fields, spreadField)
  if (ratio && spread) throw wrong(spreadField)
  if (ratio && (ratio.lt(leastCallback) || ratio.gt(mostCallback))) throw no('51311')
  if (spread && !isMultiple(spread, instrument.tickSz)) throw wrong(spreadField)
  const activePx = positive(fields, 'activePx')
  const active = activePx === null
  return { ratio, spread, activePx, rises: activePx?.gt(last) ?? false, active, extreme: active ? last : null }
}

/** The algo order that a request names, if it is known. */
export function findAlgo(account: Account, fields: Fields): Algo | null {
  eitherOf(fields, 'algoId', 'algoClOrdId')
  const algoId = fields.text('algoId')
  const found = algoId === '' ? account.byAlgoClOrdId.get(fields.text('algoClOrdId')) : account.byAlgoId.get(algoId)
  return found ?? null
}

/** An element of trade/cancel-algos. */
export function cancelAlgo(desk: Desk, account: Account, fields: Fields, now: number): Algo {
  instrumentOf(desk, required(fields, 'instId'))
  const algo = findAlgo(account, fields)
  if (algo?.state !== 'live' || algo.instId !== fields.text('instId')) throw no('51400')
  endAlgo(desk, account, algo, 'canceled', now)
  return algo
}

/** trade/amend-algos: new size, trigger and order prices of all but trailing stops. */
export function amendAlgo(desk: Desk, account: Account, fields: Fields, now: number): Algo {
  const instrument = instrumentOf(desk, required(fields, 'instId'))
  const algo = findAlgo(account, fields)
  if (!algo || algo.instId !== instrument.instId) throw no('51503')
  if (algo.state !== 'live') throw no(algo.state === 'canceled' ? '51509' : '51510')
  if (algo.trail) throw wrong('algoId')
  const quote = desk.quotes.quote(instrument.instId, now)
  if (quote === null) throw no('51022')
  const sz = positive(fields, 'newSz')
  if (sz && instrument.instType === 'SWAP') checkSize(instrument, sz)
  if (sz && algo.sz === null) throw wrong('newSz')
  const tp = amendLeg(instrument, algo.tp, fields, 'newTpTriggerPx', 'newTpOrdPx', 'newTpTriggerPxType')
  const sl = amendLeg(instrument, algo.sl, fields, 'newSlTriggerPx', 'newSlOrdPx', 'newSlTriggerPxType')
  checkTpSl({ tp, sl }, algo.side, quote)
  const trigger = amendLeg(instrument, algo.trigger, fields, 'newTriggerPx', 'newOrdPx', 'newTriggerPxType')
  if (trigger) trigger.rises = trigger.triggerPx.gt(trigger.pxType === 'last' ? quote.last : quote.markPx)
  Object.assign(algo, { sz: sz ?? algo.sz, tp, sl, trigger, activeTs: now, uTime: now } satisfies Partial<Algo>)
  tellAlgo(desk, account, algo)
  return algo
}

function amendLeg(
  instrument: Instrument,
  leg: Leg | null,
  fields: Fields,
  triggerPxName: string,
  ordPxName: string,
  pxTypeName: string,
): Leg | null {
  const ordPxText = fields.text(ordPxName)
  const triggerPx = positive(fields, triggerPxName)
  const ordPx = ordPxText === '-1' ? null : positive(fields, ordPxName)
  const pxTypeText = fields.text(pxTypeName)
  if (leg === null) {
    if (triggerPx || ordPxText || pxTypeText) throw wrong(triggerPxName)
    return null
  }
  for (const px of [triggerPx, ordPx]) if (px && !isMultiple(px, instrument.tickSz)) throw wrong(triggerPxName)
  const pxType = oneOf<PxType>(fields, pxTypeName, ['last', 'index', 'mark'], leg.pxType)
  if (instrument.instType === 'SPOT' && pxType !== 'last') throw wrong(pxTypeName)
  return {
    ...leg,
    triggerPx: triggerPx ?? leg.triggerPx,
    ordPx: ordPxText === '' ? leg.ordPx : ordPx,
    pxType,
  }
}
