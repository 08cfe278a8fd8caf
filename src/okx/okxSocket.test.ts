import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { createHandTiming } from '../testing/handTiming.js'
import { askedOf, createScriptedSockets, type ScriptedLink } from '../testing/scriptedSockets.js'
import { sampleAt } from '../testing/timeSample.js'
import { Credentials } from './credentials.js'
import { createExchangeClock } from './exchangeClock.js'
import { createConnectGate } from './gate.js'
import { createOkxSocket, type SocketListener } from './okxSocket.js'
import type { WsArg } from './wsMessages.js'

const key = { apiKey: 'key-4711', secretKey: 'secret-0815', passphrase: 'pass-phrase-9' }
const orders: WsArg = { channel: 'orders', instType: 'ANY' }
const positions: WsArg = { channel: 'positions', instType: 'ANY' }

/** A socket to a scripted exchange, and a listener that notes what it is told. */
function house(options: { random?: () => number; isPublic?: boolean; isClockAway?: (nth: number) => boolean } = {}) {
  const timing = createHandTiming(1_700_000_000_000, options.random)
  const exchange = createScriptedSockets(timing)
  const printed: string[] = []
  const samples: number[] = []
  const logger = pino({ level: 'trace' }, { write: (line: string) => void printed.push(line) })
  const clock = createExchangeClock(timing.clock, async () => {
    samples.push(timing.clock())
    if (options.isClockAway?.(samples.length)) throw new Error('REST is away')
    return sampleAt(timing.clock(), timing.clock() + (samples.length === 1 ? 0 : 90_000))
  })
  const socket = createOkxSocket({
    name: options.isPublic ? 'public' : 'private',
    url: `wss://exchange.test/ws/v5/${options.isPublic ? 'public' : 'private'}`,
    openWire: exchange.openWire,
    credentials: options.isPublic ? null : new Credentials(key),
    clock,
    connectGate: createConnectGate(timing),
    timing,
    logger,
  })
  const told: string[] = []
  const listener: SocketListener = {
    subscribed: ({ channel }) => told.push(`subscribed ${channel}`),
    push: ({ data }) => told.push(`push ${data}`),
    lost: ({ channel }, reason) => told.push(`lost ${channel} ${reason}`),
    damaged: () => told.push('damaged'),
    refused: ({ channel }, code) => told.push(`refused ${channel} ${code}`),
  }
  const link = (): ScriptedLink => exchange.links[exchange.links.length - 1]
  return { timing, exchange, socket, printed, samples, told, listener, link }
}

