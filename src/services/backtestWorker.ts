import { parentPort, workerData } from 'node:worker_threads'
import { backtest } from '../domain/backtest/backtest.js'
import type { BacktestRequest } from '../domain/backtest/planBacktest.js'
import { UserError } from '../domain/userError.js'
import type { WorkerMessage } from './computeBacktest.js'

const request: Omit<BacktestRequest, 'onProgress'> = workerData
const say = (message: WorkerMessage) => parentPort?.postMessage(message)

try {
  const outcome = backtest({ ...request, onProgress: (done) => say({ kind: 'progress', done }) })
  say({ kind: 'outcome', outcome })
} catch (error) {
  if (!(error instanceof UserError)) throw error
  say({ kind: 'refused', id: error.id, args: error.args })
}
