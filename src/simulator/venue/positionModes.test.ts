import { describe, expect, it } from 'vitest'
import { liquidationPrice } from '../../domain/trading/margin.js'
import { openVenue, openWithLever, swapMarket } from '../../testing/openVenue.js'

const position = (house: ReturnType<typeof openVenue>) => house.row('GET account/positions')

describe('in net mode', () => {
  it('adds to a position at the average of its prices', () => {
    const house = openVenue()
    house.order({ ...swapMarket, side: 'sell', sz: '10' })
    house.move(110)
    house.order({ ...swapMarket, side: 'sell', sz: '30' })
    expect(position(house)).toMatchObject({ pos: '-40', avgPx: '107.5' })
  })

  it('turns a position round with one order', () => {
    const house = openVenue()
    house.order({ ...swapMarket, side: 'buy', sz: '10' })
    house.move(110)
    const order = house.order({ ...swapMarket, side: 'sell', sz: '30' })
    expect(order).toMatchObject({ pnl: '1', state: 'filled' })
    expect(position(house)).toMatchObject({ pos: '-20', avgPx: '110', pnl: '0', fee: '-0.011' })
  })

  it('reduces no more than there is, and drops what then has nothing to close', () => {
    const house = openVenue()
    house.order({ ...swapMarket, side: 'buy', sz: '10' })
    const waiting = house.order({
      ...swapMarket,
      side: 'sell',
      sz: '10',
      ordType: 'limit',
      px: '103',
      reduceOnly: true,
    })
    const order = house.order({ ...swapMarket, side: 'sell', sz: '30', reduceOnly: true })
    expect(order).toMatchObject({ sz: '10', state: 'filled', reduceOnly: 'true' })
    expect(house.row('GET trade/order', { instId: 'BTC-USDT-SWAP', ordId: waiting.ordId }).state).toBe('canceled')
  })

  it('cancels the rest of an order that has closed all that there was to close', () => {
    const house = openVenue()
    house.order({ ...swapMarket, side: 'buy', sz: '10' })
    const close = { ...swapMarket, side: 'sell', ordType: 'limit', px: '103', sz: '10', reduceOnly: true, clOrdId: 'c' }
    const { ordId } = house.order(close)
    house.order({ ...swapMarket, side: 'sell', sz: '6' })
    house.move(104)
    expect(house.row('GET trade/order', { instId: 'BTC-USDT-SWAP', ordId })).toMatchObject({
      state: 'canceled',
      accFillSz: '4',
    })
    expect(house.rows('GET account/positions')).toEqual([])
  })

  it('asks no margin of what closes', () => {
    const house = openWithLever('1', 'cross', { cash: { USDT: '110' } })
    house.order({ ...swapMarket, side: 'buy', sz: '100' })
    expect(house.order({ ...swapMarket, side: 'sell', sz: '100' }).state).toBe('filled')
  })

  it('asks margin of what goes beyond the position, whatever else waits to close it', () => {
    const house = openWithLever('1', 'cross', { cash: { USDT: '121' } })
    house.order({ ...swapMarket, side: 'buy', sz: '100' })
    const sell = { ...swapMarket, ordType: 'limit', side: 'sell', px: '103', sz: '60' }
    house.order(sell)
    // 40 close, 20 open: 20.6 and the fee, and 20.95 are free.
    house.order(sell)
    expect(house.refusal('POST trade/order', { ...sell, sz: '1' })).toBe('51008')
  })

  it('counts what waits into the limit of its leverage', () => {
    const house = openWithLever('100', 'cross')
    const buy = { ...swapMarket, ordType: 'limit', side: 'buy', px: '98', sz: '600' }
    house.order(buy)
    expect(house.refusal('POST trade/order', buy)).toBe('51004')
    expect(house.order({ ...buy, sz: '400' }).state).toBe('live')
  })

  it('bears orders up to the margin that is there, those that wait among them', () => {
    const house = openWithLever('10', 'cross', { cash: { USDT: '100' } })
    const buy = { ...swapMarket, ordType: 'limit', side: 'buy', px: '98', sz: '500' }
    house.order(buy)
    expect(house.order(buy).state).toBe('live')
    expect(house.refusal('POST trade/order', buy)).toBe('51008')
  })
})