describe('a connection', () => {
  it('logs in, waits for the answer, and only then subscribes', async () => {
    const { timing, exchange, socket, told, listener, link } = house()
    exchange.answer = (frame) => (frame !== 'ping' && frame.op === 'login' ? null : undefined)
    socket.subscribe([orders, positions], listener)
    await timing.pass(1000)
    expect(askedOf(link())).toEqual(['login'])
    link().say({ event: 'login', code: '0', msg: '', connId: 'x' })
    await timing.pass(100)
    expect(askedOf(link())).toEqual(['login', 'subscribe orders ANY', 'subscribe positions ANY'])
    expect(told).toEqual(['subscribed orders', 'subscribed positions'])
    expect(link().frames[0]).toMatchObject({
      args: [{ apiKey: 'key-4711', passphrase: 'pass-phrase-9', timestamp: '1700000000' }],
    })
  })

  it('needs no login on the public address', async () => {
    const { timing, socket, listener, link } = house({ isPublic: true })
    socket.subscribe([{ channel: 'tickers', instId: 'BTC-USDT' }], listener)
    await timing.pass(100)
    expect(askedOf(link())).toEqual(['subscribe tickers BTC-USDT'])
  })

  it('is given up when its login is not answered', async () => {
    const { timing, exchange, socket, listener } = house()
    exchange.answer = () => null
    socket.subscribe([orders], listener)
    await timing.pass(10_000)
    expect(exchange.links).toHaveLength(1)
    await timing.pass(2000)
    expect(exchange.links).toHaveLength(2)
  })

  it('pings in plain text after 20 s of silence, and lives on with the pong', async () => {
    const { timing, exchange, socket, listener, link } = house()
    socket.subscribe([orders], listener)
    await timing.pass(19_000)
    expect(askedOf(link())).not.toContain('ping')
    await timing.pass(2000)
    expect(askedOf(link()).filter((what) => what === 'ping')).toHaveLength(1)
    await timing.pass(600_000)
    expect(exchange.links).toHaveLength(1)
    expect(askedOf(link()).filter((what) => what === 'ping').length).toBeGreaterThan(15)
  })

  it('is not pinged while something comes in', async () => {
    const { timing, socket, listener, link } = house()
    socket.subscribe([orders], listener)
    for (let second = 0; second < 100; second++) {
      await timing.pass(1000)
      link().push(orders, [second])
    }
    expect(askedOf(link())).not.toContain('ping')
  })

  it('on which nothing comes after a ping is dropped, and another takes its place', async () => {
    const { timing, exchange, socket, told, listener, link } = house()
    socket.subscribe([orders], listener)
    await timing.pass(100)
    exchange.answer = (frame) => (frame === 'ping' ? null : undefined)
    await timing.pass(25_000)
    expect(socket.isSilent()).toBe(false)
    await timing.pass(5000)
    expect(told).toEqual(['subscribed orders', 'lost orders silent'])
    expect(exchange.links[0].isOpen).toBe(false)
    expect(socket.isSilent()).toBe(true)
    exchange.answer = () => undefined
    await timing.pass(2000)
    expect(exchange.links).toHaveLength(2)
    expect(askedOf(link())).toEqual(['login', 'subscribe orders ANY'])
    expect(told.at(-1)).toBe('subscribed orders')
  })

  it('subscribes in frames of at most 64 KB', async () => {
    const { timing, socket, listener, link } = house({ isPublic: true })
    const args = Array.from({ length: 3000 }, (_, i) => ({ channel: 'tickers', instId: `COIN${i}-USDT` }))
    socket.subscribe(args, listener)
    await timing.pass(100)
    expect(askedOf(link())).toHaveLength(3000)
    expect(link().frames.length).toBeGreaterThan(1)
    for (const frame of link().frames) expect(JSON.stringify(frame).length).toBeLessThanOrEqual(64_000)
  })

  it('takes 480 requests an hour; those beyond wait for their turn', async () => {
    const { timing, socket, listener, link } = house()
    for (let i = 0; i < 600; i++) socket.subscribe([{ channel: 'tickers', instId: `COIN${i}-USDT` }], listener)
    await timing.pass(100)
    // The first 600 go out together once it is ready.
    for (let i = 600; i < 1200; i++) socket.subscribe([{ channel: 'tickers', instId: `COIN${i}-USDT` }], listener)
    await timing.pass(60_000)
    const requests = () => link().frames.filter((frame) => frame !== 'ping').length
    expect(requests()).toBe(480)
    await timing.pass(3_600_000)
    expect(requests()).toBe(602)
    expect(new Set(askedOf(link()).filter((what) => what.startsWith('subscribe'))).size).toBe(1200)
  })
})

describe('a lost connection', () => {
  it('is told, and everything still wanted is subscribed again', async () => {
    const { timing, exchange, socket, told, listener, link } = house()
    socket.subscribe([orders], listener)
    const end = socket.subscribe([positions], listener)
    await timing.pass(100)
    end()
    await timing.pass(100)
    expect(askedOf(link()).at(-1)).toBe('unsubscribe positions ANY')
    link().cut()
    expect(told.at(-1)).toBe('lost orders disconnected')
    await timing.pass(2000)
    expect(exchange.links).toHaveLength(2)
    expect(askedOf(link())).toEqual(['login', 'subscribe orders ANY'])
    expect(told.at(-1)).toBe('subscribed orders')
  })

  it('is replaced after pauses that grow up to a minute, and begin anew after a healthy time', async () => {
    const { timing, exchange, socket, listener, link } = house()
    socket.subscribe([orders], listener)
    await timing.pass(100)
    exchange.isReachable = false
    link().cut()
    await timing.pass(400_000)
    const pauses = exchange.links.slice(1).map(({ openedAt }, i) => openedAt - exchange.links[i].openedAt - 10)
    expect(pauses.slice(1, 7)).toEqual([2000, 4000, 8000, 16_000, 32_000, 60_000])
    expect(pauses.at(-1)).toBe(60_000)
    exchange.isReachable = true
    await timing.pass(130_000)
    const cutAt = timing.clock()
    link().cut()
    await timing.pass(1000)
    expect(link().openedAt - cutAt).toBe(1000)
  })

  it('is replaced after a pause of which chance takes up to a half', async () => {
    const { timing, exchange, socket, listener, link } = house({ random: () => 0 })
    socket.subscribe([orders], listener)
    await timing.pass(100)
    link().cut()
    await timing.pass(500)
    expect(exchange.links).toHaveLength(2)
  })

  it.each([[4004], [4005], [4007], [1006]])('with code %i is simply replaced', async (code) => {
    const { timing, exchange, socket, listener, link } = house()
    socket.subscribe([orders], listener)
    await timing.pass(100)
    link().cut(code)
    await timing.pass(2000)
    expect(exchange.links).toHaveLength(2)
    expect(link().isOpen).toBe(true)
  })
})

