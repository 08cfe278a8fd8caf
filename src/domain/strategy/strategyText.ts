import { type Bar, formatBar, parseBar } from '../bars.js'
import { parseInstId } from '../instrument.js'
import { formatRules, groupKeys, placeProblems, readRules, ruleKeys } from './notation.js'
import { type Problem, refusal } from './problem.js'
import { numberOrText } from './ruleReader.js'
import { type Sizing, Strategy } from './schema.js'
import { readStatements, type Statement, textProblem } from './statements.js'
import { checkStrategy } from './validate.js'

/** A line of the head: its key, the path of its field, and the field's value from and to text. */
interface HeadLine {
  key: string
  path: string
  read(statement: Statement): unknown
  format(value: unknown): string
}

/** `format` gets what a checked strategy, or the schema's default, has at `path`. */
function headLine<T>(
  key: string,
  path: string,
  read: (statement: Statement) => unknown,
  format: (value: T) => string,
): HeadLine {
  return { key, path, read, format: (value) => format(value as T) }
}

const word = ({ value }: Statement) => value.toLowerCase()
const literal = ({ literal }: Statement) => literal

/** A number, with or without its unit, or `none`. */
function measure(key: string, path: string, unit: string): HeadLine {
  const read = ({ value }: Statement) => (value.toLowerCase() === 'none' ? null : readMeasure(value, unit))
  return headLine(key, path, read, (value: number | null) => (value === null ? 'none' : `${value}${unit}`))
}

function readMeasure(value: string, unit: string): number | string {
  const bare = value.toLowerCase().endsWith(unit) ? value.slice(0, value.length - unit.length).trimEnd() : value
  return numberOrText({ text: bare })
}

const head: readonly HeadLine[] = [
  headLine('name', 'name', literal, String),
  headLine('description', 'description', literal, quoteIfNeeded),
  headLine('inst', 'inst_id', ({ value }) => parseInstId(value) ?? value, String),
  headLine(
    'bar',
    'bar',
    ({ value }) => parseBar(value) ?? value,
    (bar: Bar) => formatBar(bar),
  ),
  headLine('direction', 'direction', word, String),
  headLine('evaluate', 'evaluate_on', word, String),
  measure('monitor', 'monitor_interval_s', 's'),
  measure('leverage', 'leverage', 'x'),
  headLine('margin', 'margin_mode', word, String),
  headLine('size', 'sizing', readSizing, formatSizing),
  measure('stop', 'risk.stop_loss_pct', '%'),
  measure('target', 'risk.take_profit_pct', '%'),
  measure('trail', 'risk.trailing_stop_pct', '%'),
  measure('hold', 'risk.max_hold_bars', ''),
  measure('cooldown', 'risk.cooldown_bars', ''),
]
const keys = [...head.map(({ key }) => key), ...ruleKeys]

/** The key of the head's line that sets this field of a strategy or the whole that it is part of, if there is one. */
export function headKeyOf(path: string): string | undefined {
  return head.find((line) => path === line.path || path.startsWith(`${line.path}.`))?.key
}

/** What a person wants to see even where it is the default. */
const alwaysShown = ['name', 'inst', 'bar', 'direction']

/**
 * A whole strategy from text: lines of the head (all but the name may be left out), then its rules as in `parseRules`.
 *
 *     name: rsi-dip
 *     bar: 15m
 *     stop: 3%
 *     size: 100%         (of equity; `500`: that much quote currency; `risk 1%`: what the stop may cost)
 *     buy: RSI oversold
 *
 * The other keys are `head`'s above. A description that has a `;` or begins with a quote goes in quotes, as in JSON.
 * `options.name` is the name where the text gives none.
 */
export function parseStrategyText(
  text: string,
  options: { name?: string } = {},
): { strategy: Strategy } | { problems: Problem[] } {
  const draft = readDraft(text)
  if ('problems' in draft) return draft
  return checkDraft({ ...options, ...draft.fields, risk: draft.risk, rules: draft.rules }, text, draft.places)
}

/** Whether a text says whose rules it has: then it is a whole strategy, not some statements of one. */
export function hasName(text: string): boolean {
  return readStatements(text, keys, groupKeys).statements.some(({ key }) => key === 'name')
}

