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

// 1000 at 10x: 200 coins at 50.
const swap: OrderContext = { ...context, instType: 'SWAP', leverage: 10 }
const contracts = (side: 'buy' | 'sell', sz: number) => ({ kind: 'order', instType: 'SWAP', side, sz })
const swapRules = (changes: object) => ({ minSz: 0.1, lotSz: 1, contractCoins: 1, tiers: [], ...changes })
const upTo = (maxSz: number, maxLever: number) => [{ maxSz, mmr: 0.01, maxLever }]
/** Quote currency that buys so many coins at 10x. */
const spending = (coins: number) => ({ sizing: { type: 'quote' as const, value: 5 * coins } })

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

  it.each<[string, 'long' | 'short', Partial<OrderContext>, object]>([
    ['buys what the equity carries', 'long', {}, contracts('buy', 200)],
    ['sells what the equity carries', 'short', {}, contracts('sell', 200)],
    ['leaves room for the fee', 'long', { feeRate: 0.1 }, contracts('buy', 100)],
    ['counts contracts, in whole lots', 'long', { sizeRules: swapRules({ contractCoins: 3 }) }, contracts('buy', 66)],
    [
      'keeps a lot that floats miss',
      'long',
      { ...spending(0.3), sizeRules: swapRules({ lotSz: 0.1 }) },
      contracts('buy', 0.3),
    ],
    [
      'takes any size with lots of 0',
      'long',
      { ...spending(0.25), sizeRules: swapRules({ lotSz: 0 }) },
      contracts('buy', 0.25),
    ],
    ['refuses less than a lot', 'long', { sizeRules: swapRules({ lotSz: 201 }) }, refusal('below_min_size')],
    [
      'refuses less than the smallest size',
      'long',
      { sizeRules: swapRules({ minSz: 201 }) },
      refusal('below_min_size'),
    ],
    ['takes what the tiers allow', 'long', { sizeRules: swapRules({ tiers: upTo(200, 10) }) }, contracts('buy', 200)],
    [
      'refuses a size beyond the tiers',
      'long',
      { sizeRules: swapRules({ tiers: upTo(199, 10) }) },
      refusal('above_tier'),
    ],
    [
      'refuses leverage over that of the tier',
      'long',
      { sizeRules: swapRules({ tiers: upTo(200, 9) }) },
      refusal('above_tier'),
    ],
    [
      'risks as much on a short',
      'short',
      { sizing: { type: 'risk', value: 1 }, risk: stopAt(4) },
      contracts('sell', 5),
    ],
  ])('of a swap %s', (_name, side, changes, expected) => {
    expect(toOrder({ kind: 'enter', side }, { ...swap, ...changes })).toEqual(expected)
  })
})
