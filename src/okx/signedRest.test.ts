import { createHmac } from 'node:crypto'
import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import type { SwapMarketRequest } from '../domain/trading/orderRequest.js'
import { type Answering, accountOver, envelope, testKey } from '../testing/okxAccountFixture.js'
import { balanceRow, configRow } from '../testing/okxAccountPayloadsFixture.js'
import { createRateLimits } from './rateLimits.js'

const now = 1_700_000_000_000
const order: SwapMarketRequest = {
  instType: 'SWAP',
  instId: 'BTC-USDT-SWAP',
  tdMode: 'cross',
  side: 'buy',
  ordType: 'market',
  sz: new Decimal(1),
  clOrdId: 'intent1',
}
const key = { instId: order.instId, clOrdId: order.clOrdId }
const accepted = [{ ordId: '77', clOrdId: 'intent1', tag: '', ts: '1', sCode: '0', sMsg: '' }]
const say = (status: number, body: string | object = '') =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), { status })
const refuse = (status: number, code: string) => say(status, envelope(code, [], 'no'))
const signatureOf = (text: string) => createHmac('sha256', testKey.secretKey).update(text).digest('base64')

describe('a signed request', () => {
  it('is signed over the very path and query that are sent', async () => {
    const { account, requests } = accountOver(() => [])
    await account.positions({ instId: 'BTC-USDT-SWAP,ETH-USDT-SWAP' })
    const [{ path, headers, method, body }] = requests
    expect([method, path, body]).toEqual(['GET', '/api/v5/account/positions?instId=BTC-USDT-SWAP%2CETH-USDT-SWAP', ''])
    expect(headers).toMatchObject({
      'ok-access-key': testKey.apiKey,
      'ok-access-passphrase': testKey.passphrase,
      'ok-access-timestamp': '2023-11-14T22:13:20.000Z',
      'ok-access-sign': signatureOf(`2023-11-14T22:13:20.000ZGET${path}`),
    })
  })

  it('is signed over the very body that is sent', async () => {
    const { account, requests } = accountOver(() => accepted)
    await account.place(order)
    const [{ path, headers, method, body }] = requests
    expect([method, path]).toEqual(['POST', '/api/v5/trade/order'])
    expect(headers['content-type']).toBe('application/json')
    expect(headers['ok-access-sign']).toBe(signatureOf(`2023-11-14T22:13:20.000ZPOST/api/v5/trade/order${body}`))
  })

  it('tells the time of the exchange, and lets orders live for five seconds of it', async () => {
    const { account, requests, timeReads } = accountOver(() => accepted, { exchangeNow: () => now + 12_345 })
    await account.place(order)
    await account.cancel(key)
    expect(requests[0].headers['ok-access-timestamp']).toBe('2023-11-14T22:13:32.345Z')
    expect(requests[0].headers.exptime).toBe(String(now + 17_345))
    expect(requests[1].headers).not.toHaveProperty('exptime')
    expect(timeReads()).toBe(1)
  })

  it('is dated after its wait for room, not before', async () => {
    let ours = now
    const slow = createRateLimits(Number.POSITIVE_INFINITY)
    const { account, requests } = accountOver(() => accepted, {
      clock: () => ours,
      exchangeNow: () => ours,
      limits: async (name, counted, call, signal) => {
        if (name === 'placeOrder') ours += 4000
        return slow(name, counted, call, signal)
      },
    })
    await account.place(order)
    expect(requests[0].headers['ok-access-timestamp']).toBe('2023-11-14T22:13:24.000Z')
    expect(requests[0].headers.exptime).toBe(String(now + 9000))
  })

  it.each(['place', 'placeBatch', 'amend'] as const)('expires: %s', async (call) => {
    const { account, requests } = accountOver(() => accepted)
    if (call === 'place') await account.place(order)
    else if (call === 'placeBatch') await account.placeBatch([order])
    else await account.amend({ ...key, newSz: new Decimal(2) })
    expect(requests[0].headers.exptime).toBe(String(now + 5000))
  })

  it('is marked in demo trading', async () => {
    const demo = accountOver(() => [configRow], { demo: true })
    await demo.account.config()
    expect(demo.requests[0].headers['x-simulated-trading']).toBe('1')
    const live = accountOver(() => [configRow])
    await live.account.config()
    expect(live.requests[0].headers).not.toHaveProperty('x-simulated-trading')
  })
})

