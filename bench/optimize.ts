import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { parseSpace } from '../src/domain/backtest/optimize/parseSpace.js'
import { gridPoint } from '../src/domain/backtest/optimize/space.js'
import type { TuningSetup } from '../src/domain/backtest/optimize/tryPoint.js'
import { sliceCandles } from '../src/domain/candles.js'
import { parseStrategyText } from '../src/domain/strategy/strategyText.js'
import { defaultCosts, noFunding } from '../src/services/prepareBacktest.js'
import { createTuningPool } from '../src/services/tuning.js'
import { median, type Options, say, sayTable, show, type Verdicts } from './harness.js'
import { benchCandles, exactBenchCandles } from './market.js'
import { takeOrders } from './orders.js'
import { buildC, writeColumns } from './plainC.js'

const searchedBars = 35_040
/** Built with the program: the house reads words and migrations from where it stands. */
const built = new URL('../../', import.meta.url)
const workerFile = new URL('services/tuningWorker.js', built)
/** Points that a thread is given at once. */
const chunk = 50
const callsInC = 15

/** 1,000 two-average crosses on one thread and on two, and how long a chat waits while a search runs. */
export async function optimize(options: Options, verdicts: Verdicts): Promise<void> {
  const { bars, rounds, clock } = options
  const setup = crossSetup(bars)
  const proposals = Array.from({ length: 1000 }, (_, index) => ({ index, point: gridPoint(setup.dimensions, index) }))
  const times = new Map<number, number[]>([
    [1, []],
    [2, []],
  ])
  const pools = new Map([1, 2].map((threads) => [threads, createTuningPool({ threads, workerFile })]))
  const folder = mkdtempSync(join(tmpdir(), 'candlechat-bench-'))
  const whole = wholeInC(options, folder)
  const c: number[] = []
  for (let round = 0; round <= rounds; round++) {
    for (const [threads, pool] of pools) {
      // A new bench: columns of the round before are of no use to it.
      const tryPoints = pool.bench(setup)
      const chunks = Array.from({ length: proposals.length / chunk }, (_, k) =>
        proposals.slice(k * chunk, (k + 1) * chunk),
      )
      const start = clock === 'cpu' && threads === 1 ? cpuMs() : performance.now()
      await Promise.all(chunks.map((some) => tryPoints(some, new AbortController().signal)))
      const end = clock === 'cpu' && threads === 1 ? cpuMs() : performance.now()
      // The first round warms up.
      if (round > 0) times.get(threads)?.push(end - start)
    }
    if (round > 0 && whole) c.push(await whole.ms())
  }
  for (const pool of pools.values()) await pool.close()
  whole?.end()
  rmSync(folder, { recursive: true })
  const one = median(times.get(1) ?? [])
  const two = median(times.get(2) ?? [])
  const inC = c.length > 0 ? median(c) : null
  const answers = await answerTimes()
  const worst = Math.max(...answers)
  sayTable(
    ['what', 'ms', 'bound', ''],
    [
      ['one whole backtest in C', inC === null ? 'no compiler' : show(inC), '', ''],
      ['1,000 points, one thread', show(one), '', ''],
      ...(inC === null
        ? []
        : [['  times C', show(one / inC), '50', verdicts.atMost('1,000 points over one C backtest', one / inC, 50)]]),
      ['1,000 points, two threads', show(two), '', ''],
      ...(clock === 'wall'
        ? [['  times faster', show(one / two), '1.8', verdicts.atLeast('two threads over one', one / two, 1.8)]]
        : []),
      ['/help while a search runs, median', show(median(answers)), '', ''],
      [`  longest of ${answers.length}`, show(worst), '200', verdicts.atMost('ms of an answer', worst, 200)],
    ],
  )
  say('Two threads are only faster where two cores are free.')
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

function crossSetup(bars: number): TuningSetup {
  const read = parseStrategyText('name: cross\nbar: 15m\nbuy: MA(5, 20) golden_cross\nsell: MA(5, 20) death_cross')
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  const space = parseSpace('MA.fast=5..29; MA.slow=40..235 step 5', read.strategy)
  if ('problems' in space) throw new Error(JSON.stringify(space.problems))
  const count = Math.min(bars, searchedBars)
  return {
    bed: {
      instId: 'BTC-USDT',
      bar: '1m',
      candles: sliceCandles(benchCandles(count), 0, count),
      fromTs: 0,
      costs: defaultCosts('BTC-USDT'),
      sizeRules: null,
      fundingRates: noFunding,
      detail: null,
    },
    strategy: { ...read.strategy, bar: '1m' },
    dimensions: space.dimensions,
    objective: 'robust',
    constraints: [],
  }
}

/** Gives the median ms of whole backtests in C, of all the bars; null where there is no compiler. */
function wholeInC({ bars, clock }: Options, folder: string): { ms(): Promise<number>; end(): void } | null {
  const built = buildC(['backtest'], folder)
  if (!built) return null
  const file = join(folder, 'candles')
  writeColumns(file, exactBenchCandles(bars))
  const program = takeOrders(built.program, [file, String(bars), clock], 'kept')
  return {
    ms: async () => median((await program.ask(`times two-averages ${callsInC}`)).split(' ').map(Number)),
    end: program.end,
  }
}

/** The ms of each `/help`, asked one after the other as long as a search over a year of 15m candles runs. */
async function answerTimes(): Promise<number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'candlechat-bench-'))
  const { openHouse }: typeof import('../src/house.js') = await import(new URL('house.js', built).href)
  const house = await openHouse({
    config: {
      mode: 'simulated',
      seed: 'bench',
      locale: 'en',
      timeZone: 'UTC',
      okxBaseUrl: '',
      dataDir: folder,
      secret: null,
      oldSecret: null,
      candleFile: join(folder, 'candles.db'),
      databaseUrl: `file:${join(folder, 'records.db')}`,
      databaseAuthToken: null,
    },
    allow: () => true,
    charts: { render: async () => Buffer.alloc(0) },
    clock: Date.now,
    logger: pino({ level: 'silent' }),
  })
  const contact = { platform: 'terminal', platformUserId: 'bench' }
  const ask = (text: string, onProgress = () => {}) =>
    house.dispatch.handle({ deliveryKey: null, contact, input: { kind: 'text', text } }, { progress: onProgress })
  try {
    await ask('/candles btc 15m 1y')
    await ask('/help')
    let isOver = false
    let hasBegun = () => {}
    const begun = new Promise<void>((resolve) => {
      hasBegun = resolve
    })
    const search = ask('/optimize ma-cross btc 15m 1y search=tpe trials=1000 MA.fast=3..60; MA.slow=20..300', () =>
      hasBegun(),
    ).finally(() => {
      isOver = true
    })
    await Promise.race([begun, search])
    const times: number[] = []
    while (!isOver) {
      const start = performance.now()
      await ask('/help')
      times.push(performance.now() - start)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    return times
  } finally {
    await house.close()
    rmSync(folder, { recursive: true })
  }
}
