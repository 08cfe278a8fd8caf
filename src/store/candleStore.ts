import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Row, Transaction } from '@libsql/client'
import type { Logger } from 'pino'
import { bars, intervalMs, isBar } from '../domain/bars.js'
import { findBadCandle } from '../domain/candleCheck.js'
import { type Candles, findGaps, type Gap, lowerBound, sliceCandles } from '../domain/candles.js'
import type { Source } from '../domain/instrument.js'
import { UserError } from '../domain/userError.js'
import type { MergeCounts } from './candleMerge.js'
import { ofSeries, type SeriesKey, tables, unpack } from './candleRows.js'
import { writeCandles } from './candleWrite.js'
import { openLibsql, serializeTransactions } from './libsql.js'

export type { MergeCounts } from './candleMerge.js'
export type { SeriesKey } from './candleRows.js'

/** What is stored of a series, from the first open time to the end of the last candle (exclusive). */
export interface Extent {
  fromTs: number
  toTs: number
  count: number
}

export interface Coverage extends Extent {
  /** Bars missing between the first candle and the last. */
  gaps: Gap[]
}

/** Closed candles, in a file of this machine. */
export interface CandleStore {
  /**
   * Stores candles, all or none: those not there are added, one that differs from what is there replaces it. Throws,
   * with nothing stored, if a candle is wrong for its series (see CandleFault).
   */
  write(key: SeriesKey, candles: Candles): Promise<MergeCounts>
  /** Candles that open from `fromTs` (inclusive) to `toTs` (exclusive). Throws UserError where the file is damaged. */
  read(key: SeriesKey, fromTs: number, toTs: number): Promise<Candles>
  /** Null if nothing is stored. */
  coverage(key: SeriesKey): Promise<Coverage | null>
  /**
   * Says which market a source is (a simulated one is another with every seed): candles of another, stored before, are
   * dropped, so that a series never mixes two. Returns whether there were any.
   */
  useMarket(source: Source, market: string): Promise<boolean>
  /** Every series, by source, instrument and bar. */
  list(): Promise<(SeriesKey & Extent)[]>
  /** Open time of the newest candle; null if nothing is stored. */
  lastTs(key: SeriesKey): Promise<number | null>
  close(): void
}

const formatVersion = 1

/** Opens the file of candles, made where missing. Throws UserError where it cannot be, or is newer than the program. */
export async function openCandleStore({ file, logger }: { file: string; logger: Logger }): Promise<CandleStore> {
  const client = serializeTransactions(await openLibsql({ url: pathToFileURL(resolve(file)).href }))
  const inTransaction = async <T>(work: (transaction: Transaction) => Promise<T>): Promise<T> => {
    const transaction = await client.transaction('write')
    try {
      const result = await work(transaction)
      await transaction.commit()
      return result
    } finally {
      transaction.close()
    }
  }

  try {
    if (await inTransaction((transaction) => prepare(transaction, file))) logger.info({ file }, 'candle file made')
  } catch (error) {
    client.close()
    throw error
  }

  return {
    async write(key, candles) {
      refuseBad(key, candles)
      return inTransaction((transaction) => writeCandles(transaction, key, candles))
    },

    async read(key, fromTs, toTs) {
      const args = { ...key, fromTs, toTs }
      const chunks = `SELECT * FROM kline_chunk WHERE ${ofSeries} AND last_ts >= :fromTs AND first_ts < :toTs ORDER BY month`
      const tail = `SELECT * FROM kline_tail WHERE ${ofSeries} AND ts >= :fromTs AND ts < :toTs ORDER BY ts`
      const queries = [chunks, tail].map((sql) => ({ sql, args }))
      const [chunkRows, tailRows] = (await client.batch(queries, 'deferred')).map(({ rows }) => rows)
      const candles = unpack(key, chunkRows, tailRows)
      return sliceCandles(candles, lowerBound(candles.ts, fromTs), lowerBound(candles.ts, toTs))
    },

    async coverage(key) {
      const step = intervalMs(key.bar)
      // A chunk without gaps need not be read.
      const chunks = `SELECT month, first_ts, last_ts, count, encoding, price_scale, volume_scale, checksum,
        CASE WHEN (last_ts - first_ts) / :step + 1 = count THEN NULL ELSE payload END AS payload
        FROM kline_chunk WHERE ${ofSeries} ORDER BY month`
      const tail = `SELECT * FROM kline_tail WHERE ${ofSeries} ORDER BY ts`
      const queries = [chunks, tail].map((sql) => ({ sql, args: { ...key, step } }))
      const [chunkRows, tailRows] = (await client.batch(queries, 'deferred')).map(({ rows }) => rows)
      return coverageOf(key, chunkRows, tailRows)
    },

    useMarket: (source, market) =>
      inTransaction(async (transaction) => {
        const args = { source, market }
        const known = 'SELECT 1 FROM kline_market WHERE source = :source AND market = :market'
        if ((await transaction.execute({ sql: known, args })).rows.length > 0) return false
        const [chunks, tail] = await transaction.batch([
          { sql: 'DELETE FROM kline_chunk WHERE source = :source', args },
          { sql: 'DELETE FROM kline_tail WHERE source = :source', args },
          { sql: 'INSERT OR REPLACE INTO kline_market VALUES (:source, :market)', args },
        ])
        return chunks.rowsAffected + tail.rowsAffected > 0
      }),

    async list() {
      const { rows } = await client.execute(`
        SELECT source, inst_id, bar, min(first_ts) AS first_ts, max(last_ts) AS last_ts, sum(count) AS count FROM (
          SELECT source, inst_id, bar, first_ts, last_ts, count FROM kline_chunk
          UNION ALL SELECT source, inst_id, bar, ts, ts, 1 FROM kline_tail)
        GROUP BY source, inst_id, bar`)
      return rows.map(extentOf).sort(bySeries)
    },

    async lastTs(key) {
      const sql = `SELECT max(ts) AS ts FROM (
        SELECT max(last_ts) AS ts FROM kline_chunk WHERE ${ofSeries}
        UNION ALL SELECT max(ts) FROM kline_tail WHERE ${ofSeries})`
      const [{ ts }] = (await client.execute({ sql, args: { ...key } })).rows
      return ts === null ? null : Number(ts)
    },

    close: () => client.close(),
  }
}

