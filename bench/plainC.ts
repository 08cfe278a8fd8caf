import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type { Candles } from '../src/domain/candles.js'
import type { Contestant, Options } from './harness.js'
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
  /** Into columns that were written before (`warm`), or into new ones every time (`fresh`). */
  timesOf(row: Row, memory: 'warm' | 'fresh'): Contestant
  /** The columns that it computes. */
  valuesOf(row: Row): Promise<Float64Array[]>
  close(): void
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
  const child = spawn(built.program, [file, String(bars), clock], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ask = asker(child)
  const numbersOf = ({ params }: Row) => Object.values(params).join(' ')
  return {
    compiler: built.compiler,
    timesOf: (row, memory) => ({
      run: async (calls) => (await ask(`${memory} ${row.name} ${calls} ${numbersOf(row)}`)).split(' ').map(Number),
    }),
    valuesOf: async (row) => {
      const path = join(folder, 'values')
      const lines = Number(await ask(`values ${row.name} ${path} ${numbersOf(row)}`))
      const { buffer } = new Uint8Array(readFileSync(path))
      return Array.from({ length: lines }, (_, k) => new Float64Array(buffer, 8 * bars * k, bars))
    },
    close: () => {
      child.stdin.end()
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

/** Sends one line, and gives the line that answers it. */
function asker({ stdin, stdout }: ChildProcessByStdio<Writable, Readable, null>) {
  const answers = createInterface({ input: stdout })[Symbol.asyncIterator]()
  return async (line: string): Promise<string> => {
    stdin.write(`${line}\n`)
    const answer = await answers.next()
    if (answer.done) throw new Error(`the C loops ended at: ${line}`)
    return answer.value
  }
}
