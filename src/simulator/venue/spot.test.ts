import { describe, expect, it } from 'vitest'
import { openVenue, spotMarket } from '../../testing/openVenue.js'

const limit = { ...spotMarket, ordType: 'limit', sz: '1', px: '90' }

describe('a spot market order', () => {
  it('buys for so much quote currency, its fee taken in the coin', () => {
    const house = openVenue()
    const order = house.order({ ...spotMarket, side: 'buy', sz: '1000' })
    expect(order).toMatchObject({
      state: 'filled',
      accFillSz: '10',
      avgPx: '100',
      fee: '-0.01',
      feeCcy: 'BTC',
      tgtCcy: 'quote_ccy',
    })
    expect([house.cash('USDT'), house.cash('BTC')]).toEqual(['9000', '9.99'])
  })

  it('buys so many coins where told to', () => {
    const house = openVenue()
    const order = house.order({ ...spotMarket, side: 'buy', sz: '10', tgtCcy: 'base_ccy' })
    expect(order).toMatchObject({ state: 'filled', accFillSz: '10' })
  })

  it('sells coins, its fee taken in quote currency', () => {
    const house = openVenue({ cash: { BTC: '5' } })
    expect(house.order({ ...spotMarket, side: 'sell', sz: '5' })).toMatchObject({ fee: '-0.5', feeCcy: 'USDT' })
    expect([house.cash('USDT'), house.cash('BTC')]).toEqual(['499.5', '0'])
  })

  it('walks the book, level by level', () => {
    const house = openVenue()
    house.quotes.depth = [
      [10, 2],
      [20, 2],
    ]
    expect(house.order({ ...spotMarket, side: 'buy', sz: '3', tgtCcy: 'base_ccy' })).toMatchObject({
      state: 'filled',
      avgPx: '101.33333333333333333',
    })
    const fills = house.rows('GET trade/fills')
    expect(fills.map(({ fillPx, fillSz, execType }) => [fillPx, fillSz, execType])).toEqual([
      ['102', '1', 'T'],
      ['101', '2', 'T'],
    ])
  })

  it('is cancelled for what the book does not hold', () => {
    const house = openVenue()
    house.quotes.depth = [[0, 2]]
    const order = house.order({ ...spotMarket, side: 'buy', sz: '3', tgtCcy: 'base_ccy' })
    expect(order).toMatchObject({ state: 'canceled', accFillSz: '2' })
  })

  it('is shrunk to the balance, silently, unless that is banned', () => {
    const house = openVenue({ cash: { USDT: '500', BTC: '0.5' } })
    const buy = { ...spotMarket, side: 'buy', sz: '1000' }
    expect(house.refusal('POST trade/order', { ...buy, banAmend: 'true' })).toBe('51008')
    expect(house.order(buy)).toMatchObject({ state: 'filled', sz: '500', accFillSz: '5' })
    expect(house.order({ ...spotMarket, side: 'sell', sz: '1000' })).toMatchObject({ sz: '5.495', accFillSz: '5.495' })
  })

  it('keeps what is less than a lot costs', () => {
    const house = openVenue()
    expect(house.order({ ...spotMarket, side: 'buy', sz: '100.005' })).toMatchObject({
      state: 'filled',
      accFillSz: '1',
    })
    expect(house.cash('USDT')).toBe('9900')
  })
})

describe('a spot limit order', () => {
  it('waits, and binds what it costs', () => {
    const house = openVenue()
    expect(house.order({ ...limit, side: 'buy' })).toMatchObject({ state: 'live', accFillSz: '0', avgPx: '' })
    const [balance] = house.rows('GET account/balance') as unknown as [{ details: unknown[] }]
    expect(balance.details[0]).toMatchObject({ cashBal: '10000', availBal: '9910', ordFrozen: '90' })
  })

  it('takes at once what is offered at its price or better', () => {
    const house = openVenue()
    house.quotes.depth = [[0, 2]]
    const order = house.order({ ...limit, side: 'buy', px: '101', sz: '3' })
    expect(order).toMatchObject({ state: 'partially_filled', accFillSz: '2', avgPx: '100' })
  })

  it('is filled as maker, at its own price, once the market trades beyond it', () => {
    const house = openVenue()
    const { ordId } = house.order({ ...limit, side: 'buy' })
    house.quotes.depth = [[1000, 5]]
    house.move(89)
    expect(house.row('GET trade/order', { instId: 'BTC-USDT', ordId })).toMatchObject({
      state: 'filled',
      avgPx: '90',
      fee: '-0.0008',
    })
    expect(house.rows('GET trade/fills')[0]).toMatchObject({ execType: 'M', ordId })
  })

  it('gets a tenth of what is traded at just its price', () => {
    const house = openVenue()
    house.quotes.depth = [[1000, 5]]
    const { ordId } = house.order({ ...limit, side: 'buy' })
    const filled = () => house.row('GET trade/order', { instId: 'BTC-USDT', ordId })
    house.move(90, 4)
    expect(filled()).toMatchObject({ state: 'partially_filled', accFillSz: '0.4' })
    house.move(90, 20)
    expect(filled()).toMatchObject({ state: 'filled', accFillSz: '1' })
  })

  it('shares that tenth with others at its price, the older first', () => {
    const house = openVenue()
    house.quotes.depth = [[1000, 5]]
    const ids = [1, 2].map(() => house.order({ ...limit, side: 'buy' }).ordId)
    house.move(90, 14)
    const filled = ids.map((ordId) => house.row('GET trade/order', { instId: 'BTC-USDT', ordId }).accFillSz)
    expect(filled).toEqual(['1', '0.4'])
  })

  it('does not see what was traded before it came', () => {
    const house = openVenue()
    house.quotes.depth = [[1000, 5]]
    house.quotes.move(house.now + 200, 80)
    house.quotes.move(house.now + 300, 100)
    house.now += 500
    const { ordId } = house.order({ ...limit, side: 'buy' })
    house.move(100)
    expect(house.row('GET trade/order', { instId: 'BTC-USDT', ordId }).state).toBe('live')
  })

  it.each([
    ['post_only', 'canceled', '0'],
    ['ioc', 'canceled', '2'],
    ['fok', 'canceled', '0'],
    ['optimal_limit_ioc', 'canceled', '2'],
    ['limit', 'partially_filled', '2'],
  ])('as %s for more than is offered is %s with %s', (ordType, state, accFillSz) => {
    const house = openVenue()
    house.quotes.depth = [[0, 2]]
    expect(house.order({ ...limit, side: 'buy', px: '101', sz: '3', ordType })).toMatchObject({ state, accFillSz })
  })

  it('as post_only below the offer waits', () => {
    expect(openVenue().order({ ...limit, side: 'buy', ordType: 'post_only' }).state).toBe('live')
  })
})

it('fills nothing while there is no price', () => {
  const house = openVenue()
  const { ordId } = house.order({ ...limit, side: 'buy' })
  house.move(null)
  house.quotes.move(house.now + 500, 80)
  house.quotes.move(house.now + 900, null)
  house.move(null)
  expect(house.row('GET trade/order', { instId: 'BTC-USDT', ordId }).state).toBe('live')
  expect(house.refusal('POST trade/order', { ...limit, side: 'buy' })).toBe('51022')
})
