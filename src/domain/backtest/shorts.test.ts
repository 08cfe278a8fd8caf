import { describe, it } from 'vitest'
import { type EngineCase, expectCase, still } from '../../testing/engineCase.js'

// Ten coins sold at 100: equity at price p is 1000 + 10 (100 - p).

const decisions: Record<string, EngineCase> = {
  'opens on sell and closes on buy, at the next opens': {
    market: [still, [100, 102, 96, 97], [95, 96, 94, 95], still],
    sell: [0],
    buy: [1],
    trades: [[1, 100, 2, 95, 'signal']],
    equity: [1000, 1030, 1050, 1050],
    each: [{ side: 'short', size: 10, pnl: 50, pnl_pct: 5 }],
  },
  'fills at the close of the deciding bar': {
    market: [still, [100, 103, 99, 102], [96, 97, 95, 96], still],
    sell: [0],
    buy: [2],
    costs: { fill: 'close' },
    trades: [[0, 100, 2, 96, 'signal']],
    equity: [1000, 980, 1040, 1040],
  },
  'fills at the middle of the next bar': {
    market: [still, [103, 104, 96, 99], [95, 96, 88, 95], still],
    sell: [0],
    buy: [1],
    costs: { fill: 'next_mid' },
    trades: [[1, 100, 2, 92, 'signal']],
    equity: [1000, 1010, 1080, 1080],
  },
  'opens nothing on buy': { market: [still, still, still, still], buy: [0, 1], trades: [] },
  'opens nothing on buy and sell together': { market: [still, still, still], buy: [0], sell: [0], trades: [] },
  'only closes on buy and sell together': {
    market: [still, still, [99, 99, 99, 99], still],
    sell: [0, 1],
    buy: [1],
    trades: [[1, 100, 2, 99, 'signal']],
    equity: [1000, 1000, 1010, 1010],
  },
  'does not add to a position': {
    market: [still, still, [90, 90, 90, 90], [80, 80, 80, 80]],
    sell: [0, 1, 2],
    trades: [[1, 100, 3, 80, 'end_of_data']],
    equity: [1000, 1000, 1100, 1200],
  },
  'closes at the last close': {
    market: [still, still, [100, 108, 99, 107]],
    sell: [0],
    trades: [[1, 100, 2, 107, 'end_of_data']],
    equity: [1000, 1000, 930],
  },
  'slips against the sale and against the buying back': {
    market: [still, still, [50, 50, 50, 50], still],
    sell: [0],
    buy: [1],
    costs: { slippage_bps: 100 },
    trades: [[1, 99, 2, 50.5, 'signal']],
    equity: [1000, 990, 1485, 1485],
  },
  'pays the fee of both sides': {
    market: [still, still, [90, 90, 90, 90], still],
    sell: [0],
    buy: [1],
    costs: { fee_rate: 0.01 },
    sizing: { type: 'quote', value: 505 },
    // 505 / 1.01 / 100: five coins, 5 and 4.5 of fees
    trades: [[1, 100, 2, 90, 'signal']],
    equity: [1000, 995, 1040.5, 1040.5],
    each: [{ size: 5, fees: 9.5, pnl: 40.5, pnl_pct: 8.1 }],
  },
  'holds three bars, then cools down for two': {
    market: [still, still, still, still, still, still, still, still, still],
    sell: [0, 1, 2, 3, 4, 5, 6, 7, 8],
    risk: { max_hold_bars: 3, cooldown_bars: 2 },
    trades: [
      [1, 100, 4, 100, 'max_hold'],
      [7, 100, 8, 100, 'end_of_data'],
    ],
  },
}

