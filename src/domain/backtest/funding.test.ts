import { describe, expect, it } from 'vitest'
import { type EngineCase, expectCase, minute, still } from '../../testing/engineCase.js'
import { assumedFundingRate, type FundingRates, fundingPayments } from './funding.js'

const hour = 3_600_000
const none: FundingRates = { ts: [], rate: [] }
const hours = (...at: number[]) => Float64Array.from(at, (n) => n * hour)
const range = (from: number, to: number) => hours(...Array.from({ length: to - from }, (_, i) => from + i))

describe('the payments due', () => {
  it('are assumed at 00, 08 and 16 UTC where no rate is recorded', () => {
    expect(fundingPayments(range(7, 25), 0, 18, hour, none)).toEqual([
      { index: 1, ts: 8 * hour, rate: assumedFundingRate },
      { index: 9, ts: 16 * hour, rate: assumedFundingRate },
      { index: 17, ts: 24 * hour, rate: assumedFundingRate },
    ])
  })

  it('are those from the open of the first candle of the window to before the end of its last', () => {
    const due = (from: number, to: number) =>
      fundingPayments(range(0, 30), from, to, hour, none).map(({ index }) => index)
    expect(due(8, 24)).toEqual([8, 16])
    expect(due(9, 25)).toEqual([16, 24])
  })

  it('are the recorded ones from the first to the last of them, and assumed before and after', () => {
    const recorded = { ts: [9 * hour, 13 * hour, 17 * hour], rate: [0.002, -0.001, 0.003] }
    expect(fundingPayments(range(0, 25), 0, 25, hour, recorded).map(({ ts, rate }) => [ts / hour, rate])).toEqual([
      [0, assumedFundingRate],
      [8, assumedFundingRate],
      [9, 0.002],
      [13, -0.001],
      [17, 0.003],
      [24, assumedFundingRate],
    ])
  })

  it('are several in a long candle', () => {
    const day = 24 * hour
    const due = fundingPayments(hours(0, 24), 0, 2, day, none)
    expect(due.map(({ index, ts }) => [index, ts / hour])).toEqual([
      [0, 0],
      [0, 8],
      [0, 16],
      [1, 24],
      [1, 32],
      [1, 40],
    ])
  })

  it('fall into the candle whose time they are in', () => {
    const recorded = { ts: [1.5 * hour, 2 * hour], rate: [0.001, 0.002] }
    expect(fundingPayments(range(1, 4), 0, 3, hour, recorded)).toEqual([
      { index: 0, ts: 1.5 * hour, rate: 0.001 },
      { index: 1, ts: 2 * hour, rate: 0.002 },
    ])
  })

  it('wait for the candle after a gap', () => {
    expect(fundingPayments(hours(6, 7, 10, 11), 0, 4, hour, none)).toEqual([
      { index: 2, ts: 8 * hour, rate: assumedFundingRate },
    ])
  })
})

// Half of 1000 is five coins at 100: a rate of 1 % is 5.
const perpetual: Partial<EngineCase> = {
  instType: 'SWAP',
  direction: 'both',
  sizing: { type: 'percent', value: 50 },
  market: [still, still, still, still, still],
}
const dueAt = (index: number, rate = 0.01, ts = index * minute) => ({ index, ts, rate })

