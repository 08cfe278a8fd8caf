import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import type { OrderRequest } from '../domain/trading/orderRequest.js'
import { accountOver, type SeenRequest, testKey } from '../testing/okxAccountFixture.js'
import { brokerTag, isBatch, withBrokerTag } from './brokerTag.js'
import { Credentials } from './credentials.js'
import { type EndpointName, endpointOf, endpoints } from './endpoints.js'
import type { OkxAccount } from './okxAccount.js'
import { createTransport } from './transport.js'

const tag = 'c314b0aecb5bBCDE'
/** What the exchange takes a tag on (okx-facts section 3), of all that it offers. */
const pathsThatTakeATag = [
  '/api/v5/trade/order',
  '/api/v5/trade/batch-orders',
  '/api/v5/trade/order-algo',
  '/api/v5/trade/close-position',
  '/api/v5/trade/cancel-all-after',
  '/api/v5/tradingBot/grid/order-algo',
  '/api/v5/tradingBot/recurring/order-algo',
  '/api/v5/copytrading/algo-order',
  '/api/v5/sprd/order',
  '/api/v5/asset/convert/trade',
]
const names = Object.keys(endpoints) as EndpointName[]
const posts = names.filter((name) => endpointOf(name).effect !== 'read')
const tagged = names.filter((name) => endpointOf(name).isTagged)

const order: OrderRequest = {
  instType: 'SWAP',
  instId: 'BTC-USDT-SWAP',
  tdMode: 'cross',
  side: 'buy',
  ordType: 'market',
  sz: new Decimal(1),
  clOrdId: 'intent1',
}
const algo = { ...order, algoClOrdId: 'stop1', size: { sz: new Decimal(1) } } as const
const stop = { triggerPx: new Decimal(90) }
const target = { triggerPx: new Decimal(120) }
const attached = [{ attachAlgoClOrdId: 'stop2', stopLoss: stop }]

/** Every way of an account to create an order, by its method. */
const creating: Record<string, (account: OkxAccount) => Promise<unknown>> = {
  place: (account) => account.place(order),
  'place with a stop': (account) => account.place({ ...order, attached }),
  'place, at a limit': (account) => account.place({ ...order, ordType: 'limit', px: new Decimal(5) }),
  'placeBatch of one': (account) => account.placeBatch([order]),
  'placeBatch of many': (account) =>
    account.placeBatch(Array.from({ length: 20 }, (_, i) => ({ ...order, clOrdId: `intent${i}` }))),
  closePosition: (account) => account.closePosition({ instId: order.instId, mgnMode: 'cross', clOrdId: 'close1' }),
  'placeAlgo, conditional': (account) => account.placeAlgo({ ...algo, ordType: 'conditional', stopLoss: stop }),
  'placeAlgo, oco': (account) => account.placeAlgo({ ...algo, ordType: 'oco', stopLoss: stop, takeProfit: target }),
  'placeAlgo, trigger': (account) => account.placeAlgo({ ...algo, ordType: 'trigger', trigger: stop }),
  'placeAlgo, trailing': (account) =>
    account.placeAlgo({ ...algo, ordType: 'move_order_stop', callback: { ratio: new Decimal('0.05') } }),
}

/** The tags of what was sent: one of each element. */
function tagsOf({ body }: SeenRequest): unknown[] {
  const sent = JSON.parse(body)
  return (Array.isArray(sent) ? sent : [sent]).map((one) => one.tag)
}

describe('the broker tag', () => {
  it('is the one that the operator was given', () => {
    expect(brokerTag).toBe(tag)
  })

  it.each(Object.entries(creating))('is on what is sent by %s', async (_name, create) => {
    const { account, requests } = accountOver(() => [])
    await create(account)
    expect(requests).toHaveLength(1)
    expect(tagsOf(requests[0]).every((sent) => sent === tag)).toBe(true)
    expect(tagsOf(requests[0]).length).toBeGreaterThan(0)
  })

  it('is on them whatever tag a caller puts there', async () => {
    const forged = { ...order, tag: 'somebodyelse' }
    const { account, requests } = accountOver(() => [])
    await account.place(forged)
    await account.placeBatch([forged, { ...forged, clOrdId: 'intent2' }])
    expect(requests.flatMap(tagsOf)).toEqual([tag, tag, tag])
    expect(withBrokerTag({ tag: 'x', a: 1 })).toEqual({ tag, a: 1 })
    expect(withBrokerTag([{ tag: 'x' }, {}])).toEqual([{ tag }, { tag }])
  })

  it('is the filter of the dead-man switch', async () => {
    const { account, bodies } = accountOver(() => [{ triggerTime: '1700000030000', tag, ts: '1700000000000' }])
    expect(await account.cancelAllAfter(30)).toBe(1_700_000_030_000)
    expect(bodies()).toEqual([{ timeOut: '30', tag }])
  })

  it.each(tagged)('is put on by the transport alone, and signed with the rest: %s', async (name) => {
    const sent: string[] = []
    const fetchIt: typeof fetch = async (_input, init) => {
      sent.push(String(init?.body))
      return new Response('{"code":"0","msg":"","data":[]}')
    }
    const transport = createTransport(
      { baseUrl: 'http://exchange.test', fetch: fetchIt },
      { credentials: new Credentials(testKey), now: () => 0 },
    )
    await transport(name, { body: { instId: 'I', tag: 'other' } })
    await transport(name, { body: [{ instId: 'I' }, { instId: 'J', tag: '' }] })
    expect(sent.map((body) => JSON.parse(body))).toEqual([
      { instId: 'I', tag },
      [
        { instId: 'I', tag },
        { instId: 'J', tag },
      ],
    ])
  })

  it('is on every call that takes one, and every call that creates an order', () => {
    const takes = posts.filter((name) => pathsThatTakeATag.includes(endpointOf(name).path))
    expect(tagged).toEqual(takes)
    expect(names.filter((name) => endpointOf(name).effect === 'create')).toEqual([
      'placeOrder',
      'batchOrders',
      'closePosition',
      'placeAlgo',
    ])
    expect(names.filter((name) => endpointOf(name).effect === 'create' && !endpointOf(name).isTagged)).toEqual([])
  })

  it('was tried by every call that creates an order', async () => {
    const { account, requests } = accountOver(() => [])
    for (const create of Object.values(creating)) await create(account)
    const paths = new Set(requests.map(({ path }) => path))
    const creates = names.filter((name) => endpointOf(name).effect === 'create')
    expect(creates.map((name) => endpointOf(name).path).filter((path) => !paths.has(path))).toEqual([])
  })

  it('is not sent where OKX takes none', async () => {
    const { account, requests } = accountOver(() => [])
    const key = { instId: order.instId, clOrdId: 'intent1' }
    await account.cancel(key)
    await account.cancelBatch([key])
    await account.amend({ ...key, newSz: new Decimal(2) })
    await account.cancelAlgos([{ instId: order.instId, algoId: '1' }])
    await account.amendAlgo({ instId: order.instId, algoId: '1', newSz: new Decimal(2) })
    expect(requests.flatMap(tagsOf).filter((sent) => sent !== undefined)).toEqual([])
  })
})

it('tells a batch from one order', () => {
  expect([isBatch([]), isBatch([{}]), isBatch({})]).toEqual([true, true, false])
})
