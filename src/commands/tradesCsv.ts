import type { Trade } from '../domain/backtest/result.js'

/** A line for each trade, with the names of the JSON and its times a second time to be read (ISO 8601, UTC). */
export function tradesCsv(trades: readonly Trade[]): string {
  const rows = trades.map(({ side, entry_ts, entry_price, exit_ts, exit_price, exit_reason, ...figures }, i) => ({
    number: i + 1,
    side,
    entry_ts,
    entry_time: new Date(entry_ts).toISOString(),
    entry_price,
    exit_ts,
    exit_time: new Date(exit_ts).toISOString(),
    exit_price,
    ...figures,
    exit_reason,
  }))
  if (rows.length === 0) return ''
  const lines = [Object.keys(rows[0]), ...rows.map((row) => Object.values(row))]
  return `${lines.map((cells) => cells.join(',')).join('\n')}\n`
}
