import { Decimal } from 'decimal.js'
import { type Static, Type } from 'typebox'
import {
  type AlgoOrderPayload,
  algoStates,
  type BalanceDetailPayload,
  type BalancePayload,
  type MarkPricePayload,
  type OrderPayload,
  type OrderPushPayload,
  PositionPayload,
} from './accountPayloads.js'
import type { AccountTotals, AlgoOrder, CurrencyBalance, MarkPrice, Order, OrderFill, Position } from './streamTypes.js'

const text = Type.String()
const name = Type.String({ minLength: 1 })
const number = Type.Optional(Type.String({ pattern: '^(-?\\d+(\\.\\d+)?)?$' }))
const epochMs = Type.String({ pattern: '^\\d{1,15}$' })
const epochMsOrEmpty = Type.Optional(Type.String({ pattern: '^\\d{0,15}$' }))

/** Channel `positions`: a position, and when it was pushed. */
export const PositionPushPayload = Type.Object({ ...PositionPayload.properties, pTime: epochMsOrEmpty })
type PositionPushPayload = Static<typeof PositionPushPayload>

/**
 * Channels `orders-algo` and `algo-advance` (trailing stops). As documented, each leaves out what is not of its kind of
 * orders, and the second has no `uTime` but a `pTime`, the time of the push.
 */
export const AlgoPushPayload = Type.Object({
  instType: name,
  instId: name,
  algoId: name,
  algoClOrdId: Type.Optional(text),
  ordId: Type.Optional(text),
  tdMode: name,
  side: Type.Enum(['buy', 'sell']),
  posSide: text,
  ordType: name,
  sz: number,
  state: Type.Enum([...algoStates]),
  tpTriggerPx: number,
  tpOrdPx: number,
  slTriggerPx: number,
  slOrdPx: number,
  triggerPx: number,
  ordPx: number,
  callbackRatio: number,
  callbackSpread: number,
  activePx: number,
  moveTriggerPx: number,
  actualSide: Type.Optional(text),
  actualSz: number,
  actualPx: number,
  failCode: Type.Optional(text),
  triggerTime: epochMsOrEmpty,
  cTime: epochMs,
  uTime: epochMsOrEmpty,
  pTime: epochMsOrEmpty,
})
type AlgoPushPayload = Static<typeof AlgoPushPayload>

export function toAccountTotals(row: BalancePayload): AccountTotals {
  return {
    totalEq: decimalOrNull(row.totalEq),
    adjEq: decimalOrNull(row.adjEq),
    imr: decimalOrNull(row.imr),
    mmr: decimalOrNull(row.mmr),
    mgnRatio: decimalOrNull(row.mgnRatio),
    uTime: Number(row.uTime),
  }
}

export function toCurrencyBalance(row: BalanceDetailPayload): CurrencyBalance {
  return {
    ccy: row.ccy,
    eq: new Decimal(row.eq),
    cashBal: new Decimal(row.cashBal),
    availBal: decimalOrNull(row.availBal),
    availEq: decimalOrNull(row.availEq),
    frozenBal: decimalOrNull(row.frozenBal),
    ordFrozen: decimalOrNull(row.ordFrozen),
    upl: decimalOrNull(row.upl),
    eqUsd: decimalOrNull(row.eqUsd),
    disEq: decimalOrNull(row.disEq),
    uTime: Number(row.uTime),
  }
}

export function toPosition(row: PositionPushPayload): Position {
  return {
    posId: row.posId,
    instId: row.instId,
    instType: row.instType,
    mgnMode: row.mgnMode,
    posSide: row.posSide,
    pos: new Decimal(row.pos),
    avgPx: decimalOrNull(row.avgPx),
    markPx: decimalOrNull(row.markPx),
    liqPx: decimalOrNull(row.liqPx),
    lever: decimalOrNull(row.lever),
    upl: decimalOrNull(row.upl),
    uplRatio: decimalOrNull(row.uplRatio),
    margin: decimalOrNull(row.margin),
    imr: decimalOrNull(row.imr),
    mmr: decimalOrNull(row.mmr),
    mgnRatio: decimalOrNull(row.mgnRatio),
    notionalUsd: decimalOrNull(row.notionalUsd),
    bePx: decimalOrNull(row.bePx),
    pnl: decimalOrNull(row.pnl),
    fee: decimalOrNull(row.fee),
    fundingFee: decimalOrNull(row.fundingFee),
    liqPenalty: decimalOrNull(row.liqPenalty),
    realizedPnl: decimalOrNull(row.realizedPnl),
    ccy: row.ccy,
    cTime: timeOrNull(row.cTime),
    uTime: timeOrNull(row.uTime),
    pTime: timeOrNull(row.pTime),
  }
}

