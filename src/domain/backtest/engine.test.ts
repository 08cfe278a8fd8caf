import { describe, expect, it } from 'vitest'
import { type EngineCase, every, expectCase, minute, type Ohlc, still, toInput } from '../../testing/engineCase.js'
import { runEngine } from './engine.js'

const decisions: Record<string, EngineCase> = {
  'fills at the next open': {
    market: [still, [100, 104, 98, 103], [105, 106, 104, 105], [107, 107, 107, 107]],
    buy: [0],
    sell: [1],
    trades: [[1, 100, 2, 105, 'signal']],
    equity: [1000, 1030, 1050, 1050],
  },
  'fills at the close of the deciding bar': {
    market: [still, [103, 104, 98, 101], [105, 106, 104, 105], [107, 107, 107, 107]],
    buy: [0],
    sell: [2],
    costs: { fill: 'close' },
    trades: [[0, 100, 2, 105, 'signal']],
    equity: [1000, 1010, 1050, 1050],
  },
  'fills at the middle of the next bar': {
    market: [still, [103, 104, 96, 101], [105, 112, 104, 105], [107, 107, 107, 107]],
    buy: [0],
    sell: [1],
    costs: { fill: 'next_mid' },
    trades: [[1, 100, 2, 108, 'signal']],
    equity: [1000, 1010, 1080, 1080],
  },
  'does not add to a position': {
    market: [still, still, [110, 110, 110, 110], [120, 120, 120, 120]],
    buy: every,
    trades: [[1, 100, 3, 120, 'end_of_data']],
    equity: [1000, 1000, 1100, 1200],
  },
  'has nothing to sell when flat': { market: [still, still, still], sell: every, trades: [] },
  'does not enter on buy and sell together': { market: [still, still, still], buy: [0, 1], sell: [0, 1], trades: [] },
  'only exits on buy and sell together': {
    market: [still, still, [101, 101, 101, 101], still],
    buy: [0, 1],
    sell: [1],
    trades: [[1, 100, 2, 101, 'signal']],
    equity: [1000, 1000, 1010, 1010],
  },
  'may decide to enter on the bar on which the exit was filled': {
    market: [still, still, [110, 110, 110, 110], [100, 100, 100, 100], [120, 120, 120, 120]],
    buy: [0, 2],
    sell: [1],
    trades: [
      [1, 100, 2, 110, 'signal'],
      [3, 100, 4, 120, 'end_of_data'],
    ],
    equity: [1000, 1000, 1100, 1100, 1320],
  },
  'does not act on signals of the warm-up': {
    market: [still, still, still, still],
    buy: [0, 1],
    from: 2,
    trades: [],
    equity: [1000, 1000],
  },
  'acts on the first bar of the window': {
    market: [[50, 50, 50, 50], still, still, [110, 110, 110, 110]],
    buy: [1],
    from: 1,
    trades: [[2, 100, 3, 110, 'end_of_data']],
    equity: [1000, 1000, 1100],
  },
}

const ends: Record<string, EngineCase> = {
  'decides no entry on the last bar': {
    market: [still, still],
    buy: [1],
    costs: { fill: 'close' },
    trades: [],
    equity: [1000, 1000],
  },
  'fills no entry on the last bar': {
    market: [still, still, [100, 108, 99, 107]],
    buy: [1],
    trades: [],
    equity: [1000, 1000, 1000],
  },
  'fills an entry on the last bar but one': {
    market: [still, still, [100, 108, 99, 107]],
    buy: [0],
    trades: [[1, 100, 2, 107, 'end_of_data']],
    equity: [1000, 1000, 1070],
  },
  'closes at the last close an exit that has no next bar': {
    market: [still, still, [105, 105, 105, 106]],
    buy: [0],
    sell: [2],
    trades: [[1, 100, 2, 106, 'end_of_data']],
  },
  'exits by signal at the last close': {
    market: [still, still, [105, 105, 105, 106]],
    buy: [0],
    sell: [2],
    costs: { fill: 'close' },
    trades: [[0, 100, 2, 106, 'signal']],
  },
  'stops inside the last bar': {
    market: [still, still, [100, 105, 94, 105]],
    buy: [0],
    risk: { stop_loss_pct: 5 },
    trades: [[1, 100, 2, 95, 'stop_loss']],
  },
  'has no trade in a single bar': { market: [still], buy: [0], costs: { fill: 'close' }, trades: [], equity: [1000] },
}