describe('a refusal for its timestamp', () => {
  it.each(['50102', '50112'])('(%s) has the clock read again, and is tried once more', async (code) => {
    let ahead = 0
    const answers: Answering = (_request, nth) => {
      ahead = 90_000
      return nth === 0 ? refuse(401, code) : accepted
    }
    const { account, requests, timeReads } = accountOver(answers, { exchangeNow: () => now + ahead })
    expect(await account.place(order)).toMatchObject({ outcome: 'accepted', ordId: '77' })
    expect(requests.map(({ headers }) => headers['ok-access-timestamp'])).toEqual([
      '2023-11-14T22:13:20.000Z',
      '2023-11-14T22:14:50.000Z',
    ])
    expect(requests[1].headers['ok-access-sign']).not.toBe(requests[0].headers['ok-access-sign'])
    expect(timeReads()).toBe(2)
  })

  it('is not tried again where reading the clock took so long that an order would be late', async () => {
    let ours = now
    const exchangeNow = () => {
      ours += 6000
      return ours
    }
    const { account, requests } = accountOver(() => refuse(401, '50102'), { clock: () => ours, exchangeNow })
    expect(await account.place(order)).toMatchObject({ outcome: 'refused', kind: 'resyncClock' })
    expect(requests).toHaveLength(1)
  })

  it('that comes again is handed on, of reads and of orders', async () => {
    const { account, requests } = accountOver(() => refuse(401, '50102'))
    expect(await account.place(order)).toMatchObject({ outcome: 'refused', kind: 'resyncClock', reasonId: 'okx-clock' })
    expect(requests).toHaveLength(2)
    await expect(account.balance()).rejects.toMatchObject({ kind: 'resyncClock', code: '50102' })
    expect(requests).toHaveLength(4)
  })

  it.each([
    ['of the order', () => say(200, envelope('1', [{ ...accepted[0], ordId: '', sCode: '50037', sMsg: 'expired' }]))],
    ['of the call', () => refuse(400, '50036')],
  ])(
    'is none where an order came after its end (%s): it is not sent again, but the clock is read',
    async (_of, late) => {
      const { account, requests, timeReads } = accountOver((_request, nth) => (nth === 0 ? late() : accepted))
      expect(await account.place(order)).toMatchObject({ outcome: 'refused', kind: 'retry', reasonId: 'okx-expired' })
      expect([requests.length, timeReads()]).toEqual([1, 1])
      await account.place(order)
      expect([requests.length, timeReads()]).toEqual([2, 2])
    },
  )
})

const failures: [string, () => Response, string][] = [
  ['500', () => say(500), 'http-500'],
  ['502 from a proxy', () => say(502, '<html>'), 'http-502'],
  ['504', () => say(504), 'http-504'],
  ['403 from nobody knows whom', () => say(403, 'Forbidden'), 'http-403'],
  ['429 from nobody knows whom', () => say(429), 'http-429'],
  ['garbage', () => say(200, 'oops'), 'unreadable'],
  ['a JSON that is no envelope', () => say(200, '[]'), 'unreadable'],
  ['50004', () => refuse(400, '50004'), '50004'],
  ['50026', () => refuse(500, '50026'), '50026'],
  ['a refusal with a status of 500', () => refuse(500, '51008'), '51008'],
  [
    'a cut connection',
    () => {
      throw new TypeError('fetch failed', { cause: new Error('other side closed') })
    },
    'network',
  ],
  [
    'a timeout',
    () => {
      throw new DOMException('The operation was aborted due to timeout', 'TimeoutError')
    },
    'network',
  ],
]

