import type { TSchema } from 'typebox'
import {
  AccountConfigPayload,
  AlgoOrderPayload,
  AlgoReplyPayload,
  BalancePayload,
  CancelAllAfterPayload,
  ClosePositionPayload,
  FillPayload,
  LeveragePayload,
  MarkPricePayload,
  MaxSizePayload,
  OrderPayload,
  OrderReplyPayload,
  PositionModePayload,
  PositionPayload,
  TradeFeePayload,
} from './accountPayloads.js'
import {
  CandlePayload,
  FundingRatePayload,
  InstrumentPayload,
  PositionTierPayload,
  TickerPayload,
  TimePayload,
} from './payloads.js'

/**
 * What a call does, and so what a failure of it means and what may be done then. `read` is a GET, all others are POSTs;
 * `set` leaves the same behind however often it is sent.
 */
export type Effect = 'read' | 'set' | 'create' | 'amend' | 'cancel'

interface AnyEndpoint {
  path: string
  /** OKX's documented limit: this many requests (of batches: orders) in any two seconds … */
  requestsPer2s: number
  /** … counted for the address alone or with this parameter, or for the account alone or with each instrument. */
  scope: 'ip' | 'instType' | 'instId' | 'user' | 'userInst'
  /** One element of the answer's `data`. */
  row: TSchema
  isSigned?: true
  /** Of batches: the call whose limit a batch of one counts for. */
  oneCountsAs?: string
  /** Its orders count for the ceiling of new and amended orders of an account. */
  isCounted?: true
  /** Takes `expTime`, after which OKX is to refuse it. */
  expires?: true
}

/** Every call that creates an order takes the broker tag, and gets it where it is sent; others may take it as a filter. */
type Endpoint = AnyEndpoint &
  ({ effect: 'create'; isTagged: true } | { effect: Exclude<Effect, 'create'>; isTagged?: true })

const read = 'read' as const
const signed = { isSigned: true } as const
const creates = { effect: 'create', isTagged: true, isSigned: true } as const

