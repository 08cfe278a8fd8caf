import type { Decimal } from 'decimal.js'
import type { Instrument } from '../domain/instrument.js'
import type { Tier } from '../domain/trading/margin.js'

/** A price and how much is offered there: base currency for spot, contracts for swaps. */
export interface Level {
  px: Decimal
  sz: Decimal
}

/** The market as a trader meets it at one moment. */
export interface Quote {
  ts: number
  last: Decimal
  markPx: Decimal
  /** Best first; as deep as the source knows. */
  bids: readonly Level[]
  asks: readonly Level[]
}

/** What has been traded between two moments, for orders that rest in the book and for triggers. */
export interface Traded {
  high: Decimal
  low: Decimal
  /** Base currency for spot, contracts for swaps. */
  volume: Decimal
}

/**
 * The prices that the venue fills against: the simulated market's (a pure function of time), or OKX's as they come in.
 * Null where there is no price that can be trusted: then nothing is filled, triggered or liquidated. The venue asks for the
 * moments of requests, and for whole seconds that have passed since it was last advanced, in their order.
 */
export interface Quotes {
  readonly instruments: readonly Instrument[]
  /** A swap's position tiers, smallest first. */
  tiers(instId: string): readonly Tier[]
  quote(instId: string, now: number): Quote | null
  /** What was traded after `fromTs` and by `toTs`; null for nothing. */
  traded(instId: string, fromTs: number, toTs: number): Traded | null
  /** Settlements of a swap's funding after `fromTs` and by `toTs`, oldest first, with the mark price then. */
  funding(
    instId: string,
    fromTs: number,
    toTs: number,
  ): readonly { fundingTime: number; rate: Decimal; markPx: Decimal }[]
}
