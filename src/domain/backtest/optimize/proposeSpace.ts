import { catalog, resolveParams } from '../../indicators/catalog.js'
import type { ParamSpec, ParamValue } from '../../indicators/indicator.js'
import type { Strategy } from '../../strategy/schema.js'
import { parseSpace } from './parseSpace.js'
import { type Located, locateConditions, placeName } from './variables.js'

/** More would keep somebody waiting who only wants a look. */
const mostPoints = 300
/** More than this many dimensions would leave too few values for each. */
const mostDimensions = 5

interface Candidate {
  name: string
  priority: 'stated' | 'exit' | 'length' | 'level'
  /** The strategy's own value for 0, as text; smaller ones below, larger ones above. */
  value(k: number): string
}

const priorities: readonly Candidate['priority'][] = ['stated', 'exit', 'length', 'level']

/**
 * A space around a strategy as text that `parseSpace` reads, for when nobody has said what varies; '' where nothing can.
 * First comes what the rules state, then stops and targets, then lengths and levels that are the catalog's defaults:
 * five at most, each with three to seven values around its own, at most 300 points in all. Levels between 0 and 100 go
 * by 5, all else by factors of the square root of 2. Conditions that share a value vary together.
 */
export function proposeSpace(strategy: Strategy): string {
  const valuesOf = ({ name, value }: Candidate, count: number) => {
    const reach = (count - 1) / 2
    const around = Array.from({ length: count }, (_, i) => value(i - reach))
    return [...new Set(around)].filter((text) => 'dimensions' in parseSpace(`${name}=${text}`, strategy))
  }
  const byPriority = [...conditionCandidates(strategy), ...exitCandidates(strategy)].sort(
    (a, b) => priorities.indexOf(a.priority) - priorities.indexOf(b.priority),
  )
  const candidates: Candidate[] = []
  for (const candidate of byPriority) {
    if (candidates.length < mostDimensions && valuesOf(candidate, 3).length > 1) candidates.push(candidate)
  }
  const counts = candidates.map(() => 3)
  for (const count of [5, 7]) {
    for (let d = 0; d < counts.length; d++) {
      const points = counts.with(d, count).reduce((product, other) => product * other, 1)
      if (points <= mostPoints) counts[d] = count
    }
  }
  return candidates.map((candidate, d) => `${candidate.name}=${valuesOf(candidate, counts[d]).join(',')}`).join('; ')
}

function exitCandidates({ risk }: Strategy): Candidate[] {
  const exits = ['stop_loss_pct', 'take_profit_pct', 'trailing_stop_pct'] as const
  return exits.flatMap((name) => {
    const own = risk[name]
    return own === null ? [] : [{ name, priority: 'exit' as const, value: (k: number) => scaled(own, k) }]
  })
}

function conditionCandidates({ rules }: Strategy): Candidate[] {
  const located = locateConditions(rules)
  const types = [...new Set(located.map(({ condition }) => condition.indicator_type))]
  return types.flatMap((type) => {
    const ofType = located.filter(({ condition }) => condition.indicator_type === type)
    const names = [...new Set(ofType.flatMap((one) => Object.keys(resolved(one))))]
    return names.flatMap((name) => {
      const using = ofType.filter((one) => Object.hasOwn(resolved(one), name))
      return shares(using, name, 0).flatMap(({ prefix, members }) => {
        const spec = catalog[type].params[name]
        const value = around(spec, resolved(members[0])[name])
        const isStated = members.some(({ condition }) => Object.hasOwn(condition.params ?? {}, name))
        const priority = isStated ? 'stated' : spec.kind === 'number' ? 'level' : 'length'
        return value ? [{ name: `${prefix}.${name}`, priority, value } satisfies Candidate] : []
      })
    })
  })
}

function resolved({ condition }: Located): Readonly<Record<string, ParamValue>> {
  return resolveParams(catalog[condition.indicator_type], condition.signal_type, condition.params)
}

/** How names tell conditions of one indicator apart, the coarsest first. */
const prefixes: readonly ((located: Located) => string)[] = [
  ({ condition }) => condition.indicator_type,
  ({ side, condition }) => `${side}.${condition.indicator_type}`,
  ({ side, group, condition }) => `${side}[${group}].${condition.indicator_type}`,
  placeName,
]

/** Conditions under the coarsest prefixes whose conditions all have the same value. */
function shares(using: readonly Located[], name: string, level: number): { prefix: string; members: Located[] }[] {
  const byPrefix = new Map<string, Located[]>()
  for (const one of using) {
    const prefix = prefixes[level](one)
    byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), one])
  }
  return [...byPrefix].flatMap(([prefix, members]) => {
    const isShared = new Set(members.map((one) => JSON.stringify(resolved(one)[name]))).size === 1
    return isShared ? [{ prefix, members }] : shares(members, name, level + 1)
  })
}

/** Values around the own one, as text; null for a parameter that has no more and less. */
function around(spec: ParamSpec, own: ParamValue): ((k: number) => string) | null {
  if (typeof own === 'string') return null
  if (typeof own === 'object') return (k) => own.map((length) => Math.round(length * 2 ** (k / 2))).join('/')
  if (spec.kind === 'integer') return (k) => String(Math.round(own * 2 ** (k / 2)))
  if (spec.kind === 'number' && spec.min === 0 && spec.max === 100) return (k) => String(own + 5 * k)
  return (k) => scaled(own, k)
}

/** To two digits, but the own value as it is. */
function scaled(own: number, k: number): string {
  return String(k === 0 ? own : Number((own * 2 ** (k / 2)).toPrecision(2)))
}
