import { describe, expect, it } from 'vitest'
import { noRisk } from '../../testing/strategyFixture.js'
import { type OrderContext, toOrder } from './toOrder.js'

const context: OrderContext = {
  instType: 'SPOT',
  leverage: 1,
  sizing: { type: 'percent', value: 100 },
  risk: noRisk,
  equity: 1000,
  decisionPrice: 50,
  feeRate: 0,
  sizeRules: null,
}
const stopAt = (stop_loss_pct: number | null, trailing_stop_pct: number | null = null) => ({
  ...noRisk,
  stop_loss_pct,
  trailing_stop_pct,
})
const order = (sz: number) => ({ kind: 'order', instType: 'SPOT', side: 'buy', tgtCcy: 'quote_ccy', sz })
const spotRules = (minSz: number) => ({ minSz, lotSz: minSz, contractCoins: 1, tiers: [] })
const refusal = (reason: string) => ({ kind: 'refusal', reason })

describe('toOrder', () => {
  it.each<[string, Partial<OrderContext>, object]>([
    ['spends all of the equity', {}, order(1000)],
    ['spends a part of the equity', { sizing: { type: 'percent', value: 12.5 } }, order(125)],
    ['refuses more percent than there are', { sizing: { type: 'percent', value: 101 } }, refusal('more_than_equity')],
    ['spends a fixed amount', { sizing: { type: 'quote', value: 250 } }, order(250)],
    ['spends a fixed amount equal to the equity', { sizing: { type: 'quote', value: 1000 } }, order(1000)],
    ['refuses a fixed amount over it', { sizing: { type: 'quote', value: 1000.01 } }, refusal('more_than_equity')],
    ['spends what loses 1 % at a stop 4 % away', { sizing: { type: 'risk', value: 1 }, risk: stopAt(4) }, order(250)],
    ['takes the trailing stop where nearer', { sizing: { type: 'risk', value: 1 }, risk: stopAt(4, 2) }, order(500)],
    ['takes the fixed stop where nearer', { sizing: { type: 'risk', value: 1 }, risk: stopAt(4, 8) }, order(250)],
    ['takes a trailing stop alone', { sizing: { type: 'risk', value: 1 }, risk: stopAt(null, 5) }, order(200)],
    ['risks no more than all of it buys', { sizing: { type: 'risk', value: 5 }, risk: stopAt(2) }, order(1000)],
    [
      'counts both fees into the risk',
      { sizing: { type: 'risk', value: 1 }, risk: stopAt(4), feeRate: 0.1 },
      order(10 / (0.04 + 0.96 * (2 - 0.1) * 0.1)),
    ],
    ['refuses risk without a stop', { sizing: { type: 'risk', value: 1 } }, refusal('no_stop')],
    ['refuses without equity', { equity: 0 }, refusal('no_equity')],
    ['refuses with equity under zero', { equity: -1 }, refusal('no_equity')],
    ['takes the smallest size', { sizeRules: spotRules(20) }, order(1000)],
    ['refuses less than the smallest size', { sizeRules: spotRules(20.1) }, refusal('below_min_size')],
  ])('%s', (_name, changes, expected) => {
    expect(toOrder({ kind: 'enter', side: 'long' }, { ...context, ...changes })).toEqual(expected)
  })

  it.each([0.1, 1 / 3, 12_345.678_9])('spends the equity of %d to the last bit', (equity) => {
    expect(toOrder({ kind: 'enter', side: 'long' }, { ...context, equity })).toEqual(order(equity))
  })
})
