import { describe, expect, it } from 'vitest'
import { key, startPlay, startTs } from '../../testing/playExchange.js'
import { playKey } from '../keys.js'

const balance = '/api/v5/account/balance'
const iso = (ts: number) => new Date(ts).toISOString()

describe('a signed call', () => {
  it('is carried out for the account of its key', async () => {
    const { order, venue } = await startPlay()
    const reply = await order('a1')
    expect(reply).toMatchObject({ status: 200, code: '0', data: [{ ordId: '1', clOrdId: 'a1', sCode: '0' }] })
    expect(reply).toMatchObject({ inTime: String(startTs * 1000) })
    expect(venue.orders).toEqual(['a1'])
  })

  it('is signed over its query and its very bytes', async () => {
    const { call } = await startPlay()
    const target = '/api/v5/trade/order?instId=BTC-USDT-SWAP&clOrdId=none%20such'
    expect((await call('GET', target)).code).toBe('0')
    const short = `${iso(startTs)}GET/api/v5/trade/order`
    expect(await call('GET', target, undefined, { signs: short })).toMatchObject({ status: 401, code: '50113' })
    const spaced = '{ "instId": "BTC-USDT-SWAP", "clOrdId": "b" }'
    expect((await call('POST', '/api/v5/trade/order', spaced)).code).toBe('0')
    const tight = `${iso(startTs)}POST/api/v5/trade/order{"instId":"BTC-USDT-SWAP","clOrdId":"b"}`
    expect((await call('POST', '/api/v5/trade/order', spaced, { signs: tight })).code).toBe('50113')
  })

  it.each([
    ['no key', { 'ok-access-key': '' }, '50103'],
    ['no passphrase', { 'ok-access-passphrase': '' }, '50104'],
    ['a wrong passphrase', { 'ok-access-passphrase': 'guess' }, '50105'],
    ['no signature', { 'ok-access-sign': '' }, '50106'],
    ['no timestamp', { 'ok-access-timestamp': '' }, '50107'],
    ['a key that has not the form of one', { 'ok-access-key': 'abc' }, '50111'],
    ['a key of nobody', { 'ok-access-key': playKey('other', '1').apiKey }, '50119'],
    ['a timestamp in seconds', { 'ok-access-timestamp': '1741000000' }, '50112'],
    ['a timestamp that is no time', { 'ok-access-timestamp': '2025-13-45T10:20:30.500Z' }, '50112'],
    ['a timestamp 30 s and 1 ms old', { 'ok-access-timestamp': iso(startTs - 30_001) }, '50102'],
    ['a timestamp 30 s and 1 ms ahead', { 'ok-access-timestamp': iso(startTs + 30_001) }, '50102'],
    ['a timestamp that was not signed', { 'ok-access-timestamp': iso(startTs - 30_000) }, '50113'],
  ])('with %s is refused', async (_what, headers, code) => {
    const { call, venue } = await startPlay()
    expect(await call('GET', balance, undefined, { headers })).toMatchObject({ status: 401, code, data: [] })
    expect(venue.orders).toEqual([])
  })

  it('may be 30 s old', async () => {
    const { call } = await startPlay()
    const timestamp = iso(startTs - 30_000)
    const departures = { headers: { 'ok-access-timestamp': timestamp }, signs: `${timestamp}GET${balance}` }
    expect((await call('GET', balance, undefined, departures)).code).toBe('0')
  })

  it('is refused in the environment that its key was not made in', async () => {
    const demo = { ...playKey('demo', '1'), demo: true }
    const live = { ...playKey('live', '1'), demo: false }
    const { call } = await startPlay({ keys: [key, demo, live] })
    const header = { 'x-simulated-trading': '1' }
    const code = async (by: typeof key, headers: Record<string, string>) =>
      (await call('GET', balance, undefined, { key: by, headers })).code
    expect([await code(demo, header), await code(live, {}), await code(key, header), await code(key, {})]).toEqual(
      Array(4).fill('0'),
    )
    expect([await code(demo, {}), await code(live, header)]).toEqual(['50101', '50101'])
  })

  it('is refused from an address that its key is not bound to', async () => {
    const bound = { ...playKey('bound', '1'), ip: ['10.0.0.1'] }
    const here = { ...playKey('here', '1'), ip: ['10.0.0.1', '127.0.0.1'] }
    const { call } = await startPlay({ keys: [bound, here] })
    expect(await call('GET', balance, undefined, { key: bound })).toMatchObject({ status: 401, code: '50110' })
    expect((await call('GET', balance, undefined, { key: here })).code).toBe('0')
  })

  it('that trades needs a key that may', async () => {
    const reader = { ...playKey('reader', '1'), perm: ['read_only'] as const }
    const { call, order, venue } = await startPlay({ keys: [reader] })
    expect(await order('a', { key: reader })).toMatchObject({ code: '50120' })
    expect((await call('GET', balance, undefined, { key: reader })).code).toBe('0')
    expect(venue.orders).toEqual([])
  })

  it('tells what its key may do', async () => {
    const bound = { ...playKey('bound', '1'), ip: ['127.0.0.1'] }
    const { call } = await startPlay({ keys: [bound] })
    const [config] = (await call('GET', '/api/v5/account/config', undefined, { key: bound })).data
    expect(config).toMatchObject({ uid: '1', perm: 'read_only,trade', ip: '127.0.0.1' })
  })

  it('carries what JSON can say, and not too much of it', async () => {
    const { call } = await startPlay()
    const path = '/api/v5/trade/order'
    const plain = { headers: { 'content-type': 'text/plain' } }
    expect(await call('POST', path, { instId: 'X' }, plain)).toMatchObject({ status: 400, code: '50006' })
    expect(await call('POST', path)).toMatchObject({ status: 400, code: '50000' })
    expect(await call('POST', path, '{"instId":')).toMatchObject({ status: 400, code: '50002' })
    expect(await call('POST', path, '"text"')).toMatchObject({ status: 400, code: '50002' })
    expect(await call('POST', path, { instId: 'X'.repeat(70_000) })).toMatchObject({ status: 413 })
  })

  it('is known by method and path', async () => {
    const { call } = await startPlay()
    expect(await call('POST', balance, {})).toMatchObject({ status: 405, code: '50115' })
    expect(await call('GET', '/api/v5/account/nothing')).toMatchObject({ status: 404 })
    expect(await call('GET', '/api/v5/constructor')).toMatchObject({ status: 404 })
  })

  it('is logged without key, secret, passphrase or signature', async () => {
    const play = await startPlay()
    await play.order('a', { headers: { 'ok-access-passphrase': 'guess' } })
    await play.order('b')
    const socket = await play.connect('private')
    await socket.login()
    expect(play.logged).toContain('/api/v5/trade/order')
    for (const secret of [key.apiKey, key.secretKey, key.passphrase, 'guess', 'ok-access']) {
      expect(play.logged.toLowerCase()).not.toContain(secret.toLowerCase())
    }
  })
})

