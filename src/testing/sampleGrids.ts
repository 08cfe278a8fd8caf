import type { GridChart } from '../charts/spec.js'
import { lehmer } from './sampleChart.js'
import { type SampleOptions, sampleHead, sampleWords } from './sampleHead.js'

export interface SampleMonthsOptions extends SampleOptions {
  months?: number
  /** 1 to 12. */
  firstMonth?: number
  size?: number
}

/** The months of a seeded run. */
export function sampleMonths(options: SampleMonthsOptions = {}): GridChart {
  const { locale = 'en', months = 40, firstMonth = 3, size = 6 } = options
  const t = sampleWords[locale]
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
    ...sampleHead(options, '2022-03-01 – 2025-06-30'),
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
  const t = sampleWords[locale]
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
    ...sampleHead(options, '2024-01-01 – 2024-12-31'),
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
