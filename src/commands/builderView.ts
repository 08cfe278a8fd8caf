import { formatBar } from '../domain/bars.js'
import { catalog, resolveParams } from '../domain/indicators/catalog.js'
import type { ParamSpec } from '../domain/indicators/indicator.js'
import { instTypeOf } from '../domain/instrument.js'
import { describeCondition, describeIndicator, describeRules } from '../domain/strategy/describe.js'
import {
  conditionOf,
  currentGroup,
  type Draft,
  groupsOf,
  isSide,
  mostConditions,
  openingSide,
  spotsOf,
  type Target,
} from '../domain/strategy/draft.js'
import { applyPick, type Pick, picksOf } from '../domain/strategy/draftPicks.js'
import { formatCondition, formatRules } from '../domain/strategy/notation.js'
import { showBounds } from '../domain/strategy/problem.js'
import type { Side, Strategy } from '../domain/strategy/schema.js'
import type { Translator } from '../i18n.js'
import { labelOf, rowsOf } from './builderButtons.js'
import type { Reply } from './reply.js'
import { seriesName } from './stamp.js'

/** A draft, and what its view must know beside it. */
export interface Building {
  draft: Draft
  /** Instruments to choose from. */
  instruments: readonly string[]
}

/** The rules so far, the open question, and the answers to it as buttons; each holds the draft that it makes. */
export function builderReply({ draft, instruments }: Building, t: Translator): Reply {
  const { strategy, isNamed } = draft
  const { name, inst_id, bar, direction } = strategy
  const title = isNamed ? t('builder-title-named', { name }) : t('builder-title')
  const groups = picksOf(draft, { instruments })
  return {
    title: [title, seriesName(inst_id, bar), t(`builder-direction-${direction}`)].join(' · '),
    text: [...soFar(draft, t), ...questionOf(draft, groups, t)].filter((block) => block !== '').join('\n\n'),
    buttons: groups.flatMap((picks) =>
      rowsOf(
        picks.map((pick) => ({
          label: labelOf(pick, draft, t),
          command: 'build',
          args:
            pick.pick === 'save'
              ? { save: true, draft: JSON.stringify(draft) }
              : { draft: JSON.stringify(applyPick(draft, pick)) },
        })),
      ),
    ),
  }
}

/** The rules in words and as text, where the question is about more than one condition. */
function soFar({ strategy, current, question }: Draft, t: Translator): string[] {
  if (!current) return question.ask === 'signal' ? [] : [t('builder-welcome')]
  const words = describeRules(strategy, t)
  switch (question.ask) {
    case 'rules':
    case 'conditions':
    case 'settings':
    case 'setting':
      return [words, formatRules(strategy.rules)]
    case 'indicator':
      return [words]
    default:
      return []
  }
}

function questionOf(draft: Draft, groups: readonly (readonly Pick[])[], t: Translator): string[] {
  const { question, strategy } = draft
  switch (question.ask) {
    case 'rules':
      return [hints(draft, t).join('\n'), t('builder-next')]
    case 'indicator': {
      const { to } = question
      const types = groups[0].flatMap((pick) =>
        pick.pick === 'ask' && pick.question.ask === 'signal' ? [pick.question.indicator] : [],
      )
      const asked = isSide(to) ? t(`builder-when-${strategy.direction}-${to}`) : t(`builder-goes-on-${to}`)
      const lines = [`${beginning(draft, to)}…`, isSide(to) ? besidesOf(strategy, to, t) : '', asked]
      return [
        lines.filter((line) => line !== '').join('\n'),
        types.map((type) => describeIndicator(type, t)).join('\n'),
      ]
    }
    case 'signal': {
      const { to, indicator } = question
      const lines = groups[0].flatMap((pick) =>
        pick.pick === 'signal'
          ? [`${pick.type} · ${describeCondition({ indicator_type: indicator, signal_type: pick.type }, t)}`]
          : [],
      )
      const asked = t('builder-ask-signal', { indicator })
      return [`${beginning(draft, to)}${indicator} …\n${asked}`, lines.join('\n')]
    }
    case 'condition':
      return [t('builder-ask-condition', aboutCurrent(draft, t))]
    case 'param':
      return [paramQuestion(draft, question.name, t)]
    case 'within':
      return [t('builder-ask-within', aboutCurrent(draft, t))]
    case 'timeframe':
      return [t('builder-ask-timeframe', { ...aboutCurrent(draft, t), bar: formatBar(strategy.bar) })]
    case 'conditions':
      return [t('builder-ask-conditions')]
    case 'settings':
      return [instTypeOf(strategy.inst_id) === 'SPOT' ? t('builder-spot') : '', t('builder-ask-settings')]
    case 'setting':
      return [t(`builder-ask-${question.name}`)]
  }
}

