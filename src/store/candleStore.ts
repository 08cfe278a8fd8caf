import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Row, Transaction } from '@libsql/client'
import type { Logger } from 'pino'
import { bars, intervalMs, isBar } from '../domain/bars.js'
import { findBadCandle } from '../domain/candleCheck.js'
import { type Candles, findGaps, type Gap } from '../domain/candles.js'
import { type Source, sources } from '../domain/instrument.js'
import { UserError } from '../domain/userError.js'
import type { MergeCounts } from './candleMerge.js'
import { ofSeries, type SeriesKey, tables, unpack, unpackTimes } from './candleRows.js'
import { writeCandles } from './candleWrite.js'
import { type FundingStore, fundingStoreOf, fundingTables } from './fundingStore.js'
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
  /** Every series, by source, instrument and bar. */
  list(): Promise<(SeriesKey & Extent)[]>
  /** Funding of swaps, which lies beside their candles. */
  readonly funding: FundingStore
  close(): void
}

/** Version 1 knew no columns of changes: its chunks, which say how they are packed, stay as they are. */
const formatVersion = 2

export interface CandleStoreOptions {
  file: string
  /** Which simulated market `simulated` means here: every seed is another, and their candles are never seen together. */
  simulatedMarket?: string
  logger: Logger
}

/** Opens the file of candles, made where missing. Throws UserError where it cannot be, or is newer than the program. */
export async function openCandleStore({
  file,
  simulatedMarket = '',
  logger,
}: CandleStoreOptions): Promise<CandleStore> {
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
    await inTransaction((transaction) => transaction.batch(fundingTables))
  } catch (error) {
    client.close()
    throw error
  }

  const storedSource = (source: Source) => (source === 'simulated' ? `simulated ${simulatedMarket}` : source)
  const rowsOf = (key: SeriesKey) => ({ ...key, source: storedSource(key.source) })

  return {
    async write(key, candles) {
      refuseBad(key, candles)
      return inTransaction((transaction) => writeCandles(transaction, rowsOf(key), candles))
    },

    async read(key, fromTs, toTs) {
      const args = { ...rowsOf(key), fromTs, toTs }
      const chunks = `SELECT * FROM kline_chunk WHERE ${ofSeries} AND last_ts >= :fromTs AND first_ts < :toTs ORDER BY month`
      const tail = `SELECT * FROM kline_tail WHERE ${ofSeries} AND ts >= :fromTs AND ts < :toTs ORDER BY ts`
      const queries = [chunks, tail].map((sql) => ({ sql, args }))
      const [chunkRows, tailRows] = (await client.batch(queries, 'deferred')).map(({ rows }) => rows)
      return unpack(key, chunkRows, tailRows, { fromTs, toTs })
    },

    async coverage(key) {
      const step = intervalMs(key.bar)
      // A chunk without gaps need not be read.
      const chunks = `SELECT month, first_ts, last_ts, count, encoding, price_scale, volume_scale, checksum,
        CASE WHEN (last_ts - first_ts) / :step + 1 = count THEN NULL ELSE payload END AS payload
        FROM kline_chunk WHERE ${ofSeries} ORDER BY month`
      const tail = `SELECT * FROM kline_tail WHERE ${ofSeries} ORDER BY ts`
      const queries = [chunks, tail].map((sql) => ({ sql, args: { ...rowsOf(key), step } }))
      const [chunkRows, tailRows] = (await client.batch(queries, 'deferred')).map(({ rows }) => rows)
      return coverageOf(key, chunkRows, tailRows)
    },

    async list() {
      const { rows } = await client.execute(`
        SELECT source, inst_id, bar, min(first_ts) AS first_ts, max(last_ts) AS last_ts, sum(count) AS count FROM (
          SELECT source, inst_id, bar, first_ts, last_ts, count FROM kline_chunk
          UNION ALL SELECT source, inst_id, bar, ts, ts, 1 FROM kline_tail)
        GROUP BY source, inst_id, bar`)
      return sources
        .flatMap((source) =>
          rows.filter((row) => row.source === storedSource(source)).map((row) => extentOf(source, row)),
        )
        .sort(bySeries)
    },

    funding: fundingStoreOf({ client, inTransaction, storedSource }),

    close: () => client.close(),
  }
}

/** True if the file was empty and has its tables now. */
async function prepare(transaction: Transaction, file: string): Promise<boolean> {
  const version = Number((await transaction.execute('PRAGMA user_version')).rows[0].user_version)
  if (version > formatVersion) throw new UserError('error-candles-newer', { file })
  const isEmpty = version === 0
  if (version < formatVersion) {
    await transaction.batch([...(isEmpty ? tables : []), `PRAGMA user_version = ${formatVersion}`])
  }
  return isEmpty
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
    gaps: row.payload === null ? [] : findGaps(unpackTimes(key, row), step),
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

function extentOf(source: Source, row: Row): SeriesKey & Extent {
  const bar = String(row.bar)
  if (!isBar(bar)) throw new Error(`the candle file has a bar ${bar}`)
  return {
    source,
    instId: String(row.inst_id),
    bar,
    fromTs: Number(row.first_ts),
    toTs: Number(row.last_ts) + intervalMs(bar),
    count: Number(row.count),
  }
}
