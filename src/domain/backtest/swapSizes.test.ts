import { describe, it } from 'vitest'
import { type EngineCase, expectCase, still } from '../../testing/engineCase.js'
import type { SizeRules } from '../trading/toOrder.js'

const hundredths: SizeRules = { minSz: 0.1, lotSz: 0.1, contractCoins: 0.01, tiers: [] }
const whole: SizeRules = { minSz: 1, lotSz: 1, contractCoins: 1, tiers: [] }
const tiers = [
  { maxSz: 10, mmr: 0.004, maxLever: 50 },
  { maxSz: 20, mmr: 0.01, maxLever: 20 },
]
const held: Pick<EngineCase, 'market' | 'trades'> = {
  market: [still, still, still],
  trades: [[1, 100, 2, 100, 'end_of_data']],
}
const refused: Pick<EngineCase, 'market' | 'trades'> = { market: [still, still, still], trades: [] }

const sizes: Record<string, EngineCase> = {
  'floors contracts to lots, pays the fee both ways and counts its percent on the margin': {
    market: [still, still, [101, 101, 101, 101], still],
    sell: [1],
    leverage: 10,
    costs: { fee_rate: 0.0005 },
    sizeRules: hundredths,
    // 1000 / 0.1005 / 1 = 9950.248...: 99.502 coins on a margin of 995.02; fees 4.9751 and 5.024851
    trades: [[1, 100, 2, 101, 'signal']],
    equity: [1000, 995.0249, 1089.502049, 1089.502049],
    each: [{ size: 9950.2, fees: 9.999951, pnl: 89.502049, pnl_pct: 8950.2049 / 995.02 }],
  },
  'floors to whole lots': { ...held, leverage: 3, sizeRules: { ...whole, lotSz: 7 }, each: [{ size: 28 }] },
  'keeps a lot that floats miss by a hair': {
    ...held,
    sizing: { type: 'quote', value: 0.3 },
    sizeRules: hundredths,
    each: [{ size: 0.3 }],
  },
  'takes the smallest size': { ...held, sizeRules: { ...whole, minSz: 10 }, each: [{ size: 10 }] },
  'refuses less than the smallest size': {
    ...refused,
    sizeRules: { ...whole, minSz: 10.1 },
    refusals: { below_min_size: 1 },
  },
  'refuses less than one lot': { ...refused, sizeRules: { ...whole, lotSz: 11 }, refusals: { below_min_size: 1 } },
  'takes a percent of the equity as margin': {
    ...held,
    leverage: 4,
    sizing: { type: 'percent', value: 50 },
    each: [{ size: 20 }],
  },
  'takes a fixed amount as margin and fee': {
    ...held,
    leverage: 4,
    costs: { fee_rate: 0.0625 },
    sizing: { type: 'quote', value: 250 },
    each: [{ size: 8, fees: 100 }],
  },
  'refuses a fixed amount over the equity': {
    ...refused,
    sizing: { type: 'quote', value: 1000.5 },
    refusals: { more_than_equity: 1 },
  },
  'sizes at the close of the deciding bar, whatever the fill': {
    market: [still, [110, 110, 110, 110], [121, 121, 121, 121]],
    trades: [[1, 110, 2, 121, 'end_of_data']],
    equity: [1000, 1000, 1110],
    each: [{ size: 10, pnl: 110, pnl_pct: 10 }],
  },
  'counts what a contract is': {
    ...held,
    sizeRules: { ...whole, contractCoins: 5 },
    each: [{ size: 2 }],
  },
  'takes coins where the rules are not known': { ...held, leverage: 3, each: [{ size: 30 }] },
  'takes any part of a contract without exact_sizes': {
    ...held,
    leverage: 3,
    costs: { exact_sizes: false },
    sizeRules: { minSz: 100, lotSz: 100, contractCoins: 7, tiers: [] },
    each: [{ size: 30 / 7 }],
  },
}

const risks: Record<string, EngineCase> = {
  'loses the risked percent at the stop': {
    market: [still, [100, 100, 90, 92], still],
    leverage: 10,
    sizing: { type: 'risk', value: 2 },
    risk: { stop_loss_pct: 5 },
    trades: [[1, 100, 1, 95, 'stop_loss']],
    equity: [1000, 980, 980],
    each: [{ size: 4, pnl: -20, pnl_pct: -50 }],
  },
  'loses it at the stop of a short': {
    market: [still, [100, 110, 100, 108], still],
    buy: [],
    sell: [0],
    direction: 'short',
    leverage: 10,
    sizing: { type: 'risk', value: 2 },
    risk: { stop_loss_pct: 5 },
    trades: [[1, 100, 1, 105, 'stop_loss']],
    equity: [1000, 980, 980],
  },
  'counts both fees into it': {
    market: [still, [100, 100, 90, 92], still],
    leverage: 10,
    costs: { fee_rate: 0.001 },
    sizing: { type: 'risk', value: 2 },
    risk: { stop_loss_pct: 5 },
    trades: [[1, 100, 1, 95, 'stop_loss']],
    equity: [1000, 980, 980],
    each: [{ size: 20 / (5 + 0.1 + 0.095) }],
  },
  'counts both fees of a short into it': {
    market: [still, [100, 110, 100, 108], still],
    buy: [],
    sell: [0],
    direction: 'short',
    leverage: 10,
    costs: { fee_rate: 0.001 },
    sizing: { type: 'risk', value: 2 },
    risk: { stop_loss_pct: 5 },
    trades: [[1, 100, 1, 105, 'stop_loss']],
    equity: [1000, 980, 980],
    each: [{ size: 20 / (5 + 0.1 + 0.105) }],
  },
  'takes a trailing stop that is nearer': {
    ...held,
    leverage: 10,
    sizing: { type: 'risk', value: 2 },
    risk: { stop_loss_pct: 5, trailing_stop_pct: 4 },
    each: [{ size: 5 }],
  },
  'takes no more than the equity carries': {
    ...held,
    leverage: 2,
    sizing: { type: 'risk', value: 2 },
    risk: { stop_loss_pct: 0.5 },
    each: [{ size: 20 }],
  },
  'refuses without a stop': {
    ...refused,
    sizing: { type: 'risk', value: 2 },
    refusals: { no_stop: 1 },
  },
}

const limits: Record<string, EngineCase> = {
  'takes the largest size of the last tier': {
    ...held,
    leverage: 2,
    sizeRules: { ...whole, tiers },
    each: [{ size: 20 }],
  },
  'refuses a size beyond the last tier': {
    ...refused,
    leverage: 3,
    sizeRules: { ...whole, tiers },
    refusals: { above_tier: 1 },
  },
  'takes the leverage of the tier': {
    ...held,
    leverage: 50,
    sizing: { type: 'quote', value: 20 },
    sizeRules: { ...whole, tiers },
    each: [{ size: 10 }],
  },
  'refuses more leverage than the tier of that size has': {
    ...refused,
    leverage: 50,
    sizing: { type: 'quote', value: 22 },
    sizeRules: { ...whole, tiers },
    refusals: { above_tier: 1 },
  },
  'keeps to the tiers without exact_sizes': {
    ...refused,
    leverage: 3,
    costs: { exact_sizes: false },
    sizeRules: { ...whole, tiers },
    refusals: { above_tier: 1 },
  },
}

describe.each(Object.entries({ sizes, risks, limits }))('%s of swaps', (_, cases) => {
  it.each(Object.entries(cases))('%s', (_name, given) => {
    expectCase({ instType: 'SWAP', buy: [0], ...given })
  })
})
