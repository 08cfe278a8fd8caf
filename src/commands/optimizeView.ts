import type { DimensionValue } from '../domain/backtest/optimize/space.js'
import { isPossible } from '../domain/backtest/optimize/trial.js'
import type { TriedFigures } from '../domain/backtest/optimize/tryPoint.js'
import type { WalkForwardReport } from '../domain/backtest/optimize/walkForwardReport.js'
import type { Translator } from '../i18n.js'
import type { OptimizationReport, SavedPoint, TrialBacktest } from '../services/optimizations.js'
import type { RankedPoint } from '../services/searchParameters.js'
import type { OptimizationSummary } from '../store/optimizations.js'
import { backtestReply } from './backtestView.js'
import { optimizationChart } from './optimizeChart.js'
import type { Reply, ReplyButton, ReplyTable } from './reply.js'
import { seriesName, stampOf } from './stamp.js'
import { backtestButton, rulesButton } from './strategyView.js'
import { valueWord } from './valueWord.js'

/** What a search has found: the plateau first, then the best points, and how much of it to believe. */
export function optimizationReply(report: OptimizationReport, t: Translator): Reply {
  const chart = optimizationChart(report, t)
  return { ...optimizationText(report, t), ...(chart && { chart }), buttons: buttonsOf(report, t) }
}

/** The words and figures alone. */
export function optimizationText(report: OptimizationReport, t: Translator) {
  const { plan, source, own, walkForward, trials, tried, planned, status } = report
  const impossible = trials.filter((trial) => !isPossible(trial)).length
  const unfinished = status === 'stopped' || status === 'running' ? [t(`optimize-${status}`, { tried, planned })] : []
  return {
    ...stampOf(source, t),
    title: t('optimize-title', { name: report.strategyName, series: seriesName(report.instId, report.bar) }),
    text: [
      t('optimize-window', {
        from: t.dateTime(report.fromTs),
        to: t.dateTime(report.toTs),
        zone: t.timeZone,
        source: t(`source-${source}`),
      }),
      t('optimize-search', { method: plan.search.method, objective: plan.objective, tried, impossible }),
      t('optimize-space', { space: plan.space }),
      ...(plan.constraintsText === '' ? [] : [t('optimize-constraints', { constraints: plan.constraintsText })]),
      ...unfinished,
      ...peakWords(report, t),
      ...(own ? [t('optimize-own', figureWords(own, t))] : []),
      ...(walkForward ? walkWords(walkForward, t) : [`⚠ ${t('optimize-seen-data')}`]),
    ].join('\n'),
    table: tableOf(report, t),
  }
}

function peakWords({ peaks }: OptimizationReport, t: Translator): string[] {
  if (!peaks) return [t('optimize-none-found')]
  const { peak, plateau } = peaks
  const words = ({ values, score, mean, neighbours }: typeof peak) => ({
    values: valuesWords(values, t),
    score: t.number(score),
    mean: t.number(mean),
    count: neighbours,
  })
  return [
    t('optimize-plateau', words(plateau)),
    peak.index === plateau.index ? t('optimize-peak-is-plateau') : t('optimize-peak', words(peak)),
  ]
}

const wellKept = 0.5
const partlyKept = 0.2

function walkWords(walk: WalkForwardReport, t: Translator): string[] {
  const { efficiency, stability, windows } = walk
  const verdict =
    efficiency === null ? '' : efficiency >= wellKept ? 'good' : efficiency >= partlyKept ? 'some' : 'none'
  const signed = (percent: number) => t.percent(percent, { sign: true })
  return [
    t('optimize-walk', {
      windows: windows.length,
      return: signed(walk.return_pct),
      trades: walk.trades,
      profitable: walk.profitable_windows,
      worst: signed(walk.worst_window_pct),
      drawdown: t.percent(walk.worst_drawdown_pct),
    }),
    efficiency === null
      ? t('optimize-walk-no-growth')
      : t('optimize-walk-efficiency', { efficiency: t.percent(efficiency * 100, { decimals: 0 }), verdict }),
    ...(stability === null ? [] : [t('optimize-walk-stability', { stability: t.number(stability) })]),
    ...windows.map(({ values, in_sample, out_of_sample }) =>
      t('optimize-walk-window', {
        from: t.date(out_of_sample.from_ts),
        to: t.date(out_of_sample.to_ts),
        values: values ? valuesWords(values, t) : t('optimize-walk-nothing'),
        inside: signed(in_sample.return_pct),
        outside: signed(out_of_sample.return_pct),
        trades: out_of_sample.trades,
      }),
    ),
  ]
}

