import { describe, it } from 'vitest'
import { type EngineCase, expectCase, type Ohlc, still } from '../../testing/engineCase.js'

const at = (price: number): Ohlc => [price, price, price, price]
const turn: Partial<EngineCase> = { buy: [0], sell: [1] }

const turns: Record<string, EngineCase> = {
  'closes and opens the other way at one price, sized on the equity after the close': {
    ...turn,
    market: [still, still, at(110), at(99)],
    // 1100 at the close of the deciding bar, 100
    trades: [
      [1, 100, 2, 110, 'signal'],
      [2, 110, 3, 99, 'end_of_data'],
    ],
    equity: [1000, 1000, 1100, 1221],
    each: [
      { side: 'long', size: 10, pnl: 100, pnl_pct: 10 },
      { side: 'short', size: 11, pnl: 121, pnl_pct: 10 },
    ],
  },
  'turns a short into a long': {
    market: [still, still, at(90), at(99)],
    sell: [0],
    buy: [1],
    trades: [
      [1, 100, 2, 90, 'signal'],
      [2, 90, 3, 99, 'end_of_data'],
    ],
    equity: [1000, 1000, 1100, 1199],
    each: [{ side: 'short' }, { side: 'long' }],
  },
  'turns at the close of the deciding bar': {
    ...turn,
    market: [still, at(110), at(99)],
    costs: { fill: 'close' },
    trades: [
      [0, 100, 1, 110, 'signal'],
      [1, 110, 2, 99, 'end_of_data'],
    ],
    equity: [1000, 1100, 1210],
  },
  'turns at the middle, after which the range of that bar does not count': {
    ...turn,
    market: [still, still, [100, 120, 100, 105], at(99)],
    costs: { fill: 'next_mid' },
    risk: { stop_loss_pct: 5 },
    trades: [
      [1, 100, 2, 110, 'signal'],
      [2, 110, 3, 99, 'end_of_data'],
    ],
    equity: [1000, 1000, 1155, 1221],
  },
  'slips both ways at the one price': {
    ...turn,
    market: [still, still, at(110), at(99)],
    costs: { slippage_bps: 100 },
    // Ten at 101 bring 79 at 108.9; 10.79 are sold there and bought back at 99.99
    trades: [
      [1, 101, 2, 108.9, 'signal'],
      [2, 108.9, 3, 99.99, 'end_of_data'],
    ],
    equity: [1000, 990, 1079 - 10.79 * 1.1, 1079 + 10.79 * 8.91],
  },
  'pays the fees of both legs': {
    ...turn,
    market: [still, still, at(110), at(99)],
    costs: { fee_rate: 0.01 },
    sizing: { type: 'quote', value: 505 },
    trades: [
      [1, 100, 2, 110, 'signal'],
      [2, 110, 3, 99, 'end_of_data'],
    ],
    // Five coins each: 50 less 5 and 5.5, then 55 less 5.5 and 4.95
    each: [
      { size: 5, fees: 10.5, pnl: 39.5 },
      { size: 5, fees: 10.45, pnl: 44.55 },
    ],
    equity: [1000, 995, 1034, 1084.05],
  },
  'turns bar after bar': {
    market: [still, still, still, still, still],
    buy: [0, 2],
    sell: [1],
    trades: [
      [1, 100, 2, 100, 'signal'],
      [2, 100, 3, 100, 'signal'],
      [3, 100, 4, 100, 'end_of_data'],
    ],
    each: [{ side: 'long' }, { side: 'short' }, { side: 'long' }],
  },
  'turns at an open that gapped below the stop': {
    ...turn,
    market: [still, still, at(80), at(70)],
    risk: { stop_loss_pct: 5 },
    trades: [
      [1, 100, 2, 80, 'signal'],
      [2, 80, 3, 70, 'end_of_data'],
    ],
    equity: [1000, 1000, 800, 880],
  },
  'takes the stops of the new side from the price of the turn': {
    ...turn,
    market: [still, still, [110, 116, 110, 111], still],
    risk: { stop_loss_pct: 5 },
    trades: [
      [1, 100, 2, 110, 'signal'],
      [2, 110, 2, 115.5, 'stop_loss'],
    ],
    equity: [1000, 1000, 1100 - 11 * 5.5, 1100 - 11 * 5.5],
  },
  'turns on buy and sell together, but opens nothing on them': {
    market: [still, still, still, still, still],
    buy: [0, 1, 2],
    sell: [0, 2],
    trades: [
      [2, 100, 3, 100, 'signal'],
      [3, 100, 4, 100, 'end_of_data'],
    ],
    each: [{ side: 'long' }, { side: 'short' }],
  },
  'opens the other way at the close of the bar that stopped it': {
    market: [still, [100, 100, 90, 92], at(92), at(82)],
    buy: [0],
    sell: [1],
    risk: { stop_loss_pct: 5 },
    sizing: { type: 'quote', value: 92 },
    trades: [
      [1, 100, 1, 95, 'stop_loss'],
      [2, 92, 3, 82, 'end_of_data'],
    ],
    // 0.92 coins lose 4.6, one coin makes 10
    equity: [1000, 995.4, 995.4, 1005.4],
  },
}

