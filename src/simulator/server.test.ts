import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { type Simulator, type SimulatorOptions, startSimulator } from './server.js'

const logger = pino({ level: 'silent' })
const minuteMs = 60_000
const now = Date.UTC(2025, 2, 3, 10, 20, 30, 500)
const running: Simulator[] = []

async function start(options: Partial<SimulatorOptions> = {}) {
  const simulator = await startSimulator({ seed: 'test', clock: () => now, limits: 'off', logger, ...options })
  running.push(simulator)
  const get = async (path: string, init?: RequestInit) => {
    const response = await fetch(`${simulator.restUrl}/api/v5/${path}`, init)
    const body = (await response.json()) as { code: string; msg: string; data: never[] }
    return { status: response.status, ...body }
  }
  const candles = async (path: string): Promise<string[][]> => (await get(path)).data
  return { simulator, get, candles }
}

afterEach(async () => {
  for (const simulator of running.splice(0)) await simulator.close()
})

const opens = (rows: readonly string[][]) => rows.map(([ts]) => Number(ts))

describe('candles', () => {
  it('are nine strings a row, newest first, the first still forming', async () => {
    const { candles } = await start()
    const rows = await candles('market/candles?instId=BTC-USDT&bar=1m')
    expect(rows).toHaveLength(100)
    for (const row of rows) expect(row.map((cell) => typeof cell)).toEqual(Array(9).fill('string'))
    expect(opens(rows)).toEqual(
      Array.from({ length: 100 }, (_, i) => Math.floor(now / minuteMs) * minuteMs - i * minuteMs),
    )
    expect(rows.map(([, , , , , , , , confirm]) => confirm)).toEqual(['0', ...Array(99).fill('1')])
  })

  it('take after and before as exclusive bounds, together as a window', async () => {
    const { candles } = await start()
    const [, b, c, d, e] = opens(await candles('market/candles?instId=ETH-USDT&bar=5m&limit=5'))
    expect(opens(await candles(`market/candles?instId=ETH-USDT&bar=5m&limit=2&after=${b}`))).toEqual([c, d])
    expect(opens(await candles(`market/candles?instId=ETH-USDT&bar=5m&after=${b}&before=${e}`))).toEqual([c, d])
    expect(opens(await candles(`market/candles?instId=ETH-USDT&bar=5m&after=${b - 1}&before=${e - 1}`))).toEqual([
      c,
      d,
      e,
    ])
  })

  it('with before alone are the newest page, not the one after it', async () => {
    const { candles } = await start()
    const newest = await candles('market/candles?instId=BTC-USDT&bar=1m&limit=3')
    expect(await candles(`market/candles?instId=BTC-USDT&bar=1m&limit=3&before=${now - 90 * minuteMs}`)).toEqual(newest)
  })

  it('go back 1,440 bars and no further, 300 a page at most', async () => {
    const { candles } = await start()
    expect(await candles('market/candles?instId=BTC-USDT&bar=1m&limit=1000')).toHaveLength(300)
    const oldest = Math.floor(now / minuteMs) * minuteMs - 1439 * minuteMs
    expect(opens(await candles(`market/candles?instId=BTC-USDT&bar=1m&after=${oldest + minuteMs}`))).toEqual([oldest])
    expect(await candles(`market/candles?instId=BTC-USDT&bar=1m&after=${oldest}`)).toEqual([])
  })

  it('of history are closed, reach back to genesis, and do not always fill a page', async () => {
    const { candles } = await start()
    const sizes = new Set<number>()
    let after = now
    for (let page = 0; page < 15; page++) {
      const rows = await candles(`market/history-candles?instId=BTC-USDT&bar=1m&limit=300&after=${after}`)
      expect(rows.every((row) => row[8] === '1')).toBe(true)
      sizes.add(rows.length)
      after = opens(rows).at(-1) ?? 0
    }
    expect(Math.max(...sizes)).toBe(300)
    expect(Math.min(...sizes)).toBeLessThan(300)
    const genesis = Date.UTC(2018, 0, 1)
    expect(opens(await candles(`market/history-candles?instId=BTC-USDT&bar=1m&after=${genesis + 1}`))).toEqual([
      genesis,
    ])
    expect(await candles(`market/history-candles?instId=BTC-USDT&bar=1m&after=${genesis}`)).toEqual([])
  })

  it('of history are those of the tail', async () => {
    const { candles } = await start()
    const query = `instId=SOL-USDT&bar=15m&limit=1&after=${now - 10 * 15 * minuteMs}`
    expect(await candles(`market/history-candles?${query}`)).toEqual(await candles(`market/candles?${query}`))
  })

  it('of swaps count contracts, then coins, then quote', async () => {
    const { candles } = await start()
    for (const [instId, ctVal] of [
      ['BTC-USDT-SWAP', 0.01],
      ['ETH-USDT-SWAP', 0.1],
    ]) {
      const [, row] = await candles(`market/candles?instId=${instId}&bar=1m&limit=2`)
      expect(Number(row[6]) / Number(row[5])).toBeCloseTo(Number(ctVal), 10)
      expect(Number(row[7]) / Number(row[6]) / Number(row[4])).toBeCloseTo(1, 1)
    }
  })
})

