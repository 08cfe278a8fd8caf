import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { changeStrategy } from '../domain/strategy/strategyText.js'
import { openStore, type Store } from '../store/openStore.js'
import { createBacktests } from './backtests.js'
import { computeBacktest } from './computeBacktest.js'
import { type Market, openMarket } from './openMarket.js'
import type { SearchOrder } from './optimizationPlan.js'
import { createOptimizations, type OptimizationOrder } from './optimizations.js'
import { createStrategies } from './strategies.js'
import { createInlineTuning, type Tuning } from './tuning.js'
import type { Work } from './work.js'

const logger = pino({ level: 'silent' })
const now = Date.parse('2024-03-05T10:00:30Z')
const dayMs = 86_400_000

let dir: string
let store: Store
let market: Market
let userId: number

const openRecords = () => openStore({ databaseUrl: `file:${join(dir, 'records.db')}`, logger })

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'optimizations-'))
  store = await openRecords()
  market = await openMarket({
    mode: 'simulated',
    seed: 'test',
    okxBaseUrl: '',
    candleFile: join(dir, 'candles.db'),
    clock: () => now,
    logger,
  })
  userId = (await store.users.findOrCreate({ platform: 'terminal', platformUserId: 'a', locale: 'en' })).id
})

afterEach(async () => {
  await market.close()
  await store.close()
})

function open(tuning: Tuning = createInlineTuning(), records = store, marketData = market.marketData) {
  const strategies = createStrategies(records.strategies)
  const backtests = createBacktests({
    store: records.backtests,
    marketData,
    compute: computeBacktest,
    clock: () => now,
  })
  return createOptimizations({
    store: records.optimizations,
    marketData,
    strategies,
    backtests,
    tuning,
    clock: () => now,
  })
}

const work = (signal = new AbortController().signal): Work => ({ progress: () => {}, signal })

async function order(search: SearchOrder): Promise<OptimizationOrder> {
  const strategy = await createStrategies(store.strategies).find(userId, 'ma-cross')
  return { userId, strategy, bar: '30m', fromTs: now - 60 * dayMs, toTs: now, search }
}

const grid: SearchOrder = { space: 'MA.fast=4..10 step 2; MA.slow=10..30 step 5; stop=2,4' }

/** One that answers so many calls and then falls silent, as a killed process does; `ended` is when. */
function endsAfter(calls: number): { tuning: Tuning; ended: Promise<void> } {
  const inline = createInlineTuning()
  let end = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  const tuning: Tuning = {
    ...inline,
    bench(setup) {
      const tryPoints = inline.bench(setup)
      return async (proposals, signal) => {
        if (calls-- > 0) return tryPoints(proposals, signal)
        end()
        return new Promise(() => {})
      }
    },
  }
  return { tuning, ended }
}

/** Work enough for it not to be done inline: what is passed in as the pool does it. */
const longRange = { fromTs: now - 600 * dayMs, toTs: now }

it('tries every point, and its figures are those of a backtest', async () => {
  const optimizations = open()
  const report = await optimizations.start(await order(grid), now, work())
  expect(report).toMatchObject({ status: 'done', tried: 40, planned: 40, walkForward: null })
  expect(report.trials.filter(({ figures }) => figures === null)).toHaveLength(2)
  const { peak } = report.peaks ?? expect.fail('no peak')
  expect(report.best[0].index).toBe(peak.index)
  const { report: backtest, values } = await optimizations.backtest(userId, report.id, peak.index, now, work())
  expect(backtest.result.stats).toMatchObject(peak.figures)
  expect(values).toEqual(peak.values)
  const own = await optimizations.backtest(userId, report.id, 0, now, work())
  expect(own.report.result.stats.total_return_pct).not.toBe(peak.figures.total_return_pct)
})

it('can be asked for later', async () => {
  const optimizations = open()
  const report = await optimizations.start(await order({ ...grid, windows: 3 }), now, work())
  expect(await optimizations.reopen(userId, report.id, work())).toEqual(report)
  expect(await optimizations.list(userId, 5)).toMatchObject([
    { id: report.id, status: 'done', tried: 160, planned: 160 },
  ])
  await expect(optimizations.reopen(userId + 1, report.id, work())).rejects.toThrow('error-optimization-unknown')
})

