import { describe, expect, it } from 'vitest'
import { statsWith } from '../../../testing/statsFixture.js'
import { Random } from '../../random.js'
import { findDrawdown } from '../drawdown.js'
import type { Dimension } from './space.js'
import { reportWalkForward, stabilityOf, stitchMarks, type WalkResult } from './walkForwardReport.js'

const dayMs = 86_400_000
const yearMs = 365 * dayMs

const period: Dimension = { name: 'RSI.period', places: [], kind: 'ordered', values: [7, 14, 21] }
const type: Dimension = { name: 'MA.type', places: [], kind: 'unordered', values: ['SMA', 'EMA'] }

/** Window k: two years to choose in, one to trade in; returns in percent, null where nothing was chosen. */
function result(k: number, point: number[] | null, inSample: number, outOfSample: number): WalkResult {
  const start = k * yearMs
  return {
    inSample: { fromTs: start, toTs: start + 2 * yearMs },
    outOfSample: { fromTs: start + 2 * yearMs, toTs: start + 3 * yearMs },
    point,
    inSampleStats: point && statsWith({ total_return_pct: inSample, max_drawdown_pct: 5, trades: 40 }),
    outOfSampleStats: point && statsWith({ total_return_pct: outOfSample, max_drawdown_pct: 10 + k, trades: 20 }),
  }
}

describe('a walk-forward report', () => {
  const report = reportWalkForward(
    [period, type],
    [result(0, [0, 0], 44, 10), result(1, [1, 0], 21, -10), result(2, null, 0, 0), result(3, [1, 0], 21, 20)],
  )

  it('stitches the out-of-sample windows', () => {
    expect(report.return_pct).toBeCloseTo((1.1 * 0.9 * 1 * 1.2 - 1) * 100, 9)
    expect(report.cagr_pct).toBeCloseTo(((1.1 * 0.9 * 1.2) ** (1 / 4) - 1) * 100, 9)
    expect(report).toMatchObject({
      trades: 60,
      profitable_windows: 2,
      worst_window_pct: -10,
      worst_drawdown_pct: 13,
    })
  })

  it('compares growth a year, out-of-sample with in-sample', () => {
    const outOfSample = Math.log(1.1 * 0.9 * 1.2) / 4
    const inSample = Math.log(1.44 * 1.21 * 1.21) / 8
    expect(report.efficiency).toBeCloseTo(outOfSample / inSample, 9)
  })

  it('has no efficiency where nothing grew in-sample, and no yearly figure of a few days', () => {
    const short = { ...result(0, [0, 0], -3, 1), outOfSample: { fromTs: 2 * yearMs, toTs: 2 * yearMs + 29 * dayMs } }
    expect(reportWalkForward([period, type], [short])).toMatchObject({
      efficiency: null,
      cagr_pct: null,
      stability: null,
    })
  })

  it('lists what was chosen, and what came of it', () => {
    expect(report.windows[1]).toEqual({
      values: { 'RSI.period': 14, 'MA.type': 'SMA' },
      in_sample: { from_ts: yearMs, to_ts: 3 * yearMs, return_pct: 21, max_drawdown_pct: 5, trades: 40 },
      out_of_sample: { from_ts: 3 * yearMs, to_ts: 4 * yearMs, return_pct: -10, max_drawdown_pct: 11, trades: 20 },
    })
    expect(report.windows[2]).toMatchObject({ values: null, out_of_sample: { return_pct: 0, trades: 0 } })
  })

  it('says how steady the choice was', () => {
    // 7 14 14: moved half the length once in two steps; drawn at random it would move 4/9 each time
    expect(report.stability_by_name['RSI.period']).toBeCloseTo(1 - 0.25 / (4 / 9), 9)
    expect(report.stability_by_name['MA.type']).toBe(1)
    expect(report.stability).toBeCloseTo((1 - 0.25 / (4 / 9) + 1) / 2, 9)
  })
})

describe('stability', () => {
  const continuous: Dimension = { name: 'stop_loss_pct', places: [], kind: 'continuous', min: 1, max: 5 }

  it('is 1 for what never changes, under 0 for what jumps from end to end, null for what cannot change', () => {
    expect(stabilityOf(period, [2, 2, 2])).toBe(1)
    expect(stabilityOf(period, [0, 2, 0, 2])).toBeLessThan(0)
    expect(stabilityOf(period, [1])).toBeNull()
    expect(stabilityOf({ ...period, values: [7] }, [0, 0, 0])).toBeNull()
  })

  it.each([
    ['ordered', period, (random: Random) => random.below(3)],
    ['unordered', type, (random: Random) => random.below(2)],
    ['continuous', continuous, (random: Random) => 1 + 4 * random.uniform()],
  ] as const)('is about 0 for choices at random: %s', (_, dimension, draw) => {
    const random = new Random('stability')
    const drawn = Array.from({ length: 20_000 }, () => draw(random))
    expect(Math.abs(stabilityOf(dimension, drawn) ?? 1)).toBeLessThan(0.03)
  })
})

describe('stitched equity', () => {
  it('goes on from window to window, and shows a fall that lasts over both', () => {
    const whole = stitchMarks([
      { ts: Float64Array.of(1, 2), equity: Float64Array.of(1200, 1080), startEquity: 1000 },
      { ts: Float64Array.of(3, 4), equity: Float64Array.of(900, 1000), startEquity: 1000 },
    ])
    expect(whole.startEquity).toBe(1000)
    expect([...whole.ts]).toEqual([1, 2, 3, 4])
    expect([...whole.equity]).toEqual([1200, 1080, 972, 1080].map((x) => expect.closeTo(x, 9)))
    expect(findDrawdown(whole).depth).toBeCloseTo(1 - 972 / 1200, 9)
  })
})
