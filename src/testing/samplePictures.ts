import {
  type ChartHead,
  comparedRoles,
  type GridChart,
  type ParallelChart,
  type PlotsChart,
  type TimelineChart,
} from '../charts/spec.js'
import { lehmer } from './sampleChart.js'

/** What all samples can be told. */
export interface SampleOptions {
  locale?: 'en' | 'zh'
  theme?: ChartHead['theme']
  name?: string
  badge?: ChartHead['badge']
  simulated?: boolean
}

const words = {
  en: {
    stamp: 'SIMULATED DATA',
    gain: 'Gain',
    loss: 'Loss',
    average: 'Average',
    own: 'As it happened',
    trades: 'Return of each trade',
    shared: 'Best and worst of every',
    distribution: 'How often which return',
    holds: 'Return by time held',
    figures: ['Win rate', 'Average', 'Best', 'Worst', 'Payoff ratio', 'Average hold'],
    median: 'Median',
    half: 'Middle half',
    most: '5 – 95 %',
    equity: 'Equity by number of trades (USDT)',
    final: 'Final equity (USDT)',
    drawdown: 'Max drawdown',
    months: 'Return of each month (%)',
    year: 'Year',
    objective: 'Sharpe',
    peak: 'Best',
    compared: 'Account value, start = 100',
    plateau: 'Best surroundings',
  },
  zh: {
    stamp: '模拟数据',
    gain: '盈利',
    loss: '亏损',
    average: '平均',
    own: '实际结果',
    trades: '每笔交易的收益率',
    shared: '每组最好与最差，每组笔数',
    distribution: '收益率分布',
    holds: '收益率与持仓时间',
    figures: ['胜率', '平均', '最好', '最差', '盈亏额比', '平均持仓'],
    median: '中位数',
    half: '中间一半',
    most: '5 – 95 %',
    equity: '权益随交易笔数的变化 (USDT)',
    final: '最终权益 (USDT)',
    drawdown: '最大回撤',
    months: '每月收益率 (%)',
    year: '全年',
    objective: '夏普比率',
    peak: '最优',
    compared: '账户价值（起点 = 100）',
    plateau: '最优平台',
  },
} as const

function head(options: SampleOptions, page: string): ChartHead {
  const { locale = 'en', theme = 'light', name = 'rsi-dip', badge = null, simulated = true } = options
  return {
    title: `${name} · BTC-USDT · 15m`,
    subtitle: page,
    stamp: simulated ? words[locale].stamp : null,
    badge,
    headline: [],
    locale,
    theme,
  }
}

export interface SampleTradesOptions extends SampleOptions {
  trades?: number
  /** In percent: a trade earns about so much, more or less. */
  size?: number
  /** The parts of gains. */
  winRate?: number
  /** One trade earns so much, percent. */
  outlier?: number
  holdMs?: number
}

/** The page of trades of a seeded strategy. */
export function sampleTrades(options: SampleTradesOptions = {}): PlotsChart {
  const { locale = 'en', trades = 60, size = 2, winRate = 0.55, outlier, holdMs = 5 * 3_600_000 } = options
  const t = words[locale]
  const random = lehmer(11)
  const values = Float64Array.from({ length: trades }, (_, i) => {
    const sign = random() < winRate ? 1 : -1
    const value = sign * size * (0.05 + random() + random() ** 4)
    return i === trades >> 1 && outlier !== undefined ? outlier : value
  })
  const barMs = 900_000
  const holdsMs = values.map(
    (value) => Math.round((holdMs * Math.exp(4 * random() - 3 + (value > 0 ? 0.5 : 0))) / barMs) * barMs,
  )
  const average = values.reduce((sum, value) => sum + value, 0) / trades
  const number = new Intl.NumberFormat(locale, { style: 'unit', unit: 'percent', maximumFractionDigits: 2 })
  const outcomes = { gain: t.gain, loss: t.loss }
  const figures = ['58%', number.format(average), number.format(9.13), number.format(-3.4), '1.72', '5h 30m']
  return {
    ...head(options, '2024-01-01 – 2024-12-31'),
    kind: 'plots',
    headline: figures.map((value, i) => ({ label: t.figures[i], value, tone: 'plain' })),
    plots: [
      { kind: 'bars', title: t.trades, weight: 4, unit: 'percent', values, outcomes },
      {
        kind: 'histogram',
        title: t.distribution,
        weight: 3,
        unit: 'percent',
        values,
        colours: 'signed',
        lines: [{ label: `${t.average} ${number.format(average)}`, value: average, role: 'average' }],
      },
      { kind: 'holds', title: t.holds, weight: 4, unit: 'percent', holdsMs, values, outcomes },
    ],
  }
}

