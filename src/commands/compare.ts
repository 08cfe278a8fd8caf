import { UserError } from '../domain/userError.js'
import type { BacktestReport } from '../services/backtests.js'
import type { Work } from '../services/work.js'
import { Arg } from './args.js'
import { compareReply } from './compareView.js'
import { defineCommand } from './defineCommand.js'

export const fewestCompared = 2
export const mostCompared = 6

export const compareCommand = defineCommand({
  name: 'compare',
  effect: 'read',
  args: Arg.object({ numbers: Arg.rest({ maxLength: 200 }) }),
  async run({ numbers }, caller, app, context) {
    const ids = parseNumbers(numbers)
    const reports: BacktestReport[] = []
    for (const [i, id] of ids.entries()) {
      reports.push(await app.backtests.reopen(caller.id, id, partOf(context, i, ids.length)))
    }
    return reports
  },
  view: compareReply,
})

/**
 * The numbers in `12 15, #18`, each once, in their order. Throws UserError with the first word that is none, and where
 * there are too few or too many.
 */
export function parseNumbers(text: string): number[] {
  const words = text.split(/[\s,，、;；]+/).filter((word) => word !== '')
  const ids = words.map((word) => {
    const [, digits] = /^[#＃]?([1-9]\d{0,8})$/.exec(word) ?? []
    if (digits === undefined) throw new UserError('error-compare-number', { value: word.slice(0, 40) })
    return Number(digits)
  })
  const once = [...new Set(ids)]
  if (once.length < fewestCompared || once.length > mostCompared) {
    throw new UserError('error-compare-count', { count: once.length, fewest: fewestCompared, most: mostCompared })
  }
  return once
}

/** The progress of one of several pieces of work, as part of them all. */
function partOf({ progress, signal }: Work, index: number, count: number): Work {
  return {
    signal,
    progress: ({ fraction, ...step }) =>
      progress(fraction === undefined ? step : { ...step, fraction: (index + fraction) / count }),
  }
}
