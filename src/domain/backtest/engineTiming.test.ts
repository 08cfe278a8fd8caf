import { describe, it } from 'vitest'
import { type EngineCase, every, expectCase, still } from '../../testing/engineCase.js'

const precedence: Record<string, EngineCase> = {
  'names the signal at an open that also gapped below the stop': {
    market: [still, still, [80, 80, 80, 80], still],
    buy: [0],
    sell: [1],
    risk: { stop_loss_pct: 5 },
    trades: [[1, 100, 2, 80, 'signal']],
  },
  'names max_hold at an open that also gapped below the stop': {
    market: [still, still, [80, 80, 80, 80], still],
    buy: [0],
    risk: { stop_loss_pct: 5, max_hold_bars: 1 },
    trades: [[1, 100, 2, 80, 'max_hold']],
  },
  'names the signal at an open that also gapped above the target': {
    market: [still, still, [130, 130, 130, 130], still],
    buy: [0],
    sell: [1],
    risk: { take_profit_pct: 5 },
    trades: [[1, 100, 2, 130, 'signal']],
  },
  'passes the stop on the way to a decided exit at the middle': {
    market: [still, still, [90, 100, 80, 95], still],
    buy: [0],
    sell: [1],
    costs: { fill: 'next_mid' },
    risk: { stop_loss_pct: 5, take_profit_pct: 5 },
    trades: [[1, 100, 2, 90, 'signal']],
  },
  'stops inside the bar before a decided exit at its close': {
    market: [still, [100, 100, 90, 99], still],
    buy: [0],
    sell: [1],
    costs: { fill: 'close' },
    risk: { stop_loss_pct: 5 },
    trades: [[0, 100, 1, 95, 'stop_loss']],
  },
  'names the signal where max_hold falls on the same bar': {
    market: [still, still, [101, 101, 101, 101], still],
    buy: [0],
    sell: [1],
    risk: { max_hold_bars: 1 },
    trades: [[1, 100, 2, 101, 'signal']],
  },
}

const timing: Record<string, EngineCase> = {
  'holds one bar from its open to the next': {
    market: [still, still, [101, 101, 101, 101], still],
    buy: [0],
    risk: { max_hold_bars: 1 },
    trades: [[1, 100, 2, 101, 'max_hold']],
  },
  'holds three bars': {
    market: [still, still, still, still, [103, 103, 103, 103], still],
    buy: [0],
    risk: { max_hold_bars: 3 },
    trades: [[1, 100, 4, 103, 'max_hold']],
  },
  'decides at the close of the second bar when filled at closes': {
    market: [still, [101, 101, 101, 101], [102, 102, 102, 102], still],
    buy: [0],
    costs: { fill: 'close' },
    risk: { max_hold_bars: 2 },
    trades: [[0, 100, 1, 101, 'max_hold']],
  },
  'holds to the next close at least, one decision a bar': {
    market: [still, [101, 101, 101, 101], still],
    buy: [0],
    costs: { fill: 'close' },
    risk: { max_hold_bars: 1 },
    trades: [[0, 100, 1, 101, 'max_hold']],
  },
  'holds one bar from middle to middle': {
    market: [still, [100, 110, 90, 100], [100, 120, 100, 100], still],
    buy: [0],
    costs: { fill: 'next_mid' },
    risk: { max_hold_bars: 1 },
    trades: [[1, 100, 2, 110, 'max_hold']],
  },
  'is stopped before the bars are full': {
    market: [still, still, [100, 100, 90, 90], still, still],
    buy: [0],
    risk: { max_hold_bars: 3, stop_loss_pct: 5 },
    trades: [[1, 100, 2, 95, 'stop_loss']],
  },
  'enters at once without a cooldown': {
    market: [still, [100, 100, 90, 90], still, still],
    buy: every,
    risk: { stop_loss_pct: 5 },
    trades: [
      [1, 100, 1, 95, 'stop_loss'],
      [2, 100, 3, 100, 'end_of_data'],
    ],
  },
  'decides no entry on the bar of the exit in a cooldown of one': {
    market: [still, [100, 100, 90, 90], still, still, still],
    buy: every,
    risk: { stop_loss_pct: 5, cooldown_bars: 1 },
    trades: [
      [1, 100, 1, 95, 'stop_loss'],
      [3, 100, 4, 100, 'end_of_data'],
    ],
  },
  'decides no entry on three bars in a cooldown of three': {
    market: [still, [100, 100, 90, 90], still, still, still, still, still],
    buy: every,
    risk: { stop_loss_pct: 5, cooldown_bars: 3 },
    trades: [
      [1, 100, 1, 95, 'stop_loss'],
      [5, 100, 6, 100, 'end_of_data'],
    ],
  },
  'counts a cooldown from the bar on which a signal exit is filled': {
    market: [still, still, still, still, still, still],
    buy: [0, 2, 3, 4],
    sell: [1],
    risk: { cooldown_bars: 1 },
    trades: [
      [1, 100, 2, 100, 'signal'],
      [4, 100, 5, 100, 'end_of_data'],
    ],
  },
  'cools down after max_hold': {
    market: [still, still, still, still, still, still, still],
    buy: every,
    risk: { max_hold_bars: 1, cooldown_bars: 2 },
    trades: [
      [1, 100, 2, 100, 'max_hold'],
      [5, 100, 6, 100, 'max_hold'],
    ],
  },
  'counts a cooldown from the close at which the exit is filled': {
    market: [still, still, still, still, still],
    buy: [0, 2, 3],
    sell: [1],
    costs: { fill: 'close' },
    risk: { cooldown_bars: 2 },
    trades: [
      [0, 100, 1, 100, 'signal'],
      [3, 100, 4, 100, 'end_of_data'],
    ],
  },
}

describe.each(Object.entries({ precedence, timing }))('%s', (_, cases) => {
  it.each(Object.entries(cases))('%s', (_name, given) => {
    expectCase(given)
  })
})
