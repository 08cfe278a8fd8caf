import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import { liquidationPrice } from '../../domain/trading/margin.js'
import { openVenue, openWithLever, type Row, start, swapMarket } from '../../testing/openVenue.js'

const isolated = { ...swapMarket, tdMode: 'isolated' }
const position = (house: ReturnType<typeof openVenue>) => house.row('GET account/positions')

const settlementAt = (fundingTime: number) => ({
  instId: 'BTC-USDT-SWAP',
  fundingTime,
  rate: new Decimal('0.001'),
  markPx: new Decimal(200),
})

describe('an isolated position', () => {
  // 100 contracts of 0.01 BTC at 100: worth 100 USDT.
  const open = (side: 'buy' | 'sell') => {
    const house = openWithLever('10', 'isolated')
    house.order({ ...isolated, side, sz: '100' })
    return house
  }

  it('has a margin, a fee and the figures that follow from its mark', () => {
    const house = open('buy')
    house.move(102)
    expect(position(house)).toMatchObject({
      mgnMode: 'isolated',
      posSide: 'net',
      pos: '100',
      avgPx: '100',
      markPx: '102',
      lever: '10',
      margin: '10',
      imr: '',
      upl: '2',
      uplRatio: '0.2',
      mmr: '0.408',
      notionalUsd: '102',
      fee: '-0.05',
      pnl: '0',
      realizedPnl: '-0.05',
      ccy: 'USDT',
    })
    // (margin + upl) / (mmr + taker fee of closing), and E (1 + f) / (1 - f).
    expect(Number(position(house).mgnRatio)).toBeCloseTo(12 / (0.408 + 0.051), 12)
    expect(Number(position(house).bePx)).toBeCloseTo((100 * 1.0005) / 0.9995, 12)
  })

  it.each([
    ['buy', 'long'],
    ['sell', 'short'],
  ] as const)('on side %s is liquidated where the domain says', (orderSide, side) => {
    const house = open(orderSide)
    const expected = liquidationPrice({ side, coins: 1, entryPrice: 100, backing: 10, mmr: 0.004, feeRate: 0.0005 })
    expect(Number(position(house).liqPx)).toBeCloseTo(expected ?? 0, 10)
    const beyond = side === 'long' ? -0.01 : 0.01
    house.move(Number(expected?.toFixed(2)) - beyond)
    expect(position(house).pos).toBe(side === 'long' ? '100' : '-100')
    house.events()
    house.move(Number(expected?.toFixed(2)) + beyond)
    expect(house.rows('GET account/positions')).toEqual([])
    // The margin is lost, and the fee of opening.
    expect(house.cash('USDT')).toBe('9989.95')
    const told = house.events().map(({ channel, row }) => [channel, row] as const)
    expect(told.filter(([channel]) => channel === 'orders').map(([, row]) => row)).toMatchObject([
      { category: 'full_liquidation', state: 'live' },
      { category: 'full_liquidation', state: 'filled' },
    ])
    const closed = told.find(([channel]) => channel === 'positions')?.[1] as unknown as Row
    expect(closed.pos).toBe('0')
    expect(Number(closed.realizedPnl)).toBeCloseTo(-10.05, 12)
    expect(Number(closed.liqPenalty)).toBeLessThan(0)
  })

  it('loses no more than its margin where the price leaps over its liquidation', () => {
    const house = open('buy')
    house.move(50)
    expect(house.rows('GET account/positions')).toEqual([])
    expect(house.cash('USDT')).toBe('9989.95')
  })

  it('is not liquidated while there is no price', () => {
    const house = open('buy')
    house.move(null)
    expect(position(house).pos).toBe('100')
  })

  it('frees its margin as it is closed, part by part', () => {
    const house = open('buy')
    house.move(110)
    house.order({ ...isolated, side: 'sell', sz: '40' })
    expect(position(house)).toMatchObject({ pos: '60', margin: '6', pnl: '4', avgPx: '100' })
    expect(house.cash('USDT')).toBe('10003.928')
  })

  it('pays funding out of its margin, a long where the rate is above 0', () => {
    const house = open('buy')
    house.quotes.settlements = [settlementAt(start + 2000)]
    house.move(100)
    expect(position(house)).toMatchObject({ fundingFee: '0', margin: '10' })
    house.move(100)
    expect(position(house)).toMatchObject({ fundingFee: '-0.2', margin: '9.8', realizedPnl: '-0.25' })
    house.move(100)
    expect(position(house)).toMatchObject({ fundingFee: '-0.2' })
    expect(house.cash('USDT')).toBe('9999.75')
  })

  it('pays late what becomes known late', () => {
    const house = open('buy')
    house.move(100)
    house.move(100)
    house.quotes.settlements = [settlementAt(start), settlementAt(start + 1000)]
    house.move(100)
    expect(position(house).fundingFee).toBe('-0.2')
    house.quotes.settlements.push(settlementAt(start + 2000))
    house.move(100)
    expect(position(house).fundingFee).toBe('-0.4')
  })

  it('changes its margin with its leverage, as far as the account can bear it', () => {
    const house = openWithLever('10', 'isolated', { cash: { USDT: '50' } })
    house.order({ ...isolated, side: 'buy', sz: '100' })
    const to = (lever: string) => ({ instId: 'BTC-USDT-SWAP', lever, mgnMode: 'isolated' })
    house.row('POST account/set-leverage', to('5'))
    expect(position(house)).toMatchObject({ lever: '5', margin: '20' })
    expect(house.refusal('POST account/set-leverage', to('2'))).toBe('51008')
    house.move(82)
    // With a margin of 10 it would be liquidated at once.
    expect(house.refusal('POST account/set-leverage', to('10'))).toBe('51008')
  })
})

