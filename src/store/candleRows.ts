import type { Row } from '@libsql/client'
import { type Bar, intervalMs } from '../domain/bars.js'
import { type Candle, type Candles, candleColumns, candlesFromRows, type TimeRange } from '../domain/candles.js'
import type { Source } from '../domain/instrument.js'
import { UserError } from '../domain/userError.js'
import { type Chunk, type Columns, cutOf, decodeChunk, decodeTimes, isIntact } from './candleChunk.js'

/** One series: candles of one source, so that modes never mix. */
export interface SeriesKey {
  source: Source
  instId: string
  bar: Bar
}

/** `kline_tail` has candles of a series' newest month only, all of them later than those of that month's chunk. */
export const tables = [
  `CREATE TABLE kline_chunk (
    source TEXT NOT NULL, inst_id TEXT NOT NULL, bar TEXT NOT NULL, month TEXT NOT NULL,
    first_ts INTEGER NOT NULL, last_ts INTEGER NOT NULL, count INTEGER NOT NULL,
    encoding TEXT NOT NULL, price_scale INTEGER, volume_scale INTEGER, checksum INTEGER NOT NULL, payload BLOB NOT NULL,
    PRIMARY KEY (source, inst_id, bar, month))`,
  `CREATE TABLE kline_tail (
    source TEXT NOT NULL, inst_id TEXT NOT NULL, bar TEXT NOT NULL, ts INTEGER NOT NULL,
    open REAL NOT NULL, high REAL NOT NULL, low REAL NOT NULL, close REAL NOT NULL, volume REAL NOT NULL,
    PRIMARY KEY (source, inst_id, bar, ts)) WITHOUT ROWID`,
]

/** A series as the tables name it: `source` says which simulated market, too. */
export interface StoredSeries {
  source: string
  instId: string
  bar: Bar
}

/** Condition on either table, for the arguments of a SeriesKey. */
export const ofSeries = 'source = :source AND inst_id = :instId AND bar = :bar'

/** Calendar month (UTC) of an open time: `2024-01`. */
export function monthOf(ts: number): string {
  return new Date(ts).toISOString().slice(0, 7)
}

const allTime: TimeRange = { fromTs: Number.NEGATIVE_INFINITY, toTs: Number.POSITIVE_INFINITY }

/**
 * Rows of both tables, oldest first, as one series: of chunks only the candles that open within the range. Throws
 * UserError if a chunk is not as it was written.
 */
export function unpack(
  key: StoredSeries,
  chunkRows: readonly Row[],
  tailRows: readonly Row[],
  range: TimeRange = allTime,
): Candles {
  const step = intervalMs(key.bar)
  const parts = chunkRows.map((row) => {
    const chunk = chunkOf(key, row)
    return { chunk, cut: cutOf(chunk, step, range) }
  })
  const tail = candlesFromRows(tailRows.map(candleOf))
  const packed = parts.reduce((sum, { cut }) => sum + cut.to - cut.from, 0)
  const columns = allocateShared(packed + tail.ts.length)
  let at = 0
  for (const { chunk, cut } of parts) {
    decodeChunk(chunk, step, cut, columns, at)
    at += cut.to - cut.from
  }
  for (const name of candleColumns) columns[name].set(tail[name], packed)
  const scales = parts.map(({ chunk }) => chunk.priceScale)
  if (tail.ts.length > 0) scales.push(tail.priceScale)
  return { ...columns, priceScale: commonScale(scales, columns.high) }
}

/**
 * Columns in one piece of memory that threads share: a worker is given candles without a copy. One large piece is had
 * again where the last read's is free; six would be fresh pages each time, and cost as much as unpacking.
 */
function allocateShared(length: number): Columns {
  const bytes = 8 * length
  const memory = new SharedArrayBuffer(candleColumns.length * bytes)
  const column = (k: number) => new Float64Array(memory, k * bytes, length)
  return { ts: column(0), open: column(1), high: column(2), low: column(3), close: column(4), volume: column(5) }
}

/** Open times of a chunk's row. Throws UserError if it is not as it was written. */
export function unpackTimes(key: StoredSeries, row: Row): Float64Array {
  return decodeTimes(chunkOf(key, row), intervalMs(key.bar))
}

/** The row of a chunk, its payload checked. */
function chunkOf(key: StoredSeries, row: Row): Chunk {
  const chunk: Chunk = {
    firstTs: Number(row.first_ts),
    lastTs: Number(row.last_ts),
    count: Number(row.count),
    encoding: String(row.encoding),
    priceScale: row.price_scale === null ? null : Number(row.price_scale),
    volumeScale: row.volume_scale === null ? null : Number(row.volume_scale),
    checksum: Number(row.checksum),
    payload: new Uint8Array(row.payload as ArrayBuffer),
  }
  if (isIntact(chunk, intervalMs(key.bar))) return chunk
  throw new UserError('error-candles-damaged', { ...key, month: String(row.month) })
}

function candleOf({ ts, open, high, low, close, volume }: Row): Candle {
  return {
    ts: Number(ts),
    open: Number(open),
    high: Number(high),
    low: Number(low),
    close: Number(close),
    volume: Number(volume),
  }
}

/** The scale that holds the prices of all parts; null where ticks of it would be no exact integers. */
function commonScale(scales: readonly (number | null)[], high: Float64Array): number | null {
  let scale = 0
  for (const one of scales) {
    if (one === null) return null
    scale = Math.max(scale, one)
  }
  if (scales.every((one) => one === scale)) return scale
  const highest = high.reduce((most, price) => Math.max(most, price), 0)
  return highest * 10 ** scale <= Number.MAX_SAFE_INTEGER ? scale : null
}
