import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OkxPublic } from '../okx/okxClient.js'
import { OkxError } from '../okx/okxError.js'
import { type CandleStore, openCandleStore } from '../store/candleStore.js'
import { readFundingRates } from './fundingRates.js'
import type { Progress, Work } from './work.js'

const logger = pino({ level: 'silent' })
const hour = 3_600_000
const day = 24 * hour
const key = { source: 'okx', instId: 'BTC-USDT-SWAP' } as const
type Query = Parameters<OkxPublic['fundingRateHistory']>[0]

let store: CandleStore
let time: number
/** Settlements that the exchange tells of: every 8 hours of the last three months, unless a test says otherwise. */
let settled: number[]
let queries: Query[]
let fail: ((query: Query) => void) | null
const pageSize = 100
const rateAt = (ts: number) => (ts / hour) * 1e-9

beforeEach(async () => {
  time = Date.UTC(2026, 5, 10, 10, 30)
  settled = Array.from({ length: 276 }, (_, i) => Date.UTC(2026, 5, 10, 8) - i * 8 * hour)
  queries = []
  fail = null
  store = await openCandleStore({ file: join(mkdtempSync(join(tmpdir(), 'funding-')), 'candles.db'), logger })
})
afterEach(() => store.close())

const okx: Pick<OkxPublic, 'fundingRateHistory'> = {
  async fundingRateHistory(query, signal) {
    signal?.throwIfAborted()
    queries.push(query)
    fail?.(query)
    const { instId, before = 0, after = Number.POSITIVE_INFINITY } = query
    return settled
      .filter((ts) => ts > before && ts < after)
      .sort((a, b) => b - a)
      .slice(0, pageSize)
      .map((fundingTime) => ({ instId, fundingTime, realizedRate: rateAt(fundingTime) }))
  },
}

const work = (signal = new AbortController().signal): Work & { told: Progress[] } => {
  const told: Progress[] = []
  return { told, signal, progress: (progress) => told.push(progress) }
}
const read = (fromTs: number, toTs = time, given = work()) =>
  readFundingRates({ okx, store: store.funding, clock: () => time }, key, { fromTs, toTs }, given)

const unreachable = () => {
  throw new OkxError('fundingRateHistory', 'network', 'retry', 'no way')
}

describe('funding rates', () => {
  it('are asked for page by page, oldest first in the answer, and never again', async () => {
    const given = work()
    const { ts, rate } = await read(time - 90 * day, time, given)
    expect(ts).toEqual(settled.filter((at) => at >= time - 90 * day).reverse())
    expect(rate).toEqual(ts.map(rateAt))
    expect(queries.length).toBeGreaterThan(2)
    expect(given.told).toEqual([{ key: 'progress-funding', args: { inst: 'BTC-USDT-SWAP' } }])
    queries = []
    expect((await read(time - 90 * day)).ts).toEqual(ts)
    expect((await read(time - 30 * day, time - day)).ts).toHaveLength(87)
    expect(queries).toEqual([])
  })

  it('have the settlement at the start of their range, and not that at its end', async () => {
    const [last, , before] = settled
    expect((await read(before, last)).ts).toEqual([before, before + 8 * hour])
  })

  it('are asked for only where they are missing', async () => {
    await read(time - 30 * day)
    queries = []
    time += 2 * day
    settled = Array.from({ length: 276 }, (_, i) => Date.UTC(2026, 5, 12, 8) - i * 8 * hour)
    expect((await read(time - 30 * day)).ts).toHaveLength(90)
    const oldest = Math.min(...queries.map(({ before = 0 }) => before))
    expect(oldest).toBeGreaterThan(time - 2 * day - 3 * hour)
  })

  it('older than three months are not asked for', async () => {
    expect(await read(time - 400 * day, time - 100 * day)).toEqual({ ts: [], rate: [] })
    expect(queries).toEqual([])
    expect((await read(time - 400 * day)).ts).toHaveLength(276)
    for (const { before = 0 } of queries) expect(before).toBeGreaterThan(time - 93 * day)
  })

  it('that were stored stay known when the exchange has forgotten them', async () => {
    const { ts } = await read(time - 60 * day)
    time += 200 * day
    settled = []
    queries = []
    expect((await read(time - 260 * day, time - 200 * day)).ts).toEqual(ts)
    expect(queries).toEqual([])
  })

  it('of a settlement that is not told yet are asked for again', async () => {
    const settlement = Date.UTC(2026, 5, 10, 16)
    time = settlement + 5000
    expect((await read(settlement)).ts).toEqual([])
    expect((await read(time - day)).ts).toHaveLength(2)
    time += 60_000
    settled.push(settlement)
    expect((await read(settlement - 2 * hour)).ts).toEqual([settlement])
  })

  it('are not asked for where none can have settled', async () => {
    await read(time - day)
    queries = []
    time += 29 * 60_000
    expect((await read(time - day)).ts).toHaveLength(3)
    expect(queries).toEqual([])
  })

  it('are the stored ones where the exchange cannot be reached', async () => {
    fail = unreachable
    expect(await read(time - day)).toEqual({ ts: [], rate: [] })
    fail = null
    await read(time - 2 * day, time - day)
    fail = unreachable
    expect((await read(time - 3 * day)).ts).toHaveLength(3)
  })

  it('that came before the exchange was lost are kept, and it goes on from there', async () => {
    fail = () => void (queries.length === 2 && unreachable())
    expect((await read(time - 90 * day)).ts).toHaveLength(pageSize)
    fail = null
    queries = []
    expect((await read(time - 90 * day)).ts).toHaveLength(270)
    expect(queries[0].after).toBe(settled[pageSize - 1])
  })

  it('are given up where the work is', async () => {
    const abort = AbortSignal.abort(new Error('given up'))
    await expect(read(time - day, time, work(abort))).rejects.toThrow('given up')
  })
})
