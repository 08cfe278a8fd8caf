import { Decimal } from 'decimal.js'
import {
  type AlgoOrder,
  type AttachedAlgo,
  algoOrdTypes,
  type ExchangeOrder,
  type Fill,
  type TgtCcy,
} from '../domain/trading/exchangeOrder.js'
import type { AttachedAlgoPayload, FillPayload, OrderPayload } from './accountPayloads.js'
import { decimalOrNull, timeOrNull } from './decimalOrNull.js'
import { OkxPayloadError, type Source } from './okxError.js'
import type { AlgoPushPayload } from './pushPayloads.js'

/** Refuses an order whose state contradicts what is filled of it. */
export function toExchangeOrder(source: Source, row: OrderPayload): ExchangeOrder {
  const wrong = (field: string, detail: string) => new OkxPayloadError(source, field, `order ${row.ordId}: ${detail}`)
  const sz = new Decimal(row.sz)
  const accFillSz = decimalOrNull(row.accFillSz) ?? new Decimal(0)
  const avgPx = accFillSz.isZero() ? null : decimalOrNull(row.avgPx)
  const tgtCcy = toTgtCcy(row.tgtCcy)
  if (accFillSz.lt(0)) throw wrong('accFillSz', row.accFillSz)
  if (accFillSz.gt(0) && !avgPx?.gt(0)) throw wrong('avgPx', `"${row.avgPx}" for ${row.accFillSz} filled`)
  const isFilledState = row.state === 'filled' || row.state === 'partially_filled'
  if (isFilledState === accFillSz.isZero() && (isFilledState || row.state === 'live')) {
    throw wrong('state', `${row.state} with "${row.accFillSz}" filled`)
  }
  if (!mayBeInQuote(row) && accFillSz.gt(sz)) throw wrong('accFillSz', `${row.accFillSz} of ${row.sz}`)
  return {
    instType: row.instType,
    instId: row.instId,
    ordId: row.ordId,
    clOrdId: row.clOrdId,
    tag: row.tag,
    tdMode: row.tdMode,
    side: row.side,
    posSide: row.posSide || null,
    ordType: row.ordType,
    sz,
    px: decimalOrNull(row.px),
    tgtCcy,
    isReduceOnly: row.reduceOnly === 'true',
    lever: decimalOrNull(row.lever),
    state: row.state,
    accFillSz,
    avgPx,
    ...chargesOf(row, wrong),
    pnl: decimalOrNull(row.pnl),
    category: row.category,
    cancelSource: row.cancelSource,
    algoId: row.algoId,
    algoClOrdId: row.algoClOrdId,
    attached: row.attachAlgoOrds.map(toAttachedAlgo),
    cTime: Number(row.cTime),
    uTime: Number(row.uTime),
  }
}

export function toFill(source: Source, row: FillPayload): Fill {
  return { ...toOrderFill(source, row), billId: row.billId }
}

/** A trade, wherever it is told of. */
export function toOrderFill(source: Source, row: Omit<FillPayload, 'billId'>): Omit<Fill, 'billId'> {
  const wrong = (field: string, detail: string) => new OkxPayloadError(source, field, `trade ${row.tradeId}: ${detail}`)
  const fillPx = new Decimal(row.fillPx)
  const fillSz = new Decimal(row.fillSz)
  const fee = decimalOrNull(row.fee) ?? new Decimal(0)
  if (fillPx.lte(0)) throw wrong('fillPx', row.fillPx)
  if (fillSz.lte(0)) throw wrong('fillSz', row.fillSz)
  if (!fee.isZero() && row.feeCcy === '') throw wrong('feeCcy', `is empty for ${row.fee}`)
  return {
    instType: row.instType,
    instId: row.instId,
    tradeId: row.tradeId,
    ordId: row.ordId,
    clOrdId: row.clOrdId,
    tag: row.tag,
    fillPx,
    fillSz,
    side: row.side,
    posSide: row.posSide || null,
    liquidity: row.execType === 'M' ? 'maker' : row.execType === 'T' ? 'taker' : null,
    fee,
    feeCcy: row.feeCcy,
    fillPnl: decimalOrNull(row.fillPnl),
    fillTime: timeOrNull(row.fillTime) ?? Number(row.ts),
  }
}

/** As REST lists it, or as it is pushed. */
export function toAlgoOrder(source: Source, row: AlgoPushPayload): AlgoOrder {
  const wrong = (field: string, detail: string) => new OkxPayloadError(source, field, `algo ${row.algoId}: ${detail}`)
  const ordType = algoOrdTypes.find((known) => known === row.ordType)
  if (!ordType) throw wrong('ordType', row.ordType)
  const sz = decimalOrNull(row.sz)
  const closeFraction = decimalOrNull(row.closeFraction)
  const uTime = timeOrNull(row.uTime) ?? timeOrNull(row.pTime)
  if (uTime === null) throw wrong('uTime', 'is empty')
  if (!sz?.gt(0) && !closeFraction?.gt(0)) throw wrong('sz', 'neither size nor fraction')
  return {
    instType: row.instType,
    instId: row.instId,
    algoId: row.algoId,
    algoClOrdId: row.algoClOrdId ?? '',
    ordId: row.ordId ?? '',
    tag: row.tag ?? '',
    tdMode: row.tdMode,
    side: row.side,
    posSide: row.posSide || null,
    ordType,
    sz,
    closeFraction,
    state: row.state,
    isReduceOnly: row.reduceOnly === undefined ? null : row.reduceOnly === 'true',
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
    failCode: row.failCode ?? '',
    triggerTime: timeOrNull(row.triggerTime),
    cTime: Number(row.cTime),
    uTime,
  }
}

function toAttachedAlgo(row: AttachedAlgoPayload): AttachedAlgo {
  return {
    attachAlgoId: row.attachAlgoId,
    attachAlgoClOrdId: row.attachAlgoClOrdId,
    tpTriggerPx: decimalOrNull(row.tpTriggerPx),
    tpOrdPx: decimalOrNull(row.tpOrdPx),
    slTriggerPx: decimalOrNull(row.slTriggerPx),
    slOrdPx: decimalOrNull(row.slOrdPx),
    sz: decimalOrNull(row.sz),
    failCode: row.failCode,
    failReason: row.failReason,
  }
}

function chargesOf(row: OrderPayload, wrong: (field: string, detail: string) => OkxPayloadError) {
  const fee = decimalOrNull(row.fee) ?? new Decimal(0)
  const rebate = decimalOrNull(row.rebate) ?? new Decimal(0)
  if (!fee.isZero() && row.feeCcy === '') throw wrong('feeCcy', `is empty for ${row.fee}`)
  return { fee, feeCcy: row.feeCcy, rebate, rebateCcy: row.rebateCcy }
}

/** Whether `sz` may be quote currency, and so less than what was filled: what buys coins at market is, unless it says otherwise. */
function mayBeInQuote({ instType, ordType, side, tgtCcy }: OrderPayload): boolean {
  if (tgtCcy !== '') return tgtCcy === 'quote_ccy'
  return (instType === 'SPOT' || instType === 'MARGIN') && ordType === 'market' && side === 'buy'
}

function toTgtCcy(text: string): TgtCcy | null {
  return text === 'base_ccy' || text === 'quote_ccy' ? text : null
}
