import type { AxisLabel } from '../axisLabels.js'
import { type HeadingItem, keyItem } from '../heading.js'
import type { Outcomes, PlotLineRole } from '../spec.js'
import type { JsonObject } from '../textRow.js'
import type { ChartTheme } from '../theme.js'
import type { ValueScale } from '../valueScale.js'

/** Where a plot lies, and who reads it. */
export interface PlotPlace {
  yAxisID: string
  widthPx: number
  heightPx: number
  locale: string
  theme: ChartTheme
}

/** A plot as it is drawn. */
export interface DrawnPlot {
  scale: ValueScale
  datasets: readonly JsonObject[]
  /** Below the plot, at the px of what they name; a line goes up from each. */
  labels: readonly AxisLabel[]
  /** Those without a line. */
  loose?: readonly AxisLabel[]
}

/** Names gains and losses by their colours, each with how many they are. */
export function outcomeKeys(
  values: Float64Array,
  outcomes: Outcomes,
  locale: string,
  theme: ChartTheme,
): HeadingItem[] {
  const count = new Intl.NumberFormat(locale)
  const gains = values.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0)
  const key = (label: string, many: number, color: string) =>
    many === 0 ? [] : [keyItem(`${label} (${count.format(many)})`, squareLook(color), 'point', theme)]
  return [
    ...key(outcomes.gain, gains, theme.marks.winning_exit),
    ...key(outcomes.loss, values.length - gains, theme.marks.losing_exit),
  ]
}

/** The key of an area. */
export function squareLook(color: string): JsonObject {
  return {
    pointStyle: 'rect',
    pointRadius: 7,
    pointBackgroundColor: color,
    pointBorderWidth: 0,
    showLine: false,
  }
}

export function plotLineLook(role: PlotLineRole, theme: ChartTheme): JsonObject {
  return { borderColor: theme.text, borderWidth: 2, borderDash: role === 'average' ? [4, 3] : [], pointRadius: 0 }
}

/** Over a higher order a lower one is drawn. */
export const orders = { lines: 1, points: 2, shapes: 3, grid: 9 } as const

/** Throws RangeError for what cannot be drawn: nothing at all, or a value that is not a number. */
export function extremesOf(values: ArrayLike<number>, title: string): [number, number] {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) throw new RangeError(`${title}: ${values[i]} cannot be drawn`)
    low = Math.min(low, values[i])
    high = Math.max(high, values[i])
  }
  if (low > high) throw new RangeError(`${title}: a plot needs at least one value`)
  return [low, high]
}
