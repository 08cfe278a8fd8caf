import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient } from '@libsql/client'
import { pino } from 'pino'
import { type Candles, candleColumns } from '../src/domain/candles.js'
import { openCandleStore, type SeriesKey } from '../src/store/candleStore.js'
import { type Contestant, median, type Options, race, say, sayTable, show, type Verdicts } from './harness.js'
import { benchCandles } from './market.js'
import { type Memory, takeOrders } from './orders.js'

export const seriesKey: SeriesKey = { source: 'import', instId: 'BTC-USDT', bar: '1m' }

/** What `@libsql/client` alone is asked, by what the candles are kept as. */
export const sourceQueries = {
  /** The six columns as they lie in memory, a blob a column and month. */
  columns: 'SELECT payload FROM column_blob ORDER BY month, name',
  /** What the store keeps, not unpacked and not checked. */
  packed: 'SELECT * FROM kline_chunk ORDER BY month',
  /** A row a candle. */
  rows: 'SELECT * FROM candle_row ORDER BY ts',
} as const

export type CandleSource = keyof typeof sourceQueries | 'store'

export interface CandleStoreAnswer {
  times: number[]
  /** How far the process grew from before its first read, what waits for the garbage collector included. */
  grownBytes: number
}

const mostTimesBlobs = 1.5
const mostBytesABar = 300

/** The store against what libSQL takes to hand over the same bytes as blobs: time, the first read, memory. */
export async function candleStore(options: Options, verdicts: Verdicts): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'candlechat-bench-'))
  try {
    const candles = benchCandles(options.bars)
    await writeStore(folder, candles)
    await writeColumns(folder, candles)
    await writeRows(folder, candles)
    await compareTimes(folder, options, verdicts)
    await compareFirstReads(folder, options, verdicts)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export function fileOf(folder: string, source: CandleSource): string {
  return join(folder, source === 'packed' ? 'store' : source)
}

async function writeStore(folder: string, candles: Candles): Promise<void> {
  const store = await openCandleStore({ file: fileOf(folder, 'store'), logger: pino({ level: 'silent' }) })
  await store.write(seriesKey, candles)
  store.close()
}

/** About as many candles as a month of minutes has. */
const monthLength = 43_800

function* months({ ts }: Candles): Generator<{ from: number; to: number }> {
  for (let from = 0; from < ts.length; from += monthLength) yield { from, to: Math.min(ts.length, from + monthLength) }
}

async function writeColumns(folder: string, candles: Candles): Promise<void> {
  const client = createClient({ url: `file:${fileOf(folder, 'columns')}` })
  await client.execute('PRAGMA journal_mode = WAL')
  await client.execute('CREATE TABLE column_blob (month INTEGER, name TEXT, payload BLOB, PRIMARY KEY (month, name))')
  for (const { from, to } of months(candles)) {
    const inserts = candleColumns.map((name) => ({
      sql: 'INSERT INTO column_blob VALUES (?, ?, ?)',
      args: [from, name, candles[name].slice(from, to).buffer],
    }))
    await client.batch(inserts, 'write')
  }
  client.close()
}

async function writeRows(folder: string, candles: Candles): Promise<void> {
  const client = createClient({ url: `file:${fileOf(folder, 'rows')}` })
  const columns = candleColumns.map((name) => `${name} REAL NOT NULL`)
  await client.execute(`CREATE TABLE candle_row (${columns.join(', ')}, PRIMARY KEY (ts)) WITHOUT ROWID`)
  const sql = `INSERT INTO candle_row VALUES (${candleColumns.map(() => '?').join(', ')})`
  for (const { from, to } of months(candles)) {
    const rows = Array.from({ length: to - from }, (_, i) => candleColumns.map((name) => candles[name][from + i]))
    await client.batch(
      rows.map((args) => ({ sql, args })),
      'write',
    )
  }
  client.close()
}

interface Reader extends Contestant {
  ask(calls: number): Promise<CandleStoreAnswer>
  end(): void
}

/** Each in a process of its own, where nobody else's garbage is in its way. */
function startReader(source: CandleSource, folder: string, { clock }: Options, memory: Memory): Reader {
  const program = fileURLToPath(new URL('candleStoreProgram.js', import.meta.url))
  const orders = takeOrders(process.execPath, ['--expose-gc', program, source, folder, clock], memory)
  const ask = async (calls: number): Promise<CandleStoreAnswer> => JSON.parse(await orders.ask(String(calls)))
  return { ask, run: async (calls) => (await ask(calls)).times, end: orders.end }
}

async function compareTimes(folder: string, options: Options, verdicts: Verdicts): Promise<void> {
  const table: string[][] = []
  for (const memory of ['kept', 'fresh'] as const) {
    const start = (source: CandleSource) => startReader(source, folder, options, memory)
    const readers = { columns: start('columns'), packed: start('packed'), store: start('store') }
    const ms = await race(readers, options)
    for (const reader of Object.values(readers)) reader.end()
    const ratio = ms.store / ms.columns
    table.push([
      memory,
      ...[ms.columns, ms.packed, ms.store, ms.store / ms.packed, ratio].map(show),
      String(mostTimesBlobs),
      verdicts.atMost(`candles from the store / blobs, in ${memory} memory`, ratio, mostTimesBlobs),
    ])
  }
  say(`
Medians of ${options.rounds} rounds in ms, in memory that is had again from the read before or fresh from the system
  columns: libSQL hands over the six columns as blobs; packed: it hands over what the store keeps
  store: this, every checksum verified, unpacked into the six columns`)
  sayTable(['memory', 'columns', 'packed', 'store', '/ packed', '/ columns', 'bound', ''], table)
}

async function compareFirstReads(folder: string, options: Options, verdicts: Verdicts): Promise<void> {
  const firstReads = async (source: CandleSource, rounds: number) => {
    const answers: CandleStoreAnswer[] = []
    for (let round = 0; round < rounds; round++) {
      const reader = startReader(source, folder, options, 'kept')
      answers.push(await reader.ask(1))
      reader.end()
    }
    const bytesABar = median(answers.map(({ grownBytes }) => grownBytes)) / options.bars
    return { ms: median(answers.map(({ times }) => times[0])), bytesABar }
  }
  const columns = await firstReads('columns', options.rounds)
  const packed = await firstReads('packed', options.rounds)
  const store = await firstReads('store', options.rounds)
  const rows = await firstReads('rows', 1)
  const ratio = store.ms / columns.ms
  say(`
The first read of a process in ms, and how far the process grows with it; rows: libSQL hands over a row a candle`)
  sayTable(
    ['', 'ms', '/ columns', 'bound', '', 'bytes/bar', 'bound', ''],
    [
      ['columns', show(columns.ms), '', '', '', show(columns.bytesABar), '', ''],
      ['packed', show(packed.ms), show(packed.ms / columns.ms), '', '', show(packed.bytesABar), '', ''],
      [
        'store',
        show(store.ms),
        show(ratio),
        String(mostTimesBlobs),
        verdicts.atMost('the first read of candles / blobs', ratio, mostTimesBlobs),
        show(store.bytesABar),
        String(mostBytesABar),
        verdicts.atMost('bytes a bar of candles from the store', store.bytesABar, mostBytesABar),
      ],
      ['rows', show(rows.ms), show(rows.ms / columns.ms), '', '', show(rows.bytesABar), '', ''],
    ],
  )
}
