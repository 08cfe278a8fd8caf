import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Bar, barOpen, intervalMs } from '../domain/bars.js'
import type { TimeRange } from '../domain/candles.js'
import { type CandleDownload, type DownloadedPage, downloadCandles } from './downloadCandles.js'
import type { PageCandle } from './mappers.js'
import type { CandleQuery, OkxPublic } from './okxClient.js'

const bar: Bar = '15m'
const stepMs = intervalMs(bar)
const listingTs = 1_600_000_200_000
const now = listingTs + 5000 * stepMs + 60_000

interface Exchange extends Pick<OkxPublic, 'time' | 'candles' | 'historyCandles'> {
  asked: string[]
}

const candleAt = (ts: number): PageCandle => {
  const price = 100 + ((ts / stepMs) % 7)
  const confirmed = ts + stepMs <= now
  return { ts, open: price, high: price + 1, low: price - 1, close: price + 0.5, volume: (ts / stepMs) % 11, confirmed }
}

/** An exchange with a candle for every bar since listing, but for `holes`, and pages of whatever size it likes. */
function exchange({
  pageSize = (limit: number) => limit,
  holes = new Set<number>(),
  historyLagBars = 0,
  tailBars = 1440,
}: {
  pageSize?: (limit: number) => number
  holes?: ReadonlySet<number>
  historyLagBars?: number
  tailBars?: number
} = {}): Exchange {
  const forming = barOpen(bar, now)
  const asked: string[] = []
  const page = (name: string, oldest: number, newest: number) => async (query: CandleQuery) => {
    asked.push(name)
    const rows: PageCandle[] = []
    const size = Math.max(1, pageSize(query.limit ?? 100))
    let ts = Math.min(newest, barOpen(bar, (query.after ?? Number.POSITIVE_INFINITY) - 1))
    for (; ts >= Math.max(oldest, listingTs) && rows.length < size; ts -= stepMs) {
      if (!holes.has(ts)) rows.push(candleAt(ts))
    }
    return rows
  }
  return {
    asked,
    time: async () => now,
    candles: page('candles', forming - (tailBars - 1) * stepMs, forming),
    historyCandles: page('history', 0, forming - (1 + historyLagBars) * stepMs),
  }
}

async function collect(okx: Exchange, ranges: TimeRange[], signal?: AbortSignal): Promise<DownloadedPage[]> {
  const pages: DownloadedPage[] = []
  const download: CandleDownload = { instId: 'BTC-USDT', bar, ranges }
  for await (const page of downloadCandles(okx, download, signal)) pages.push(page)
  return pages
}

const times = (pages: readonly DownloadedPage[]) => pages.toReversed().flatMap(({ candles }) => [...candles.ts])

function everyBar(fromTs: number, toTs: number): number[] {
  return Array.from({ length: Math.max(0, Math.ceil((toTs - fromTs) / stepMs)) }, (_, i) => fromTs + i * stepMs)
}

const formingTs = barOpen(bar, now)

