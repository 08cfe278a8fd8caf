import { Decimal } from 'decimal.js'
import type { Position } from '../domain/trading/account.js'
import { type AlgoOrder, algoOrdTypes, type ExchangeOrder } from '../domain/trading/exchangeOrder.js'
import { toPosition } from './accountMappers.js'
import type { MarkPricePayload, OrderPushPayload } from './accountPayloads.js'
import { decimalOrNull, timeOrNull } from './decimalOrNull.js'
import type { Source } from './okxError.js'
import { toAlgoOrder, toExchangeOrder, toOrderFill } from './orderMappers.js'
import type { AlgoPushPayload, PositionPushPayload } from './pushPayloads.js'
import type { MarkPrice, OrderFill } from './streamTypes.js'

/** A position, and when it was pushed: null where REST gave it, or it is not said. */
export interface PositionPush {
  position: Position
  pTime: number | null
}

export function toPositionPush(source: Source, row: PositionPushPayload): PositionPush {
  return { position: toPosition(source, row), pTime: timeOrNull(row.pTime) }
}

/** An order's push, taken apart. */
export interface OrderPush {
  order: ExchangeOrder
  fill: OrderFill | null
  failCode: string | null
}

export function toOrderPush(source: Source, row: OrderPushPayload): OrderPush {
  const { code, tradeId, fillSz, fillFee, fillFeeCcy } = row
  const isOfFill = tradeId !== '' && decimalOrNull(fillSz)?.gt(0) === true
  return {
    order: toExchangeOrder(source, row),
    fill: isOfFill
      ? toOrderFill(source, { ...row, fee: fillFee, feeCcy: fillFeeCcy, fillPnl: '', ts: row.uTime })
      : null,
    failCode: code === '' || code === '0' ? null : code,
  }
}

/** Null for kinds that others place and we do not (icebergs, say): REST is not asked for them either. */
export function toAlgoPush(source: Source, row: AlgoPushPayload): AlgoOrder | null {
  return algoOrdTypes.some((known) => known === row.ordType) ? toAlgoOrder(source, row) : null
}

export function toMarkPrice(_source: Source, row: MarkPricePayload): MarkPrice {
  return { instId: row.instId, markPx: new Decimal(row.markPx), ts: Number(row.ts) }
}
