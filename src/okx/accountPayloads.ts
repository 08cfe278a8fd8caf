import { type Static, Type } from 'typebox'

// The signed half's payloads, for reading them (client) and for writing them (simulator). What nobody reads is not listed;
// what OKX adds later is let through.
const epochMs = Type.String({ pattern: '^\\d{1,15}$' })
const epochMsOrEmpty = Type.String({ pattern: '^\\d{0,15}$' })
const signed = Type.String({ pattern: '^-?\\d+(\\.\\d+)?$' })
const signedOrEmpty = Type.String({ pattern: '^(-?\\d+(\\.\\d+)?)?$' })
const name = Type.String({ minLength: 1 })
const text = Type.String()
const instType = Type.Enum(['SPOT', 'SWAP', 'MARGIN', 'FUTURES', 'OPTION'])
const side = Type.Enum(['buy', 'sell'])
const posSide = Type.Enum(['net', 'long', 'short', ''])
const mgnMode = Type.Enum(['cross', 'isolated', ''])

/** GET account/config. `acctLv` 1 spot, 2 futures, 3 multi-currency, 4 portfolio; `perm` a comma list. */
export const AccountConfigPayload = Type.Object({
  uid: name,
  mainUid: name,
  acctLv: Type.Enum(['1', '2', '3', '4']),
  posMode: Type.Enum(['net_mode', 'long_short_mode']),
  perm: text,
  /** Addresses that the key is bound to, a comma list; empty where to none. */
  ip: text,
  /** VIP level, `Lv1`. */
  level: text,
  ctIsoMode: text,
  label: text,
})
export type AccountConfigPayload = Static<typeof AccountConfigPayload>

/** One currency of GET account/balance and channel `account`. */
export const BalanceDetailPayload = Type.Object({
  ccy: name,
  eq: signed,
  cashBal: signed,
  availBal: signedOrEmpty,
  /** Empty in spot mode. */
  availEq: signedOrEmpty,
  frozenBal: signedOrEmpty,
  ordFrozen: signedOrEmpty,
  upl: signedOrEmpty,
  eqUsd: signedOrEmpty,
  disEq: signedOrEmpty,
  uTime: epochMs,
})
export type BalanceDetailPayload = Static<typeof BalanceDetailPayload>

/** GET account/balance and channel `account`; what a mode does not know is empty. */
export const BalancePayload = Type.Object({
  uTime: epochMs,
  totalEq: signedOrEmpty,
  adjEq: signedOrEmpty,
  imr: signedOrEmpty,
  mmr: signedOrEmpty,
  mgnRatio: signedOrEmpty,
  details: Type.Array(BalanceDetailPayload),
})
export type BalancePayload = Static<typeof BalancePayload>

/** GET account/positions and channel `positions`. In net mode the sign of `pos` is the side. */
export const PositionPayload = Type.Object({
  posId: name,
  instId: name,
  instType,
  mgnMode,
  posSide,
  pos: signed,
  avgPx: signedOrEmpty,
  markPx: signedOrEmpty,
  /** Empty while far away. */
  liqPx: signedOrEmpty,
  lever: signedOrEmpty,
  upl: signedOrEmpty,
  uplRatio: signedOrEmpty,
  /** Isolated only. */
  margin: signedOrEmpty,
  /** Cross only. */
  imr: signedOrEmpty,
  mmr: signedOrEmpty,
  mgnRatio: signedOrEmpty,
  notionalUsd: signedOrEmpty,
  adl: text,
  bePx: signedOrEmpty,
  pnl: signedOrEmpty,
  fee: signedOrEmpty,
  fundingFee: signedOrEmpty,
  liqPenalty: signedOrEmpty,
  realizedPnl: signedOrEmpty,
  ccy: text,
  cTime: epochMsOrEmpty,
  uTime: epochMsOrEmpty,
})
export type PositionPayload = Static<typeof PositionPayload>

/** POST account/set-leverage. */
export const LeveragePayload = Type.Object({ instId: text, mgnMode: name, posSide, lever: signed })
export type LeveragePayload = Static<typeof LeveragePayload>

/** POST account/set-position-mode. */
export const PositionModePayload = Type.Object({ posMode: name })
export type PositionModePayload = Static<typeof PositionModePayload>

/** GET account/max-size: contracts for swaps; for spot `maxBuy` in base, `maxSell` (as documented) in quote currency. */
export const MaxSizePayload = Type.Object({ instId: name, ccy: text, maxBuy: signedOrEmpty, maxSell: signedOrEmpty })
export type MaxSizePayload = Static<typeof MaxSizePayload>

/** GET account/trade-fee. Rates are negative where one pays. */
export const TradeFeePayload = Type.Object({
  instType,
  level: text,
  feeGroup: Type.Array(Type.Object({ groupId: name, maker: signed, taker: signed })),
  ts: epochMs,
})
export type TradeFeePayload = Static<typeof TradeFeePayload>

/** An element of the answer to trade/order, batch-orders, amend-order, cancel-order and cancel-batch-orders. */
export const OrderReplyPayload = Type.Object({
  ordId: text,
  clOrdId: text,
  sCode: name,
  sMsg: text,
  subCode: Type.Optional(text),
  tag: Type.Optional(text),
  ts: Type.Optional(text),
})
export type OrderReplyPayload = Static<typeof OrderReplyPayload>

/** Of trade/order-algo, cancel-algos and amend-algos. */
export const AlgoReplyPayload = Type.Object({
  algoId: text,
  algoClOrdId: Type.Optional(text),
  sCode: name,
  sMsg: text,
  subCode: Type.Optional(text),
  tag: Type.Optional(text),
})
export type AlgoReplyPayload = Static<typeof AlgoReplyPayload>