/** True if the file was empty and has its tables now. */
async function prepare(transaction: Transaction, file: string): Promise<boolean> {
  const version = Number((await transaction.execute('PRAGMA user_version')).rows[0].user_version)
  if (version > formatVersion) throw new UserError('error-candles-newer', { file })
  if (version === formatVersion) return false
  await transaction.batch([...tables, `PRAGMA user_version = ${formatVersion}`])
  return true
}

function refuseBad(key: SeriesKey, candles: Candles): void {
  const bad = findBadCandle(candles, key.bar)
  if (bad === null) return
  const name = `${key.source} ${key.instId} ${key.bar}`
  throw new Error(`${name}: candle ${bad.index} at ${candles.ts[bad.index]} is wrong: ${bad.fault}`)
}

function coverageOf(key: SeriesKey, chunkRows: readonly Row[], tailRows: readonly Row[]): Coverage | null {
  const step = intervalMs(key.bar)
  const pieces = chunkRows.map((row) => ({
    firstTs: Number(row.first_ts),
    lastTs: Number(row.last_ts),
    count: Number(row.count),
    gaps: row.payload === null ? [] : findGaps(unpack(key, [row], []).ts, step),
  }))
  const { ts } = unpack(key, [], tailRows)
  if (ts.length > 0) {
    pieces.push({ firstTs: ts[0], lastTs: ts[ts.length - 1], count: ts.length, gaps: findGaps(ts, step) })
  }
  if (pieces.length === 0) return null
  return {
    fromTs: pieces[0].firstTs,
    toTs: pieces[pieces.length - 1].lastTs + step,
    count: pieces.reduce((sum, { count }) => sum + count, 0),
    gaps: pieces.flatMap(({ firstTs, gaps }, i) => {
      const seam = i === 0 ? [] : findGaps(Float64Array.of(pieces[i - 1].lastTs, firstTs), step)
      return [...seam, ...gaps]
    }),
  }
}

function bySeries(a: SeriesKey, b: SeriesKey): number {
  const byName = a.source.localeCompare(b.source) || a.instId.localeCompare(b.instId)
  return byName || bars.indexOf(a.bar) - bars.indexOf(b.bar)
}

function extentOf(row: Row): SeriesKey & Extent {
  const bar = String(row.bar)
  if (!isBar(bar)) throw new Error(`the candle file has a bar ${bar}`)
  return {
    source: String(row.source) as Source,
    instId: String(row.inst_id),
    bar,
    fromTs: Number(row.first_ts),
    toTs: Number(row.last_ts) + intervalMs(bar),
    count: Number(row.count),
  }
}
