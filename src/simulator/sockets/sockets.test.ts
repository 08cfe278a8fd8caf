import { setImmediate } from 'node:timers/promises'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { fakePosition } from '../../testing/fakeVenue.js'
import { type Frame, key, type PlaySocket, scene, startPlay, startTs } from '../../testing/playExchange.js'
import { playKey } from '../keys.js'
import type { PublicHalf } from '../publicHalf.js'
import { publicRoutes } from '../publicRoutes.js'
import type { Connection } from './connection.js'
import { createPublicPushes } from './publicPushes.js'
import { topicOf } from './publicTopics.js'

const minuteMs = 60_000

async function subscribed({ send, next }: PlaySocket, arg: Record<string, string>): Promise<Frame> {
  send({ op: 'subscribe', args: [arg] })
  const frame = await next()
  if (
    frame.event === 'subscribe' &&
    ['account', 'positions', 'orders', 'orders-algo', 'algo-advance'].includes(arg.channel)
  )
    await next()
  return frame
}

describe('a socket', () => {
  it('answers ping with pong, and closes after 30 s without data', async () => {
    const { connect, pass } = await startPlay()
    const { send, next, closed, socket } = await connect('public')
    pass(29_000)
    send('ping')
    expect(await next()).toBe('pong')
    pass(29_999)
    expect(socket.readyState).toBe(socket.OPEN)
    pass(1)
    expect(await closed()).toBe(4004)
  })

  it('stays open while something is pushed', async () => {
    const { connect, pass } = await startPlay()
    const client = await connect('public')
    await subscribed(client, { channel: 'tickers', instId: 'BTC-USDT' })
    expect((await client.next()).data).toHaveLength(1)
    for (let i = 0; i < 3; i++) {
      pass(20_000)
      expect((await client.next()).data).toHaveLength(1)
    }
    expect(client.socket.readyState).toBe(client.socket.OPEN)
  })

  it.each([
    ['no JSON', 'hello', '60012'],
    ['an op that is none', { op: 'order', args: [{}] }, '60012'],
    ['an id that is none', { id: 'a-b', op: 'subscribe', args: [{ channel: 'tickers' }] }, '60012'],
    ['no args', { op: 'subscribe' }, '60013'],
    ['args that are no texts', { op: 'subscribe', args: [{ channel: 'tickers', instId: 5 }] }, '60013'],
    ['no channel', { op: 'subscribe', args: [{ instId: 'BTC-USDT' }] }, '60013'],
    ['a channel without instrument', { op: 'subscribe', args: [{ channel: 'tickers' }] }, '60013'],
    ['a channel that is none', { op: 'subscribe', args: [{ channel: 'toString', instId: 'BTC-USDT' }] }, '60018'],
    ['an instrument that is none', { op: 'subscribe', args: [{ channel: 'tickers', instId: 'NO-USDT' }] }, '60018'],
    ['candles', { op: 'subscribe', args: [{ channel: 'candle1m', instId: 'BTC-USDT' }] }, '64001'],
    ['a private channel', { op: 'subscribe', args: [{ channel: 'account' }] }, '60018'],
  ])('refuses %s', async (_what, frame, code) => {
    const { connect } = await startPlay()
    const { send, next } = await connect('public')
    send(frame)
    expect(await next()).toMatchObject({ event: 'error', code })
  })

  it('refuses channels of another socket', async () => {
    const { connect } = await startPlay()
    const [secret, business] = [await connect('private'), await connect('business')]
    expect(await subscribed(business, { channel: 'tickers', instId: 'BTC-USDT' })).toMatchObject({ code: '64002' })
    expect(await subscribed(business, { channel: 'account' })).toMatchObject({ code: '64002' })
    expect(await subscribed(business, { channel: 'candle7m', instId: 'BTC-USDT' })).toMatchObject({ code: '60018' })
    expect(await subscribed(secret, { channel: 'orders-algo', instType: 'ANY' })).toMatchObject({ code: '64001' })
    expect(await subscribed(secret, { channel: 'tickers', instId: 'BTC-USDT' })).toMatchObject({ code: '60018' })
    expect(await subscribed(secret, { channel: 'account' })).toMatchObject({ code: '60011', msg: 'Please log in' })
  })

  it('gives back the id of a request, and says on what connection', async () => {
    const { connect } = await startPlay()
    const { send, next } = await connect('public')
    const arg = { channel: 'funding-rate', instId: 'BTC-USDT-SWAP' }
    send({ id: 'req1', op: 'subscribe', args: [arg] })
    const { connId, ...frame } = await next()
    expect(frame).toEqual({ id: 'req1', event: 'subscribe', arg })
    expect((await next()).data).toMatchObject([{ instId: 'BTC-USDT-SWAP' }])
    send({ id: 'req2', op: 'unsubscribe', args: [arg] })
    expect(await next()).toEqual({ id: 'req2', event: 'unsubscribe', arg, connId })
    send({ id: 'req3', op: 'subscribe', args: [{ channel: 'none' }] })
    expect(await next()).toMatchObject({ id: 'req3', event: 'error', code: '60018', connId })
  })

  it('takes 480 requests an hour', async () => {
    const { connect, pass } = await startPlay()
    const { send, next } = await connect('public')
    const request = { op: 'unsubscribe', args: [{ channel: 'tickers', instId: 'BTC-USDT' }] }
    for (let i = 0; i < 480; i++) send(request)
    for (let i = 0; i < 480; i++) expect((await next()).event).toBe('unsubscribe')
    send(request)
    expect(await next()).toMatchObject({ event: 'error', code: '60014' })
    for (let i = 0; i < 180; i++) {
      send('ping')
      expect(await next()).toBe('pong')
      pass(20_000)
    }
    send(request)
    expect((await next()).event).toBe('unsubscribe')
  })

  it('is closed by a frame of more than 64 KB', async () => {
    const { connect } = await startPlay()
    const { send, closed } = await connect('public')
    send('x'.repeat(64 * 1024 + 1))
    expect(await closed()).toBe(1009)
  })

  it('is opened on three paths, six times in two seconds', async () => {
    const { simulator, connect, pass } = await startPlay()
    const status = (path: string) =>
      new Promise((resolve) => {
        const socket = new WebSocket(`ws://127.0.0.1:${simulator.port}${path}`)
        socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode))
        socket.on('error', () => {})
      })
    expect(await status('/ws/v5/elsewhere')).toBe(404)
    for (let i = 0; i < 6; i++) await connect('public')
    expect(await status('/ws/v5/public')).toBe(429)
    pass(2000)
    await connect('public')
    expect([simulator.wsPublic, simulator.wsPrivate, simulator.wsBusiness]).toEqual(
      ['public', 'private', 'business'].map((kind) => `ws://127.0.0.1:${simulator.port}/ws/v5/${kind}`),
    )
  })
})

