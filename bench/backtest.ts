import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { backtest } from '../src/domain/backtest/backtest.js'
import { type RuleSet, requestOf, ruleSets, strategyTexts } from './backtestRows.js'
import { type Contestant, median, type Options, race, say, sayTable, show, type Verdicts } from './harness.js'
import { exactBenchCandles } from './market.js'
import { type Orders, takeOrders } from './orders.js'
import { buildC, writeColumns } from './plainC.js'

/** An order to `backtestProgram.ts`, as JSON: `run` leaves the integrity out, `memory` is one call of a new process. */
export interface BacktestOrder {
  what: 'run' | 'whole' | 'memory'
  name: RuleSet
  calls: number
  isUnseen: boolean
}

const mostTimesC = 3
/** A whole backtest is many loops. */
const warmCalls = 40
const mostIntegrity = 3
const years = 5
const mostTimesAYear = 5.5
const mostBytesABar = 300
const mostCommandSeconds = 1

/** Whole backtests against plain C, what vouches for them, five years, memory, and the command from its start. */
export async function backtestBench(options: Options, verdicts: Verdicts): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'candlechat-bench-'))
  try {
    await compareTimes(folder, options, verdicts)
    await compareYears(options, verdicts)
    await compareMemory(options, verdicts)
    timeCommand(folder, options, verdicts)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Own extends Pick<Orders, 'end'> {
  ask(order: Partial<BacktestOrder> & Pick<BacktestOrder, 'what' | 'name'>): Promise<string>
  timesOf(what: 'run' | 'whole', name: RuleSet, isUnseen?: boolean): Contestant
}

function startOwn({ bars, clock }: Options): Own {
  const program = fileURLToPath(new URL('backtestProgram.js', import.meta.url))
  const orders = takeOrders(process.execPath, ['--expose-gc', program, String(bars), clock], 'kept')
  const ask: Own['ask'] = (order) => orders.ask(JSON.stringify({ calls: 1, isUnseen: false, ...order }))
  return {
    ask,
    timesOf: (what, name, isUnseen = false) => ({
      run: async (calls) => JSON.parse(await ask({ what, name, calls, isUnseen })),
    }),
    end: orders.end,
  }
}

async function compareTimes(folder: string, options: Options, verdicts: Verdicts): Promise<void> {
  const { bars, rounds, clock } = options
  const built = buildC(['backtest'], folder)
  say(built ? `C: ${built.compiler}` : 'No C compiler: no ratios to C')
  const file = join(folder, 'candles')
  writeColumns(file, exactBenchCandles(bars))
  const c = built && takeOrders(built.program, [file, String(bars), clock], 'kept')
  const own = startOwn(options)
  const table: string[][] = []
  for (const name of ruleSets) {
    if (c) await compareTrades(c, name, folder, options, verdicts)
    const contestants: Record<string, Contestant> = {
      ours: own.timesOf('run', name),
      unseen: own.timesOf('run', name, true),
      whole: own.timesOf('whole', name),
    }
    if (c) contestants.c = { run: async (calls) => (await c.ask(`times ${name} ${calls}`)).split(' ').map(Number) }
    const ms = await race(contestants, options, warmCalls)
    const integrity = ms.whole - ms.ours
    const ratio = ms.ours / ms.c
    table.push([
      name,
      show(ms.ours),
      show(ms.unseen),
      ...(c ? [show(ms.c), show(ratio), String(mostTimesC), verdicts.atMost(`${name} / C`, ratio, mostTimesC)] : []),
      show(integrity),
      show(integrity / ms.ours),
      String(mostIntegrity),
      verdicts.atMost(`integrity of ${name} / its run`, integrity / ms.ours, mostIntegrity),
    ])
  }
  own.end()
  c?.end()
  say(`
Whole backtests: medians of ${rounds} rounds in ms, taking turns
  ours: signals, fills, equity, drawdown, statistics, without the integrity; unseen: on candles that nothing has used
  integrity: what a backtest takes longer with it`)
  const againstC = c ? ['C', 'ratio', 'bound', ''] : []
  sayTable(['rules', 'ours', 'unseen', ...againstC, 'integrity', '/ ours', 'bound', ''], table)
}

const mostDifference = 1e-9

/** The share of the larger by which two numbers differ. */
function differenceOf(a: number, b: number): number {
  return a === b ? 0 : Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b))
}