/** Every call the client makes, once. */
export const endpoints = {
  time: { path: '/api/v5/public/time', effect: read, requestsPer2s: 10, scope: 'ip', row: TimePayload },
  instruments: {
    path: '/api/v5/public/instruments',
    effect: read,
    requestsPer2s: 20,
    scope: 'instType',
    row: InstrumentPayload,
  },
  ticker: { path: '/api/v5/market/ticker', effect: read, requestsPer2s: 20, scope: 'ip', row: TickerPayload },
  tickers: { path: '/api/v5/market/tickers', effect: read, requestsPer2s: 20, scope: 'ip', row: TickerPayload },
  candles: { path: '/api/v5/market/candles', effect: read, requestsPer2s: 40, scope: 'ip', row: CandlePayload },
  historyCandles: {
    path: '/api/v5/market/history-candles',
    effect: read,
    requestsPer2s: 20,
    scope: 'ip',
    row: CandlePayload,
  },
  fundingRateHistory: {
    path: '/api/v5/public/funding-rate-history',
    effect: read,
    requestsPer2s: 10,
    scope: 'instId',
    row: FundingRatePayload,
  },
  positionTiers: {
    path: '/api/v5/public/position-tiers',
    effect: read,
    requestsPer2s: 10,
    scope: 'ip',
    row: PositionTierPayload,
  },
  /** The limit is of general knowledge: okx-facts has none. */
  markPrice: {
    path: '/api/v5/public/mark-price',
    effect: read,
    requestsPer2s: 10,
    scope: 'instId',
    row: MarkPricePayload,
  },

  accountConfig: {
    path: '/api/v5/account/config',
    effect: read,
    requestsPer2s: 5,
    scope: 'user',
    row: AccountConfigPayload,
    ...signed,
  },
  balance: {
    path: '/api/v5/account/balance',
    effect: read,
    requestsPer2s: 10,
    scope: 'user',
    row: BalancePayload,
    ...signed,
  },
  positions: {
    path: '/api/v5/account/positions',
    effect: read,
    requestsPer2s: 10,
    scope: 'user',
    row: PositionPayload,
    ...signed,
  },
  setLeverage: {
    path: '/api/v5/account/set-leverage',
    effect: 'set',
    requestsPer2s: 20,
    scope: 'user',
    row: LeveragePayload,
    ...signed,
  },
  setPositionMode: {
    path: '/api/v5/account/set-position-mode',
    effect: 'set',
    requestsPer2s: 5,
    scope: 'user',
    row: PositionModePayload,
    ...signed,
  },
  maxSize: {
    path: '/api/v5/account/max-size',
    effect: read,
    requestsPer2s: 20,
    scope: 'user',
    row: MaxSizePayload,
    ...signed,
  },
  tradeFee: {
    path: '/api/v5/account/trade-fee',
    effect: read,
    requestsPer2s: 5,
    scope: 'user',
    row: TradeFeePayload,
    ...signed,
  },

  placeOrder: {
    path: '/api/v5/trade/order',
    requestsPer2s: 60,
    scope: 'userInst',
    row: OrderReplyPayload,
    isCounted: true,
    expires: true,
    ...creates,
  },
  batchOrders: {
    path: '/api/v5/trade/batch-orders',
    requestsPer2s: 300,
    scope: 'userInst',
    row: OrderReplyPayload,
    oneCountsAs: 'placeOrder',
    isCounted: true,
    expires: true,
    ...creates,
  },
  amendOrder: {
    path: '/api/v5/trade/amend-order',
    effect: 'amend',
    requestsPer2s: 60,
    scope: 'userInst',
    row: OrderReplyPayload,
    isCounted: true,
    expires: true,
    ...signed,
  },
  cancelOrder: {
    path: '/api/v5/trade/cancel-order',
    effect: 'cancel',
    requestsPer2s: 60,
    scope: 'userInst',
    row: OrderReplyPayload,
    ...signed,
  },
  cancelBatchOrders: {
    path: '/api/v5/trade/cancel-batch-orders',
    effect: 'cancel',
    requestsPer2s: 300,
    scope: 'userInst',
    row: OrderReplyPayload,
    oneCountsAs: 'cancelOrder',
    ...signed,
  },
  closePosition: {
    path: '/api/v5/trade/close-position',
    requestsPer2s: 20,
    scope: 'userInst',
    row: ClosePositionPayload,
    ...creates,
  },
  order: {
    path: '/api/v5/trade/order',
    effect: read,
    requestsPer2s: 60,
    scope: 'userInst',
    row: OrderPayload,
    ...signed,
  },
  ordersPending: {
    path: '/api/v5/trade/orders-pending',
    effect: read,
    requestsPer2s: 60,
    scope: 'user',
    row: OrderPayload,
    ...signed,
  },
  ordersHistory: {
    path: '/api/v5/trade/orders-history',
    effect: read,
    requestsPer2s: 40,
    scope: 'user',
    row: OrderPayload,
    ...signed,
  },
  ordersHistoryArchive: {
    path: '/api/v5/trade/orders-history-archive',
    effect: read,
    requestsPer2s: 20,
    scope: 'user',
    row: OrderPayload,
    ...signed,
  },
  fills: { path: '/api/v5/trade/fills', effect: read, requestsPer2s: 60, scope: 'user', row: FillPayload, ...signed },
  fillsHistory: {
    path: '/api/v5/trade/fills-history',
    effect: read,
    requestsPer2s: 10,
    scope: 'user',
    row: FillPayload,
    ...signed,
  },

  placeAlgo: {
    path: '/api/v5/trade/order-algo',
    requestsPer2s: 20,
    scope: 'userInst',
    row: AlgoReplyPayload,
    ...creates,
  },
  cancelAlgos: {
    path: '/api/v5/trade/cancel-algos',
    effect: 'cancel',
    requestsPer2s: 20,
    scope: 'userInst',
    row: AlgoReplyPayload,
    ...signed,
  },
  amendAlgos: {
    path: '/api/v5/trade/amend-algos',
    effect: 'amend',
    requestsPer2s: 20,
    scope: 'userInst',
    row: AlgoReplyPayload,
    ...signed,
  },
  algosPending: {
    path: '/api/v5/trade/orders-algo-pending',
    effect: read,
    requestsPer2s: 20,
    scope: 'user',
    row: AlgoOrderPayload,
    ...signed,
  },
  algosHistory: {
    path: '/api/v5/trade/orders-algo-history',
    effect: read,
    requestsPer2s: 20,
    scope: 'user',
    row: AlgoOrderPayload,
    ...signed,
  },
  /** One a second is documented; one in two seconds keeps to that without a window of its own. */
  cancelAllAfter: {
    path: '/api/v5/trade/cancel-all-after',
    effect: 'set',
    requestsPer2s: 1,
    scope: 'user',
    row: CancelAllAfterPayload,
    isTagged: true,
    ...signed,
  },
} as const satisfies Record<string, Endpoint>

export type EndpointName = keyof typeof endpoints

type WithEffect<Wanted extends Effect> = {
  [Name in EndpointName]: (typeof endpoints)[Name]['effect'] extends Wanted ? Name : never
}[EndpointName]
/** Calls that only look. */
export type ReadName = WithEffect<'read'>
/** Calls that leave a setting behind. */
export type SetName = WithEffect<'set'>
/** Calls about orders, whose answer says of each what became of it. */
export type OrderCallName = WithEffect<'create' | 'amend' | 'cancel'>

/** What is declared of a call. */
export function endpointOf(name: EndpointName): Endpoint {
  return endpoints[name]
}
