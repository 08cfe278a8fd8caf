import { describe, expect, it } from 'vitest'
import { accountOver, envelope } from '../testing/okxAccountFixture.js'
import { algoRow, fillRow, orderRow } from '../testing/okxAccountPayloadsFixture.js'
import { OkxPayloadError } from './okxError.js'

const key = { instId: 'BTC-USDT', clOrdId: 'intent1' }
const fails = (call: Promise<unknown>) => expect(call).rejects.toBeInstanceOf(OkxPayloadError)

async function all<T>(pages: AsyncIterable<T[]>): Promise<T[]> {
  const rows: T[] = []
  for await (const page of pages) rows.push(...page)
  return rows
}

/** An exchange with these rows, newest first, that gives so many of them a page. */
function paged(rows: readonly object[], pageSize: number, idField: string) {
  return accountOver(({ path }) => {
    const after = new URL(path, 'http://exchange.test').searchParams.get('after')
    const start =
      after === null
        ? 0
        : rows.findIndex((row) => Object.entries(row).some(([name, id]) => name === idField && id === after)) + 1
    return rows.slice(start, start + pageSize)
  })
}

describe('an order', () => {
  const read = (changes: object) => accountOver(() => [{ ...orderRow, ...changes }]).account.order(key)

  it('is what the exchange has on record, exactly', async () => {
    const order = await read({})
    expect(order).toMatchObject({
      ordId: '680800019749904384',
      clOrdId: 'intent1',
      tag: 'c314b0aecb5bBCDE',
      state: 'filled',
      posSide: 'net',
      tgtCcy: 'quote_ccy',
      isReduceOnly: false,
      px: null,
      feeCcy: 'BTC',
      category: 'normal',
      cTime: 1_708_587_373_361,
    })
    expect([order?.sz, order?.accFillSz, order?.avgPx, order?.fee].map((figure) => figure?.toFixed())).toEqual([
      '100',
      '0.00192834',
      '51858',
      '-0.00000192834',
    ])
    expect(order?.attached).toMatchObject([{ attachAlgoClOrdId: 'stop1', tpTriggerPx: null, failCode: '' }])
    expect(order?.attached[0].slOrdPx?.toFixed()).toBe('-1')
  })

  it('that is not filled has no average price', async () => {
    const fresh = { state: 'live', accFillSz: '0', avgPx: '0', fee: '', feeCcy: '', reduceOnly: 'true', posSide: '' }
    expect(await read(fresh)).toMatchObject({ avgPx: null, isReduceOnly: true, posSide: null })
    expect(await read({ ...fresh, state: 'canceled', accFillSz: '' })).toMatchObject({ state: 'canceled' })
  })

  it.each([
    ['filled with nothing', { accFillSz: '0', avgPx: '' }],
    ['partly filled with nothing', { state: 'partially_filled', accFillSz: '', avgPx: '' }],
    ['live with something filled', { state: 'live' }],
    ['filled at no price', { avgPx: '' }],
    ['filled beyond its size in coins', { tgtCcy: 'base_ccy', sz: '0.001' }],
    ['sold beyond its size', { tgtCcy: '', side: 'sell', sz: '0.001' }],
    ['filled beyond its size at a limit', { tgtCcy: '', ordType: 'limit', sz: '0.001' }],
    ['filled beyond its contracts', { instType: 'SWAP', tgtCcy: '', sz: '0.001' }],
    ['a fee in nothing', { feeCcy: '' }],
    ['a state nobody knows', { state: 'dreaming' }],
    ['a size that is none', { sz: 'NaN' }],
    ['less than nothing filled', { accFillSz: '-1' }],
  ])('is refused: %s', async (_name, changes) => {
    await fails(read(changes))
  })

  it.each(['SPOT', 'MARGIN'])(
    'that bought coins at market (%s) may be in quote currency without a word',
    async (instType) => {
      const cheap = { instType, tgtCcy: '', sz: '100', accFillSz: '25000', avgPx: '0.004' }
      const order = await read(cheap)
      expect([order?.tgtCcy, order?.accFillSz.toFixed()]).toEqual([null, '25000'])
    },
  )

  it('is asked for by either id, and null where there is none', async () => {
    const { account, requests } = accountOver(() => envelope('51603', [], 'Order does not exist'))
    expect(await account.order(key)).toBeNull()
    expect(await account.order({ instId: 'BTC-USDT', ordId: '7' })).toBeNull()
    expect(requests.map(({ path }) => path)).toEqual([
      '/api/v5/trade/order?instId=BTC-USDT&clOrdId=intent1',
      '/api/v5/trade/order?instId=BTC-USDT&ordId=7',
    ])
  })

  it('that cannot be read is not taken for none', async () => {
    await fails(accountOver(() => []).account.order(key))
    await expect(accountOver(() => envelope('50113')).account.order(key)).rejects.toMatchObject({ kind: 'config' })
  })
})