const costs: Record<string, EngineCase> = {
  'pays the fee of a buy in coins and of a sell in quote currency': {
    market: [still, [100, 110, 100, 105], [110, 110, 110, 110], still],
    buy: [0],
    sell: [1],
    costs: { fee_rate: 0.01 },
    trades: [[1, 100, 2, 110, 'signal']],
    // 9.9 coins, sold at 110 for 1089 less 10.89
    equity: [1000, 1039.5, 1078.11, 1078.11],
  },
  'slips against the buy and against the sell': {
    market: [still, still, [200, 200, 200, 200], still],
    buy: [0],
    sell: [1],
    costs: { slippage_bps: 100 },
    trades: [[1, 101, 2, 198, 'signal']],
  },
  'slips from closes': {
    market: [still, [200, 200, 200, 200], still],
    buy: [0],
    sell: [1],
    costs: { slippage_bps: 100, fill: 'close' },
    trades: [[0, 101, 1, 198, 'signal']],
    equity: [(1000 / 101) * 100, (1000 / 101) * 198, (1000 / 101) * 198],
  },
  'takes its stop from the slipped entry and slips from the stop': {
    market: [still, [100, 100, 95.95, 100], still],
    buy: [0],
    costs: { slippage_bps: 100 },
    risk: { stop_loss_pct: 5 },
    trades: [[1, 101, 1, 94.9905, 'stop_loss']],
  },
  'slips from a gapped open': {
    market: [still, still, [50, 50, 50, 50], still],
    buy: [0],
    costs: { slippage_bps: 100 },
    risk: { stop_loss_pct: 5 },
    trades: [[1, 101, 2, 49.5, 'stop_loss']],
  },
  'slips from the target': {
    market: [still, [100, 112, 100, 100], still],
    buy: [0],
    costs: { slippage_bps: 100 },
    risk: { take_profit_pct: 10 },
    trades: [[1, 101, 1, 109.989, 'take_profit']],
  },
  'trails from the slipped entry': {
    market: [still, [100, 100, 90, 100], still],
    buy: [0],
    costs: { slippage_bps: 100 },
    risk: { trailing_stop_pct: 10 },
    trades: [[1, 101, 1, 89.991, 'trailing_stop']],
  },
  'slips from the last close': {
    market: [still, still, [200, 200, 200, 200]],
    buy: [0],
    costs: { slippage_bps: 100 },
    trades: [[1, 101, 2, 198, 'end_of_data']],
  },
}

