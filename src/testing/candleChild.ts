import { allocateCandles } from '../domain/candles.js'
import { writeCandles } from '../store/candleWrite.js'
import { openLibsql } from '../store/libsql.js'

/** Writes candles of minutes and dies by SIGKILL when all is written but not committed. */
export async function run(file: string, fromTs: number, count: number): Promise<void> {
  const candles = allocateCandles(count, 0)
  for (const name of ['open', 'high', 'low', 'close', 'volume'] as const) candles[name].fill(1)
  candles.ts.forEach((_, i) => {
    candles.ts[i] = fromTs + i * 60_000
  })
  const client = await openLibsql({ url: `file:${file}` })
  const transaction = await client.transaction('write')
  const { added } = await writeCandles(transaction, { source: 'import', instId: 'BTC-USDT', bar: '1m' }, candles)
  if (added !== count) throw new Error(`${added} of ${count} candles were written`)
  process.kill(process.pid, 'SIGKILL')
}