const halves: Record<string, EngineCase> = {
  'stays flat where the equity does not reach for the other side': {
    ...turn,
    market: [still, still, at(90), at(80)],
    sizing: { type: 'quote', value: 1000 },
    trades: [[1, 100, 2, 90, 'signal']],
    equity: [1000, 1000, 900, 900],
    refusals: { more_than_equity: 1 },
  },
  'stays flat where the other side is below the smallest size': {
    ...turn,
    market: [still, at(100), at(90), at(80)],
    sizeRules: { minSz: 10, lotSz: 1, contractCoins: 1, tiers: [] },
    trades: [[1, 100, 2, 90, 'signal']],
    refusals: { below_min_size: 1 },
  },
  'stays flat where the other side is beyond the tiers': {
    ...turn,
    market: [still, still, at(110), at(80)],
    sizeRules: { minSz: 1, lotSz: 1, contractCoins: 1, tiers: [{ maxSz: 10, mmr: 0.01, maxLever: 10 }] },
    trades: [[1, 100, 2, 110, 'signal']],
    refusals: { above_tier: 1 },
  },
  'stays flat at a close too': {
    ...turn,
    market: [still, at(90), at(80)],
    costs: { fill: 'close' },
    sizing: { type: 'quote', value: 1000 },
    trades: [[0, 100, 1, 90, 'signal']],
    equity: [1000, 900, 900],
    refusals: { more_than_equity: 1 },
  },
  'only exits where the other side would be filled on the last bar': {
    ...turn,
    market: [still, still, at(110)],
    trades: [[1, 100, 2, 110, 'signal']],
    equity: [1000, 1000, 1100],
  },
  'only exits at the last close': {
    ...turn,
    market: [still, at(110)],
    costs: { fill: 'close' },
    trades: [[0, 100, 1, 110, 'signal']],
    equity: [1000, 1100],
  },
  'is not held back by the cooldown of its own exit': {
    ...turn,
    market: [still, still, still, still, still],
    risk: { cooldown_bars: 3 },
    trades: [
      [1, 100, 2, 100, 'signal'],
      [2, 100, 4, 100, 'end_of_data'],
    ],
  },
  'is not held back by it at a close either': {
    ...turn,
    market: [still, still, still],
    costs: { fill: 'close' },
    risk: { cooldown_bars: 3 },
    trades: [
      [0, 100, 1, 100, 'signal'],
      [1, 100, 2, 100, 'end_of_data'],
    ],
  },
  'only exits in the cooldown of the turn before': {
    market: [still, still, still, still, still, still, still, still],
    buy: [0, 2, 3, 4, 5],
    sell: [1],
    risk: { cooldown_bars: 2 },
    // No entry on bars 2 and 3 after the turn, none on 3 and 4 after the exit
    trades: [
      [1, 100, 2, 100, 'signal'],
      [2, 100, 3, 100, 'signal'],
      [6, 100, 7, 100, 'end_of_data'],
    ],
    each: [{ side: 'long' }, { side: 'short' }, { side: 'long' }],
  },
  'turns again when the cooldown of the turn before is over': {
    market: [still, still, still, still, still, still],
    buy: [0, 3],
    sell: [1],
    risk: { cooldown_bars: 1 },
    trades: [
      [1, 100, 2, 100, 'signal'],
      [2, 100, 4, 100, 'signal'],
      [4, 100, 5, 100, 'end_of_data'],
    ],
  },
  'only exits on max_hold': {
    market: [still, still, still, still],
    buy: [0],
    risk: { max_hold_bars: 1 },
    trades: [[1, 100, 2, 100, 'max_hold']],
  },
  'turns where max_hold falls on the same bar': {
    ...turn,
    market: [still, still, still, still, still],
    risk: { max_hold_bars: 1 },
    trades: [
      [1, 100, 2, 100, 'signal'],
      [2, 100, 3, 100, 'max_hold'],
    ],
  },
}

describe.each(Object.entries({ turns, halves }))('%s of both', (_, cases) => {
  it.each(Object.entries(cases))('%s', (_name, given) => {
    expectCase({ instType: 'SWAP', direction: 'both', ...given })
  })
})
