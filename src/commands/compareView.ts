import { type Badge, comparedRoles, type TimelineChart } from '../charts/spec.js'
import type { Stats } from '../domain/backtest/result.js'
import type { Source } from '../domain/instrument.js'
import type { Translator } from '../i18n.js'
import type { BacktestReport } from '../services/backtests.js'
import { integrityBadge } from './integrityWarnings.js'
import type { Reply, ReplyTable } from './reply.js'
import { seriesName, stampOf } from './stamp.js'

/** Several results beside each other: what they are, their key figures, and their equity in one picture. */
export function compareReply(reports: readonly BacktestReport[], t: Translator): Reply {
  const drawn = reports.filter(({ curves }) => curves !== null)
  const missing = reports.filter(({ curves }) => curves === null)
  const changed = reports.filter(({ reproduced }) => !reproduced)
  return {
    ...stampOfAll(reports, t),
    title: t('compare-title', { numbers: numbersOf(reports) }),
    text: [
      ...reports.map((report) => whatItIs(report, t)),
      ...(haveOneWindow(reports) ? [] : [`⚠ ${t('compare-windows')}`]),
      ...(changed.length === 0 ? [] : [`⚠ ${t('compare-changed', { numbers: numbersOf(changed) })}`]),
      ...(missing.length === 0 ? [] : [`⚠ ${t('compare-no-curves', { numbers: numbersOf(missing) })}`]),
    ].join('\n'),
    table: figuresTable(reports, t),
    ...(drawn.length > 0 && { chart: compareChart(drawn, t) }),
    buttons: [
      reports.map(({ id }) => ({
        label: t('button-open', { number: String(id) }),
        command: 'backtests',
        args: { number: id },
      })),
    ],
  }
}

function numbersOf(reports: readonly BacktestReport[]): string {
  return reports.map(({ id }) => `#${id}`).join(' ')
}

/** Prices that are not real make the whole comparison so. */
function stampOfAll(reports: readonly BacktestReport[], t: Translator): { stamp?: string } {
  const sources = reports.map(({ result }) => result.source as Source)
  return stampOf(sources.find((source) => stampOf(source, t).stamp !== undefined) ?? sources[0], t)
}

function whatItIs({ id, result }: BacktestReport, t: Translator): string {
  const { strategy, version, inst_id, bar, from_ts, to_ts } = result
  return t('compare-one', {
    number: String(id),
    name: strategy,
    version: String(version),
    series: seriesName(inst_id, bar),
    from: t.date(from_ts),
    to: t.date(to_ts),
  })
}

function haveOneWindow([first, ...others]: readonly BacktestReport[]): boolean {
  const { from_ts, to_ts } = first.result
  return others.every(({ result }) => result.from_ts === from_ts && result.to_ts === to_ts)
}

const compared: readonly { id: string; value(stats: Stats, t: Translator): string }[] = [
  { id: 'figure-return', value: (stats, t) => t.percent(stats.total_return_pct, { sign: true }) },
  { id: 'figure-hold', value: (stats, t) => t.percent(stats.market_change_pct, { sign: true }) },
  { id: 'figure-cagr', value: (stats, t) => t.percent(stats.cagr_pct, { sign: true }) },
  { id: 'figure-drawdown', value: (stats, t) => t.percent(stats.max_drawdown_pct) },
  { id: 'figure-sharpe', value: (stats, t) => t.number(stats.sharpe) },
  { id: 'figure-sortino', value: (stats, t) => t.number(stats.sortino) },
  { id: 'figure-calmar', value: (stats, t) => t.number(stats.calmar) },
  { id: 'figure-profit-factor', value: (stats, t) => t.number(stats.profit_factor) },
  { id: 'figure-trades', value: (stats, t) => t.number(stats.trades) },
  { id: 'figure-win-rate', value: (stats, t) => t.percent(stats.win_rate_pct, { decimals: 0 }) },
  { id: 'figure-average-trade', value: (stats, t) => t.percent(stats.avg_trade_pct, { sign: true }) },
  { id: 'figure-exposure', value: (stats, t) => t.percent(stats.exposure_pct, { decimals: 0 }) },
]

/** A row for each figure, a column for each result: where a phone has no room for all, some stand below the others. */
function figuresTable(reports: readonly BacktestReport[], t: Translator): ReplyTable {
  return {
    columns: [
      { label: t('column-figure'), align: 'left' },
      ...reports.map(({ id }) => ({ label: `#${id}`, align: 'right' as const })),
    ],
    wraps: true,
    rows: compared.map(({ id, value }) => [t(id), ...reports.map(({ result }) => value(result.stats, t))]),
  }
}

/** Equity of each, as parts of a hundred of its start, on one time axis. */
export function compareChart(reports: readonly BacktestReport[], t: Translator): TimelineChart {
  const series = reports.map(({ result }) => seriesName(result.inst_id, result.bar))
  const isOneSeries = new Set(series).size === 1
  const { stamp = null } = stampOfAll(reports, t)
  return {
    kind: 'timeline',
    title: t('compare-title', { numbers: numbersOf(reports) }),
    subtitle: [
      ...(isOneSeries ? [series[0]] : []),
      ...new Set(reports.map(({ result }) => t(`source-${result.source}`))),
    ].join(' · '),
    stamp,
    badge: gravestBadge(reports, t),
    headline: [],
    panels: [
      {
        title: t('chart-compared'),
        weight: 1,
        unit: 'index',
        series: reports.flatMap(({ id, result, curves }, i) => {
          if (curves === null) return []
          const label = `#${id} ${result.strategy}${isOneSeries ? '' : ` · ${series[i]}`}`
          const { start_equity } = result.stats
          const values = curves.equity.map((equity) => (100 * equity) / start_equity)
          return [{ label, role: comparedRoles[i], style: 'line' as const, ts: curves.candles.ts, values }]
        }),
        marks: [],
      },
    ],
    timeZone: t.timeZone,
    locale: t.tag,
    theme: t.theme,
  }
}

const tones: readonly Badge['tone'][] = ['red', 'amber', 'green']

/** The badge of the result that can be believed least. */
function gravestBadge(reports: readonly BacktestReport[], t: Translator): Badge {
  const badges = reports.map(({ id, result }) => ({ id, badge: integrityBadge(result, t) }))
  const [{ id, badge }] = badges.toSorted((a, b) => tones.indexOf(a.badge.tone) - tones.indexOf(b.badge.tone))
  return badge.tone === 'green' ? badge : { tone: badge.tone, text: `#${id}: ${badge.text}` }
}