describe('in long/short mode', () => {
  const longShort = (acctLv: '2' | '3' = '2') => openVenue({ posMode: 'long_short_mode', acctLv })

  it('holds a long and a short side by side, both with a size above 0', () => {
    const house = longShort()
    house.order({ ...swapMarket, side: 'buy', posSide: 'long', sz: '10' })
    house.order({ ...swapMarket, side: 'sell', posSide: 'short', sz: '5' })
    house.move(110)
    const rows = house.rows('GET account/positions')
    expect(rows.map(({ posSide, pos, upl }) => [posSide, pos, upl])).toEqual([
      ['long', '10', '1'],
      ['short', '5', '-0.5'],
    ])
    house.order({ ...swapMarket, side: 'buy', posSide: 'short', sz: '5' })
    expect(position(house).posSide).toBe('long')
    house.row('POST trade/close-position', { instId: 'BTC-USDT-SWAP', mgnMode: 'cross', posSide: 'long', tag: 'T1' })
    expect(house.rows('GET account/positions')).toEqual([])
    // 1 won, 0.5 lost, and the fees of 10 + 5 at 100 and at 110.
    expect(Number(house.cash('USDT'))).toBeCloseTo(10_000.5 - 0.0005 * (15 + 16.5), 10)
    expect(house.rows('GET trade/fills')[0].tag).toBe('T1')
  })

  it('liquidates each side of cross where the other stands still, as the domain says', () => {
    const house = openWithLever('100', 'cross', { cash: { USDT: '60' }, posMode: 'long_short_mode' })
    house.order({ ...swapMarket, side: 'buy', posSide: 'long', sz: '900' })
    house.order({ ...swapMarket, side: 'sell', posSide: 'short', sz: '100' })
    const [long] = house.rows('GET account/positions')
    // 60 less the fees of 1000 back it, less what the short owes: (0.4 + 0.05) % of 100.
    const backing = 60 - 0.5 - 0.45
    const held = { side: 'long', coins: 9, entryPrice: 100, backing, mmr: 0.004, feeRate: 0.0005 } as const
    expect(Number(long.liqPx)).toBeCloseTo(liquidationPrice(held) ?? 0, 10)
  })

  it('has the gains of one side before the insurance fund pays for the other', () => {
    const house = openWithLever('100', 'cross', { cash: { USDT: '60' }, posMode: 'long_short_mode' })
    house.order({ ...swapMarket, side: 'buy', posSide: 'long', sz: '900' })
    house.order({ ...swapMarket, side: 'sell', posSide: 'short', sz: '100' })
    house.move(80)
    expect(house.rows('GET account/positions')).toEqual([])
    expect(house.cash('USDT')).toBe('0')
  })

  it.each([
    ['a sale of no long', { side: 'sell', posSide: 'long', sz: '1' }, '51169'],
    ['an order without a side', { side: 'buy', sz: '1' }, '51000'],
    ['an order for net', { side: 'buy', posSide: 'net', sz: '1' }, '51000'],
  ])('refuses %s', (_name, body, code) => {
    expect(longShort().refusal('POST trade/order', { ...swapMarket, ...body })).toBe(code)
  })

  it('refuses to close more than there is, with what waits to close', () => {
    const house = longShort()
    house.order({ ...swapMarket, side: 'buy', posSide: 'long', sz: '10' })
    house.order({ ...swapMarket, ordType: 'limit', px: '103', side: 'sell', posSide: 'long', sz: '6' })
    expect(house.refusal('POST trade/order', { ...swapMarket, side: 'sell', posSide: 'long', sz: '5' })).toBe('51169')
    expect(house.order({ ...swapMarket, side: 'sell', posSide: 'long', sz: '4' }).state).toBe('filled')
  })
})

describe('an inverse swap', () => {
  it('counts in coins', () => {
    const house = openVenue({ cash: { BTC: '10' } })
    house.order({ ...swapMarket, instId: 'BTC-USD-SWAP', side: 'buy', sz: '2' })
    // 200 USD at 100 are 2 BTC; the fee is 0.05 % of them.
    expect(house.cash('BTC')).toBe('9.999')
    house.move(125)
    const held = position(house)
    // N (1/E - 1/P) = 200 (1/100 - 1/125).
    expect(held).toMatchObject({ upl: '0.4', notionalUsd: '200', ccy: 'BTC', pos: '2' })
    house.order({ ...swapMarket, instId: 'BTC-USD-SWAP', side: 'sell', sz: '2' })
    expect(house.cash('BTC')).toBe('10.3982')
  })
})
