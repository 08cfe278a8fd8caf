import type { Decimal } from 'decimal.js'
import type { InstType } from '../../domain/instrument.js'
import type { VenueAccountTerms } from './venue.js'

export type TdMode = 'cash' | 'cross' | 'isolated'
export type MgnMode = 'cross' | 'isolated'
export type Side = 'buy' | 'sell'
export type PosSide = 'net' | 'long' | 'short'
export type PxType = 'last' | 'index' | 'mark'
export const ordTypes = ['market', 'limit', 'post_only', 'fok', 'ioc', 'optimal_limit_ioc'] as const
export type OrdType = (typeof ordTypes)[number]
export const algoTypes = ['conditional', 'oco', 'trigger', 'move_order_stop'] as const
export type AlgoType = (typeof algoTypes)[number]

/** A price that sets something off, and the price of the order that follows; null: at market. */
export interface Leg {
  triggerPx: Decimal
  pxType: PxType
  ordPx: Decimal | null
  /** Goes off at the trigger price or above; else at it or below. */
  rises: boolean
}

/** A stop and target that wait for their order to be filled. */
export interface Attached {
  attachAlgoId: string
  attachAlgoClOrdId: string
  tp: Leg | null
  sl: Leg | null
  failCode: string
  failReason: string
}

/** One fill. Sizes are base currency for spot, contracts for swaps; a fee that was paid is negative. */
export interface Fill {
  billId: string
  tradeId: string
  ordId: string
  clOrdId: string
  tag: string
  instId: string
  instType: InstType
  side: Side
  posSide: PosSide
  px: Decimal
  sz: Decimal
  pnl: Decimal
  fee: Decimal
  feeCcy: string
  /** Taker or maker. */
  execType: 'T' | 'M'
  ts: number
}

export interface Order {
  ordId: string
  clOrdId: string
  tag: string
  instId: string
  instType: InstType
  tdMode: TdMode
  side: Side
  posSide: PosSide
  ordType: OrdType
  /** Quote currency where `tgtCcy` is quote_ccy. */
  sz: Decimal
  px: Decimal | null
  tgtCcy: '' | 'base_ccy' | 'quote_ccy'
  reduceOnly: boolean
  lever: Decimal | null
  state: 'live' | 'partially_filled' | 'filled' | 'canceled'
  accFillSz: Decimal
  avgPx: Decimal | null
  fee: Decimal
  feeCcy: string
  pnl: Decimal
  lastFill: Fill | null
  category: 'normal' | 'full_liquidation'
  cancelSource: string
  algoId: string
  algoClOrdId: string
  attached: Attached[]
  /** Stopped by `fillPart`. */
  held: boolean
  /** Trades after this moment count for it. */
  activeTs: number
  cTime: number
  uTime: number
}

export interface Trail {
  /** One of both. */
  ratio: Decimal | null
  spread: Decimal | null
  activePx: Decimal | null
  /** Whether the activation price is above the price at the time of order. */
  rises: boolean
  active: boolean
  /** The best price since it became active. */
  extreme: Decimal | null
}

export interface Algo {
  algoId: string
  algoClOrdId: string
  tag: string
  instId: string
  instType: InstType
  tdMode: TdMode
  side: Side
  posSide: PosSide
  ordType: AlgoType
  /** Null: the whole position. */
  sz: Decimal | null
  tgtCcy: '' | 'base_ccy' | 'quote_ccy'
  reduceOnly: boolean
  cxlOnClosePos: boolean
  tp: Leg | null
  sl: Leg | null
  trigger: Leg | null
  trail: Trail | null
  attached: Attached[]
  state: 'live' | 'effective' | 'canceled' | 'order_failed'
  ordId: string
  actualSide: '' | 'tp' | 'sl'
  actualSz: Decimal | null
  actualPx: Decimal | null
  failCode: string
  triggerTime: number | null
  activeTs: number
  cTime: number
  uTime: number
}