/** The plateau, marked, and the best points after it. */
function tableOf({ best, peaks }: OptimizationReport, t: Translator): ReplyTable {
  const plateau = peaks?.plateau
  const others = best.filter(({ index }) => index !== plateau?.index)
  const row = (point: RankedPoint, mark: string) => {
    const { return: gain, drawdown, trades } = figureWords(point.figures, t)
    const words = `${mark}${valuesWords(point.values, t)}`
    return [words, gain, drawdown, trades, t.number(point.figures.profit_factor), t.number(point.score)]
  }
  return {
    columns: [
      { label: t('column-parameters'), align: 'left' },
      { label: t('figure-return'), align: 'right' },
      { label: t('figure-drawdown'), align: 'right' },
      { label: t('figure-trades'), align: 'right' },
      { label: t('figure-profit-factor'), align: 'right' },
      { label: t('column-score'), align: 'right' },
    ],
    rows: [...(plateau ? [row(plateau, '★ ')] : []), ...others.map((point) => row(point, ''))],
  }
}

function figureWords({ total_return_pct, max_drawdown_pct, trades }: TriedFigures, t: Translator) {
  return {
    return: t.percent(total_return_pct, { sign: true }),
    drawdown: t.percent(max_drawdown_pct),
    trades: t.number(trades),
  }
}

/** `RSI.period=14, stop_loss_pct=2`, as a space is written. */
function valuesWords(values: Readonly<Record<string, DimensionValue>>, t: Translator): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${valueWord(value, t)}`)
    .join(', ')
}

function buttonsOf({ id, status, peaks, strategyName }: OptimizationReport, t: Translator): ReplyButton[][] {
  const ofTrial = (label: string, command: string, trial: number) => ({
    label: t(label),
    command,
    args: { number: id, trial },
  })
  const resume = { label: t('button-resume-search'), command: 'optimize_resume', args: { number: id } }
  const save = peaks
    ? [
        ofTrial('button-save-plateau', 'optimize_save', peaks.plateau.index),
        ...(peaks.peak.index === peaks.plateau.index
          ? []
          : [ofTrial('button-save-best', 'optimize_save', peaks.peak.index)]),
      ]
    : []
  const test = peaks ? [ofTrial('button-test-plateau', 'optimize_test', peaks.plateau.index)] : []
  return [...(status === 'stopped' ? [[resume]] : []), save, [...test, rulesButton(strategyName, t)]].filter(
    (row) => row.length > 0,
  )
}

export function savedReply({ strategy, version, values }: SavedPoint, t: Translator): Reply {
  const { name } = strategy
  return {
    text: t('optimize-saved', { name, version, values: valuesWords(values, t) }),
    buttons: [[backtestButton(name, '90d', t), rulesButton(name, t)]],
  }
}

/** A backtest whose parameters are in no version: its buttons lead back to the search, not to the strategy. */
export function testedReply(
  { report, values, number, trial }: TrialBacktest & { number: number; trial: number },
  t: Translator,
): Reply {
  const reply = backtestReply(report, t)
  return {
    ...reply,
    text: `${t('optimize-tested', { values: valuesWords(values, t) })}\n${reply.text}`,
    buttons: [
      [
        { label: t('button-save-plateau'), command: 'optimize_save', args: { number, trial } },
        { label: t('button-back-to-search'), command: 'optimizations', args: { number } },
      ],
    ],
  }
}

const mostOpened = 5

export function optimizationsReply(list: readonly OptimizationSummary[], t: Translator): Reply {
  if (list.length === 0) return { text: t('optimizations-none') }
  const stopped = list.filter(({ status }) => status === 'stopped').slice(0, mostOpened)
  return {
    ...stampOf(list.find(({ source }) => source === 'simulated')?.source ?? list[0].source, t),
    title: t('optimizations-title'),
    table: {
      columns: [
        { label: '#', align: 'right' },
        { label: t('column-strategy'), align: 'left' },
        { label: t('column-series'), align: 'left' },
        { label: t('column-status'), align: 'left' },
      ],
      rows: list.map(({ id, strategyName, instId, bar, status, tried, planned }) => [
        String(id),
        strategyName,
        seriesName(instId, bar),
        t(`optimization-status-${status}`, { tried, planned }),
      ]),
    },
    buttons: [
      list
        .filter(({ status }) => status !== 'failed')
        .slice(0, mostOpened)
        .map(({ id }) => ({
          label: t('button-open', { number: String(id) }),
          command: 'optimizations',
          args: { number: id },
        })),
      stopped.map(({ id }) => ({
        label: `${t('button-resume-search')} ${id}`,
        command: 'optimize_resume',
        args: { number: id },
      })),
    ].filter((row) => row.length > 0),
  }
}
