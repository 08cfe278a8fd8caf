import { type Bar, barOpen, firstOpenFrom, intervalMs } from '../domain/bars.js'
import { type Candles, candlesFromRows, type TimeRange } from '../domain/candles.js'
import { checkGrid, type PageCandle } from './mappers.js'
import type { CandleQuery, OkxPublic } from './okxClient.js'
import { OkxPayloadError } from './okxError.js'

export interface CandleDownload {
  instId: string
  bar: Bar
  /** What is still missing; a download is resumed by passing what has not been yielded yet. */
  ranges: readonly TimeRange[]
}

/**
 * A piece of a download. All closed candles that the exchange has with `fromTs <= ts < toTs` are in `candles` (oldest
 * first; none at all before the instrument was listed). `done` of `total` bars are settled.
 */
export interface DownloadedPage extends TimeRange {
  candles: Candles
  done: number
  total: number
}

/** `candles` serves the newest so many bars, the forming one among them. */
const tailBars = 1440
const pageLimit = 300

/**
 * Downloads closed candles, newest first, page by page backwards over each range. Candles that have not closed yet, and
 * those of the future, are left out and not counted as settled. Throws as OkxPublic does, and OkxPayloadError if pages
 * are out of order, off the bar's grid, repeated, or not older than asked for.
 */
export async function* downloadCandles(
  okx: Pick<OkxPublic, 'time' | 'candles' | 'historyCandles'>,
  { instId, bar, ranges }: CandleDownload,
  signal?: AbortSignal,
): AsyncGenerator<DownloadedPage, void, undefined> {
  const stepMs = intervalMs(bar)
  const formingTs = barOpen(bar, await okx.time(signal))
  const tailTs = formingTs - (tailBars - 1) * stepMs
  const wanted = ranges
    .map(({ fromTs, toTs }) => ({
      fromTs: firstOpenFrom(bar, fromTs),
      toTs: Math.min(firstOpenFrom(bar, toTs), formingTs),
    }))
    .filter(({ fromTs, toTs }) => fromTs < toTs)
    .sort((a, b) => b.fromTs - a.fromTs)
  const barsIn = ({ fromTs, toTs }: TimeRange) => (toTs - fromTs) / stepMs
  const total = wanted.reduce((sum, range) => sum + barsIn(range), 0)
  let done = 0

  for (const { fromTs, toTs } of wanted) {
    let cursor = toTs
    let source: CandleSource = cursor > tailTs ? 'candles' : 'historyCandles'
    while (cursor > fromTs) {
      const query: CandleQuery = { instId, bar, after: cursor, limit: pageLimit }
      const rows = await okx[source](query, signal)
      checkPage(source, query, rows)
      const oldest = rows.at(-1)
      if (!oldest && source === 'candles') {
        source = 'historyCandles'
        continue
      }
      const next = oldest ? Math.max(oldest.ts, fromTs) : fromTs
      const settled = { fromTs: next, toTs: Math.max(next, settledEnd(rows, stepMs, tailTs) ?? cursor) }
      const closed = rows.filter(({ ts }) => ts >= settled.fromTs && ts < settled.toTs).reverse()
      done += barsIn(settled)
      yield { ...settled, candles: candlesFromRows(closed), done, total }
      cursor = next
      if (cursor <= tailTs) source = 'historyCandles'
    }
  }
}

type CandleSource = 'candles' | 'historyCandles'

/**
 * Where a page stops being final, if it does: at a candle that is due to be closed but not confirmed yet; among the
 * newest bars, also behind its newest candle, since the exchange may only be late with the next.
 */
function settledEnd(rows: readonly PageCandle[], stepMs: number, tailTs: number): number | undefined {
  const unconfirmed = rows.findLast(({ confirmed }) => !confirmed)
  if (unconfirmed) return unconfirmed.ts
  return rows.length > 0 && rows[0].ts >= tailTs ? rows[0].ts + stepMs : undefined
}

function checkPage(source: CandleSource, { bar, after = 0 }: CandleQuery, rows: readonly PageCandle[]): void {
  let olderThan = after
  for (const { ts } of rows) {
    checkGrid(source, bar, ts)
    if (ts >= olderThan) throw new OkxPayloadError(source, 'ts', `${ts} is not older than ${olderThan}`)
    olderThan = ts
  }
}