/**
 * A checked strategy in which the statements of `text` take the place of those of the same key; all `buy` lines together
 * are one such statement, and so are all `sell` lines. `none` takes away what may be absent.
 */
export function changeStrategy(strategy: Strategy, text: string): { strategy: Strategy } | { problems: Problem[] } {
  const draft = readDraft(text)
  if ('problems' in draft) return draft
  const { buy_groups, sell_groups, ...logic } = draft.rules
  const rules = {
    ...strategy.rules,
    ...(buy_groups.length > 0 && { buy_groups }),
    ...(sell_groups.length > 0 && { sell_groups }),
    ...logic,
  }
  return checkDraft(
    { ...strategy, ...draft.fields, risk: { ...strategy.risk, ...draft.risk }, rules },
    text,
    draft.places,
  )
}

/** What a text says of a strategy, to be checked; `places` has the offset of each part by its JSON path. */
interface Draft {
  fields: Record<string, unknown>
  risk: Record<string, unknown>
  rules: ReturnType<typeof readRules>['rules']
  places: Map<string, number>
}

function readDraft(text: string): Draft | { problems: Problem[] } {
  const { statements, problems } = readStatements(text, keys, groupKeys)
  const { rules, places, faults } = readRules(statements)
  const refused = refusal([...problems, ...faults.map((fault) => textProblem(text, fault))])
  if (refused) return refused
  const fields: Record<string, unknown> = {}
  const risk: Record<string, unknown> = {}
  for (const statement of statements) {
    const line = head.find(({ key }) => key === statement.key)
    if (!line) continue
    const [field, inner] = line.path.split('.')
    if (inner === undefined) fields[field] = line.read(statement)
    else risk[inner] = line.read(statement)
    places.set(line.path, statement.valueAt)
  }
  return { fields, risk, rules, places }
}

function checkDraft(
  draft: Record<string, unknown>,
  text: string,
  places: ReadonlyMap<string, number>,
): { strategy: Strategy } | { problems: Problem[] } {
  const checked = checkStrategy(draft)
  return 'problems' in checked ? { problems: placeProblems(checked.problems, text, places) } : checked
}

/** A checked strategy as text, without what has its default: `parseStrategyText(formatStrategy(s))` equals `s`. */
export function formatStrategy(strategy: Strategy): string {
  const lines = head.flatMap(({ key, path, format }) => {
    const text = format(valueAt(strategy, path))
    const byDefault = schemaAt(path)?.default
    const isDefault = byDefault !== undefined && format(byDefault) === text
    return isDefault && !alwaysShown.includes(key) ? [] : [`${key}: ${text}`]
  })
  return [...lines, formatRules(strategy.rules)].join('\n')
}

function valueAt(strategy: Strategy, path: string): unknown {
  return path.split('.').reduce<unknown>((value, step) => (value as Record<string, unknown>)[step], strategy)
}

interface SchemaNode {
  type?: unknown
  default?: unknown
  properties?: Readonly<Record<string, SchemaNode>>
  anyOf?: readonly SchemaNode[]
}

/** What the schema says of a field outside the rules, by its path in the strategy's JSON. */
export function schemaAt(path: string): SchemaNode | undefined {
  const root: object = Strategy
  return path.split('.').reduce<SchemaNode | undefined>((schema, step) => schema?.properties?.[step], root)
}

function readSizing({ value }: Statement): unknown {
  const [, risk] = /^risk\s+(.*)$/i.exec(value) ?? []
  if (risk !== undefined) return { type: 'risk', value: readMeasure(risk, '%') }
  return { type: value.endsWith('%') ? 'percent' : 'quote', value: readMeasure(value, '%') }
}

function formatSizing({ type, value }: Sizing): string {
  if (type === 'quote') return String(value)
  return type === 'risk' ? `risk ${value}%` : `${value}%`
}

/** In quotes what `readStatements` would cut or trim. */
function quoteIfNeeded(text: string): string {
  return text !== text.trim() || /^"|[\n;；]/.test(text) ? JSON.stringify(text) : text
}
