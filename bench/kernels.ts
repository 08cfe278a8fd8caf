import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Contestants, startContestants } from './contestants.js'
import { type Contestant, type Options, race, say, sayTable, show, type Verdicts } from './harness.js'
import { benchCandles, exactBenchCandles } from './market.js'
import type { MemoryReport } from './memoryProgram.js'
import { peers } from './peers.js'
import { buildPlainC, type PlainC } from './plainC.js'
import { absentRows, indicatorOf, paramsOf, type Row, rows } from './rows.js'

/** The indicators against plain C and against npm: speed, the same values, speed whatever the period, memory. */
export async function kernels(options: Options, verdicts: Verdicts): Promise<void> {
  for (const { name } of absentRows) say(`${name} left out: it is not in the catalog`)
  const plainC = buildPlainC(benchCandles(options.bars), options.clock)
  say(plainC ? `C: ${plainC.compiler}` : 'No C compiler: gigabytes a second in place of ratios to C')
  const own = startContestants('ours', options, 'kept')
  const ownFresh = startContestants('ours', options, 'fresh')
  const others = peers.map((peer) => ({ ...peer, ...startContestants(peer.name, options, 'kept') }))
  try {
    if (plainC) await compareLines(plainC, options)
    const timings: Timing[] = []
    for (const row of rows) {
      const contestants: Record<string, Contestant> = {
        ours: own.timesOf(row),
        unseen: own.timesOf(row, { isUnseen: true }),
        oursFresh: ownFresh.timesOf(row),
      }
      if (plainC) {
        contestants.c = plainC.timesOf(row, 'kept')
        contestants.cFresh = plainC.timesOf(row, 'fresh')
      }
      for (const { name, calls, timesOf } of others) if (row.name in calls) contestants[name] = timesOf(row)
      timings.push({ row, ms: await race(contestants, options) })
    }
    judgeAgainstC(timings, options, verdicts)
    judgeAgainstPeers(timings, options, verdicts)
    await comparePeriods(own, options, verdicts)
  } finally {
    for (const each of [own, ownFresh, ...others]) each.end()
    plainC?.end()
  }
  compareMemory(options, verdicts)
}

const mostDifference = 1e-9

/**
 * Ours and C's are lines of one formula, so a difference beyond rounding is an error in one of them. They are compared on
 * prices that doubles hold as they are: of others C's differences are inexact, and ADX asks which of two is larger.
 */
async function compareLines(plainC: PlainC, { bars }: Options): Promise<void> {
  const candles = exactBenchCandles(bars)
  let largest = 0
  for (const row of rows) {
    const indicator = indicatorOf(row)
    const ours = indicator.compute(candles, paramsOf(row))
    const theirs = await plainC.linesOf(row, candles)
    indicator.lines.forEach((line, k) => {
      const difference = differenceOf(ours[line], theirs[k])
      if (!(difference <= mostDifference)) throw new Error(`${row.name} ${line} differs from C by ${difference}`)
      largest = Math.max(largest, difference)
    })
  }
  say(`Lines: ours and C's are the same in ${rows.length} rows, to ${largest.toExponential(0)} of their size`)
}

/** The largest difference as a share of the root mean square of `ours`; infinite where only one is NaN. */
function differenceOf(ours: Float64Array, theirs: Float64Array): number {
  let squares = 0
  let count = 0
  let largest = 0
  for (let i = 0; i < ours.length; i++) {
    if (Number.isNaN(ours[i]) !== Number.isNaN(theirs[i])) return Number.POSITIVE_INFINITY
    if (Number.isNaN(ours[i])) continue
    squares += ours[i] ** 2
    count++
    largest = Math.max(largest, Math.abs(ours[i] - theirs[i]))
  }
  return largest / Math.sqrt(squares / count)
}

/** The median ms of every contestant of one row, by name. */
interface Timing {
  row: Row
  ms: Record<string, number>
}

function labelOf({ name, params }: Row): string {
  return `${name}(${Object.values(params).join(',')})`
}

