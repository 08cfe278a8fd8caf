/** Not carried out, for certain. */
export interface Refused {
  readonly outcome: 'refused'
  /**
   * What may be done: nothing but ask differently (`refused`), the same again a little later (`retry`, `resyncClock`), or
   * first mend key or settings (`config`).
   */
  readonly kind: 'refused' | 'retry' | 'resyncClock' | 'config'
  /** OKX's, without sub-code, or one of ours (`limits`, `late`: it was not sent). */
  readonly code: string
  /** Fluent id of the reason; it takes `code`. */
  readonly reasonId: string
  /** The exchange's own words, for the log. */
  readonly message: string
}

/** It may have been carried out, in whole or in part: look it up by its id, never send it again. */
export interface Unknown {
  readonly outcome: 'unknown'
  readonly code: string
  readonly reasonId: string
  readonly message: string
}

/** What became of a request that moves money. */
export type Outcome<Accepted> = (Accepted & { readonly outcome: 'accepted' }) | Refused | Unknown

export type OrderOutcome = Outcome<{ readonly ordId: string; readonly clOrdId: string }>
export type AlgoOutcome = Outcome<{ readonly algoId: string; readonly algoClOrdId: string }>
/** OKX tells no order id of what closes a position. */
export type CloseOutcome = Outcome<{ readonly clOrdId: string }>
