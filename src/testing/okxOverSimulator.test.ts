import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { candlesFromRows } from '../domain/candles.js'
import { downloadCandles } from '../okx/downloadCandles.js'
import { endpoints } from '../okx/endpoints.js'
import { createOkxClient, type OkxPublic } from '../okx/okxClient.js'
import { createMarket } from '../simulator/market.js'
import { publicRoutes } from '../simulator/publicRoutes.js'
import { type Simulator, startSimulator } from '../simulator/server.js'

const logger = pino({ level: 'silent' })
const minuteMs = 60_000
const now = Date.UTC(2025, 2, 3, 10, 20, 30, 500)
const seed = 'contract'
const market = createMarket(seed)

let simulator: Simulator
let okx: OkxPublic

beforeAll(async () => {
  simulator = await startSimulator({ seed, clock: () => now, limits: 'off', logger })
  okx = createOkxClient({ baseUrl: simulator.restUrl, limitsScale: Number.POSITIVE_INFINITY, logger })
})
afterAll(() => simulator.close())

describe('the client over the simulator', () => {
  it('reads its clock and its instruments', async () => {
    expect(await okx.time()).toBe(now)
    const [btc] = await okx.instruments('SPOT')
    expect([btc.instId, btc.tickSz.toFixed(), btc.minSz.toFixed()]).toEqual(['BTC-USDT', '0.1', '0.00001'])
    const [swap] = await okx.instruments('SWAP')
    expect([swap.instId, swap.ctVal?.toFixed(), swap.settleCcy]).toEqual(['BTC-USDT-SWAP', '0.01', 'USDT'])
  })

  it('reads tickers that agree with the candles of the last day', async () => {
    const tickers = [...(await okx.tickers('SPOT')), ...(await okx.tickers('SWAP'))]
    expect(tickers.map(({ instId }) => instId)).toEqual(market.listed.map(({ instId }) => instId))
    for (const { instId, last, bidPx, askPx, high24h, low24h, baseVol24h } of tickers) {
      const listed = market.listed.find((candidate) => candidate.instId === instId) ?? market.listed[0]
      const day = market.candles(listed, '1m', now - 1440 * minuteMs, now + 1, now)
      expect(high24h.toNumber()).toBe(Math.max(...day.map(({ high }) => high)))
      expect(low24h.toNumber()).toBe(Math.min(...day.map(({ low }) => low)))
      expect(baseVol24h.toNumber()).toBeCloseTo(
        day.reduce((sum, { volume }) => sum + volume, 0),
        3,
      )
      expect(bidPx?.lt(last) && askPx?.gt(last)).toBe(true)
      expect(last.toNumber()).toBe(day.at(-1)?.close)
    }
    expect(await okx.ticker('ETH-USDT')).toEqual(tickers[1])
  })

  it.each(['BTC-USDT', 'BTC-USDT-SWAP'])('downloads %s exactly as the market made it', async (instId) => {
    const listed = market.listed.find((candidate) => candidate.instId === instId) ?? market.listed[0]
    const range = { fromTs: now - 3000 * minuteMs, toTs: now }
    const pages = []
    for await (const { candles } of downloadCandles(okx, { instId, bar: '1m', ranges: [range] })) pages.unshift(candles)
    const made = market.candles(listed, '1m', range.fromTs, range.toTs, now).filter(({ closed }) => closed)
    expect(made).toHaveLength(2999)
    const expected = candlesFromRows(made)
    for (const name of ['ts', 'open', 'high', 'low', 'close', 'volume'] as const) {
      expect(pages.flatMap((page) => [...page[name]])).toEqual([...expected[name]])
    }
  })

  it('downloads to the first candle that there is', async () => {
    const genesis = Date.UTC(2018, 0, 1)
    const ranges = [{ fromTs: genesis - 86_400_000, toTs: genesis + 86_400_000 }]
    const times: number[] = []
    for await (const page of downloadCandles(okx, { instId: 'DOGE-USDT', bar: '1H', ranges })) {
      times.unshift(...page.candles.ts)
    }
    expect(times[0]).toBe(genesis)
    expect(times).toHaveLength(24)
  })

  it('reads funding, and is told of an unknown instrument', async () => {
    const rates = await okx.fundingRateHistory({ instId: 'BTC-USDT-SWAP', before: now - 86_400_000 })
    expect(rates).toHaveLength(3)
    for (const { fundingTime, realizedRate } of rates) {
      expect(realizedRate).toBe(market.fundingRate(market.listed[4], fundingTime))
    }
    await expect(okx.ticker('NO-USDT')).rejects.toMatchObject({ isUnknownInstrument: true, kind: 'refused' })
  })

  it.each(['cross', 'isolated'] as const)('reads the tiers of a swap: %s', async (tdMode) => {
    const tiers = await okx.positionTiers({ instId: 'ETH-USDT-SWAP', tdMode })
    expect(tiers).toEqual(market.listed[5].tiers)
    expect(tiers[0]).toEqual({ maxSz: 1500, mmr: 0.004, maxLever: 100 })
  })

  it('keeps within the limits that the exchange keeps', async () => {
    const routes = publicRoutes(market)
    const shared = Object.values(endpoints).filter(({ path }) => path in routes)
    expect(shared.length).toBeGreaterThanOrEqual(8)
    for (const { path, requestsPer2s, scope } of shared) {
      expect(routes[path]).toMatchObject({ requestsPer2s, scope })
    }
  })
})
