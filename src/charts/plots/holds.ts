import type { AxisLabel } from '../axisLabels.js'
import { type HeadingItem, keyItem } from '../heading.js'
import { keySize, markLook, markSize } from '../looks.js'
import { lines, roundPx } from '../shapes.js'
import type { HoldsPlot } from '../spec.js'
import { textWidth } from '../textFit.js'
import type { ChartTheme } from '../theme.js'
import { thinMarks } from '../thin.js'
import { decimalsFor, scaleFor } from '../valueAxis.js'
import { type DrawnPlot, extremesOf, orders, type PlotPlace } from './plot.js'

const marginPx = 12
const labelGapPx = 12

export function holdsKeys({ values, outcomes }: HoldsPlot, locale: string, theme: ChartTheme): HeadingItem[] {
  const count = new Intl.NumberFormat(locale)
  const gains = values.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0)
  return [
    ['winning_exit', outcomes.gain, gains] as const,
    ['losing_exit', outcomes.loss, values.length - gains] as const,
  ]
    .filter(([, , many]) => many > 0)
    .map(([kind, label, many]) =>
      keyItem(`${label} (${count.format(many)})`, markLook(kind, keySize, theme), 'point', theme),
    )
}

/** A mark for each: time to the right, by its logarithm, and what came of it upwards. */
export function drawHolds(plot: HoldsPlot, { yAxisID, widthPx, heightPx, locale, theme }: PlotPlace): DrawnPlot {
  const [low, high] = extremesOf(plot.values, plot.title)
  const [shortest, longest] = extremesOf(plot.holdsMs, plot.title)
  const scale = scaleFor(Math.min(0, low), Math.max(0, high), heightPx)
  const decimals = decimalsFor(scale.step)
  const pxOf = holdScale(plot.holdsMs, shortest, longest, widthPx)
  const size = markSize(plot.values.length)
  const cell = { ms: 2 * size.radius, value: ((scale.max - scale.min) / heightPx) * 2 * size.radius }
  const dataset = (kind: 'winning_exit' | 'losing_exit', isOf: (value: number) => boolean) => {
    const marks = Array.from(plot.values, (value, i) => ({ ts: pxOf(plot.holdsMs[i]), value })).filter((mark) =>
      isOf(mark.value),
    )
    const shown = size.leavesOutHidden ? thinMarks(marks, cell) : marks
    return {
      ...markLook(kind, size, theme),
      label: kind === 'winning_exit' ? plot.outcomes.gain : plot.outcomes.loss,
      order: orders.points,
      clip: false,
      xAxisID: 'x',
      yAxisID,
      data: shown.map(({ ts, value }) => [roundPx(ts), Number(value.toFixed(decimals))]),
    }
  }
  const zero = [
    [
      [0, 0],
      [widthPx, 0],
    ],
  ] as const
  return {
    scale,
    datasets: [
      dataset('winning_exit', (value) => value > 0),
      dataset('losing_exit', (value) => !(value > 0)),
      lines(zero, { borderColor: theme.mutedText, borderWidth: 1 }, { yAxisID, order: orders.shapes }),
    ],
    labels: holdLabels(shortest, longest, pxOf, locale),
  }
}

/** Px of a duration: by log(1 + duration / the shortest that is not 0), so that 0 has a place too. */
function holdScale(holdsMs: Float64Array, shortest: number, longest: number, widthPx: number): (ms: number) => number {
  const unit = holdsMs.reduce((least, ms) => (ms > 0 && ms < least ? ms : least), longest > 0 ? longest : 1)
  const from = Math.log1p(shortest / unit)
  const span = Math.log1p(longest / unit) - from
  const innerPx = widthPx - 2 * marginPx
  return (ms) => (span === 0 ? widthPx / 2 : marginPx + ((Math.log1p(ms / unit) - from) / span) * innerPx)
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const roundHolds: { count: number; unit: 'minute' | 'hour' | 'day'; ms: number }[] = [
  ...[1, 2, 5, 15, 30].map((count) => ({ count, unit: 'minute' as const, ms: count * minuteMs })),
  ...[1, 2, 4, 8].map((count) => ({ count, unit: 'hour' as const, ms: count * hourMs })),
  ...[1, 2, 4, 7, 14, 30, 60, 120, 365, 730].map((count) => ({ count, unit: 'day' as const, ms: count * dayMs })),
]

/** Round durations that have room, the ends of the axis first; what there is where no round one lies within. */
function holdLabels(shortest: number, longest: number, pxOf: (ms: number) => number, locale: string): AxisLabel[] {
  const write = (count: number, unit: string) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'narrow', maximumFractionDigits: 1 }).format(
      count,
    )
  const round = roundHolds
    .filter(({ ms }) => ms >= shortest && ms <= longest)
    .map(({ count, unit, ms }) => ({ px: pxOf(ms), text: write(count, unit) }))
  const zero = shortest === 0 ? [{ px: pxOf(0), text: '0' }] : []
  const all = [...zero, ...round]
  if (all.length === 0) {
    const [unit, ms] = longest >= dayMs ? ['day', dayMs] : longest >= hourMs ? ['hour', hourMs] : ['minute', minuteMs]
    return [{ px: pxOf(longest), text: write(longest / Number(ms), String(unit)) }]
  }
  const kept: AxisLabel[] = []
  for (const label of all) {
    const last = kept.at(-1)
    const apart = last ? (textWidth(label.text, 12) + textWidth(last.text, 12)) / 2 + labelGapPx : 0
    if (!last || label.px - last.px >= apart) kept.push(label)
  }
  return kept
}
