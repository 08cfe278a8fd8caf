import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { candlesFromRows } from '../candles.js'
import type { Stats, Trade } from './result.js'
import { computeStats, type StatsInput } from './stats.js'

const hour = 3_600_000
const day = 24 * hour
const start = Date.UTC(2022, 0, 1)

function trade(pnl: number, pnl_pct = pnl / 10, bars = 2, entryBar = 0): Trade {
  return {
    side: 'long',
    entry_ts: start + entryBar * hour,
    entry_price: 100,
    exit_ts: start + (entryBar + bars) * hour,
    exit_price: 100,
    size: 1,
    pnl,
    pnl_pct,
    fees: 0.5,
    funding: 0,
    exit_reason: 'signal',
  }
}

function statsOf(equity: number[], intervalMs: number, changes: Partial<StatsInput> = {}): Stats {
  const candles = candlesFromRows(
    equity.map((_, i) => ({ ts: start + i * intervalMs, open: 200, high: 300, low: 100, close: 210 + i, volume: 1 })),
  )
  return computeStats({
    candles,
    from: 0,
    to: equity.length,
    intervalMs,
    startEquity: 1000,
    equity: Float64Array.from(equity),
    trades: [],
    exposure: 0,
    notional: 0,
    ...changes,
  })
}

const days = (n: number, mark: (i: number) => number = () => 1000) => Array.from({ length: n }, (_, i) => mark(i))

describe('returns', () => {
  it('counts from start to final equity, and the market from first open to last close', () => {
    const stats = statsOf([1010, 1050, 1100], hour)
    expect(stats).toMatchObject({ start_equity: 1000, final_equity: 1100 })
    expect(stats.total_return_pct).toBeCloseTo(10, 10)
    expect(stats.market_change_pct).toBeCloseTo(6, 10)
  })

  it('counts the market from the first bar of the window', () => {
    const stats = statsOf(days(5), hour, { from: 3, equity: Float64Array.of(1000, 1000) })
    expect(stats.market_change_pct).toBeCloseTo((214 / 200 - 1) * 100, 10)
  })

  it('annualises from thirty days on', () => {
    expect(
      statsOf(
        days(29, () => 1100),
        day,
      ).cagr_pct,
    ).toBeNull()
    expect(
      statsOf(
        days(30, () => 1100),
        day,
      ).cagr_pct,
    ).toBeCloseTo((1.1 ** (365 / 30) - 1) * 100, 9)
    expect(
      statsOf(
        days(30 * 24 - 1, () => 1100),
        hour,
      ).cagr_pct,
    ).toBeNull()
    expect(
      statsOf(
        days(365, () => 1250),
        day,
      ).cagr_pct,
    ).toBeCloseTo(25, 9)
  })

  it('divides CAGR by the largest drawdown', () => {
    const stats = statsOf(
      days(365, (i) => (i === 100 ? 900 : 1200)),
      day,
    )
    expect(stats.max_drawdown_pct).toBeCloseTo(25, 10)
    expect(stats.calmar).toBeCloseTo(0.2 / 0.25, 10)
    expect(stats.max_drawdown_days).toBe(2)
    expect(
      statsOf(
        days(365, (i) => 1000 + i),
        day,
      ).calmar,
    ).toBeNull()
    expect(
      statsOf(
        days(29, (i) => 1000 - i),
        day,
      ).calmar,
    ).toBeNull()
  })
})

