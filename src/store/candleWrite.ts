import type { InStatement, Transaction } from '@libsql/client'
import { intervalMs } from '../domain/bars.js'
import { allocateCandles, type Candles, lowerBound, sliceCandles } from '../domain/candles.js'
import { encodeChunk } from './candleChunk.js'
import { type MergeCounts, mergeCandles } from './candleMerge.js'
import { monthOf, ofSeries, type StoredSeries, unpack } from './candleRows.js'

/** So many candles gather in the tail before they are packed. */
const tailLimit = 512
const none = allocateCandles(0, null)

/**
 * Merges checked candles into what is stored. A few at the end of a series go to its tail; all else is packed at once, as
 * is the tail when it is full or its month is over.
 */
export async function writeCandles(
  transaction: Transaction,
  key: StoredSeries,
  candles: Candles,
): Promise<MergeCounts> {
  const total: MergeCounts = { added: 0, changed: 0, same: 0 }
  if (candles.ts.length === 0) return total
  const tail = await readTail(transaction, key)
  const tailMonth = tail.ts.length > 0 ? monthOf(tail.ts[0]) : ''
  const months = splitByMonth(candles)
  const newest = [await newestPacked(transaction, key), tailMonth, ...months.keys()].sort().at(-1) ?? ''
  if (tailMonth !== '' && tailMonth < newest && !months.has(tailMonth)) months.set(tailMonth, none)
  for (const [month, fresh] of months) {
    const tailOfMonth = month === tailMonth ? tail : none
    const isOver = month < newest
    const counts =
      (isOver ? null : await append(transaction, key, month, tailOfMonth, fresh)) ??
      (await pack(transaction, key, month, tailOfMonth, fresh, isOver))
    total.added += counts.added
    total.changed += counts.changed
    total.same += counts.same
  }
  return total
}

function splitByMonth(candles: Candles): Map<string, Candles> {
  const months = new Map<string, Candles>()
  for (let from = 0; from < candles.ts.length; ) {
    const first = new Date(candles.ts[from])
    const to = lowerBound(candles.ts, Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1))
    months.set(monthOf(candles.ts[from]), sliceCandles(candles, from, to))
    from = to
  }
  return months
}

async function readTail(transaction: Transaction, key: StoredSeries): Promise<Candles> {
  const sql = `SELECT * FROM kline_tail WHERE ${ofSeries} ORDER BY ts`
  return unpack(key, [], (await transaction.execute({ sql, args: { ...key } })).rows)
}

async function newestPacked(transaction: Transaction, key: StoredSeries): Promise<string> {
  const sql = `SELECT max(month) AS month FROM kline_chunk WHERE ${ofSeries}`
  return String((await transaction.execute({ sql, args: { ...key } })).rows[0].month ?? '')
}

/** Null if the candles do not belong into the tail. */
async function append(
  transaction: Transaction,
  key: StoredSeries,
  month: string,
  tail: Candles,
  fresh: Candles,
): Promise<MergeCounts | null> {
  const sql = `SELECT last_ts FROM kline_chunk WHERE ${ofSeries} AND month = :month`
  const [packed] = (await transaction.execute({ sql, args: { ...key, month } })).rows
  if (packed !== undefined && fresh.ts[0] <= Number(packed.last_ts)) return null
  const { candles, ...counts } = mergeCandles(tail, fresh)
  if (candles.ts.length > tailLimit) return null
  if (counts.added + counts.changed > 0) await transaction.batch(tailRows(key, fresh))
  return counts
}

function tailRows({ source, instId, bar }: StoredSeries, candles: Candles): InStatement[] {
  const { ts, open, high, low, close, volume } = candles
  return Array.from(ts, (t, i) => ({
    sql: 'INSERT OR REPLACE INTO kline_tail VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    args: [source, instId, bar, t, open[i], high[i], low[i], close[i], volume[i]],
  }))
}

/** Writes the month as one chunk: what is packed of it, its tail and the fresh candles. */
async function pack(
  transaction: Transaction,
  key: StoredSeries,
  month: string,
  tail: Candles,
  fresh: Candles,
  isOver: boolean,
): Promise<MergeCounts> {
  const args = { ...key, month }
  const sql = `SELECT * FROM kline_chunk WHERE ${ofSeries} AND month = :month`
  const packed = unpack(key, (await transaction.execute({ sql, args })).rows, [])
  const { candles: stored } = mergeCandles(packed, tail)
  const { candles, ...counts } = mergeCandles(stored, fresh)
  const isTailDue = isOver && tail.ts.length > 0
  if (counts.added + counts.changed === 0 && !isTailDue) return counts
  const chunk = encodeChunk(candles, intervalMs(key.bar))
  await transaction.execute({
    sql: `INSERT OR REPLACE INTO kline_chunk
      (source, inst_id, bar, month, first_ts, last_ts, count, encoding, price_scale, volume_scale, checksum, payload)
      VALUES (:source, :instId, :bar, :month, :firstTs, :lastTs, :count, :encoding, :priceScale, :volumeScale,
        :checksum, :payload)`,
    args: { ...args, ...chunk },
  })
  await transaction.execute({
    sql: `DELETE FROM kline_tail WHERE ${ofSeries} AND ts <= :lastTs`,
    args: { ...key, lastTs: chunk.lastTs },
  })
  return counts
}
