import { once } from 'node:events'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { pino } from 'pino'
import { Type } from 'typebox'
import { describe, expect, it, onTestFinished } from 'vitest'
import { OrderPayload, OrderPushPayload, PositionPayload } from '../okx/accountPayloads.js'
import type { SimulatorKey } from '../simulator/keys.js'
import { playAccount } from '../simulator/playAccount.js'
import { startSimulator } from '../simulator/server.js'
import { freshFolder, startBuilt } from './built.js'
import { endOf } from './childProcess.js'
import { connectTo, type Frame, reachable, signedCaller, startTs } from './playExchange.js'

const instId = 'BTC-USDT-SWAP'
const ajv = new Ajv()
const isOrder = ajv.compile(OrderPayload)
const isOrderPush = ajv.compile(OrderPushPayload)
const arePositions = ajv.compile(Type.Array(PositionPayload))

async function startWhole(stateFile?: string) {
  let now = startTs
  let beat = () => {}
  const { key, accounts } = playAccount('whole')
  const simulator = await startSimulator({
    seed: 'whole',
    clock: () => now,
    every(_ms, run) {
      beat = run
      return () => {}
    },
    keys: [key],
    accounts,
    ...(stateFile === undefined ? {} : { stateFile }),
    logger: pino({ level: 'silent' }),
  })
  onTestFinished(() => simulator.close())
  const signed = signedCaller(simulator.restUrl, () => now)
  const call = (method: string, target: string, body?: unknown) => signed(method, target, body, { key })
  return {
    simulator,
    call,
    order: (order: Record<string, string>) =>
      call('POST', '/api/v5/trade/order', { instId, tdMode: 'cross', side: 'buy', sz: '1', ...order }),
    connect: async (kind: 'private' | 'business') => {
      const client = await connectTo(simulator.port, kind, () => now, key)
      expect(await client.login()).toMatchObject({ code: '0' })
      return client
    },
    pass(ms: number) {
      now += ms
      beat()
    },
  }
}

describe('the whole simulated exchange', () => {
  it('takes an order, fills it, and tells by every way that it knows', async () => {
    const { order, call, connect } = await startWhole()
    const client = await connect('private')
    const channels = [{ channel: 'orders' }, { channel: 'positions' }, { channel: 'account' }]
    client.send({ op: 'subscribe', args: channels.map((arg) => ({ instType: 'ANY', ...arg })) })
    const frames: Frame[] = []
    while (frames.length < 8) frames.push(await client.next())
    expect(frames.filter(({ eventType }) => eventType === 'snapshot').map(({ arg }) => arg.channel)).toEqual([
      'positions',
      'account',
    ])

    expect(await order({ ordType: 'market', clOrdId: 'w1' })).toMatchObject({ code: '0', data: [{ sCode: '0' }] })
    const pushed: Frame[] = []
    while (new Set(pushed.map(({ arg }) => arg.channel)).size < 3) pushed.push(await client.next())
    const fill = pushed.find(({ arg, data }) => arg.channel === 'orders' && data[0].state === 'filled')?.data[0]
    expect([isOrderPush(fill), isOrderPush.errors]).toEqual([true, null])
    expect(fill).toMatchObject({ clOrdId: 'w1', accFillSz: '1', execType: 'T' })

    const [found] = (await call('GET', `/api/v5/trade/order?instId=${instId}&clOrdId=w1`)).data
    expect([isOrder(found), isOrder.errors]).toEqual([true, null])
    expect(found.avgPx).toBe(fill.avgPx)
    const positions = (await call('GET', '/api/v5/account/positions')).data
    expect([arePositions(positions), arePositions.errors]).toEqual([true, null])
    expect(positions).toMatchObject([{ instId, pos: '1', avgPx: fill.avgPx }])
  })

  it('liquidates, and fills a part, when a fault asks for it', async () => {
    const { simulator, order, call, pass } = await startWhole()
    const uid = (await call('GET', '/api/v5/account/config')).data[0].uid
    const [{ last }] = (await call('GET', `/api/v5/market/ticker?instId=${instId}`)).data
    await order({ ordType: 'limit', clOrdId: 'rest', px: (Number(last) * 0.98).toFixed(1), sz: '2' })
    simulator.faults.fillPart(uid, 'rest', '0.5')
    pass(60_000)
    const state = async () => (await call('GET', `/api/v5/trade/order?instId=${instId}&clOrdId=rest`)).data[0]
    expect(await state()).toMatchObject({ state: 'partially_filled', accFillSz: '0.5' })
    simulator.faults.liquidate(uid, instId)
    const history = (await call('GET', '/api/v5/trade/orders-history?instType=SWAP')).data
    expect(history.map(({ category }) => category)).toContain('full_liquidation')
    expect((await call('GET', '/api/v5/account/positions')).data).toEqual([])
  })

  it('keeps positions over a restart, by fault and by file', async () => {
    const stateFile = join(freshFolder(), 'state.json')
    const first = await startWhole(stateFile)
    await first.order({ ordType: 'market', clOrdId: 'kept' })
    const [before] = (await first.call('GET', '/api/v5/account/positions')).data
    await first.simulator.faults.restart()
    await reachable(first.call)
    expect((await first.call('GET', '/api/v5/account/positions')).data).toEqual([before])
    await first.simulator.close()
    const second = await startWhole(stateFile)
    expect((await second.call('GET', '/api/v5/account/positions')).data).toEqual([before])
  })
})

