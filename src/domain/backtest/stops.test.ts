import { describe, it } from 'vitest'
import { type EngineCase, expectCase, still } from '../../testing/engineCase.js'

const stops: Record<string, EngineCase> = {
  'stops inside the bar of its entry at an open': {
    market: [still, [100, 101, 94, 96], still],
    buy: [0],
    risk: { stop_loss_pct: 5 },
    trades: [[1, 100, 1, 95, 'stop_loss']],
    equity: [1000, 950, 950],
  },
  'stops where the low just touches': {
    market: [still, still, [100, 100, 93, 100], still],
    buy: [0],
    risk: { stop_loss_pct: 7 },
    trades: [[1, 100, 2, 93, 'stop_loss']],
  },
  'does not stop above the stop': {
    market: [still, [100, 100, 95.01, 96], [97, 97, 97, 97]],
    buy: [0],
    risk: { stop_loss_pct: 5 },
    trades: [[1, 100, 2, 97, 'end_of_data']],
    equity: [1000, 960, 970],
  },
  'stops at the open that gapped below': {
    market: [still, still, [90, 99, 89, 98], still],
    buy: [0],
    risk: { stop_loss_pct: 5 },
    trades: [[1, 100, 2, 90, 'stop_loss']],
    equity: [1000, 1000, 900, 900],
  },
  'stops at an open on the stop': {
    market: [still, still, [95, 120, 95, 98], still],
    buy: [0],
    risk: { stop_loss_pct: 5, take_profit_pct: 10 },
    trades: [[1, 100, 2, 95, 'stop_loss']],
  },
  'takes profit where the high touches': {
    market: [still, [100, 110, 99, 104], still],
    buy: [0],
    risk: { take_profit_pct: 10 },
    trades: [[1, 100, 1, 110, 'take_profit']],
    equity: [1000, 1100, 1100],
  },
  'takes profit at the open that gapped above': {
    market: [still, still, [120, 121, 119, 120], still],
    buy: [0],
    risk: { take_profit_pct: 10 },
    trades: [[1, 100, 2, 120, 'take_profit']],
    equity: [1000, 1000, 1200, 1200],
  },
  'takes profit at an open on the target, whatever follows': {
    market: [still, still, [110, 111, 50, 60], still],
    buy: [0],
    risk: { take_profit_pct: 10, stop_loss_pct: 5 },
    trades: [[1, 100, 2, 110, 'take_profit']],
  },
  'stops first where one bar reaches both': {
    market: [still, still, [100, 115, 90, 112], still],
    buy: [0],
    risk: { take_profit_pct: 10, stop_loss_pct: 5 },
    trades: [[1, 100, 2, 95, 'stop_loss']],
    equity: [1000, 1000, 950, 950],
  },
  'takes profit at a gapped open though the bar falls to the stop': {
    market: [still, still, [115, 116, 80, 85], still],
    buy: [0],
    risk: { take_profit_pct: 10, stop_loss_pct: 5 },
    trades: [[1, 100, 2, 115, 'take_profit']],
  },
  'stops at a gapped open though the bar rises to the target': {
    market: [still, still, [92, 130, 92, 130], still],
    buy: [0],
    risk: { take_profit_pct: 10, stop_loss_pct: 5 },
    trades: [[1, 100, 2, 92, 'stop_loss']],
  },
  'takes its stop from the entry, not from the decision': {
    market: [[80, 80, 80, 80], still, [100, 100, 95, 95], still],
    buy: [0],
    risk: { stop_loss_pct: 5 },
    trades: [[1, 100, 2, 95, 'stop_loss']],
  },
  'does not count the range of the bar of its entry at a close': {
    market: [[100, 120, 80, 100], [100, 101, 99, 101], still],
    buy: [0],
    costs: { fill: 'close' },
    risk: { stop_loss_pct: 5, take_profit_pct: 10, trailing_stop_pct: 15 },
    trades: [[0, 100, 2, 100, 'end_of_data']],
  },
  'counts the bar after its entry at a close': {
    market: [still, [100, 101, 90, 91], still],
    buy: [0],
    costs: { fill: 'close' },
    risk: { stop_loss_pct: 5 },
    trades: [[0, 100, 1, 95, 'stop_loss']],
    equity: [1000, 950, 950],
  },
  'stops at a gapped open after its entry at a close': {
    market: [still, [85, 101, 84, 91], still],
    buy: [0],
    costs: { fill: 'close' },
    risk: { stop_loss_pct: 5 },
    trades: [[0, 100, 1, 85, 'stop_loss']],
  },
  'does not count the range of the bar of its entry at the middle': {
    market: [still, [100, 120, 80, 98], [99, 100, 96, 99], still],
    buy: [0],
    costs: { fill: 'next_mid' },
    risk: { stop_loss_pct: 5, take_profit_pct: 10, trailing_stop_pct: 15 },
    trades: [[1, 100, 3, 100, 'end_of_data']],
    equity: [1000, 980, 990, 1000],
  },
  'counts the bar after its entry at the middle': {
    market: [still, [100, 120, 80, 98], [98, 111, 97, 99], still],
    buy: [0],
    costs: { fill: 'next_mid' },
    risk: { take_profit_pct: 10 },
    trades: [[1, 100, 2, 110, 'take_profit']],
  },
  'may decide to enter at the close of the bar that stopped it': {
    market: [still, [100, 100, 90, 92], [100, 100, 100, 100], [120, 120, 120, 120]],
    buy: [0, 1],
    risk: { stop_loss_pct: 5 },
    trades: [
      [1, 100, 1, 95, 'stop_loss'],
      [2, 100, 3, 120, 'end_of_data'],
    ],
    equity: [1000, 950, 950, 1140],
  },
  'may enter at the close of the bar that stopped it': {
    market: [still, [100, 100, 90, 100], [120, 120, 120, 120]],
    buy: [0, 1],
    costs: { fill: 'close' },
    risk: { stop_loss_pct: 5 },
    trades: [
      [0, 100, 1, 95, 'stop_loss'],
      [1, 100, 2, 120, 'end_of_data'],
    ],
    equity: [1000, 950, 1140],
  },
  'has nothing left to sell at the close of the bar that stopped it': {
    market: [still, [100, 100, 90, 92], [100, 100, 100, 100]],
    buy: [0],
    sell: [1],
    risk: { stop_loss_pct: 5 },
    trades: [[1, 100, 1, 95, 'stop_loss']],
  },
}

