import type { AttachedAlgoPayload, FillPayload, OrderPayload, OrderPushPayload } from '../../okx/accountPayloads.js'
import type { Attached, Fill, Leg, Order } from './account.js'
import { text, textOrEmpty } from './contract.js'

/** What a push says besides the order. */
export interface PushDetails {
  fill?: Fill
  /** "0" done, "-1" failed. */
  amendResult?: string
  reqId?: string
}

/** A trigger's price of order as OKX writes it: "-1" at market. */
export const ordPxText = (leg: Leg | null) => (leg === null ? '' : leg.ordPx === null ? '-1' : text(leg.ordPx))

export function attachedRow(attached: Attached) {
  const { tp, sl } = attached
  return {
    attachAlgoId: attached.attachAlgoId,
    attachAlgoClOrdId: attached.attachAlgoClOrdId,
    tpTriggerPx: textOrEmpty(tp?.triggerPx ?? null),
    tpOrdPx: ordPxText(tp),
    tpTriggerPxType: tp?.pxType ?? '',
    slTriggerPx: textOrEmpty(sl?.triggerPx ?? null),
    slOrdPx: ordPxText(sl),
    slTriggerPxType: sl?.pxType ?? '',
    tpOrdKind: tp ? 'condition' : '',
    tpTriggerRatio: '',
    slTriggerRatio: '',
    callbackRatio: '',
    callbackSpread: '',
    activePx: '',
    amendPxOnTriggerType: '0',
    sz: '',
    failCode: attached.failCode,
    failReason: attached.failReason,
  } satisfies AttachedAlgoPayload & Record<string, unknown>
}

/** What OKX's orders have besides, and is always the same here: other clients than ours look for it. */
const sameForAll = {
  pxUsd: '',
  pxVol: '',
  pxType: '',
  // Stop and target are in `attachAlgoOrds`.
  attachAlgoClOrdId: '',
  tpTriggerPx: '',
  tpTriggerPxType: '',
  tpOrdPx: '',
  slTriggerPx: '',
  slTriggerPxType: '',
  slOrdPx: '',
  stpId: '',
  stpMode: 'cancel_maker',
  source: '',
  quickMgnType: '',
  cancelSourceReason: '',
  outcome: '',
}

export function orderRow(order: Order) {
  const { lastFill } = order
  return {
    instType: order.instType,
    instId: order.instId,
    ordId: order.ordId,
    clOrdId: order.clOrdId,
    tag: order.tag,
    ccy: '',
    tdMode: order.tdMode,
    side: order.side,
    posSide: order.posSide,
    ordType: order.ordType,
    sz: text(order.sz),
    px: textOrEmpty(order.px),
    tgtCcy: order.tgtCcy,
    reduceOnly: String(order.reduceOnly),
    lever: textOrEmpty(order.lever),
    state: order.state,
    accFillSz: text(order.accFillSz),
    avgPx: textOrEmpty(order.avgPx),
    fee: text(order.fee),
    feeCcy: order.feeCcy,
    // A maker who is paid has it in `fee`, with its sign.
    rebate: '0',
    rebateCcy: order.feeCcy,
    pnl: text(order.pnl),
    fillPx: lastFill ? text(lastFill.px) : '',
    fillSz: lastFill ? text(lastFill.sz) : '0',
    fillTime: lastFill ? String(lastFill.ts) : '',
    tradeId: lastFill?.tradeId ?? '',
    category: order.category,
    cancelSource: order.cancelSource,
    algoId: order.algoId,
    algoClOrdId: order.algoClOrdId,
    attachAlgoOrds: order.attached.map(attachedRow),
    cTime: String(order.cTime),
    uTime: String(order.uTime),
    ...sameForAll,
  } satisfies OrderPayload & Record<string, unknown>
}

export function orderPush(order: Order, { fill, amendResult = '', reqId = '' }: PushDetails): OrderPushPayload {
  return {
    ...orderRow(order),
    fillPx: fill ? text(fill.px) : '',
    fillSz: fill ? text(fill.sz) : '0',
    fillTime: fill ? String(fill.ts) : '',
    tradeId: fill?.tradeId ?? '',
    fillFee: fill ? text(fill.fee) : '0',
    fillFeeCcy: fill?.feeCcy ?? '',
    execType: fill?.execType ?? '',
    code: '0',
    msg: '',
    amendResult,
    reqId,
  }
}

export function fillRow(fill: Fill) {
  return {
    instType: fill.instType,
    instId: fill.instId,
    tradeId: fill.tradeId,
    ordId: fill.ordId,
    clOrdId: fill.clOrdId,
    billId: fill.billId,
    tag: fill.tag,
    fillPx: text(fill.px),
    fillSz: text(fill.sz),
    fillPnl: text(fill.pnl),
    side: fill.side,
    posSide: fill.posSide,
    execType: fill.execType,
    fee: text(fill.fee),
    feeCcy: fill.feeCcy,
    ts: String(fill.ts),
    fillTime: String(fill.ts),
  } satisfies FillPayload
}
