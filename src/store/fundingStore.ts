import type { Client, InStatement, Transaction } from '@libsql/client'
import type { FundingRates } from '../domain/backtest/funding.js'
import type { TimeRange } from '../domain/candles.js'
import type { Source } from '../domain/instrument.js'

/** The funding of one swap, as one source of market data told it. */
export interface FundingKey {
  source: Source
  instId: string
}

/** Settled rates within a range, oldest first, and for which stretches of time all that there are have been asked for. */
export interface StoredFunding {
  rates: FundingRates
  known: TimeRange[]
}

/** Settled funding rates, in the file of the candles. Times are settlement times, epoch ms. */
export interface FundingStore {
  /** Stores all the rates that there are in a range; those of a time stored before are replaced. */
  write(key: FundingKey, range: TimeRange, rates: FundingRates): Promise<void>
  read(key: FundingKey, range: TimeRange): Promise<StoredFunding>
}

/** A program that does not know these tables reads the file all the same: they are no new version of it. */
export const fundingTables = [
  `CREATE TABLE IF NOT EXISTS funding_rate (
    source TEXT NOT NULL, inst_id TEXT NOT NULL, ts INTEGER NOT NULL, rate REAL NOT NULL,
    PRIMARY KEY (source, inst_id, ts)) WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS funding_known (
    source TEXT NOT NULL, inst_id TEXT NOT NULL, from_ts INTEGER NOT NULL, to_ts INTEGER NOT NULL,
    PRIMARY KEY (source, inst_id, from_ts)) WITHOUT ROWID`,
]

const ofSwap = 'source = :source AND inst_id = :instId'

export interface FundingStoreOptions {
  client: Pick<Client, 'batch'>
  inTransaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>
  /** The source as the tables name it: which simulated market, too. */
  storedSource(source: Source): string
}

export function fundingStoreOf({ client, inTransaction, storedSource }: FundingStoreOptions): FundingStore {
  const swapOf = ({ source, instId }: FundingKey) => ({ source: storedSource(source), instId })

  return {
    async write(key, { fromTs, toTs }, { ts, rate }) {
      const swap = swapOf(key)
      const rows = ts.map(
        (at, i): InStatement => ({
          sql: 'INSERT OR REPLACE INTO funding_rate VALUES (:source, :instId, :at, :rate)',
          args: { ...swap, at, rate: rate[i] },
        }),
      )
      await inTransaction(async (transaction) => {
        // Ranges that meet become one.
        const args = { ...swap, fromTs, toTs }
        const meeting = `${ofSwap} AND from_ts <= :toTs AND to_ts >= :fromTs`
        const sql = `SELECT min(from_ts) AS first, max(to_ts) AS last FROM funding_known WHERE ${meeting}`
        const [{ first, last }] = (await transaction.execute({ sql, args })).rows
        const whole = {
          fromTs: Math.min(fromTs, first === null ? fromTs : Number(first)),
          toTs: Math.max(toTs, Number(last)),
        }
        await transaction.batch([
          ...rows,
          { sql: `DELETE FROM funding_known WHERE ${meeting}`, args },
          { sql: 'INSERT INTO funding_known VALUES (:source, :instId, :fromTs, :toTs)', args: { ...swap, ...whole } },
        ])
      })
    },

    async read(key, { fromTs, toTs }) {
      const args = { ...swapOf(key), fromTs, toTs }
      const rates = `SELECT ts, rate FROM funding_rate WHERE ${ofSwap} AND ts >= :fromTs AND ts < :toTs ORDER BY ts`
      const known = `SELECT from_ts, to_ts FROM funding_known
        WHERE ${ofSwap} AND from_ts < :toTs AND to_ts > :fromTs ORDER BY from_ts`
      const queries = [rates, known].map((sql) => ({ sql, args }))
      const [rateRows, knownRows] = (await client.batch(queries, 'deferred')).map(({ rows }) => rows)
      return {
        rates: { ts: rateRows.map(({ ts }) => Number(ts)), rate: rateRows.map(({ rate }) => Number(rate)) },
        known: knownRows.map(({ from_ts, to_ts }) => ({ fromTs: Number(from_ts), toTs: Number(to_ts) })),
      }
    },
  }
}
