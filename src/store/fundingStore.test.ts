import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { candlesFromRows } from '../domain/candles.js'
import { type CandleStore, openCandleStore } from './candleStore.js'
import type { FundingKey } from './fundingStore.js'

const logger = pino({ level: 'silent' })
const hour = 3_600_000
const key: FundingKey = { source: 'okx', instId: 'BTC-USDT-SWAP' }
let dir: string
let file: string
let store: CandleStore

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'funding-'))
  file = join(dir, 'candles.db')
  store = await openCandleStore({ file, logger })
})
afterEach(async () => {
  store.close()
  await rm(dir, { recursive: true })
})

const range = (fromHour: number, toHour: number) => ({ fromTs: fromHour * hour, toTs: toHour * hour })
const rates = (...pairs: [atHour: number, rate: number][]) => ({
  ts: pairs.map(([at]) => at * hour),
  rate: pairs.map(([, rate]) => rate),
})

it('gives back what was written, sign and all, from and to by settlement time', async () => {
  await store.funding.write(key, range(0, 24), rates([0, 0.0001], [8, -0.00002345], [16, 0]))
  expect(await store.funding.read(key, range(0, 24))).toEqual({
    rates: rates([0, 0.0001], [8, -0.00002345], [16, 0]),
    known: [range(0, 24)],
  })
  expect((await store.funding.read(key, range(8, 16))).rates).toEqual(rates([8, -0.00002345]))
  expect(await store.funding.read(key, range(24, 48))).toEqual({ rates: rates(), known: [] })
})

it('knows which stretches were asked for, empty ones too, and joins those that meet', async () => {
  await store.funding.write(key, range(0, 8), rates())
  await store.funding.write(key, range(40, 48), rates([40, 0.0001]))
  expect((await store.funding.read(key, range(0, 100))).known).toEqual([range(0, 8), range(40, 48)])
  await store.funding.write(key, range(48, 56), rates())
  expect((await store.funding.read(key, range(0, 100))).known).toEqual([range(0, 8), range(40, 56)])
  await store.funding.write(key, range(4, 44), rates())
  expect(await store.funding.read(key, range(0, 100))).toEqual({ rates: rates([40, 0.0001]), known: [range(0, 56)] })
})

it('replaces a rate that is told anew', async () => {
  await store.funding.write(key, range(0, 9), rates([8, 0.0001]))
  await store.funding.write(key, range(0, 9), rates([8, 0.0002]))
  expect((await store.funding.read(key, range(0, 9))).rates).toEqual(rates([8, 0.0002]))
})

it('never mixes sources, swaps or simulated markets', async () => {
  const simulated: FundingKey = { ...key, source: 'simulated' }
  for (const one of [key, simulated]) await store.funding.write(one, range(0, 9), rates([8, 0.0001]))
  expect((await store.funding.read({ ...key, instId: 'ETH-USDT-SWAP' }, range(0, 9))).known).toEqual([])
  expect((await store.funding.read({ ...key, source: 'demo' }, range(0, 9))).known).toEqual([])
  const other = await openCandleStore({ file, simulatedMarket: 'v1:other', logger })
  expect((await other.funding.read(simulated, range(0, 9))).known).toEqual([])
  expect((await other.funding.read(key, range(0, 9))).known).toEqual([range(0, 9)])
  other.close()
})

it('is made in a candle file that was made before there was funding, and leaves its candles be', async () => {
  const series = { source: 'import', instId: 'BTC-USDT', bar: '1m' } as const
  await store.write(series, candlesFromRows([{ ts: 0, open: 1, high: 1, low: 1, close: 1, volume: 1 }]))
  store.close()
  const client = createClient({ url: `file:${file}` })
  await client.batch(['DROP TABLE funding_rate', 'DROP TABLE funding_known'])
  client.close()
  store = await openCandleStore({ file, logger })
  await store.funding.write(key, range(0, 9), rates([8, 0.0001]))
  expect((await store.funding.read(key, range(0, 9))).rates).toEqual(rates([8, 0.0001]))
  expect((await store.read(series, 0, 1)).ts).toHaveLength(1)
})