function judgeAgainstC(timings: readonly Timing[], { bars, rounds }: Options, verdicts: Verdicts): void {
  say(`
Ours and C: medians of ${rounds} rounds in ms, taking turns
  ours: new columns at every call, in memory that the process had before; C: into columns that were written before
  unseen: ours on candles that nothing has used, prices brought to ticks and all
  fresh: both allocate, and every column is of pages fresh from the system, as in the first calls of a process`)
  const hasC = timings.some(({ ms }) => 'c' in ms)
  const againstC = ['C', 'ratio', 'bound', '', 'ours fresh', 'C fresh', 'ratio']
  sayTable(
    ['indicator', 'ours', 'unseen', ...(hasC ? againstC : ['GB/s', 'ours fresh'])],
    timings.map(({ row, ms }) => {
      const cells = [labelOf(row), show(ms.ours), show(ms.unseen)]
      if (!hasC) {
        const bytes = 8 * bars * (row.reads + indicatorOf(row).lines.length)
        return [...cells, show(bytes / ms.ours / 1e6), show(ms.oursFresh)]
      }
      const ratio = ms.ours / ms.c
      const verdict = verdicts.atMost(`${row.name} / C`, ratio, row.bound)
      const fresh = [show(ms.oursFresh), show(ms.cFresh), show(ms.oursFresh / ms.cFresh)]
      return [...cells, show(ms.c), show(ratio), String(row.bound), verdict, ...fresh]
    }),
  )
}

function judgeAgainstPeers(timings: readonly Timing[], { rounds }: Options, verdicts: Verdicts): void {
  say(`
npm: medians of ${rounds} rounds in ms, each library in a process of its own and on arrays made for it beforehand, and the
ratio to ours; the bound is at least ${peers.map(({ name, atLeast }) => `${atLeast} for ${name}`).join(', ')}`)
  sayTable(
    ['indicator', 'ours', ...peers.flatMap(({ name }) => [name, 'ratio', ''])],
    timings.map(({ row, ms }) => [
      labelOf(row),
      show(ms.ours),
      ...peers.flatMap(({ name, atLeast }) => {
        if (!(name in ms)) return ['-', '', '']
        const ratio = ms[name] / ms.ours
        return [show(ms[name]), show(ratio), verdicts.atLeast(`${name}'s ${row.name} / ours`, ratio, atLeast)]
      }),
    ]),
  )
}

const windows = [10, 100, 1000] as const
const mostGrowth = 1.5

async function comparePeriods(own: Contestants, options: Options, verdicts: Verdicts): Promise<void> {
  const table: string[][] = []
  for (const row of rows) {
    const { window } = row
    if (!window) continue
    const contestants = windows.map((length) => [length, own.timesOf(row, { change: { [window]: length } })])
    const ms = await race(Object.fromEntries(contestants), options)
    const growth = ms[windows[2]] / ms[windows[0]]
    table.push([
      `${row.name} ${window}`,
      ...windows.map((length) => show(ms[length])),
      show(growth),
      String(mostGrowth),
      verdicts.atMost(`${row.name} with a long window / a short one`, growth, mostGrowth),
    ])
  }
  say(`\nWhatever the period: medians of ${options.rounds} rounds in ms`)
  sayTable(['window', ...windows.map(String), `${windows[2]} / ${windows[0]}`, 'bound', ''], table)
}

const mostColumns = 10
/** A number that is boxed at every bar takes 12 or more. */
const mostBytesABar = 4

/**
 * In a process of its own, whose heap is so large that nothing is collected behind its back, and whose collector has given
 * back all that it found when it returns.
 */
function compareMemory({ bars }: Options, verdicts: Verdicts): void {
  const program = fileURLToPath(new URL('memoryProgram.js', import.meta.url))
  const heap = ['--min-semi-space-size=128', '--max-semi-space-size=128']
  const flags = ['--expose-gc', '--single-threaded-gc', ...heap]
  const { stdout, stderr, status } = spawnSync(process.execPath, [...flags, program, String(bars)], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`memoryProgram.js ended with ${status}: ${stderr}`)
  const report: MemoryReport = JSON.parse(stdout)
  say(`
Memory on candles that nothing has used, in columns of ${bars} numbers, those of the candles not counted
  result: what the answer is made of; peak: the most that was alive at once; stays: what is held while the answer is
  bytes/bar: small objects that a call leaves for the garbage collector, for each bar`)
  sayTable(
    ['', 'result', 'allocated', 'peak', 'stays', 'bound', '', 'bytes/bar', 'bound', ''],
    report.map(({ name, isStrategy, result, allocated, peak, stays, bytesABar }) => [
      name,
      ...[result, allocated, peak, stays].map((columns) => columns.toFixed(2)),
      ...(isStrategy ? [String(mostColumns), verdicts.atMost(`peak memory of ${name}`, peak, mostColumns)] : ['', '']),
      bytesABar.toFixed(2),
      String(mostBytesABar),
      verdicts.atMost(`bytes a bar of ${name}`, bytesABar, mostBytesABar),
    ]),
  )
}