describe('login', () => {
  it('opens what is private, once', async () => {
    const { connect } = await startPlay()
    for (const kind of ['private', 'business'] as const) {
      const { login } = await connect(kind)
      expect(await login()).toMatchObject({ event: 'login', code: '0' })
      expect(await login()).toMatchObject({ event: 'error', code: '60031' })
    }
  })

  const seconds = String(startTs / 1000)
  it.each([
    ['a timestamp in ISO', { timestamp: new Date(startTs).toISOString() }, '60004'],
    ['a timestamp in milliseconds', { timestamp: String(startTs) }, '60004'],
    ['a timestamp 31 s old', { timestamp: String(Math.floor(startTs / 1000) - 31) }, '60006'],
    ['a timestamp that was not signed', { timestamp: seconds }, '60007'],
    ['a key that has not the form of one', { apiKey: 'abc' }, '60005'],
    ['a key of nobody', { apiKey: playKey('other', '1').apiKey }, '60032'],
    ['a wrong passphrase', { passphrase: 'guess' }, '60024'],
    ['a wrong signature', { sign: 'AAAA' }, '60007'],
  ])('with %s is refused, and the socket closed', async (_what, departures, code) => {
    const { connect } = await startPlay()
    const { login, closed } = await connect('private')
    expect(await login(departures)).toMatchObject({ event: 'error', code })
    expect(await closed()).toBe(4001)
  })

  it('is refused from an address that its key is not bound to', async () => {
    const { connect } = await startPlay({ keys: [{ ...key, ip: ['10.0.0.1'] }] })
    const { login } = await connect('private')
    expect(await login()).toMatchObject({ event: 'error', code: '60009' })
  })

  it('goes by the clock that the exchange shows', async () => {
    const { connect, simulator } = await startPlay()
    simulator.faults.skewClock(-60_000)
    const { login } = await connect('private')
    expect(await login()).toMatchObject({ code: '60006' })
  })
})