export interface SampleMonteCarloOptions extends SampleOptions {
  trades?: number
  runs?: number
  startEquity?: number
  /** What a trade earns on average, as a part. */
  edge?: number
}

/** Bands of what seeded trades might have come to. */
export function sampleMonteCarlo(options: SampleMonteCarloOptions = {}): PlotsChart {
  const { locale = 'en', trades = 80, runs = 500, startEquity = 10_000, edge = 0.004 } = options
  const t = words[locale]
  const random = lehmer(5)
  const path = () => {
    const equity = new Float64Array(trades + 1).fill(startEquity)
    for (let i = 1; i <= trades; i++) {
      equity[i] = equity[i - 1] * Math.exp(edge + 0.03 * (random() + random() + random() - 1.5))
    }
    return equity
  }
  const paths = Array.from({ length: runs }, path)
  const own = path()
  const last = Math.min(100, trades)
  const places = Array.from({ length: last + 1 }, (_, p) => Math.round((p * trades) / last))
  const band = (part: number) =>
    places.map((place) => paths.map((equity) => equity[place]).sort((a, b) => a - b)[Math.round(part * (runs - 1))])
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  return {
    ...head(options, `${runs}`),
    kind: 'plots',
    plots: [
      {
        kind: 'fan',
        title: t.equity,
        weight: 4,
        unit: 'quote',
        places,
        bands: [
          { label: t.most, low: band(0.05), high: band(0.95) },
          { label: t.half, low: band(0.25), high: band(0.75) },
        ],
        middle: { label: t.median, values: band(0.5) },
        own: { label: t.own, places: Float64Array.from(own.keys()), values: own },
      },
      {
        kind: 'histogram',
        title: t.final,
        weight: 2,
        unit: 'quote',
        values: Float64Array.from(paths, (equity) => equity[trades]),
        colours: 'plain',
        lines: [{ label: `${t.own} ${number.format(own[trades])}`, value: own[trades], role: 'own' }],
      },
      {
        kind: 'histogram',
        title: t.drawdown,
        weight: 2,
        unit: 'percent',
        values: Float64Array.from(paths, deepest),
        colours: 'plain',
        lines: [{ label: t.own, value: deepest(own), role: 'own' }],
      },
    ],
  }
}

export interface SampleMonthsOptions extends SampleOptions {
  months?: number
  /** 1 to 12. */
  firstMonth?: number
  size?: number
}

/** The months of a seeded run. */
export function sampleMonths(options: SampleMonthsOptions = {}): GridChart {
  const { locale = 'en', months = 40, firstMonth = 3, size = 6 } = options
  const t = words[locale]
  const random = lehmer(3)
  const years = Math.ceil((firstMonth - 1 + months) / 12)
  const values = new Float64Array(12 * years).fill(Number.NaN)
  for (let i = 0; i < months; i++) values[firstMonth - 1 + i] = size * (random() + random() + random() - 1.4)
  const totals = Float64Array.from({ length: years }, (_, year) =>
    values
      .subarray(12 * year, 12 * year + 12)
      .filter((value) => !Number.isNaN(value))
      .reduce((total, value) => (1 + total / 100) * (1 + value / 100) * 100 - 100, 0),
  )
  const month = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' })
  return {
    ...head(options, '2022-03-01 – 2025-06-30'),
    kind: 'grid',
    name: t.months,
    unit: 'percent',
    columns: { title: null, labels: Array.from({ length: 12 }, (_, i) => month.format(Date.UTC(2024, i, 1))) },
    rows: { title: null, labels: Array.from({ length: years }, (_, year) => String(2022 + year)) },
    values,
    colours: 'signed',
    totals: { title: t.year, values: totals },
    marks: [],
  }
}

export interface SampleOptimizationOptions extends SampleOptions {
  columns?: number
  rows?: number
  /** Of the values. */
  factor?: number
}