const stops: Record<string, EngineCase> = {
  'stops inside the bar of its entry': {
    market: [still, [100, 106, 99, 104], still],
    sell: [0],
    risk: { stop_loss_pct: 5 },
    trades: [[1, 100, 1, 105, 'stop_loss']],
    equity: [1000, 950, 950],
  },
  'stops where the high just touches': {
    market: [still, still, [100, 107, 100, 100], still],
    sell: [0],
    risk: { stop_loss_pct: 7 },
    trades: [[1, 100, 2, 107, 'stop_loss']],
  },
  'does not stop below the stop': {
    market: [still, [100, 104.99, 100, 104], [103, 103, 103, 103]],
    sell: [0],
    risk: { stop_loss_pct: 5 },
    trades: [[1, 100, 2, 103, 'end_of_data']],
    equity: [1000, 960, 970],
  },
  'stops at the open that gapped above': {
    market: [still, still, [110, 111, 101, 102], still],
    sell: [0],
    risk: { stop_loss_pct: 5 },
    trades: [[1, 100, 2, 110, 'stop_loss']],
    equity: [1000, 1000, 900, 900],
  },
  'stops at an open on the stop': {
    market: [still, still, [105, 105, 80, 102], still],
    sell: [0],
    risk: { stop_loss_pct: 5, take_profit_pct: 10 },
    trades: [[1, 100, 2, 105, 'stop_loss']],
  },
  'takes profit where the low touches': {
    market: [still, [100, 101, 90, 96], still],
    sell: [0],
    risk: { take_profit_pct: 10 },
    trades: [[1, 100, 1, 90, 'take_profit']],
    equity: [1000, 1100, 1100],
  },
  'takes profit at the open that gapped below': {
    market: [still, still, [80, 81, 79, 80], still],
    sell: [0],
    risk: { take_profit_pct: 10 },
    trades: [[1, 100, 2, 80, 'take_profit']],
    equity: [1000, 1000, 1200, 1200],
  },
  'takes profit at an open on the target, whatever follows': {
    market: [still, still, [90, 150, 89, 140], still],
    sell: [0],
    risk: { take_profit_pct: 10, stop_loss_pct: 5 },
    trades: [[1, 100, 2, 90, 'take_profit']],
  },
  'stops first where one bar reaches both': {
    market: [still, still, [100, 110, 85, 88], still],
    sell: [0],
    risk: { take_profit_pct: 10, stop_loss_pct: 5 },
    trades: [[1, 100, 2, 105, 'stop_loss']],
    equity: [1000, 1000, 950, 950],
  },
  'takes profit at a gapped open though the bar rises to the stop': {
    market: [still, still, [85, 120, 84, 115], still],
    sell: [0],
    risk: { take_profit_pct: 10, stop_loss_pct: 5 },
    trades: [[1, 100, 2, 85, 'take_profit']],
  },
  'stops at a gapped open though the bar falls to the target': {
    market: [still, still, [108, 108, 70, 70], still],
    sell: [0],
    risk: { take_profit_pct: 10, stop_loss_pct: 5 },
    trades: [[1, 100, 2, 108, 'stop_loss']],
  },
  'takes its stop from the slipped entry and slips from the stop': {
    market: [still, [100, 103.95, 100, 100], still],
    sell: [0],
    costs: { slippage_bps: 100 },
    risk: { stop_loss_pct: 5 },
    // 99 and 5 %: 103.95, bought at 1 % more
    trades: [[1, 99, 1, 104.9895, 'stop_loss']],
  },
  'does not count the range of the bar of its entry at a close': {
    market: [[100, 120, 80, 100], [100, 101, 99, 101], still],
    sell: [0],
    costs: { fill: 'close' },
    risk: { stop_loss_pct: 5, take_profit_pct: 10, trailing_stop_pct: 15 },
    trades: [[0, 100, 2, 100, 'end_of_data']],
  },
  'counts the bar after its entry at a close': {
    market: [still, [100, 110, 99, 109], still],
    sell: [0],
    costs: { fill: 'close' },
    risk: { stop_loss_pct: 5 },
    trades: [[0, 100, 1, 105, 'stop_loss']],
    equity: [1000, 950, 950],
  },
  'does not count the range of the bar of its entry at the middle': {
    market: [still, [100, 120, 80, 102], [101, 104, 100, 101], still],
    sell: [0],
    costs: { fill: 'next_mid' },
    risk: { stop_loss_pct: 5, take_profit_pct: 10, trailing_stop_pct: 15 },
    trades: [[1, 100, 3, 100, 'end_of_data']],
    equity: [1000, 980, 990, 1000],
  },
  'names the signal at an open that also gapped above the stop': {
    market: [still, still, [120, 120, 120, 120], still],
    sell: [0],
    buy: [1],
    risk: { stop_loss_pct: 5 },
    trades: [[1, 100, 2, 120, 'signal']],
  },
  'passes the stop on the way to a decided exit at the middle': {
    market: [still, still, [110, 120, 100, 105], still],
    sell: [0],
    buy: [1],
    costs: { fill: 'next_mid' },
    risk: { stop_loss_pct: 5, take_profit_pct: 5 },
    trades: [[1, 100, 2, 110, 'signal']],
  },
  'stops inside the bar before a decided exit at its close': {
    market: [still, [100, 110, 100, 101], still],
    sell: [0],
    buy: [1],
    costs: { fill: 'close' },
    risk: { stop_loss_pct: 5 },
    trades: [[0, 100, 1, 105, 'stop_loss']],
  },
  'may decide to enter at the close of the bar that stopped it': {
    market: [still, [100, 110, 100, 108], still, [80, 80, 80, 80]],
    sell: [0, 1],
    risk: { stop_loss_pct: 5 },
    sizing: { type: 'quote', value: 108 },
    trades: [
      [1, 100, 1, 105, 'stop_loss'],
      [2, 100, 3, 80, 'end_of_data'],
    ],
    // 1.08 coins lose 5.4; then one coin, sized at the close of 108, makes 20
    equity: [1000, 994.6, 994.6, 1014.6],
  },
  'is hit by a high that is exactly the stop, whatever floats make of it': {
    market: [[2297.8, 2297.8, 2297.8, 2297.8], [2297.8, 2412.69, 2290, 2300], still],
    sell: [0],
    risk: { stop_loss_pct: 5 },
    trades: [[1, 2297.8, 1, 2412.69, 'stop_loss']],
  },
}

