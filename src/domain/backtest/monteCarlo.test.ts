import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random } from '../random.js'
import { growthOf, type MonteCarloInput, monteCarlo, tradeReturns } from './monteCarlo.js'

const inputWith = (change: Partial<MonteCarloInput>): MonteCarloInput => ({
  pnl: [100, -50],
  startEquity: 1000,
  growth: 'fixed',
  method: 'shuffle',
  runs: 1000,
  seed: 1,
  ...change,
})

function run(change: Partial<MonteCarloInput>) {
  const result = monteCarlo(inputWith(change))
  if (!result) throw new Error('no trades')
  return result
}

/** Normal numbers with this mean and deviation. */
function normals(count: number, mean: number, deviation: number): number[] {
  const random = new Random('normals')
  return Array.from({ length: count }, () => mean + deviation * random.normal())
}

it('lists what each run came to, from the least to the most', () => {
  const { distribution, final_equity, max_drawdown_pct } = run({
    method: 'bootstrap',
    pnl: [100, -50, 30, 10],
    runs: 101,
  })
  for (const [values, bands] of [
    [distribution.final_equity, final_equity],
    [distribution.max_drawdown_pct, max_drawdown_pct],
  ] as const) {
    expect(values).toHaveLength(101)
    expect(values).toEqual(values.toSorted((a, b) => a - b))
    expect([values[5], values[50], values[95]]).toEqual([bands.p5, bands.p50, bands.p95])
  }
})

describe('a shuffle', () => {
  it('meets each order as often as another', () => {
    // 1100 then 1050, or 950 then 1050
    const { max_drawdown_pct, final_equity, equity } = run({})
    expect(max_drawdown_pct).toMatchObject({ p5: expect.closeTo(100 * (50 / 1100), 9), p95: expect.closeTo(5, 9) })
    expect(final_equity).toEqual({ p5: 1050, p25: 1050, p50: 1050, p75: 1050, p95: 1050 })
    expect(equity).toMatchObject({ trades: [0, 1, 2], p5: [1000, 950, 1050], p95: [1000, 1100, 1050] })
    // Lost on the way to half the start in the one order: -600 first.
    const { ruin_probability, loss_probability } = run({ pnl: [-600, 700], runs: 4000 })
    expect(ruin_probability).toBeGreaterThan(0.46)
    expect(ruin_probability).toBeLessThan(0.54)
    expect(loss_probability).toBe(0)
  })

  it('keeps the total, compounded or not', () => {
    const pnls = fc.array(fc.integer({ min: -90, max: 120 }), { minLength: 1, maxLength: 9 })
    fc.assert(
      fc.property(pnls, fc.constantFrom('fixed' as const, 'compounded' as const), fc.nat(), (pnl, growth, seed) => {
        const { final_equity, own } = run({ pnl, growth, seed, runs: 20 })
        const total = pnl.reduce((sum, amount) => sum + amount, 1000)
        for (const equity of [own.final_equity, ...Object.values(final_equity)]) expect(equity).toBeCloseTo(total, 6)
      }),
    )
  })

  it('has every permutation of three', () => {
    const firsts = new Set<number>()
    const seconds = new Set<number>()
    for (let seed = 0; seed < 60; seed++) {
      const { equity } = run({ pnl: [1, 10, 100], seed, runs: 1 })
      firsts.add(equity.p50[1] - 1000)
      seconds.add(equity.p50[2] - 1000)
    }
    expect([...firsts].sort((a, b) => a - b)).toEqual([1, 10, 100])
    expect([...seconds].sort((a, b) => a - b)).toEqual([11, 101, 110])
  })
})

