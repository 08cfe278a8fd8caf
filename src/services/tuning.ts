import { randomUUID } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { Piscina } from 'piscina'
import { createEvaluator } from '../domain/backtest/evaluateStrategy.js'
import { findPlateau } from '../domain/backtest/optimize/plateau.js'
import { nextBatch, type SearchPlan } from '../domain/backtest/optimize/search.js'
import type { Proposal, Trial } from '../domain/backtest/optimize/trial.js'
import { type TriedPoint, type TuningSetup, tryPoint } from '../domain/backtest/optimize/tryPoint.js'
import { type Candles, candleColumns } from '../domain/candles.js'
import { SharedColumns } from '../domain/indicators/sharedColumns.js'
import { UserError } from '../domain/userError.js'
import { mostSharedBytes, type Peaks, type TuningReply, type TuningTask } from './tuningTask.js'

/** Where the pure parts of a search are computed. All reject with the signal's reason when it is aborted. */
export interface Tuning {
  /** How many calls of `bench` are worth making at once. */
  threads: number
  /** Something to try points on; candles are shared, not copied, with all threads. */
  bench(setup: TuningSetup): (proposals: readonly Proposal[], signal: AbortSignal) => Promise<TriedPoint[]>
  propose(plan: SearchPlan, trials: readonly Trial[], signal: AbortSignal): Promise<Proposal[]>
  findPlateau(plan: SearchPlan, trials: readonly Trial[], signal: AbortSignal): Promise<Peaks>
}

const mostThreads = 8
/** A thread that has nothing to do for so long ends. */
const idleMs = 30_000

/** In the thread that asks: for what takes less time than starting another. */
export function createInlineTuning(): Tuning {
  return {
    threads: 1,
    bench(setup) {
      const evaluator = createEvaluator(setup.bed, new SharedColumns(mostSharedBytes))
      return async (proposals, signal) => {
        signal.throwIfAborted()
        return proposals.map((proposal) => tryPoint(setup, evaluator, proposal))
      }
    },
    propose: async (plan, trials) => nextBatch(plan, trials),
    findPlateau: async (plan, trials) => findPlateau(plan, trials),
  }
}

export interface TuningPoolOptions {
  /** One core is left for the chats unless told otherwise. */
  threads?: number
  /** Only tests, which run the sources, have the built one elsewhere. */
  workerFile?: URL
}

/** In threads of their own, which start with the first task: chats are answered meanwhile, and a cancel ends them at once. */
export function createTuningPool({
  threads = Math.min(mostThreads, Math.max(1, availableParallelism() - 1)),
  workerFile = new URL('./tuningWorker.js', import.meta.url),
}: TuningPoolOptions = {}): Tuning & { close(): Promise<void> } {
  let pool: Piscina<TuningTask, TuningReply> | null = null
  const openPool = () => {
    const opened = new Piscina<TuningTask, TuningReply>({
      filename: workerFile.href,
      minThreads: 0,
      maxThreads: threads,
      idleTimeout: idleMs,
    })
    // A thread that cannot even start would leave its tasks waiting for ever: they all fail, and the next try begins anew.
    opened.on('error', () => {
      if (pool === opened) pool = null
      void opened.destroy()
    })
    return opened
  }
  const run = async (task: TuningTask, signal: AbortSignal) => {
    signal.throwIfAborted()
    pool ??= openPool()
    const reply = await pool.run(task, { signal }).catch((error: unknown) => {
      signal.throwIfAborted()
      throw error
    })
    if (reply.kind === 'refused') throw new UserError(reply.id, reply.args)
    return reply
  }
  const other = (reply: TuningReply) => new Error(`the tuning worker answered with ${reply.kind}`)
  return {
    threads,
    bench(setup) {
      const { bed } = setup
      const detail = bed.detail && { ...bed.detail, candles: inSharedMemory(bed.detail.candles) }
      const shared = { ...setup, bed: { ...bed, candles: inSharedMemory(bed.candles), detail } }
      const id = randomUUID()
      return async (proposals, signal) => {
        const reply = await run({ kind: 'try', id, setup: shared, proposals }, signal)
        if (reply.kind !== 'tried') throw other(reply)
        return reply.points
      }
    },
    async propose(plan, trials, signal) {
      const reply = await run({ kind: 'propose', plan, trials: trials.map(asTrial) }, signal)
      if (reply.kind !== 'proposed') throw other(reply)
      return reply.proposals
    },
    async findPlateau(plan, trials, signal) {
      const reply = await run({ kind: 'plateau', plan, trials: trials.map(asTrial) }, signal)
      if (reply.kind !== 'peaks') throw other(reply)
      return reply.peaks
    },
    close: async () => {
      await pool?.destroy()
    },
  }
}

/** Without what a search has no use for. */
function asTrial({ index, point, score, shortfall }: Trial): Trial {
  return { index, point, score, shortfall }
}

/** A copy that threads can all look at. */
function inSharedMemory(candles: Candles): Candles {
  const columns = candleColumns.map((name) => {
    const column = new Float64Array(new SharedArrayBuffer(candles[name].byteLength))
    column.set(candles[name])
    return [name, column]
  })
  return { ...candles, ...Object.fromEntries(columns) }
}
