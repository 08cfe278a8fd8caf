import type { Decimal } from 'decimal.js'
import type { AnyInstType } from './account.js'
import type { OrderSide } from './tradeMode.js'

export type OrderState = 'live' | 'partially_filled' | 'filled' | 'canceled' | 'mmp_canceled'

/** An order as the exchange knows it. Times are epoch ms; sizes contracts for swaps, base currency for spot unless `tgtCcy` says quote. */
export interface ExchangeOrder {
  instType: AnyInstType
  instId: string
  ordId: string
  /** Ours; empty where the order was placed without one. */
  clOrdId: string
  tag: string
  tdMode: string
  side: OrderSide
  posSide: 'net' | 'long' | 'short' | null
  ordType: string
  sz: Decimal
  px: Decimal | null
  tgtCcy: TgtCcy | null
  isReduceOnly: boolean
  lever: Decimal | null
  state: OrderState
  /** Contracts; base currency for spot, whatever `tgtCcy` says. */
  accFillSz: Decimal
  /** Null while nothing is filled. */
  avgPx: Decimal | null
  /** Of all fills, in `feeCcy`; below zero is paid. */
  fee: Decimal
  feeCcy: string
  rebate: Decimal
  rebateCcy: string
  pnl: Decimal | null
  /** `normal`, or what forced it: full_liquidation, partial_liquidation, adl, delivery. */
  category: string
  cancelSource: string
  /** The algo order that it came from; empty for none. */
  algoId: string
  algoClOrdId: string
  attached: readonly AttachedAlgo[]
  cTime: number
  uTime: number
}

export type TgtCcy = 'base_ccy' | 'quote_ccy'

/** A stop or target that comes to life once its order is filled, or the code of why it could not. */
export interface AttachedAlgo {
  attachAlgoId: string
  attachAlgoClOrdId: string
  tpTriggerPx: Decimal | null
  /** -1 is at market. */
  tpOrdPx: Decimal | null
  slTriggerPx: Decimal | null
  slOrdPx: Decimal | null
  sz: Decimal | null
  failCode: string
  failReason: string
}

/** One trade of an order. */
export interface Fill {
  instType: AnyInstType
  instId: string
  tradeId: string
  ordId: string
  clOrdId: string
  /** What fills are paged by. */
  billId: string
  tag: string
  fillPx: Decimal
  /** Contracts; base currency for spot. */
  fillSz: Decimal
  side: OrderSide
  posSide: 'net' | 'long' | 'short' | null
  /** Null where the exchange does not say. */
  liquidity: 'maker' | 'taker' | null
  /** In `feeCcy`; below zero is paid. */
  fee: Decimal
  feeCcy: string
  fillPnl: Decimal | null
  /** When it was traded. */
  fillTime: number
}

export const algoOrdTypes = ['conditional', 'oco', 'trigger', 'move_order_stop'] as const
export type AlgoOrdType = (typeof algoOrdTypes)[number]
export type AlgoState =
  | 'live'
  | 'pause'
  | 'partially_effective'
  | 'effective'
  | 'canceled'
  | 'order_failed'
  | 'partially_failed'

/** An order that waits for a price. Triggered, it becomes an order of its own (`ordId`). */
export interface AlgoOrder {
  instType: AnyInstType
  instId: string
  algoId: string
  algoClOrdId: string
  ordId: string
  tag: string
  tdMode: string
  side: OrderSide
  posSide: 'net' | 'long' | 'short' | null
  ordType: AlgoOrdType
  /** Null where it closes a fraction of the position. */
  sz: Decimal | null
  closeFraction: Decimal | null
  state: AlgoState
  /** Null where the exchange does not say. */
  isReduceOnly: boolean | null
  tpTriggerPx: Decimal | null
  /** -1 is at market. */
  tpOrdPx: Decimal | null
  slTriggerPx: Decimal | null
  slOrdPx: Decimal | null
  triggerPx: Decimal | null
  ordPx: Decimal | null
  callbackRatio: Decimal | null
  callbackSpread: Decimal | null
  activePx: Decimal | null
  moveTriggerPx: Decimal | null
  failCode: string
  triggerTime: number | null
  cTime: number
  uTime: number
}

/** Coins or money that a spot trade brought, in `ccy`, its fee taken off where it is charged in the same: a buy brings less than it filled. */
export function receivedOf(trade: {
  side: OrderSide
  /** Base currency. */
  sz: Decimal
  px: Decimal
  fee: Decimal
  feeCcy: string
  baseCcy: string
  quoteCcy: string
}): { ccy: string; amount: Decimal } {
  const { side, sz, px, fee, feeCcy, baseCcy, quoteCcy } = trade
  const [ccy, amount] = side === 'buy' ? [baseCcy, sz] : [quoteCcy, sz.mul(px)]
  return { ccy, amount: feeCcy === ccy ? amount.plus(fee) : amount }
}
