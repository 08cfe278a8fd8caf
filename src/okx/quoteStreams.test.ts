import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import { streamsHouse } from '../testing/streamsFixture.js'

const ticker = (instId: string, last: string, ts: number) => ({
  instId,
  instType: 'SPOT',
  last,
  bidPx: '1',
  askPx: '2',
  open24h: '1',
  high24h: '2',
  low24h: '1',
  vol24h: '10',
  volCcy24h: '10',
  ts: String(ts),
})
const argOf = (instId: string) => ({ channel: 'tickers', instId })

async function house() {
  const base = streamsHouse()
  const told: string[] = []
  const stream = base.streams.tickers(['BTC-USDT', 'ETH-USDT'], {
    changed: (instId, { value, isStale }) => told.push(`${instId} ${value?.last} ${isStale ? 'stale' : 'fresh'}`),
  })
  await base.timing.pass(100)
  const link = () => base.exchange.last('public')
  const push = (instId: string, last: string, ts: number) => link().push(argOf(instId), [ticker(instId, last, ts)])
  return { ...base, stream, told, link, push }
}

describe('tickers', () => {
  it('are fresh instrument by instrument, from the first push, without a login or REST', async () => {
    const { stream, link, push, rest, timing } = await house()
    expect(link().frames).toMatchObject([{ op: 'subscribe', args: [argOf('BTC-USDT'), argOf('ETH-USDT')] }])
    push('BTC-USDT', '64000', 10)
    expect(stream.read('BTC-USDT')).toMatchObject({
      value: { last: new Decimal(64_000) },
      isStale: false,
      receivedAt: timing.clock(),
    })
    expect(stream.read('ETH-USDT')).toMatchObject({ value: null, isStale: true, reason: 'starting' })
    expect(rest.waiting).toEqual([])
  })

  it('go stale with the connection, and are fresh again by the next push', async () => {
    const { stream, told, link, push, timing } = await house()
    push('BTC-USDT', '1', 10)
    push('ETH-USDT', '2', 10)
    link().cut()
    await timing.pass(3000)
    expect(stream.read('ETH-USDT')).toMatchObject({ isStale: true, reason: 'disconnected' })
    push('BTC-USDT', '1', 10)
    expect(told.slice(2)).toEqual(['BTC-USDT 1 stale', 'ETH-USDT 2 stale', 'BTC-USDT 1 fresh'])
    expect(stream.read('ETH-USDT').isStale).toBe(true)
  })

  it('are not made fresh by the old connection of an upgrade whose new one was lost', async () => {
    const { stream, exchange, push, timing } = await house()
    push('BTC-USDT', '1', 10)
    const [old] = exchange.links
    old.say({ event: 'notice', code: '64008', msg: '', connId: 'x' })
    await timing.pass(100)
    exchange.isReachable = false
    exchange.last('public').cut()
    old.push(argOf('BTC-USDT'), [ticker('BTC-USDT', '2', 20)])
    // The old one is dropped, and others are tried in vain: nothing more is heard of the price.
    for (let s = 0; s < 60; s++) {
      await timing.pass(1000)
      expect(stream.read('BTC-USDT').isStale).toBe(true)
    }
  })

  it('never go back, and are told once', async () => {
    const { told, push } = await house()
    push('BTC-USDT', '1', 10)
    push('BTC-USDT', '2', 20)
    push('BTC-USDT', '1', 10)
    push('BTC-USDT', '2', 20)
    expect(told).toEqual(['BTC-USDT 1 fresh', 'BTC-USDT 2 fresh'])
  })

  it('that cannot be read make their instrument stale, and no other', async () => {
    const { stream, link, push, errors } = await house()
    push('BTC-USDT', '1', 10)
    push('ETH-USDT', '2', 10)
    link().push(argOf('BTC-USDT'), [{ ...ticker('BTC-USDT', '-3', 20) }])
    expect(stream.read('BTC-USDT')).toMatchObject({
      isStale: true,
      reason: 'malformed',
      value: { last: new Decimal(1) },
    })
    expect(stream.read('ETH-USDT').isStale).toBe(false)
    expect(errors()).toMatchObject([{ channel: 'tickers', field: 'data/0/last' }])
  })

  it('that the exchange does not know are refused, the others come', async () => {
    const { streams, exchange, timing } = streamsHouse()
    exchange.answer = (frame) => {
      if (frame === 'ping' || !frame.args.some(({ instId }) => instId === 'NO-USDT')) return undefined
      return { id: frame.id, event: 'error', code: '60018', msg: "doesn't exist" }
    }
    const stream = streams.tickers(['NO-USDT', 'BTC-USDT'])
    await timing.pass(1000)
    exchange.last('public').push(argOf('BTC-USDT'), [ticker('BTC-USDT', '5', 10)])
    expect(stream.read('NO-USDT')).toMatchObject({ isStale: true, reason: 'refused' })
    expect(stream.read('BTC-USDT').isStale).toBe(false)
    expect(() => stream.read('ETH-USDT')).toThrow('ETH-USDT')
  })
})

it('mark prices are of a channel of their own', async () => {
  const { streams, exchange, timing } = streamsHouse()
  const stream = streams.markPrice(['BTC-USDT-SWAP'])
  await timing.pass(100)
  const arg = { channel: 'mark-price', instId: 'BTC-USDT-SWAP' }
  exchange.last('public').push(arg, [{ instType: 'SWAP', instId: 'BTC-USDT-SWAP', markPx: '64000.5', ts: '10' }])
  expect(stream.read('BTC-USDT-SWAP')).toMatchObject({
    isStale: false,
    value: { markPx: new Decimal('64000.5'), ts: 10 },
  })
})
