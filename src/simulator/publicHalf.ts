import type { Answer, Call } from './answer.js'
import type { Quotes } from './quotes.js'

/** What anyone may read of the exchange: made up, or passed on from OKX. */
export interface PublicHalf {
  /** Names the market that the prices are of. What is kept of one market means nothing in another. */
  readonly market: string
  readonly quotes: Quotes
  /** Null where there is no such path. Throws Refusal. */
  answer(
    call: Pick<Call, 'method' | 'path' | 'search'> & { address: string | null },
    now: number,
  ): Promise<Answer | null>
  /** Fetches what is needed to quote these now. False where one of them cannot be quoted. Throws Refusal. */
  prepare(instIds: readonly string[], now: number): Promise<boolean>
  beat(now: number): void
  /** How often what is asked for over and over may be asked for. */
  readonly pollMs: number
}
