import { Worker } from 'node:worker_threads'
import { type BacktestOutcome, backtest } from '../domain/backtest/backtest.js'
import type { BacktestRequest } from '../domain/backtest/planBacktest.js'
import { type ErrorArgs, UserError } from '../domain/userError.js'
import { barsOf } from './prepareBacktest.js'
import { programVersion } from './programVersion.js'

/** Runs the pure backtest somewhere; rejects with the signal's reason when it is aborted. */
export type ComputeBacktest = (
  request: Omit<BacktestRequest, 'onProgress' | 'program'>,
  onProgress: (done: number) => void,
  signal: AbortSignal,
) => Promise<BacktestOutcome>

/** What the worker says. */
export type WorkerMessage =
  | { kind: 'progress'; done: number }
  | { kind: 'outcome'; outcome: BacktestOutcome }
  | { kind: 'refused'; id: string; args: ErrorArgs }

/** So few bars take well under 100 ms, as long as a worker takes to start. */
const inlineBars = 10_000

/** Short backtests run here, long ones in a worker thread: chats are answered meanwhile, and a cancel ends it at once. */
export const computeBacktest: ComputeBacktest = (asked, onProgress, signal) => {
  const request = { ...asked, program: programVersion() }
  if (barsOf(request) >= inlineBars) return inWorker(request, onProgress, signal)
  return Promise.resolve().then(() => backtest({ ...request, onProgress }))
}

function inWorker(...[request, onProgress, signal]: Parameters<ComputeBacktest>): ReturnType<ComputeBacktest> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./backtestWorker.js', import.meta.url), { workerData: request })
    const end = (settle: () => void) => {
      signal.removeEventListener('abort', abort)
      settle()
      void worker.terminate()
    }
    const abort = () => end(() => reject(signal.reason))
    signal.addEventListener('abort', abort)
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'progress') onProgress(message.done)
      else if (message.kind === 'outcome') end(() => resolve(message.outcome))
      else end(() => reject(new UserError(message.id, message.args)))
    })
    worker.on('error', (error) => end(() => reject(error)))
    worker.on('exit', (code) => end(() => reject(new Error(`the backtest worker ended with code ${code}`))))
    if (signal.aborted) abort()
  })
}
