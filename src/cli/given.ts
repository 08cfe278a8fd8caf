import type { Logger } from 'pino'
import type { Config } from '../config.js'
import { UserError } from '../domain/userError.js'
import type { Translator } from '../i18n.js'

/** What was typed after a subcommand's name. */
export interface Given {
  /** The word after the name, such as `download`; '' where the subcommand has none. */
  action: string
  /** What follows without a `--`. */
  rest: readonly string[]
  /** By option name; flags are `true`. */
  given: Readonly<Record<string, string | true>>
}

/** What a subcommand works with. */
export interface CliContext extends Given {
  config: Config
  logger: Logger
  t: Translator
  signal: AbortSignal
}

/** The value of an option that must be there. */
export function required({ given }: Pick<Given, 'given'>, name: string): string {
  const value = given[name]
  if (typeof value !== 'string' || value === '') throw new UserError('error-cli-missing', { name })
  return value
}

/** The value of an option that may be left out. */
export function optional({ given }: Pick<Given, 'given'>, name: string): string | undefined {
  const value = given[name]
  return value === true ? undefined : value
}

/** A number within bounds, or the default where the option is left out. */
export function numberOption(
  command: Pick<Given, 'given'>,
  name: string,
  { minimum, maximum, whole = false }: { minimum: number; maximum: number; whole?: boolean },
): number | undefined {
  const text = optional(command, name)
  if (text === undefined) return undefined
  const value = Number(text)
  if (/^-?\d+(\.\d+)?(e-?\d+)?$/i.test(text) && value >= minimum && value <= maximum && !(whole && value % 1 !== 0)) {
    return value
  }
  throw new UserError('error-cli-number', {
    name,
    got: text,
    minimum: String(minimum),
    maximum: String(maximum),
  })
}

/** One of some words, or undefined where the option is left out. */
export function choiceOption<Choice extends string>(
  command: Pick<Given, 'given'>,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const text = optional(command, name)
  const choice = choices.find((candidate) => candidate === text)
  if (text !== undefined && choice === undefined) {
    throw new UserError('error-cli-choice', { name, got: text, choices: choices.join(', ') })
  }
  return choice
}