it('chooses in-sample, and trades what was chosen in the window after it', async () => {
  const { walkForward, plan } = await open().start(await order({ ...grid, windows: 3 }), now, work())
  const { windows, trades } = walkForward ?? expect.fail('no report')
  expect(windows).toHaveLength(3)
  expect(windows.map(({ out_of_sample }) => [out_of_sample.from_ts, out_of_sample.to_ts])).toEqual(
    plan.windows.map(({ outOfSample }) => [outOfSample.fromTs, outOfSample.toTs]),
  )
  expect(windows.every(({ in_sample, out_of_sample }) => in_sample.to_ts === out_of_sample.from_ts)).toBe(true)
  expect(trades).toBe(windows.reduce((sum, { out_of_sample }) => sum + out_of_sample.trades, 0))
  expect(trades).toBeGreaterThan(0)
  const { marketData } = market
  const backtests = createBacktests({ store: store.backtests, marketData, compute: computeBacktest, clock: () => now })
  for (const { values, in_sample, out_of_sample } of windows) {
    const asked = await order({})
    const text = `buy: MA(${values?.['MA.fast']}, ${values?.['MA.slow']}) golden_cross
      sell: MA(${values?.['MA.fast']}, ${values?.['MA.slow']}) death_cross\nstop: ${values?.stop_loss_pct}%`
    const changed = changeStrategy(asked.strategy.strategy, text)
    const strategy = 'strategy' in changed ? changed.strategy : expect.fail('not a strategy')
    for (const { from_ts: fromTs, to_ts: toTs, return_pct } of [in_sample, out_of_sample]) {
      const one = { ...asked, strategy: { ...asked.strategy, strategy }, fromTs, toTs }
      expect((await backtests.run(one, now, work())).result.stats.total_return_pct).toBe(return_pct)
    }
  }
})

it.each([
  ['grid', { ...grid, windows: 2 }, 5],
  ['tpe', { ...grid, method: 'tpe', trials: 40, windows: 2 }, 12],
] as const)('goes on after a kill to the same end: %s', async (_, search, calls) => {
  const asked = { ...(await order(search)), ...longRange }
  const whole = await open().start(asked, now, work())
  const killed = endsAfter(calls)
  void open(killed.tuning).start(asked, now, work())
  await killed.ended
  const records = await openRecords()
  const [{ tried: before }] = await records.optimizations.list(userId, 1)
  expect(before).toBeGreaterThan(0)
  expect(before).toBeLessThan(whole.tried)
  expect(await records.optimizations.stopInterrupted()).toBe(1)
  // What the exchange says meanwhile is nothing to a search that has begun.
  const knownInstrument = async () => expect.fail('the exchange was asked')
  const restarted = open(createInlineTuning(), records, { ...market.marketData, knownInstrument })
  const [{ id, status }] = await restarted.list(userId, 1)
  expect(status).toBe('stopped')
  const resumed = await restarted.resume(userId, id, work())
  const inOrder = (trials: typeof whole.trials) => trials.toSorted((a, b) => a.index - b.index)
  expect({ ...resumed, id: 0, trials: inOrder(resumed.trials) }).toEqual({
    ...whole,
    id: 0,
    trials: inOrder(whole.trials),
  })
  await expect(restarted.resume(userId, id, work())).rejects.toThrow('error-optimization-not-stopped')
  await records.close()
})

it('keeps what was found when it is cancelled, and says so', async () => {
  const abort = new AbortController()
  const telling: Work = {
    signal: abort.signal,
    progress: ({ key, fraction = 0 }) => {
      if (key === 'progress-optimize' && fraction > 0.3) abort.abort(new Error('enough'))
    },
  }
  const optimizations = open()
  const report = await optimizations.start({ ...(await order(grid)), ...longRange }, now, telling)
  expect(report.status).toBe('stopped')
  expect(report.trials.length).toBeGreaterThan(10)
  expect(report.trials.length).toBeLessThan(40)
  expect(await optimizations.resume(userId, report.id, work())).toMatchObject({ status: 'done', tried: 40 })
})

it('saves parameters as a version, of a ready-made strategy as a copy', async () => {
  const optimizations = open()
  const { id, peaks } = await optimizations.start(await order(grid), now, work())
  const { index, values } = peaks?.plateau ?? expect.fail('no plateau')
  const { strategy, version } = await optimizations.save(userId, id, index, now)
  expect({ name: strategy.name, version, bar: strategy.bar }).toEqual({ name: 'ma-cross-2', version: 1, bar: '1H' })
  const { params } = strategy.rules.buy_groups[0].conditions[0]
  expect(params).toMatchObject({ fast: values['MA.fast'], slow: values['MA.slow'] })
  expect(strategy.risk.stop_loss_pct).toBe(values.stop_loss_pct)

  const named = await createStrategies(store.strategies).find(userId, 'ma-cross-2')
  const own = await optimizations.start({ ...(await order(grid)), strategy: named }, now, work())
  const other = own.best.find((point) => point.index !== index) ?? expect.fail('only one point')
  expect(await optimizations.save(userId, own.id, other.index, now)).toMatchObject({
    strategy: { name: 'ma-cross-2' },
    version: 2,
  })
})

it.each([
  [
    { space: 'MA.fast=2..200; MA.slow=2..200', method: 'grid' },
    'error-optimize-too-many {"count":39601,"allowed":20000}',
  ],
  [{ space: 'stop=1..5', method: 'grid' }, 'error-space-no-grid'],
  [{ space: 'MA.fsat=1,2' }, 'error-space-unknown-name'],
  [{ constraints: 'traids>1' }, 'error-constraint-figure'],
] as const)('refuses %o before anything is recorded', async (search, message) => {
  const optimizations = open()
  await expect(optimizations.start(await order(search), now, work())).rejects.toThrow(message)
  expect(await optimizations.list(userId, 5)).toEqual([])
})
