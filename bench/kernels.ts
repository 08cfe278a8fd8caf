import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Candles } from '../src/domain/candles.js'
import type { Lines } from '../src/domain/indicators/indicator.js'
import {
  type Contestant,
  callsOf,
  type Options,
  preparedCallsOf,
  race,
  say,
  sayTable,
  show,
  type Verdicts,
} from './harness.js'
import { benchCandles, freshCandles } from './market.js'
import type { MemoryReport } from './memory.js'
import { peerInput, peers } from './peers.js'
import { buildPlainC, type PlainC } from './plainC.js'
import { absentRows, indicatorOf, paramsOf, type Row, rows } from './rows.js'

/** The indicators against plain C and against npm: speed, the same values, speed whatever the period, memory. */
export async function kernels(options: Options, verdicts: Verdicts): Promise<void> {
  const candles = benchCandles(options.bars)
  for (const { name } of absentRows) say(`${name} left out: it is not in the catalog`)
  const plainC = buildPlainC(candles, options.clock)
  say(plainC ? `C: ${plainC.compiler}` : 'No C compiler: gigabytes a second in place of ratios to C')
  say()
  try {
    if (plainC) await compareValues(candles, plainC)
    await compareSpeed(candles, plainC, options, verdicts)
  } finally {
    plainC?.close()
  }
  await comparePeriods(candles, options, verdicts)
  compareMemory(options.bars, verdicts)
}

const mostDifference = 1e-9

/** Ours and C's are values of one formula, so a difference beyond rounding is an error in one of them. */
async function compareValues(candles: Candles, plainC: PlainC): Promise<void> {
  let largest = 0
  for (const row of rows) {
    const indicator = indicatorOf(row)
    const lines = indicator.compute(candles, paramsOf(row))
    const values = await plainC.valuesOf(row)
    indicator.lines.forEach((line, k) => {
      const difference = differenceOf(lines[line], values[k])
      if (!(difference <= mostDifference)) throw new Error(`${row.name} ${line} differs from C by ${difference}`)
      largest = Math.max(largest, difference)
    })
  }
  say(`Values: the same as C's in ${rows.length} indicators, to ${largest.toExponential(0)} of their size`)
  say()
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

async function compareSpeed(
  candles: Candles,
  plainC: PlainC | null,
  { rounds, clock }: Options,
  verdicts: Verdicts,
): Promise<void> {
  const input = peerInput(candles)
  const ownTable: string[][] = []
  const peerTable: string[][] = []
  for (const row of rows) {
    const indicator = indicatorOf(row)
    const params = paramsOf(row)
    const contestants: Record<string, Contestant> = {
      ours: callsOf(clock, () => indicator.compute(candles, params)),
      unseen: preparedCallsOf(clock, () => {
        const unseen = freshCandles(candles)
        return () => indicator.compute(unseen, params)
      }),
    }
    if (plainC) {
      contestants.warm = plainC.timesOf(row, 'warm')
      contestants.fresh = plainC.timesOf(row, 'fresh')
    }
    for (const { name, calls } of peers) {
      if (row.name in calls) contestants[name] = callsOf(clock, () => calls[row.name](input, row.params))
    }
    const ms = await race(contestants, rounds)
    const label = labelOf(row)
    const times = [label, show(ms.ours), show(ms.unseen)]
    if (plainC) {
      const ratio = ms.ours / ms.warm
      const verdict = verdicts.atMost(`${row.name} / C`, ratio, row.bound)
      times.push(show(ms.warm), show(ratio), String(row.bound), verdict, show(ms.fresh), show(ms.ours / ms.fresh))
    } else {
      const bytes = 8 * candles.ts.length * (row.reads + indicator.lines.length)
      times.push(show(bytes / ms.ours / 1e6))
    }
    ownTable.push(times)
    peerTable.push([
      label,
      show(ms.ours),
      ...peers.flatMap(({ name, atLeast }) => {
        if (!(name in ms)) return ['-', '', '']
        const ratio = ms[name] / ms.ours
        return [show(ms[name]), show(ratio), verdicts.atLeast(`${name}'s ${row.name} / ours`, ratio, atLeast)]
      }),
    ])
  }
  say(`Ours: medians of ${rounds} rounds in ms
  ours: new columns at every call; unseen: on candles that nothing has used, prices brought to ticks and all`)
  if (plainC) {
    say(`  C: taking turns with ours, into columns that were written before; the bound is on ours / C
  C, allocating: into columns that every call allocates and gives back`)
  }
  const againstC = ['C', 'ratio', 'bound', '', 'C, allocating', 'ratio']
  sayTable(['indicator', 'ours', 'unseen', ...(plainC ? againstC : ['GB/s'])], ownTable)
  const bounds = peers.map(({ name, atLeast }) => `${atLeast} for ${name}`).join(', ')
  say(`npm: medians of ${rounds} rounds in ms, on arrays made for each library beforehand, with the ratio to ours
  bound: at least ${bounds}`)
  sayTable(['indicator', 'ours', ...peers.flatMap(({ name }) => [name, 'ratio', ''])], peerTable)
}

function labelOf({ name, params }: Row): string {
  return `${name}(${Object.values(params).join(',')})`
}

const windows = [10, 100, 1000] as const
const mostGrowth = 1.5

async function comparePeriods(candles: Candles, { rounds, clock }: Options, verdicts: Verdicts): Promise<void> {
  const table: string[][] = []
  for (const row of rows) {
    if (!row.window) continue
    const compute = (length: number): Lines =>
      indicatorOf(row).compute(candles, paramsOf(row, { [row.window!]: length }))
    const ms = await race(
      Object.fromEntries(windows.map((length) => [length, callsOf(clock, () => compute(length))])),
      rounds,
    )
    const growth = ms[windows[2]] / ms[windows[0]]
    table.push([
      `${row.name} ${row.window}`,
      ...windows.map((length) => show(ms[length])),
      show(growth),
      String(mostGrowth),
      verdicts.atMost(`${row.name} with a long window / a short one`, growth, mostGrowth),
    ])
  }
  say(`Whatever the period: medians of ${rounds} rounds in ms`)
  sayTable(['window', ...windows.map(String), `${windows[2]} / ${windows[0]}`, 'bound', ''], table)
}

const mostColumns = 10
/** A number that is boxed at every bar takes 12 or more. */
const mostBytesABar = 4

/** In a process of its own, whose heap is so large that nothing is collected behind its back. */
function compareMemory(bars: number, verdicts: Verdicts): void {
  const program = fileURLToPath(new URL('memory.js', import.meta.url))
  const flags = ['--expose-gc', '--min-semi-space-size=128', '--max-semi-space-size=128']
  const { stdout, stderr, status } = spawnSync(process.execPath, [...flags, program, String(bars)], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`memory.js ended with ${status}: ${stderr}`)
  const report: MemoryReport = JSON.parse(stdout)
  say(`Memory on candles that nothing has used, in columns of ${bars} numbers, those of the candles not counted
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