describe('what moves orders is sent once', () => {
  it.each(failures)('and unknown after %s', async (_name, fail, code) => {
    const { account, requests, pauses } = accountOver(() => fail())
    const unknown = { outcome: 'unknown', code, reasonId: 'okx-outcome-unknown' }
    expect(await account.place(order)).toMatchObject(unknown)
    expect(await account.placeBatch([order, { ...order, clOrdId: 'intent2' }])).toMatchObject([unknown, unknown])
    expect(await account.cancel(key)).toMatchObject(unknown)
    expect(await account.amend({ ...key, newSz: new Decimal(2) })).toMatchObject(unknown)
    expect(await account.closePosition({ ...key, mgnMode: 'cross' })).toMatchObject(unknown)
    expect(requests).toHaveLength(5)
    expect(pauses).toEqual([])
  })

  it.each([
    [200, '50011', 'retry', 'okx-busy'],
    [429, '50011', 'retry', 'okx-busy'],
    [429, '50013', 'retry', 'okx-busy'],
    [503, '50001', 'retry', 'okx-busy'],
    [200, '50061', 'retry', 'okx-busy'],
    [401, '50113', 'config', 'okx-signature'],
    [200, '51008_1000', 'refused', 'okx-funds'],
    [200, '58999', 'refused', 'okx-refused'],
  ])('and refused, for the caller to go on from, with %d and %s', async (status, code, kind, reasonId) => {
    const { account, requests, pauses } = accountOver(() => refuse(status, code))
    const expected = { outcome: 'refused', kind, reasonId, code: code.slice(0, 5), message: 'no' }
    expect(await account.place(order)).toEqual(expected)
    expect(requests).toHaveLength(1)
    expect(pauses).toEqual([])
  })

  it('and seen through once it is sent, whatever the signal says', async () => {
    const controller = new AbortController()
    const { account } = accountOver(() => {
      controller.abort(new Error('the user pressed cancel'))
      return accepted
    })
    expect(await account.place(order, controller.signal)).toMatchObject({ outcome: 'accepted' })
    await expect(account.place(order, controller.signal)).rejects.toThrow('the user pressed cancel')
  })

  it('and not at all without the time of the exchange, or without room', async () => {
    const offline = accountOver(() => accepted, { fetch: async () => Promise.reject(new TypeError('fetch failed')) })
    expect(await offline.account.place(order)).toMatchObject({ outcome: 'refused', kind: 'retry', code: 'network' })
    const full = accountOver(() => accepted, { limits: createRateLimits(0.01, 10) })
    await full.account.place(order)
    expect(await full.account.place(order)).toMatchObject({ outcome: 'refused', kind: 'retry', code: 'limits' })
    expect(full.requests).toHaveLength(1)
  })
})

describe('a signed read', () => {
  it.each(failures.filter(([name]) => !name.startsWith('403') && !name.includes('refusal')))(
    'is tried again after %s',
    async (_name, fail) => {
      const { account, requests, pauses } = accountOver((_request, nth) => (nth < 2 ? fail() : [balanceRow]))
      expect((await account.balance()).details).toHaveLength(2)
      expect(requests).toHaveLength(3)
      expect(pauses).toHaveLength(2)
    },
  )
})

it('can be called away while the clock is read', async () => {
  const controller = new AbortController()
  const { account, requests } = accountOver(() => [], {
    fetch: () => {
      controller.abort(new Error('the user pressed cancel'))
      return new Promise(() => {})
    },
  })
  await expect(account.balance(controller.signal)).rejects.toThrow('the user pressed cancel')
  await expect(account.place(order, controller.signal)).rejects.toThrow('the user pressed cancel')
  expect(requests).toHaveLength(0)
})

it('asks for the time no more often than a read of its own is tried', async () => {
  let asked = 0
  const { account } = accountOver(() => [], {
    fetch: async () => {
      asked++
      throw new TypeError('fetch failed')
    },
  })
  await expect(account.balance()).rejects.toMatchObject({ endpoint: 'time', kind: 'retry' })
  expect(asked).toBe(5)
})

describe('a setting', () => {
  it('is made once, and its failures are thrown', async () => {
    const { account, requests } = accountOver(() => refuse(400, '59000'))
    await expect(account.setPositionMode('net_mode')).rejects.toMatchObject({
      code: '59000',
      reasonId: 'okx-settings-blocked',
    })
    expect(requests).toHaveLength(1)
    const down = accountOver(() => say(502))
    await expect(down.account.cancelAllAfter(30)).rejects.toMatchObject({ kind: 'retry' })
    expect(down.requests).toHaveLength(1)
  })
})
