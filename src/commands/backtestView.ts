import type { ChartMark, HeadlineFigure, TimelineChart } from '../charts/spec.js'
import { finerBars } from '../domain/backtest/detailBar.js'
import type { BacktestResult, Trade } from '../domain/backtest/result.js'
import type { Bar } from '../domain/bars.js'
import type { Source } from '../domain/instrument.js'
import type { Translator } from '../i18n.js'
import type { BacktestReport, Curves } from '../services/backtests.js'
import { integrityBadge, integrityWarnings } from './integrityWarnings.js'
import type { Reply, ReplyButton, ReplyField } from './reply.js'
import { seriesName, stampOf } from './stamp.js'

const rangeButtons = ['7d', '30d', '90d', '1y'] as const
const barButtons = ['5m', '15m', '1H', '4H', '1Dutc'] as const

/** A backtest in words and figures, with its picture and what one may ask next. */
export function backtestReply(report: BacktestReport, t: Translator): Reply {
  const { id, result, curves, reproduced } = report
  const { text, fields, ...rest } = backtestText(result, t)
  const changed = reproduced ? [] : [`⚠ ${t('backtest-warning-candles-changed')}`]
  const missing = curves ? [] : [`⚠ ${t('backtest-warning-no-curves')}`]
  return {
    ...rest,
    text: [text, ...changed, ...missing].join('\n'),
    fields: [...fields, { label: t('figure-number'), value: `#${id}` }],
    ...(curves && { chart: backtestChart({ result, ...curves }, t) }),
    buttons: buttonsOf(result, t),
  }
}

/** The words and figures alone. */
export function backtestText(result: BacktestResult, t: Translator) {
  const { stats } = result
  const quote = quoteOf(result.inst_id)
  const figure = (id: string, value: string) => ({ label: t(id), value })
  return {
    ...stampOf(result.source as Source, t),
    title: `${result.strategy} · ${seriesName(result.inst_id, result.bar)}`,
    text: [
      t('backtest-window', {
        from: t.dateTime(result.from_ts),
        to: t.dateTime(result.to_ts),
        zone: t.timeZone,
        bars: result.bars,
        source: t(`source-${result.source}`),
      }),
      t('backtest-costs', {
        cash: t.money(result.costs.start_equity, quote),
        fee: t.percent(result.costs.fee_rate * 100),
        slippage: t.number(result.costs.slippage_bps),
        fill: result.costs.fill,
      }),
      ...termsOf(result, t),
      ...integrityWarnings(result, t),
    ].join('\n'),
    fields: [
      figure('figure-return', t.percent(stats.total_return_pct, { sign: true })),
      figure('figure-hold', t.percent(stats.market_change_pct, { sign: true })),
      figure('figure-final-equity', t.money(stats.final_equity, quote)),
      figure('figure-drawdown', t.percent(stats.max_drawdown_pct)),
      figure('figure-trades', t.number(stats.trades)),
      figure('figure-win-rate', t.percent(stats.win_rate_pct)),
      figure('figure-profit-factor', t.number(stats.profit_factor)),
      figure('figure-expectancy', t.money(stats.expectancy, quote, { sign: true })),
      figure('figure-sharpe', t.number(stats.sharpe)),
      figure('figure-sortino', t.number(stats.sortino)),
      figure('figure-hold-time', t.duration(stats.avg_hold_ms)),
      figure('figure-exposure', t.percent(stats.exposure_pct)),
      figure('figure-fees', t.money(stats.fees, quote)),
      ...swapFigures(result, t),
    ],
  }
}

/** How a swap was traded, and on which finer candles; nothing for spot at closes. */
function termsOf(result: BacktestResult, t: Translator): string[] {
  const { inst_id, detail_bar, evaluate_on, direction, leverage, margin_mode, contract_coins } = result
  const base = baseOf(inst_id)
  const terms =
    margin_mode === null
      ? []
      : [
          t('backtest-swap', {
            direction,
            leverage: t.number(leverage),
            margin: margin_mode,
            contract: contract_coins === null ? '' : t.price(contract_coins),
            base,
          }),
        ]
  if (detail_bar === null) return terms
  return [...terms, t(evaluate_on === 'tick' ? 'backtest-detail-tick' : 'backtest-detail', { bar: detail_bar })]
}

/** Figures that only a swap has. */
function swapFigures(result: BacktestResult, t: Translator): ReplyField[] {
  const { inst_id, margin_mode, trades, stats } = result
  if (margin_mode === null) return []
  const liquidations = trades.filter(({ exit_reason }) => exit_reason === 'liquidation').length
  return [
    { label: t('figure-funding'), value: t.money(stats.funding, quoteOf(inst_id), { sign: true }) },
    { label: t('figure-liquidations'), value: t.number(liquidations) },
    { label: t('figure-largest-position'), value: largestPosition(result, t) },
  ]
}

function largestPosition({ inst_id, contract_coins, trades }: BacktestResult, t: Translator): string {
  if (trades.length === 0) return t('not-available')
  const size = trades.reduce((most, trade) => Math.max(most, trade.size), 0)
  const coins = `${t.price(size * (contract_coins ?? 1))} ${baseOf(inst_id)}`
  return contract_coins === null ? coins : t('figure-contracts', { count: t.number(size), coins })
}