/** An objective over two parameters: a hill, a lone peak, noise, and points that have none. */
export function sampleOptimization(options: SampleOptimizationOptions = {}): GridChart {
  const { locale = 'en', columns = 12, rows = 9, factor = 1 } = options
  const t = words[locale]
  const random = lehmer(9)
  const values = Float64Array.from({ length: columns * rows }, (_, i) => {
    const x = (i % columns) / columns
    const y = Math.floor(i / columns) / rows
    const isImpossible = x > 0.8 && y < 0.2
    return isImpossible
      ? Number.NaN
      : factor * (2 * Math.exp(-8 * ((x - 0.4) ** 2 + (y - 0.6) ** 2)) - 0.6 + 0.4 * random())
  })
  const peak = { row: 0, column: Math.min(1, columns - 1) }
  values[peak.column] = 2.3 * factor
  return {
    ...head(options, '2024-01-01 – 2024-12-31'),
    kind: 'grid',
    name: t.objective,
    unit: 'price',
    columns: { title: 'MA.fast', labels: Array.from({ length: columns }, (_, i) => String(5 + i)) },
    rows: { title: 'MA.slow', labels: Array.from({ length: rows }, (_, i) => String(20 + 5 * i)) },
    values,
    colours: 'ranked',
    totals: null,
    marks: [
      { ...peak, kind: 'peak', label: t.peak },
      { row: Math.floor(rows * 0.6), column: Math.floor(columns * 0.4), kind: 'plateau', label: t.plateau },
    ],
  }
}

export interface SampleParallelOptions extends SampleOptions {
  /** 2 to 6. */
  axes?: number
  lines?: number
}

/** An objective over more parameters than a plane has. */
export function sampleParallel(options: SampleParallelOptions = {}): ParallelChart {
  const { locale = 'en', axes = 5, lines = 120 } = options
  const t = words[locale]
  const random = lehmer(13)
  const numbers = (low: number, high: number) => [
    { at: 0, label: String(low) },
    { at: 1, label: String(high) },
  ]
  const all = [
    { title: 'RSI.period', ticks: numbers(7, 21) },
    { title: 'RSI.oversold', ticks: numbers(20, 35) },
    { title: 'MA.type', ticks: ['SMA', 'EMA', 'WMA'].map((label, i) => ({ at: i / 2, label })) },
    { title: 'risk.stop_loss_pct', ticks: numbers(1, 8) },
    { title: 'risk.take_profit_pct', ticks: numbers(2, 20) },
    { title: 'SUPERTREND.multiplier', ticks: numbers(1.5, 4.5) },
  ].slice(0, axes)
  const trials = Array.from({ length: lines }, () => {
    const at = all.map(({ ticks }) =>
      ticks.length === 3 ? Math.floor(3 * random()) / 2 : Math.round(14 * random()) / 14,
    )
    const distance = at.reduce((sum, place, i) => sum + (place - [0.4, 0.7, 0.5, 0.3, 0.6, 0.5][i]) ** 2, 0)
    return { at, value: Number((2.4 * Math.exp(-2 * distance) - 0.4 + 0.3 * random()).toFixed(3)) }
  })
  const ranked = [...trials.keys()].sort((a, b) => trials[b].value - trials[a].value)
  return {
    ...head(options, '2024-01-01 – 2024-12-31'),
    kind: 'parallel',
    name: t.objective,
    unit: 'price',
    axes: all,
    lines: trials,
    marks: [
      { line: ranked[0], kind: 'peak', label: t.peak },
      ...(lines > 1 ? [{ line: ranked[1], kind: 'plateau' as const, label: t.plateau }] : []),
    ],
  }
}

export interface SampleComparisonOptions extends SampleOptions {
  /** 2 to 6. */
  results?: number
  bars?: number
}

/** Equity of several seeded runs, each over a window of its own. */
export function sampleComparison(options: SampleComparisonOptions = {}): TimelineChart {
  const { locale = 'en', results = 4, bars = 3000, name = 'rsi-dip' } = options
  const t = words[locale]
  const random = lehmer(17)
  const series = comparedRoles.slice(0, results).map((role, k) => {
    const start = Date.UTC(2024, 0, 1 + 5 * k)
    const ts = Float64Array.from({ length: bars }, (_, i) => start + i * 3_600_000)
    let value = 100
    const values = ts.map(() => {
      value *= Math.exp(0.00004 * (k + 1) + 0.006 * (random() + random() + random() - 1.5))
      return value
    })
    return { label: `#${k + 12} ${name} BTC-USDT 1H`, role, style: 'line' as const, ts, values }
  })
  return {
    ...head(options, series.map(({ label }) => label.split(' ')[0]).join(' · ')),
    kind: 'timeline',
    panels: [{ title: t.compared, weight: 1, unit: 'index', series, marks: [] }],
    timeZone: 'UTC',
  }
}

/** The largest fall from a high, percent. */
function deepest(equity: Float64Array): number {
  let high = 0
  let most = 0
  for (const value of equity) {
    high = Math.max(high, value)
    most = Math.max(most, 100 * (1 - value / high))
  }
  return most
}
