import type { ChartHead } from '../charts/spec.js'
import type { BacktestResult } from '../domain/backtest/result.js'
import type { Source } from '../domain/instrument.js'
import type { Translator } from '../i18n.js'
import { integrityBadge } from './integrityWarnings.js'
import { seriesName, stampOf } from './stamp.js'

/** What was tested, on what. */
export function resultTitle({ strategy, inst_id, bar }: BacktestResult): string {
  return `${strategy} · ${seriesName(inst_id, bar)}`
}

/** The head of a picture of a result; `page` says what it shows, where that is not the whole. */
export function resultHead(result: BacktestResult, t: Translator, page?: string): Omit<ChartHead, 'headline'> {
  const { stamp = null } = stampOf(result.source as Source, t)
  const window = t('chart-window', {
    from: t.date(result.from_ts),
    to: t.date(result.to_ts),
    source: t(`source-${result.source}`),
  })
  const { margin_mode, leverage, direction } = result
  const terms =
    margin_mode === null ? [] : [t('chart-swap', { leverage: t.number(leverage), margin: margin_mode, direction })]
  return {
    title: resultTitle(result),
    subtitle: [...(page === undefined ? [] : [page]), window, ...terms].join(' · '),
    stamp,
    badge: integrityBadge(result, t),
    locale: t.tag,
    theme: t.theme,
  }
}

export function quoteOf(instId: string): string {
  return instId.split('-')[1]
}