describe('refusals', () => {
  it.each([
    ['market/candles?bar=1m', 400, '50014'],
    ['market/candles?instId=NO-USDT', 200, '51001'],
    ['market/candles?instId=BTC-USDT&bar=7m', 400, '51000'],
    ['market/candles?instId=BTC-USDT&bar=1M', 400, '51000'],
    ['market/candles?instId=BTC-USDT&after=yesterday', 400, '51000'],
    ['market/candles?instId=BTC-USDT&limit=-1', 400, '51000'],
    ['market/ticker?instId=toString', 200, '51001'],
    ['public/instruments', 400, '50014'],
    ['public/instruments?instType=PERP', 400, '51000'],
    ['public/funding-rate-history?instId=BTC-USDT', 200, '51001'],
    ['public/position-tiers?instType=SWAP&instFamily=BTC-USDT', 400, '50014'],
    ['public/position-tiers?instType=SWAP&tdMode=cross', 400, '50014'],
    ['public/position-tiers?instType=SPOT&tdMode=cross&instFamily=BTC-USDT', 400, '51000'],
    ['public/position-tiers?instType=SWAP&tdMode=cash&instFamily=BTC-USDT', 400, '51000'],
    ['public/position-tiers?instType=SWAP&tdMode=cross&instFamily=DOGE-USDT', 200, '51001'],
    ['public/position-tiers?instType=SWAP&tdMode=cross&instFamily=a,b,c,d,e,f', 400, '51000'],
    ['public/nothing', 404, '404'],
  ])('%s: HTTP %i, code %s', async (path, status, code) => {
    const { get } = await start()
    expect(await get(path)).toMatchObject({ status, code })
  })

  it('of another method, and of an address that is none', async () => {
    const { get, simulator } = await start()
    expect(await get('public/time', { method: 'POST' })).toMatchObject({ status: 405, code: '50115' })
    expect((await fetch(`${simulator.restUrl}//`)).status).toBe(404)
  })
})

describe('limits', () => {
  it('answer 50011 to one request too many in two seconds, then let go', async () => {
    let time = now
    const { get } = await start({ limits: 'documented', clock: () => time })
    for (let i = 0; i < 10; i++) expect((await get('public/time')).code).toBe('0')
    expect(await get('public/time')).toMatchObject({ status: 429, code: '50011' })
    time += 1999
    expect((await get('public/time')).code).toBe('50011')
    time += 1
    expect((await get('public/time')).code).toBe('0')
  })

  it('are kept for each endpoint and scope', async () => {
    const { get } = await start({ limits: 'documented' })
    for (let i = 0; i < 20; i++) await get('public/instruments?instType=SPOT')
    expect((await get('public/instruments?instType=SPOT')).code).toBe('50011')
    expect((await get('public/instruments?instType=SWAP')).code).toBe('0')
    expect((await get('public/time')).code).toBe('0')
  })
})

it('lists what it trades', async () => {
  const { get } = await start()
  const ids = async (instType: string) =>
    (await get(`public/instruments?instType=${instType}`)).data.map(({ instId }) => instId)
  expect(await ids('SPOT')).toEqual(['BTC-USDT', 'ETH-USDT', 'SOL-USDT', 'DOGE-USDT'])
  expect(await ids('SWAP')).toEqual(['BTC-USDT-SWAP', 'ETH-USDT-SWAP'])
  expect(await ids('FUTURES')).toEqual([])
})

it('tells the rate of the next funding as it will be realised', async () => {
  const { get } = await start()
  const [next] = (await get('public/funding-rate?instId=BTC-USDT-SWAP')).data as Record<string, string>[]
  expect(Number(next.fundingTime)).toBe(Date.UTC(2025, 2, 3, 16))
  expect(Number(next.nextFundingTime) - Number(next.fundingTime)).toBe(8 * 60 * minuteMs)
  const later = await start({ clock: () => now + 6 * 60 * minuteMs })
  const [settled] = (await later.get('public/funding-rate-history?instId=BTC-USDT-SWAP&limit=1')).data
  expect(settled).toMatchObject({ fundingTime: next.fundingTime, realizedRate: next.fundingRate })
})

it('serves three months of funding, by pages', async () => {
  const { get } = await start()
  const path = 'public/funding-rate-history?instId=ETH-USDT-SWAP'
  const times: number[] = []
  for (let page: Record<string, string>[] = (await get(path)).data; page.length > 0; ) {
    times.push(...page.map(({ fundingTime }) => Number(fundingTime)))
    page = (await get(`${path}&after=${times.at(-1)}`)).data
  }
  expect(times).toHaveLength(276)
  expect(times.every((ts, i) => i === 0 || times[i - 1] - ts === 8 * 60 * minuteMs)).toBe(true)
})

it('asks more margin and allows less leverage the larger a position is', async () => {
  const { get } = await start()
  const path = 'public/position-tiers?instType=SWAP&tdMode=isolated&instFamily'
  const tiers = (await get(`${path}=BTC-USDT`)).data as Record<string, string>[]
  expect(tiers[0]).toMatchObject({ tier: '1', minSz: '0', maxSz: '1000', mmr: '0.004', imr: '0.0100', maxLever: '100' })
  expect(tiers.length).toBeGreaterThan(5)
  tiers.slice(1).forEach((tier, i) => {
    const before = tiers[i]
    expect(tier).toMatchObject({ tier: String(i + 2), minSz: before.maxSz })
    expect(Number(tier.maxSz)).toBeGreaterThan(Number(before.maxSz))
    expect(Number(tier.mmr)).toBeGreaterThan(Number(before.mmr))
    expect(Number(tier.maxLever)).toBeLessThan(Number(before.maxLever))
    expect(Number(tier.mmr)).toBeLessThan(Number(tier.imr))
  })
  const both = (await get(`${path}=BTC-USDT,ETH-USDT`)).data as Record<string, string>[]
  expect(new Set(both.map(({ instFamily }) => instFamily))).toEqual(new Set(['BTC-USDT', 'ETH-USDT']))
})

it('can be closed twice, and refuses a port that is taken', async () => {
  const { simulator } = await start()
  await expect(start({ port: simulator.port })).rejects.toMatchObject({ id: 'error-port' })
  await simulator.close()
  await simulator.close()
})
