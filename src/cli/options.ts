import { parseArgs } from 'node:util'
import { nearest } from '../domain/nearest.js'
import { UserError } from '../domain/userError.js'
import type { CliContext, Given } from './given.js'

interface Subcommand {
  actions: readonly string[]
  /** How many words may follow. */
  mostRest: number
  values: readonly string[]
  flags: readonly string[]
  load(): Promise<{ run(context: CliContext): Promise<void> }>
}

/** Every subcommand with its options, once. */
export const options = {
  backtest: {
    actions: [],
    mostRest: 0,
    values: [
      'strategy',
      'candles',
      'inst',
      'bar',
      'from',
      'to',
      'cash',
      'fee',
      'slippage-bps',
      'fill',
      'exact-sizes',
      'detail-candles',
      'chart',
    ],
    flags: ['equity', 'json'],
    load: () => import('./backtest.js'),
  },
  indicators: {
    actions: [],
    mostRest: 0,
    values: ['candles', 'indicator', 'params'],
    flags: [],
    load: () => import('./indicators.js'),
  },
  signals: {
    actions: [],
    mostRest: 0,
    values: ['candles', 'strategy'],
    flags: [],
    load: () => import('./signals.js'),
  },
  candles: {
    actions: ['download', 'import', 'export', 'coverage'],
    mostRest: 0,
    values: ['inst', 'bar', 'from', 'to', 'candles', 'source'],
    flags: [],
    load: () => import('./candles.js'),
  },
  strategy: {
    actions: ['list', 'show', 'validate', 'format', 'parse'],
    mostRest: 1,
    values: [],
    flags: ['json'],
    load: () => import('./strategy.js'),
  },
  simulator: {
    actions: [],
    mostRest: 0,
    values: ['port'],
    flags: [],
    load: () => import('./simulator.js'),
  },
} as const satisfies Record<string, Subcommand>

export type SubcommandName = keyof typeof options

/** Throws UserError for a subcommand, action or option that does not exist, with the nearest that does. */
export function readCommand(words: readonly string[]): (Given & { name: SubcommandName }) | 'help' {
  const [name, ...tail] = words
  if (name === undefined || name === 'help' || words.includes('--help')) return 'help'
  if (!isSubcommand(name)) throw unknown('error-cli-command', name, Object.keys(options))
  const { actions, mostRest, values, flags }: Subcommand = options[name]
  const config = Object.fromEntries([
    ...values.map((option) => [option, { type: 'string' as const }]),
    ...flags.map((option) => [option, { type: 'boolean' as const }]),
  ])
  const { tokens, positionals } = parseArgs({ args: tail, options: config, strict: false, tokens: true })
  const given: Record<string, string | true> = {}
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const isFlag = flags.includes(token.name)
    if (!isFlag && !values.includes(token.name)) throw unknown('error-cli-option', token.name, [...values, ...flags])
    if (Object.hasOwn(given, token.name)) throw new UserError('error-cli-twice', { name: token.name })
    if (!isFlag && token.value === undefined) throw new UserError('error-cli-value', { name: token.name })
    if (isFlag && token.value !== undefined) throw new UserError('error-cli-flag', { name: token.name })
    given[token.name] = token.value ?? true
  }
  const [action = '', ...rest] = actions.length > 0 ? positionals : ['', ...positionals]
  if (actions.length > 0 && !actions.includes(action)) throw unknown('error-cli-action', action, actions)
  if (rest.length > mostRest) throw new UserError('error-cli-word', { got: rest[mostRest] })
  return { name, action, rest, given }
}

function isSubcommand(name: string): name is SubcommandName {
  return Object.hasOwn(options, name)
}

function unknown(id: string, got: string, names: readonly string[]): UserError {
  return new UserError(id, { got, suggestion: nearest(got, names) ?? '', allowed: names.join(', ') })
}