describe('a download', () => {
  it('takes the newest bars from candles and the rest from history', async () => {
    const okx = exchange({ historyLagBars: 50 })
    const fromTs = formingTs - 2000 * stepMs
    const pages = await collect(okx, [{ fromTs, toTs: now }])
    expect(times(pages)).toEqual(everyBar(fromTs, formingTs))
    expect(okx.asked.indexOf('history')).toBe(okx.asked.lastIndexOf('candles') + 1)
    expect(okx.asked).toContain('candles')
  })

  it('asks history alone for what is older than the tail', async () => {
    const okx = exchange()
    const toTs = formingTs - 1500 * stepMs
    await collect(okx, [{ fromTs: toTs - 10 * stepMs, toTs }])
    expect(okx.asked).toEqual(['history'])
  })

  it('goes on with history where candles has fewer bars than documented', async () => {
    const fromTs = formingTs - 1000 * stepMs
    const pages = await collect(exchange({ tailBars: 450 }), [{ fromTs, toTs: now }])
    expect(times(pages)).toEqual(everyBar(fromTs, formingTs))
  })

  it('leaves out the candle that is forming, and the future', async () => {
    const pages = await collect(exchange(), [{ fromTs: formingTs - 2 * stepMs, toTs: now + 10 * stepMs }])
    expect(times(pages)).toEqual([formingTs - 2 * stepMs, formingTs - stepMs])
    expect(pages.at(-1)).toMatchObject({ done: 2, total: 2 })
  })

  it('gives the same candles whatever the size of the pages', async () => {
    const size = fc.integer({ min: 1, max: 300 })
    const span = fc.tuple(fc.integer({ min: 1, max: 1900 }), fc.integer({ min: 1, max: 400 }))
    await fc.assert(
      fc.asyncProperty(fc.array(size, { minLength: 1, maxLength: 20 }), span, async (sizes, [back, bars]) => {
        let turn = 0
        const okx = exchange({ pageSize: () => sizes[turn++ % sizes.length] })
        const fromTs = formingTs - back * stepMs
        const toTs = Math.min(formingTs, fromTs + bars * stepMs)
        const pages = await collect(okx, [{ fromTs, toTs }])
        expect(times(pages)).toEqual(everyBar(fromTs, toTs))
        expect(pages.at(-1)?.done).toBe(pages.at(-1)?.total)
      }),
      { numRuns: 40 },
    )
  })

  it('stops where history ends, and settles what lies before', async () => {
    const fromTs = listingTs - 400 * stepMs
    const pages = await collect(exchange(), [{ fromTs, toTs: listingTs + 5 * stepMs }])
    expect(times(pages)).toEqual(everyBar(listingTs, listingTs + 5 * stepMs))
    expect(pages.at(-1)).toMatchObject({ fromTs, toTs: listingTs, done: 405, total: 405 })
  })

  it('passes on the holes that the exchange has', async () => {
    const hole = formingTs - 1800 * stepMs
    const okx = exchange({ holes: new Set([hole]) })
    const pages = await collect(okx, [{ fromTs: hole - stepMs, toTs: hole + 2 * stepMs }])
    expect(times(pages)).toEqual([hole - stepMs, hole + stepMs])
    expect(pages.at(-1)).toMatchObject({ done: 3, total: 3 })
  })

  it('does not settle the newest bars that the exchange is late with', async () => {
    const late = formingTs - stepMs
    const okx = exchange({ holes: new Set([formingTs, late]) })
    const pages = await collect(okx, [{ fromTs: late - 3 * stepMs, toTs: now }])
    expect(pages).toHaveLength(1)
    expect(pages[0]).toMatchObject({ fromTs: late - 3 * stepMs, toTs: late, done: 3, total: 4 })
  })

  it('does not settle a candle that is over but unconfirmed', async () => {
    const late = formingTs - stepMs
    const okx = exchange()
    const candles: Exchange['candles'] = async (query) =>
      (await okx.candles(query)).map((row) => (row.ts === late ? { ...row, confirmed: false } : row))
    const pages = await collect({ ...okx, candles }, [{ fromTs: late - 3 * stepMs, toTs: now }])
    expect(pages[0].toTs).toBe(late)
    expect(times(pages)).toEqual(everyBar(late - 3 * stepMs, late))
  })

  it('is resumed with the ranges still missing, newest first', async () => {
    const [a, b] = [formingTs - 1700 * stepMs, formingTs - 100 * stepMs]
    const ranges = [
      { fromTs: a, toTs: a + 2 * stepMs },
      { fromTs: b, toTs: b + 3 * stepMs },
    ]
    const pages = await collect(exchange(), ranges)
    expect(times(pages)).toEqual([...everyBar(a, a + 2 * stepMs), ...everyBar(b, b + 3 * stepMs)])
    expect(pages.map(({ done, total }) => [done, total])).toEqual([
      [3, 5],
      [5, 5],
    ])
  })

  it('takes bounds between two opens as the opens after them', async () => {
    const fromTs = formingTs - 5 * stepMs
    const pages = await collect(exchange(), [{ fromTs: fromTs + 1, toTs: fromTs + 2 * stepMs + 1 }])
    expect(times(pages)).toEqual([fromTs + stepMs, fromTs + 2 * stepMs])
  })

  it('asks nothing where nothing is missing', async () => {
    const okx = exchange()
    expect(await collect(okx, [{ fromTs: formingTs, toTs: now }])).toEqual([])
    expect(okx.asked).toEqual([])
  })

  it('passes the signal on, and ends with its reason', async () => {
    const reason = new Error('cancelled')
    const controller = new AbortController()
    const okx = exchange({ pageSize: () => 10 })
    const candles: Exchange['candles'] = async (query, signal) => {
      signal?.throwIfAborted()
      controller.abort(reason)
      return okx.candles(query)
    }
    const range = { fromTs: formingTs - 100 * stepMs, toTs: now }
    await expect(collect({ ...okx, candles }, [range], controller.signal)).rejects.toBe(reason)
    expect(okx.asked).toHaveLength(1)
  })
})

describe('a page is refused', () => {
  const range = { fromTs: formingTs - 50 * stepMs, toTs: formingTs }
  const bent = (bend: (rows: PageCandle[]) => PageCandle[]) => {
    const okx = exchange({ pageSize: () => 10 })
    const candles: Exchange['candles'] = async (query) => bend(await okx.candles(query))
    return collect({ ...okx, candles }, [range])
  }
  const badPage = { name: 'OkxPayloadError', source: 'candles', field: 'ts' }

  it('off the grid', async () => {
    await expect(bent((rows) => rows.map((row) => ({ ...row, ts: row.ts + 1 })))).rejects.toMatchObject(badPage)
  })

  it('with a candle twice', async () => {
    await expect(bent(([first, ...rest]) => [first, first, ...rest])).rejects.toMatchObject(badPage)
  })

  it('oldest first', async () => {
    await expect(bent((rows) => rows.toReversed())).rejects.toMatchObject(badPage)
  })

  it('with candles newer than asked for', async () => {
    await expect(bent((rows) => [candleAt(formingTs), ...rows])).rejects.toMatchObject(badPage)
  })

  it('if it is the one before again, so that a download cannot go round for ever', async () => {
    const okx = exchange({ pageSize: () => 10 })
    const stuck: Exchange['candles'] = (query) => okx.candles({ ...query, after: formingTs })
    await expect(collect({ ...okx, candles: stuck }, [range])).rejects.toMatchObject(badPage)
  })
})
