import { type TProperties, type TSchema, Type } from 'typebox'
import { type Bar, bars, isBar, parseBar, sessionOf } from '../domain/bars.js'
import { parseInstId } from '../domain/instrument.js'
import { Strategy } from '../domain/strategy/schema.js'
import { accountNamePattern } from '../services/accounts.js'
import type { App } from './app.js'
import type { Caller } from './defineCommand.js'
import { isMoment, isRange } from './range.js'

/** The arguments that a command may declare. */
export const Arg = {
  /** A command's arguments, in the order in which they are typed. */
  object: <Properties extends TProperties>(properties: Properties) =>
    Type.Object(properties, { additionalProperties: false }),
  optional: Type.Optional,
  /** The name of a strategy, new or existing. */
  strategy: () => Type.String({ format: 'strategy' }),
  /** An instrument: arrives as OKX's id, whatever was typed. */
  instrument: () => Type.String({ format: 'instrument' }),
  /** A timeframe: arrives as OKX's name. */
  bar: () => Type.Unsafe<Bar>(Type.String({ format: 'bar' })),
  /** A stretch of time, as typed: `parseRange(text, now)` makes it a TimeRange. */
  range: () => Type.String({ format: 'range' }),
  /** A moment, as typed: `parseMoment(text, now)` makes it epoch ms. */
  time: () => Type.String({ format: 'time' }),
  /** All text from here on, line breaks and all: only as the last argument. */
  rest: (options: { maxLength: number }) => Type.String({ format: 'rest', minLength: 1, ...options }),
  /** The number of a strategy's version. */
  version: () => Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  integer: (limits: { minimum: number; maximum: number }) => Type.Integer(limits),
  number: (limits: { minimum: number; maximum: number }) => Type.Number(limits),
  choice: <const Values extends string[]>(values: readonly [...Values]) => Type.Enum(values),
  boolean: () => Type.Boolean(),
  /** The name of an account, new or existing. */
  account: () => Type.String({ format: 'account' }),
  /**
   * A word that nobody else may see, as it stands. Only in a command that is `secret`, and optional: surfaces with forms
   * ask for it there (`asksSecrets`).
   */
  secret: (options: { maxLength: number }) => Type.String({ format: 'secret', minLength: 1, ...options }),
  /** The id of a thing of ours, such as a run. */
  id: () => Type.String({ format: 'id' }),
}

/** What arguments of one form have in common. */
export interface ArgKind {
  name: string
  /** The value that a text stands for, or undefined where it has not the form. */
  parse(text: string): unknown
  /** Whether a text is already such a value. */
  isValue(text: string): boolean
  /** A second word that belongs to the first, such as `swap` after `btc`. */
  continues?: RegExp
  /** Values to offer, best first; answered from memory or cache. */
  suggest?(app: App, caller: Caller): Promise<readonly string[]>
}

const strategyPattern = new RegExp(String(jsonSchema(Strategy.properties.name).pattern), 'u')
const idPattern = /^[\w-]{1,40}$/
const plainBars = bars.filter((bar) => sessionOf(bar) !== 'UTC+8').map((bar) => bar.replace('utc', '').toLowerCase())
const plainRanges = ['7d', '30d', '90d', '180d', '1y']

/** Kinds of text, by the `format` that their schema names. */
const textKinds = new Map(
  (
    [
      {
        name: 'strategy',
        parse: (text) => (strategyPattern.test(text) ? text : undefined),
        isValue: (text) => strategyPattern.test(text),
        suggest: (app, caller) => app.suggestions.strategies(caller.id),
      },
      {
        name: 'instrument',
        parse: parseInstrument,
        isValue: (text) => parseInstId(text) === text,
        continues: /^(swap|perp)$/i,
        suggest: (app) => app.suggestions.instruments(),
      },
      { name: 'bar', parse: (text) => parseBar(text) ?? undefined, isValue: isBar, suggest: async () => plainBars },
      {
        name: 'range',
        parse: (text) => (isRange(text) ? text : undefined),
        isValue: isRange,
        suggest: async () => plainRanges,
      },
      {
        name: 'time',
        parse: (text) => (isMoment(text) ? text : undefined),
        isValue: isMoment,
        continues: /^\d\d:\d\dZ?$/i,
      },
      {
        name: 'id',
        parse: (text) => (idPattern.test(text) ? text : undefined),
        isValue: (text) => idPattern.test(text),
      },
      {
        name: 'account',
        parse: (text) => (accountNamePattern.test(text) ? text : undefined),
        isValue: (text) => accountNamePattern.test(text),
        suggest: (app, caller) => app.suggestions.accounts(caller.id),
      },
      { name: 'secret', parse: (text) => text, isValue: () => true },
      { name: 'rest', parse: (text) => text, isValue: () => true },
    ] satisfies ArgKind[]
  ).map((kind): [string, ArgKind] => [kind.name, kind]),
)

/** For ajv: what each `format` takes. */
export const formats = Object.fromEntries([...textKinds.values()].map(({ name, isValue }) => [name, isValue]))

/** The part of JSON Schema that arguments use. */
export interface ArgSchema {
  type?: string
  format?: string
  pattern?: string
  enum?: readonly (string | number)[]
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
}

export function jsonSchema(schema: TSchema): ArgSchema {
  return schema
}

/** The kind of an argument. Throws where it is none that `Arg` makes. */
export function kindOf(schema: TSchema): ArgKind {
  const { type, format, enum: values } = jsonSchema(schema)
  const kind = format === undefined ? undefined : textKinds.get(format)
  if (kind) return kind
  if (values) return choiceKind(values.map(String))
  if (type === 'integer' || type === 'number') return numberKind(type)
  if (type === 'boolean') return booleanKind
  throw new Error(`no such kind of argument: ${JSON.stringify(schema)}`)
}

/** What is allowed, as values of the messages that refuse an argument. */
export function limitsOf(schema: TSchema): Record<string, string | number> {
  const { enum: values, minimum, maximum, maxLength } = jsonSchema(schema)
  return {
    bars: plainBars.join(' '),
    choices: (values ?? []).join(', '),
    minimum: minimum ?? '',
    maximum: maximum ?? maxLength ?? '',
  }
}

/** `15m`, `90d` and `100` have the form of coins, but are none. */
function parseInstrument(text: string): string | undefined {
  if (parseBar(text) !== null || isRange(text) || /^\d+$/.test(text)) return undefined
  return parseInstId(text) ?? undefined
}

function choiceKind(values: readonly string[]): ArgKind {
  return {
    name: 'choice',
    parse: (text) => values.find((value) => value.toLowerCase() === text.toLowerCase()),
    isValue: (text) => values.includes(text),
    suggest: async () => values,
  }
}

function numberKind(name: 'integer' | 'number'): ArgKind {
  const form = name === 'integer' ? /^[+-]?\d{1,15}$/ : /^[+-]?\d{1,15}(\.\d{1,15})?$/
  return { name, parse: (text) => (form.test(text) ? Number(text) : undefined), isValue: () => false }
}

const booleanWords = new Map([
  ...['yes', 'true', 'on', '1'].map((word): [string, boolean] => [word, true]),
  ...['no', 'false', 'off', '0'].map((word): [string, boolean] => [word, false]),
])
const booleanKind: ArgKind = {
  name: 'boolean',
  parse: (text) => booleanWords.get(text.toLowerCase()),
  isValue: () => false,
  suggest: async () => ['yes', 'no'],
}
