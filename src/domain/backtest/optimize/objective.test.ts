import { describe, expect, it } from 'vitest'
import { statsWith } from '../../../testing/statsFixture.js'
import { objectiveNames, objectiveOf } from './objective.js'

const robust = (final_equity: number, max_drawdown_pct: number, trades: number) =>
  objectiveOf('robust', statsWith({ final_equity, max_drawdown_pct, trades })) ?? Number.NaN

describe('the robust objective', () => {
  it.each([
    // 100 (ln 2 x 30/60 + ln 0.8)
    [2000, 20, 30, 12.34302],
    // 100 (ln 1.3 x 60/90 + ln 0.9)
    [1300, 10, 60, 6.955],
    // 100 (ln 0.5 + ln 0.5), however few the trades
    [500, 50, 1, -138.6294],
    // 100 (ln 0.01 + ln 0.01): ruin is counted to a hundredth
    [0, 100, 5, -921.034],
  ])('of 1000 -> %d with a drawdown of %d %% over %d trades is %d', (final, drawdown, trades, expected) => {
    expect(robust(final, drawdown, trades)).toBeCloseTo(expected, 3)
  })

  it('prefers many trades, small drawdowns, and steady gains to one lucky one', () => {
    expect(robust(1500, 10, 100)).toBeGreaterThan(robust(1500, 10, 20))
    expect(robust(1500, 10, 50)).toBeGreaterThan(robust(1500, 20, 50))
    expect(robust(1300, 10, 60)).toBeGreaterThan(robust(2000, 0, 1))
  })
})

describe('objectives', () => {
  it('are the figures that they are named for, more being better', () => {
    const stats = statsWith({
      total_return_pct: 1,
      cagr_pct: 2,
      sharpe: 3,
      sortino: 4,
      calmar: 5,
      profit_factor: 6,
      sqn: 7,
      expectancy: 8,
      win_rate_pct: 9,
      max_drawdown_pct: 10,
    })
    const values = Object.fromEntries(objectiveNames.map((name) => [name, objectiveOf(name, stats)]))
    expect(values).toMatchObject({
      return: 1,
      cagr: 2,
      sharpe: 3,
      sortino: 4,
      calmar: 5,
      profit_factor: 6,
      sqn: 7,
      expectancy: 8,
      win_rate: 9,
      drawdown: -10,
    })
    expect(objectiveNames[0]).toBe('robust')
  })

  it('are null where the figure is, and without trades', () => {
    expect(objectiveOf('sharpe', statsWith({ sharpe: null }))).toBeNull()
    for (const name of objectiveNames) expect(objectiveOf(name, statsWith({ trades: 0, sharpe: 1 }))).toBeNull()
  })
})
