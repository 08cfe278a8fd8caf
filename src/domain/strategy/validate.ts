import { Ajv, type ValidateFunction } from 'ajv'
import { higherBars } from '../bars.js'
import { catalog } from '../indicators/catalog.js'
import { instTypeOf, parseInstId } from '../instrument.js'
import { checkCondition } from './checkCondition.js'
import { plainCopy } from './plainCopy.js'
import { type Problem, refusal, stepInto } from './problem.js'
import { type Condition, type Group, Risk, Rules, Sizing, Strategy } from './schema.js'
import { schemaProblems } from './schemaProblems.js'

const ajv = new Ajv({ useDefaults: true, allErrors: true, verbose: true })
const lazily = <T>(make: () => T): (() => T) => {
  let made: T | undefined
  return () => (made ??= make())
}
const strategyValidator = lazily(() => ajv.compile<Strategy>(Strategy))
const rulesValidator = lazily(() => ajv.compile<Rules>(Rules))

/**
 * A strategy's JSON (parsed, from anywhere), checked against schema and catalog, with its defaults filled in, in the
 * canonical form of `Strategy`. `input` is left as it is; nothing is coerced.
 */
export function checkStrategy(input: unknown): { strategy: Strategy } | { problems: Problem[] } {
  const read = readAs(strategyValidator(), input, '')
  if ('problems' in read) return read
  return checkTypedStrategy(read.value)
}

/** As `checkStrategy`, for what is known to fit the schema, every field present: what the catalog and sense say of it. */
export function checkTypedStrategy(typed: Strategy): { strategy: Strategy } | { problems: Problem[] } {
  const refused = refusal([...senseProblems(typed), ...rulesProblems(typed.rules), ...higherBarProblems(typed)])
  if (refused) return refused
  const { sizing, risk, rules } = typed
  const parts = { sizing: inOrder(sizing, Sizing), risk: inOrder(risk, Risk), rules: canonicalRules(rules) }
  return { strategy: inOrder({ ...typed, ...parts }, Strategy) }
}

/** The rules alone, which must have at least one group; as `checkStrategy`. Paths begin with `rules`. */
export function checkRules(input: unknown): { rules: Rules } | { problems: Problem[] } {
  const read = readAs(rulesValidator(), input, 'rules')
  if ('problems' in read) return read
  const rules = read.value
  const empty: Problem[] =
    rules.buy_groups.length + rules.sell_groups.length > 0
      ? []
      : [{ path: 'rules', id: 'error-strategy-no-rules', args: {} }]
  return refusal([...empty, ...rulesProblems(rules)]) ?? { rules: canonicalRules(rules) }
}

function readAs<T>(
  validator: ValidateFunction<T>,
  input: unknown,
  root: string,
): { value: T } | { problems: Problem[] } {
  const copied = plainCopy(input, root)
  if ('problem' in copied) return { problems: [copied.problem] }
  const { value } = copied
  if (validator(value)) return { value }
  return refusal(schemaProblems(validator.errors ?? [], value, root)) ?? { problems: [] }
}

/** What the schema cannot say about the fields outside the rules. */
function senseProblems(strategy: Strategy): Problem[] {
  const { inst_id, direction, leverage, sizing, risk, rules } = strategy
  const problems: Problem[] = []
  const instId = parseInstId(inst_id)
  if (instId !== inst_id) {
    problems.push({ path: 'inst_id', id: 'error-strategy-inst-id', args: { got: inst_id, suggestion: instId ?? '' } })
  }
  if (instTypeOf(inst_id) === 'SPOT') {
    const args = { instId: inst_id, suggestion: `${inst_id}-SWAP` }
    if (direction !== 'long')
      problems.push({ path: 'direction', id: 'error-strategy-spot-short', args: { ...args, got: direction } })
    if (leverage !== 1)
      problems.push({ path: 'leverage', id: 'error-strategy-spot-leverage', args: { ...args, got: String(leverage) } })
  }
  if (sizing.type !== 'quote' && sizing.value > 100) {
    problems.push({
      path: 'sizing.value',
      id: 'error-strategy-number',
      args: { got: String(sizing.value), allowed: '> 0, <= 100' },
    })
  }
  if (sizing.type === 'risk' && risk.stop_loss_pct === null) {
    problems.push({ path: 'sizing.type', id: 'error-strategy-risk-needs-stop', args: {} })
  }
  const entries = entryLists[direction]
  if (entries.every((list) => rules[list].length === 0)) {
    problems.push({
      path: `rules.${entries[0]}`,
      id: 'error-strategy-no-entry',
      args: { direction, allowed: entries.join(', ') },
    })
  }
  return problems
}

const lists = ['buy_groups', 'sell_groups'] as const

/** The lists of groups that open a position. */
const entryLists = { long: ['buy_groups'], short: ['sell_groups'], both: lists } as const

function mapConditions<T>(rules: Rules, map: (condition: Condition, side: 'buy' | 'sell', path: string) => T): T[] {
  return lists.flatMap((list) =>
    rules[list].flatMap((group, i) =>
      group.conditions.map((condition, j) =>
        map(condition, list === 'buy_groups' ? 'buy' : 'sell', `rules.${list}[${i}].conditions[${j}]`),
      ),
    ),
  )
}

function rulesProblems(rules: Rules): Problem[] {
  return mapConditions(rules, checkCondition).flat()
}

function higherBarProblems({ bar, rules }: Strategy): Problem[] {
  return mapConditions(rules, (condition, _side, path): Problem[] => {
    if (condition.bar === undefined) return []
    const higher = higherBars(bar)
    if (higher.includes(condition.bar)) return []
    const args = { got: condition.bar, bar, allowed: higher.join(', ') }
    return [{ path: stepInto(path, 'bar'), id: 'error-strategy-higher-bar', args }]
  }).flat()
}

/** Fields in the schema's order, so that equal strategies are equal as JSON text too. */
function inOrder<T extends object>(fields: T, { properties }: { properties: { [Key in keyof T]: unknown } }): T {
  return Object.fromEntries(Object.keys(properties).map((key) => [key, fields[key as keyof T]])) as T
}

function canonicalRules({ buy_groups, sell_groups, buy_logic, sell_logic }: Rules): Rules {
  return {
    buy_groups: buy_groups.map((group) => canonicalGroup(group, 'buy')),
    sell_groups: sell_groups.map((group) => canonicalGroup(group, 'sell')),
    ...(buy_logic === 'AND' && buy_groups.length > 1 && { buy_logic }),
    ...(sell_logic === 'AND' && sell_groups.length > 1 && { sell_logic }),
  }
}

function canonicalGroup({ logic, conditions }: Group, side: 'buy' | 'sell'): Group {
  return {
    logic: conditions.length > 1 ? logic : 'AND',
    conditions: conditions.map(({ indicator_type, signal_type, params = {}, within, negate, bar }) => {
      const used = catalog[indicator_type].signals[signal_type].params.filter((name) => Object.hasOwn(params, name))
      return {
        side,
        indicator_type,
        signal_type,
        ...(used.length > 0 && { params: Object.fromEntries(used.map((name) => [name, params[name]])) }),
        ...(within !== undefined && within > 1 && { within }),
        ...(negate && { negate }),
        ...(bar && { bar }),
      }
    }),
  }
}
