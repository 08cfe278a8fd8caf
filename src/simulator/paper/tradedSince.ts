import { Decimal } from 'decimal.js'
import type { CandlePayload } from '../../okx/payloads.js'
import type { Traded } from '../quotes.js'

const keptMs = 600_000
const minuteMs = 60_000
const mostMinutes = 300

/** What was traded between two looks at an instrument's candles of a minute, by the moment of the later look. */
export interface TradedSince {
  /** How many candles the next look must bring to miss none. */
  minutesWanted(now: number): number
  /** Takes in candles (newest first) as they stand at `now`. */
  see(rows: readonly CandlePayload[], now: number): void
  /** After `fromTs` and by `toTs`; null for nothing. */
  between(fromTs: number, toTs: number): Traded | null
}

export function createTradedSince(): TradedSince {
  let seen: CandlePayload | null = null
  let parts: (Traded & { ts: number })[] = []
  /** Up to where it has been asked for: what is seen later must not fall before it, or nobody would ever be told. */
  let toldTs = 0

  return {
    minutesWanted(now) {
      if (!seen) return 1
      return Math.min(mostMinutes, Math.max(2, Math.ceil((now - Number(seen[0])) / minuteMs) + 1))
    },
    see(rows, now) {
      const before = seen
      const unseen = before ? rows.filter(([ts]) => Number(ts) >= Number(before[0])) : []
      seen = rows[0] ?? before
      if (!before) return
      const pieces = unseen.map((row) => (row[0] === before[0] ? grown(before, row) : whole(row)))
      const volume = pieces.reduce((sum, piece) => sum.plus(piece.volume), new Decimal(0))
      if (volume.lte(0)) return
      const ts = Math.max(now, toldTs + 1)
      parts = parts.filter((part) => part.ts > now - keptMs)
      parts.push({ ts, ...joined(pieces.filter((piece) => piece.volume.gt(0))), volume })
    },
    between(fromTs, toTs) {
      toldTs = Math.max(toldTs, toTs)
      const within = parts.filter(({ ts }) => ts > fromTs && ts <= toTs)
      return within.length === 0 ? null : joined(within)
    },
  }
}

/** What was traded in several stretches of time, as one. At least one is needed. */
function joined(parts: readonly Traded[]): Traded {
  return {
    high: Decimal.max(...parts.map(({ high }) => high)),
    low: Decimal.min(...parts.map(({ low }) => low)),
    volume: parts.reduce((sum, { volume }) => sum.plus(volume), new Decimal(0)),
  }
}

function whole(row: CandlePayload): Traded {
  return { high: new Decimal(row[2]), low: new Decimal(row[3]), volume: new Decimal(row[5]) }
}

/** Of the same minute, seen twice. A high that was there before may not have been reached again: then only the closes count. */
function grown(before: CandlePayload, row: CandlePayload): Traded {
  const was = whole(before)
  const is = whole(row)
  const closes = [new Decimal(before[4]), new Decimal(row[4])]
  return {
    high: is.high.gt(was.high) ? is.high : Decimal.max(...closes),
    low: is.low.lt(was.low) ? is.low : Decimal.min(...closes),
    volume: is.volume.minus(was.volume),
  }
}
