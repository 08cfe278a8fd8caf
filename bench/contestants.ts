import { fileURLToPath } from 'node:url'
import type { Contestant, Options } from './harness.js'
import { type Memory, takeOrders } from './orders.js'
import type { Row } from './rows.js'

/** How often to compute what: an order to `contestantProgram.ts`, as JSON. */
export interface ContestantOrder {
  calls: number
  name: string
  change: Readonly<Record<string, number>>
  isUnseen: boolean
}

/** Our kernels, or those of one npm library. */
export interface Contestants {
  /** With the row's parameters, or some of them changed; ours also on candles that nothing has used. */
  timesOf(row: Row, options?: { change?: ContestantOrder['change']; isUnseen?: boolean }): Contestant
  end(): void
}

/** `who`: ours, or the name of a peer. Each runs in a process of its own, where nobody else's garbage is in its way. */
export function startContestants(who: string, { bars, clock }: Options, memory: Memory): Contestants {
  const program = fileURLToPath(new URL('contestantProgram.js', import.meta.url))
  const { ask, end } = takeOrders(process.execPath, ['--expose-gc', program, who, String(bars), clock], memory)
  return {
    timesOf: ({ name }, { change = {}, isUnseen = false } = {}) => ({
      run: async (calls) => {
        const order: ContestantOrder = { calls, name, change, isUnseen }
        return JSON.parse(await ask(JSON.stringify(order)))
      },
    }),
    end,
  }
}