describe('cli simulator', () => {
  it('prints where it is and a key, serves, and keeps its state', async () => {
    const dataDir = freshFolder()
    const args = ['simulator', '--seed', 'cli', '--state', join(dataDir, 'state.json'), '--limits', 'off', '--faults']
    const started = async () => {
      const child = startBuilt('cli', args, { dataDir })
      const [chunk] = await once(child.stdout, 'data')
      const line: { rest: string; wsPrivate: string } & Pick<SimulatorKey, 'apiKey' | 'secretKey' | 'passphrase'> =
        JSON.parse(String(chunk))
      const stop = async () => {
        child.kill('SIGTERM')
        return (await once(child, 'close'))[0]
      }
      return { line, stop, call: signedCaller(line.rest, Date.now) }
    }
    const first = await started()
    const { line: key } = first
    expect(Object.keys(key)).toEqual([
      ...['rest', 'wsPublic', 'wsPrivate', 'wsBusiness'],
      ...['apiKey', 'secretKey', 'passphrase'],
    ])
    const order = { instId, tdMode: 'cross', side: 'buy', ordType: 'market', sz: '1', clOrdId: 'cli1' }
    expect((await first.call('POST', '/api/v5/trade/order', order, { key })).code).toBe('0')
    const client = await connectTo(Number(new URL(key.wsPrivate).port), 'private', Date.now, key)
    expect(await client.login()).toMatchObject({ code: '0' })
    const control = await fetch(`${key.rest}/simulator/faults`, { method: 'POST', body: '{"do":"clear"}' })
    expect(control.status).toBe(200)
    expect(await first.stop()).toBe(0)

    const second = await started()
    expect(second.line.apiKey).toBe(key.apiKey)
    expect((await second.call('GET', '/api/v5/account/positions', undefined, { key })).data).toMatchObject([
      { pos: '1' },
    ])
    expect(await second.stop()).toBe(0)
  })

  it("in paper mode serves OKX's prices, and without OKX none: one line tells of each outage", async () => {
    const start = (port: number) =>
      startSimulator({ seed: 'upstream', port, limits: 'off', logger: pino({ level: 'silent' }) })
    const before = await start(0)
    await before.close()
    const child = startBuilt('cli', ['simulator', '--mode', 'paper', '--seed', 'paper'], {
      dataDir: freshFolder(),
      settings: { OKX_BASE_URL: before.restUrl },
    })
    const ended = endOf(child)
    const [chunk] = await once(child.stdout, 'data')
    const key: SimulatorKey & { rest: string } = JSON.parse(String(chunk))
    const signed = signedCaller(key.rest, Date.now)
    const order = (clOrdId: string) =>
      signed(
        'POST',
        '/api/v5/trade/order',
        { instId, tdMode: 'cross', side: 'buy', ordType: 'market', sz: '1', clOrdId },
        { key },
      )
    expect(await order('p1')).toMatchObject({ status: 503, code: '50001' })
    expect((await fetch(`${key.rest}/api/v5/market/tickers?instType=SWAP`)).status).toBe(503)

    const okx = await start(before.port)
    onTestFinished(() => okx.close())
    expect(await order('p2')).toMatchObject({ code: '0', data: [{ sCode: '0' }] })
    const [{ avgPx }] = (await signed('GET', `/api/v5/trade/order?instId=${instId}&clOrdId=p2`, undefined, { key }))
      .data
    const ticker: Frame = await (await fetch(`${okx.restUrl}/api/v5/market/ticker?instId=${instId}`)).json()
    expect(Number(avgPx) / Number(ticker.data[0].last)).toBeCloseTo(1, 2)

    child.kill('SIGTERM')
    const { code, stderr } = await ended
    expect(code).toBe(0)
    expect(stderr).toBe(
      `127.0.0.1:${okx.port} cannot be reached: nothing is quoted or traded until it can be.\n` +
        `127.0.0.1:${okx.port} can be reached.\n`,
    )
  })
})
