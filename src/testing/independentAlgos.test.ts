import type { AlgoOrderRequest, RestClient } from 'okx-api'
import { describe, expect, it } from 'vitest'
import { refusal, startIndependent } from './independentClient.js'

const instId = 'BTC-USDT-SWAP'
const swap = { instId, tdMode: 'cross' } as const
const market = { ...swap, ordType: 'market', sz: '10' } as const
const hourMs = 3_600_000

/** Prices in whole USDT, so many parts of the last one. */
async function pricesAt(rest: RestClient, ...parts: number[]): Promise<string[]> {
  const [{ last }] = await rest.getTicker({ instId })
  return parts.map((part) => (Number(last) * part).toFixed(0))
}

describe('another client than ours attaches', () => {
  it('a stop and a target to an order, which wait once it is filled', async () => {
    const { rest } = await startIndependent()
    const [slTriggerPx, tpTriggerPx, amended] = await pricesAt(rest, 0.95, 1.05, 0.96)
    const legs = { slTriggerPx, slOrdPx: '-1', tpTriggerPx, tpOrdPx: '-1' }
    const attachAlgoOrds = [{ attachAlgoClOrdId: 'exit1', ...legs }]
    const [{ ordId }] = await rest.submitOrder({ ...market, side: 'buy', attachAlgoOrds })
    const [order] = await rest.getOrderDetails({ instId, ordId })
    expect(order.attachAlgoOrds).toMatchObject([{ attachAlgoClOrdId: 'exit1', ...legs }])
    const [waiting] = await rest.getAlgoOrderList({ ordType: 'oco' })
    expect(waiting).toMatchObject({ algoClOrdId: 'exit1', side: 'sell', sz: '10', state: 'live', ...legs })

    await rest.amendAlgoOrder({ instId, algoId: waiting.algoId, newSlTriggerPx: amended, reqId: 'r1' })
    const [changed] = await rest.getAlgoOrderDetails({ algoClOrdId: 'exit1' })
    expect(changed).toMatchObject({ algoId: waiting.algoId, slTriggerPx: amended, tpTriggerPx })
  })
})

