import { once } from 'node:events'
import { createOkxClient } from '../okx/okxClient.js'
import { startPaperExchange } from '../simulator/paper/paperExchange.js'
import { playAccount } from '../simulator/playAccount.js'
import { startSimulator } from '../simulator/server.js'
import { type CliContext, choiceOption, numberOption, optional } from './given.js'

/**
 * `simulator [--mode paper] --port N`: serves the simulated exchange until stopped; prints one JSON line that says where,
 * and the key of a funded account. In paper mode the prices are OKX's; while OKX cannot be reached there are none, which is
 * said on standard error.
 */
export async function run(command: CliContext): Promise<void> {
  const { config, logger, signal, given } = command
  const seed = optional(command, 'seed') ?? config.seed
  const mode = choiceOption(command, 'mode', ['simulated', 'paper']) ?? 'simulated'
  const stateFile = optional(command, 'state')
  const { key, accounts } = playAccount(seed)
  const options = {
    seed,
    clock: Date.now,
    port: numberOption(command, 'port', { minimum: 0, maximum: 65_535, whole: true }) ?? 0,
    limits: choiceOption(command, 'limits', ['documented', 'off']) ?? 'documented',
    ...(stateFile === undefined ? {} : { stateFile }),
    faultControl: given.faults === true,
    keys: [key],
    accounts,
    logger,
  }
  const simulator = await (mode === 'paper'
    ? startPaperExchange({ ...options, ...okx(command) })
    : startSimulator(options))
  const { restUrl: rest, wsPublic, wsPrivate, wsBusiness } = simulator
  const { apiKey, secretKey, passphrase } = key
  // These are keys to play money, and of no use anywhere else.
  const line = { rest, wsPublic, wsPrivate, wsBusiness, apiKey, secretKey, passphrase }
  process.stdout.write(`${JSON.stringify(line)}\n`)
  if (!signal.aborted) await once(signal, 'abort')
  await simulator.close()
}

function okx({ config: { okxBaseUrl }, logger, t }: CliContext) {
  // Of an address, the rest may be a secret.
  const { host } = new URL(okxBaseUrl)
  return {
    okxBaseUrl,
    rules: createOkxClient({ baseUrl: okxBaseUrl, logger }),
    onReach(isReached: boolean) {
      process.stderr.write(`${t(isReached ? 'cli-okx-found' : 'cli-okx-lost', { host })}\n`)
    },
  }
}
