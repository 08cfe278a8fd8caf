import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import { createMarket } from './market.js'
import { simulatedQuotes } from './simulatedQuotes.js'
import { createVenue } from './venue/createVenue.js'

const market = createMarket('test')
const quotes = simulatedQuotes(market)
const start = Date.UTC(2024, 4, 10)
const hourMs = 3_600_000
const [btc, , , , btcSwap] = market.listed

describe('a quote', () => {
  it('stands a tick to both sides of last, and deeper in steps', () => {
    const quote = quotes.quote('BTC-USDT', start + 12_345)
    const last = market.lastPrice(btc, start + 12_345)
    expect(quote?.last.toNumber()).toBe(last)
    expect(quote?.asks[0].px.minus(last).toNumber()).toBe(0.1)
    expect(quote?.bids[0].px.minus(last).toNumber()).toBe(-0.1)
    for (const side of [quote?.asks ?? [], quote?.bids ?? []]) {
      expect(new Set(side.map(({ px }) => px.toString())).size).toBe(10)
      expect(side.every(({ sz }) => sz.gt(0) && sz.mod('0.00000001').isZero())).toBe(true)
    }
  })

  it('of a swap has a mark smoother than last', () => {
    const moves = (px: (ts: number) => number) =>
      Array.from({ length: 600 }, (_, i) => Math.abs(px(start + i * 1000 + 1000) - px(start + i * 1000))).reduce(
        (a, b) => a + b,
      )
    const mark = moves((ts) => quotes.quote('BTC-USDT-SWAP', ts)?.markPx.toNumber() ?? 0)
    expect(mark).toBeLessThan(0.6 * moves((ts) => market.lastPrice(btcSwap, ts)))
  })
})

describe('what was traded', () => {
  const between = (from: number, to: number) => quotes.traded('BTC-USDT-SWAP', start + from, start + to)

  it('in whole minutes is the candle of them', () => {
    const [candle] = market.candles(btcSwap, '5m', start, start + 300_000, start + hourMs)
    const traded = between(0, 300_000)
    expect([traded?.high.toNumber(), traded?.low.toNumber()]).toEqual([candle.high, candle.low])
    // Contracts of 0.01 BTC.
    expect(traded?.volume.toNumber()).toBeCloseTo(candle.volume * 100, 6)
  })

  it('second by second adds up to the same', () => {
    const parts = Array.from({ length: 300 }, (_, i) => between(i * 1000, i * 1000 + 1000))
    const whole = between(0, 300_000)
    const sum = (values: (Decimal | undefined)[]) => Decimal.sum(...values.map((value) => value ?? 0))
    expect(sum(parts.map((part) => part?.volume)).toString()).toBe(whole?.volume.toString())
    const open = new Decimal(market.lastPrice(btcSwap, start))
    expect(Decimal.max(open, ...parts.map((part) => part?.high ?? 0)).toString()).toBe(whole?.high.toString())
    expect(Decimal.min(open, ...parts.map((part) => part?.low ?? open)).toString()).toBe(whole?.low.toString())
  })

  it('from the middle of an hour to the middle of another has all of them', () => {
    const cuts = [1_234_000, hourMs, 3 * hourMs, 3 * hourMs + 420_000, 3 * hourMs + 437_000]
    const parts = cuts.slice(1).map((to, i) => between(cuts[i], to))
    const whole = between(cuts[0], cuts[4])
    expect(Decimal.sum(...parts.map((part) => part?.volume ?? 0)).toString()).toBe(whole?.volume.toString())
    expect(Decimal.max(...parts.map((part) => part?.high ?? 0)).toString()).toBe(whole?.high.toString())
  })

  it('between two whole seconds is nothing', () => {
    expect(between(1200, 1900)).toBeNull()
    expect(between(1200, 2000)).not.toBeNull()
  })
})

it('settles funding every eight hours, at the rate that is published', () => {
  const settled = quotes.funding('BTC-USDT-SWAP', start, start + 24 * hourMs)
  expect(settled.map(({ fundingTime }) => (fundingTime - start) / hourMs)).toEqual([8, 16, 24])
  expect(settled[0].rate.toNumber()).toBe(market.fundingRate(btcSwap, start + 8 * hourMs))
})

describe('a venue over it', () => {
  const swap = { instId: 'BTC-USDT-SWAP', tdMode: 'cross' }
  function trade() {
    const venue = createVenue(quotes)
    const fees = { maker: '0.0002', taker: '0.0005' }
    venue.openAccount(
      'u',
      { acctLv: '2', posMode: 'net_mode', cash: { USDT: '10000' }, fees: { SPOT: fees, SWAP: fees } },
      start,
    )
    const post = (path: string, body: object) => {
      const answer = venue.routes[`POST /api/v5/trade/${path}`].answer('u', new URLSearchParams(), body, start + 500)
      expect(answer).toMatchObject({ code: '0' })
    }
    const last = market.lastPrice(btcSwap, start)
    const at = (factor: number) => (last * factor).toFixed(1)
    post('order', { ...swap, side: 'buy', ordType: 'market', sz: '20' })
    post('order', { ...swap, side: 'sell', ordType: 'limit', sz: '5', px: at(1.003) })
    post('order-algo', {
      ...swap,
      side: 'sell',
      ordType: 'oco',
      sz: '20',
      reduceOnly: true,
      tpTriggerPx: at(1.02),
      tpOrdPx: '-1',
      slTriggerPx: at(0.98),
      slOrdPx: '-1',
    })
    post('order-algo', {
      ...swap,
      side: 'sell',
      ordType: 'move_order_stop',
      sz: '3',
      reduceOnly: true,
      callbackRatio: '0.012',
    })
    return venue
  }

  it('comes to the same after a day in one step as in many', () => {
    const [once, often] = [trade(), trade()]
    const end = start + 24 * hourMs
    once.advance(end)
    for (let ts = start; ts < end; ts += 7_234_567) often.advance(ts)
    often.advance(end)
    expect(often.save()).toEqual(once.save())
    const told = once.takeEvents()
    expect(often.takeEvents()).toEqual(told)
    // Both of them have been lived through: the market has moved by more than the limit and the callback.
    expect(told.filter(({ channel }) => channel === 'orders').length).toBeGreaterThan(5)
  })
})
