import { describe, expect, it } from 'vitest'
import { openVenue, type Row, spotMarket, start, swapMarket } from '../../testing/openVenue.js'

const inst = { instId: 'BTC-USDT' }
const buy = { ...spotMarket, side: 'buy', ordType: 'limit', sz: '1', px: '90' }
const swapBuy = { ...swapMarket, side: 'buy', ordType: 'limit', sz: '1', px: '98' }
const hourMs = 3_600_000

describe('a batch', () => {
  it.each([
    ['0', ['0', '0'], [buy, { ...buy, clOrdId: 'b' }]],
    [
      '1',
      ['51000', '51020'],
      [
        { ...buy, sz: '0' },
        { ...buy, sz: '0.0001' },
      ],
    ],
    ['2', ['0', '51001'], [buy, { ...buy, instId: 'NO-NO' }]],
  ])('has code %s where its rows have %j', (code, sCodes, orders) => {
    const answer = openVenue().answer('POST trade/batch-orders', orders)
    expect(answer.code).toBe(code)
    expect((answer.data as Row[]).map(({ sCode }) => sCode)).toEqual(sCodes)
  })

  it('cancels likewise, each for itself', () => {
    const house = openVenue()
    const { ordId } = house.order(buy)
    const answer = house.answer('POST trade/cancel-batch-orders', [
      { ...inst, ordId },
      { ...inst, ordId },
    ])
    expect(answer).toMatchObject({
      code: '2',
      data: [
        { ordId, sCode: '0' },
        { ordId, sCode: '51400' },
      ],
    })
  })

  it('counts as many requests as it has orders', () => {
    const { weight } = openVenue().venue.routes['POST /api/v5/trade/batch-orders']
    expect(weight?.([1, 2, 3])).toBe(3)
  })
})

describe('an amendment', () => {
  it('changes price and size, what is filled being part of the size', () => {
    const house = openVenue()
    const { ordId } = house.order({ ...buy, sz: '2', clOrdId: 'a' })
    house.venue.fillPart('u1', 'a', '0.5', house.now)
    house.events()
    house.row('POST trade/amend-order', { ...inst, ordId, newSz: '1.5', newPx: '91', reqId: 'r1' })
    expect(house.row('GET trade/order', { ...inst, ordId })).toMatchObject({
      sz: '1.5',
      px: '91',
      accFillSz: '0.5',
      state: 'partially_filled',
    })
    expect(house.events()[0]).toMatchObject({ channel: 'orders', row: { amendResult: '0', reqId: 'r1', sz: '1.5' } })
    house.row('POST trade/amend-order', { ...inst, ordId, newSz: '0.5' })
    expect(house.row('GET trade/order', { ...inst, ordId })).toMatchObject({ state: 'filled', accFillSz: '0.5' })
    expect(house.refusal('POST trade/amend-order', { ...inst, ordId, newSz: '1' })).toBe('51510')
  })

  it('that crosses the book is filled', () => {
    const house = openVenue()
    const { ordId } = house.order(buy)
    house.row('POST trade/amend-order', { ...inst, ordId, newPx: '100' })
    expect(house.row('GET trade/order', { ...inst, ordId })).toMatchObject({ state: 'filled', avgPx: '100' })
  })

  it('that the account cannot bear is refused, and cancels where that was asked for', () => {
    const house = openVenue()
    const { ordId } = house.order(buy)
    const tooMuch = { ...inst, ordId, newSz: '112' }
    expect(house.refusal('POST trade/amend-order', tooMuch)).toBe('51008')
    expect(house.row('GET trade/order', { ...inst, ordId })).toMatchObject({ state: 'live', sz: '1' })
    expect(house.refusal('POST trade/amend-order', { ...tooMuch, cxlOnFail: true })).toBe('51008')
    expect(house.row('GET trade/order', { ...inst, ordId }).state).toBe('canceled')
    expect(house.refusal('POST trade/amend-order', tooMuch)).toBe('51509')
  })

  it('of a swap order asks for the margin that it adds', () => {
    const house = openVenue({ cash: { USDT: '100' } })
    const { ordId } = house.order({ ...swapBuy, sz: '290' })
    const amend = { instId: 'BTC-USDT-SWAP', ordId }
    expect(house.refusal('POST trade/amend-order', { ...amend, newSz: '310' })).toBe('51008')
    expect(house.row('POST trade/amend-order', { ...amend, newSz: '300' }).sCode).toBe('0')
  })
})