/** POST trade/close-position: no order id and no `sCode`. */
export const ClosePositionPayload = Type.Object({ instId: name, posSide, clOrdId: text, tag: Type.Optional(text) })
export type ClosePositionPayload = Static<typeof ClosePositionPayload>

/** POST trade/cancel-all-after; `triggerTime` "0": off. */
export const CancelAllAfterPayload = Type.Object({ triggerTime: name, tag: text, ts: epochMs })
export type CancelAllAfterPayload = Static<typeof CancelAllAfterPayload>

export const orderStates = ['live', 'partially_filled', 'filled', 'canceled', 'mmp_canceled'] as const

/** A stop or target that comes to life with its parent's fill. */
export const AttachedAlgoPayload = Type.Object({
  attachAlgoId: text,
  attachAlgoClOrdId: text,
  tpTriggerPx: signedOrEmpty,
  tpOrdPx: signedOrEmpty,
  tpTriggerPxType: text,
  slTriggerPx: signedOrEmpty,
  slOrdPx: signedOrEmpty,
  slTriggerPxType: text,
  sz: signedOrEmpty,
  failCode: text,
  failReason: text,
})
export type AttachedAlgoPayload = Static<typeof AttachedAlgoPayload>

const order = {
  instType,
  instId: name,
  ordId: name,
  clOrdId: text,
  tag: text,
  tdMode: name,
  side,
  posSide,
  ordType: name,
  sz: signed,
  px: signedOrEmpty,
  tgtCcy: text,
  reduceOnly: text,
  lever: signedOrEmpty,
  state: Type.Enum([...orderStates]),
  accFillSz: signedOrEmpty,
  avgPx: signedOrEmpty,
  /** Of all fills; negative: paid. In `feeCcy`. */
  fee: signedOrEmpty,
  feeCcy: text,
  rebate: signedOrEmpty,
  rebateCcy: text,
  pnl: signedOrEmpty,
  fillPx: signedOrEmpty,
  fillSz: signedOrEmpty,
  fillTime: epochMsOrEmpty,
  tradeId: text,
  /** `normal`, or what forced it: full_liquidation, partial_liquidation, adl, delivery. */
  category: text,
  cancelSource: text,
  /** The algo order that it came from. */
  algoId: text,
  algoClOrdId: text,
  attachAlgoOrds: Type.Array(AttachedAlgoPayload),
  cTime: epochMs,
  uTime: epochMs,
}

/** GET trade/order, orders-pending, orders-history and orders-history-archive. */
export const OrderPayload = Type.Object(order)
export type OrderPayload = Static<typeof OrderPayload>

/** Channel `orders`: an order, and the fill or amendment that the push is about. */
export const OrderPushPayload = Type.Object({
  ...order,
  /** Of this push's fill, as `fee` is of all. */
  fillFee: signedOrEmpty,
  fillFeeCcy: text,
  /** `T` taker, `M` maker. */
  execType: text,
  code: text,
  msg: text,
  amendResult: text,
  reqId: text,
})
export type OrderPushPayload = Static<typeof OrderPushPayload>

/** GET trade/fills and fills-history, paged by `billId`. */
export const FillPayload = Type.Object({
  instType,
  instId: name,
  tradeId: name,
  ordId: name,
  clOrdId: text,
  billId: name,
  tag: text,
  fillPx: signed,
  fillSz: signed,
  fillPnl: signedOrEmpty,
  side,
  posSide,
  execType: text,
  fee: signedOrEmpty,
  feeCcy: text,
  ts: epochMs,
  fillTime: epochMsOrEmpty,
})
export type FillPayload = Static<typeof FillPayload>

export const algoStates = [
  'live',
  'pause',
  'partially_effective',
  'effective',
  'canceled',
  'order_failed',
  'partially_failed',
] as const

/** GET trade/orders-algo-pending, orders-algo-history and channel `orders-algo`. */
export const AlgoOrderPayload = Type.Object({
  instType,
  instId: name,
  algoId: name,
  algoClOrdId: text,
  /** The order that it became, once triggered. */
  ordId: text,
  tag: text,
  tdMode: name,
  side,
  posSide,
  /** conditional, oco, trigger, move_order_stop. */
  ordType: name,
  sz: signedOrEmpty,
  closeFraction: signedOrEmpty,
  state: Type.Enum([...algoStates]),
  reduceOnly: text,
  tpTriggerPx: signedOrEmpty,
  tpTriggerPxType: text,
  tpOrdPx: signedOrEmpty,
  slTriggerPx: signedOrEmpty,
  slTriggerPxType: text,
  slOrdPx: signedOrEmpty,
  triggerPx: signedOrEmpty,
  triggerPxType: text,
  ordPx: signedOrEmpty,
  callbackRatio: signedOrEmpty,
  callbackSpread: signedOrEmpty,
  activePx: signedOrEmpty,
  moveTriggerPx: signedOrEmpty,
  actualSide: text,
  actualSz: signedOrEmpty,
  actualPx: signedOrEmpty,
  failCode: text,
  triggerTime: epochMsOrEmpty,
  cTime: epochMs,
  uTime: epochMs,
})
export type AlgoOrderPayload = Static<typeof AlgoOrderPayload>

/** GET public/mark-price and channel `mark-price`. */
export const MarkPricePayload = Type.Object({ instId: name, instType, markPx: signed, ts: epochMs })
export type MarkPricePayload = Static<typeof MarkPricePayload>

/** A side of a book: price and size (contracts for swaps), best first; OKX adds two more columns. */
const level = Type.Array(Type.String(), { minItems: 2 })
/** GET market/books and channel `books5`. */
export const BookPayload = Type.Object({ asks: Type.Array(level), bids: Type.Array(level), ts: epochMs })
export type BookPayload = Static<typeof BookPayload>
