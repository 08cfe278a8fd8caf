import { renderText } from '../chat/renderText.js'
import { optimizationText } from '../commands/optimizeView.js'
import { objectiveNames } from '../domain/backtest/optimize/objective.js'
import { searchMethods } from '../domain/backtest/optimize/search.js'
import { pointValues } from '../domain/backtest/optimize/space.js'
import type { TriedPoint } from '../domain/backtest/optimize/tryPoint.js'
import { intervalMs } from '../domain/bars.js'
import type { Strategy } from '../domain/strategy/schema.js'
import { allTrials, type OptimizationPlan, planOptimization, type SearchOrder } from '../services/optimizationPlan.js'
import { defaultCosts, type RunRequest } from '../services/prepareBacktest.js'
import { rankTrials, searchParameters } from '../services/searchParameters.js'
import { createTuningPool } from '../services/tuning.js'
import { windowOption } from './candles.js'
import { printJson } from './files.js'
import { type CliContext, choiceOption, numberOption, optional } from './given.js'
import { progressLine } from './progress.js'
import { readTest } from './readTest.js'

/**
 * `optimize --strategy FILE|NAME (--candles CSV | --inst I --bar B --from D --to D) [--space TEXT] [--search …] [--objective …]
 * [--trials N] [--seed N] [--constraints TEXT] [--walk-forward N]` and what trading costs; prints the best points, or with --json
 * all of them.
 */
export async function run(command: CliContext): Promise<void> {
  const { given, signal, t, config } = command
  const progress = progressLine(t)
  const order = searchOption(command)
  // Refuses what cannot be searched before anything is downloaded for it.
  const warmUpOf = (strategy: Strategy) => planOf(strategy, windowOption(command), order).warmUp
  const bed = await readTest(command, progress, warmUpOf)
  const { strategy, candles, fromTs, source, instId, bar } = bed
  const toTs = candles.ts[candles.ts.length - 1] + intervalMs(bar)
  const plan = planOf(strategy, { fromTs, toTs }, order, bed)
  const tuning = createTuningPool()
  try {
    const trials = new Map<number, TriedPoint[]>()
    const work = { progress, signal }
    const onTried = async () => {}
    const result = await searchParameters({ strategy, plan, bed, trials, onTried, tuning, clock: Date.now, work })
    const ranking = await rankTrials(plan, trials, tuning, signal)
    const tried = [...trials.values()].reduce((sum, { length }) => sum + length, 0)
    const { name } = strategy
    const about = { id: 0, strategyName: name, instId, bar, source, fromTs, toTs, status: 'done' as const }
    const report = { ...about, plan, tried, planned: allTrials(plan), ...ranking, ...result }
    if (given.json !== true) {
      const text = renderText(optimizationText(report, t), { color: config.color && process.stdout.isTTY })
      process.stdout.write(`${text}\n`)
      return
    }
    const { search, space, objective, constraintsText, costs, program } = plan
    printJson({
      strategy: name,
      inst_id: instId,
      bar,
      source,
      program,
      from_ts: fromTs,
      to_ts: toTs,
      costs,
      size_rules: bed.sizeRules,
      funding_rates: bed.fundingRates,
      space,
      search: search.method,
      seed: search.seed,
      objective,
      constraints: constraintsText,
      tried,
      own: result.own,
      peak: ranking.peaks?.peak ?? null,
      plateau: ranking.peaks?.plateau ?? null,
      walk_forward: result.walkForward,
      trials: ranking.trials
        .toSorted((a, b) => a.index - b.index)
        .map(({ index, point, score, figures }) => ({
          index,
          values: pointValues(search.dimensions, point),
          score,
          ...figures,
        })),
    })
  } finally {
    await tuning.close()
  }
}

function planOf(
  strategy: Strategy,
  window: { fromTs: number; toTs: number },
  order: SearchOrder,
  bed?: Pick<RunRequest, 'costs' | 'detail'>,
): OptimizationPlan {
  const costs = bed?.costs ?? defaultCosts(strategy.inst_id)
  return planOptimization(strategy, window, order, { version: 1, costs, detailBar: bed?.detail?.bar })
}

function searchOption(command: CliContext): SearchOrder {
  const method = choiceOption(command, 'search', searchMethods)
  const objective = choiceOption(command, 'objective', objectiveNames)
  const trials = numberOption(command, 'trials', { minimum: 10, maximum: 2000, whole: true })
  const seed = numberOption(command, 'seed', { minimum: 1, maximum: 1_000_000_000, whole: true })
  const windows = numberOption(command, 'walk-forward', { minimum: 2, maximum: 24, whole: true })
  const space = optional(command, 'space')
  const constraints = optional(command, 'constraints')
  return {
    ...(space !== undefined && { space }),
    ...(method !== undefined && { method }),
    ...(trials !== undefined && { trials }),
    ...(seed !== undefined && { seed }),
    ...(objective !== undefined && { objective }),
    ...(constraints !== undefined && { constraints }),
    ...(windows !== undefined && { windows }),
  }
}
