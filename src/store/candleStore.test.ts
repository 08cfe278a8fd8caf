import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient } from '@libsql/client'
import fc from 'fast-check'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Candle, type Candles, candlesFromRows, lowerBound, sliceCandles } from '../domain/candles.js'
import { endOf, startChild } from '../testing/childProcess.js'
import { type CandleStore, openCandleStore, type SeriesKey } from './candleStore.js'

const logger = pino({ level: 'silent' })
const minute = 60_000
const key: SeriesKey = { source: 'import', instId: 'BTC-USDT', bar: '1m' }
const all = [0, Number.MAX_SAFE_INTEGER] as const
let dir: string
let file: string
let store: CandleStore
let client: Client

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'candles-'))
  file = join(dir, 'a folder', 'candles.db')
  store = await openCandleStore({ file, logger })
  client = createClient({ url: `file:${file}` })
})
afterEach(async () => {
  client.close()
  store.close()
  await rm(dir, { recursive: true })
})

const rowsOf = async (table: string) => (await client.execute(`SELECT * FROM ${table}`)).rows

/** Candles of consecutive minutes, prices in cents. */
function minutes(fromTs: number, count: number, close = (i: number) => 100 + (i % 7) / 100): Candles {
  return candlesFromRows(Array.from({ length: count }, (_, i) => candle(fromTs + i * minute, close(i), i)))
}

function candle(ts: number, close: number, volume = 1): Candle {
  return { ts, open: close, high: close + 0.25, low: close - 0.25, close, volume }
}

const january = Date.UTC(2024, 0, 1)
const february = Date.UTC(2024, 1, 1)

describe('write and read', () => {
  it('give back what was written, from and to by open time', async () => {
    const candles = minutes(february - 50 * minute, 100)
    expect(await store.write(key, candles)).toEqual({ added: 100, changed: 0, same: 0 })
    expect(await store.read(key, ...all)).toEqual(candles)
    const part = await store.read(key, february - 2 * minute, february + 3 * minute)
    expect(part.ts).toEqual(sliceCandles(candles, 48, 53).ts)
    expect(part.close).toEqual(sliceCandles(candles, 48, 53).close)
    expect((await store.read(key, 0, january)).ts).toHaveLength(0)
    expect((await store.read(key, february - 2 * minute, february - 3 * minute)).ts).toHaveLength(0)
  })

  it('give memory that other threads get without a copy', async () => {
    await store.write(key, minutes(january, 600))
    const candles = await store.read(key, ...all)
    const elsewhere = structuredClone(candles)
    elsewhere.close[599] = 7
    expect(candles.close[599]).toBe(7)
  })

  it('change nothing when the same is written again', async () => {
    const candles = minutes(january, 3000)
    await store.write(key, candles)
    await store.write(key, minutes(january + 3000 * minute, 5))
    const before = [await rowsOf('kline_chunk'), await rowsOf('kline_tail')]
    expect(await store.write(key, candles)).toEqual({ added: 0, changed: 0, same: 3000 })
    expect(await store.write(key, minutes(january + 3000 * minute, 5))).toEqual({ added: 0, changed: 0, same: 5 })
    expect([await rowsOf('kline_chunk'), await rowsOf('kline_tail')]).toEqual(before)
  })

  it('replace a candle that differs, packed or not', async () => {
    await store.write(key, minutes(january, 1000))
    await store.write(key, minutes(january + 1000 * minute, 2))
    for (const at of [january + 500 * minute, january + 1001 * minute]) {
      expect(await store.write(key, candlesFromRows([candle(at, 7)]))).toEqual({ added: 0, changed: 1, same: 0 })
      expect((await store.read(key, at, at + 1)).close).toEqual(Float64Array.of(7))
    }
    expect((await store.read(key, ...all)).ts).toHaveLength(1002)
  })

  it('never mix sources, instruments or bars', async () => {
    await store.write(key, minutes(january, 3))
    for (const other of [{ source: 'okx' }, { instId: 'ETH-USDT' }, { bar: '3m' }] as const) {
      expect((await store.read({ ...key, ...other }, ...all)).ts).toHaveLength(0)
    }
  })

  it('never show the candles of another simulated market', async () => {
    const simulated: SeriesKey = { ...key, source: 'simulated' }
    await store.write(simulated, minutes(january, 1000))
    await store.write(key, minutes(january, 10))
    const other = await openCandleStore({ file, simulatedMarket: 'v1:other', logger })
    await other.write(simulated, minutes(february, 20))
    expect(await other.list()).toMatchObject([
      { source: 'import', count: 10 },
      { source: 'simulated', count: 20 },
    ])
    expect((await store.coverage(simulated))?.count).toBe(1000)
    other.close()
  })

  it('give the scale that all parts share', async () => {
    await store.write(
      key,
      minutes(january, 600, () => 5),
    )
    await store.write(key, candlesFromRows([{ ...candle(february, 5.125), high: 6 }]))
    expect((await store.read(key, ...all)).priceScale).toBe(3)
    await store.write(key, candlesFromRows([candle(february + minute, 1 / 3)]))
    expect((await store.read(key, ...all)).priceScale).toBeNull()
  })

  it.each([
    ['off the grid', candlesFromRows([candle(january + 1, 5)]), 'grid'],
    ['out of order', candlesFromRows([candle(january + minute, 5), candle(january, 5)]), 'order'],
    ['twice', candlesFromRows([candle(january, 5), candle(january, 5)]), 'duplicate'],
    ['with high below low', candlesFromRows([{ ...candle(january, 5), high: 1, low: 9 }]), 'range'],
    ['with a price that is no number', candlesFromRows([{ ...candle(january, 5), close: Number.NaN }]), 'price'],
    ['with an endless volume', candlesFromRows([candle(january, 5, Number.POSITIVE_INFINITY)]), 'volume'],
  ])('refuse a candle %s, and store none of those with it', async (_, bad, fault) => {
    const good = minutes(january - 10 * minute, 5)
    const together = candlesFromRows([...rows(good), ...rows(bad)])
    await expect(store.write(key, together)).rejects.toThrow(fault)
    expect(await store.list()).toEqual([])
  })
})

