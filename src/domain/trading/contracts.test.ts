import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Instrument } from '../instrument.js'
import { coinsOf, orderSizeOf, quoteSizeOf, roundToTick } from './contracts.js'

const d = (text: string | number) => new Decimal(text)
const swap: Instrument = {
  instId: 'BTC-USDT-SWAP',
  instType: 'SWAP',
  baseCcy: 'BTC',
  quoteCcy: 'USDT',
  settleCcy: 'USDT',
  tickSz: d('0.1'),
  lotSz: d('0.01'),
  minSz: d('0.01'),
  ctVal: d('0.01'),
  ctMult: d(1),
  ctValCcy: 'BTC',
  maxLever: d(100),
  maxMktSz: d(1000),
  maxLmtSz: d(10_000),
  groupId: '1',
  state: 'live',
}
const inverse: Instrument = {
  ...swap,
  instId: 'BTC-USD-SWAP',
  quoteCcy: 'USD',
  settleCcy: 'BTC',
  ctVal: d(100),
  ctValCcy: 'USD',
  lotSz: d(1),
  minSz: d(1),
}
const spot: Instrument = {
  ...swap,
  instId: 'BTC-USDT',
  instType: 'SPOT',
  settleCcy: null,
  ctVal: null,
  ctMult: null,
  ctValCcy: null,
  lotSz: d('0.00000001'),
  minSz: d('0.00001'),
  maxMktSz: d(1_000_000),
  maxLmtSz: d(500),
}

const sized = (instrument: Instrument, coins: string, ordType: 'market' | 'limit' = 'market', price?: Decimal) => {
  const size = orderSizeOf(instrument, { coins: d(coins), ordType, ...(price && { price }) })
  return size.kind === 'size' ? size.sz.toFixed() : `${size.reason} ${size.limit.toFixed()}`
}

describe('the size of an order', () => {
  it.each([
    ['0.0123', '1.23'],
    ['0.01239', '1.23'],
    ['0.003', '0.3'],
    ['0.0001', '0.01'],
    ['0.00009999', 'below_min_size 0.01'],
    ['0', 'below_min_size 0.01'],
    ['-1', 'below_min_size 0.01'],
    ['10', '1000'],
    ['10.0001', 'above_max_size 1000'],
  ])('of %s BTC in contracts of 0.01 is %s', (coins, expected) => {
    expect(sized(swap, coins)).toBe(expected)
  })

  it('goes further at a limit than at market', () => {
    expect(sized(swap, '10.0001', 'limit')).toBe('1000.01')
    expect(sized(swap, '100.0001', 'limit')).toBe('above_max_size 10000')
  })

  it('counts inverse contracts at a price', () => {
    expect(sized(inverse, '0.5', 'market', d(60_000))).toBe('300')
    expect(sized(inverse, '0.0033', 'market', d(60_000))).toBe('1')
    expect(() => sized(inverse, '0.5')).toThrow(RangeError)
  })

  it('is in coins for spot, whose largest size at market is not', () => {
    expect(sized(spot, '0.123456789')).toBe('0.12345678')
    expect(sized(spot, '0.0000099')).toBe('below_min_size 0.00001')
    expect(sized(spot, '2000000')).toBe('2000000')
    expect(sized(spot, '500.1', 'limit')).toBe('above_max_size 500')
  })

  it('does not guess what a contract is', () => {
    expect(() => sized({ ...swap, ctVal: null }, '1')).toThrow(RangeError)
    expect(() => sized({ ...swap, ctValCcy: 'EUR' }, '1')).toThrow(RangeError)
  })

  it('is whole lots, never more than asked for, and less than a lot short of it', () => {
    const positive = (max: number, scale: number) => fc.integer({ min: 1, max }).map((n) => d(n).div(10 ** scale))
    fc.assert(
      fc.property(positive(1e9, 8), positive(1000, 6), positive(100, 4), (coins, ctVal, lotSz) => {
        const instrument = { ...swap, ctVal, lotSz, minSz: lotSz, maxMktSz: null }
        const size = orderSizeOf(instrument, { coins, ordType: 'market' })
        if (size.kind === 'refusal') {
          expect(coins.lt(lotSz.mul(ctVal))).toBe(true)
          return
        }
        expect(size.sz.mod(lotSz).isZero()).toBe(true)
        const left = coins.minus(coinsOf(instrument, size.sz))
        expect(left.gte(0) && left.lt(lotSz.mul(ctVal))).toBe(true)
      }),
    )
  })
})

it.each([
  ['100.123456789', '100.12345678'],
  ['0.59', 'below_min_size 0.6'],
  ['0.6', '0.6'],
  ['1000001', 'above_max_size 1000000'],
])('a spot market buy of %s USDT is %s', (quote, expected) => {
  const size = quoteSizeOf(spot, { quote: d(quote), price: d(60_000) })
  expect(size.kind === 'size' ? size.sz.toFixed() : `${size.reason} ${size.limit.toFixed()}`).toBe(expected)
})

it('counts the coins of contracts', () => {
  expect(coinsOf(swap, d('1.5')).toFixed()).toBe('0.015')
  expect(coinsOf(inverse, d(300), d(60_000)).toFixed()).toBe('0.5')
  expect(coinsOf(spot, d('1.5')).toFixed()).toBe('1.5')
})

it('puts prices on ticks', () => {
  expect(roundToTick(d('100.19'), swap, 'down').toFixed()).toBe('100.1')
  expect(roundToTick(d('100.11'), swap, 'up').toFixed()).toBe('100.2')
  expect(roundToTick(d('100.1'), swap, 'up').toFixed()).toBe('100.1')
})
