import { once } from 'node:events'
import { playAccount } from '../simulator/playAccount.js'
import { startSimulator } from '../simulator/server.js'
import { type CliContext, choiceOption, numberOption, optional } from './given.js'

/**
 * `simulator --port N`: serves the simulated exchange until stopped; prints one JSON line that says where, and the key of
 * a funded account.
 */
export async function run(command: CliContext): Promise<void> {
  const { config, logger, signal, given } = command
  const seed = optional(command, 'seed') ?? config.seed
  const stateFile = optional(command, 'state')
  const { key, accounts } = playAccount(seed)
  const simulator = await startSimulator({
    seed,
    clock: Date.now,
    port: numberOption(command, 'port', { minimum: 0, maximum: 65_535, whole: true }) ?? 0,
    limits: choiceOption(command, 'limits', ['documented', 'off']) ?? 'documented',
    ...(stateFile === undefined ? {} : { stateFile }),
    faultControl: given.faults === true,
    keys: [key],
    accounts,
    logger,
  })
  const { restUrl: rest, wsPublic, wsPrivate, wsBusiness } = simulator
  const { apiKey, secretKey, passphrase } = key
  // These are keys to play money, and of no use anywhere else.
  const line = { rest, wsPublic, wsPrivate, wsBusiness, apiKey, secretKey, passphrase }
  process.stdout.write(`${JSON.stringify(line)}\n`)
  if (!signal.aborted) await once(signal, 'abort')
  await simulator.close()
}