export function toOrder(row: OrderPayload): Order {
  return {
    ordId: row.ordId,
    clOrdId: row.clOrdId,
    instId: row.instId,
    instType: row.instType,
    tdMode: row.tdMode,
    side: row.side,
    posSide: row.posSide,
    ordType: row.ordType,
    sz: new Decimal(row.sz),
    px: decimalOrNull(row.px),
    tgtCcy: row.tgtCcy,
    isReduceOnly: row.reduceOnly === 'true',
    state: row.state,
    accFillSz: decimalOrNull(row.accFillSz) ?? new Decimal(0),
    avgPx: decimalOrNull(row.avgPx),
    fee: decimalOrNull(row.fee),
    feeCcy: row.feeCcy,
    pnl: decimalOrNull(row.pnl),
    category: row.category,
    cancelSource: row.cancelSource,
    algoId: row.algoId,
    algoClOrdId: row.algoClOrdId,
    cTime: Number(row.cTime),
    uTime: Number(row.uTime),
  }
}

/** An order's push, taken apart. */
export interface OrderPush {
  order: Order
  fill: OrderFill | null
  failCode: string | null
}

export function toOrderPush(row: OrderPushPayload): OrderPush {
  const { code, tradeId, fillPx, fillSz } = row
  const fill: OrderFill | null =
    tradeId === '' || fillPx === '' || fillSz === ''
      ? null
      : {
          tradeId,
          fillPx: new Decimal(fillPx),
          fillSz: new Decimal(fillSz),
          fillFee: decimalOrNull(row.fillFee),
          fillFeeCcy: row.fillFeeCcy,
          execType: row.execType,
          fillTime: timeOrNull(row.fillTime),
        }
  return { order: toOrder(row), fill, failCode: code === '' || code === '0' ? null : code }
}

export function toAlgoOrder(row: AlgoPushPayload | AlgoOrderPayload): AlgoOrder {
  const pTime = 'pTime' in row ? timeOrNull(row.pTime) : null
  return {
    algoId: row.algoId,
    algoClOrdId: row.algoClOrdId ?? '',
    ordId: row.ordId ?? '',
    instId: row.instId,
    instType: row.instType,
    tdMode: row.tdMode,
    side: row.side,
    posSide: row.posSide,
    ordType: row.ordType,
    sz: decimalOrNull(row.sz),
    state: row.state,
    tpTriggerPx: decimalOrNull(row.tpTriggerPx),
    tpOrdPx: decimalOrNull(row.tpOrdPx),
    slTriggerPx: decimalOrNull(row.slTriggerPx),
    slOrdPx: decimalOrNull(row.slOrdPx),
    triggerPx: decimalOrNull(row.triggerPx),
    ordPx: decimalOrNull(row.ordPx),
    callbackRatio: decimalOrNull(row.callbackRatio),
    callbackSpread: decimalOrNull(row.callbackSpread),
    activePx: decimalOrNull(row.activePx),
    moveTriggerPx: decimalOrNull(row.moveTriggerPx),
    actualSz: decimalOrNull(row.actualSz),
    actualPx: decimalOrNull(row.actualPx),
    actualSide: row.actualSide ?? '',
    failCode: row.failCode ?? '',
    triggerTime: timeOrNull(row.triggerTime),
    cTime: Number(row.cTime),
    uTime: timeOrNull(row.uTime) ?? pTime,
  }
}

export function toMarkPrice(row: MarkPricePayload): MarkPrice {
  return { instId: row.instId, markPx: new Decimal(row.markPx), ts: Number(row.ts) }
}

function decimalOrNull(digits: string | undefined): Decimal | null {
  return digits === undefined || digits === '' ? null : new Decimal(digits)
}

function timeOrNull(digits: string | undefined): number | null {
  return digits === undefined || digits === '' ? null : Number(digits)
}
