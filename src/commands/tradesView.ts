import { valuesPerBar } from '../charts/plots/valuesPerBar.js'
import type { HeadlineFigure, PlotsChart } from '../charts/spec.js'
import type { BacktestResult, ExitReason, Stats, Trade } from '../domain/backtest/result.js'
import type { Source } from '../domain/instrument.js'
import type { Translator } from '../i18n.js'
import type { StoredBacktest } from '../services/backtests.js'
import type { Reply, ReplyField } from './reply.js'
import { quoteOf, resultHead, resultTitle } from './resultHead.js'
import { stampOf } from './stamp.js'
import { tradesCsv } from './tradesCsv.js'

/** The trades of a result: their figures, a picture, and all of them as a file. */
export function tradesReply({ id, result }: Omit<StoredBacktest, 'strategy'>, t: Translator): Reply {
  const { trades } = result
  const head = {
    ...stampOf(result.source as Source, t),
    title: `${resultTitle(result)} · ${t('page-trades')} · #${id}`,
  }
  if (trades.length === 0) return { ...head, text: t('trades-none', { number: String(id) }) }
  return {
    ...head,
    text: [exitWords(trades, t), ...sideWords(trades, quoteOf(result.inst_id), t)].join('\n'),
    fields: fieldsOf(result, t),
    chart: tradesChart(result, t),
    file: { name: `${result.strategy}-${id}-trades.csv`, mimeType: 'text/csv', content: tradesCsv(trades) },
  }
}

/** How often each reason ended a trade, the most frequent first. */
function exitWords(trades: readonly Trade[], t: Translator): string {
  const counts = new Map<ExitReason, number>()
  for (const { exit_reason } of trades) counts.set(exit_reason, (counts.get(exit_reason) ?? 0) + 1)
  const words = [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => `${t(`exit-${reason}`)} ${t.number(count)}`)
  return t('trades-exits', { exits: words.join(' · ') })
}

/** What each side brought, where both were traded. */
function sideWords(trades: readonly Trade[], quote: string, t: Translator): string[] {
  const sides = (['long', 'short'] as const)
    .map((side) => ({ side, own: trades.filter((trade) => trade.side === side) }))
    .filter(({ own }) => own.length > 0)
  if (sides.length < 2) return []
  return sides.map(({ side, own }) =>
    t('trades-side', {
      side,
      count: own.length,
      wins: t.percent((100 * own.filter(({ pnl }) => pnl > 0).length) / own.length, { decimals: 0 }),
      pnl: t.money(
        own.reduce((sum, { pnl }) => sum + pnl, 0),
        quote,
        { sign: true },
      ),
    }),
  )
}

function fieldsOf({ stats, inst_id }: BacktestResult, t: Translator): ReplyField[] {
  const quote = quoteOf(inst_id)
  const field = (id: string, value: string) => ({ label: t(id), value })
  return [
    field('figure-trades', t('trades-count', { count: stats.trades, wins: stats.wins, losses: stats.losses })),
    ...tradeFigures(stats, t).map(({ label, value }) => ({ label, value })),
    field('figure-expectancy', t.money(stats.expectancy, quote, { sign: true })),
    field('figure-profit-factor', t.number(stats.profit_factor)),
    field('figure-sqn', t.number(stats.sqn)),
    field('figure-longest-hold', t.duration(stats.max_hold_ms)),
    field(
      'figure-streaks',
      t('trades-streaks', { wins: stats.max_consecutive_wins, losses: stats.max_consecutive_losses }),
    ),
    field('figure-fees', t.money(stats.fees, quote)),
  ]
}

/** Those that stand in the picture, too. */
function tradeFigures(stats: Stats, t: Translator): HeadlineFigure[] {
  const signed = (value: number | null) => t.percent(value, { sign: true })
  const { avg_trade_pct: average } = stats
  const tone = average === null || average === 0 ? 'plain' : average > 0 ? 'good' : 'bad'
  return [
    { label: t('figure-win-rate'), value: t.percent(stats.win_rate_pct, { decimals: 0 }), tone: 'plain' },
    { label: t('figure-average-trade'), value: signed(average), tone },
    { label: t('figure-payoff'), value: t.number(stats.payoff_ratio), tone: 'plain' },
    { label: t('figure-best-trade'), value: signed(stats.best_trade_pct), tone: 'plain' },
    { label: t('figure-worst-trade'), value: signed(stats.worst_trade_pct), tone: 'plain' },
    { label: t('figure-hold-time'), value: t.duration(stats.avg_hold_ms), tone: 'plain' },
  ]
}

/** A bar for each trade, how often which return came, and returns by the time held. */
export function tradesChart(result: BacktestResult, t: Translator): PlotsChart {
  const { trades, stats } = result
  const values = Float64Array.from(trades, ({ pnl_pct }) => pnl_pct)
  const outcomes = { gain: t('chart-gain'), loss: t('chart-loss') }
  const shared = valuesPerBar(trades.length)
  const average = stats.avg_trade_pct
  return {
    ...resultHead(result, t, t('page-trades')),
    kind: 'plots',
    headline: tradeFigures(stats, t),
    plots: [
      {
        kind: 'bars',
        title: shared === 1 ? t('chart-trades') : t('chart-trades-shared', { count: shared }),
        weight: 4,
        unit: 'percent',
        values,
        outcomes,
      },
      {
        kind: 'histogram',
        title: t('chart-distribution'),
        weight: 3,
        unit: 'percent',
        values,
        colours: 'signed',
        lines:
          average === null
            ? []
            : [
                {
                  label: t('chart-average', { value: t.percent(average, { sign: true }) }),
                  value: average,
                  role: 'average',
                },
              ],
      },
      {
        kind: 'holds',
        title: t('chart-holds'),
        weight: 4,
        unit: 'percent',
        holdsMs: Float64Array.from(trades, ({ entry_ts, exit_ts }) => exit_ts - entry_ts),
        values,
        outcomes,
      },
    ],
  }
}
