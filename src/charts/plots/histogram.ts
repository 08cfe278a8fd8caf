import { keptWithin } from '../axisLabels.js'
import { type HeadingItem, keyItem } from '../heading.js'
import { filledShapes, lines, rectangle, roundPx } from '../shapes.js'
import type { HistogramPlot } from '../spec.js'
import { textWidth } from '../textFit.js'
import type { ChartTheme } from '../theme.js'
import { numberFormat, scaleFor } from '../valueAxis.js'
import { ticksWithin, type ValueScale } from '../valueScale.js'
import { type Bins, binsOf } from './binsOf.js'
import { type DrawnPlot, extremesOf, orders, type PlotPlace, plotLineLook } from './plot.js'

const labelPx = 66
const labelGapPx = 8

export function histogramKeys(plot: HistogramPlot, theme: ChartTheme): HeadingItem[] {
  return plot.lines.map(({ label, role }) => keyItem(label, plotLineLook(role, theme), 'line', theme))
}

/** A column for each bin; what lies beyond the outermost edges is counted in columns of their own. */
export function drawHistogram(plot: HistogramPlot, place: PlotPlace): DrawnPlot {
  const { yAxisID, widthPx, heightPx, theme } = place
  extremesOf(plot.values, plot.title)
  const bins = binsOf(plot.values)
  const counts = [...(bins.below > 0 ? [bins.below] : []), ...bins.counts, ...(bins.above > 0 ? [bins.above] : [])]
  const firstEdge = bins.first - (bins.below > 0 ? 1 : 0)
  const pitchPx = widthPx / counts.length
  const pxOf = (value: number) => roundPx((value / bins.step - firstEdge) * pitchPx)
  const scale = countScale(Math.max(...counts), heightPx)
  const gapPx = Math.min(1, pitchPx / 4)
  const columns = (which: 'all' | 'gains' | 'losses') =>
    counts.flatMap((count, i) => {
      const side = firstEdge + i >= 0 ? 'gains' : 'losses'
      if (count === 0 || (which !== 'all' && which !== side)) return []
      return [rectangle(roundPx(i * pitchPx + gapPx), roundPx((i + 1) * pitchPx - gapPx), 0, count)]
    })
  const shapes = { yAxisID, order: orders.shapes }
  const marked = plot.lines.map(({ value, role }) => {
    const px = Math.min(widthPx, Math.max(0, pxOf(value)))
    const path = [[px, 0] as const, [px, scale.max] as const]
    return lines([path], plotLineLook(role, theme), { yAxisID, order: orders.lines })
  })
  return {
    scale,
    datasets: [
      ...marked,
      ...(plot.colours === 'plain'
        ? [filledShapes(columns('all'), theme.histogram, shapes)]
        : [
            filledShapes(columns('gains'), theme.marks.winning_exit, shapes),
            filledShapes(columns('losses'), theme.marks.losing_exit, shapes),
          ]),
    ],
    ...labelsOf(plot, bins, pxOf, place),
  }
}

function countScale(most: number, heightPx: number): ValueScale {
  const scale = scaleFor(0, most, heightPx)
  return scale.step >= 1 ? scale : { min: 0, max: most + 1, step: 1, decimals: 0 }
}

/** Values at round edges, and below the columns of what lies beyond the outermost ones where these are. */
function labelsOf(
  { unit }: HistogramPlot,
  bins: Bins,
  pxOf: (value: number) => number,
  { widthPx, locale }: PlotPlace,
): Pick<DrawnPlot, 'labels' | 'loose'> {
  const low = bins.first * bins.step
  const high = (bins.first + bins.counts.length) * bins.step
  const { scale, values } = ticksWithin(low, high, Math.floor(widthPx / labelPx))
  const format = new Intl.NumberFormat(locale, numberFormat(scale, unit))
  const loose = [
    ...(bins.below > 0 ? [{ px: pxOf(low - bins.step / 2), text: `< ${format.format(low)}` }] : []),
    ...(bins.above > 0 ? [{ px: pxOf(high + bins.step / 2), text: `> ${format.format(high)}` }] : []),
  ].map((label) => keptWithin(label, widthPx))
  const labels = values
    .map((value) => ({ px: pxOf(value), text: format.format(value) }))
    .filter(({ px, text }) => loose.every((end) => Math.abs(end.px - px) >= distancePx(text, end.text)))
  return { labels, loose }
}

function distancePx(one: string, other: string): number {
  return (textWidth(one, 12) + textWidth(other, 12)) / 2 + labelGapPx
}