describe('records', () => {
  const ids = Array.from({ length: 7 }, (_, i) => String(107 - i))
  const orders = ids.map((ordId) => ({ ...orderRow, ordId, cTime: `${Number(ordId) * 1000}` }))
  const fills = ids.map((billId) => ({ ...fillRow, billId, fillTime: `${Number(billId) * 1000}` }))

  it('of pending orders are read to their end, by order id', async () => {
    const live = orders.map((row) => ({ ...row, state: 'live', accFillSz: '0', avgPx: '' }))
    const { account, requests } = paged(live, 3, 'ordId')
    expect((await account.pendingOrders({ instType: 'SPOT' })).map(({ ordId }) => ordId)).toEqual(ids)
    expect(requests.map(({ path }) => path.split('?')[1])).toEqual([
      'instType=SPOT&limit=100',
      'instType=SPOT&limit=100&after=105',
      'instType=SPOT&limit=100&after=102',
      'instType=SPOT&limit=100&after=101',
    ])
  })

  it('of orders end where they are older than asked for', async () => {
    const { account, requests } = paged(orders, 2, 'ordId')
    const history = account.orderHistory({ instType: 'SPOT', from: 'week', fromTs: 104_000, toTs: 107_000 })
    expect((await all(history)).map(({ ordId }) => ordId)).toEqual(['106', '105', '104'])
    expect(requests.map(({ path }) => path.split('?')[0])).toEqual(Array(3).fill('/api/v5/trade/orders-history'))
  })

  it('of older orders and fills come from the archives', async () => {
    const { account, requests } = accountOver(() => [])
    await all(account.orderHistory({ instType: 'SWAP', instId: 'I', from: 'archive' }))
    await all(account.fills({ instType: 'SWAP', from: 'archive' }))
    await all(account.fills({ instType: 'SPOT', ordId: '5', from: 'days' }))
    expect(requests.map(({ path }) => path)).toEqual([
      '/api/v5/trade/orders-history-archive?instType=SWAP&instId=I&limit=100',
      '/api/v5/trade/fills-history?instType=SWAP&limit=100',
      '/api/v5/trade/fills?instType=SPOT&ordId=5&limit=100',
    ])
  })

  it('of fills are read by bill, and are exact', async () => {
    const { account, requests } = paged(fills, 4, 'billId')
    const read = await all(account.fills({ instType: 'SPOT', from: 'days' }))
    expect(read.map(({ billId }) => billId)).toEqual(ids)
    expect(requests.map(({ path }) => path.match(/after=(\d+)/)?.[1])).toEqual([undefined, '104', '101'])
    expect(read[0]).toMatchObject({
      side: 'buy',
      liquidity: 'taker',
      feeCcy: 'BTC',
      fillTime: 107_000,
      tradeId: '744876980',
    })
    expect([read[0].fillPx, read[0].fillSz, read[0].fee].map((figure) => figure.toFixed())).toEqual([
      '51858',
      '0.00192834',
      '-0.00000192834',
    ])
  })

  it.each([
    ['no price', { fillPx: '0' }],
    ['no size', { fillSz: '0' }],
    ['a fee in nothing', { feeCcy: '' }],
  ])('of fills are refused with %s', async (_name, changes) => {
    const { account } = accountOver(() => [{ ...fillRow, ...changes }])
    await fails(all(account.fills({ instType: 'SPOT', from: 'days' })))
  })

  it.each([1, 2, 3])('that go round in circles of %d are refused', async (round) => {
    const { account } = accountOver((_request, nth) => {
      if (nth > 9) throw new Error('asked for ever')
      return [{ ...fillRow, billId: String(nth % round) }]
    })
    await fails(all(account.fills({ instType: 'SPOT', from: 'days' })))
  })
})

describe('an algo order', () => {
  const query = { ordType: 'conditional', instType: 'SWAP', instId: 'BTC-USDT-SWAP' } as const

  it('is what the exchange has on record', async () => {
    const { account, requests } = paged([algoRow], 100, 'algoId')
    const [algo] = await account.pendingAlgos(query)
    expect(algo).toMatchObject({ algoClOrdId: 'stop1', state: 'live', isReduceOnly: true, sz: null, triggerTime: null })
    expect([algo.closeFraction?.toFixed(), algo.slTriggerPx?.toFixed(), algo.slOrdPx?.toFixed()]).toEqual([
      '1',
      '58000',
      '-1',
    ])
    expect(requests[0].path).toBe(
      '/api/v5/trade/orders-algo-pending?ordType=conditional&instType=SWAP&instId=BTC-USDT-SWAP&limit=100',
    )
  })

  it.each([
    ['a kind nobody knows', { ordType: 'iceberg' }],
    ['no size at all', { closeFraction: '' }],
  ])('is refused: %s', async (_name, changes) => {
    await fails(accountOver(() => [{ ...algoRow, ...changes }]).account.pendingAlgos(query))
  })

  it.each(['effective', 'canceled', 'order_failed'])('is found by our id once it is %s', async (state) => {
    const { account } = accountOver(({ path }) => {
      const asked = new URL(path, 'http://exchange.test').searchParams
      const isThere = path.includes('history') && asked.get('state') === state && !asked.has('after')
      return isThere
        ? [
            { ...algoRow, algoId: '8', algoClOrdId: 'other' },
            { ...algoRow, state },
          ]
        : []
    })
    expect(await account.findAlgo({ ...query, algoClOrdId: 'stop1' })).toMatchObject({ state, algoClOrdId: 'stop1' })
    expect(await account.findAlgo({ ...query, algoClOrdId: 'stop9' })).toBeNull()
  })

  it('is found while it waits', async () => {
    const { account, requests } = paged([algoRow], 100, 'algoId')
    expect(await account.findAlgo({ ...query, algoClOrdId: 'stop1' })).toMatchObject({ state: 'live' })
    expect(requests.every(({ path }) => path.includes('pending'))).toBe(true)
  })
})