describe('risk figures', () => {
  const upAndDown = (n: number) => days(n, (i) => (i % 2 === 0 ? 1100 : 1000))

  it('need twenty daily returns', () => {
    expect(statsOf(upAndDown(19), day)).toMatchObject({ sharpe: null, sortino: null, volatility_pct: null })
    expect(statsOf(upAndDown(19 * 24), hour)).toMatchObject({ sharpe: null, sortino: null, volatility_pct: null })
    expect(statsOf(upAndDown(20), day).sharpe).not.toBeNull()
  })

  it('follow their definitions', () => {
    // Ten returns of +10 % and ten of -1/11.
    const stats = statsOf(upAndDown(20), day)
    const mean = (0.1 - 1 / 11) / 2
    const deviation = Math.sqrt((20 / 19) * ((0.1 + 1 / 11) / 2) ** 2)
    expect(stats.sharpe).toBeCloseTo((mean / deviation) * Math.sqrt(365), 9)
    expect(stats.volatility_pct).toBeCloseTo(deviation * Math.sqrt(365) * 100, 9)
    expect(stats.sortino).toBeCloseTo((mean / Math.sqrt(1 / 121 / 2)) * Math.sqrt(365), 9)
  })

  it('are those of the days up to ruin', () => {
    const fall = (i: number) => (i < 24 ? 1100 - (i % 2) * 100 : 0)
    const [ruined, cut] = [days(60, fall), days(25, fall)].map((equity) => statsOf(equity, day))
    expect(ruined.sharpe).toBe(cut.sharpe)
    expect(ruined.sharpe).toBeLessThan(0)
    expect(ruined).toMatchObject({ total_return_pct: -100, cagr_pct: -100, max_drawdown_pct: 100 })
    expect(
      statsOf(
        days(60, (i) => (i < 10 ? 1000 : 0)),
        day,
      ),
    ).toMatchObject({ sharpe: null, sortino: null })
  })

  it('have no ratio where nothing moved, and no Sortino where nothing fell', () => {
    expect(statsOf(days(40), day)).toMatchObject({ sharpe: null, sortino: null, volatility_pct: 0 })
    expect(
      statsOf(
        days(40, (i) => 1000 + i),
        day,
      ),
    ).toMatchObject({ sortino: null, sharpe: expect.any(Number) })
  })
})

describe('trade figures', () => {
  it('are null without trades', () => {
    expect(statsOf(days(40), day)).toMatchObject({
      profit_factor: null,
      expectancy: null,
      sqn: null,
      win_rate_pct: null,
      payoff_ratio: null,
      trades: 0,
      wins: 0,
      losses: 0,
      best_trade_pct: null,
      worst_trade_pct: null,
      avg_trade_pct: null,
      avg_hold_ms: null,
      max_hold_ms: null,
      max_consecutive_wins: 0,
      max_consecutive_losses: 0,
      fees: 0,
      funding: 0,
    })
  })

  it('follow their definitions', () => {
    const trades = [
      trade(30, 3, 1),
      trade(10, 1, 2),
      trade(-20, -2, 3),
      trade(-5, -0.5, 4),
      trade(-15, -1.5, 5),
      trade(40, 4, 9),
    ]
    const stats = statsOf(days(10), hour, { trades, exposure: 0.4, notional: 12_500 })
    expect(stats).toMatchObject({ trades: 6, wins: 3, losses: 3, max_consecutive_wins: 2, max_consecutive_losses: 3 })
    expect(stats).toMatchObject({
      best_trade_pct: 4,
      worst_trade_pct: -2,
      avg_hold_ms: 4 * hour,
      max_hold_ms: 9 * hour,
    })
    expect(stats).toMatchObject({ win_rate_pct: 50, profit_factor: 2, payoff_ratio: 2, fees: 3 })
    expect(stats).toMatchObject({ exposure_pct: 40, turnover: 12.5 })
    expect(stats.expectancy).toBeCloseTo(40 / 6, 12)
    expect(stats.avg_trade_pct).toBeCloseTo(4 / 6, 12)
  })

  it('take a trade that came out even as neither', () => {
    const stats = statsOf(days(10), hour, { trades: [trade(1), trade(0), trade(1), trade(-1), trade(0), trade(-1)] })
    expect(stats).toMatchObject({ wins: 2, losses: 2, max_consecutive_wins: 1, max_consecutive_losses: 1 })
    expect(stats.win_rate_pct).toBeCloseTo(100 / 3, 12)
  })

  it('have no factor without losses, and no payoff without both', () => {
    expect(statsOf(days(9), hour, { trades: [trade(1)] })).toMatchObject({ profit_factor: null, payoff_ratio: null })
    expect(statsOf(days(9), hour, { trades: [trade(-1)] })).toMatchObject({ profit_factor: 0, payoff_ratio: null })
  })

  it('have SQN from ten trades on, where they differ', () => {
    const alternating = (n: number) => Array.from({ length: n }, (_, i) => trade(i % 2 === 0 ? 3 : -1))
    expect(statsOf(days(9), hour, { trades: alternating(9) }).sqn).toBeNull()
    expect(statsOf(days(9), hour, { trades: alternating(10) }).sqn).toBeCloseTo(Math.sqrt(10) / Math.sqrt(40 / 9), 12)
    expect(statsOf(days(9), hour, { trades: Array.from({ length: 10 }, () => trade(1)) }).sqn).toBeNull()
    expect(statsOf(days(9), hour, { trades: Array.from({ length: 10 }, () => trade(0.1)) }).sqn).toBeNull()
  })
})

