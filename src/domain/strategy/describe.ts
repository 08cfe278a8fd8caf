import { formatBar } from '../bars.js'
import { catalog, resolveParams } from '../indicators/catalog.js'
import type { ParamSpec, Params, ParamValue } from '../indicators/indicator.js'
import { showBounds } from './problem.js'
import type { Condition, Group, Risk, Strategy } from './schema.js'

/** Words by Fluent id. */
type Translate = (id: string, args?: Record<string, string | number>) => string

/** When a checked strategy opens and closes, as sentences, one a line. */
export function describeRules(strategy: Strategy, t: Translate): string {
  const { direction, rules, risk } = strategy
  const buy = describeGroups(rules.buy_groups, rules.buy_logic, t)
  const sell = describeGroups(rules.sell_groups, rules.sell_logic, t)
  const sides = [
    { side: 'buy', words: buy },
    { side: 'sell', words: sell },
  ]
  const opensFirst = direction === 'short' ? sides.reverse() : sides
  const sentences = opensFirst
    .filter(({ words }) => words !== '')
    .map(({ side, words }) => t(`describe-${direction}-${side}`, { rules: words }))
  return [...sentences, ...describeRisk(risk, t)].join('\n')
}

function describeRisk(risk: Risk, t: Translate): string[] {
  const exits = [
    risk.stop_loss_pct !== null && t('describe-stop', { percent: String(risk.stop_loss_pct) }),
    risk.take_profit_pct !== null && t('describe-target', { percent: String(risk.take_profit_pct) }),
    risk.trailing_stop_pct !== null && t('describe-trail', { percent: String(risk.trailing_stop_pct) }),
    risk.max_hold_bars !== null && t('describe-hold', { bars: risk.max_hold_bars }),
  ].filter((exit) => exit !== false)
  return [
    ...(exits.length > 0 ? [t('describe-exits', { exits: join(exits, 'list', t) })] : []),
    ...(risk.cooldown_bars > 0 ? [t('describe-cooldown', { bars: risk.cooldown_bars })] : []),
  ]
}

function describeGroups(groups: readonly Group[], logic: 'AND' | 'OR' = 'OR', t: Translate): string {
  const words = groups.map(({ conditions, logic }) => {
    const group = join(
      conditions.map((condition) => describeCondition(condition, t)),
      logic === 'AND' ? 'and' : 'or',
      t,
    )
    return groups.length > 1 && conditions.length > 1 ? t('describe-group', { group }) : group
  })
  return join(words, logic === 'AND' ? 'and' : 'or', t)
}

function join(words: readonly string[], joint: 'and' | 'or' | 'list', t: Translate): string {
  return words.length === 0 ? '' : words.reduce((left, right) => t(`describe-${joint}`, { left, right }))
}

/** A condition in words: its signal, `within` how many bars, on which chart, and whether it is turned round. */
export function describeCondition(
  { indicator_type, signal_type, params, within, negate, bar }: Condition,
  t: Translate,
): string {
  let condition = describeSignal(indicator_type, signal_type, t, params)
  if (within) condition = t('describe-within', { condition, bars: within })
  if (bar) condition = t('describe-bar', { condition, bar: formatBar(bar) })
  return negate ? t('describe-not', { condition }) : condition
}

/** An indicator of the catalog in a line of words, led by its type. */
export function describeIndicator(type: string, t: Translate): string {
  const words = t(`indicator-${type}`)
  return words.startsWith(type) ? words : `${type} · ${words}`
}

/** A signal of the catalog in words; parameters that are not given have their defaults. */
export function describeSignal(type: string, signalType: string, t: Translate, given: Params = {}): string {
  const resolved = resolveParams(catalog[type], signalType, given)
  const args = Object.fromEntries(Object.entries(resolved).map(([name, value]) => [name, showParam(value)]))
  return t(`signal-${type}-${signalType}`, args)
}

/** As text, for Fluent would round numbers. */
export function showParam(value: ParamValue): string {
  return typeof value === 'object' ? value.join('/') : String(value)
}

/** The values that a parameter takes. */
export function describeRange(spec: ParamSpec, t: Translate): string {
  switch (spec.kind) {
    case 'integer':
    case 'number':
      return showBounds({ minimum: spec.min, maximum: spec.max })
    case 'choice':
      return spec.options.join(', ')
    case 'periods': {
      const count = showBounds({ minimum: spec.minCount, maximum: spec.maxCount })
      return t('describe-periods', { count, range: showBounds({ minimum: spec.min, maximum: spec.max }) })
    }
  }
}