describe('another client than ours places', () => {
  it('a stop that goes off and closes the position', async () => {
    const { rest, pass } = await startIndependent()
    await rest.submitOrder({ ...market, side: 'buy' })
    const [slTriggerPx] = await pricesAt(rest, 0.9998)
    const stop = { ...swap, side: 'sell', ordType: 'conditional', sz: '10', reduceOnly: true } as const
    const [{ algoId }] = await rest.placeAlgoOrder({ ...stop, slTriggerPx, slOrdPx: '-1', algoClOrdId: 'stop1' })
    expect(await rest.getAlgoOrderList({ ordType: 'conditional' })).toMatchObject([{ algoId, state: 'live' }])

    pass(hourMs)
    expect(await rest.getAlgoOrderList({ ordType: 'conditional' })).toEqual([])
    const [gone] = await rest.getAlgoOrderHistory({ ordType: 'conditional', state: 'effective' })
    expect(gone).toMatchObject({ algoId, algoClOrdId: 'stop1', actualSide: 'sl', ordIdList: [gone.ordId] })
    const [order] = await rest.getOrderDetails({ instId, ordId: gone.ordId })
    expect(order).toMatchObject({ algoId, algoClOrdId: 'stop1', state: 'filled', side: 'sell', accFillSz: '10' })
    expect(Number(order.avgPx)).toBeLessThanOrEqual(Number(slTriggerPx))
    expect(await rest.getPositions()).toEqual([])
  })

  it('a stop and a target of which one goes off', async () => {
    const { rest, pass } = await startIndependent()
    await rest.submitOrder({ ...market, side: 'sell' })
    const [tpTriggerPx, slTriggerPx] = await pricesAt(rest, 0.9998, 1.2)
    const legs = { tpTriggerPx, tpOrdPx: '-1', slTriggerPx, slOrdPx: '-1' }
    const [{ algoId }] = await rest.placeAlgoOrder({ ...swap, side: 'buy', ordType: 'oco', sz: '10', ...legs })
    pass(hourMs)
    const [gone] = await rest.getAlgoOrderHistory({ ordType: 'oco', algoId })
    expect(gone).toMatchObject({ state: 'effective', actualSide: 'tp', actualSz: '10' })
    expect(await rest.getPositions()).toEqual([])
  })

  it('a trigger order with its own stop, in long/short mode', async () => {
    const { rest, pass } = await startIndependent({ posMode: 'long_short_mode' })
    const [triggerPx, slTriggerPx] = await pricesAt(rest, 0.9998, 0.8)
    const attachAlgoOrds = [{ slTriggerPx, slOrdPx: '-1' }]
    const buy = { ...swap, side: 'buy', posSide: 'long', ordType: 'trigger', sz: '2' } as const
    const [{ algoId }] = await rest.placeAlgoOrder({ ...buy, triggerPx, orderPx: '-1', attachAlgoOrds })
    const [waiting] = await rest.getAlgoOrderList({ ordType: 'trigger' })
    expect(waiting).toMatchObject({ algoId, triggerPx, ordPx: '-1', attachAlgoOrds })
    pass(hourMs)
    expect(await rest.getPositions()).toMatchObject([{ posSide: 'long', pos: '2' }])
    const [stop] = await rest.getAlgoOrderList({ ordType: 'conditional' })
    expect(stop).toMatchObject({ side: 'sell', posSide: 'long', sz: '2', slTriggerPx })
  })

  it('a trailing stop that follows the price and goes off', async () => {
    const { rest, pass } = await startIndependent()
    await rest.submitOrder({ ...market, side: 'buy' })
    const trail = { ...swap, side: 'sell', ordType: 'move_order_stop', sz: '10', reduceOnly: true } as const
    const [{ algoId }] = await rest.placeAlgoOrder({ ...trail, callbackRatio: '0.01' })
    const [{ moveTriggerPx }] = await rest.getAlgoOrderList({ ordType: 'move_order_stop' })
    const [last] = await pricesAt(rest, 1)
    expect(Number(moveTriggerPx) / Number(last)).toBeCloseTo(0.99, 4)
    pass(48 * hourMs)
    const [gone] = await rest.getAlgoOrderHistory({ ordType: 'move_order_stop', state: 'effective' })
    expect(gone).toMatchObject({ algoId, callbackRatio: '0.01' })
    expect(Number(gone.moveTriggerPx)).toBeGreaterThanOrEqual(Number(moveTriggerPx))
    expect(await rest.getPositions()).toEqual([])
  })

  it('algo orders that it cancels, found by their kind and paged', async () => {
    const { rest } = await startIndependent()
    const [low, high, higher] = await pricesAt(rest, 0.9, 1.1, 1.2)
    const sell = { ...swap, side: 'sell', sz: '1' } as const
    const legs = { slTriggerPx: low, slOrdPx: '-1', tpTriggerPx: higher, tpOrdPx: '-1' }
    const orders: AlgoOrderRequest[] = [
      { ...sell, ordType: 'conditional', slTriggerPx: low, slOrdPx: '-1', algoClOrdId: 'a1' },
      { ...sell, ordType: 'conditional', tpTriggerPx: high, tpOrdPx: high, algoClOrdId: 'a2' },
      { ...sell, ordType: 'oco', ...legs, algoClOrdId: 'a3' },
    ]
    for (const order of orders) expect(await rest.placeAlgoOrder(order)).toMatchObject([{ sCode: '0' }])
    const names = (rows: { algoClOrdId: string }[]) => rows.map(({ algoClOrdId }) => algoClOrdId)
    const conditional = await rest.getAlgoOrderList({ ordType: 'conditional' })
    expect(names(conditional)).toEqual(['a2', 'a1'])
    const after = conditional[0].algoId
    expect(names(await rest.getAlgoOrderList({ ordType: 'conditional', after }))).toEqual(['a1'])

    const cancels = ['a1', 'a2'].map((algoClOrdId) => ({ instId, algoClOrdId }))
    expect(await rest.cancelAlgoOrder(cancels)).toMatchObject([{ sCode: '0' }, { sCode: '0' }])
    expect(names(await rest.getAlgoOrderHistory({ ordType: 'conditional', state: 'canceled' }))).toEqual(['a2', 'a1'])
    expect(names(await rest.getAlgoOrderList({ ordType: 'oco' }))).toEqual(['a3'])
    expect(await refusal(rest.cancelAlgoOrder(cancels))).toMatchObject({
      code: '1',
      data: Array(2).fill({ sCode: '51400' }),
    })
  })

  it('and is told of a stop on the wrong side', async () => {
    const { rest } = await startIndependent()
    const [slTriggerPx] = await pricesAt(rest, 1.1)
    const stop = { ...swap, side: 'sell', ordType: 'conditional', sz: '1', slTriggerPx, slOrdPx: '-1' } as const
    expect(await refusal(rest.placeAlgoOrder(stop))).toMatchObject({ code: '1', data: [{ sCode: '51280' }] })
  })
})
