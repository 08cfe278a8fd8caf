import { checkKeepable } from '../config.js'
import { masked } from '../domain/exchangeKey.js'
import { UserError } from '../domain/userError.js'
import { printJson } from './files.js'
import type { CliContext } from './given.js'
import { openRecords } from './openRecords.js'
import { readSecrets, type SecretInput } from './readSecrets.js'

/**
 * `secret set NAME` (asks for the value, hidden), `secret list`, `secret remove NAME`: settings that are kept encrypted in
 * the database, for where the environment does not set them. `secret rotate`: everything secret under another key.
 */
export async function run(
  command: CliContext,
  { input, output }: Pick<SecretInput, 'input' | 'output'> = { input: process.stdin, output: process.stderr },
): Promise<void> {
  const { action, rest, signal, t } = command
  const store = await openRecords(command)
  try {
    if (action === 'rotate') {
      const rotated = await store.rotateSecrets()
      return printJson({ ...rotated, key: command.config.secret === null ? 'secret.key' : 'CANDLECHAT_SECRET' })
    }
    const [name] = rest
    if (name === undefined && action !== 'list')
      throw new UserError('error-cli-name-missing', { command: `secret ${action}` })
    if (action === 'set') {
      checkKeepable(name)
      const [text] = await readSecrets([t('cli-ask-value', { name })], { input, output, signal })
      checkKeepable(name, text)
      await store.secrets.set(name, text, Date.now())
    }
    if (action === 'remove' && !(await store.secrets.remove(name))) throw new UserError('error-secret-unknown')
    const list = await store.secrets.list()
    printJson(list.map((kept) => ({ name: kept.name, value: masked(kept.tail), updated: t.dateTime(kept.updatedAt) })))
  } finally {
    await store.close()
  }
}