it('connects at most three times a second, whatever the number of sockets', async () => {
  const timing = createHandTiming()
  const exchange = createScriptedSockets(timing)
  const connectGate = createConnectGate(timing)
  const { listener } = house()
  for (let i = 0; i < 7; i++) {
    createOkxSocket({
      name: 'public',
      url: 'wss://exchange.test/ws/v5/public',
      openWire: exchange.openWire,
      credentials: null,
      clock: createExchangeClock(timing.clock, async () => sampleAt(timing.clock())),
      connectGate,
      timing,
      logger: pino({ level: 'silent' }),
    }).subscribe([{ channel: 'tickers', instId: 'BTC-USDT' }], listener)
  }
  await timing.pass(5000)
  const times = exchange.links.map(({ openedAt }) => openedAt)
  expect(times).toHaveLength(7)
  times.slice(3).forEach((time, i) => {
    expect(time - times[i]).toBeGreaterThan(1000)
  })
})

describe("the exchange's time", () => {
  it('is read before anything logs in by it, once, and again where that failed', async () => {
    const { timing, exchange, socket, told, listener, samples, link } = house({ isClockAway: (nth) => nth < 3 })
    socket.subscribe([orders], listener)
    await timing.pass(900)
    expect([samples.length, exchange.links.length]).toEqual([1, 0])
    await timing.pass(5000)
    expect([samples.length, exchange.links.length, told]).toEqual([3, 1, ['subscribed orders']])
    link().cut()
    await timing.pass(5000)
    expect([samples.length, exchange.links.length]).toEqual([3, 2])
  })

  it('is not asked for where nothing logs in, nor waited for by a socket that was closed', async () => {
    const open = house({ isPublic: true })
    open.socket.subscribe([{ channel: 'tickers', instId: 'BTC-USDT' }], open.listener)
    const closed = house({ isClockAway: () => true })
    closed.socket.subscribe([orders], closed.listener)
    const closing = open.timing.pass(100)
    await closed.timing.pass(100)
    closed.socket.close()
    await closing
    await closed.timing.pass(100_000)
    expect([open.samples, open.told, closed.samples.length, closed.timing.pending()]).toEqual([
      [],
      ['subscribed tickers'],
      1,
      0,
    ])
  })
})

