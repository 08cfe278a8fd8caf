import { describe, expect, it } from 'vitest'
import { key, type PlayExchange, reachable, startPlay, startTs } from '../../testing/playExchange.js'
import { faultControlPath } from './faultControl.js'
import { createFaultRules, type Fault } from './faultRules.js'

const orders = 'POST /api/v5/trade/order'

async function withFault(fault: Fault): Promise<PlayExchange> {
  const play = await startPlay()
  play.simulator.faults.inject({ endpoint: orders, count: 1, fault })
  return play
}

describe('a fault of a call', () => {
  it('drops the answer to an order that was taken', async () => {
    const { order, venue, call } = await withFault({ kind: 'drop', when: 'after' })
    await expect(order('lost')).rejects.toThrow('fetch failed')
    expect(venue.orders).toEqual(['lost'])
    const found = await call('GET', '/api/v5/trade/order?instId=BTC-USDT-SWAP&clOrdId=lost')
    expect(found.data).toHaveLength(1)
  })

  it('drops the call before it is carried out', async () => {
    const { order, venue } = await withFault({ kind: 'drop', when: 'before' })
    await expect(order('lost')).rejects.toThrow('fetch failed')
    expect(venue.orders).toEqual([])
  })

  it.each([
    ['before', []],
    ['after', ['late']],
  ] as const)('delays it: %s it is carried out', async (when, taken) => {
    const { order, venue, pass, simulator } = await withFault({ kind: 'delay', when, ms: 800 })
    let isAnswered = false
    const late = order('late').finally(() => {
      isAnswered = true
    })
    await expect.poll(() => simulator.faults.struck).toBe(1)
    pass(799)
    expect(venue.orders).toEqual(taken)
    // A call that is not delayed is there and back.
    await order('other')
    expect(isAnswered).toBe(false)
    pass(1)
    expect((await late).code).toBe('0')
    expect(venue.orders).toContain('late')
  })

  it('carries it out twice, and answers once', async () => {
    const { order, venue } = await withFault({ kind: 'duplicate' })
    expect((await order('twin')).data).toMatchObject([{ ordId: '1' }])
    expect(venue.orders).toEqual(['twin', 'twin'])
  })

  it.each([
    [
      { status: 429, code: '50011' },
      { status: 429, code: '50011' },
    ],
    [
      { status: 400, code: '50004' },
      { status: 400, code: '50004' },
    ],
    [
      { status: 502, msg: 'Bad Gateway' },
      { status: 502, text: 'Bad Gateway' },
    ],
  ])('answers %j, whether it was carried out or not', async (answer, reply) => {
    for (const when of ['before', 'after'] as const) {
      const { order, venue } = await withFault({ kind: 'answer', when, ...answer })
      expect(await order('a')).toMatchObject(reply)
      expect(venue.orders).toEqual(when === 'before' ? [] : ['a'])
    }
  })

  it('rejects each order of a call', async () => {
    const { call, simulator, venue } = await startPlay()
    simulator.faults.inject({ endpoint: 'POST /api/v5/trade/', fault: { kind: 'reject', sCode: '51008_1000' } })
    const refusal = { ordId: '', sCode: '51008', subCode: '1000' }
    const reply = await call('POST', '/api/v5/trade/batch-orders', [{ clOrdId: 'a', tag: 't' }, { clOrdId: 'b' }])
    expect(reply).toMatchObject({
      code: '1',
      data: [
        { clOrdId: 'a', tag: 't', ...refusal },
        { clOrdId: 'b', ...refusal },
      ],
    })
    const algo = await call('POST', '/api/v5/trade/order-algo', { algoClOrdId: 'c' })
    expect(algo.data).toMatchObject([{ algoId: '', algoClOrdId: 'c', sCode: '51008' }])
    expect(venue.orders).toEqual([])
  })

  it('strikes only the calls it is for, and so often', async () => {
    const { order, call, simulator } = await startPlay()
    const { faults } = simulator
    faults.inject({ endpoint: orders, count: 2, fault: { kind: 'answer', when: 'before', status: 503, code: '50001' } })
    expect((await call('GET', '/api/v5/account/balance')).code).toBe('0')
    expect([(await order('a')).code, (await order('b')).code, (await order('c')).code]).toEqual(['50001', '50001', '0'])
    expect(faults.struck).toBe(2)
    faults.inject({ endpoint: '', fault: { kind: 'drop', when: 'before' } })
    await expect(call('GET', '/api/v5/public/time')).rejects.toThrow()
    faults.clear()
    expect((await order('d')).code).toBe('0')
  })

  it('strikes a share of them, the same ones for a seed', () => {
    const struck = (seed: string) => {
      const rules = createFaultRules(seed)
      rules.add({ endpoint: '', probability: 0.05, fault: { kind: 'duplicate' } })
      return Array.from({ length: 2000 }, () => rules.next(orders) !== null)
    }
    expect(struck('a')).toEqual(struck('a'))
    expect(struck('a')).not.toEqual(struck('b'))
    const share = struck('a').filter(Boolean).length / 2000
    expect(share).toBeGreaterThan(0.03)
    expect(share).toBeLessThan(0.07)
  })
})