function rows(candles: Candles): Candle[] {
  const { open, high, low, close, volume } = candles
  return Array.from(candles.ts, (ts, i) => ({
    ts,
    open: open[i],
    high: high[i],
    low: low[i],
    close: close[i],
    volume: volume[i],
  }))
}

describe('the tail', () => {
  it('takes the newest few and is packed when it is full', async () => {
    for (let i = 0; i < 512; i += 128) await store.write(key, minutes(january + i * minute, 128))
    expect([(await rowsOf('kline_chunk')).length, (await rowsOf('kline_tail')).length]).toEqual([0, 512])
    await store.write(key, minutes(january + 512 * minute, 1))
    expect([(await rowsOf('kline_chunk')).length, (await rowsOf('kline_tail')).length]).toEqual([1, 0])
    expect((await store.read(key, ...all)).ts).toHaveLength(513)
  })

  it('is packed when its month is over', async () => {
    await store.write(key, minutes(february - 2 * minute, 1))
    await store.write(key, minutes(february, 1))
    expect((await rowsOf('kline_chunk')).map(({ month, count }) => [month, count])).toEqual([['2024-01', 1]])
    expect((await rowsOf('kline_tail')).map(({ ts }) => ts)).toEqual([february])
  })
})

describe('coverage', () => {
  it('tells first, end, count and every gap: within a month, between months, before and in the tail', async () => {
    await store.write(
      key,
      candlesFromRows([...rows(minutes(january, 600)), ...rows(minutes(january + 610 * minute, 600))]),
    )
    await store.write(key, minutes(february + 5 * minute, 600))
    await store.write(key, minutes(february + 606 * minute, 1))
    await store.write(key, minutes(february + 608 * minute, 1))
    const gap = (fromTs: number, toTs: number) => ({ fromTs, toTs, missing: (toTs - fromTs) / minute })
    expect(await store.coverage(key)).toEqual({
      fromTs: january,
      toTs: february + 609 * minute,
      count: 1802,
      gaps: [
        gap(january + 600 * minute, january + 610 * minute),
        gap(january + 1210 * minute, february + 5 * minute),
        gap(february + 605 * minute, february + 606 * minute),
        gap(february + 607 * minute, february + 608 * minute),
      ],
    })
  })

  it('is null for what is not there', async () => {
    expect(await store.coverage(key)).toBeNull()
  })

  it('lists every series', async () => {
    await store.write({ ...key, bar: '1H' }, candlesFromRows([candle(january, 5)]))
    await store.write(key, minutes(january, 600))
    await store.write(key, minutes(january + 700 * minute, 2))
    await store.write({ ...key, instId: 'ADA-USDT' }, minutes(january, 1))
    expect(await store.list()).toEqual([
      { ...key, instId: 'ADA-USDT', fromTs: january, toTs: january + minute, count: 1 },
      { ...key, fromTs: january, toTs: january + 702 * minute, count: 602 },
      { ...key, bar: '1H', fromTs: january, toTs: january + 60 * minute, count: 1 },
    ])
  })
})