describe('public channels', () => {
  it('push what is new of a ticker to everyone who follows it', async () => {
    const { connect, pass } = await startPlay()
    const [a, b] = [await connect('public'), await connect('public')]
    const arg = { channel: 'tickers', instId: 'BTC-USDT' }
    for (const client of [a, b]) await subscribed(client, arg)
    const [first] = [await a.next(), await b.next()]
    expect(first).toMatchObject({ arg, data: [{ instId: 'BTC-USDT', ts: String(startTs) }] })
    pass(400)
    pass(1600)
    const [second, same] = [await a.next(), await b.next()]
    expect(second).toEqual(same)
    expect(second.data[0].ts).toBe(String(startTs + 2000))
    a.send({ op: 'unsubscribe', args: [arg] })
    expect((await a.next()).event).toBe('unsubscribe')
    pass(5000)
    expect((await b.next()).data[0].ts).toBe(String(startTs + 7000))
    a.send('ping')
    expect(await a.next()).toBe('pong')
  })

  it('repeat the last candle while it forms, and end it confirmed', async () => {
    const { connect, pass, now, call } = await startPlay()
    const client = await connect('business')
    expect(await subscribed(client, { channel: 'candle1m', instId: 'BTC-USDT' })).toMatchObject({ event: 'subscribe' })
    const minute = Math.floor(now / minuteMs) * minuteMs
    const row = async () => (await client.next()).data[0]
    const seen: string[][] = [await row()]
    for (let i = 0; i < 3; i++) {
      pass(12_000)
      if (i < 2) seen.push(await row())
    }
    // 36 s later: the minute is over, and the next has begun.
    seen.push(await row(), await row())
    expect(seen.map(([ts, , , , , , , , confirm]) => [Number(ts) - minute, confirm])).toEqual([
      [0, '0'],
      [0, '0'],
      [0, '0'],
      [0, '1'],
      [minuteMs, '0'],
    ])
    const page = await call('GET', '/api/v5/market/candles?instId=BTC-USDT&bar=1m&limit=2')
    expect(page.data).toEqual([seen[4], seen[3]])
  })

  it('leave no candle out that closed between two reads', async () => {
    const { quotes, market } = scene
    const route = publicRoutes(market)['/api/v5/market/candles']
    const topic = topicOf({ channel: 'candle1m', instId: 'BTC-USDT' }, quotes)
    const pushed = (now: number) =>
      topic.fresh(route.answer(new URLSearchParams(topic.read(now)?.search), now), now).map(([row]) => row)
    const minute = Math.floor(startTs / minuteMs) * minuteMs
    expect(pushed(startTs)).toHaveLength(1)
    const rows = pushed(startTs + 5 * minuteMs)
    expect(rows).toMatchObject(
      [0, 1, 2, 3, 4, 5].map((i) => ({ 0: String(minute + i * minuteMs), 8: i < 5 ? '1' : '0' })),
    )
    expect(pushed(startTs + 5 * minuteMs)).toEqual([])
  })

  it('are not read for nobody', async () => {
    let reads = 0
    const data = [{ instId: 'X' }]
    const half: PublicHalf = {
      market: '',
      quotes: scene.quotes,
      pollMs: 500,
      async answer() {
        reads++
        return { status: 200, body: { code: '0', msg: '', data } }
      },
      prepare: async () => true,
      beat() {},
    }
    const pushes = createPublicPushes(half, pino({ level: 'silent' }))
    const follower: Connection = { kind: 'public', connId: '1', key: null, subscriptions: new Map(), send() {} }
    const arg = { channel: 'tickers', instId: 'X' }
    await pushes.follow(follower, arg, 1000, () => {})
    pushes.beat(1499)
    expect(reads).toBe(1)
    pushes.beat(1500)
    expect(reads).toBe(2)
    await setImmediate()
    pushes.leave(follower, arg)
    pushes.beat(9000)
    expect(reads).toBe(2)
  })

  it.each([
    ['mark-price', { instId: 'BTC-USDT-SWAP' }, { instId: 'BTC-USDT-SWAP', markPx: '100.5' }],
    ['funding-rate', { instId: 'BTC-USDT-SWAP' }, { instId: 'BTC-USDT-SWAP', nextFundingRate: '' }],
    ['books5', { instId: 'BTC-USDT-SWAP' }, { bids: [['99.9', '5', '0', '1']], asks: [['100.1', '5', '0', '1']] }],
    ['instruments', { instType: 'SWAP' }, { instId: 'BTC-USDT-SWAP', ctVal: '0.01' }],
  ])('%s open with what is so', async (channel, arg: Record<string, string>, row) => {
    const { connect } = await startPlay()
    const client = await connect('public')
    await subscribed(client, { channel, ...arg })
    expect((await client.next()).data[0]).toMatchObject(row)
  })

  it('trades tell what was traded since', async () => {
    const { connect, pass } = await startPlay()
    const client = await connect('public')
    await subscribed(client, { channel: 'trades', instId: 'BTC-USDT-SWAP' })
    pass(1000)
    expect((await client.next()).data).toMatchObject([{ px: '100', sz: '7', side: 'buy', ts: String(startTs + 1000) }])
  })
})