describe('a refusal', () => {
  const refuseLogin = (code: string) => (frame: 'ping' | { op: string }) =>
    frame !== 'ping' && frame.op === 'login'
      ? { event: 'error', code, msg: `Invalid: ${JSON.stringify(frame)}` }
      : undefined

  it.each([['60005'], ['60007'], ['60024'], ['60032'], ['50101']])(
    'of the login with %s is told once, and no more tried',
    async (code) => {
      const { timing, exchange, socket, told, listener, printed } = house()
      exchange.answer = refuseLogin(code)
      socket.subscribe([orders], listener)
      await timing.pass(3_600_000)
      expect(exchange.links).toHaveLength(1)
      expect(told).toEqual(['lost orders disconnected', `refused orders ${code}`])
      expect(printed.filter((line) => JSON.parse(line).level === 50)).toHaveLength(1)
      socket.subscribe([positions], listener)
      await timing.pass(0)
      expect(told.at(-1)).toBe(`refused positions ${code}`)
      expect(timing.pending()).toBe(0)
    },
  )

  it('of the login without a reason is tried three times', async () => {
    const { timing, exchange, socket, told, listener } = house()
    exchange.answer = refuseLogin('60009')
    socket.subscribe([orders], listener)
    await timing.pass(3_600_000)
    expect(exchange.links).toHaveLength(3)
    expect(told.at(-1)).toBe('refused orders 60009')
  })

  it.each([['60004'], ['60006']])('of the clock with %s has it sampled anew before the next login', async (code) => {
    const { timing, exchange, socket, told, listener, link, samples } = house()
    exchange.answer = (frame) => (exchange.links.length === 1 ? refuseLogin(code)(frame) : undefined)
    socket.subscribe([orders], listener)
    await timing.pass(5000)
    expect(samples).toHaveLength(2)
    expect(told.at(-1)).toBe('subscribed orders')
    const [first, second] = [exchange.links[0], link()].map(({ frames }) => {
      return frames[0] === 'ping' ? 0 : Number(frames[0].args[0].timestamp)
    })
    expect(second - first).toBeGreaterThanOrEqual(90)
  })

  it('of one channel among several leaves the others be, and is not asked for again', async () => {
    const { timing, exchange, socket, told, listener, link } = house()
    const odd: WsArg = { channel: 'odd', instType: 'ANY' }
    exchange.answer = (frame) => {
      if (frame === 'ping' || !frame.args.some(({ channel }) => channel === 'odd')) return undefined
      return { id: frame.id, event: 'error', code: '60018', msg: "Wrong URL or channel:odd doesn't exist." }
    }
    socket.subscribe([orders, odd, positions], listener)
    await timing.pass(1000)
    expect(told).toEqual(['subscribed orders', 'refused odd 60018', 'subscribed positions'])
    link().cut()
    await timing.pass(2000)
    expect(askedOf(link())).toEqual(['login', 'subscribe orders ANY', 'subscribe positions ANY'])
  })

  it('in passing is tried again on the same connection', async () => {
    const { timing, exchange, socket, told, listener, link } = house()
    let isBusy = true
    exchange.answer = (frame) => {
      if (frame === 'ping' || frame.op === 'login' || !isBusy) return undefined
      return { event: 'error', code: '60014', msg: 'Requests too frequent.' }
    }
    socket.subscribe([orders], listener)
    await timing.pass(500)
    isBusy = false
    await timing.pass(2000)
    expect(told).toEqual(['subscribed orders'])
    expect(exchange.links).toHaveLength(1)
    expect(askedOf(link())).toEqual(['login', 'subscribe orders ANY', 'subscribe orders ANY'])
  })

  it('for too many connections of the channel ends it, and it is asked for again later', async () => {
    const { timing, socket, told, listener, link } = house()
    socket.subscribe([orders, positions], listener)
    await timing.pass(100)
    link().say({ event: 'channel-conn-count', channel: 'orders', connCount: '30', connId: 'x' })
    link().say({ event: 'channel-conn-count-error', channel: 'orders', connCount: '31', connId: 'x' })
    expect(told.slice(2)).toEqual(['lost orders unsubscribed'])
    await timing.pass(1100)
    expect(told.slice(2)).toEqual(['lost orders unsubscribed', 'subscribed orders'])
  })

  it.each([[4008], [4009]])('for too many channels (%i) is told once, and no more tried', async (code) => {
    const { timing, exchange, socket, told, listener, link } = house()
    socket.subscribe([orders], listener)
    await timing.pass(100)
    link().cut(code)
    await timing.pass(3_600_000)
    expect(exchange.links).toHaveLength(1)
    expect(told.at(-1)).toBe(`refused orders ${code}`)
  })
})

