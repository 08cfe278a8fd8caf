import { nextBatch, type SearchPlan } from '../domain/backtest/optimize/search.js'
import type { Proposal } from '../domain/backtest/optimize/trial.js'
import type { TriedPoint } from '../domain/backtest/optimize/tryPoint.js'
import type { Tuning } from './tuning.js'

/** A thread is given work for about so long at once: results are stored, and progress told, as often. */
const chunkMs = 150
const mostAtOnce = 128

export interface SearchRun {
  tuning: Tuning
  plan: SearchPlan
  tryPoints: ReturnType<Tuning['bench']>
  /** Trials that are known; those to come are added. */
  trials: TriedPoint[]
  /** Told of new trials before more are begun. */
  onTried(trials: readonly TriedPoint[]): Promise<void>
  signal: AbortSignal
}

/** Goes on from the trials that there are to the end of the plan. Rejects with the signal's reason when it is aborted. */
export async function runSearch({ tuning, plan, tryPoints, trials, onTried, signal }: SearchRun): Promise<void> {
  let size = 1
  for (;;) {
    // Only this method thinks before it proposes.
    const rest: Proposal[] =
      plan.method === 'tpe' ? await tuning.propose(plan, trials, signal) : nextBatch(plan, trials)
    if (rest.length === 0) return
    const workOff = async () => {
      while (rest.length > 0) {
        const chunk = rest.splice(0, Math.min(size, Math.ceil(rest.length / tuning.threads)))
        const start = performance.now()
        const tried = await tryPoints(chunk, signal)
        const fitting = Math.ceil((chunk.length * chunkMs) / Math.max(1, performance.now() - start))
        size = Math.min(mostAtOnce, 4 * size, fitting)
        trials.push(...tried)
        await onTried(tried)
        signal.throwIfAborted()
      }
    }
    await Promise.all(Array.from({ length: tuning.threads }, workOff))
  }
}
