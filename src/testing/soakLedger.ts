import type { AlgoOrder, ExchangeOrder } from '../domain/trading/exchangeOrder.js'

/** What became of an intent, as far as it is known. */
type Fate<Taken> =
  | { readonly is: 'sent' }
  | { readonly is: 'refused'; readonly code: string; readonly mayPass: boolean }
  | { readonly is: 'neverAccepted' }
  /** As it was last read. */
  | { readonly is: 'taken'; readonly order: Taken }

/** An intent to trade, noted before anything is sent. */
export interface Entry<Taken = ExchangeOrder> {
  readonly uid: string
  readonly clOrdId: string
  readonly instId: string
  fate: Fate<Taken>
}

/** What a driver knows of its own orders, from the answers to what it asked. */
export interface Ledger {
  readonly orders: Map<string, Entry>
  readonly algos: Map<string, Entry<AlgoOrder>>
  /** Unknown outcomes of what places orders, by code, and what looking them up showed. */
  readonly unknown: { readonly byCode: Map<string, number>; found: number; neverAccepted: number }
  /** Unknown outcomes of amendments and cancels, whose order was read. */
  unknownChanges: number
  /** Orders that the exchange was made to fill in part. */
  parts: number
  /** What should not be, as it was met. */
  readonly problems: string[]
}

export function createLedger(): Ledger {
  return {
    orders: new Map(),
    algos: new Map(),
    unknown: { byCode: new Map(), found: 0, neverAccepted: 0 },
    unknownChanges: 0,
    parts: 0,
    problems: [],
  }
}

/** Throws where the id stands for another intent already. */
export function intend<Taken>(
  entries: Map<string, Entry<Taken>>,
  intent: { uid: string; clOrdId: string; instId: string },
): Entry<Taken> {
  if (entries.has(intent.clOrdId)) throw new Error(`${intent.clOrdId} is of two intents`)
  const entry: Entry<Taken> = { ...intent, fate: { is: 'sent' } }
  entries.set(intent.clOrdId, entry)
  return entry
}

export const ends = ['filled', 'open', 'cancelled', 'refused', 'neverAccepted'] as const
type End = (typeof ends)[number]

/** Exactly one of them; null while it is still not known. */
export function endOf({ fate }: Entry): End | null {
  if (fate.is === 'sent') return null
  if (fate.is !== 'taken') return fate.is
  const { state } = fate.order
  if (state === 'filled') return 'filled'
  return state === 'live' || state === 'partially_filled' ? 'open' : 'cancelled'
}
