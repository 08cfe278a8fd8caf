import type { HeadingItem } from '../heading.js'
import { filledShapes, lines, rectangle, roundPx } from '../shapes.js'
import type { BarsPlot } from '../spec.js'
import type { ChartTheme } from '../theme.js'
import { decimalsFor, scaleFor } from '../valueAxis.js'
import { type DrawnPlot, extremesOf, orders, outcomeKeys, type PlotPlace } from './plot.js'
import { wholeTicks } from './wholeTicks.js'

/** A phone shows no more of them apart. */
const mostBars = 150
const widestBarPx = 28
const gapShare = 0.25

/** How many values share a bar: as many as it takes for all to fit. */
export function valuesPerBar(count: number): number {
  return Math.max(1, Math.ceil(count / mostBars))
}

export function barsKeys({ values, outcomes }: BarsPlot, locale: string, theme: ChartTheme): HeadingItem[] {
  return outcomeKeys(values, outcomes, locale, theme)
}

/** Values that share a bar are drawn by the best gain and the worst loss among them: no extreme is lost. */
export function drawBars(
  { title, values }: BarsPlot,
  { yAxisID, widthPx, heightPx, locale, theme }: PlotPlace,
): DrawnPlot {
  const [low, high] = extremesOf(values, title)
  const scale = scaleFor(Math.min(0, low), Math.max(0, high), heightPx)
  const decimals = decimalsFor(scale.step)
  const perBar = valuesPerBar(values.length)
  const bars = Math.ceil(values.length / perBar)
  const pitchPx = widthPx / bars
  const barPx = Math.min(widestBarPx, pitchPx * (1 - gapShare))
  const rectangles = (extremeOf: (value: number, extreme: number) => number) =>
    Array.from({ length: bars }, (_, i) => {
      const extreme = values.subarray(i * perBar, (i + 1) * perBar).reduce((a, b) => extremeOf(a, b), 0)
      const middlePx = (i + 0.5) * pitchPx
      return { left: roundPx(middlePx - barPx / 2), right: roundPx(middlePx + barPx / 2), extreme }
    })
      .filter(({ extreme }) => extreme !== 0)
      .map(({ left, right, extreme }) => rectangle(left, right, 0, Number(extreme.toFixed(decimals))))
  const place = { yAxisID, order: orders.shapes }
  const zero = [
    [
      [0, 0],
      [widthPx, 0],
    ],
  ] as const
  return {
    scale,
    datasets: [
      filledShapes(rectangles(Math.max), theme.marks.winning_exit, place),
      filledShapes(rectangles(Math.min), theme.marks.losing_exit, place),
      lines(zero, { borderColor: theme.mutedText, borderWidth: 1 }, { yAxisID, order: orders.lines }),
    ],
    labels: wholeTicks(1, values.length, widthPx, locale, (n) => (Math.floor((n - 1) / perBar) + 0.5) * pitchPx),
  }
}
