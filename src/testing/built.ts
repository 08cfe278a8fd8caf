import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { endOf } from './childProcess.js'

const dist = fileURLToPath(new URL('../../dist', import.meta.url))

/** The worker of the tuning pool, for a house that is run from its sources. */
export const builtWorker = new URL('../../dist/services/tuningWorker.js', import.meta.url)

/** A data folder that nobody has used. */
export function freshFolder(): string {
  return mkdtempSync(join(tmpdir(), 'candlechat-'))
}

/** Starts a built program (`npm test` builds first) with no settings but these, in a data folder of its own. */
export function startBuilt(
  program: 'main' | 'cli',
  args: readonly string[],
  { dataDir, settings = {} }: { dataDir: string; settings?: Readonly<Record<string, string>> },
): ChildProcessWithoutNullStreams {
  const env = { PATH: process.env.PATH, TZ: 'America/New_York', CANDLECHAT_DATA_DIR: dataDir, ...settings }
  const child = spawn(process.execPath, [join(dist, `${program}.js`), ...args], { cwd: dataDir, env })
  // A test that fails halfway must leave nothing running.
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** Runs the command line to its end. */
export async function runCli(args: readonly string[], { dataDir = freshFolder(), input = '' } = {}) {
  const child = startBuilt('cli', args, { dataDir })
  child.stdin.end(input)
  return endOf(child)
}

/** Says lines to the terminal chat, and gives back all that it answered. */
export async function chatInTerminal(lines: readonly string[], dataDir = freshFolder()) {
  const child = startBuilt('main', [], { dataDir })
  child.stdin.end(`${lines.join('\n')}\n`)
  return endOf(child)
}
