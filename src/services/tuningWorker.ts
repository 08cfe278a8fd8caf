import { createEvaluator, type Evaluator } from '../domain/backtest/evaluateStrategy.js'
import { findPlateau } from '../domain/backtest/optimize/plateau.js'
import { nextBatch } from '../domain/backtest/optimize/search.js'
import { type TuningSetup, tryPoint } from '../domain/backtest/optimize/tryPoint.js'
import { SharedColumns } from '../domain/indicators/sharedColumns.js'
import { UserError } from '../domain/userError.js'
import { mostSharedBytes, type TuningReply, type TuningTask } from './tuningTask.js'

let latest: { id: string; setup: TuningSetup; evaluator: Evaluator } | null = null

function benchOf(id: string, setup: TuningSetup) {
  if (latest?.id !== id) {
    latest = { id, setup, evaluator: createEvaluator(setup.bed, new SharedColumns(mostSharedBytes)) }
  }
  return latest
}

export default function answer(task: TuningTask): TuningReply {
  try {
    switch (task.kind) {
      case 'try': {
        const { setup, evaluator } = benchOf(task.id, task.setup)
        return { kind: 'tried', points: task.proposals.map((proposal) => tryPoint(setup, evaluator, proposal)) }
      }
      case 'propose':
        return { kind: 'proposed', proposals: nextBatch(task.plan, task.trials) }
      case 'plateau':
        return { kind: 'peaks', peaks: findPlateau(task.plan, task.trials) }
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { kind: 'refused', id: error.id, args: error.args }
  }
}
