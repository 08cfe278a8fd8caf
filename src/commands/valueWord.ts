import type { DimensionValue } from '../domain/backtest/optimize/space.js'
import type { Translator } from '../i18n.js'

/** A value of a parameter as a space is written; `none` in the reader's language. */
export function valueWord(value: DimensionValue, t: Translator): string {
  if (value === null) return t('optimize-no-value')
  if (typeof value === 'object') return value.join('/')
  return typeof value === 'number' ? t.price(value) : value
}
