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
const source = fileURLToPath(new URL('../../../bench/kernels.c', import.meta.url))

/**
 * The machine's own instructions, but no fused multiply-add: the same operations in the same precision as ours. Not every
 * compiler knows the first for every machine.
 */
const flagSets = [['-O3', '-march=native', '-ffp-contract=off'], ['-O3']]

/** The C loops, in a process that waits for orders, so that they can take turns with ours. */
export interface PlainC {
  /** What built it: for the heading. */
  readonly compiler: string
  /** Into columns that were written before (`kept`), or that every call allocates and gives back (`fresh`). */
  timesOf(row: Row, memory: Memory): Contestant
  /** The columns that it computes. */
  valuesOf(row: Row): Promise<Float64Array[]>
  end(): void
}

/** Null where there is no C compiler (`CC`, or `cc`). */
export function buildPlainC({ open, high, low, close, volume }: Candles, clock: Options['clock']): PlainC | null {
  const folder = mkdtempSync(join(tmpdir(), 'candlechat-bench-'))
  const built = build(join(folder, 'kernels'))
  if (!built) {
    rmSync(folder, { recursive: true })
    return null
  }
  const file = join(folder, 'candles')
  const columns = [open, high, low, close, volume]
  writeFileSync(file, Buffer.concat(columns.map((column) => new Uint8Array(column.buffer))))
  const bars = close.length
  const start = (memory: Memory) => takeOrders(built.program, [file, String(bars), clock], memory)
  const kept = start('kept')
  const fresh = start('fresh')
  const numbersOf = ({ params }: Row) => Object.values(params).join(' ')
  return {
    compiler: built.compiler,
    timesOf: (row, memory) => ({
      run: async (calls) => {
        const { ask } = memory === 'kept' ? kept : fresh
        return (await ask(`${memory} ${row.name} ${calls} ${numbersOf(row)}`)).split(' ').map(Number)
      },
    }),
    valuesOf: async (row) => {
      const path = join(folder, 'values')
      const lines = Number(await kept.ask(`values ${row.name} ${path} ${numbersOf(row)}`))
      const { buffer } = new Uint8Array(readFileSync(path))
      return Array.from({ length: lines }, (_, k) => new Float64Array(buffer, 8 * bars * k, bars))
    },
    end: () => {
      kept.end()
      fresh.end()
      rmSync(folder, { recursive: true })
    },
  }
}

function build(program: string): { program: string; compiler: string } | null {
  const cc = process.env.CC ?? 'cc'
  for (const flags of flagSets) {
    try {
      execFileSync(cc, [...flags, '-o', program, source, '-lm'], { stdio: 'pipe' })
      const [version] = execFileSync(cc, ['--version'], { encoding: 'utf8' }).split('\n')
      return { program, compiler: `${version}, ${flags.join(' ')}` }
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
      if (flags === flagSets.at(-1)) throw error
    }
  }
  return null
}