describe('expTime', () => {
  it('lets an order be taken up to then', async () => {
    const { order, venue } = await startPlay()
    expect((await order('a', { headers: { exptime: String(startTs) } })).code).toBe('0')
    expect(await order('b', { headers: { exptime: String(startTs - 1) } })).toMatchObject({
      status: 400,
      code: '50036',
    })
    expect(await order('c', { headers: { exptime: 'soon' } })).toMatchObject({ code: '51000' })
    expect(venue.orders).toEqual(['a'])
  })

  it('holds for an order that was kept waiting on the way', async () => {
    const { simulator, order, pass, venue } = await startPlay()
    simulator.faults.inject({ endpoint: '', count: 1, fault: { kind: 'delay', when: 'before', ms: 3000 } })
    const late = order('late', { headers: { exptime: String(startTs + 2000) } })
    await expect.poll(() => simulator.faults.struck).toBe(1)
    pass(3000)
    expect((await late).code).toBe('50037')
    expect(venue.orders).toEqual([])
  })

  it('means nothing to a read', async () => {
    const { call } = await startPlay()
    expect((await call('GET', balance, undefined, { headers: { exptime: '1' } })).code).toBe('0')
  })
})

describe('limits', () => {
  const batch = (instIds: readonly string[], size: number) =>
    Array.from({ length: size }, (_, i) => ({ instId: instIds[i % instIds.length], clOrdId: `o${i}` }))
  const batchPath = '/api/v5/trade/batch-orders'

  it('are counted for each account, and over in two seconds', async () => {
    const other = playKey('other', '2')
    const { call, pass } = await startPlay({ keys: [key, other] })
    for (let i = 0; i < 10; i++) expect((await call('GET', balance)).code).toBe('0')
    expect(await call('GET', balance)).toMatchObject({ status: 429, code: '50011' })
    expect((await call('GET', balance, undefined, { key: other })).code).toBe('0')
    pass(2000)
    expect((await call('GET', balance)).code).toBe('0')
  })

  it('of orders are counted for each instrument, a batch as its orders', async () => {
    const { call } = await startPlay()
    for (let i = 0; i < 15; i++) expect((await call('POST', batchPath, batch(['A'], 20))).code).toBe('0')
    expect(await call('POST', batchPath, batch(['A', 'B'], 4))).toMatchObject({ status: 429, code: '50011' })
    expect((await call('POST', batchPath, batch(['C'], 20))).code).toBe('0')
  })

  it('count a batch of one as an order', async () => {
    const { call, order } = await startPlay()
    for (let i = 0; i < 60; i++) await call('POST', batchPath, batch(['BTC-USDT-SWAP'], 1))
    expect((await order('one more')).code).toBe('50011')
    expect((await call('POST', batchPath, batch(['BTC-USDT-SWAP'], 2))).code).toBe('0')
  })

  it('allow an account 1,000 orders in two seconds', async () => {
    const { call, order, pass } = await startPlay()
    for (let i = 0; i < 50; i++) {
      expect((await call('POST', batchPath, batch([`I${i % 5}`], 20))).code).toBe('0')
    }
    expect((await order('one more')).code).toBe('50061')
    expect((await call('POST', '/api/v5/trade/cancel-order', { instId: 'I0' })).code).toBe('0')
    pass(2000)
    expect((await order('one more')).code).toBe('0')
  })

  it('can be lifted', async () => {
    const { call } = await startPlay({ isAllowed: null })
    for (let i = 0; i < 12; i++) expect((await call('GET', balance)).code).toBe('0')
  })
})
