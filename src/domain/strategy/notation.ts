import { formatBar } from '../bars.js'
import { catalog, resolveParams } from '../indicators/catalog.js'
import type { Indicator, Params, ParamValue } from '../indicators/indicator.js'
import { mostProblems, type Problem, refusal } from './problem.js'
import { RuleReader } from './ruleReader.js'
import type { Condition, Rules } from './schema.js'
import { readStatements, type Statement, type TextFault, textProblem } from './statements.js'
import { checkRules } from './validate.js'

/** The keys of rules in text: a line for each group, and one that says how the groups of a side combine. */
export const groupKeys = ['buy', 'sell']
export const ruleKeys = [...groupKeys, 'buy logic', 'sell logic']

/**
 * Rules from their text form: a line (or a part up to `;`) a group, `and` or `or` in it, and `buy logic: and` where
 * all buy groups must hold (`or`, any of them, is what it means without).
 *
 *     buy: RSI(14, oversold=30) oversold within 3 and MACD golden_cross
 *     sell: RSI overbought or not KDJ bullish @4H within 2
 *
 * Case does not matter; full-width punctuation reads as ASCII; bars are read by `parseBar`. Problems hold `line` and
 * `column`.
 */
export function parseRules(text: string): { rules: Rules } | { problems: Problem[] } {
  const { statements, problems } = readStatements(text, ruleKeys, groupKeys)
  const draft = readRules(statements)
  const refused = refusal([...problems, ...draft.faults.map((fault) => textProblem(text, fault))])
  if (refused) return refused
  const checked = checkRules(draft.rules)
  return 'problems' in checked ? { problems: placeProblems(checked.problems, text, draft.places) } : checked
}

/** Rules as JSON to be checked, and the offset of each part by its JSON path. Statements of other keys are passed over. */
export function readRules(statements: readonly Statement[]): {
  rules: { buy_groups: unknown[]; sell_groups: unknown[]; buy_logic?: string; sell_logic?: string }
  places: Map<string, number>
  faults: TextFault[]
} {
  const groups: { buy_groups: unknown[]; sell_groups: unknown[] } = { buy_groups: [], sell_groups: [] }
  const logic: { buy_logic?: string; sell_logic?: string } = {}
  const places = new Map<string, number>()
  const faults: TextFault[] = []
  for (const { key, value, valueAt } of statements) {
    if (key === 'buy' || key === 'sell') {
      const list = groups[`${key}_groups`]
      const reader = new RuleReader(value, valueAt, places)
      list.push(reader.readGroup(`rules.${key}_groups[${list.length}]`))
      if (reader.fault && faults.length < mostProblems) faults.push(reader.fault)
    } else if (key === 'buy logic' || key === 'sell logic') {
      const field = key === 'buy logic' ? 'buy_logic' : 'sell_logic'
      logic[field] = value.toUpperCase()
      places.set(`rules.${field}`, valueAt)
    }
  }
  return { rules: { ...groups, ...logic }, places, faults }
}

/** Problems with the line and column of the nearest part that the text has; those that lie nowhere in it keep their path. */
export function placeProblems(
  problems: readonly Problem[],
  text: string,
  places: ReadonlyMap<string, number>,
): Problem[] {
  return problems.map((problem) => {
    for (let path = problem.path; path !== ''; path = path.replace(/(?:\[[^[]*\]|(?:^|\.)[^.[\]]*)$/, '')) {
      const at = places.get(path)
      if (at !== undefined) return textProblem(text, { ...problem, at }, problem.path)
    }
    return problem
  })
}

/** Canonical rules as text: `parseRules(formatRules(rules))` equals `rules`. */
export function formatRules(rules: Rules): string {
  const { buy_groups, sell_groups, buy_logic, sell_logic } = rules
  return [
    ...(buy_logic === 'AND' ? ['buy logic: and'] : []),
    ...buy_groups.map((group) => `buy: ${formatGroup(group)}`),
    ...(sell_logic === 'AND' ? ['sell logic: and'] : []),
    ...sell_groups.map((group) => `sell: ${formatGroup(group)}`),
  ].join('\n')
}

function formatGroup({ logic, conditions }: Rules['buy_groups'][number]): string {
  return conditions.map(formatCondition).join(logic === 'AND' ? ' and ' : ' or ')
}

/** A signal of the catalog as a line to copy, its parameters at their defaults: `buy: RSI(14, oversold=30) oversold`. */
export function exampleLine(indicator: Indicator, signalType: string): string {
  return `buy: ${formatSignal(indicator, signalType, resolveParams(indicator, signalType))}`
}

/** A condition of canonical rules as text. */
export function formatCondition({ indicator_type, signal_type, params, within, negate, bar }: Condition): string {
  return [
    ...(negate ? ['not'] : []),
    formatSignal(catalog[indicator_type], signal_type, params),
    ...(bar ? [`@${formatBar(bar)}`] : []),
    ...(within ? [`within ${within}`] : []),
  ].join(' ')
}

function formatSignal(indicator: Indicator, signalType: string, params: Params = {}): string {
  const given = formatParams(indicator, indicator.signals[signalType].params, params)
  return `${indicator.type}${given.length === 0 ? '' : `(${given.join(', ')})`} ${signalType}`
}

/** Lengths and choices go by position as far as they lead the signal's order; levels are named, as are those after a gap. */
function formatParams(indicator: Indicator, order: readonly string[], params: Params): string[] {
  const isPositional = (name: string) => Object.hasOwn(params, name) && !isLevel(indicator, name)
  const firstGap = order.findIndex((name) => !isPositional(name))
  return order
    .filter((name) => Object.hasOwn(params, name))
    .map((name) => {
      const value = formatValue(params[name])
      return firstGap < 0 || order.indexOf(name) < firstGap ? value : `${name}=${value}`
    })
}

/** A level is what the lines are compared with. */
function isLevel(indicator: Indicator, name: string): boolean {
  return indicator.params[name].kind === 'number' && !indicator.lineParams.includes(name)
}

function formatValue(value: ParamValue): string {
  return typeof value === 'object' ? value.join('/') : String(value)
}
