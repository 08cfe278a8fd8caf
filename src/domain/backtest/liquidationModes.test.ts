import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type EngineCase, expectCase, still, toInput } from '../../testing/engineCase.js'
import type { SizeRules } from '../trading/toOrder.js'
import { runEngine } from './engine.js'

const rulesWith = (mmr: number): SizeRules => ({
  minSz: 1,
  lotSz: 1,
  contractCoins: 1,
  tiers: [{ maxSz: 1000, mmr, maxLever: 100 }],
})

/**
 * A fifth of 1000 at 2.5x sells five contracts at 100 with a margin of 200. Of each coin 40 may be lost less 12 % of the
 * price: P = 140 / 1.12 = 125.
 */
const isolatedShort: Partial<EngineCase> = {
  instType: 'SWAP',
  direction: 'short',
  leverage: 2.5,
  marginMode: 'isolated',
  sizing: { type: 'percent', value: 20 },
  sizeRules: rulesWith(0.12),
  sell: [0],
}
const lost: Partial<EngineCase> = { each: [{ side: 'short', size: 5, pnl: -200, pnl_pct: -100 }] }

const isolatedShorts: Record<string, EngineCase> = {
  'takes the margin where the high touches the price': {
    market: [still, still, [100, 125, 99, 101], still],
    trades: [[1, 100, 2, 125, 'liquidation']],
    equity: [1000, 1000, 800, 800],
    ...lost,
  },
  'leaves alone what stays below': {
    market: [still, still, [100, 124.99, 99, 101], still],
    trades: [[1, 100, 3, 100, 'end_of_data']],
  },
  'takes it at its price where the bar opens above': {
    market: [still, still, [150, 151, 60, 70], still],
    risk: { stop_loss_pct: 5, take_profit_pct: 10 },
    trades: [[1, 100, 2, 125, 'liquidation']],
    ...lost,
  },
  'comes before stops that are farther, time after time': {
    market: [still, still, [100, 140, 100, 120], still, still, [100, 140, 100, 120], still],
    sell: [0, 3],
    risk: { stop_loss_pct: 30, trailing_stop_pct: 26 },
    trades: [
      [1, 100, 2, 125, 'liquidation'],
      [4, 100, 5, 125, 'liquidation'],
    ],
  },
  'comes after a stop that is nearer': {
    market: [still, still, [100, 140, 100, 120], still],
    risk: { stop_loss_pct: 24 },
    trades: [[1, 100, 2, 124, 'stop_loss']],
    equity: [1000, 1000, 880, 880],
  },
  'comes before a target in the same bar': {
    market: [still, still, [100, 126, 80, 82], still],
    risk: { take_profit_pct: 10 },
    trades: [[1, 100, 2, 125, 'liquidation']],
    ...lost,
  },
  'takes it in the bar of its entry at an open': {
    market: [still, [100, 130, 100, 101], still],
    trades: [[1, 100, 1, 125, 'liquidation']],
    ...lost,
  },
  'does not wait for a decided exit where the bar opens above': {
    market: [still, still, [126, 127, 100, 101], still],
    buy: [1],
    trades: [[1, 100, 2, 125, 'liquidation']],
    ...lost,
  },
  'counts the close of the bar of its entry at the middle': {
    market: [still, [100, 130, 70, 126], [100, 100, 100, 100], still],
    costs: { fill: 'next_mid' },
    trades: [[1, 100, 1, 125, 'liquidation']],
    ...lost,
  },
}

/**
 * Half of 1000 at 10x buys fifty contracts at 100. All 1000 may be lost, 20 of each coin: P = 80 / 0.9375 for a long and
 * 120 / 1.0625 for a short.
 */
const cross: Partial<EngineCase> = {
  instType: 'SWAP',
  direction: 'both',
  leverage: 10,
  marginMode: 'cross',
  sizing: { type: 'percent', value: 50 },
  sizeRules: rulesWith(0.0625),
}
const ruined: Partial<EngineCase> = { each: [{ size: 50, pnl: -1000, pnl_pct: -200 }] }