export interface Position {
  posId: string
  instId: string
  mgnMode: MgnMode
  posSide: PosSide
  /** Contracts, negative where short, in every mode. */
  pos: Decimal
  avgPx: Decimal
  lever: Decimal
  /** Of an isolated position; 0 for cross. */
  margin: Decimal
  /** The last mark that was seen, for when there is none to be had. */
  markPx: Decimal
  pnl: Decimal
  fee: Decimal
  fundingFee: Decimal
  liqPenalty: Decimal
  /** Settlements after this moment are still to be paid. */
  fundedTs: number
  cTime: number
  uTime: number
}

/** What is kept of an account. Orders, fills and algo orders are oldest first. */
export interface AccountRecord {
  uid: string
  acctLv: VenueAccountTerms['acctLv']
  posMode: VenueAccountTerms['posMode']
  /** As fractions that one pays. */
  fees: Record<InstType, { maker: Decimal; taker: Decimal }>
  cash: Map<string, Decimal>
  /** By `positionKey`. */
  positions: Map<string, Position>
  /** A position's id stays the same when it is opened anew. */
  posIds: Map<string, string>
  /** By `leverKey`. */
  levers: Map<string, Decimal>
  /** When cancel-all-after strikes, by tag; the empty one is for all orders. */
  deadlines: Map<string, number>
  orders: Order[]
  fills: Fill[]
  algos: Algo[]
  uTime: number
}

/** An account with ways to find things in it, which follow from the record. */
export interface Account extends AccountRecord {
  live: Map<string, Order>
  byOrdId: Map<string, Order>
  /** The newest of that name. */
  byClOrdId: Map<string, Order>
  liveAlgos: Map<string, Algo>
  byAlgoId: Map<string, Algo>
  byAlgoClOrdId: Map<string, Algo>
}

export const positionKey = (instId: string, mgnMode: MgnMode, posSide: PosSide) => `${instId} ${mgnMode} ${posSide}`

/** Leverage is an instrument's and margin mode's, and a side's of its own where isolated in long/short mode. */
export function leverKey(instId: string, mgnMode: MgnMode, posSide: PosSide): string {
  return positionKey(instId, mgnMode, mgnMode === 'isolated' ? posSide : 'net')
}

export const isLive = (order: Order) => order.state === 'live' || order.state === 'partially_filled'

/** An account as its record says. */
export function toAccount(record: AccountRecord): Account {
  const account: Account = {
    ...record,
    live: new Map(),
    byOrdId: new Map(),
    byClOrdId: new Map(),
    liveAlgos: new Map(),
    byAlgoId: new Map(),
    byAlgoClOrdId: new Map(),
  }
  for (const order of record.orders) index(account, order)
  for (const algo of record.algos) indexAlgo(account, algo)
  return account
}

export function toRecord(account: Account): AccountRecord {
  const { live, byOrdId, byClOrdId, liveAlgos, byAlgoId, byAlgoClOrdId, ...record } = account
  return record
}

export function index(account: Account, order: Order): void {
  account.byOrdId.set(order.ordId, order)
  if (order.clOrdId !== '') account.byClOrdId.set(order.clOrdId, order)
  if (isLive(order)) account.live.set(order.ordId, order)
}

export function indexAlgo(account: Account, algo: Algo): void {
  account.byAlgoId.set(algo.algoId, algo)
  if (algo.algoClOrdId !== '') account.byAlgoClOrdId.set(algo.algoClOrdId, algo)
  if (algo.state === 'live') account.liveAlgos.set(algo.algoId, algo)
}

/** The positions that an account holds of an instrument. */
export function positionsOf(account: Account, instId: string): Position[] {
  return (['cross', 'isolated'] as const).flatMap((mgnMode) =>
    (['net', 'long', 'short'] as const).flatMap((posSide) => {
      const position = account.positions.get(positionKey(instId, mgnMode, posSide))
      return position ? [position] : []
    }),
  )
}
