import { describeRules } from '../domain/strategy/describe.js'
import { parseRules } from '../domain/strategy/notation.js'
import { problemError } from '../domain/strategy/problem.js'
import { formatStrategy, hasName } from '../domain/strategy/strategyText.js'
import { templates } from '../domain/strategy/templates.js'
import { UserError } from '../domain/userError.js'
import { readStrategy } from '../services/strategies.js'
import { printJson, readStrategyOption, readText } from './files.js'
import type { CliContext } from './given.js'

/**
 * `strategy list`, `show NAME|FILE`, `validate FILE`, `format FILE` (JSON to text), `parse FILE` (text to JSON); a file may
 * be `-` for standard input. With --json each prints JSON.
 */
export async function run({ action, rest: [word], given, t }: CliContext): Promise<void> {
  const asJson = given.json === true
  const print = (text: string, value: unknown) => (asJson ? printJson(value) : void process.stdout.write(`${text}\n`))
  if (action === 'list') {
    const lines = templates.map(({ name }) => `${name}  ${t(`template-${name}`)}`)
    return print(lines.join('\n'), templates)
  }
  if (word === undefined) throw new UserError('error-cli-word-missing', { action })
  if (action === 'show') {
    const strategy = readStrategyOption(word)
    return print(`${formatStrategy(strategy)}\n\n${describeRules(strategy, t)}`, strategy)
  }
  if (action === 'validate') {
    const strategy = readStrategyOption(word)
    return print(t('cli-strategy-valid', { name: strategy.name }), { valid: true, strategy })
  }
  const text = readText(word)
  if (action === 'format') {
    const strategy = readStrategy(text)
    return print(formatStrategy(strategy), { text: formatStrategy(strategy) })
  }
  return printJson(parse(text))
}

/** The text form as JSON: a whole strategy where it has a name, the rules alone where it has none. */
function parse(text: string): unknown {
  if (/^\s*\{/.test(text) || hasName(text)) return readStrategy(text)
  const read = parseRules(text)
  if ('problems' in read) throw problemError(read.problems[0])
  return read.rules
}
