import { type Bar, higherBars, sessionOf } from '../bars.js'
import { catalog } from '../indicators/catalog.js'
import type { ParamValue } from '../indicators/indicator.js'
import { checkCondition } from './checkCondition.js'
import {
  atRules,
  conditionOf,
  currentGroup,
  type Draft,
  groupsOf,
  isSide,
  mostConditions,
  paramsOf,
  type Question,
  type Spot,
  sideOf,
  spotsOf,
  type Target,
  withCondition,
  withGroups,
} from './draft.js'
import { settingNames, settings, type Value } from './draftSettings.js'
import type { Condition, Group, Logic, Side } from './schema.js'
import { usualValues } from './usualValues.js'

/** A step: an answer to the open question, or a way to another one. */
export type Step =
  | { pick: 'ask'; question: Question }
  | { pick: 'back' }
  | { pick: 'signal'; type: string }
  /** Of the parameter, the modifier or the setting that is asked for. */
  | { pick: 'value'; value: Value }
  | { pick: 'negate' }
  | { pick: 'defaults' }
  | { pick: 'remove' }
  | { pick: 'condition'; spot: Spot }
  | { pick: 'logic'; side: Side; logic: Logic }

/** What a person may press. Saving is for whoever can: it makes no other draft. */
export type Pick = Step | { pick: 'save' }

/** So many indicators, signals or conditions are shown at a time. */
const pageSize = 20
const withins = [1, 2, 3, 5, 10]

/** What may be picked now, in groups that belong together. Everything about indicators is read off the catalog. */
export function picksOf(draft: Draft, { instruments }: { instruments: readonly string[] }): Pick[][] {
  const { question, strategy } = draft
  switch (question.ask) {
    case 'rules':
      return rulesPicks(draft)
    case 'indicator': {
      const types = Object.keys(catalog)
      const items = types.map((indicator) => ask({ ask: 'signal', to: question.to, indicator, page: 0 }))
      return [...paged(items, question), wayOut(draft)]
    }
    case 'signal': {
      const types = Object.keys(catalog[question.indicator].signals)
      return [
        ...paged(
          types.map((type) => ({ pick: 'signal', type })),
          question,
        ),
        [{ pick: 'back' }],
      ]
    }
    case 'condition':
      return conditionPicks(draft)
    case 'conditions':
      return [spotsOf(draft).map((spot) => ({ pick: 'condition', spot })), [{ pick: 'back' }]]
    case 'param':
      return valuePicks(paramValues(draft, question.name))
    case 'within':
      return valuePicks(withins)
    case 'timeframe':
      return valuePicks([strategy.bar, ...higherBars(strategy.bar).filter((bar) => sessionOf(bar) !== 'UTC+8')])
    case 'settings': {
      const shown = settingNames.filter((name) => settings[name].values(strategy, instruments).length > 0)
      return [shown.map((name) => ask({ ask: 'setting', name })), [{ pick: 'back' }, ...savePick(draft)]]
    }
    case 'setting':
      return valuePicks(settings[question.name].values(strategy, instruments))
  }
}

function rulesPicks(draft: Draft): Pick[][] {
  const { buy_groups, sell_groups, buy_logic = 'OR', sell_logic = 'OR' } = draft.strategy.rules
  const group = currentGroup(draft)
  const isFull = spotsOf(draft).length >= mostConditions
  const joints: readonly Logic[] = group && group.conditions.length > 1 ? [group.logic] : ['AND', 'OR']
  const targets: readonly Target[] = isFull ? [] : [...joints, 'buy', 'sell']
  const logics = [
    { side: 'buy', logic: buy_logic, groups: buy_groups },
    { side: 'sell', logic: sell_logic, groups: sell_groups },
  ] as const
  return [
    targets.map((to) => ask({ ask: 'indicator', to, page: 0 })),
    logics
      .filter(({ groups }) => groups.length > 1)
      .map(({ side, logic }) => ({ pick: 'logic', side, logic: logic === 'OR' ? 'AND' : 'OR' })),
    [ask({ ask: 'condition' }), { pick: 'remove' }, ...otherConditions(draft)],
    [ask({ ask: 'settings' }), ...savePick(draft)],
  ]
}

function conditionPicks(draft: Draft): Pick[][] {
  const condition = conditionOf(draft)
  const { bar } = draft.strategy
  const hasTimeframes = higherBars(bar).length > 0 || condition.bar !== undefined
  return [
    paramsOf(condition).map((name) => ask({ ask: 'param', name })),
    [ask({ ask: 'within' }), ...(hasTimeframes ? [ask({ ask: 'timeframe' })] : []), { pick: 'negate' }],
    [...(condition.params ? [{ pick: 'defaults' } as const] : []), { pick: 'remove' }, ...otherConditions(draft)],
    [{ pick: 'back' }],
  ]
}

function otherConditions(draft: Draft): Pick[] {
  return spotsOf(draft).length > 1 ? [ask({ ask: 'conditions' })] : []
}

function savePick({ current }: Draft): Pick[] {
  return current ? [{ pick: 'save' }] : []
}

/** Back, or, before there is any rule, to the settings. */
function wayOut({ current }: Draft): Pick[] {
  return [current ? { pick: 'back' } : ask({ ask: 'settings' })]
}

function valuePicks(values: readonly Value[]): Pick[][] {
  return [values.map((value) => ({ pick: 'value', value })), [{ pick: 'back' }]]
}