describe('the file', () => {
  it('is found again', async () => {
    await store.write(key, minutes(january, 600))
    store.close()
    store = await openCandleStore({ file, logger })
    expect((await store.read(key, ...all)).ts).toHaveLength(600)
  })

  it('is refused when it is newer than the program', async () => {
    await client.execute('PRAGMA user_version = 3')
    await expect(openCandleStore({ file, logger })).rejects.toMatchObject({ id: 'error-candles-newer', args: { file } })
  })

  it.each([
    [
      'a bit of the payload',
      `UPDATE kline_chunk SET payload = CAST(substr(payload, 1, 99) || x'ff' || substr(payload, 101) AS BLOB)`,
    ],
    ['the scale', 'UPDATE kline_chunk SET price_scale = price_scale + 1'],
    ['the times', `UPDATE kline_chunk SET first_ts = first_ts + ${minute}, last_ts = last_ts + ${minute}`],
    ['the length', 'UPDATE kline_chunk SET payload = substr(payload, 1, 99)'],
  ])('is refused where %s was damaged', async (_, damage) => {
    await store.write(key, minutes(january, 600))
    await client.execute(damage)
    await expect(store.read(key, ...all)).rejects.toMatchObject({
      id: 'error-candles-damaged',
      args: { ...key, month: '2024-01' },
    })
  })

  it('is refused for damage to a month even where only a sound part of it is asked for', async () => {
    await store.write(key, minutes(january, 600))
    await client.execute(
      `UPDATE kline_chunk SET payload = CAST(substr(payload, 1, length(payload) - 1) || x'ff' AS BLOB)`,
    )
    await expect(store.read(key, january, january + minute)).rejects.toMatchObject({ id: 'error-candles-damaged' })
  })

  it('is read and gone on with where the program that made it knew no columns of changes', async () => {
    const payload = '42270000102700008d27000010270000f726000029230000102700004e2500000f0000000000000009'
    await client.execute({
      sql: `INSERT INTO kline_chunk VALUES ('import', 'BTC-USDT', '1m', '2024-01', ?, ?, 2, 'i32,i32', 2, 1, 2243200803, ?)`,
      args: [january, january + 3 * minute, Buffer.from(payload, 'hex')],
    })
    await client.execute('PRAGMA user_version = 1')
    store.close()
    store = await openCandleStore({ file, logger })
    const old = [
      { ts: january, open: 100.5, high: 101.25, low: 99.75, close: 100, volume: 1.5 },
      { ts: january + 3 * minute, open: 100, high: 100, low: 90.01, close: 95.5, volume: 0 },
    ]
    expect(await store.read(key, ...all)).toEqual(candlesFromRows(old))
    expect((await client.execute('PRAGMA user_version')).rows[0].user_version).toBe(2)
    const fresh = candle(january + minute, 100)
    await store.write(key, candlesFromRows([fresh]))
    expect(await store.read(key, ...all)).toEqual(candlesFromRows([old[0], fresh, old[1]]))
    expect((await rowsOf('kline_chunk')).map(({ encoding }) => encoding)).toEqual(['d16,d16'])
  })

  it('takes writes over two connections at once', async () => {
    const other = await openCandleStore({ file, logger })
    const parts = Array.from({ length: 20 }, (_, i) => minutes(january + i * 50 * minute, 60))
    await Promise.all(parts.map((part, i) => [store, other][i % 2].write(key, part)))
    other.close()
    expect(await store.coverage(key)).toMatchObject({ count: 1010, gaps: [] })
  })

  it('has a write wholly or not at all when the process is killed', async () => {
    await store.write(key, minutes(january, 10))
    const child = startChild('src/testing/candleChild.ts', file, february - 300 * minute, 600)
    const { signal, stderr } = await endOf(child)
    expect([signal, stderr]).toEqual(['SIGKILL', ''])
    expect(await store.coverage(key)).toMatchObject({ count: 10 })
    expect(await store.write(key, minutes(february - 300 * minute, 600))).toMatchObject({ added: 600 })
  })
})