describe('a fault of the exchange', () => {
  it('skews the clock that it shows and checks by', async () => {
    const { simulator, call, venue, pass } = await startPlay()
    simulator.faults.skewClock(-40_000)
    expect((await call('GET', '/api/v5/public/time')).data).toEqual([{ ts: String(startTs - 40_000) }])
    expect((await call('GET', '/api/v5/account/balance')).code).toBe('50102')
    simulator.faults.skewClock(-20_000)
    expect((await call('GET', '/api/v5/account/balance')).code).toBe('0')
    pass(10_000)
    expect(venue.advanced.at(-1)).toBe(startTs + 10_000)
  })

  it('liquidates, and fills a part', async () => {
    const { simulator, venue } = await startPlay()
    simulator.faults.liquidate('1', 'BTC-USDT-SWAP')
    simulator.faults.fillPart('1', 'a', '0.5')
    simulator.faults.resume('1', 'a')
    expect(venue.forced).toEqual(['liquidate 1 BTC-USDT-SWAP', 'fillPart 1 a 0.5', 'resume 1 a'])
  })

  it('cuts sockets: of one kind, or all', async () => {
    const { simulator, connect } = await startPlay()
    const [open, closed, business] = [await connect('public'), await connect('private'), await connect('business')]
    simulator.faults.cutSockets('private')
    expect(await closed.closed()).toBe(1006)
    open.send('ping')
    expect(await open.next()).toBe('pong')
    simulator.faults.cutSockets()
    expect([await open.closed(), await business.closed()]).toEqual([1006, 1006])
  })

  it('goes silent: sockets stay open, nothing is heard and nothing comes', async () => {
    const { simulator, connect, pass, call } = await startPlay()
    const { send, next, login, socket } = await connect('private')
    await login()
    send({ op: 'subscribe', args: [{ channel: 'account' }] })
    for (const event of ['subscribe', 'channel-conn-count']) expect((await next()).event).toBe(event)
    expect((await next()).eventType).toBe('snapshot')
    simulator.faults.goSilent()
    send({ op: 'subscribe', args: [{ channel: 'account', ccy: 'BTC' }] })
    // Gives it time to arrive.
    await call('GET', '/api/v5/public/time')
    for (let i = 0; i < 10; i++) pass(5000)
    expect(socket.readyState).toBe(socket.OPEN)
    simulator.faults.speakAgain()
    pass(5000)
    expect((await next()).eventType).toBe('snapshot')
    send('ping')
    expect(await next()).toBe('pong')
  })

  it('gives notice to public and private sockets, and closes all a minute later', async () => {
    const { simulator, connect, pass } = await startPlay()
    const sockets = [await connect('public'), await connect('private'), await connect('business')]
    simulator.faults.notice()
    for (const { next } of sockets.slice(0, 2)) expect(await next()).toMatchObject({ event: 'notice', code: '64008' })
    for (let second = 0; second < 59; second += 20) {
      for (const { send, next } of sockets) {
        send('ping')
        expect(await next()).toBe('pong')
      }
      pass(20_000)
    }
    expect(await Promise.all(sockets.map(({ closed }) => closed()))).toEqual([1012, 1012, 1012])
  })

  it('restarts on the same port, with everything as it was but the connections', async () => {
    const play = await startPlay()
    await play.order('before')
    const socket = await play.connect('public')
    const { port } = play.simulator
    const first = play.venue
    await play.simulator.faults.restart()
    expect(await socket.closed()).toBe(1006)
    expect(play.venue).not.toBe(first)
    await reachable(play.call)
    await play.order('after')
    expect(play.venue.orders).toEqual(['before', 'after'])
    expect(play.simulator.port).toBe(port)
    expect(play.venue.accounts).toEqual(['1'])
  })
})

describe('control from outside', () => {
  const post = (play: PlayExchange, body: unknown) =>
    fetch(`${play.simulator.restUrl}${faultControlPath}`, { method: 'POST', body: JSON.stringify(body) })

  it('is off unless it was asked for', async () => {
    const play = await startPlay()
    expect((await post(play, { do: 'clear' })).status).toBe(404)
  })

  it('carries out what is a command', async () => {
    const play = await startPlay({ faultControl: true })
    const rule = { endpoint: orders, count: 1, fault: { kind: 'reject', sCode: '51008' } }
    expect((await post(play, { do: 'inject', rule })).status).toBe(200)
    expect((await play.order('a')).data).toMatchObject([{ sCode: '51008' }])
    await post(play, { do: 'skewClock', ms: 7 })
    expect((await play.call('GET', '/api/v5/public/time')).data).toEqual([{ ts: String(startTs + 7) }])
    await post(play, { do: 'liquidate', uid: '1', instId: 'X' })
    expect(play.venue.forced).toEqual(['liquidate 1 X'])
    const socket = await play.connect('public')
    expect(await (await post(play, { do: 'cutSockets' })).json()).toMatchObject({ code: '0', data: [{ struck: '1' }] })
    expect(await socket.closed()).toBe(1006)
  })

  it.each([{ do: 'explode' }, { do: 'skewClock' }, { do: 'inject', rule: { endpoint: '' } }, 'no JSON at all'])(
    'refuses %j',
    async (body) => {
      const play = await startPlay({ faultControl: true })
      expect((await post(play, body)).status).toBe(400)
    },
  )

  it('can restart', async () => {
    const play = await startPlay({ faultControl: true })
    const first = play.venue
    expect((await post(play, { do: 'restart' })).status).toBe(200)
    await expect.poll(() => play.venue !== first).toBe(true)
    await reachable(play.call)
  })
})

it('serves no key that it was not given', async () => {
  const { call } = await startPlay({ keys: [] })
  expect(await call('GET', '/api/v5/account/balance', undefined, { key })).toMatchObject({ code: '50119' })
})
