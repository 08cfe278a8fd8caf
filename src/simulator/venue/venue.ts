import type { AlgoOrderPayload, BalancePayload, OrderPushPayload, PositionPayload } from '../../okx/accountPayloads.js'

/** A signed call: what it answers is the rows of `data`. Throws Refusal; single orders are refused within their row (`sCode`). */
export interface VenueRoute {
  requestsPer2s: number
  /** What the documented limit is counted for. */
  scope: 'user' | 'userInst'
  /** For batches: how many requests it counts as. */
  weight?(body: unknown): number
  /** The permission that the key must have. */
  needs: 'read_only' | 'trade'
  answer(uid: string, parameters: URLSearchParams, body: unknown, now: number): VenueAnswer
}

/** `code` "0" all done, "1" all failed, "2" a batch in part; the `data` says the rest. */
export interface VenueAnswer {
  code: '0' | '1' | '2'
  msg: string
  data: readonly unknown[]
}

/** A trailing stop as it is pushed: as documented, with the time of the push in place of that of its last change. */
export type AlgoAdvancePayload = Omit<AlgoOrderPayload, 'uTime'> & { pTime: string }

/** What happened, as the private channels tell it. */
export type VenueEvent = { uid: string } & (
  | { channel: 'orders'; row: OrderPushPayload }
  | { channel: 'positions'; row: PositionPayload }
  | { channel: 'account'; row: BalancePayload }
  | { channel: 'orders-algo'; row: AlgoOrderPayload }
  | { channel: 'algo-advance'; row: AlgoAdvancePayload }
)

export interface VenueAccountTerms {
  acctLv: '1' | '2' | '3'
  posMode: 'net_mode' | 'long_short_mode'
  /** Cash by currency, `{ USDT: '10000' }`. */
  cash: Readonly<Record<string, string>>
  /** As fractions that one pays: `{ maker: '0.0002', taker: '0.0005' }` by instType. */
  fees: Readonly<Record<'SPOT' | 'SWAP', { maker: string; taker: string }>>
}

/** The private half of the exchange: accounts, orders, positions. Pure of clock and I/O: `now` is always given and never goes back. */
export interface Venue {
  openAccount(uid: string, terms: VenueAccountTerms, now: number): void
  /** By `METHOD path`, `POST /api/v5/trade/order`. */
  readonly routes: Readonly<Record<string, VenueRoute>>
  /** Lets the market act up to `now`: fills, triggers, funding, liquidations, dead-man switches. Routes do it by themselves. */
  advance(now: number): void
  /** What happened since it was last asked for, in order. */
  takeEvents(): VenueEvent[]
  /** The rows that a private channel opens with. */
  snapshot(uid: string, channel: 'positions' | 'account', now: number): readonly unknown[]
  /** Everything, as JSON; `restoreVenue` makes the same venue of it. */
  save(): unknown
  /** For faults: forces a position to be liquidated at its mark. */
  liquidate(uid: string, instId: string, now: number): void
  /** For faults: fills this much of a resting order at its price, then no more until `resume`. */
  fillPart(uid: string, clOrdId: string, sz: string, now: number): void
  /** Lets an order that `fillPart` has stopped be filled again. */
  resume(uid: string, clOrdId: string, now: number): void
}
