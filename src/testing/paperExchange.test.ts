import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createOkxClient } from '../okx/okxClient.js'
import { createMarket } from '../simulator/market.js'
import { startPaperExchange } from '../simulator/paper/paperExchange.js'
import { startSimulator } from '../simulator/server.js'
import type { VenueAccountTerms } from '../simulator/venue/venue.js'
import { connectTo, type Frame, key, signedCaller, startTs } from './playExchange.js'

const instId = 'BTC-USDT-SWAP'
const terms: VenueAccountTerms = {
  acctLv: '2',
  posMode: 'net_mode',
  cash: { USDT: '100000' },
  fees: { SPOT: { maker: '0.0008', taker: '0.001' }, SWAP: { maker: '0.0002', taker: '0.0005' } },
}

/** A paper exchange whose OKX is a simulator, with one clock for both. */
async function startPaper(from = startTs, kept: { isDown?: boolean; stateFile?: string } = {}) {
  let now = from
  let isDown = kept.isDown ?? false
  let beat = () => {}
  const reached: boolean[] = []
  const logged: string[] = []
  const quiet = pino({ level: 'silent' })
  const okx = await startSimulator({ seed: 'upstream', clock: () => now, limits: 'off', logger: quiet })
  onTestFinished(() => okx.close())
  const paper = await startPaperExchange({
    okxBaseUrl: okx.restUrl,
    rules: createOkxClient({ baseUrl: okx.restUrl, limitsScale: Number.POSITIVE_INFINITY, logger: quiet }),
    fetch: (...request) => (isDown ? Promise.reject(new Error('cable pulled')) : fetch(...request)),
    onReach: (isReached) => void reached.push(isReached),
    ...(kept.stateFile ? { stateFile: kept.stateFile } : {}),
    seed: 'paper',
    clock: () => now,
    every(_ms, run) {
      beat = run
      return () => {}
    },
    keys: [key],
    accounts: { 1: terms },
    limits: 'off',
    logger: pino({ level: 'info' }, { write: (line: string) => void logged.push(line) }),
  })
  onTestFinished(() => paper.close())
  const call = signedCaller(paper.restUrl, () => now)
  const read = async (base: string, target: string) => {
    const response = await fetch(`${base}${target}`)
    const body: Frame = await response.json()
    return { status: response.status, body }
  }
  /** As on the day: every second is noticed, and what is then fetched has come. */
  const pass = async (ms: number) => {
    for (let gone = 0; gone < ms; gone += 1000) {
      now += 1000
      beat()
      // A price that is younger than half a second is not fetched again: this waits for the reading under way.
      await call('GET', `/api/v5/account/positions?instId=${instId}`)
    }
  }
  return {
    okx,
    paper,
    call,
    pass,
    now: () => now,
    leap(ms: number) {
      now += ms
    },
    beat: () => beat(),
    upstream: (target: string) => read(okx.restUrl, target),
    relayed: (target: string) => read(paper.restUrl, target),
    setDown(value: boolean) {
      isDown = value
    },
    reached,
    logged,
    order: (order: Record<string, string>) =>
      call('POST', '/api/v5/trade/order', { instId, tdMode: 'cross', side: 'buy', sz: '1', ...order }),
    found: async (clOrdId: string) =>
      (await call('GET', `/api/v5/trade/order?instId=${instId}&clOrdId=${clOrdId}`)).data[0],
  }
}