describe('a cross position', () => {
  it('is backed by all cash, and takes it along when it is liquidated', () => {
    const house = openWithLever('100', 'cross', { cash: { USDT: '100' } })
    house.order({ ...swapMarket, side: 'buy', sz: '1000' })
    // 1000 USDT long, 0.5 paid: 99.5 back it.
    const expected = liquidationPrice({
      side: 'long',
      coins: 10,
      entryPrice: 100,
      backing: 99.5,
      mmr: 0.004,
      feeRate: 0.0005,
    })
    const held = position(house)
    expect(Number(held.liqPx)).toBeCloseTo(expected ?? 0, 10)
    expect(held).toMatchObject({ imr: '10', margin: '', mmr: '4' })
    expect(Number(held.mgnRatio)).toBeCloseTo(99.5 / 4.5, 12)
    house.move(90.5)
    expect(position(house).pos).toBe('1000')
    house.move(90)
    expect(house.rows('GET account/positions')).toEqual([])
    expect(house.cash('USDT')).toBe('0')
  })

  it('takes its orders along', () => {
    const house = openWithLever('100', 'cross', { cash: { USDT: '100' } })
    house.order({ ...swapMarket, side: 'buy', sz: '900' })
    const { ordId } = house.order({ ...swapMarket, side: 'buy', sz: '10', ordType: 'limit', px: '60' })
    house.move(89)
    expect(house.rows('GET account/positions')).toEqual([])
    const order = house.row('GET trade/order', { instId: 'BTC-USDT-SWAP', ordId })
    expect(order).toMatchObject({ state: 'canceled', cancelSource: '2' })
  })

  it('is short of nothing of what an isolated one has put up', () => {
    const house = openWithLever('10', 'isolated', { cash: { USDT: '100' } })
    house.order({ ...isolated, side: 'sell', sz: '500' })
    const [{ details }] = house.rows('GET account/balance') as unknown as [{ details: Row[] }]
    expect(details[0]).toMatchObject({ cashBal: '99.75', availBal: '49.75', frozenBal: '50', eq: '99.75' })
  })

  it('in multi-currency mode is backed by coins too', () => {
    const house = openVenue({ acctLv: '3', cash: { BTC: '10' } })
    house.order({ ...swapMarket, side: 'buy', sz: '1000' })
    const [balance] = house.rows('GET account/balance') as unknown as [Row]
    expect(balance).toMatchObject({ totalEq: '999.5', adjEq: '999.5' })
    expect(house.refusal('POST trade/order', { ...isolated, side: 'buy', sz: '1' })).toBe('50072')
    expect(house.order({ instId: 'BTC-USDT', tdMode: 'cross', side: 'sell', ordType: 'market', sz: '1' }).state).toBe(
      'filled',
    )
  })
})

it('liquidates at its mark when a fault says so', () => {
  const house = openWithLever('10', 'isolated')
  house.order({ ...isolated, side: 'buy', sz: '100' })
  house.venue.liquidate('u1', 'BTC-USDT-SWAP', house.now)
  expect(house.rows('GET account/positions')).toEqual([])
  const [order] = house.rows('GET trade/orders-history', { instType: 'SWAP' })
  expect(order).toMatchObject({ category: 'full_liquidation', avgPx: '100' })
})