/** Prices whose changes fit into int16, that fit into int32 ticks, that have a scale but do not fit, and that have none. */
const priceKinds = [
  fc.integer({ min: 10_000, max: 30_000 }).map((ticks) => ticks / 100),
  fc.integer({ min: 1, max: 10_000_000 }).map((ticks) => ticks / 100),
  fc.integer({ min: 1, max: 2 ** 40 }).map((ticks) => ticks / 1000),
  fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
]
const volume = fc.oneof(
  fc.integer({ min: 0, max: 1_000_000 }).map((n) => n / 10_000),
  fc.double({ min: 1e-9, max: 1e12, noNaN: true }),
)
/** Some candles around the turn of a month, with gaps. */
const series = fc
  .constantFrom(...priceKinds)
  .chain((price) =>
    fc.uniqueArray(fc.record({ slot: fc.nat(1500), prices: fc.tuple(price, price, price, price), volume }), {
      selector: ({ slot }) => slot,
      minLength: 1,
      maxLength: 60,
    }),
  )
  .map((items) =>
    candlesFromRows(
      items
        .sort((a, b) => a.slot - b.slot)
        .map(({ slot, prices, volume }) => {
          const [low, open, close, high] = [...prices].sort((a, b) => a - b)
          return { ts: february + (slot - 700) * 30 * minute, open, high, low, close, volume }
        }),
    ),
  )

describe('any candles', () => {
  const half: SeriesKey = { ...key, bar: '30m' }
  let run = 0
  const freshKey = (): SeriesKey => ({ ...half, instId: `RUN${run++}-USDT` })
  /** All but the scale, which need not be the smallest for the parts that were read. */
  const columns = ({ priceScale: _, ...columns }: Candles) => columns

  it('are read as they were written, to the bit, whole and in part', async () => {
    const time = fc.integer({ min: -750 * 30, max: 850 * 30 }).map((minutes) => february + minutes * minute)
    await fc.assert(
      fc.asyncProperty(series, time, time, async (candles, fromTs, toTs) => {
        const key = freshKey()
        await store.write(key, candles)
        expect(await store.read(key, ...all)).toEqual(candles)
        const [from, to] = [lowerBound(candles.ts, fromTs), lowerBound(candles.ts, Math.max(fromTs, toTs))]
        expect(columns(await store.read(key, fromTs, toTs))).toEqual(columns(sliceCandles(candles, from, to)))
      }),
      { numRuns: 30 },
    )
  })

  it('come to the same in whatever order and overlap they are written', async () => {
    const cuts = fc.array(fc.tuple(fc.nat(60), fc.nat(60)), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(series, cuts, fc.boolean(), async (candles, cuts, wholeLast) => {
        const key = freshKey()
        const length = candles.ts.length
        const parts = cuts.map(([from, size]) => sliceCandles(candles, from % length, Math.min(length, from + size)))
        if (wholeLast) parts.push(candles)
        else parts.unshift(sliceCandles(candles, 0, length >> 1), sliceCandles(candles, length >> 1, length))
        let added = 0
        for (const part of parts) added += (await store.write(key, part)).added
        expect(added).toBe(length)
        expect(columns(await store.read(key, ...all))).toEqual(columns(candles))
        expect(await store.coverage(key)).toMatchObject({ fromTs: candles.ts[0], count: length })
      }),
      { numRuns: 30 },
    )
  })
})
