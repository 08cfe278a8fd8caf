import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import type { LimitRequest, SpotMarketRequest, SwapMarketRequest } from '../domain/trading/orderRequest.js'
import { keyBody, toAmendBody, toOrderBody } from './orderBody.js'

const d = (text: string | number) => new Decimal(text)
const spotMarket: SpotMarketRequest = {
  instType: 'SPOT',
  instId: 'BTC-USDT',
  tdMode: 'cash',
  side: 'buy',
  ordType: 'market',
  tgtCcy: 'quote_ccy',
  sz: d('100.5'),
  clOrdId: 'abc1',
}
const swapMarket: SwapMarketRequest = {
  instType: 'SWAP',
  instId: 'BTC-USDT-SWAP',
  tdMode: 'cross',
  side: 'sell',
  ordType: 'market',
  sz: d('0.3'),
  clOrdId: 'abc2',
}
const limit: LimitRequest = { ...swapMarket, ordType: 'post_only', px: d('1e-7'), sz: d('1e21') }

describe('the body of an order', () => {
  it('of spot at market says what its size is in, and is not to be shrunk', () => {
    expect(toOrderBody(spotMarket)).toEqual({
      instId: 'BTC-USDT',
      tdMode: 'cash',
      side: 'buy',
      ordType: 'market',
      sz: '100.5',
      clOrdId: 'abc1',
      tgtCcy: 'quote_ccy',
      banAmend: true,
    })
  })

  it('of a swap at market has neither: OKX would read past them', () => {
    expect(toOrderBody({ ...swapMarket, posSide: 'short' })).toEqual({
      instId: 'BTC-USDT-SWAP',
      tdMode: 'cross',
      side: 'sell',
      posSide: 'short',
      ordType: 'market',
      sz: '0.3',
      clOrdId: 'abc2',
    })
  })

  it('is of the kind of instrument that its id names, or its size would be in another unit', () => {
    expect(() => toOrderBody({ ...spotMarket, instId: 'BTC-USDT-SWAP' })).toThrow('BTC-USDT-SWAP is no SPOT')
    expect(() => toOrderBody({ ...swapMarket, instId: 'BTC-USDT' })).toThrow('BTC-USDT is no SWAP')
    expect(() => toOrderBody({ ...limit, instType: 'SPOT' })).toThrow('BTC-USDT-SWAP is no SPOT')
  })

  it('reduces only in net mode', () => {
    expect(toOrderBody({ ...swapMarket, reduceOnly: true })).toMatchObject({ reduceOnly: true })
    expect(() => toOrderBody({ ...swapMarket, reduceOnly: true, posSide: 'long' })).toThrow(RangeError)
  })

  it('writes figures without an exponent', () => {
    expect(toOrderBody(limit)).toMatchObject({ px: '0.0000001', sz: '1000000000000000000000' })
  })

  it('carries stops and targets, at market or at a limit', () => {
    const attached = {
      attachAlgoClOrdId: 'stop1',
      takeProfit: { triggerPx: d(120), ordPx: d(119), triggerPxType: 'mark' },
      stopLoss: { triggerPx: d(90) },
    } as const
    expect(toOrderBody({ ...limit, attached: [attached] }).attachAlgoOrds).toEqual([
      {
        attachAlgoClOrdId: 'stop1',
        tpTriggerPx: '120',
        tpTriggerPxType: 'mark',
        tpOrdPx: '119',
        slTriggerPx: '90',
        slTriggerPxType: 'last',
        slOrdPx: '-1',
      },
    ])
  })

  it.each([
    ['a posSide of spot', { ...spotMarket, posSide: 'long' as const }],
    ['reduce-only of spot', { ...spotMarket, reduceOnly: true as const }],
    ['a swap in cash', { ...swapMarket, tdMode: 'cash' as const }],
    ['no size', { ...swapMarket, sz: d(0) }],
    ['a size that is none', { ...swapMarket, sz: d(Number.NaN) }],
    ['a negative price', { ...limit, px: d(-1) }],
    ['an id with a dash', { ...swapMarket, clOrdId: 'a-b' }],
    ['an id of 33 characters', { ...swapMarket, clOrdId: 'a'.repeat(33) }],
    ['a stop without a price', { ...swapMarket, attached: [{ attachAlgoClOrdId: 'x' }] }],
    [
      'a mark price of spot',
      {
        ...spotMarket,
        attached: [{ attachAlgoClOrdId: 'x', stopLoss: { triggerPx: d(1), triggerPxType: 'mark' as const } }],
      },
    ],
  ])('is refused before it is sent: %s', (_name, request) => {
    expect(() => toOrderBody(request)).toThrow(RangeError)
  })
})

it('names an order by one id', () => {
  expect(keyBody({ instId: 'I', ordId: '1' })).toEqual({ instId: 'I', ordId: '1' })
  expect(keyBody({ instId: 'I', clOrdId: 'c' })).toEqual({ instId: 'I', clOrdId: 'c' })
})

it('amends size, price, or both', () => {
  const key = { instId: 'I', clOrdId: 'c' }
  expect(toAmendBody({ ...key, newSz: d('0.10'), cxlOnFail: false })).toEqual({
    ...key,
    newSz: '0.1',
    cxlOnFail: false,
  })
  expect(toAmendBody({ ...key, newPx: d(5) })).toEqual({ ...key, newPx: '5' })
  expect(() => toAmendBody(key)).toThrow(RangeError)
})