const cases: Record<string, Omit<EngineCase, 'market'>> = {
  'is paid by a long where the rate is positive': {
    buy: [0],
    funding: [dueAt(2)],
    trades: [[1, 100, 4, 100, 'end_of_data']],
    equity: [1000, 1000, 995, 995, 995],
    each: [{ funding: -5, pnl: -5, pnl_pct: -1, fees: 0 }],
  },
  'is received by a short where the rate is positive': {
    sell: [0],
    funding: [dueAt(2)],
    trades: [[1, 100, 4, 100, 'end_of_data']],
    equity: [1000, 1000, 1005, 1005, 1005],
    each: [{ funding: 5, pnl: 5, pnl_pct: 1 }],
  },
  'is received by a long where the rate is negative': {
    buy: [0],
    funding: [dueAt(2, -0.02)],
    trades: [[1, 100, 4, 100, 'end_of_data']],
    each: [{ funding: 10, pnl: 10 }],
  },
  'is paid by a short where the rate is negative': {
    sell: [0],
    funding: [dueAt(2, -0.02)],
    trades: [[1, 100, 4, 100, 'end_of_data']],
    each: [{ funding: -10, pnl: -10 }],
  },
  'is paid by one whose exit is filled at that open': {
    buy: [0],
    sell: [1],
    direction: 'long',
    funding: [dueAt(2)],
    trades: [[1, 100, 2, 100, 'signal']],
    each: [{ funding: -5 }],
  },
  'is not paid by one that was entered at that open': {
    buy: [0],
    funding: [dueAt(1)],
    trades: [[1, 100, 4, 100, 'end_of_data']],
    each: [{ funding: 0 }],
  },
  'is paid by the position that is turned round at that open, not by the new one': {
    buy: [0],
    sell: [1],
    funding: [dueAt(2)],
    trades: [
      [1, 100, 2, 100, 'signal'],
      [2, 100, 4, 100, 'end_of_data'],
    ],
    each: [{ funding: -5 }, { side: 'short', size: 4.975, funding: 0 }],
  },
  'is paid by one that was entered at the close before, and not by one that left there': {
    buy: [0, 3],
    sell: [2],
    direction: 'long',
    costs: { fill: 'close' },
    funding: [dueAt(1), dueAt(3)],
    trades: [
      [0, 100, 2, 100, 'signal'],
      [3, 100, 4, 100, 'end_of_data'],
    ],
    each: [{ funding: -5 }, { funding: 0 }],
  },
  'is paid several times within a bar, also by one entered at its open': {
    buy: [0],
    funding: [dueAt(1), dueAt(1, 0.01, 1.25 * minute), dueAt(1, 0.02, 1.75 * minute)],
    trades: [[1, 100, 4, 100, 'end_of_data']],
    equity: [1000, 985, 985, 985, 985],
  },
  'is not paid without a position': {
    buy: [2],
    funding: [dueAt(0), dueAt(1), dueAt(2), dueAt(4)],
    trades: [[3, 100, 4, 100, 'end_of_data']],
    each: [{ funding: -5 }],
  },
  'that fell into a gap is paid at the open after it, by who held through it': {
    buy: [0],
    sell: [1],
    funding: [dueAt(2, 0.01, 1.5 * minute)],
    trades: [
      [1, 100, 2, 100, 'signal'],
      [2, 100, 4, 100, 'end_of_data'],
    ],
    each: [{ funding: -5 }, { funding: 0 }],
  },
}

describe('funding', () => {
  it.each(Object.entries(cases))('%s', (_name, given) => {
    expectCase({ market: [], ...perpetual, ...given })
  })

  it('is on the notional at the price of the bar, before the stops of the bar', () => {
    expectCase({
      ...perpetual,
      market: [still, still, [110, 110, 90, 95], still],
      buy: [0],
      risk: { stop_loss_pct: 5 },
      funding: [dueAt(2)],
      trades: [[1, 100, 2, 95, 'stop_loss']],
      each: [{ funding: -5.5, pnl: -30.5 }],
    })
  })
})

// Fifty coins at 100 and all of 1000: P = (5000 - cash) / (50 x 0.996), which every 50 of funding raises by one in 0.996.
const leveraged: Partial<EngineCase> = {
  instType: 'SWAP',
  direction: 'both',
  leverage: 10,
  sizing: { type: 'percent', value: 50 },
}

describe('the liquidation price', () => {
  it.each<[string, EngineCase]>([
    [
      'of a cross long rises as it pays',
      {
        market: [still, still, still, [100, 100, 81, 100], still],
        buy: [0],
        marginMode: 'cross',
        funding: [dueAt(2)],
        trades: [[1, 100, 3, 81 / 0.996, 'liquidation']],
        equity: [1000, 1000, 950, 0, 0],
        each: [{ funding: -50, pnl: -1000 }],
      },
    ],
    [
      'of a cross long is farther until it pays',
      {
        market: [still, still, [100, 100, 81, 100], still, still],
        buy: [0],
        marginMode: 'cross',
        funding: [dueAt(3)],
        trades: [[1, 100, 4, 100, 'end_of_data']],
      },
    ],
    [
      'of a cross short rises as it receives',
      {
        market: [still, still, still, [100, 120, 100, 100], still],
        sell: [0],
        marginMode: 'cross',
        funding: [dueAt(2)],
        trades: [[1, 100, 4, 100, 'end_of_data']],
        each: [{ funding: 50 }],
      },
    ],
    [
      'of an isolated long stays, and its margin is what it loses beside',
      {
        market: [still, still, still, [100, 100, 90, 100], still],
        buy: [0],
        marginMode: 'isolated',
        funding: [dueAt(2)],
        trades: [[1, 100, 3, 90 / 0.996, 'liquidation']],
        equity: [1000, 1000, 950, 450, 450],
        each: [{ funding: -50, pnl: -550 }],
      },
    ],
    [
      'may be passed by a payment alone',
      {
        market: [still, still, [81, 82, 81, 82], [82, 82, 81.5, 82], still],
        buy: [0],
        marginMode: 'cross',
        funding: [dueAt(3, 0.02)],
        // 82 of 1000 are paid at 82: (5000 - 918) / 49.8 is just below 82, and above the low
        trades: [[1, 100, 3, 4082 / 49.8, 'liquidation']],
        equity: [1000, 1000, 100, 0, 0],
      },
    ],
  ])('%s', (_name, given) => {
    expectCase({ ...leveraged, ...given })
  })
})
