import pino from 'pino'
import { options, readCommand } from './cli/options.js'
import { readConfig } from './config.js'
import { UserError } from './domain/userError.js'
import { createTranslator } from './i18n.js'

/**
 * The services for scripts: results on standard output, logs on standard error; status 1 and one line for what the user
 * can mend. Each subcommand is loaded only when it is asked for.
 */
async function main(words: readonly string[]): Promise<void> {
  const t = createTranslator({ locale: 'en', timeZone: 'UTC', theme: 'light' })
  try {
    const command = readCommand(words)
    if (command === 'help') return void process.stdout.write(`${t('cli-usage')}\n`)
    const config = readConfig()
    const logger = pino({ level: config.logLevel === 'info' ? 'warn' : config.logLevel }, pino.destination(2))
    const abort = new AbortController()
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => abort.abort(new UserError('error-cli-interrupted')))
    const { run } = await options[command.name].load()
    await run({ ...command, config, logger, t, signal: abort.signal })
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    process.stderr.write(`${t(error.id, error.args)}\n`)
    process.exitCode = 1
  }
}

// A reader that has seen enough (`| head`) is no failure of ours.
process.stdout.on('error', ({ code = '' }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') process.exit(0)
  const t = createTranslator({ locale: 'en', timeZone: 'UTC', theme: 'light' })
  process.stderr.write(`${t('error-file-unwritable', { path: 'stdout', reason: code })}\n`)
  process.exit(1)
})

await main(process.argv.slice(2))
