import { lowerBound } from '../candles.js'
import type { Stats } from './result.js'

const dayMs = 86_400_000

/** Equity marked at the close of bars that open at `ts` (epoch ms). */
export interface Marks {
  ts: Float64Array
  equity: Float64Array
  startEquity: number
}

/** Equity at the end of each UTC day from `firstDay` (days since 1970) on. */
export interface DailyEquity {
  firstDay: number
  equity: Float64Array
}

/**
 * The last mark of each UTC day, from the day of the first mark to that of the last; partial days count. A close at
 * midnight belongs to the day that it ends. A day without a mark (a gap, bars longer than a day) keeps the equity
 * before it.
 */
export function dailyEquity({ ts, equity }: Omit<Marks, 'startEquity'>, intervalMs: number): DailyEquity {
  const dayOf = (i: number) => Math.floor((ts[i] + intervalMs - 1) / dayMs)
  const firstDay = dayOf(0)
  const daily = new Float64Array(dayOf(ts.length - 1) - firstDay + 1)
  for (let day = 0; day < daily.length; day++) {
    // The first mark after the day's end: bars that open after the last one that closes by then.
    const next = lowerBound(ts, (firstDay + day + 1) * dayMs - intervalMs + 1)
    daily[day] = equity[next - 1]
  }
  return { firstDay, equity: daily }
}

/** Each value over the one before it, less 1; the first over `start`. There is none over nothing: they end with the first 0. */
export function simpleReturns(values: Float64Array, start: number): Float64Array {
  const ruin = values.indexOf(0)
  const lasting = ruin < 0 ? values : values.subarray(0, ruin + 1)
  return lasting.map((value, i) => value / (i === 0 ? start : values[i - 1]) - 1)
}

/**
 * Return of each UTC calendar month (`2022-01`), percent, from the last equity of the month before it. A month that begins
 * with nothing has none, so that they end with the month of ruin.
 */
export function monthlyReturns({ firstDay, equity }: DailyEquity, startEquity: number): Stats['monthly_returns'] {
  const months: Stats['monthly_returns'] = []
  let before = startEquity
  for (let day = 0; day < equity.length && before > 0; ) {
    const date = new Date((firstDay + day) * dayMs)
    const nextMonth = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1) / dayMs - firstDay
    const last = Math.min(nextMonth, equity.length) - 1
    months.push({ month: date.toISOString().slice(0, 7), return_pct: (equity[last] / before - 1) * 100 })
    before = equity[last]
    day = last + 1
  }
  return months
}