it('agrees with the figures computed another way', () => {
  const input = fc.record({
    marks: fc.array(fc.integer({ min: 500, max: 2000 }), { minLength: 1, maxLength: 240 }),
    intervalHours: fc.constantFrom(1, 4, 6, 24),
    pnl: fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 30 }),
  })
  fc.assert(
    fc.property(input, ({ marks, intervalHours, pnl }) => {
      const interval = intervalHours * hour
      const stats = statsOf(marks, interval, { trades: pnl.map((amount) => trade(amount)) })

      const byDay = new Map(marks.map((mark, i) => [Math.floor((i * interval) / day), mark]))
      const daily = [1000, ...byDay.values()]
      const returns = daily.slice(1).map((value, i) => value / daily[i] - 1)
      const n = returns.length
      const sum = returns.reduce((a, b) => a + b, 0)
      const squares = returns.reduce((a, b) => a + b * b, 0)
      const deviation = Math.sqrt(Math.max(0, squares - (sum * sum) / n) / (n - 1))
      const falls = Math.sqrt(returns.filter((r) => r < 0).reduce((a, b) => a + b * b, 0) / n)
      const year = 19.1049731745428
      expectFigure(stats.sharpe, n < 20 || deviation < 1e-9 ? null : (sum / n / deviation) * year)
      expectFigure(stats.sortino, n < 20 || falls === 0 ? null : (sum / n / falls) * year)
      expectFigure(stats.volatility_pct, n < 20 ? null : deviation * year * 100)

      const withStart = [1000, ...marks]
      const depths = withStart.map((value, i) => 1 - value / Math.max(...withStart.slice(0, i + 1)))
      expectFigure(stats.max_drawdown_pct, Math.max(...depths) * 100)
      const compounded = stats.monthly_returns.reduce((total, { return_pct }) => total * (1 + return_pct / 100), 1)
      expectFigure(stats.total_return_pct, (compounded - 1) * 100)

      const won = pnl.filter((amount) => amount > 0)
      const lost = pnl.filter((amount) => amount < 0)
      const total = pnl.reduce((a, b) => a + b, 0)
      const gross = pnl.reduce((a, b) => a + Math.abs(b), 0)
      expectFigure(stats.profit_factor, lost.length === 0 ? null : (gross + total) / (gross - total))
      expectFigure(stats.expectancy, pnl.length === 0 ? null : total / pnl.length)
      const streaks = (test: RegExp) =>
        Math.max(
          0,
          ...[
            ...pnl
              .map((p) => (p > 0 ? 'w' : p < 0 ? 'l' : '.'))
              .join('')
              .matchAll(test),
          ].map(([run]) => run.length),
        )
      expect([stats.max_consecutive_wins, stats.max_consecutive_losses]).toEqual([streaks(/w+/g), streaks(/l+/g)])
      expect([stats.wins, stats.losses]).toEqual([won.length, lost.length])
      for (const figure of Object.values(stats)) expect(figure).not.toBeNaN()
    }),
    { numRuns: 500 },
  )
})

function expectFigure(actual: number | null, expected: number | null): void {
  if (actual === null || expected === null) expect(actual).toBe(expected)
  else expect(Math.abs(actual - expected)).toBeLessThan(1e-7 * Math.max(1, Math.abs(expected)))
}