/** Price with the trades on it, equity against holding, and drawdown, on one time axis. */
export function backtestChart({ result, candles, equity }: ChartSource, t: Translator): TimelineChart {
  const { stats, trades, direction, leverage, margin_mode } = result
  const { ts, close } = candles
  const hold = close.map((price) => (stats.start_equity * price) / candles.open[0])
  const { stamp = null } = stampOf(result.source as Source, t)
  return {
    kind: 'timeline',
    title: `${result.strategy} · ${seriesName(result.inst_id, result.bar)}`,
    subtitle: [
      t('chart-window', {
        from: t.date(result.from_ts),
        to: t.date(result.to_ts),
        source: t(`source-${result.source}`),
      }),
      ...(margin_mode === null
        ? []
        : [t('chart-swap', { leverage: t.number(leverage), margin: margin_mode, direction })]),
    ].join(' · '),
    stamp,
    badge: integrityBadge(result, t),
    headline: headlineOf(result, t),
    panels: [
      {
        title: t('chart-price'),
        weight: 3,
        unit: 'price',
        series: [{ label: result.inst_id, role: 'price', style: 'line', ts, values: close }],
        marks: trades.flatMap((trade) => marksOf(trade, t)),
      },
      {
        title: t('chart-equity', { quote: quoteOf(result.inst_id) }),
        weight: 2,
        unit: 'quote',
        series: [
          { label: t('chart-strategy'), role: 'equity', style: 'line', ts, values: equity },
          { label: t('chart-hold'), role: 'benchmark', style: 'line', ts, values: hold },
        ],
        marks: [],
      },
      {
        title: t('chart-drawdown'),
        weight: 1,
        unit: 'percent',
        series: [
          {
            label: t('chart-drawdown'),
            role: 'drawdown',
            style: 'area',
            ts,
            values: drawdownOf(equity, stats.start_equity),
          },
        ],
        marks: [],
      },
    ],
    timeZone: t.timeZone,
    locale: t.tag,
    theme: t.theme,
  }
}

/** What a backtest's picture is made of. */
export interface ChartSource extends Curves {
  result: BacktestResult
}

function headlineOf({ stats }: BacktestResult, t: Translator): HeadlineFigure[] {
  const tone = (value: number | null) => (value === null || value === 0 ? 'plain' : value > 0 ? 'good' : 'bad')
  const plain = (id: string, value: string): HeadlineFigure => ({ label: t(id), value, tone: 'plain' })
  return [
    {
      label: t('figure-return'),
      value: t.percent(stats.total_return_pct, { sign: true }),
      tone: tone(stats.total_return_pct),
    },
    plain('figure-hold', t.percent(stats.market_change_pct, { sign: true })),
    plain('figure-drawdown', t.percent(stats.max_drawdown_pct)),
    { label: t('figure-sharpe'), value: t.number(stats.sharpe), tone: tone(stats.sharpe) },
    plain('figure-trades', t.number(stats.trades)),
    plain('figure-win-rate', t.percent(stats.win_rate_pct, { decimals: 0 })),
  ]
}

const exitLabels = {
  winning_exit: 'chart-winning-exit',
  losing_exit: 'chart-losing-exit',
  liquidation: 'chart-liquidation',
} as const

function marksOf(trade: Trade, t: Translator): ChartMark[] {
  const exit = trade.exit_reason === 'liquidation' ? 'liquidation' : trade.pnl > 0 ? 'winning_exit' : 'losing_exit'
  return [
    {
      ts: trade.entry_ts,
      value: trade.entry_price,
      kind: trade.side === 'long' ? 'long_entry' : 'short_entry',
      label: t(`chart-${trade.side}-entry`),
    },
    { ts: trade.exit_ts, value: trade.exit_price, kind: exit, label: t(exitLabels[exit]) },
  ]
}

/** Percent below the highest mark so far, as numbers up to 0. */
function drawdownOf(equity: Float64Array, startEquity: number): Float64Array {
  let peak = startEquity
  return equity.map((value) => {
    if (value > peak) peak = value
    return (value / peak - 1) * 100
  })
}

function baseOf(instId: string): string {
  return instId.split('-')[0]
}

function quoteOf(instId: string): string {
  return instId.split('-')[1]
}

/** The same question, costs and all, over other stretches of time and in other timeframes. */
function buttonsOf(result: BacktestResult, t: Translator): ReplyButton[][] {
  const { strategy, inst_id: inst, bar, detail_bar, costs } = result
  const asked = {
    strategy,
    inst,
    cash: costs.start_equity,
    fee: costs.fee_rate,
    slippage: costs.slippage_bps,
    fill: costs.fill,
  }
  // Finer candles of one timeframe may be none of another.
  const onBar = (other: Bar) => ({
    bar: other,
    ...(detail_bar !== null && finerBars(other).includes(detail_bar) && { detail: detail_bar }),
  })
  const window = `${minuteOf(result.from_ts)}..${minuteOf(result.to_ts)}`
  return [
    rangeButtons.map((range) => ({ label: range, command: 'backtest', args: { ...asked, ...onBar(bar), range } })),
    barButtons.map((other) => ({
      label: other.replace('utc', ''),
      command: 'backtest',
      args: { ...asked, ...onBar(other), range: window },
    })),
    [
      { label: t('button-search-parameters'), command: 'optimize', args: { ...asked, ...onBar(bar), range: window } },
      { label: t('button-rules'), command: 'strategy', args: { name: strategy } },
    ],
  ]
}

/** `2024-01-31T18:05`, UTC, as ranges are typed. */
function minuteOf(ts: number): string {
  return new Date(ts).toISOString().slice(0, 16)
}