const sizes: Record<string, EngineCase> = {
  'keeps the rest in cash': {
    market: [still, still, [120, 120, 120, 120]],
    buy: [0],
    sizing: { type: 'percent', value: 50 },
    trades: [[1, 100, 2, 120, 'end_of_data']],
    equity: [1000, 1000, 1100],
  },
  'spends a fixed amount': {
    market: [still, still, [120, 120, 120, 120]],
    buy: [0],
    sizing: { type: 'quote', value: 300 },
    trades: [[1, 100, 2, 120, 'end_of_data']],
    equity: [1000, 1000, 1060],
  },
  'loses the risked percent at the stop': {
    market: [still, [100, 100, 90, 90], still],
    buy: [0],
    sizing: { type: 'risk', value: 2 },
    risk: { stop_loss_pct: 5 },
    trades: [[1, 100, 1, 95, 'stop_loss']],
    equity: [1000, 980, 980],
  },
  'sizes the next trade on what the last one left': {
    market: [still, [100, 100, 90, 100], still, [110, 110, 110, 110]],
    buy: [0, 1],
    risk: { stop_loss_pct: 10 },
    trades: [
      [1, 100, 1, 90, 'stop_loss'],
      [2, 100, 3, 110, 'end_of_data'],
    ],
    equity: [1000, 900, 900, 990],
  },
  'orders nothing under the smallest size': {
    market: [still, still, still],
    buy: [0],
    sizeRules: { minSz: 11, lotSz: 11, contractCoins: 1, tiers: [] },
    trades: [],
  },
  'takes every size without exact_sizes': {
    market: [still, still, still],
    buy: [0],
    sizeRules: { minSz: 11, lotSz: 11, contractCoins: 1, tiers: [] },
    costs: { exact_sizes: false },
    trades: [[1, 100, 2, 100, 'end_of_data']],
  },
}

describe.each(Object.entries({ decisions, ends, costs, sizes }))('%s', (_, cases) => {
  it.each(Object.entries(cases))('%s', (_name, given) => {
    expectCase(given)
  })
})

describe('a trade', () => {
  it('holds what OKX would book: coins net of the fee, pnl net of both fees', () => {
    const [trade] = runEngine(
      toInput({ ...costs['pays the fee of a buy in coins and of a sell in quote currency'] }),
    ).trades
    expect(trade.size).toBeCloseTo(9.9, 12)
    expect(trade.fees).toBeCloseTo(20.89, 9)
    expect(trade.pnl).toBeCloseTo(78.11, 9)
    expect(trade.pnl_pct).toBeCloseTo(7.811, 9)
    expect(trade.funding).toBe(0)
    expect(trade.side).toBe('long')
  })

  it('counts its percent on the amount spent, not on the equity', () => {
    const [trade] = runEngine(toInput(sizes['keeps the rest in cash'])).trades
    expect(trade.pnl).toBeCloseTo(100, 9)
    expect(trade.pnl_pct).toBeCloseTo(20, 9)
  })
})

describe('a run', () => {
  it('sums the fills of both sides', () => {
    expect(runEngine(toInput(sizes['keeps the rest in cash'])).notional).toBeCloseTo(500 + 600, 9)
  })

  it.each<[string, EngineCase, number]>([
    ['from open to open', decisions['fills at the next open'], 1],
    ['from close to close', decisions['fills at the close of the deciding bar'], 2],
    ['from middle to middle', decisions['fills at the middle of the next bar'], 2],
    ['to the last close', ends['closes at the last close an exit that has no next bar'], 2],
  ])('counts the bars in position %s', (_name, given, bars) => {
    expect(runEngine(toInput(given)).barsInPosition).toBe(bars)
  })

  it('keeps the reasons of the entries that it could not order', () => {
    const market = [still, still, still, still]
    const run = runEngine(toInput({ market, buy: every, sizing: { type: 'quote', value: 5000 }, trades: [] }))
    expect([...run.refusals]).toEqual([['more_than_equity', 2]])
    expect([...run.equity]).toEqual([1000, 1000, 1000, 1000])
  })

  it('takes an unknown signal as none', () => {
    const input = toInput({ market: [still, still, still], trades: [] })
    expect(runEngine({ ...input, buy: Uint8Array.of(2, 2, 2) }).trades).toEqual([])
  })

  it('ends its window before the last candle', () => {
    const given = { market: [still, still, [110, 110, 110, 110], still, still] as Ohlc[], buy: [0], trades: [] }
    const run = runEngine({ ...toInput(given), to: 3 })
    expect(run.trades.map((trade) => [trade.exit_ts / minute, trade.exit_reason])).toEqual([[2, 'end_of_data']])
    expect([...run.equity]).toEqual([1000, 1000, 1100])
  })
})
