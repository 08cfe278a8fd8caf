import { once } from 'node:events'
import { startSimulator } from '../simulator/server.js'
import { type CliContext, numberOption } from './given.js'

/** `simulator --port N`: serves the simulated exchange until stopped; prints one JSON line that says where. */
export async function run(command: CliContext): Promise<void> {
  const { config, logger, signal } = command
  const port = numberOption(command, 'port', { minimum: 0, maximum: 65_535, whole: true }) ?? 0
  const simulator = await startSimulator({ seed: config.seed, clock: Date.now, port, logger })
  process.stdout.write(`${JSON.stringify({ rest: simulator.restUrl })}\n`)
  if (!signal.aborted) await once(signal, 'abort')
  await simulator.close()
}