/** Every trade and the figures of both: a race of two that do not do the same would say nothing. */
async function compareTrades(c: Orders, name: RuleSet, folder: string, { bars }: Options, verdicts: Verdicts) {
  const path = join(folder, `${name}.trades`)
  const figures = (await c.ask(`trades ${name} ${path}`)).split(' ').map(Number)
  const theirs = new Float64Array(new Uint8Array(readFileSync(path)).buffer)
  const { trades, stats } = backtest(requestOf(name, exactBenchCandles(bars))).result
  const barOf = (ts: number) => ts / 60_000
  const ours = trades.flatMap((one) => [barOf(one.entry_ts), barOf(one.exit_ts), one.entry_price, one.exit_price])
  const { final_equity, max_drawdown_pct, sharpe, profit_factor } = stats
  const ourFigures = [final_equity, max_drawdown_pct / 100, sharpe ?? Number.NaN, profit_factor ?? Number.NaN]
  const all = [...ours, ...ourFigures]
  const difference =
    ours.length === theirs.length
      ? [...theirs, ...figures].reduce((most, value, k) => Math.max(most, differenceOf(all[k], value)), 0)
      : Number.POSITIVE_INFINITY
  const verdict = verdicts.atMost(`difference between ours and C's ${name}`, difference, mostDifference)
  say(
    `${name}: ${trades.length} trades here, ${theirs.length / 4} in C; final equity ${final_equity.toFixed(4)} and ` +
      `${figures[0].toFixed(4)}; trades, drawdown, Sharpe, profit factor to ${difference.toExponential(0)}: ${verdict}`,
  )
}

async function compareYears(options: Options, verdicts: Verdicts): Promise<void> {
  const one = startOwn(options)
  const five = startOwn({ ...options, bars: years * options.bars })
  const name = 'two-averages'
  const ms = await race({ one: one.timesOf('run', name), five: five.timesOf('run', name) }, options, warmCalls)
  one.end()
  five.end()
  const ratio = ms.five / ms.one
  say(`\n${years} years beside one, ${name}: medians of ${options.rounds} rounds in ms`)
  sayTable(
    ['', `${options.bars} bars`, `${years * options.bars} bars`, 'ratio', 'bound', ''],
    [
      [
        name,
        show(ms.one),
        show(ms.five),
        show(ratio),
        String(mostTimesAYear),
        verdicts.atMost(`${years} years / one`, ratio, mostTimesAYear),
      ],
    ],
  )
}

async function compareMemory(options: Options, verdicts: Verdicts): Promise<void> {
  const table: string[][] = []
  for (const name of ruleSets) {
    const peaks: number[] = []
    for (let round = 0; round < options.rounds; round++) {
      const own = startOwn(options)
      peaks.push(Number(await own.ask({ what: 'memory', name })))
      own.end()
    }
    const bytesABar = median(peaks) / options.bars
    const verdict = verdicts.atMost(`bytes a bar of ${name}`, bytesABar, mostBytesABar)
    table.push([name, show(bytesABar), String(mostBytesABar), verdict])
  }
  say(
    '\nMemory: the peak of a process over what it held before it had candles, the candles among it, integrity and all',
  )
  sayTable(['rules', 'bytes/bar', 'bound', ''], table)
}

const commandRuns = 3
const cli = fileURLToPath(new URL('../../cli.js', import.meta.url))
const windowStart = Date.UTC(2024, 0, 1)

/** The command over stored candles, from the start of its process to its end. */
function timeCommand(folder: string, { bars }: Options, verdicts: Verdicts): void {
  const data = join(folder, 'data')
  mkdirSync(data)
  const strategy = join(folder, 'two-averages.txt')
  writeFileSync(strategy, strategyTexts['two-averages'])
  const end = windowStart + bars * 60_000
  const window = (from: number) => ['--inst', 'BTC', '--bar', '1m', '--from', String(from), '--to', String(end)]
  // With days before the window, which the indicators begin with.
  runCommand(data, ['candles', 'download', ...window(windowStart - 3 * 86_400_000)])
  const runs = Array.from({ length: commandRuns }, () =>
    runCommand(data, ['backtest', '--strategy', strategy, ...window(windowStart)]),
  )
  const wall = median(runs.map((one) => one.wall))
  const cpu = median(runs.map((one) => one.cpu))
  say(
    `\ncli backtest over ${bars} stored candles, a process each: seconds from its start to its end, on the clock and of cpu`,
  )
  sayTable(
    ['', ...runs.map((_, k) => `run ${k + 1}`), 'median', 'cpu', 'bound', ''],
    [
      [
        'two-averages',
        ...runs.map((one) => show(one.wall)),
        show(wall),
        show(cpu),
        String(mostCommandSeconds),
        verdicts.atMost('seconds of cli backtest', wall, mostCommandSeconds),
      ],
    ],
  )
}

/** Seconds; a shell knows what its children computed. */
function runCommand(data: string, words: readonly string[]): { wall: number; cpu: number } {
  const env = { ...process.env, CANDLECHAT_MODE: 'simulated', CANDLECHAT_DATA_DIR: data, DATABASE_URL: '' }
  const script = '"$0" "$@" > /dev/null && times'
  const start = performance.now()
  const { stdout, stderr, status } = spawnSync('sh', ['-c', script, process.execPath, cli, ...words], {
    encoding: 'utf8',
    env,
  })
  const wall = (performance.now() - start) / 1000
  if (status !== 0) throw new Error(`cli ${words[0]} ended with ${status}: ${stderr}`)
  const times = stdout
    .trim()
    .split('\n')[1]
    .matchAll(/(\d+)m([\d.]+)s/g)
  return {
    wall,
    cpu: [...times].reduce((sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds), 0),
  }
}
