import type { ChartPlot, HeadlineFigure, PlotsChart } from '../charts/spec.js'
import { type MonteCarlo, monteCarloMethods } from '../domain/backtest/monteCarlo.js'
import type { BacktestResult } from '../domain/backtest/result.js'
import type { Source } from '../domain/instrument.js'
import type { Translator } from '../i18n.js'
import { pageButtons } from './backtestPages.js'
import type { Reply, ReplyTable } from './reply.js'
import { quoteOf, resultHead, resultTitle } from './resultHead.js'
import { stampOf } from './stamp.js'

/** What else might have come of a result's trades; `drawn` is null where it has none. */
export interface MonteCarloData {
  id: number
  result: BacktestResult
  drawn: MonteCarlo | null
}

export function monteCarloReply({ id, result, drawn }: MonteCarloData, t: Translator): Reply {
  const head = {
    ...stampOf(result.source as Source, t),
    title: `${resultTitle(result)} · ${t('page-montecarlo')} · #${id}`,
  }
  const pages = pageButtons({ id, result }, 'montecarlo', t)
  if (drawn === null) return { ...head, text: t('trades-none', { number: String(id) }), buttons: [pages] }
  const { runs, trades, block_length } = drawn
  return {
    ...head,
    text: [
      t(`montecarlo-${drawn.method}`, { runs, trades, block: block_length ?? 1 }),
      t(`montecarlo-${drawn.growth}`),
    ].join('\n'),
    fields: figuresOf(drawn, t).map(({ label, value }) => ({ label, value })),
    table: bandsTable(result, drawn, t),
    chart: monteCarloChart(result, drawn, t),
    buttons: [
      monteCarloMethods
        .filter((method) => method !== drawn.method)
        .map((method) => ({
          label: t(`button-montecarlo-${method}`),
          command: 'montecarlo',
          args: { number: id, method },
        })),
      pages,
    ],
  }
}

function figuresOf(drawn: MonteCarlo, t: Translator): HeadlineFigure[] {
  const { method, loss_probability, ruin_probability, ruin_pct, max_drawdown_pct } = drawn
  const percent = (part: number) => t.percent(part * 100, { decimals: 1 })
  const plain = (label: string, value: string): HeadlineFigure => ({ label, value, tone: 'plain' })
  return [
    ...(endsAlike(method) ? [] : [plain(t('figure-loss-probability'), percent(loss_probability))]),
    plain(t('figure-ruin-probability', { percent: t.number(ruin_pct) }), percent(ruin_probability)),
    plain(t('figure-likely-drawdown'), t.percent(max_drawdown_pct.p50)),
    plain(t('figure-bad-drawdown'), t.percent(max_drawdown_pct.p95)),
  ]
}

/** Trades in another order end where they ended: what is said of their end would be the same for all. */
function endsAlike(method: MonteCarlo['method']): boolean {
  return method === 'shuffle'
}

const bands = ['p5', 'p25', 'p50', 'p75', 'p95'] as const

function bandsTable({ inst_id }: BacktestResult, drawn: MonteCarlo, t: Translator): ReplyTable {
  const hasEnds = !endsAlike(drawn.method)
  const amount = (equity: number) => t.number(equity, { maxDecimals: 0 })
  const row = (label: string, equity: number, drawdown: number) => [
    label,
    ...(hasEnds ? [amount(equity)] : []),
    t.percent(drawdown),
  ]
  return {
    columns: [
      { label: t('column-part'), align: 'left' },
      ...(hasEnds ? [{ label: t('column-final-equity', { quote: quoteOf(inst_id) }), align: 'right' as const }] : []),
      { label: t('figure-drawdown'), align: 'right' },
    ],
    rows: [
      ...bands.map((band) => {
        const part = t('montecarlo-part', { percent: band.slice(1) })
        return row(part, drawn.final_equity[band], drawn.max_drawdown_pct[band])
      }),
      row(t('chart-own'), drawn.own.final_equity, drawn.own.max_drawdown_pct),
    ],
  }
}

/** Bands of equity by the number of trades, and how often which end and which drawdown came. */
export function monteCarloChart(result: BacktestResult, drawn: MonteCarlo, t: Translator): PlotsChart {
  const { equity, own, distribution, method } = drawn
  const quote = quoteOf(result.inst_id)
  const path = new Float64Array(result.trades.length + 1)
  path[0] = result.stats.start_equity
  result.trades.forEach(({ pnl }, i) => {
    path[i + 1] = path[i] + pnl
  })
  const ownLine = (value: number, words: string) => ({
    label: t('chart-own-value', { value: words }),
    value,
    role: 'own' as const,
  })
  const finals: ChartPlot = {
    kind: 'histogram',
    title: t('chart-final-equity', { quote }),
    weight: 2,
    unit: 'quote',
    values: Float64Array.from(distribution.final_equity),
    colours: 'plain',
    lines: [ownLine(own.final_equity, t.number(own.final_equity, { maxDecimals: 0 }))],
  }
  return {
    ...resultHead(result, t, t('page-montecarlo')),
    kind: 'plots',
    headline: figuresOf(drawn, t),
    plots: [
      {
        kind: 'fan',
        title: t('chart-fan', { quote }),
        weight: 4,
        unit: 'quote',
        places: equity.trades,
        bands: [
          { label: t('chart-band-most'), low: equity.p5, high: equity.p95 },
          { label: t('chart-band-half'), low: equity.p25, high: equity.p75 },
        ],
        middle: { label: t('chart-median'), values: equity.p50 },
        own: { label: t('chart-own'), places: Float64Array.from(path.keys()), values: path },
      },
      ...(endsAlike(method) ? [] : [finals]),
      {
        kind: 'histogram',
        title: t('figure-drawdown'),
        weight: 2,
        unit: 'percent',
        values: Float64Array.from(distribution.max_drawdown_pct),
        colours: 'plain',
        lines: [ownLine(own.max_drawdown_pct, t.percent(own.max_drawdown_pct))],
      },
    ],
  }
}
