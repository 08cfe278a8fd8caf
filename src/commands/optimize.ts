import { objectiveNames } from '../domain/backtest/optimize/objective.js'
import { searchMethods } from '../domain/backtest/optimize/search.js'
import type { SearchOrder } from '../services/optimizationPlan.js'
import { Arg } from './args.js'
import { defineCommand } from './defineCommand.js'
import { optimizationReply, optimizationsReply, savedReply, testedReply } from './optimizeView.js'
import { costArgs, readTestArgs, seriesArgs } from './testArgs.js'

export const optimizeCommand = defineCommand({
  name: 'optimize',
  effect: 'read',
  args: Arg.object({
    ...seriesArgs,
    search: Arg.optional(Arg.choice(searchMethods)),
    objective: Arg.optional(Arg.choice([...objectiveNames])),
    trials: Arg.optional(Arg.integer({ minimum: 10, maximum: 2000 })),
    walk: Arg.optional(Arg.integer({ minimum: 2, maximum: 24 })),
    seed: Arg.optional(Arg.integer({ minimum: 1, maximum: 1_000_000_000 })),
    ...costArgs,
    space: Arg.optional(Arg.rest({ maxLength: 4000 })),
  }),
  async run(given, caller, app, context) {
    return app.optimizations.start(
      {
        userId: caller.id,
        strategy: await app.strategies.find(caller.id, given.strategy),
        ...readTestArgs(given, context.now),
        search: {
          ...readSpaceText(given.space),
          ...(given.search !== undefined && { method: given.search }),
          ...(given.objective !== undefined && { objective: given.objective }),
          ...(given.trials !== undefined && { trials: given.trials }),
          ...(given.walk !== undefined && { windows: given.walk }),
          ...(given.seed !== undefined && { seed: given.seed }),
        },
      },
      context.now,
      context,
    )
  },
  view: optimizationReply,
})

/** `SPACE where CONSTRAINTS`, both of which may be left out. */
function readSpaceText(text = ''): Pick<SearchOrder, 'space' | 'constraints'> {
  const [space, ...constraints] = text.split(/(?<=^|[\s;,；，])where(?=\s|$)/i)
  return {
    ...(space.trim() !== '' && { space: space.trim() }),
    ...(constraints.length > 0 && { constraints: constraints.join(' ').trim() }),
  }
}

const mostListed = 20
const number = () => Arg.integer({ minimum: 1, maximum: 1e9 })
const ofTrial = { number: number(), trial: Arg.integer({ minimum: 0, maximum: 1e9 }) }

export const optimizationsCommand = defineCommand({
  name: 'optimizations',
  effect: 'read',
  args: Arg.object({ number: Arg.optional(number()) }),
  async run({ number }, caller, app, context) {
    if (number === undefined) return { list: await app.optimizations.list(caller.id, mostListed) }
    return { report: await app.optimizations.reopen(caller.id, number, context) }
  },
  view: (data, t) => ('report' in data ? optimizationReply(data.report, t) : optimizationsReply(data.list, t)),
})

/** What the buttons of a search do. */
export const optimizeButtons = [
  defineCommand({
    name: 'optimize_resume',
    effect: 'read',
    buttonsOnly: true,
    args: Arg.object({ number: number() }),
    run: ({ number }, caller, app, context) => app.optimizations.resume(caller.id, number, context),
    view: optimizationReply,
  }),
  defineCommand({
    name: 'optimize_save',
    effect: 'write',
    buttonsOnly: true,
    once: true,
    args: Arg.object(ofTrial),
    run: ({ number, trial }, caller, app, { now }) => app.optimizations.save(caller.id, number, trial, now),
    view: savedReply,
  }),
  defineCommand({
    name: 'optimize_test',
    effect: 'read',
    buttonsOnly: true,
    args: Arg.object(ofTrial),
    run: async ({ number, trial }, caller, app, context) => ({
      number,
      trial,
      ...(await app.optimizations.backtest(caller.id, number, trial, context.now, context)),
    }),
    view: testedReply,
  }),
]
