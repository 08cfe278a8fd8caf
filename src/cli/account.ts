import { masked } from '../domain/exchangeKey.js'
import { UserError } from '../domain/userError.js'
import { createAccounts } from '../services/accounts.js'
import { type CheckKey, keyModes } from '../services/keyCheck.js'
import { openKeyCheck } from '../services/openKeyCheck.js'
import type { ExchangeAccount } from '../store/exchangeAccounts.js'
import type { Store } from '../store/openStore.js'
import { printJson } from './files.js'
import { type CliContext, choiceOption, optional } from './given.js'
import { openRecords } from './openRecords.js'
import { readSecrets, type SecretInput } from './readSecrets.js'

export interface AccountPorts extends Pick<SecretInput, 'input' | 'output'> {
  checkKey: CheckKey
}

/**
 * `account add [--name N] [--mode live|demo]` (asks for key, secret and passphrase, hidden), `account list`, `account use
 * NAME`, `account remove NAME`. Whose: the terminal chat's, or with `--user telegram:ID` (`discord:ID`) somebody else's.
 */
export async function run(command: CliContext, ports?: AccountPorts): Promise<void> {
  const { action, signal, t } = command
  const { checkKey, input, output } = ports ?? {
    checkKey: openKeyCheck({ okxBaseUrl: command.config.okxBaseUrl, logger: command.logger }),
    input: process.stdin,
    output: process.stderr,
  }
  const mode = choiceOption(command, 'mode', keyModes) ?? 'demo'
  const name = optional(command, 'name') ?? 'main'
  const store = await openRecords(command)
  try {
    const accounts = createAccounts({ store: store.exchangeAccounts, checkKey })
    const userId = await userOf(store, command)
    if (action === 'add') {
      const questions = ['key', 'secret', 'passphrase'].map((part) => t(`cli-ask-${part}`))
      const [apiKey, secretKey, passphrase] = await readSecrets(questions, { input, output, signal })
      const key = { name, mode, apiKey, secretKey, passphrase }
      const { account, config, warnings } = await accounts.add(userId, key, Date.now(), { signal })
      for (const warning of warnings) output.write(`${t(`account-warning-${warning}`)}\n`)
      const { acctLv, posMode, perm, ips } = config
      return printJson({ ...shown(account), acctLv, posMode, perm, ips })
    }
    if (action === 'use') await accounts.choose(userId, named(command), Date.now())
    if (action === 'remove') await accounts.remove(userId, named(command), Date.now())
    printJson((await accounts.list(userId)).map(shown))
  } finally {
    await store.close()
  }
}

function shown({ name, mode, keyTail, isDefault }: ExchangeAccount) {
  return { name, mode, key: keyTail === null ? null : masked(keyTail), default: isDefault }
}

function named({ action, rest: [name] }: CliContext): string {
  if (name === undefined) throw new UserError('error-cli-name-missing', { command: `account ${action}` })
  return name
}

async function userOf({ users }: Store, command: CliContext): Promise<number> {
  const given = optional(command, 'user') ?? 'terminal:local'
  const [, platform, platformUserId] = /^(terminal|telegram|discord):([\w-]{1,40})$/.exec(given) ?? []
  if (platform === undefined) throw new UserError('error-cli-user', { got: given })
  const { locale, timeZone } = command.config
  return (await users.findOrCreate({ platform, platformUserId, locale, timeZone })).id
}