function aboutCurrent(draft: Draft, t: Translator): { condition: string; words: string } {
  const condition = conditionOf(draft)
  return { condition: formatCondition(condition), words: describeCondition(condition, t) }
}

/** The line of text that the next condition ends, up to where it begins. */
function beginning(draft: Draft, to: Target): string {
  if (isSide(to)) return `${to}: `
  return `${currentRule(draft)} ${to.toLowerCase()} `
}

/** What a new rule means for those of its side that are there. */
function besidesOf({ rules }: Strategy, side: Side, t: Translator): string {
  if (groupsOf(rules, side).length === 0) return ''
  return t(`builder-besides-${rules[`${side}_logic`] ?? 'OR'}`, { side })
}

/** The rule of the current condition as text. */
function currentRule(draft: Draft): string {
  const group = currentGroup(draft)
  const groups = group ? [group] : []
  const isBuy = draft.current?.side === 'buy'
  return formatRules({ buy_groups: isBuy ? groups : [], sell_groups: isBuy ? [] : groups })
}

function paramQuestion(draft: Draft, name: string, t: Translator): string {
  const { indicator_type, signal_type } = conditionOf(draft)
  const spec: ParamSpec = catalog[indicator_type].params[name]
  const byDefault = resolveParams(catalog[indicator_type], signal_type)[name]
  const about = {
    ...aboutCurrent(draft, t),
    name,
    byDefault: typeof byDefault === 'object' ? byDefault.join('/') : String(byDefault),
  }
  if (spec.kind === 'choice') return t('builder-ask-choice', about)
  return t('builder-ask-param', { ...about, allowed: showBounds({ minimum: spec.min, maximum: spec.max }) })
}

/** What is still missing, and what the offered buttons mean. */
function hints(draft: Draft, t: Translator): string[] {
  return [missingOf(draft, t), jointOf(draft, t)].filter((line) => line !== '')
}

function missingOf({ strategy }: Draft, t: Translator): string {
  const { direction, rules, risk } = strategy
  const opens = openingSide(strategy)
  const closes = opens === 'buy' ? 'sell' : 'buy'
  const has = { buy: rules.buy_groups.length > 0, sell: rules.sell_groups.length > 0 }
  // Turning from one side to the other, either rule opens and the other one closes.
  if (!has[opens] && !(direction === 'both' && has[closes])) return t('builder-no-entry', { side: opens })
  const closing = has[opens] ? closes : opens
  const limits = [risk.stop_loss_pct, risk.take_profit_pct, risk.trailing_stop_pct, risk.max_hold_bars]
  const closesSomehow = has[closing] || limits.some((limit) => limit !== null)
  return closesSomehow ? '' : t('builder-no-exit', { side: closing })
}

function jointOf(draft: Draft, t: Translator): string {
  const { current, strategy } = draft
  const spots = spotsOf(draft)
  if (spots.length >= mostConditions) return t('builder-full', { count: mostConditions })
  const group = currentGroup(draft)
  if (!current || !group) return ''
  if (group.conditions.length > 1) return t(`builder-joined-${group.logic}`, { side: current.side })
  const { buy_groups, sell_groups } = strategy.rules
  return buy_groups.length + sell_groups.length > 1 ? t('builder-current', { rule: currentRule(draft) }) : ''
}