/** Those that go together with the condition's other parameters. */
function paramValues(draft: Draft, name: string): readonly ParamValue[] {
  const condition = conditionOf(draft)
  const spec = catalog[condition.indicator_type].params[name]
  return usualValues(spec).filter(
    (value) => checkCondition(withParam(condition, name, value), draftSide(draft), '').length === 0,
  )
}

function draftSide({ current }: Draft): Side {
  return current?.side ?? 'buy'
}

function paged(items: readonly Pick[], question: Extract<Question, { page: number }>): Pick[][] {
  const { page } = question
  const pages = Math.ceil(items.length / pageSize)
  const others = [page - 1, page + 1].filter((other) => other >= 0 && other < pages)
  return [items.slice(page * pageSize, (page + 1) * pageSize), others.map((other) => ask({ ...question, page: other }))]
}

function ask(question: Question): Step {
  return { pick: 'ask', question }
}

/** The draft after a step that `picksOf` offers. */
export function applyPick(draft: Draft, step: Step): Draft {
  switch (step.pick) {
    case 'ask':
      return { ...draft, question: step.question }
    case 'back':
      return back(draft)
    case 'signal':
      return addCondition(draft, step.type)
    case 'value':
      return setValue(draft, step.value)
    case 'negate':
      return withCondition(draft, ({ negate, ...rest }) => (negate ? rest : { ...rest, negate: true }))
    case 'defaults':
      return withCondition(draft, ({ params: _, ...rest }) => rest)
    case 'remove':
      return removeCondition(draft)
    case 'condition':
      return { ...draft, current: step.spot, question: { ask: 'condition' } }
    case 'logic':
      return setLogic(draft, step.side, step.logic)
  }
}

function back(draft: Draft): Draft {
  const { question } = draft
  switch (question.ask) {
    case 'signal':
      return { ...draft, question: { ask: 'indicator', to: question.to, page: 0 } }
    case 'param':
    case 'within':
    case 'timeframe':
      return { ...draft, question: { ask: 'condition' } }
    case 'setting':
      return { ...draft, question: { ask: 'settings' } }
    default:
      return atRules(draft)
  }
}

function addCondition(draft: Draft, signal_type: string): Draft {
  const { question, strategy, current } = draft
  if (question.ask !== 'signal') throw new Error(`a signal is no answer to ${question.ask}`)
  const { to, indicator } = question
  const side = sideOf(draft, to)
  const condition: Condition = { side, indicator_type: indicator, signal_type }
  const groups = groupsOf(strategy.rules, side)
  if (isSide(to)) {
    const added = withGroups(draft, side, [...groups, { logic: 'AND', conditions: [condition] }])
    return atRules({ ...added, current: { side, group: groups.length, condition: 0 } })
  }
  if (!current) throw new Error(`there is no rule to go on with by ${to}`)
  const joined = groups.map(
    (group, i): Group => (i === current.group ? { logic: to, conditions: [...group.conditions, condition] } : group),
  )
  const place = { ...current, condition: groups[current.group].conditions.length }
  return atRules({ ...withGroups(draft, side, joined), current: place })
}

function removeCondition(draft: Draft): Draft {
  const { strategy, current } = draft
  if (!current) throw new Error('there is no condition to remove')
  const groups = groupsOf(strategy.rules, current.side).map((group, i) =>
    i === current.group ? { ...group, conditions: group.conditions.filter((_, j) => j !== current.condition) } : group,
  )
  const place = spotsOf(draft).findIndex((spot) => isSame(spot, current))
  const removed = withGroups(draft, current.side, groups)
  const left = spotsOf(removed)
  return atRules({ ...removed, current: left[Math.max(0, place - 1)] ?? null })
}

function isSame(one: Spot, other: Spot): boolean {
  return one.side === other.side && one.group === other.group && one.condition === other.condition
}

function setValue(draft: Draft, value: Value): Draft {
  const { question, strategy } = draft
  const toCondition: Question = { ask: 'condition' }
  switch (question.ask) {
    case 'param': {
      if (value === null) throw new Error(`${question.name} cannot be none`)
      const { name } = question
      return { ...withCondition(draft, (condition) => withParam(condition, name, value)), question: toCondition }
    }
    case 'within': {
      const bars = Number(value)
      const changed = withCondition(draft, ({ within: _, ...rest }) => (bars > 1 ? { ...rest, within: bars } : rest))
      return { ...changed, question: toCondition }
    }
    case 'timeframe': {
      const changed = withCondition(draft, ({ bar: _, ...rest }) =>
        value === strategy.bar ? rest : { ...rest, bar: value as Bar },
      )
      return { ...changed, question: toCondition }
    }
    case 'setting':
      return { ...draft, strategy: settings[question.name].write(strategy, value), question: { ask: 'settings' } }
    default:
      throw new Error(`a value is no answer to ${question.ask}`)
  }
}

function setLogic(draft: Draft, side: Side, logic: Logic): Draft {
  const { [`${side}_logic` as const]: _, ...rest } = draft.strategy.rules
  const rules = { ...rest, ...(logic === 'AND' && { [`${side}_logic`]: logic }) }
  return { ...draft, strategy: { ...draft.strategy, rules } }
}

function withParam(condition: Condition, name: string, value: ParamValue): Condition {
  const kept = typeof value === 'object' ? [...value] : value
  const given: Record<string, NonNullable<Condition['params']>[string]> = { ...condition.params, [name]: kept }
  const params = Object.fromEntries(
    paramsOf(condition)
      .filter((used) => Object.hasOwn(given, used))
      .map((used) => [used, given[used]]),
  )
  return { ...condition, params }
}
