import type { Quote, Traded } from '../quotes.js'
import type { Desk } from './desk.js'

/** A slice of time in which the market acts: what was traded after `from` and by `to`, and how it stands at `to`. */
export interface Moment {
  readonly from: number
  readonly to: number
  quote(instId: string): Quote | null
  /** What counts for someone who has been waiting only since `since`. */
  traded(instId: string, since: number): Traded | null
  /** What was traded from so long before the slice to its end. */
  tradedAround(instId: string, beforeMs: number): Traded | null
}

/** Asks for each thing once only: many orders wait for the same prices. */
export function createMoment({ quotes }: Desk, from: number, to: number): Moment {
  const known = new Map<string, Quote | null>()
  const tradedOf = new Map<string, Traded | null>()
  const tradedAfter = (instId: string, start: number) => {
    const key = `${instId} ${start}`
    const found = tradedOf.get(key)
    if (found !== undefined) return found
    const traded = quotes.traded(instId, start, to)
    tradedOf.set(key, traded)
    return traded
  }
  return {
    from,
    to,
    quote(instId) {
      const found = known.get(instId)
      if (found !== undefined) return found
      const quote = quotes.quote(instId, to)
      known.set(instId, quote)
      return quote
    },
    traded(instId, since) {
      const start = Math.max(from, since)
      return start >= to ? null : tradedAfter(instId, start)
    },
    tradedAround: (instId, beforeMs) => tradedAfter(instId, from - beforeMs),
  }
}
