import { Ajv, type ValidateFunction } from 'ajv'
import { type Static, Type } from 'typebox'
import { checkCondition } from './checkCondition.js'
import { settingNames } from './draftSettings.js'
import { findIndicator, findSignal } from './findSignal.js'
import { type Condition, type Group, Logic, type Rules, Side, Strategy } from './schema.js'

const closed = { additionalProperties: false }
const question = <Ask extends string, Fields extends Parameters<typeof Type.Object>[0]>(ask: Ask, fields: Fields) =>
  Type.Object({ ask: Type.Literal(ask), ...fields }, closed)
const Page = Type.Integer({ minimum: 0 })
const Index = Type.Integer({ minimum: 0 })

/** Where the next condition goes: into the rule of the current one, joined by this logic; or into a new rule of a side. */
export const Target = Type.Union([Logic, Side])

/** What is asked of the person. */
export const Question = Type.Union([
  question('rules', {}),
  question('indicator', { to: Target, page: Page }),
  question('signal', { to: Target, indicator: Type.String(), page: Page }),
  question('condition', {}),
  question('param', { name: Type.String() }),
  question('within', {}),
  question('timeframe', {}),
  question('conditions', {}),
  question('settings', {}),
  question('setting', { name: Type.Enum([...settingNames]) }),
])

/** Where a condition stands. */
export const Spot = Type.Object({ side: Side, group: Index, condition: Index }, closed)

/** A strategy in the making: all that there is to know of it, so that it may wait as long as it likes. */
export const Draft = Type.Object(
  {
    /** In canonical form, but its rules may still be empty, or not fit together. */
    strategy: Strategy,
    /** Whether a person chose the name; else it is only proposed. */
    isNamed: Type.Boolean(),
    /** The condition that was added or looked at last. */
    current: Type.Union([Spot, Type.Null()]),
    question: Question,
  },
  closed,
)

export type Target = Static<typeof Target>
export type Question = Static<typeof Question>
export type Spot = Static<typeof Spot>
export type Draft = Static<typeof Draft>

/** A strategy with more conditions than this is better written: its words would no longer fit into one message. */
export const mostConditions = 12

const ajv = new Ajv({ useDefaults: true, allErrors: false })
let validate: ValidateFunction<Draft> | undefined

/** A draft without rules, and with every setting at its default. */
export function newDraft({ name, isNamed }: { name: string; isNamed: boolean }): Draft {
  const blank = { strategy: { name, rules: {} }, isNamed, current: null, question: { ask: 'rules' } }
  const draft = readDraft(JSON.stringify(blank))
  if (!draft) throw new Error(`no draft can be named ${name}`)
  return atRules(draft)
}

/** A saved strategy, taken up again. */
export function draftOf(strategy: Strategy): Draft {
  const draft: Draft = { strategy, isNamed: true, current: null, question: { ask: 'rules' } }
  return { ...draft, current: spotsOf(draft).at(-1) ?? null }
}

/** A draft from its JSON; null for one that today's catalog does not know, as a button of last week may hold. */
export function readDraft(json: string): Draft | null {
  const value: unknown = JSON.parse(json)
  validate ??= ajv.compile<Draft>(Draft)
  return validate(value) && isKnown(value) ? value : null
}

function isKnown(draft: Draft): boolean {
  const { strategy, current, question } = draft
  const { buy_groups, sell_groups } = strategy.rules
  const conditions = [...buy_groups, ...sell_groups].flatMap((group) => group.conditions)
  if (conditions.some((condition) => checkCondition(condition, condition.side ?? 'buy', '').length > 0)) return false
  if (current && !conditionAt(strategy.rules, current)) return false
  if (question.ask === 'signal') return findIndicator(question.indicator) !== null
  if (question.ask === 'indicator') return current !== null || isSide(question.to)
  const needsCondition = ['condition', 'param', 'within', 'timeframe'].includes(question.ask)
  if (!current) return !needsCondition
  return question.ask !== 'param' || paramsOf(conditionOf(draft)).includes(question.name)
}

/** The draft with its rules and what may be done to them; where there are none, the way to the first. */
export function atRules(draft: Draft): Draft {
  if (draft.current) return { ...draft, question: { ask: 'rules' } }
  return { ...draft, question: { ask: 'indicator', to: openingSide(draft.strategy), page: 0 } }
}

/** The side whose rules open a position; where both do, the one to begin with. */
export function openingSide({ direction }: Pick<Strategy, 'direction'>): Side {
  return direction === 'short' ? 'sell' : 'buy'
}

export function isSide(target: Target): target is Side {
  return target === 'buy' || target === 'sell'
}

/** The side that a target belongs to. */
export function sideOf({ current }: Draft, target: Target): Side {
  return isSide(target) ? target : (current?.side ?? 'buy')
}

export function groupsOf(rules: Rules, side: Side): readonly Group[] {
  return rules[`${side}_groups`]
}

/** Every condition's place, buy rules first. */
export function spotsOf({ strategy }: Pick<Draft, 'strategy'>): Spot[] {
  return (['buy', 'sell'] as const).flatMap((side) =>
    groupsOf(strategy.rules, side).flatMap(({ conditions }, group) =>
      conditions.map((_, condition) => ({ side, group, condition })),
    ),
  )
}

function conditionAt(rules: Rules, { side, group, condition }: Spot): Condition | undefined {
  return groupsOf(rules, side)[group]?.conditions[condition]
}

/** The condition at `spot`, the current one if left out. Throws where there is none. */
export function conditionOf({ strategy, current }: Draft, spot = current): Condition {
  const condition = spot && conditionAt(strategy.rules, spot)
  if (!condition) throw new Error('the draft has no such condition')
  return condition
}

/** The rule of the current condition. */
export function currentGroup({ strategy, current }: Draft): Group | null {
  return current && groupsOf(strategy.rules, current.side)[current.group]
}

/** The names of the parameters that a condition's signal uses. */
export function paramsOf({ indicator_type, signal_type }: Condition): readonly string[] {
  const indicator = findIndicator(indicator_type)
  return (indicator && findSignal(indicator, signal_type)?.params) ?? []
}

/** The draft with these rules on one side, in canonical form: rules without conditions are gone. */
export function withGroups(draft: Draft, side: Side, groups: readonly Group[]): Draft {
  const filled = groups
    .filter(({ conditions }) => conditions.length > 0)
    .map(({ logic, conditions }): Group => ({ logic: conditions.length > 1 ? logic : 'AND', conditions }))
  const rules = { ...draft.strategy.rules, [`${side}_groups`]: filled }
  if (filled.length < 2) delete rules[`${side}_logic`]
  return { ...draft, strategy: { ...draft.strategy, rules } }
}

/** The draft with the current condition changed. */
export function withCondition(draft: Draft, change: (condition: Condition) => Condition): Draft {
  const { strategy, current } = draft
  if (!current) throw new Error('the draft has no condition')
  const groups = groupsOf(strategy.rules, current.side).map((group, i) => {
    if (i !== current.group) return group
    return { ...group, conditions: group.conditions.map((one, j) => (j === current.condition ? change(one) : one)) }
  })
  return withGroups(draft, current.side, groups)
}