const crosses: Record<string, EngineCase> = {
  'takes the whole equity of a long': {
    market: [still, still, [100, 100, 85, 99], still],
    buy: [0],
    trades: [[1, 100, 2, 80 / 0.9375, 'liquidation']],
    equity: [1000, 1000, 0, 0],
    ...ruined,
  },
  'leaves a long alone that isolated margin would not': {
    market: [still, still, [100, 100, 86, 90], still],
    buy: [0],
    trades: [[1, 100, 3, 100, 'end_of_data']],
    equity: [1000, 1000, 500, 1000],
  },
  'takes the whole equity of a short': {
    market: [still, still, [100, 113, 100, 101], still],
    sell: [0],
    trades: [[1, 100, 2, 120 / 1.0625, 'liquidation']],
    equity: [1000, 1000, 0, 0],
    ...ruined,
  },
  'orders nothing any more, and says why': {
    market: [still, still, [100, 100, 85, 99], still, still, still],
    buy: [0, 2, 3],
    trades: [[1, 100, 2, 80 / 0.9375, 'liquidation']],
    equity: [1000, 1000, 0, 0, 0, 0],
    refusals: { no_equity: 2 },
  },
  'does not turn round what was taken away': {
    market: [still, still, [80, 80, 80, 80], still, still],
    buy: [0],
    sell: [1],
    marginMode: 'isolated',
    trades: [[1, 100, 2, 96, 'liquidation']],
    equity: [1000, 1000, 500, 500, 500],
  },
  'leaves nothing, not less, where a stop slips beyond what there is': {
    market: [still, still, [101, 101, 95, 96], still],
    buy: [0],
    leverage: 20,
    sizing: { type: 'percent', value: 100 },
    sizeRules: rulesWith(0.004),
    costs: { slippage_bps: 100 },
    risk: { stop_loss_pct: 4.5 },
    // Two hundred at 101; 96.455 less 1 % would lose 1102.09, so that the exchange bears 102.09
    trades: [[1, 101, 2, 96.455 * 0.99, 'stop_loss']],
    equity: [1000, 800, 0, 0],
    each: [{ pnl: -1000 }],
  },
  'asks more maintenance of a position in a higher tier': {
    market: [still, still, [100, 100, 85.2, 99], still],
    buy: [0],
    sizeRules: {
      ...rulesWith(0),
      tiers: [
        { maxSz: 49, mmr: 0.01, maxLever: 100 },
        { maxSz: 100, mmr: 0.0625, maxLever: 10 },
      ],
    },
    trades: [[1, 100, 2, 80 / 0.9375, 'liquidation']],
  },
  'asks less of one in the first tier': {
    market: [still, still, [100, 100, 85.2, 99], still],
    buy: [0],
    sizeRules: {
      ...rulesWith(0),
      tiers: [
        { maxSz: 50, mmr: 0.01, maxLever: 100 },
        { maxSz: 100, mmr: 0.0625, maxLever: 10 },
      ],
    },
    trades: [[1, 100, 3, 100, 'end_of_data']],
  },
  'assumes the first tier of the large swaps where none is known': {
    market: [still, still, [100, 100, 80.32, 99], still],
    buy: [0],
    sizeRules: { ...rulesWith(0), tiers: [] },
    trades: [[1, 100, 2, 80 / 0.996, 'liquidation']],
  },
}

describe('the liquidation of an isolated short', () => {
  it.each(Object.entries(isolatedShorts))('%s', (_name, given) => {
    expectCase({ ...isolatedShort, ...given })
  })
})

describe('the liquidation of a cross position', () => {
  it.each(Object.entries(crosses))('%s', (_name, given) => {
    expectCase({ ...cross, ...given })
  })
})

it('books what the exchange bears, so that no money is created', () => {
  const given = { ...cross, ...crosses['leaves nothing, not less, where a stop slips beyond what there is'] }
  const ledger = runEngine(toInput(given)).ledger.entries()
  expect(ledger.map(({ kind }) => kind)).toEqual(['fee', 'fill', 'fee', 'liquidation'])
  expect(ledger.reduce((sum, { amount }) => sum + amount, 1000)).toBeCloseTo(0, 9)
})

it('takes an isolated position where OKX shows a margin ratio of 100 %', () => {
  const position = fc.record({
    direction: fc.constantFrom('long' as const, 'short' as const),
    leverage: fc.constantFrom(2, 5, 10, 25),
    feeRate: fc.constantFrom(0, 0.0002, 0.0005, 0.0007),
    mmr: fc.constantFrom(0.004, 0.0065, 0.0125),
    cents: fc.integer({ min: 100, max: 10_000_000 }),
  })
  fc.assert(
    fc.property(position, ({ direction, leverage, feeRate, mmr, cents }) => {
      const price = cents / 100
      const bar: EngineCase['market'][number] = [price, price, price, price]
      const crash: typeof bar = direction === 'long' ? [price, price, 0.0001, price] : [price, 3 * price, price, price]
      const { trades } = runEngine(
        toInput({
          market: [bar, bar, crash, bar],
          [direction === 'long' ? 'buy' : 'sell']: [0],
          direction,
          instType: 'SWAP',
          leverage,
          costs: { fee_rate: feeRate },
          sizing: { type: 'percent', value: 50 },
          sizeRules: { minSz: 0, lotSz: 0, contractCoins: 1, tiers: [{ maxSz: 1e9, mmr, maxLever: 25 }] },
          trades: [],
        }),
      )
      const { exit_reason, size, entry_price, exit_price } = trades[0]
      expect(exit_reason).toBe('liquidation')
      // okx-facts: upl = pos x ctVal x (mark - avg); mgnRatio = (margin + upl) / (mmr + taker close fee)
      const upl = (direction === 'long' ? 1 : -1) * size * (exit_price - entry_price)
      const margin = (size * entry_price) / leverage
      const notional = size * exit_price
      expect((margin + upl) / (notional * mmr + notional * feeRate)).toBeCloseTo(1, 6)
    }),
  )
})
