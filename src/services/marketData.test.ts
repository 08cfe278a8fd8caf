import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createOkxClient, type OkxPublic } from '../okx/okxClient.js'
import { OkxError } from '../okx/okxError.js'
import { type Simulator, startSimulator } from '../simulator/server.js'
import { type CandleStore, openCandleStore } from '../store/candleStore.js'
import { createMarketData, type MarketData } from './marketData.js'
import type { Progress, Work } from './work.js'

const logger = pino({ level: 'silent' })
const minuteMs = 60_000
const now = Date.parse('2024-03-05T10:00:30Z')
const lastClosed = Date.parse('2024-03-05T09:59:00Z')

let simulator: Simulator
let store: CandleStore
let asked: string[]
let marketData: MarketData
let time: number

beforeEach(async () => {
  time = now
  simulator = await startSimulator({ seed: 'test', clock: () => time, limits: 'off', logger })
  store = await openCandleStore({ file: join(mkdtempSync(join(tmpdir(), 'market-')), 'candles.db'), logger })
  asked = []
  marketData = marketDataOver(
    createOkxClient({ baseUrl: simulator.restUrl, limitsScale: Number.POSITIVE_INFINITY, logger }),
  )
})

afterEach(async () => {
  store.close()
  await simulator.close()
})

/** Notes each page that is asked for. */
function marketDataOver(okx: OkxPublic): MarketData {
  const noting: OkxPublic = {
    ...okx,
    candles: (query, signal) => {
      asked.push('candles')
      return okx.candles(query, signal)
    },
    historyCandles: (query, signal) => {
      asked.push('historyCandles')
      return okx.historyCandles(query, signal)
    },
  }
  return createMarketData({ okx: noting, store, source: 'simulated', clock: () => time })
}

function work(signal = new AbortController().signal): Work & { told: Progress[] } {
  const told: Progress[] = []
  return { told, signal, progress: (progress) => told.push(progress) }
}

const request = (minutes: number, toTs = lastClosed + minuteMs) => ({
  instId: 'BTC-USDT',
  bar: '1m' as const,
  fromTs: toTs - minutes * minuteMs,
  toTs,
})

describe('candles', () => {
  it.each([0, 17_000])(
    'come from the exchange once, and from the store ever after (asked %s ms off the grid)',
    async (offMs) => {
      const wanted = { ...request(2000), fromTs: request(2000).fromTs - offMs }
      const first = await marketData.candles(wanted, work())
      expect(first.ts).toHaveLength(2000)
      expect(asked.length).toBeGreaterThan(2)
      asked = []
      const second = await marketData.candles(wanted, work())
      expect(asked).toEqual([])
      expect(second.close).toEqual(first.close)
    },
  )

  it('never hold one that has not closed', async () => {
    const { ts } = await marketData.candles({ ...request(10), toTs: now + 3_600_000 }, work())
    expect(ts.at(-1)).toBe(lastClosed)
  })

  it('are asked for only where they are missing', async () => {
    await marketData.candles(request(600), work())
    asked = []
    time += 5 * minuteMs
    const longer = await marketData.candles({ ...request(600), toTs: time }, work())
    expect(longer.ts).toHaveLength(605)
    expect(asked).toEqual(['candles'])
  })

  it('are downloaded once for two who ask at the same time', async () => {
    const [one, other] = await Promise.all([
      marketData.candles(request(900), work()),
      marketData.candles(request(900), work()),
    ])
    const pages = asked.length
    expect(one.close).toEqual(other.close)
    asked = []
    await marketDataOver(createOkxClient({ baseUrl: simulator.restUrl, logger })).candles(
      { ...request(900), instId: 'ETH-USDT' },
      work(),
    )
    expect(pages).toBe(asked.length)
  })

  it('of a download that was given up are kept, and it goes on from there', async () => {
    const whole = await marketData.candles({ ...request(3000), instId: 'ETH-USDT' }, work())
    const pages = asked.length
    asked = []
    const abort = new AbortController()
    const givenUp = marketData.candles(request(3000), {
      signal: abort.signal,
      progress: ({ fraction = 0 }) => fraction > 0.4 && abort.abort(new Error('given up')),
    })
    await expect(givenUp).rejects.toThrow('given up')
    // At once: whoever gave it up may close the store next.
    expect((await store.coverage({ source: 'simulated', instId: 'BTC-USDT', bar: '1m' }))?.count).toBeGreaterThan(
      0.3 * 3000,
    )
    const before = asked.length
    expect(before).toBeLessThan(pages)
    const { ts } = await marketData.candles(request(3000), work())
    expect(ts).toHaveLength(whole.ts.length)
    expect(asked.length).toBeLessThanOrEqual(pages + 1)
  })

  it('are not waited for by somebody who has given up, whoever downloads meanwhile', async () => {
    const first = marketData.candles(request(20_000), work())
    await expect(marketData.candles(request(20_000), work(AbortSignal.abort(new Error('given up'))))).rejects.toThrow(
      'given up',
    )
    expect(asked.length).toBeLessThan(20)
    await first
  })

  it('tell how far the download is, up to all of it', async () => {
    const watched = work()
    await marketData.candles(request(2000), watched)
    const fractions = watched.told.map(({ fraction }) => fraction ?? Number.NaN)
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
    expect(fractions.at(-1)).toBe(1)
  })

  it('begin late for a time before there were any, which is asked for once', async () => {
    const genesis = Date.parse('2018-01-01T00:00:00Z')
    const early = {
      instId: 'BTC-USDT',
      bar: '1Dutc' as const,
      fromTs: genesis - 30 * 86_400_000,
      toTs: genesis + 5 * 86_400_000,
    }
    const { ts } = await marketData.candles(early, work())
    expect(ts[0]).toBe(genesis)
    asked = []
    await marketData.candles(early, work())
    expect(asked).toEqual([])
  })

  it('that are stored can be had while the exchange cannot be reached', async () => {
    const stored = await marketData.candles(request(300), work())
    const okx = createOkxClient({ baseUrl: 'http://127.0.0.1:1', wait: async () => {}, logger })
    const offline = createMarketData({ okx, store, source: 'simulated', clock: () => time })
    expect((await offline.candles(request(300), work())).close).toEqual(stored.close)
    await expect(offline.candles(request(400), work())).rejects.toMatchObject({ id: 'error-exchange-retry' })
    expect(await offline.knownInstrument('BTC-USDT')).toBeNull()
  })
})

