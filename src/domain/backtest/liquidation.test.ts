import { describe, it } from 'vitest'
import { type EngineCase, expectCase, still } from '../../testing/engineCase.js'
import type { SizeRules } from '../trading/toOrder.js'

const rulesWith = (mmr: number): SizeRules => ({
  minSz: 1,
  lotSz: 1,
  contractCoins: 1,
  tiers: [{ maxSz: 1000, mmr, maxLever: 100 }],
})

/**
 * Half of 1000 at 10x buys fifty contracts at 100 with a margin of 500. Of each coin 10 may be lost less 6.25 % of the
 * price for maintenance: P = 90 / 0.9375 = 96.
 */
const isolatedLong: Partial<EngineCase> = {
  instType: 'SWAP',
  leverage: 10,
  marginMode: 'isolated',
  sizing: { type: 'percent', value: 50 },
  sizeRules: rulesWith(0.0625),
  buy: [0],
}
const lost: Partial<EngineCase> = { each: [{ size: 50, pnl: -500, pnl_pct: -100 }] }

const long: Record<string, EngineCase> = {
  'takes the margin where the low touches the price': {
    market: [still, still, [100, 101, 96, 99], still],
    trades: [[1, 100, 2, 96, 'liquidation']],
    equity: [1000, 1000, 500, 500],
    ...lost,
  },
  'leaves alone what stays above': {
    market: [still, still, [100, 101, 96.01, 97], still],
    trades: [[1, 100, 3, 100, 'end_of_data']],
    equity: [1000, 1000, 850, 1000],
  },
  'takes it in the bar of its entry at an open': {
    market: [still, [100, 101, 95, 100], still],
    trades: [[1, 100, 1, 96, 'liquidation']],
    ...lost,
  },
  'takes it at its price where the bar opens below, whatever the open': {
    market: [still, still, [80, 130, 79, 120], still],
    trades: [[1, 100, 2, 96, 'liquidation']],
    ...lost,
  },
  'comes before a stop that is farther': {
    market: [still, still, [100, 100, 90, 95], still],
    risk: { stop_loss_pct: 5 },
    trades: [[1, 100, 2, 96, 'liquidation']],
    ...lost,
  },
  'comes before a stop at the same price': {
    market: [still, still, [100, 100, 90, 95], still],
    risk: { stop_loss_pct: 4 },
    trades: [[1, 100, 2, 96, 'liquidation']],
    ...lost,
  },
  'comes after a stop that is nearer': {
    market: [still, still, [100, 100, 90, 95], still],
    risk: { stop_loss_pct: 3 },
    trades: [[1, 100, 2, 97, 'stop_loss']],
    equity: [1000, 1000, 850, 850],
  },
  'comes after a trailing stop that is nearer': {
    market: [still, [100, 120, 100, 118], [118, 118, 90, 95], still],
    risk: { trailing_stop_pct: 10 },
    trades: [[1, 100, 2, 108, 'trailing_stop']],
  },
  'comes before a trailing stop that is farther': {
    market: [still, [100, 101, 99, 100], [100, 100, 90, 95], still],
    risk: { trailing_stop_pct: 10 },
    trades: [[1, 100, 2, 96, 'liquidation']],
    ...lost,
  },
  'leaves the nearer stop an open that is not below the liquidation price': {
    market: [still, still, [96.5, 97, 90, 95], still],
    risk: { stop_loss_pct: 3 },
    trades: [[1, 100, 2, 96.5, 'stop_loss']],
  },
  'comes before the nearer stop where the bar opens below both': {
    market: [still, still, [96, 97, 90, 95], still],
    risk: { stop_loss_pct: 3 },
    trades: [[1, 100, 2, 96, 'liquidation']],
    ...lost,
  },
  'comes before the farther stop where the bar opens between': {
    market: [still, still, [95.5, 97, 95.5, 96], still],
    risk: { stop_loss_pct: 5 },
    trades: [[1, 100, 2, 96, 'liquidation']],
    ...lost,
  },
  'comes before a target in the same bar': {
    market: [still, still, [100, 120, 95, 118], still],
    risk: { take_profit_pct: 10 },
    trades: [[1, 100, 2, 96, 'liquidation']],
    ...lost,
  },
  'comes after a target at the open': {
    market: [still, still, [112, 113, 90, 92], still],
    risk: { take_profit_pct: 10 },
    trades: [[1, 100, 2, 112, 'take_profit']],
  },
  'does not wait for a decided exit where the bar opens below': {
    market: [still, still, [95, 97, 94, 96], still],
    sell: [1],
    trades: [[1, 100, 2, 96, 'liquidation']],
    ...lost,
  },
  'does not wait for max_hold either': {
    market: [still, still, [95, 97, 94, 96], still],
    risk: { max_hold_bars: 1 },
    trades: [[1, 100, 2, 96, 'liquidation']],
    ...lost,
  },
  'comes after a decided exit at an open above': {
    market: [still, still, [97, 97, 90, 91], still],
    sell: [1],
    trades: [[1, 100, 2, 97, 'signal']],
    equity: [1000, 1000, 850, 850],
  },
  'comes before a decided exit at a middle below': {
    market: [still, still, [100, 100, 88, 94], still],
    sell: [1],
    costs: { fill: 'next_mid' },
    trades: [[1, 100, 2, 96, 'liquidation']],
    ...lost,
  },
  'comes after a decided exit at a middle above': {
    market: [still, still, [100, 104, 94, 94], still],
    sell: [1],
    costs: { fill: 'next_mid' },
    trades: [[1, 100, 2, 99, 'signal']],
  },
  'comes before a decided exit at the close': {
    market: [still, [100, 100, 95, 99], still],
    sell: [1],
    costs: { fill: 'close' },
    trades: [[0, 100, 1, 96, 'liquidation']],
    ...lost,
  },
  'does not count the range of the bar of its entry at a close': {
    market: [[100, 100, 90, 100], [100, 100, 97, 99], still],
    costs: { fill: 'close' },
    trades: [[0, 100, 2, 100, 'end_of_data']],
  },
  'does not count the range of the bar of its entry at the middle': {
    market: [still, [100, 110, 90, 97], [97, 98, 96, 97], still],
    costs: { fill: 'next_mid' },
    trades: [[1, 100, 2, 96, 'liquidation']],
    ...lost,
  },
  'counts the close of the bar of its entry at the middle': {
    market: [still, [100, 110, 90, 95], [100, 100, 100, 100], still],
    costs: { fill: 'next_mid' },
    trades: [[1, 100, 1, 96, 'liquidation']],
    equity: [1000, 500, 500, 500],
    ...lost,
  },
  'leaves the close of its bar free to decide': {
    market: [still, [100, 100, 95, 100], still, [110, 110, 110, 110]],
    buy: [0, 1],
    trades: [
      [1, 100, 1, 96, 'liquidation'],
      [2, 100, 3, 110, 'end_of_data'],
    ],
    // half of 500 buys 25
    equity: [1000, 500, 500, 750],
  },
  'cools down after it': {
    market: [still, [100, 100, 95, 100], still, still, still],
    buy: [0, 1, 2],
    risk: { cooldown_bars: 1 },
    trades: [
      [1, 100, 1, 96, 'liquidation'],
      [3, 100, 4, 100, 'end_of_data'],
    ],
  },
  'follows the slipped entry and does not slip itself': {
    market: [still, still, [101, 101, 96.96, 101], still],
    costs: { slippage_bps: 100 },
    // 101 x 0.9 / 0.9375, and a margin of 50 x 10.1
    trades: [[1, 101, 2, 96.96, 'liquidation']],
    each: [{ pnl: -505, pnl_pct: -100 }],
  },
  'takes the margin beside the fee of the entry': {
    market: [still, still, [100, 100, 96, 96], still],
    costs: { fee_rate: 0.0025 },
    sizing: { type: 'percent', value: 100 },
    sizeRules: rulesWith(0.06),
    // 97.56 contracts, of which 97; fees of 24.25 and, out of the margin, 97 x 96 x 0.0025
    trades: [[1, 100, 2, 96, 'liquidation']],
    equity: [1000, 975.75, 5.75, 5.75],
    each: [{ size: 97, pnl: -994.25, fees: 24.25 + 23.28 }],
  },
  'takes what there is where the margin is more': {
    market: [still, [150, 151, 139, 140], still],
    sizing: { type: 'percent', value: 100 },
    sizeRules: rulesWith(0.004),
    // A hundred contracts decided on at 100 and filled at 150 want 1500: at 140 the 1000 are gone
    trades: [[1, 150, 1, 140, 'liquidation']],
    equity: [1000, 0, 0],
  },
  'takes at once what its own slippage puts beyond': {
    market: [still, still, still],
    leverage: 50,
    costs: { slippage_bps: 300 },
    sizeRules: rulesWith(0.004),
    // 103 x 0.98 / 0.996 is above the market's 100
    trades: [[1, 103, 1, (103 * 0.98) / 0.996, 'liquidation']],
    equity: [1000, 485, 485],
  },
  'takes at once what slips beyond at a close': {
    market: [still, still, still],
    leverage: 50,
    costs: { slippage_bps: 300, fill: 'close' },
    sizeRules: rulesWith(0.004),
    trades: [[0, 103, 0, (103 * 0.98) / 0.996, 'liquidation']],
    equity: [485, 485, 485],
  },
}

describe('the liquidation of an isolated long', () => {
  it.each(Object.entries(long))('%s', (_name, given) => {
    expectCase({ ...isolatedLong, ...given })
  })
})
