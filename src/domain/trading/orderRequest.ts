import type { Decimal } from 'decimal.js'
import type { MgnMode, OrderSide, PosSide, TdMode } from './tradeMode.js'

/** Terms that `tradeTermsOf` makes, and the name that the intent gives. */
interface RequestTerms {
  instId: string
  tdMode: TdMode
  side: OrderSide
  posSide?: PosSide
  reduceOnly?: true
  /** Of a margin order: the currency of the margin. */
  ccy?: string
}

/** When a stop or target comes to life, and the limit that it then orders at; without one it orders at market. */
export interface Trigger {
  triggerPx: Decimal
  /** `last` if not given, and the only one for spot. */
  triggerPxType?: 'last' | 'index' | 'mark'
  ordPx?: Decimal
}

export interface AttachedRequest {
  attachAlgoClOrdId: string
  takeProfit?: Trigger
  stopLoss?: Trigger
}

interface BaseOrderRequest extends RequestTerms {
  /** 32 alphanumerics of the intent. */
  clOrdId: string
  attached?: readonly AttachedRequest[]
}

/** `sz` in the currency of `tgtCcy`, which spot market orders always name. */
export interface SpotMarketRequest extends BaseOrderRequest {
  instType: 'SPOT'
  ordType: 'market'
  tgtCcy: 'base_ccy' | 'quote_ccy'
  sz: Decimal
}

/** `sz` in contracts. */
export interface SwapMarketRequest extends BaseOrderRequest {
  instType: 'SWAP'
  ordType: 'market' | 'optimal_limit_ioc'
  sz: Decimal
}

/** `sz` in contracts for swaps, base currency for spot. */
export interface LimitRequest extends BaseOrderRequest {
  instType: 'SPOT' | 'SWAP'
  ordType: 'limit' | 'post_only' | 'fok' | 'ioc'
  sz: Decimal
  px: Decimal
}

/** An order to place. */
export type OrderRequest = SpotMarketRequest | SwapMarketRequest | LimitRequest

interface BaseAlgoRequest extends RequestTerms {
  instType: 'SPOT' | 'SWAP'
  algoClOrdId: string
  /** How much, or all of the position. */
  size: { sz: Decimal } | { closeFraction: 'all' }
  /** Goes with the position that it protects; asks for `reduceOnly`. */
  cxlOnClosePos?: true
  /** Of spot, but for `trigger`, which OKX takes without. */
  tgtCcy?: 'base_ccy' | 'quote_ccy'
}

/** One stop or one target: of two, OKX would drop the target in net mode, so `oco` is for those. */
export type ConditionalRequest = BaseAlgoRequest & { ordType: 'conditional' } & (
    | { stopLoss: Trigger; takeProfit?: never }
    | { takeProfit: Trigger; stopLoss?: never }
  )

export type OcoRequest = BaseAlgoRequest & { ordType: 'oco'; stopLoss: Trigger; takeProfit: Trigger }

export type TriggerRequest = BaseAlgoRequest & {
  ordType: 'trigger'
  trigger: Trigger
  attached?: readonly AttachedRequest[]
}

/** A stop that follows the best price at a distance, from `activePx` on (at once without one). */
export type TrailingRequest = BaseAlgoRequest & {
  ordType: 'move_order_stop'
  /** A fraction of the price (0.05 is 5 %), or an amount of it. */
  callback: { ratio: Decimal } | { spread: Decimal }
  activePx?: Decimal
}

/** An algo order to place. */
export type AlgoRequest = ConditionalRequest | OcoRequest | TriggerRequest | TrailingRequest

/** An order as either of its ids names it. */
export type OrderKey = { instId: string } & ({ ordId: string } | { clOrdId: string })

/** A new size (with what is filled already) or price of an order. */
export type AmendRequest = OrderKey & {
  newSz?: Decimal
  newPx?: Decimal
  /** Cancels it where it cannot be amended. */
  cxlOnFail?: boolean
}

export type AlgoKey = { instId: string } & ({ algoId: string } | { algoClOrdId: string })

/** New terms of a conditional, oco or trigger order; a trailing stop takes none. */
export type AmendAlgoRequest = AlgoKey & {
  newSz?: Decimal
  takeProfit?: Trigger
  stopLoss?: Trigger
}

/** Closes all of a position at market, and cancels what would close it before. */
export interface ClosePositionRequest {
  instId: string
  mgnMode: MgnMode
  /** In long/short mode. */
  posSide?: PosSide
  clOrdId: string
}
