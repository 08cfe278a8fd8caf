import type { Stats } from '../domain/backtest/result.js'

/** Figures of a result of which a test says only those that matter to it; others are missing. */
export function statsWith(change: Partial<Stats>): Stats {
  return {
    start_equity: 1000,
    final_equity: 1000,
    total_return_pct: 0,
    max_drawdown_pct: 0,
    trades: 1,
    ...change,
  } as Stats
}
