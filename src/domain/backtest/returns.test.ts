import { describe, expect, it } from 'vitest'
import { dailyEquity, monthlyReturns, simpleReturns } from './returns.js'

const hour = 3_600_000
const day = 24 * hour
const firstOf2022 = Date.UTC(2022, 0, 1)

const series = (from: number, interval: number, equity: number[]) => ({
  ts: Float64Array.from(equity, (_, i) => from + i * interval),
  equity: Float64Array.from(equity),
})

describe('daily equity', () => {
  it('is the last mark of each UTC day, a close at midnight being of the day that it ends', () => {
    const marks = series(firstOf2022 + 12 * hour, 6 * hour, [1, 2, 3, 4, 5, 6, 7])
    expect(dailyEquity(marks, 6 * hour)).toEqual({ firstDay: firstOf2022 / day, equity: Float64Array.of(2, 6, 7) })
  })

  it('counts a bar that crosses midnight on the day of its close', () => {
    const marks = series(firstOf2022 + 22 * hour, 4 * hour, [1, 2])
    expect(dailyEquity(marks, 4 * hour)).toEqual({ firstDay: firstOf2022 / day + 1, equity: Float64Array.of(2) })
  })

  it('keeps the equity over days without a mark', () => {
    const { ts, equity } = series(firstOf2022, day, [1, 2, 3])
    const gap = Float64Array.of(ts[0], ts[1] + 2 * day, ts[2] + 2 * day)
    expect([...dailyEquity({ ts: gap, equity }, day).equity]).toEqual([1, 1, 1, 2, 3])
    expect([...dailyEquity(series(firstOf2022, 3 * day, [1, 2]), 3 * day).equity]).toEqual([1, 1, 1, 2])
  })
})

it('takes the first return from the start', () => {
  expect([...simpleReturns(Float64Array.of(110, 99), 100)]).toEqual([110 / 100 - 1, 99 / 110 - 1])
})

it('takes monthly returns from month end to month end', () => {
  const equity = Array.from({ length: 31 + 28 + 2 }, (_, i) => (i < 31 ? 110 : i < 59 ? 99 : 198))
  const daily = dailyEquity(series(firstOf2022, day, equity), day)
  expect(
    monthlyReturns(daily, 100).map(({ month, return_pct }) => [month, Math.round(return_pct * 1e9) / 1e9]),
  ).toEqual([
    ['2022-01', 10],
    ['2022-02', -10],
    ['2022-03', 100],
  ])
})

describe('after ruin', () => {
  it('there are no returns, for there is nothing to take them of', () => {
    expect([...simpleReturns(Float64Array.of(50, 0, 0, 0), 100)]).toEqual([-0.5, -1])
  })

  it('there are no months', () => {
    const equity = Array.from({ length: 31 + 28 + 31 }, (_, i) => (i < 31 ? 110 : i < 50 ? 55 : 0))
    const daily = dailyEquity(series(firstOf2022, day, equity), day)
    expect(monthlyReturns(daily, 100).map(({ month, return_pct }) => [month, Math.round(return_pct)])).toEqual([
      ['2022-01', 10],
      ['2022-02', -100],
    ])
  })
})