describe('private channels', () => {
  const loggedIn = async (options = {}) => {
    const play = await startPlay(options)
    const client = await play.connect('private')
    await client.login()
    return { ...play, play, client }
  }

  it('open positions with a snapshot in pages, again every 5 s', async () => {
    const { client, venue, pass } = await loggedIn()
    venue.positions = Array.from({ length: 45 }, (_, i) => fakePosition(`C${i}-USDT-SWAP`))
    await subscribed(client, { channel: 'positions', instType: 'ANY' })
    for (const round of [1, 2]) {
      const pages = [await client.next(), await client.next(), await client.next()]
      const arg = { channel: 'positions', instType: 'ANY', uid: '1' }
      expect(pages.map(({ data: _, ...head }) => head)).toEqual(
        [1, 2, 3].map((curPage) => ({ arg, eventType: 'snapshot', curPage, lastPage: curPage === 3 })),
      )
      expect(pages.map(({ data }) => data.length)).toEqual([20, 20, 5])
      if (round === 1) pass(5000)
    }
  })

  it('say that there are no positions', async () => {
    const { client } = await loggedIn()
    await subscribed(client, { channel: 'positions', instType: 'SWAP' })
    expect(await client.next()).toMatchObject({ eventType: 'snapshot', curPage: 1, lastPage: true, data: [] })
  })

  it('tell events to whom they concern, as they happen', async () => {
    const { client, venue, pass, connect } = await loggedIn()
    const eth = { channel: 'positions', instType: 'SWAP', instId: 'ETH-USDT-SWAP' }
    const spot = { channel: 'positions', instType: 'SPOT' }
    for (const arg of [eth, spot]) {
      await subscribed(client, arg)
      await client.next()
    }
    const stranger = await connect('private')
    venue.happen({ uid: '1', channel: 'positions', row: fakePosition('BTC-USDT-SWAP') })
    venue.happen({ uid: '2', channel: 'positions', row: fakePosition('ETH-USDT-SWAP') })
    venue.happen({ uid: '1', channel: 'positions', row: fakePosition('ETH-USDT-SWAP') })
    pass(100)
    const frame = await client.next()
    expect(frame).toMatchObject({ arg: { ...eth, uid: '1' }, eventType: 'event_update' })
    expect(frame.data.map(({ instId }: { instId: string }) => instId)).toEqual(['ETH-USDT-SWAP'])
    expect(frame).not.toHaveProperty('curPage')
    for (const { send, next } of [client, stranger]) {
      send('ping')
      expect(await next()).toBe('pong')
    }
  })

  it('push only events where updateInterval is 0, or as often as it says', async () => {
    const { client, venue, pass } = await loggedIn()
    const account = (updateInterval: string) => ({
      channel: 'account',
      extraParams: JSON.stringify({ updateInterval }),
    })
    await subscribed(client, account('0'))
    expect(await client.next()).toMatchObject({ arg: { channel: 'account', uid: '1' }, eventType: 'snapshot' })
    pass(20_000)
    client.send('ping')
    expect(await client.next()).toBe('pong')
    const row = { uTime: '2', totalEq: '9', adjEq: '', imr: '', mmr: '', mgnRatio: '', details: [] }
    venue.happen({ uid: '1', channel: 'account', row })
    pass(100)
    expect(await client.next()).toMatchObject({ eventType: 'event_update', data: [{ totalEq: '9' }] })
    await subscribed(client, account('2000'))
    await client.next()
    pass(2000)
    expect(await client.next()).toMatchObject({ eventType: 'snapshot' })
  })

  it('tell of one currency only, where that is asked for', async () => {
    const { client } = await loggedIn()
    await subscribed(client, { channel: 'account', ccy: 'BTC' })
    expect((await client.next()).data[0].details).toEqual([{ ccy: 'BTC' }])
  })

  it('open nothing for orders, and tell what an answered call has done at once', async () => {
    const { client, venue, order } = await loggedIn()
    expect(await subscribed(client, { channel: 'orders', instType: 'SWAP' })).toMatchObject({ event: 'subscribe' })
    // biome-ignore lint/suspicious/noExplicitAny: the transport looks at no more of an order than its instrument.
    const row: any = { instId: 'BTC-USDT-SWAP', clOrdId: 'mine', state: 'live' }
    venue.happen({ uid: '1', channel: 'orders', row })
    await order('mine')
    expect(await client.next()).toEqual({ arg: { channel: 'orders', instType: 'SWAP', uid: '1' }, data: [row] })
  })

  it.each(['orders-algo', 'algo-advance'] as const)(
    'tell of algo orders on the business socket: %s',
    async (channel) => {
      const { connect, venue, pass } = await startPlay()
      const client = await connect('business')
      await client.login()
      expect(await subscribed(client, { channel, instType: 'ANY' })).toMatchObject({ event: 'subscribe' })
      // biome-ignore lint/suspicious/noExplicitAny: the transport looks at no more of an order than its instrument.
      const row: any = { instId: 'BTC-USDT-SWAP', algoId: '7' }
      venue.happen({ uid: '1', channel, row })
      pass(100)
      expect((await client.next()).data).toEqual([row])
    },
  )

  it('count connections, and drop the thirty-first', async () => {
    const { connect } = await startPlay({ isAllowed: null })
    for (let i = 1; i <= 31; i++) {
      const client = await connect('private')
      await client.login()
      client.send({ op: 'subscribe', args: [{ channel: 'account' }] })
      expect((await client.next()).event).toBe('subscribe')
      const event = i <= 30 ? 'channel-conn-count' : 'channel-conn-count-error'
      expect(await client.next()).toMatchObject({ event, channel: 'account', connCount: String(i) })
    }
  })

  it('let the venue go on while anyone is connected, and now and then without', async () => {
    const play = await startPlay()
    play.pass(100)
    const count = play.venue.advanced.length
    for (let i = 0; i < 99; i++) play.pass(100)
    expect(play.venue.advanced).toHaveLength(count)
    play.pass(100)
    expect(play.venue.advanced).toHaveLength(count + 1)
    const { socket } = await play.connect('public')
    play.pass(100)
    play.pass(100)
    expect(play.venue.advanced).toHaveLength(count + 3)
    socket.terminate()
  })
})
