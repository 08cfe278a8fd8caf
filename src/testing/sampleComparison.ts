import { comparedRoles, type TimelineChart } from '../charts/spec.js'
import { lehmer } from './sampleChart.js'
import { type SampleOptions, sampleHead, sampleWords } from './sampleHead.js'

export interface SampleComparisonOptions extends SampleOptions {
  /** 2 to 6. */
  results?: number
  bars?: number
}

/** Equity of several seeded runs, each over a window of its own. */
export function sampleComparison(options: SampleComparisonOptions = {}): TimelineChart {
  const { locale = 'en', results = 4, bars = 3000, name = 'rsi-dip' } = options
  const t = sampleWords[locale]
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
    ...sampleHead(options, series.map(({ label }) => label.split(' ')[0]).join(' · ')),
    kind: 'timeline',
    panels: [{ title: t.compared, weight: 1, unit: 'index', series, marks: [] }],
    timeZone: 'UTC',
  }
}
