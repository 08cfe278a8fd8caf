import { bars, intervalMs, parseBar } from '../../bars.js'
import { catalog } from '../../indicators/catalog.js'
import type { ParamSpec } from '../../indicators/indicator.js'
import { nearest } from '../../nearest.js'
import { type PlacedCondition, placedConditions } from '../../strategy/compile.js'
import { type Fault, show } from '../../strategy/problem.js'
import { numberOrText, toValue } from '../../strategy/ruleReader.js'
import { Risk, type Rules } from '../../strategy/schema.js'
import { headKeyOf, schemaAt } from '../../strategy/strategyText.js'

/** Something of a strategy that may be varied. */
export interface Variable {
  /** In the catalog's case and the shortest form: `RSI.period`, `buy[0].MA[1].fast`, `stop_loss_pct`. */
  name: string
  /** Paths into the strategy's JSON. */
  places: readonly string[]
  /** Whole numbers go by 1 where no step is given; names are never a range. */
  scale: 'whole' | 'real' | 'names'
  /** The value that a word stands for; what is none is left for the check of the strategy to refuse. */
  read(word: string): unknown
  /** A number by which values are put in order; null where they have none. */
  rank(value: unknown): number | null
}

/** A condition with its place in the rules. */
export interface Located extends PlacedCondition {
  /** In the strategy's JSON. */
  path: string
  /** How many conditions of its type stand before it in its group, in its side and in all the rules. */
  before: { inGroup: number; inSide: number; inAll: number }
}

/** The conditions of both sides in the order of the rules. */
export function locateConditions(rules: Rules): Located[] {
  const located: Located[] = []
  const inGroups = new Map<string, number>()
  for (const placed of placedConditions(rules)) {
    const { side, group, condition } = placed
    const groupKey = `${side}_groups[${group}]`
    const index = inGroups.get(groupKey) ?? 0
    inGroups.set(groupKey, index + 1)
    const alike = located.filter((earlier) => earlier.condition.indicator_type === condition.indicator_type)
    const alikeInSide = alike.filter((earlier) => earlier.side === side)
    located.push({
      ...placed,
      path: `rules.${groupKey}.conditions[${index}]`,
      before: {
        inGroup: alikeInSide.filter((earlier) => earlier.group === group).length,
        inSide: alikeInSide.length,
        inAll: alike.length,
      },
    })
  }
  return located
}

/** The fields outside the rules that may be varied, by the paths of the strategy's JSON. */
export const fieldPaths = ['leverage', 'sizing.value', ...Object.keys(Risk.properties).map((name) => `risk.${name}`)]

function field(path: string): Variable {
  const schema = schemaAt(path)
  const [number, orNull] = schema?.anyOf ?? [schema]
  return {
    name: fieldName(path),
    places: [path],
    scale: number?.type === 'integer' ? 'whole' : 'real',
    read: (word) => (orNull && word.toLowerCase() === 'none' ? null : numberOrText({ text: word.replace(/%$/, '') })),
    // A stop, target or limit that is none is one that is never reached.
    rank: (value) => (value === null ? Infinity : Number(value)),
  }
}

/** `sizing.value` keeps its path, for `value` alone says nothing. */
export function fieldName(path: string): string {
  return path.replace(/^risk\./, '')
}

function isFieldName(path: string, word: string): boolean {
  return [path, fieldName(path), headKeyOf(path)].includes(word.toLowerCase())
}

const within = 'within'
const ownBar = 'bar'

/** What may be varied in a condition: the parameters that its signal uses, how long it counts, and its timeframe. */
function namesIn({ condition }: Located): string[] {
  return [...catalog[condition.indicator_type].signals[condition.signal_type].params, within, ownBar]
}

/** The names of all that may be varied in a strategy, those of its conditions without a side. */
export function variableNames(rules: Rules): string[] {
  const inConditions = locateConditions(rules).flatMap((located) =>
    namesIn(located).map((name) => `${located.condition.indicator_type}.${name}`),
  )
  return [...new Set([...inConditions, ...fieldPaths.map(fieldName)])]
}

interface Qualifiers {
  side?: string
  group?: number
  index?: number
}