describe('lists of orders', () => {
  it('hold what waits, newest first, page by page', () => {
    const house = openVenue()
    const ids = [1, 2, 3, 4].map(() => house.order(buy).ordId)
    const page = (query: object) => house.rows('GET trade/orders-pending', query).map(({ ordId }) => ordId)
    expect(page({})).toEqual(ids.toReversed())
    expect(page({ limit: '2' })).toEqual([ids[3], ids[2]])
    expect(page({ limit: '2', after: ids[2] })).toEqual([ids[1], ids[0]])
    expect(page({ before: ids[2] })).toEqual([ids[3]])
    expect(page({ instId: 'BTC-USDT-SWAP' })).toEqual([])
    expect(page({ ordType: 'market,ioc' })).toEqual([])
  })

  it('forget after two hours what was cancelled without a fill', () => {
    const house = openVenue()
    const { ordId } = house.order(buy)
    house.row('POST trade/cancel-order', { ...inst, ordId })
    const filled = house.order({ ...spotMarket, side: 'buy', sz: '100' })
    const history = () => house.rows('GET trade/orders-history', { instType: 'SPOT' }).map((row) => row.ordId)
    house.now += 2 * hourMs
    expect(history()).toEqual([filled.ordId, ordId])
    house.now += 1
    expect(history()).toEqual([filled.ordId])
    expect(house.refusal('GET trade/order', { ...inst, ordId })).toBe('51603')
    house.now += 7 * 24 * hourMs
    expect(history()).toEqual([])
    expect(house.rows('GET trade/orders-history-archive', { instType: 'SPOT' })).toHaveLength(1)
    expect(house.rows('GET trade/fills')).toEqual([])
    expect(house.rows('GET trade/fills-history', { instType: 'SPOT' })).toHaveLength(1)
  })

  it('of fills are paged by bill', () => {
    const house = openVenue()
    for (let i = 0; i < 5; i++) house.order({ ...spotMarket, side: 'buy', sz: '100', tag: 'T' })
    const all = house.rows('GET trade/fills').map(({ billId }) => billId)
    expect(new Set(all).size).toBe(5)
    const rest = house.rows('GET trade/fills', { after: all[1], limit: '2' })
    expect(rest.map(({ billId }) => billId)).toEqual(all.slice(2, 4))
    expect(rest[0]).toMatchObject({ tag: 'T', feeCcy: 'BTC', fillPx: '100' })
  })

  it('forget what nobody can see any more', () => {
    const house = openVenue()
    for (let i = 0; i < 1500; i++) {
      house.now += 60_000
      house.row('POST trade/cancel-order', { ...inst, ordId: house.row('POST trade/order', buy).ordId })
    }
    expect(JSON.stringify(house.venue.save()).length).toBeLessThan(800_000)
  })
})

describe('close-position', () => {
  const close = { instId: 'BTC-USDT-SWAP', mgnMode: 'cross' }
  it('closes at market, with its tag and client id, and answers without an order id', () => {
    const house = openVenue()
    house.order({ ...swapMarket, side: 'sell', sz: '10' })
    const row = house.row('POST trade/close-position', { ...close, clOrdId: 'c1', tag: 'T' })
    expect(row).toEqual({ instId: 'BTC-USDT-SWAP', posSide: 'net', clOrdId: 'c1', tag: 'T' })
    expect(house.row('GET trade/order', { instId: 'BTC-USDT-SWAP', clOrdId: 'c1' })).toMatchObject({
      side: 'buy',
      tag: 'T',
    })
    expect(house.rows('GET account/positions')).toEqual([])
  })

  it('fails on orders that wait to close, unless it may cancel them', () => {
    const house = openVenue()
    house.order({ ...swapMarket, side: 'buy', sz: '10' })
    house.order({ ...swapBuy, side: 'sell', px: '103' })
    expect(house.refusal('POST trade/close-position', close)).toBe('51115')
    house.row('POST trade/close-position', { ...close, autoCxl: true })
    expect(house.rows('GET trade/orders-pending')).toEqual([])
    expect(house.rows('GET account/positions')).toEqual([])
  })
})

describe('cancel-all-after', () => {
  it('cancels the orders of its tag when it is not renewed in time', () => {
    const house = openVenue()
    house.order({ ...buy, tag: 'T' })
    house.order({ ...buy, tag: 'other' })
    const timer = { timeOut: '10', tag: 'T' }
    expect(house.row('POST trade/cancel-all-after', timer).triggerTime).toBe(String(start + 10_000))
    house.now = start + 9_500
    house.row('POST trade/cancel-all-after', timer)
    house.now = start + 19_499
    expect(house.rows('GET trade/orders-pending')).toHaveLength(2)
    house.now = start + 19_500
    expect(house.rows('GET trade/orders-pending').map(({ tag }) => tag)).toEqual(['other'])
    house.row('POST trade/cancel-all-after', { timeOut: '60' })
    expect(house.row('POST trade/cancel-all-after', { timeOut: '0' }).triggerTime).toBe('0')
    house.now += hourMs
    expect(house.rows('GET trade/orders-pending')).toHaveLength(1)
  })
})