describe('an upgrade', () => {
  const notice = { event: 'notice', code: '64008', msg: 'The connection will soon be closed.', connId: 'x' }

  it('has the new connection logged in and subscribed before the old one is dropped', async () => {
    const { timing, exchange, socket, told, listener } = house()
    socket.subscribe([orders], listener)
    await timing.pass(100)
    const [old] = exchange.links
    old.say(notice)
    await timing.pass(12)
    const [, fresh] = exchange.links
    expect(askedOf(fresh)).toEqual(['login'])
    old.push(orders, ['while it logs in'])
    await timing.pass(20)
    expect(askedOf(fresh)).toEqual(['login', 'subscribe orders ANY'])
    expect(old.isOpen).toBe(true)
    old.push(orders, ['under way on the old one'])
    fresh.push(orders, ['on the new one'])
    await timing.pass(5000)
    expect(old.isOpen).toBe(false)
    fresh.push(orders, ['at last'])
    expect(told).toEqual([
      'subscribed orders',
      'push while it logs in',
      'push under way on the old one',
      'push on the new one',
      'push at last',
    ])
    await timing.pass(100_000)
    expect(exchange.links).toHaveLength(2)
  })

  it('that cuts the old connection before the new one is ready is a gap', async () => {
    const { timing, exchange, socket, told, listener } = house()
    socket.subscribe([orders], listener)
    await timing.pass(100)
    exchange.links[0].say(notice)
    await timing.pass(12)
    exchange.links[0].cut()
    expect(told.at(-1)).toBe('lost orders disconnected')
    await timing.pass(100)
    expect(exchange.links).toHaveLength(2)
    expect(told.at(-1)).toBe('subscribed orders')
  })

  it('whose new connection fails is tried again while the old one lasts', async () => {
    const { timing, exchange, socket, told, listener, link } = house()
    socket.subscribe([orders], listener)
    await timing.pass(100)
    exchange.isReachable = false
    exchange.links[0].say(notice)
    await timing.pass(500)
    exchange.isReachable = true
    await timing.pass(10_000)
    expect(exchange.links).toHaveLength(3)
    expect([exchange.links[0].isOpen, link().isOpen]).toEqual([false, true])
    expect(told).toEqual(['subscribed orders'])
  })

  it('takes along what is subscribed while it is under way', async () => {
    const { timing, exchange, socket, told, listener, link } = house()
    socket.subscribe([orders], listener)
    await timing.pass(100)
    exchange.links[0].say(notice)
    await timing.pass(18)
    socket.subscribe([positions], listener)
    await timing.pass(10_000)
    expect(askedOf(link())).toContain('subscribe positions ANY')
    link().push(positions, ['there'])
    expect(told).toEqual(['subscribed orders', 'subscribed positions', 'push there'])
  })
})

it('a message that cannot be read is told to all, and logged once', async () => {
  const { timing, socket, told, listener, link, printed } = house()
  socket.subscribe([orders], listener)
  await timing.pass(100)
  link().say('oops')
  link().say({ arg: { channel: 'orders' }, data: 'secret-0815' })
  expect(told).toEqual(['subscribed orders', 'damaged', 'damaged'])
  expect(printed.filter((line) => JSON.parse(line).level === 50)).toHaveLength(1)
})

it('two subscribers of a channel share one subscription', async () => {
  const { timing, socket, told, listener, link } = house()
  const ends = [socket.subscribe([orders], listener), socket.subscribe([orders], { ...listener })]
  await timing.pass(100)
  ends[0]()
  link().push(orders, ['x'])
  ends[1]()
  await timing.pass(100)
  expect(askedOf(link())).toEqual(['login', 'subscribe orders ANY', 'unsubscribe orders ANY'])
  expect(told).toEqual(['subscribed orders', 'subscribed orders', 'push x'])
})

it('never prints what it logs in with, even where the exchange quotes it', async () => {
  const { timing, exchange, socket, listener, link, printed } = house()
  exchange.answer = (frame, { frames }) => {
    if (frame === 'ping' || frame.op !== 'login') return undefined
    return { event: 'error', code: '63999', msg: `Internal: ${JSON.stringify(frames)}`, secret: frame.args }
  }
  socket.subscribe([orders], listener)
  await timing.pass(100_000)
  exchange.answer = (frame) => {
    if (frame === 'ping') return null
    return frame.op === 'login' ? undefined : { event: 'error', code: '60012', msg: JSON.stringify(frame) }
  }
  await timing.pass(200_000)
  link().say(`{"arg":{"channel":"orders"},"data":"${JSON.stringify(link().frames).replaceAll('"', '')}"}`)
  const signs = exchange.links.flatMap(({ frames }) =>
    frames.map((frame) => (frame === 'ping' ? '' : frame.args[0]?.sign)),
  )
  expect(printed.length).toBeGreaterThan(10)
  const secrets = [...Object.values(key), ...signs.filter((sign) => sign)]
  for (const secret of secrets) expect(printed.filter((line) => line.includes(secret))).toEqual([])
})

it('leaves nothing behind when it is closed', async () => {
  const { timing, exchange, socket, told, listener, link } = house()
  socket.subscribe([orders], listener)
  await timing.pass(100)
  socket.close()
  expect([link().isOpen, timing.pending(), told.at(-1)]).toEqual([false, 0, 'lost orders closed'])
  await timing.pass(100_000)
  expect(exchange.links).toHaveLength(1)
})
