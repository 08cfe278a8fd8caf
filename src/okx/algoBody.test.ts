import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import type { AlgoRequest } from '../domain/trading/orderRequest.js'
import { algoKeyBody, toAlgoBody, toAmendAlgoBody } from './algoBody.js'

const d = (text: string | number) => new Decimal(text)
const swap = {
  instType: 'SWAP',
  instId: 'BTC-USDT-SWAP',
  tdMode: 'cross',
  side: 'sell',
  algoClOrdId: 'stop1',
  size: { sz: d('1.5') },
} as const
const terms = { instId: 'BTC-USDT-SWAP', tdMode: 'cross', side: 'sell', algoClOrdId: 'stop1' }
const stopLoss = { triggerPx: d(90), triggerPxType: 'mark' } as const
const takeProfit = { triggerPx: d(120), ordPx: d('119.9') }
const sl = { slTriggerPx: '90', slTriggerPxType: 'mark', slOrdPx: '-1' }
const tp = { tpTriggerPx: '120', tpTriggerPxType: 'last', tpOrdPx: '119.9' }
const body = (request: AlgoRequest) => toAlgoBody(request, 'callbackRatio')

describe('the body of an algo order', () => {
  it.each<[AlgoRequest, object]>([
    [
      { ...swap, ordType: 'conditional', stopLoss },
      { sz: '1.5', ...sl },
    ],
    [
      { ...swap, ordType: 'conditional', takeProfit },
      { sz: '1.5', ...tp },
    ],
    [
      {
        ...swap,
        ordType: 'oco',
        stopLoss,
        takeProfit,
        size: { closeFraction: 'all' },
        reduceOnly: true,
        cxlOnClosePos: true,
      },
      { closeFraction: '1', reduceOnly: true, cxlOnClosePos: true, ...sl, ...tp },
    ],
    [
      { ...swap, ordType: 'trigger', trigger: takeProfit, posSide: 'long' },
      { sz: '1.5', posSide: 'long', triggerPx: '120', triggerPxType: 'last', orderPx: '119.9' },
    ],
    [
      { ...swap, ordType: 'trigger', trigger: stopLoss, attached: [{ attachAlgoClOrdId: 'x', takeProfit }] },
      {
        sz: '1.5',
        triggerPx: '90',
        triggerPxType: 'mark',
        orderPx: '-1',
        attachAlgoOrds: [{ attachAlgoClOrdId: 'x', ...tp }],
      },
    ],
    [
      { ...swap, ordType: 'move_order_stop', callback: { ratio: d('0.05') }, activePx: d(130) },
      { sz: '1.5', callbackRatio: '0.05', activePx: '130' },
    ],
    [
      { ...swap, ordType: 'move_order_stop', callback: { spread: d(25) } },
      { sz: '1.5', callbackSpread: '25' },
    ],
  ])('%#', (request, expected) => {
    expect(body(request)).toEqual({ ...terms, ordType: request.ordType, ...expected })
  })

  it('spells the ratio as it is told to', () => {
    const request = { ...swap, ordType: 'move_order_stop', callback: { ratio: d('0.05') } } as const
    expect(toAlgoBody(request, 'callBackRatio')).toMatchObject({ callBackRatio: '0.05' })
    expect(toAlgoBody(request, 'callBackRatio')).not.toHaveProperty('callbackRatio')
  })

  const spot = { ...swap, instType: 'SPOT', instId: 'BTC-USDT', tdMode: 'cash' } as const
  const spotStop = { triggerPx: d(90) }

  it('of spot says what its size is in, except of a trigger, which OKX takes without', () => {
    const stop = { ...spot, ordType: 'conditional', stopLoss: spotStop } as const
    expect(body({ ...stop, tgtCcy: 'base_ccy' })).toMatchObject({ tgtCcy: 'base_ccy' })
    expect(() => body(stop)).toThrow(RangeError)
    const trigger = { ...spot, ordType: 'trigger', trigger: spotStop } as const
    expect(body(trigger)).not.toHaveProperty('tgtCcy')
    expect(() => body({ ...trigger, tgtCcy: 'base_ccy' })).toThrow(RangeError)
  })

  it.each<[string, () => unknown]>([
    [
      'a stop and a target that are no oco',
      () => body({ ...swap, ordType: 'conditional', stopLoss, takeProfit } as never),
    ],
    ['tgtCcy of a swap', () => body({ ...swap, ordType: 'conditional', stopLoss, tgtCcy: 'base_ccy' })],
    ['cxlOnClosePos alone', () => body({ ...swap, ordType: 'conditional', stopLoss, cxlOnClosePos: true })],
    [
      'a fraction of spot',
      () =>
        body({
          ...spot,
          ordType: 'conditional',
          stopLoss: spotStop,
          tgtCcy: 'base_ccy',
          size: { closeFraction: 'all' },
        }),
    ],
    ['an id with a dash', () => body({ ...swap, algoClOrdId: 'a-b', ordType: 'conditional', stopLoss })],
  ])('is refused before it is sent: %s', (_name, made) => {
    expect(made).toThrow(RangeError)
  })
})

it('amends what is given, and leaves the rest', () => {
  const key = { instId: 'I', algoId: '7' }
  expect(toAmendAlgoBody({ ...key, newSz: d(2), stopLoss })).toEqual({
    ...key,
    newSz: '2',
    newSlTriggerPx: '90',
    newSlTriggerPxType: 'mark',
    newSlOrdPx: '-1',
  })
  expect(toAmendAlgoBody({ ...key, takeProfit })).toEqual({
    ...key,
    newTpTriggerPx: '120',
    newTpTriggerPxType: 'last',
    newTpOrdPx: '119.9',
  })
  expect(() => toAmendAlgoBody(key)).toThrow(RangeError)
  expect(algoKeyBody({ instId: 'I', algoClOrdId: 'c' })).toEqual({ instId: 'I', algoClOrdId: 'c' })
})
