import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Candles } from '../src/domain/candles.js'
import type { Contestant, Options } from './harness.js'
import { type Memory, takeOrders } from './orders.js'
import type { Row } from './rows.js'

/** This file runs from dist/bench/bench. */
const sources = ['kernels.c', 'kernelsProgram.c'].map((name) =>
  fileURLToPath(new URL(`../../../bench/${name}`, import.meta.url)),
)

/**
 * The machine's own instructions, but no fused multiply-add: the same operations in the same precision as ours. Not every
 * compiler knows the first for every machine.
 */
const flagSets = [['-O3', '-march=native', '-ffp-contract=off'], ['-O3']]

/** The C loops, in processes that wait for orders, so that they can take turns with ours. */
export interface PlainC {
  /** What built it: for the heading. */
  readonly compiler: string
  /** Into columns that were written before (`kept`), or that every call allocates and gives back (`fresh`). */
  timesOf(row: Row, memory: Memory): Contestant
  /** The lines that it computes of these candles, in their order. */
  linesOf(row: Row, candles: Candles): Promise<Float64Array[]>
  end(): void
}

/** Null where there is no C compiler (`CC`, or `cc`). */
export function buildPlainC(candles: Candles, clock: Options['clock']): PlainC | null {
  const folder = mkdtempSync(join(tmpdir(), 'candlechat-bench-'))
  const built = build(join(folder, 'kernels'))
  if (!built) {
    rmSync(folder, { recursive: true })
    return null
  }
  let files = 0
  const start = ({ open, high, low, close, volume }: Candles, memory: Memory) => {
    const file = join(folder, `candles-${++files}`)
    const columns = [open, high, low, close, volume]
    writeFileSync(file, Buffer.concat(columns.map((column) => new Uint8Array(column.buffer))))
    return takeOrders(built.program, [file, String(close.length), clock], memory)
  }
  const loops = { kept: start(candles, 'kept'), fresh: start(candles, 'fresh') }
  const numbersOf = ({ params }: Row) => Object.values(params).join(' ')
  return {
    compiler: built.compiler,
    timesOf: (row, memory) => ({
      run: async (calls) => {
        const answer = await loops[memory].ask(`${memory} ${row.name} ${calls} ${numbersOf(row)}`)
        return answer.split(' ').map(Number)
      },
    }),
    linesOf: async (row, given) => {
      const path = join(folder, 'lines')
      const { ask, end } = start(given, 'kept')
      const count = Number(await ask(`lines ${row.name} ${path} ${numbersOf(row)}`))
      end()
      const { buffer } = new Uint8Array(readFileSync(path))
      const bars = given.ts.length
      return Array.from({ length: count }, (_, k) => new Float64Array(buffer, 8 * bars * k, bars))
    },
    end: () => {
      loops.kept.end()
      loops.fresh.end()
      rmSync(folder, { recursive: true })
    },
  }
}

function build(program: string): { program: string; compiler: string } | null {
  const cc = process.env.CC ?? 'cc'
  for (const flags of flagSets) {
    try {
      execFileSync(cc, [...flags, '-o', program, ...sources, '-lm'], { stdio: 'pipe' })
      const [version] = execFileSync(cc, ['--version'], { encoding: 'utf8' }).split('\n')
      return { program, compiler: `${version}, ${flags.join(' ')}` }
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
      if (flags === flagSets.at(-1)) throw error
    }
  }
  return null
}