const fractions: Record<string, EngineCase> = {
  'is hit by a low that is exactly the stop, whatever floats make of it': {
    market: [[8916.3, 8916.3, 8916.3, 8916.3], [8916.3, 8920, 8024.67, 8900], still],
    buy: [0],
    risk: { stop_loss_pct: 10 },
    trades: [[1, 8916.3, 1, 8024.67, 'stop_loss']],
  },
  'is hit by a high that is exactly the target': {
    market: [[2297.8, 2297.8, 2297.8, 2297.8], [2297.8, 2412.69, 2290, 2300], still],
    buy: [0],
    risk: { take_profit_pct: 5 },
    trades: [[1, 2297.8, 1, 2412.69, 'take_profit']],
  },
}

const trailing: Record<string, EngineCase> = {
  'trails from the entry price': {
    market: [still, [100, 100, 94, 96], still],
    buy: [0],
    risk: { trailing_stop_pct: 5 },
    trades: [[1, 100, 1, 95, 'trailing_stop']],
  },
  'trails the high of the entry bar from the next bar on': {
    market: [still, [100, 120, 100, 118], [118, 119, 113, 115], still],
    buy: [0],
    risk: { trailing_stop_pct: 5 },
    trades: [[1, 100, 2, 114, 'trailing_stop']],
    equity: [1000, 1180, 1140, 1140],
  },
  'does not trail the high of the same bar': {
    market: [still, still, [100, 140, 96, 138], [138, 138, 133, 134], still],
    buy: [0],
    risk: { trailing_stop_pct: 5 },
    trades: [[1, 100, 3, 133, 'trailing_stop']],
    equity: [1000, 1000, 1380, 1330, 1330],
  },
  'exits at an open that gapped below the trailing stop': {
    market: [still, [100, 120, 100, 118], [110, 119, 109, 115], still],
    buy: [0],
    risk: { trailing_stop_pct: 5 },
    trades: [[1, 100, 2, 110, 'trailing_stop']],
  },
  'never lowers the trailing stop': {
    market: [still, [100, 120, 100, 118], [118, 118, 115, 116], [116, 116, 114, 116], still],
    buy: [0],
    risk: { trailing_stop_pct: 5 },
    trades: [[1, 100, 3, 114, 'trailing_stop']],
  },
  'names the fixed stop where it is nearer': {
    market: [still, [100, 100, 90, 91], still],
    buy: [0],
    risk: { stop_loss_pct: 3, trailing_stop_pct: 5 },
    trades: [[1, 100, 1, 97, 'stop_loss']],
  },
  'names the trailing stop where it is nearer': {
    market: [still, [100, 100, 90, 91], still],
    buy: [0],
    risk: { stop_loss_pct: 5, trailing_stop_pct: 3 },
    trades: [[1, 100, 1, 97, 'trailing_stop']],
  },
  'names the fixed stop where both are the same': {
    market: [still, [100, 100, 90, 91], still],
    buy: [0],
    risk: { stop_loss_pct: 5, trailing_stop_pct: 5 },
    trades: [[1, 100, 1, 95, 'stop_loss']],
  },
  'lets the trailing stop overtake the fixed one': {
    market: [still, [100, 110, 98, 109], [109, 109, 90, 91], still],
    buy: [0],
    risk: { stop_loss_pct: 3, trailing_stop_pct: 10 },
    trades: [[1, 100, 2, 99, 'trailing_stop']],
  },
  'checks the trailing stop before the target': {
    market: [still, [100, 108, 98, 107], [107, 111, 102, 103], still],
    buy: [0],
    risk: { take_profit_pct: 10, trailing_stop_pct: 5 },
    trades: [[1, 100, 2, 102.6, 'trailing_stop']],
  },
  'starts again from the next entry': {
    market: [still, [100, 200, 100, 200], [180, 180, 180, 180], still, [100, 100, 96, 100], still],
    buy: [0, 2],
    risk: { trailing_stop_pct: 5 },
    trades: [
      [1, 100, 2, 180, 'trailing_stop'],
      [3, 100, 5, 100, 'end_of_data'],
    ],
  },
  'trails the highs from the bar after an entry at the middle': {
    market: [still, [100, 150, 50, 100], [100, 110, 100, 110], [110, 110, 104, 105], still],
    buy: [0],
    costs: { fill: 'next_mid' },
    risk: { trailing_stop_pct: 5 },
    trades: [[1, 100, 3, 104.5, 'trailing_stop']],
  },
}

describe.each(Object.entries({ stops, fractions, trailing }))('%s', (_, cases) => {
  it.each(Object.entries(cases))('%s', (_name, given) => {
    expectCase(given)
  })
})