const trailing: Record<string, EngineCase> = {
  'trails from the entry price': {
    market: [still, [100, 106, 100, 104], still],
    sell: [0],
    risk: { trailing_stop_pct: 5 },
    trades: [[1, 100, 1, 105, 'trailing_stop']],
  },
  'trails the low of the entry bar from the next bar on': {
    market: [still, [100, 100, 80, 82], [82, 86, 81, 85], still],
    sell: [0],
    risk: { trailing_stop_pct: 5 },
    trades: [[1, 100, 2, 84, 'trailing_stop']],
    equity: [1000, 1180, 1160, 1160],
  },
  'does not trail the low of the same bar': {
    market: [still, still, [100, 104, 60, 62], [62, 64, 62, 63], still],
    sell: [0],
    risk: { trailing_stop_pct: 5 },
    trades: [[1, 100, 3, 63, 'trailing_stop']],
  },
  'exits at an open that gapped above the trailing stop': {
    market: [still, [100, 100, 80, 82], [90, 91, 81, 85], still],
    sell: [0],
    risk: { trailing_stop_pct: 5 },
    trades: [[1, 100, 2, 90, 'trailing_stop']],
  },
  'never raises the trailing stop': {
    market: [still, [100, 100, 80, 82], [82, 83, 82, 83], [83, 84, 82, 83], still],
    sell: [0],
    risk: { trailing_stop_pct: 5 },
    trades: [[1, 100, 3, 84, 'trailing_stop']],
  },
  'names the fixed stop where it is nearer': {
    market: [still, [100, 110, 100, 109], still],
    sell: [0],
    risk: { stop_loss_pct: 3, trailing_stop_pct: 5 },
    trades: [[1, 100, 1, 103, 'stop_loss']],
  },
  'names the fixed stop where both are the same': {
    market: [still, [100, 110, 100, 109], still],
    sell: [0],
    risk: { stop_loss_pct: 5, trailing_stop_pct: 5 },
    trades: [[1, 100, 1, 105, 'stop_loss']],
  },
  'lets the trailing stop overtake the fixed one': {
    market: [still, [100, 102, 90, 91], [91, 110, 91, 109], still],
    sell: [0],
    risk: { stop_loss_pct: 3, trailing_stop_pct: 10 },
    trades: [[1, 100, 2, 99, 'trailing_stop']],
  },
  'checks the trailing stop before the target': {
    market: [still, [100, 102, 92, 93], [93, 97, 89, 96], still],
    sell: [0],
    risk: { take_profit_pct: 10, trailing_stop_pct: 5 },
    trades: [[1, 100, 2, 96.6, 'trailing_stop']],
  },
}

describe.each(Object.entries({ decisions, stops, trailing }))('%s of shorts', (_, cases) => {
  it.each(Object.entries(cases))('%s', (_name, given) => {
    expectCase({ instType: 'SWAP', direction: 'short', ...given })
  })
})
