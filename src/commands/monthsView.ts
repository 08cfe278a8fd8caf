import type { GridChart, HeadlineFigure } from '../charts/spec.js'
import type { BacktestResult, Stats } from '../domain/backtest/result.js'
import type { Source } from '../domain/instrument.js'
import type { Translator } from '../i18n.js'
import type { StoredBacktest } from '../services/backtests.js'
import type { Reply, ReplyTable } from './reply.js'
import { resultHead, resultTitle } from './resultHead.js'
import { stampOf } from './stamp.js'

/** As many months as are listed one by one; of more, a line a year. */
const mostListed = 12

/** The months of a result: a picture of all, and their figures. */
export function monthsReply({ id, result }: Omit<StoredBacktest, 'strategy'>, t: Translator): Reply {
  return {
    ...stampOf(result.source as Source, t),
    title: `${resultTitle(result)} · ${t('page-months')} · #${id}`,
    text: t('months-hint'),
    fields: monthFigures(result.stats, t).map(({ label, value }) => ({ label, value })),
    table: monthsTable(result.stats, t),
    chart: monthsChart(result, t),
  }
}

interface Year {
  year: string
  /** By month, from 0; only those that there are. */
  months: Map<number, number>
  /** Of all of them together, percent. */
  total: number
}

function yearsOf({ monthly_returns }: Stats): Year[] {
  const years: Year[] = []
  for (const { month, return_pct } of monthly_returns) {
    const [name, number] = month.split('-')
    if (years.at(-1)?.year !== name) years.push({ year: name, months: new Map(), total: 0 })
    const year = years[years.length - 1]
    year.months.set(Number(number) - 1, return_pct)
    year.total = 100 * ((1 + year.total / 100) * (1 + return_pct / 100) - 1)
  }
  return years
}

function monthFigures({ monthly_returns }: Stats, t: Translator): HeadlineFigure[] {
  const returns = monthly_returns.map(({ return_pct }) => return_pct)
  const gains = returns.filter((value) => value > 0).length
  const average = returns.reduce((sum, value) => sum + value, 0) / returns.length
  const signed = (value: number) => t.percent(value, { sign: true })
  const plain = (id: string, value: string): HeadlineFigure => ({ label: t(id), value, tone: 'plain' })
  return [
    plain('figure-months-gain', t('months-of', { count: gains, all: returns.length })),
    plain('figure-average-month', signed(average)),
    plain('figure-best-month', signed(Math.max(...returns))),
    plain('figure-worst-month', signed(Math.min(...returns))),
  ]
}

function monthsTable(stats: Stats, t: Translator): ReplyTable {
  const signed = (value: number) => t.percent(value, { sign: true })
  const isShort = stats.monthly_returns.length <= mostListed
  return {
    columns: [
      { label: t(isShort ? 'column-month' : 'column-year'), align: 'left' },
      { label: t('figure-return'), align: 'right' },
    ],
    rows: isShort
      ? stats.monthly_returns.map(({ month, return_pct }) => [month, signed(return_pct)])
      : yearsOf(stats).map(({ year, total }) => [year, signed(total)]),
  }
}

/** Years in rows and months in columns, with the year's return beside each row. */
export function monthsChart(result: BacktestResult, t: Translator): GridChart {
  const years = yearsOf(result.stats)
  const [only] = years
  const named = [...only.months.keys()]
  // Of a single year no month is shown that it does not have.
  const [first, last] = years.length === 1 ? [Math.min(...named), Math.max(...named)] : [0, 11]
  const columns = Array.from({ length: last - first + 1 }, (_, i) => first + i)
  const monthName = new Intl.DateTimeFormat(t.tag, { month: 'short', timeZone: 'UTC' })
  const cells = years.flatMap(({ months }) => columns.map((month) => months.get(month) ?? Number.NaN))
  return {
    ...resultHead(result, t, t('page-months')),
    kind: 'grid',
    headline: monthFigures(result.stats, t),
    name: t('chart-months'),
    unit: 'percent',
    columns: { title: null, labels: columns.map((month) => monthName.format(Date.UTC(2024, month, 1))) },
    rows: { title: null, labels: years.map(({ year }) => year) },
    values: Float64Array.from(cells),
    colours: 'signed',
    totals: { title: t('chart-year-total'), values: Float64Array.from(years, ({ total }) => total) },
    marks: [],
  }
}
