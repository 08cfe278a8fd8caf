import { parseArgs } from 'node:util'
import { nearest } from '../domain/nearest.js'
import { UserError } from '../domain/userError.js'
import type { CliContext, Given } from './given.js'

interface Action {
  values: readonly string[]
  flags?: readonly string[]
  /** How many words may follow. */
  mostRest?: number
}

interface Subcommand {
  /** By the word after the name; '' for a subcommand that has none. */
  actions: Readonly<Record<string, Action>>
  /** What is typed behind it may be a secret, put there by mistake: messages do not repeat it. */
  secret?: boolean
  load(): Promise<{ run(context: CliContext): Promise<void> }>
}

const window = ['inst', 'bar', 'from', 'to']
const costs = ['cash', 'fee', 'slippage-bps', 'fill', 'exact-sizes']
const search = ['space', 'search', 'objective', 'trials', 'seed', 'constraints', 'walk-forward']
const oneFile = { values: [], flags: ['json'], mostRest: 1 }

/** Every subcommand with its options, once. */
export const options = {
  backtest: {
    actions: {
      '': {
        values: ['strategy', 'candles', ...window, ...costs, 'detail-candles', 'detail-bar', 'chart'],
        flags: ['equity', 'json'],
      },
    },
    load: () => import('./backtest.js'),
  },
  optimize: {
    actions: {
      '': {
        values: ['strategy', 'candles', ...window, ...costs, 'detail-candles', 'detail-bar', ...search],
        flags: ['json'],
      },
    },
    load: () => import('./optimize.js'),
  },
  indicators: {
    actions: { '': { values: ['candles', 'indicator', 'params'], flags: ['list', 'json'] } },
    load: () => import('./indicators.js'),
  },
  signals: { actions: { '': { values: ['candles', 'strategy'] } }, load: () => import('./signals.js') },
  candles: {
    actions: {
      download: { values: window },
      import: { values: ['candles', 'inst'] },
      export: { values: [...window, 'source'] },
      coverage: { values: ['inst', 'bar', 'source'] },
    },
    load: () => import('./candles.js'),
  },
  strategy: {
    actions: {
      list: { values: [], flags: ['json'] },
      show: oneFile,
      validate: oneFile,
      format: oneFile,
      parse: oneFile,
    },
    load: () => import('./strategy.js'),
  },
  account: {
    actions: {
      add: { values: ['name', 'mode', 'user'] },
      list: { values: ['user'] },
      use: { values: ['user'], mostRest: 1 },
      remove: { values: ['user'], mostRest: 1 },
    },
    secret: true,
    load: () => import('./account.js'),
  },
  secret: {
    actions: {
      set: { values: [], mostRest: 1 },
      list: { values: [] },
      remove: { values: [], mostRest: 1 },
      rotate: { values: [] },
    },
    secret: true,
    load: () => import('./secret.js'),
  },
  simulator: {
    actions: { '': { values: ['mode', 'port', 'seed', 'state', 'limits'], flags: ['faults'] } },
    load: () => import('./simulator.js'),
  },
} satisfies Record<string, Subcommand>

export type SubcommandName = keyof typeof options

/** Throws UserError for a subcommand, action or option that does not exist, with the nearest that does. */
export function readCommand(words: readonly string[]): (Given & { name: SubcommandName }) | 'help' {
  const [name, ...tail] = words
  if (name === undefined || name === 'help' || words.includes('--help')) return 'help'
  if (!isSubcommand(name)) throw unknown('error-cli-command', name, Object.keys(options))
  const { actions, secret = false }: Subcommand = options[name]
  const hasActions = !Object.hasOwn(actions, '')
  const action = hasActions ? (tail[0] ?? '') : ''
  if (!Object.hasOwn(actions, action)) throw unknown('error-cli-action', action, Object.keys(actions), secret)
  const { values, flags = [], mostRest = 0 } = actions[action]
  const config = Object.fromEntries([
    ...values.map((option) => [option, { type: 'string' as const }]),
    ...flags.map((option) => [option, { type: 'boolean' as const }]),
  ])
  const { tokens, positionals } = parseArgs({
    args: hasActions ? tail.slice(1) : [...tail],
    options: config,
    strict: false,
    tokens: true,
  })
  const given: Record<string, string | true> = {}
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const isFlag = flags.includes(token.name)
    if (!isFlag && !values.includes(token.name)) throw unknown('error-cli-option', token.name, [...values, ...flags])
    if (Object.hasOwn(given, token.name)) throw new UserError('error-cli-twice', { name: token.name })
    if (!isFlag && token.value === undefined) throw new UserError('error-cli-value', { name: token.name })
    if (!token.inlineValue && token.value?.startsWith('--'))
      throw new UserError('error-cli-value', { name: token.name })
    if (isFlag && token.value !== undefined) throw new UserError('error-cli-flag', { name: token.name })
    given[token.name] = token.value ?? true
  }
  if (positionals.length > mostRest)
    throw new UserError('error-cli-word', { got: secret ? '…' : positionals[mostRest] })
  return { name, action, rest: positionals, given }
}

function isSubcommand(name: string): name is SubcommandName {
  return Object.hasOwn(options, name)
}

function unknown(id: string, typed: string, names: readonly string[], secret = false): UserError {
  const got = secret ? '…' : typed
  return new UserError(id, { got, suggestion: nearest(typed, names) ?? '', allowed: names.join(', ') })
}