describe('the account', () => {
  it('tells its configuration, fees and leverage', () => {
    const house = openVenue()
    expect(house.row('GET account/config')).toMatchObject({ uid: 'u1', acctLv: '2', posMode: 'net_mode' })
    const [fee] = house.rows('GET account/trade-fee', { instType: 'SWAP' }) as unknown as [{ feeGroup: unknown[] }]
    expect(fee.feeGroup).toEqual([{ groupId: '1', maker: '-0.0002', taker: '-0.0005' }])
    const info = { instId: 'BTC-USDT-SWAP', mgnMode: 'cross' }
    expect(house.row('GET account/leverage-info', info).lever).toBe('3')
    house.row('POST account/set-leverage', { ...info, lever: '7' })
    expect(house.row('GET account/leverage-info', info).lever).toBe('7')
  })

  it('has leverages of its own for the sides of isolated in long/short mode', () => {
    const house = openVenue({ posMode: 'long_short_mode' })
    const info = { instId: 'BTC-USDT-SWAP', mgnMode: 'isolated' }
    house.row('POST account/set-leverage', { ...info, lever: '7', posSide: 'short' })
    expect(house.rows('GET account/leverage-info', info).map(({ lever }) => lever)).toEqual(['3', '7'])
    expect(house.refusal('POST account/set-leverage', { ...info, lever: '7' })).toBe('51000')
  })

  it.each([
    ['BTC-USDT-SWAP', 'cross', '285.2', '285.2'],
    ['BTC-USDT', 'cash', '1', '200'],
  ])('can bear as large an order of %s as it says, and none larger', (instId, tdMode, maxBuy, maxSell) => {
    const house = openVenue({ cash: { USDT: '100', BTC: '2' } })
    expect(house.row('GET account/max-size', { instId, tdMode })).toMatchObject({ maxBuy, maxSell })
    const order = { instId, tdMode, side: 'buy', ordType: 'market', tgtCcy: 'base_ccy', banAmend: true }
    expect(house.refusal('POST trade/order', { ...order, sz: String(Number(maxBuy) + 0.1) })).toBe('51008')
    expect(house.order({ ...order, sz: maxBuy }).state).toBe('filled')
  })

  it('in spot mode has no equity to trade on margin', () => {
    const house = openVenue({ acctLv: '1' })
    const [balance] = house.rows('GET account/balance') as unknown as [{ details: Row[]; adjEq: string }]
    expect(balance.details[0]).toMatchObject({ availEq: '', upl: '', availBal: '10000' })
    expect(balance.adjEq).toBe('')
  })
})

describe('events', () => {
  it('tell of an order, its fills, the position and the account, in this order', () => {
    const house = openVenue()
    house.row('POST trade/order', { ...swapMarket, side: 'buy', sz: '10' })
    expect(house.events().map(({ channel, row }) => [channel, (row as unknown as Row).state ?? ''])).toEqual([
      ['orders', 'live'],
      ['orders', 'filled'],
      ['positions', ''],
      ['account', ''],
    ])
    expect(house.events()).toEqual([])
  })

  it('of a fill say what it filled and cost', () => {
    const house = openVenue()
    house.row('POST trade/order', { ...swapMarket, side: 'buy', sz: '10' })
    const [, { row }] = house.events()
    expect(row).toMatchObject({ fillSz: '10', fillPx: '100', fillFee: '-0.005', execType: 'T', fillFeeCcy: 'USDT' })
  })
})

it('stops filling an order after a part of it when a fault says so, until it is let go', () => {
  const house = openVenue()
  const { ordId } = house.order({ ...buy, clOrdId: 'a' })
  house.venue.fillPart('u1', 'a', '0.4', house.now)
  house.move(80)
  const order = () => house.row('GET trade/order', { ...inst, ordId })
  expect(order()).toMatchObject({ state: 'partially_filled', accFillSz: '0.4', avgPx: '90' })
  house.venue.resume('u1', 'a', house.now)
  house.move(79)
  expect(order()).toMatchObject({ state: 'filled', accFillSz: '1' })
})
