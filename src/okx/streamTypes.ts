import type { Decimal } from 'decimal.js'

/** Why what a stream knows cannot be trusted. `refused`: for good. */
export type GapReason =
  | 'starting'
  | 'disconnected'
  | 'silent'
  | 'unsubscribed'
  | 'malformed'
  | 'missed'
  | 'refused'
  | 'closed'

/** What a stream knows at a moment, and whether it may be acted on. */
export interface Reading<Value> {
  value: Value
  /** When its newest part came in, epoch ms by our clock; null before the first. */
  receivedAt: number | null
  isStale: boolean
  /** Since when, epoch ms by our clock, and why. Null where it is not stale. */
  staleSince: number | null
  reason: GapReason | null
}

/** A currency of the account; null is what the account's mode does not know. */
export interface CurrencyBalance {
  ccy: string
  eq: Decimal
  cashBal: Decimal
  availBal: Decimal | null
  availEq: Decimal | null
  frozenBal: Decimal | null
  ordFrozen: Decimal | null
  upl: Decimal | null
  eqUsd: Decimal | null
  disEq: Decimal | null
  uTime: number
}

/** The whole account, in USD. */
export interface AccountTotals {
  totalEq: Decimal | null
  adjEq: Decimal | null
  imr: Decimal | null
  mmr: Decimal | null
  mgnRatio: Decimal | null
  uTime: number
}

export interface AccountBalance extends AccountTotals {
  details: readonly CurrencyBalance[]
}

export interface Position {
  posId: string
  instId: string
  instType: string
  mgnMode: string
  posSide: string
  /** Contracts; in net mode the sign is the side. */
  pos: Decimal
  avgPx: Decimal | null
  markPx: Decimal | null
  /** Null while far away. */
  liqPx: Decimal | null
  lever: Decimal | null
  upl: Decimal | null
  uplRatio: Decimal | null
  margin: Decimal | null
  imr: Decimal | null
  mmr: Decimal | null
  mgnRatio: Decimal | null
  notionalUsd: Decimal | null
  bePx: Decimal | null
  pnl: Decimal | null
  fee: Decimal | null
  fundingFee: Decimal | null
  liqPenalty: Decimal | null
  realizedPnl: Decimal | null
  ccy: string
  cTime: number | null
  /** Of its last change by a trade or the like; marks go on without it. */
  uTime: number | null
  /** When it was pushed; null where it was not, or it is not said. */
  pTime: number | null
}

export interface Order {
  ordId: string
  clOrdId: string
  instId: string
  instType: string
  tdMode: string
  side: 'buy' | 'sell'
  posSide: string
  ordType: string
  sz: Decimal
  px: Decimal | null
  tgtCcy: string
  isReduceOnly: boolean
  state: 'live' | 'partially_filled' | 'filled' | 'canceled' | 'mmp_canceled'
  accFillSz: Decimal
  avgPx: Decimal | null
  /** Negative: paid. */
  fee: Decimal | null
  feeCcy: string
  pnl: Decimal | null
  category: string
  cancelSource: string
  algoId: string
  algoClOrdId: string
  cTime: number
  uTime: number
}

/** One trade of an order. */
export interface OrderFill {
  tradeId: string
  fillPx: Decimal
  fillSz: Decimal
  /** Negative: paid. */
  fillFee: Decimal | null
  fillFeeCcy: string
  execType: string
  fillTime: number | null
}

/** What was told of an order: what is known of it now, and the trade that it was about if it was. */
export interface OrderUpdate {
  order: Order
  fill: OrderFill | null
  /** It was filled by more than the fills that were told: read its fills. */
  isMissingFills: boolean
  /** A refusal that came with it (of an amendment, say): OKX's code; null for none. */
  failCode: string | null
  isStale: boolean
}

export interface AlgoOrder {
  algoId: string
  algoClOrdId: string
  ordId: string
  instId: string
  instType: string
  tdMode: string
  side: 'buy' | 'sell'
  posSide: string
  ordType: string
  sz: Decimal | null
  state: 'live' | 'pause' | 'partially_effective' | 'effective' | 'canceled' | 'order_failed' | 'partially_failed'
  tpTriggerPx: Decimal | null
  tpOrdPx: Decimal | null
  slTriggerPx: Decimal | null
  slOrdPx: Decimal | null
  triggerPx: Decimal | null
  ordPx: Decimal | null
  callbackRatio: Decimal | null
  callbackSpread: Decimal | null
  activePx: Decimal | null
  moveTriggerPx: Decimal | null
  actualSz: Decimal | null
  actualPx: Decimal | null
  actualSide: string
  failCode: string
  triggerTime: number | null
  cTime: number
  /** Of its last change, or of the push where that is all that is said; null where nothing is. */
  uTime: number | null
}

export interface MarkPrice {
  instId: string
  markPx: Decimal
  ts: number
}
