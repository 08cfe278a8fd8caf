import { isDeepStrictEqual } from 'node:util'
import { type Bar, sessionOf } from '../domain/bars.js'
import { catalog, resolveParams } from '../domain/indicators/catalog.js'
import { conditionOf, type Draft, isSide, type Question, spotsOf } from '../domain/strategy/draft.js'
import type { Pick } from '../domain/strategy/draftPicks.js'
import { type SettingName, settings, type Value } from '../domain/strategy/draftSettings.js'
import { formatCondition } from '../domain/strategy/notation.js'
import type { Translator } from '../i18n.js'

/** A button's words for a pick. */
export function labelOf(pick: Pick, draft: Draft, t: Translator): string {
  switch (pick.pick) {
    case 'ask':
      return askLabel(pick.question, draft, t)
    case 'back':
      return ['condition', 'settings'].includes(draft.question.ask)
        ? t('button-builder-rules')
        : t('button-builder-back')
    case 'signal':
      return pick.type
    case 'value': {
      const words = valueWords(pick.value, draft.question, t)
      return isSame(pick.value, valueNow(draft)) ? `✓ ${words}` : words
    }
    case 'negate':
      return t('button-builder-negate', { isOn: conditionOf(draft).negate ? 'yes' : 'no' })
    case 'defaults':
      return t('button-builder-defaults')
    case 'remove':
      return t('button-builder-remove', { condition: nameOf(draft) })
    case 'condition': {
      const { spot } = pick
      const number = 1 + spotsOf(draft).findIndex((other) => isDeepStrictEqual(other, spot))
      return shorten(`${number} · ${spot.side}: ${formatCondition(conditionOf(draft, spot))}`)
    }
    case 'logic':
      return t(`button-builder-logic-${pick.logic}`, { side: pick.side })
    case 'save':
      return t('button-builder-save', { name: draft.strategy.name })
  }
}

function askLabel(question: Question, draft: Draft, t: Translator): string {
  const { strategy } = draft
  switch (question.ask) {
    case 'rules':
      return t('button-builder-rules')
    case 'indicator':
    case 'signal': {
      const { question: open } = draft
      if (open.ask === question.ask) return pageLabel(open.page, question.page, t)
      if (question.ask === 'signal') return question.indicator
      return isSide(question.to) ? t(`button-builder-rule-${question.to}`) : t(`button-builder-${question.to}`)
    }
    case 'condition':
      return t('button-builder-adjust', { condition: nameOf(draft) })
    case 'param':
      return `${question.name} ${valueWords(valueNow({ ...draft, question }), question, t)}`
    case 'within':
      return t('button-builder-within', { bars: conditionOf(draft).within ?? 1 })
    case 'timeframe':
      return t('button-builder-timeframe', { bar: barWords(conditionOf(draft).bar ?? strategy.bar) })
    case 'conditions':
      return t('button-builder-conditions')
    case 'settings':
      return t('button-builder-settings')
    case 'setting': {
      const { name } = question
      const value = settingWords(name, settings[name].read(strategy), t)
      return t('button-builder-setting', { setting: t(`builder-setting-${name}`), value })
    }
  }
}

function pageLabel(from: number, to: number, t: Translator): string {
  return t(to < from ? 'button-builder-previous' : 'button-builder-more')
}

/** The current condition without its numbers. */
function nameOf(draft: Draft): string {
  const { indicator_type, signal_type } = conditionOf(draft)
  return `${indicator_type} ${signal_type}`
}

/** What the open question's answer is now. */
function valueNow(draft: Draft): Value {
  const { question, strategy } = draft
  switch (question.ask) {
    case 'param': {
      const { indicator_type, signal_type, params } = conditionOf(draft)
      return resolveParams(catalog[indicator_type], signal_type, params)[question.name]
    }
    case 'within':
      return conditionOf(draft).within ?? 1
    case 'timeframe':
      return conditionOf(draft).bar ?? strategy.bar
    case 'setting':
      return settings[question.name].read(strategy)
    default:
      return null
  }
}

function isSame(one: Value, other: Value): boolean {
  return String(one) === String(other)
}

function valueWords(value: Value, question: Question, t: Translator): string {
  if (question.ask === 'setting') return settingWords(question.name, value, t)
  if (question.ask === 'timeframe') return barWords(value as Bar)
  return typeof value === 'object' && value !== null ? value.join('/') : String(value)
}

const units: Readonly<Partial<Record<SettingName, string>>> = {
  stop: '%',
  target: '%',
  trail: '%',
  size: '%',
  leverage: 'x',
}

function settingWords(name: SettingName, value: Value, t: Translator): string {
  if (value === null) return t('builder-none')
  if (name === 'direction') return t(`builder-direction-${value}`)
  if (name === 'bar') return barWords(value as Bar)
  if (name === 'hold' || name === 'cooldown') return t('builder-bars', { bars: Number(value) })
  return typeof value === 'number' ? `${value}${units[name] ?? ''}` : String(value)
}

/** `15m`, `1D (UTC)` */
function barWords(bar: Bar): string {
  const session = sessionOf(bar)
  return session === null ? bar : `${bar.replace('utc', '')} (${session})`
}

const longestLabel = 80

function shorten(label: string): string {
  return label.length <= longestLabel ? label : `${label.slice(0, longestLabel - 1)}…`
}

const mostInRow = 5
/** Characters of the labels of one row that a phone shows; its buttons are all as wide as the widest. */
const rowWidth = 42

/** Buttons side by side, as many as a phone can show in full. */
export function rowsOf<Button extends { label: string }>(buttons: readonly Button[]): Button[][] {
  const rows: Button[][] = []
  let widest = 0
  for (const button of buttons) {
    const row = rows.at(-1)
    const width = widthOf(button.label)
    const wanted = Math.max(widest, width)
    if (row && row.length < mostInRow && wanted * (row.length + 1) <= rowWidth) {
      row.push(button)
      widest = wanted
    } else {
      rows.push([button])
      widest = width
    }
  }
  return rows
}

/** Chinese characters are twice as wide as others. */
function widthOf(text: string): number {
  return [...text].reduce((width, character) => width + (character > '\u2e7f' ? 2 : 1), 0)
}
