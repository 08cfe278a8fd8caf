import { growthOf, monteCarlo, monteCarloMethods } from '../domain/backtest/monteCarlo.js'
import { Arg } from './args.js'
import { defineCommand } from './defineCommand.js'
import { monteCarloReply } from './monteCarloView.js'

const mostRuns = 1000
const fewestRuns = 200
/** So many draws take less than a tenth of a second: chats wait meanwhile. */
const mostDraws = 5_000_000
/** The same every time, so that the same question has the same answer. */
const seed = 1

export const monteCarloCommand = defineCommand({
  name: 'montecarlo',
  effect: 'read',
  args: Arg.object({
    number: Arg.integer({ minimum: 1, maximum: 1e9 }),
    method: Arg.optional(Arg.choice(monteCarloMethods)),
  }),
  async run({ number, method = 'bootstrap' }, caller, app) {
    const { id, result, strategy } = await app.backtests.stored(caller.id, number)
    const { trades, stats } = result
    const drawn = monteCarlo({
      pnl: trades.map(({ pnl }) => pnl),
      startEquity: stats.start_equity,
      growth: strategy === null ? 'compounded' : growthOf(strategy.sizing),
      method,
      runs: Math.max(fewestRuns, Math.min(mostRuns, Math.floor(mostDraws / Math.max(1, trades.length)))),
      seed,
    })
    return { id, result, drawn }
  },
  view: monteCarloReply,
})