/**
 * What a name in text means: a field (`stop_loss_pct`, `risk.stop_loss_pct`, or `stop` as in a strategy's text), or a
 * parameter of the conditions of one indicator. Those move together, all that use it, unless the name has
 *
 * - a side before it: `buy.RSI.period`, `sell.RSI.period`;
 * - a group, counted from 0 as in the strategy's JSON: `buy[1].RSI.period`;
 * - a number after the indicator: `RSI[1].period` is the second RSI condition of what stands before it.
 */
export function findVariable(rules: Rules, word: string): Variable | Fault {
  const path = fieldPaths.find((candidate) => isFieldName(candidate, word))
  if (path) return field(path)
  const read = /^(?:(buy|sell)(?:\[(\d+)\])?\.)?([a-z]+)(?:\[(\d+)\])?\.([a-z]\w*)$/i.exec(word)
  if (!read) return unknownName(rules, word)
  const [, side, group, typeText, index, nameText] = read
  const type = typeText.toUpperCase()
  const name = nameText.toLowerCase()
  const using = locateConditions(rules).filter(
    (located) => located.condition.indicator_type === type && namesIn(located).includes(name),
  )
  if (using.length === 0) return unknownName(rules, word)
  const qualifiers: Qualifiers = {
    ...(side !== undefined && { side: side.toLowerCase() }),
    ...(group !== undefined && { group: Number(group) }),
    ...(index !== undefined && { index: Number(index) }),
  }
  const meant = using.filter((located) => isMeant(located, qualifiers))
  if (meant.length === 0) {
    const allowed = using.map((located) => `${placeName(located)}.${name}`).join(', ')
    return { id: 'error-space-no-condition', args: { got: show(word), allowed } }
  }
  const prefix = qualifiers.side ? `${qualifiers.side}${bracketed(qualifiers.group)}.` : ''
  return {
    name: `${prefix}${type}${bracketed(qualifiers.index)}.${name}`,
    places: meant.map((located) => placeOf(located, name)),
    ...(name === ownBar ? barVariable : name === within ? wholeVariable : paramVariable(catalog[type].params[name])),
  }
}

/** The full name of a condition: `buy[0].RSI[1]`. */
export function placeName({ side, group, condition, before }: Located): string {
  return `${side}[${group}].${condition.indicator_type}[${before.inGroup}]`
}

function placeOf({ path }: Located, name: string): string {
  return name === within || name === ownBar ? `${path}.${name}` : `${path}.params.${name}`
}

function isMeant({ side, group, before }: Located, wanted: Qualifiers): boolean {
  if (wanted.side !== undefined && wanted.side !== side) return false
  if (wanted.group !== undefined && wanted.group !== group) return false
  if (wanted.index === undefined) return true
  const { inGroup, inSide, inAll } = before
  return wanted.index === (wanted.group !== undefined ? inGroup : wanted.side !== undefined ? inSide : inAll)
}

function bracketed(index: number | undefined): string {
  return index === undefined ? '' : `[${index}]`
}

function unknownName(rules: Rules, word: string): Fault {
  const names = variableNames(rules)
  const [, prefix = '', tail = ''] = /^((?:(?:buy|sell)(?:\[\d+\])?\.)?)(.*)$/i.exec(word) ?? []
  const near = nearest(tail.replace(/\[\d*\]/, '').slice(0, 64), names)
  const suggestion = near === null ? '' : near.includes('.') ? `${prefix.toLowerCase()}${near}` : near
  return { id: 'error-space-unknown-name', args: { got: show(word), allowed: names.join(', '), suggestion } }
}

type Reading = Pick<Variable, 'scale' | 'read' | 'rank'>

const byValue = (value: unknown) => (typeof value === 'number' ? value : null)

const wholeVariable: Reading = { scale: 'whole', read: (word) => numberOrText({ text: word }), rank: byValue }

/** Null is the strategy's own bar, which all others are longer than. */
const barVariable: Reading = {
  scale: 'names',
  read: (word) => (word.toLowerCase() === 'none' ? null : (parseBar(word) ?? word)),
  rank: (value) => bars.filter((bar) => bar === value).map(intervalMs)[0] ?? 0,
}

function paramVariable(spec: ParamSpec): Reading {
  const scale = spec.kind === 'integer' ? 'whole' : spec.kind === 'number' ? 'real' : 'names'
  return {
    scale,
    read: (word) =>
      toValue(
        spec,
        word.split('/').map((text) => ({ text })),
      ),
    rank: byValue,
  }
}
