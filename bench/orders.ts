import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/**
 * Where a program's columns come from: memory that it `kept` from columns of before, or pages that are `fresh` from the
 * system, which must find and clear them at the first touch. Left alone, glibc does now this, now that. (Other C libraries
 * do not know these settings.)
 */
export type Memory = keyof typeof mallocSettings

const mallocSettings = {
  kept: { MALLOC_MMAP_THRESHOLD_: String(2 ** 25), MALLOC_TRIM_THRESHOLD_: String(2 ** 34) },
  fresh: { MALLOC_MMAP_THRESHOLD_: String(2 ** 16) },
}

/** A program that takes orders, one a line, and answers each with one line: so that programs can take turns. */
export interface Orders {
  ask(line: string): Promise<string>
  end(): void
}

export function takeOrders(program: string, args: readonly string[], memory: Memory): Orders {
  const env = { ...process.env, ...mallocSettings[memory] }
  const { stdin, stdout } = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'inherit'] })
  const answers = createInterface({ input: stdout })[Symbol.asyncIterator]()
  return {
    ask: async (line) => {
      stdin.write(`${line}\n`)
      const answer = await answers.next()
      if (answer.done) throw new Error(`${program} ended at: ${line}`)
      return answer.value
    },
    end: () => void stdin.end(),
  }
}