describe('the paper exchange', () => {
  it.each([
    '/api/v5/market/candles?instId=BTC-USDT&bar=5m&limit=3',
    '/api/v5/market/tickers?instType=SPOT',
    '/api/v5/public/instruments?instType=SWAP',
    '/api/v5/market/ticker?instId=NO-USDT',
    '/api/v5/market/candles?instId=BTC-USDT&bar=7m',
    '/api/v5/market/nothing',
  ])('passes on what OKX answers to %s', async (target) => {
    const { upstream, relayed } = await startPaper()
    expect(await relayed(target)).toEqual(await upstream(target))
  })

  it('shows its own clock, which is the one that signatures are checked by', async () => {
    const { relayed, now } = await startPaper()
    expect((await relayed('/api/v5/public/time')).body.data).toEqual([{ ts: String(now()) }])
  })

  it("fills a market order at OKX's book", async () => {
    const { order, found, upstream } = await startPaper()
    expect(await order({ ordType: 'market', clOrdId: 'm1' })).toMatchObject({ code: '0', data: [{ sCode: '0' }] })
    const [book] = (await upstream(`/api/v5/market/books?instId=${instId}`)).body.data
    expect(await found('m1')).toMatchObject({ state: 'filled', accFillSz: '1', avgPx: book.asks[0][0] })
  })

  it('fills a resting order once OKX has traded beyond it, not before', async () => {
    const { order, found, upstream, pass } = await startPaper()
    const [ticker] = (await upstream(`/api/v5/market/ticker?instId=${instId}`)).body.data
    const px = (Number(ticker.last) * 0.9997).toFixed(1)
    await order({ ordType: 'post_only', clOrdId: 'r1', px })
    const rows = async () => (await upstream(`/api/v5/market/ticker?instId=${instId}`)).body.data
    let lowest = Number(ticker.last)
    let seconds = 0
    while (lowest > Number(px) && seconds++ < 600) {
      expect(await found('r1')).toMatchObject({ state: 'live' })
      await pass(1000)
      lowest = Math.min(lowest, Number((await rows())[0].last))
    }
    await pass(2000)
    expect(lowest).toBeLessThanOrEqual(Number(px))
    expect(await found('r1')).toMatchObject({ state: 'filled', avgPx: px })
  })

  it('fills it too where OKX came to its price and went again between two looks', async () => {
    const { order, found, leap, beat, call, pass, upstream } = await startPaper()
    const market = createMarket('upstream')
    const [swap] = market.listed.filter((listed) => listed.instId === instId)
    const minuteOn = (minutes: number) => startTs - (startTs % 60_000) + minutes * 60_000
    const lows = market.candles(swap, '1m', minuteOn(1), minuteOn(5), minuteOn(5)).map(({ low }) => low)
    const px = (Math.min(...lows) + 0.5).toFixed(1)
    await order({ ordType: 'post_only', clOrdId: 'dip', px })
    expect(await found('dip')).toMatchObject({ state: 'live' })
    leap(minuteOn(5) - startTs)
    beat()
    await call('GET', `/api/v5/account/positions?instId=${instId}`)
    const [book] = (await upstream(`/api/v5/market/books?instId=${instId}`)).body.data
    expect(Number(book.asks[0][0])).toBeGreaterThan(Number(px))
    await pass(2000)
    expect(await found('dip')).toMatchObject({ state: 'filled', avgPx: px })
  })

  it("pays OKX's funding, once, when it becomes known", async () => {
    const settlement = Date.UTC(2025, 2, 3, 16)
    const { order, call, pass, upstream } = await startPaper(settlement - 5000)
    await order({ ordType: 'market', clOrdId: 'f1', sz: '10' })
    await pass(40_000)
    const [funding] = (await upstream(`/api/v5/public/funding-rate-history?instId=${instId}&limit=1`)).body.data
    expect(funding.fundingTime).toBe(String(settlement))
    const [position] = (await call('GET', '/api/v5/account/positions')).data
    const value = 10 * 0.01 * Number(position.markPx)
    expect(Number(position.fundingFee) / (-value * Number(funding.realizedRate))).toBeCloseTo(1, 2)
  })

  it('does not invent prices: without OKX it refuses, says so once, and still cancels', async () => {
    const { order, call, setDown, leap, relayed, reached, logged, found } = await startPaper()
    await order({ ordType: 'limit', clOrdId: 'c1', px: '20000' })
    setDown(true)
    leap(10_000)
    // Ten seconds old is not too old.
    expect((await order({ ordType: 'market', clOrdId: 'c2' })).code).toBe('0')
    leap(1)
    expect(await order({ ordType: 'market', clOrdId: 'c3' })).toMatchObject({ status: 503, code: '50001' })
    expect(await found('c3')).toBeUndefined()
    expect(await relayed('/api/v5/market/tickers?instType=SPOT')).toMatchObject({
      status: 503,
      body: { code: '50001' },
    })
    const cancelled = await call('POST', '/api/v5/trade/cancel-order', { instId, clOrdId: 'c1' })
    expect(cancelled).toMatchObject({ code: '0' })
    expect(reached).toEqual([false])
    setDown(false)
    expect((await order({ ordType: 'market', clOrdId: 'c4' })).code).toBe('0')
    expect(reached).toEqual([false, true])
    setDown(true)
    leap(11_000)
    expect((await order({ ordType: 'market', clOrdId: 'c5' })).code).toBe('50001')
    expect(reached).toEqual([false, true, false])
    expect(logged).toEqual([])
  })

  it('starts without OKX too, says so, and knows what is held, but not what else there is', async () => {
    const stateFile = join(mkdtempSync(join(tmpdir(), 'paper-')), 'state.json')
    const before = await startPaper(startTs, { stateFile })
    await before.order({ ordType: 'market', clOrdId: 'h1' })
    await before.order({ ordType: 'limit', clOrdId: 'h2', px: '20000' })
    const [held] = (await before.call('GET', '/api/v5/account/positions')).data
    await before.paper.close()

    const { order, call, setDown, pass, beat, reached, logged, found, leap } = await startPaper(startTs, {
      stateFile,
      isDown: true,
    })
    expect(reached).toEqual([false])
    leap(60_000)
    beat()
    expect((await call('GET', '/api/v5/account/positions')).data).toMatchObject([
      { instId, pos: '1', avgPx: held.avgPx, markPx: held.markPx, last: '' },
    ])
    expect(await order({ ordType: 'market', clOrdId: 'h3' })).toMatchObject({ status: 503, code: '50001' })
    const leverage = `/api/v5/account/leverage-info?instId=NO-USDT-SWAP&mgnMode=cross`
    expect(await call('GET', leverage)).toMatchObject({ status: 503, code: '50001' })
    const cancelled = await call('POST', '/api/v5/trade/cancel-order', { instId, clOrdId: 'h2' })
    expect(cancelled).toMatchObject({ code: '0' })

    setDown(false)
    await pass(1000)
    expect(await order({ ordType: 'market', clOrdId: 'h4' })).toMatchObject({ code: '0' })
    expect(await found('h4')).toMatchObject({ state: 'filled' })
    expect(await call('GET', leverage)).toMatchObject({ code: '51001' })
    expect(reached).toEqual([false, true])
    expect(logged).toEqual([])
  })

  it('takes what is no answer of OKX for an outage', async () => {
    const { paper, okx } = await startPaper()
    okx.faults.inject({ endpoint: '', fault: { kind: 'answer', when: 'before', status: 502, msg: 'Bad Gateway' } })
    const response = await fetch(`${paper.restUrl}/api/v5/market/tickers?instType=SPOT`)
    expect(response.status).toBe(503)
  })

  it('refuses an instrument that OKX does not have as OKX would', async () => {
    const { order } = await startPaper()
    const reply = await order({ instId: 'NO-USDT-SWAP', ordType: 'market', clOrdId: 'x' })
    expect(JSON.stringify(reply)).toContain('51001')
  })

  it("pushes OKX's tickers and candles", async () => {
    const { paper, now, leap, beat, upstream } = await startPaper()
    const ticker = await connectTo(paper.port, 'public', now)
    ticker.send({ op: 'subscribe', args: [{ channel: 'tickers', instId: 'BTC-USDT' }] })
    expect((await ticker.next()).event).toBe('subscribe')
    const candle = await connectTo(paper.port, 'business', now)
    candle.send({ op: 'subscribe', args: [{ channel: 'candle1m', instId: 'BTC-USDT' }] })
    expect((await candle.next()).event).toBe('subscribe')
    for (let round = 0; round < 2; round++) {
      const { data } = await ticker.next()
      expect(data).toEqual((await upstream('/api/v5/market/ticker?instId=BTC-USDT')).body.data)
      const row = (await candle.next()).data
      expect(row).toEqual((await upstream('/api/v5/market/candles?instId=BTC-USDT&limit=1')).body.data)
      leap(2000)
      beat()
    }
  })
})
