import { createInterface } from 'node:readline'
import { createClient } from '@libsql/client'
import { pino } from 'pino'
import { openCandleStore } from '../src/store/candleStore.js'
import { type CandleSource, type CandleStoreAnswer, fileOf, seriesKey, sourceQueries } from './candleStore.js'
import { clocks, nowBy, say } from './harness.js'

/* Reads the candles in one way, as often as each line on standard input says: see candleStore.ts. */

const [, , source, folder, givenClock] = process.argv
const now = nowBy[clocks.find((name) => name === givenClock) ?? 'wall']

/** Opens the file and gives what reads all that is in it. */
async function open(source: CandleSource): Promise<() => Promise<unknown>> {
  const file = fileOf(folder, source)
  if (source === 'store') {
    const store = await openCandleStore({ file, logger: pino({ level: 'silent' }) })
    return () => store.read(seriesKey, 0, Number.MAX_SAFE_INTEGER)
  }
  const client = createClient({ url: `file:${file}` })
  await client.execute('PRAGMA user_version')
  return () => client.execute(sourceQueries[source])
}

const read = await open(source as CandleSource)
gc!()
const base = process.memoryUsage().rss
for await (const line of createInterface({ input: process.stdin })) {
  const times: number[] = []
  for (let call = 0; call < Number(line); call++) {
    const start = now()
    await read()
    times.push(now() - start)
  }
  const answer: CandleStoreAnswer = { times, grownBytes: process.memoryUsage().rss - base }
  say(JSON.stringify(answer))
}