describe('position tiers', () => {
  /** How often tiers were asked for. */
  let times: number
  let fail: boolean
  const overCounting = () => {
    const okx = createOkxClient({ baseUrl: simulator.restUrl, limitsScale: Number.POSITIVE_INFINITY, logger })
    times = 0
    fail = false
    const positionTiers: OkxPublic['positionTiers'] = (query, signal) => {
      times++
      if (fail) throw new OkxError('positionTiers', 'network', 'retry', 'no way')
      return okx.positionTiers(query, signal)
    }
    return createMarketData({ okx: { ...okx, positionTiers }, store, source: 'simulated', clock: () => time })
  }

  it('are asked for once an hour, for each swap and margin mode', async () => {
    const data = overCounting()
    const tiers = await data.positionTiers('BTC-USDT-SWAP', 'cross')
    expect(tiers[0]).toEqual({ maxSz: 1000, mmr: 0.004, maxLever: 100 })
    time += 59 * minuteMs
    expect(await data.positionTiers('BTC-USDT-SWAP', 'cross')).toEqual(tiers)
    expect(times).toBe(1)
    await data.positionTiers('BTC-USDT-SWAP', 'isolated')
    expect((await data.positionTiers('ETH-USDT-SWAP', 'cross'))[0].maxSz).toBe(1500)
    expect(times).toBe(3)
    time += minuteMs
    await data.positionTiers('BTC-USDT-SWAP', 'cross')
    expect(times).toBe(4)
  })

  it('are the last known where the exchange cannot be asked, else none', async () => {
    const data = overCounting()
    const tiers = await data.positionTiers('BTC-USDT-SWAP', 'cross')
    time += 2 * 60 * minuteMs
    fail = true
    expect(await data.positionTiers('BTC-USDT-SWAP', 'cross')).toEqual(tiers)
    expect(await data.positionTiers('ETH-USDT-SWAP', 'cross')).toEqual([])
  })
})

it('funding is kept beside the candles, by swap', async () => {
  const dayMs = 1440 * minuteMs
  const { ts, rate } = await marketData.fundingRates('BTC-USDT-SWAP', now - 2 * dayMs, now, work())
  expect(ts.map((at) => new Date(at).toISOString().slice(0, 13))).toEqual([
    '2024-03-03T16',
    '2024-03-04T00',
    '2024-03-04T08',
    '2024-03-04T16',
    '2024-03-05T00',
    '2024-03-05T08',
  ])
  const stored = await store.funding.read(
    { source: 'simulated', instId: 'BTC-USDT-SWAP' },
    { fromTs: now - 2 * dayMs, toTs: now },
  )
  expect(stored.rates).toEqual({ ts, rate })
  const other = await marketData.fundingRates('ETH-USDT-SWAP', now - 2 * dayMs, now, work())
  expect(other.rate).not.toEqual(rate)
})

describe('instruments', () => {
  it('are refused with the nearest that is traded', async () => {
    await expect(marketData.instrument('BTX-USDT')).rejects.toMatchObject({
      id: 'error-instrument-unknown',
      args: { instId: 'BTX-USDT', suggestion: 'BTC-USDT' },
    })
    await expect(marketData.candles({ ...request(5), instId: 'NOPE-XYZ' }, work())).rejects.toMatchObject({
      id: 'error-instrument-unknown',
    })
  })

  it('have their rules', async () => {
    const { tickSz, instType } = await marketData.instrument('BTC-USDT-SWAP')
    expect([instType, tickSz.toString()]).toEqual(['SWAP', '0.1'])
  })
})
