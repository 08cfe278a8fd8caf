import type { Decimal } from 'decimal.js'
import type { ExchangeOrder, Fill } from '../domain/trading/exchangeOrder.js'

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

/** A trade as it is pushed: fills that are read can be paged by `billId` as well. */
export type OrderFill = Omit<Fill, 'billId'>

/** What was told of an order: what is known of it now, and the trade that it was about if it was. */
export interface OrderUpdate {
  order: ExchangeOrder
  fill: OrderFill | null
  /** It was filled by more than the fills that were told: read its fills. */
  isMissingFills: boolean
  /** A refusal that came with it (of an amendment, say): OKX's code; null for none. */
  failCode: string | null
  isStale: boolean
}

export interface MarkPrice {
  instId: string
  markPx: Decimal
  ts: number
}
