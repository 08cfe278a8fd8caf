import type { ParallelChart } from '../charts/spec.js'
import { lehmer } from './sampleChart.js'
import { type SampleOptions, sampleHead, sampleWords } from './sampleHead.js'

export interface SampleParallelOptions extends SampleOptions {
  /** 2 to 6. */
  axes?: number
  lines?: number
}

/** An objective over more parameters than a plane has. */
export function sampleParallel(options: SampleParallelOptions = {}): ParallelChart {
  const { locale = 'en', axes = 5, lines = 120 } = options
  const t = sampleWords[locale]
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
    ...sampleHead(options, '2024-01-01 – 2024-12-31'),
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