describe('a bootstrap', () => {
  it('of single trades is spread as sums of independent draws are', () => {
    const pnl = normals(400, 2, 10)
    const { final_equity, own } = run({ pnl, method: 'bootstrap', blockLength: 1, runs: 4000 })
    const mean = pnl.reduce((sum, x) => sum + x, 0) / 400
    const deviation = Math.sqrt(pnl.reduce((sum, x) => sum + (x - mean) ** 2, 0)) // times sqrt(n) over sqrt(n)
    expect(Math.abs(final_equity.p50 - own.final_equity)).toBeLessThan(4 * ((1.25 * deviation) / Math.sqrt(4000)))
    expect((final_equity.p95 - final_equity.p50) / deviation).toBeCloseTo(1.645, 1)
    expect((final_equity.p75 - final_equity.p25) / deviation).toBeCloseTo(2 * 0.674, 1)
  })

  it('keeps streaks together in blocks', () => {
    const streaky = Array.from({ length: 400 }, (_, i) => (Math.floor(i / 20) % 2 === 0 ? 10 : -9))
    const spread = (blockLength: number) => {
      const { p5, p95 } = run({ pnl: streaky, method: 'bootstrap', blockLength, startEquity: 10_000 }).final_equity
      return p95 - p5
    }
    expect(spread(20)).toBeGreaterThan(2 * spread(1))
  })

  it('takes a trade as often as another, those at the end too', () => {
    const pnl = [0, 0, 0, 0, 0, 0, 0, -1000]
    const { loss_probability } = run({ pnl, method: 'bootstrap', blockLength: 3, runs: 4000 })
    // Blocks wrap around: three of 3, 3 and 2 trades out of 8 all miss the last one.
    expect(Math.abs(loss_probability - (1 - (5 / 8) * (5 / 8) * (6 / 8)))).toBeLessThan(0.03)
  })

  it('has blocks of the cube root of the number of trades unless told otherwise', () => {
    expect(run({ pnl: normals(1000, 0, 1), method: 'bootstrap', runs: 1 }).block_length).toBe(10)
    expect(run({ pnl: normals(30, 0, 1), method: 'bootstrap', runs: 1 }).block_length).toBe(4)
    expect(run({ method: 'bootstrap', blockLength: 9 }).block_length).toBe(2)
    expect(run({ method: 'shuffle' }).block_length).toBeNull()
  })
})

describe('trades', () => {
  it('compound where the size follows equity', () => {
    expect(['percent', 'risk', 'quote'].map((type) => growthOf({ type: type as 'percent', value: 1 }))).toEqual([
      'compounded',
      'compounded',
      'fixed',
    ])
    expect([...tradeReturns([100, -110, 99], 1000)]).toEqual([0.1, -0.1, 0.1].map((x) => expect.closeTo(x, 12)))
  })

  it('in their own order give the equity and drawdown that were', () => {
    for (const growth of ['fixed', 'compounded'] as const) {
      const { own } = run({ pnl: [200, -300, 500, -100], growth })
      expect(own.final_equity).toBeCloseTo(1300, 9)
      expect(own.max_drawdown_pct).toBeCloseTo(25, 9)
    }
  })

  it('end with the account: nothing is won back from nothing', () => {
    const { own, ruin_probability, loss_probability } = run({ pnl: [500, -1600, 5000], runs: 2000 })
    expect(own).toEqual({ final_equity: 0, max_drawdown_pct: 100 })
    expect(tradeReturns([500, -1500, 5000], 1000)).toEqual(Float64Array.of(0.5, -1, 0))
    // Ruined unless the large win comes before the loss: half of the orders.
    expect(ruin_probability).toBeCloseTo(0.5, 1)
    expect(loss_probability).toBe(ruin_probability)
  })

  it('that are none give nothing', () => {
    expect(monteCarlo(inputWith({ pnl: [] }))).toBeNull()
  })
})

describe('a result', () => {
  const result = run({ pnl: normals(1234, 1, 20), growth: 'compounded', method: 'bootstrap', runs: 200, ruinPct: 30 })

  it('is the same for a seed, another for another, and plain data', () => {
    const again = {
      pnl: normals(1234, 1, 20),
      growth: 'compounded',
      method: 'bootstrap',
      runs: 200,
      ruinPct: 30,
    } as const
    expect(run(again)).toEqual(result)
    expect(run({ ...again, seed: 2 })).not.toEqual({ ...result, seed: 2 })
    expect(JSON.parse(JSON.stringify(result))).toEqual(result)
  })

  it('has bands in order, at 101 places from the start to the last trade', () => {
    const { equity, final_equity } = result
    expect(equity.trades).toHaveLength(101)
    expect([equity.trades[0], equity.trades[50], equity.trades[100]]).toEqual([0, 617, 1234])
    equity.trades.forEach((_, p) => {
      const bands = [equity.p5[p], equity.p25[p], equity.p50[p], equity.p75[p], equity.p95[p]]
      expect(bands).toEqual(bands.toSorted((a, b) => a - b))
    })
    expect(equity.p95[0]).toBe(1000)
    expect(equity.p5[100]).toBe(final_equity.p5)
  })

  it('interpolates percentiles', () => {
    // Between two runs, the lower of them at 0 and the higher at 1.
    const { p5, p25, p50 } = run({ pnl: normals(50, 0, 9), method: 'bootstrap', runs: 2 }).final_equity
    expect((p25 - p5) / (p50 - p5)).toBeCloseTo(0.2 / 0.45, 9)
  })
})
