import type { BacktestResult } from '../domain/backtest/result.js'
import type { Source } from '../domain/instrument.js'
import type { Translator } from '../i18n.js'
import type { StoredBacktest } from '../services/backtests.js'
import { monthsReply } from './monthsView.js'
import type { Reply, ReplyButton } from './reply.js'
import { resultTitle } from './resultHead.js'
import { stampOf } from './stamp.js'
import { tradesReply } from './tradesView.js'

/** What else there is of a backtest, beside its summary. */
export const backtestPages = ['trades', 'months', 'json'] as const
export type BacktestPage = (typeof backtestPages)[number]

export function pageReply(page: BacktestPage, stored: StoredBacktest, t: Translator): Reply {
  const buttons = [pageButtons(stored, page, t)]
  switch (page) {
    case 'trades':
      return { ...tradesReply(stored, t), buttons }
    case 'months':
      return { ...monthsReply(stored, t), buttons }
    case 'json':
      return { ...jsonReply(stored, t), buttons }
  }
}

/** The pages that one is not on; `null` is the summary. */
export function pageButtons(
  { id, result }: { id: number; result: BacktestResult },
  current: BacktestPage | 'montecarlo' | null,
  t: Translator,
): ReplyButton[] {
  const hasTrades = result.trades.length > 0
  const page = (name: BacktestPage): ReplyButton => ({
    label: t(`button-page-${name}`),
    command: 'backtests',
    args: { number: id, page: name },
  })
  return [
    ...(current === null
      ? []
      : [{ label: t('button-open', { number: String(id) }), command: 'backtests', args: { number: id } }]),
    ...backtestPages.filter((name) => name !== current && (name !== 'trades' || hasTrades)).map(page),
    ...(current !== 'montecarlo' && hasTrades
      ? [{ label: t('button-montecarlo'), command: 'montecarlo', args: { number: id } }]
      : []),
  ]
}

/** All of a result as a file, in the form and order in which the command line prints it. */
function jsonReply({ id, result }: StoredBacktest, t: Translator): Reply {
  return {
    ...stampOf(result.source as Source, t),
    title: resultTitle(result),
    text: t('json-hint', { number: String(id) }),
    file: {
      name: `${result.strategy}-${id}.json`,
      mimeType: 'application/json',
      content: `${JSON.stringify(result, null, 2)}\n`,
    },
  }
}
