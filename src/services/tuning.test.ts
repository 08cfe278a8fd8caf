import { afterAll, expect, it } from 'vitest'
import { parseSpace } from '../domain/backtest/optimize/parseSpace.js'
import { gridPoint } from '../domain/backtest/optimize/space.js'
import type { TuningSetup } from '../domain/backtest/optimize/tryPoint.js'
import { sliceCandles } from '../domain/candles.js'
import { templates } from '../domain/strategy/templates.js'
import { builtWorker } from '../testing/built.js'
import { walkCandles } from '../testing/candleSeries.js'
import { defaultCosts, noFunding } from './prepareBacktest.js'
import { createInlineTuning, createTuningPool } from './tuning.js'

const pool = createTuningPool({ threads: 2, workerFile: builtWorker })
afterAll(() => pool.close())

const strategy = templates.find(({ name }) => name === 'ma-cross') ?? expect.fail('no ma-cross')
const space = parseSpace('MA.fast=2..11; MA.slow=5..50 step 5', strategy)
const dimensions = 'dimensions' in space ? space.dimensions : expect.fail('no space')
const candles = walkCandles(5000, 3)

function setupOf(bars: typeof candles): TuningSetup {
  return {
    bed: {
      instId: 'BTC-USDT',
      bar: '1m',
      candles: bars,
      fromTs: bars.ts[100] ?? 0,
      costs: defaultCosts('BTC-USDT'),
      sizeRules: null,
      fundingRates: noFunding,
      detail: null,
    },
    strategy: { ...strategy, bar: '1m' },
    dimensions,
    objective: 'robust',
    constraints: [],
  }
}

const proposals = Array.from({ length: 100 }, (_, index) => ({ index, point: gridPoint(dimensions, index) }))
const signal = new AbortController().signal

it('gives from its threads what is computed here', async () => {
  const setup = setupOf(candles)
  const inline = createInlineTuning()
  const expected = await inline.bench(setup)(proposals, signal)
  const tryPoints = pool.bench(setup)
  const halves = await Promise.all([tryPoints(proposals.slice(0, 50), signal), tryPoints(proposals.slice(50), signal)])
  expect(halves.flat()).toEqual(expected)
  expect(expected.some(({ score }) => score !== null)).toBe(true)

  const plan = { method: 'tpe', dimensions, budget: 120, seed: 7, batch: 8 } as const
  expect(await pool.propose(plan, expected.slice(0, 16), signal)).toEqual(
    await inline.propose(plan, expected.slice(0, 16), signal),
  )
  expect(await pool.findPlateau(plan, expected, signal)).toEqual(await inline.findPlateau(plan, expected, signal))
})

it('stops at once when it is cancelled, and works on', async () => {
  const abort = new AbortController()
  const endless = Array.from({ length: 20_000 }, (_, i) => proposals[i % 100])
  const tried = pool.bench(setupOf(candles))(endless, abort.signal)
  setImmediate(() => abort.abort(new Error('enough')))
  await expect(tried).rejects.toThrow('enough')
  expect(await pool.bench(setupOf(candles))(proposals.slice(0, 1), signal)).toHaveLength(1)
})

it('fails where its threads cannot start', async () => {
  const broken = createTuningPool({ threads: 1, workerFile: new URL('nowhere.js', import.meta.url) })
  await expect(broken.bench(setupOf(candles))(proposals.slice(0, 1), signal)).rejects.toThrow()
  await broken.close()
})

it('refuses with the line that the thread gave', async () => {
  const none = sliceCandles(candles, 0, 0)
  await expect(pool.bench(setupOf(none))(proposals.slice(0, 1), signal)).rejects.toThrow('error-backtest-no-candles')
})
