import { type Heading, type HeadingItem, headingConfig, keyItem, titleItem } from './heading.js'
import { keySize, lineLook, markLook, markSize, marksByKind } from './looks.js'
import type { ChartMark, ChartPanel, ChartSeries } from './spec.js'
import type { JsonObject } from './textRow.js'
import type { ChartTheme } from './theme.js'
import { thin, thinMarks } from './thin.js'
import { decimalsFor, scaleFor, valueAxis } from './valueAxis.js'
import { watermark } from './watermark.js'

/** Where a panel lies: its number from above, its height, the times of its ends and the width between them; and how fine its lines are. */
export interface PanelPlace {
  index: number
  heightPx: number
  widthPx: number
  fromTs: number
  toTs: number
  /** Width of a thinned line's bucket. */
  bucketPx: number
}

export interface PanelConfig {
  datasets: JsonObject[]
  scales: JsonObject
  /** The value at its lower edge. */
  min: number
}

/** A line at the edge of its panel keeps its full width. */
const lineClipPx = 2
/** Chart.js draws datasets of a lower order over those of a higher one. */
const lineOrder = 1

/** A panel's title and what its legend lists: the kinds of marks, and lines where there are several. */
export function panelHeading(panel: ChartPanel, locale: string, theme: ChartTheme): HeadingItem[] {
  const count = new Intl.NumberFormat(locale)
  // A line that is alone in its panel is named by the panel's title.
  const lines = panel.series.length > 1 ? panel.series : []
  return [
    titleItem(panel.title, theme),
    ...lines.map((series) => keyItem(series.label, lineLook(series, theme), 'line', theme)),
    ...marksByKind(panel.marks).map(([kind, marks]) => {
      const text = `${marks[0].label} (${count.format(marks.length)})`
      return keyItem(text, markLook(kind, keySize, theme), 'point', theme)
    }),
  ]
}

/** Heading and plot of a panel: datasets and axes, all of them on the shared time axis `x`. */
export function panelConfig(
  panel: ChartPanel,
  head: Heading,
  place: PanelPlace,
  stamp: string | null,
  theme: ChartTheme,
): PanelConfig {
  const headingParts = headingConfig(head, place.index, place.widthPx, theme)
  const yAxisID = `y${place.index}`
  const [low, high] = panelExtremes(panel)
  // A drawdown of nothing hangs below its zero line like any other.
  const hasNoDrawdown = low === 0 && panel.series.every(({ role }) => role === 'drawdown')
  const scale = scaleFor(hasNoDrawdown ? -1 : low, high, place.heightPx)
  const plot = plotter(place, scale.step)
  const lines = panel.series.map((series) => lineDataset(series, place, plot, yAxisID, theme))
  const marks = markDatasets(panel, place, plot, yAxisID, scale.max - scale.min, theme)
  const middle = (scale.min + scale.max) / 2
  return {
    datasets: [...headingParts.datasets, ...lines, ...marks],
    min: scale.min,
    scales: {
      ...headingParts.scales,
      ...(stamp === null
        ? {}
        : { [`xWatermark${place.index}`]: watermark(stamp, { [yAxisID]: middle }, place, theme) }),
      [yAxisID]: valueAxis(scale, panel.unit, place.heightPx, theme),
    },
  }
}

/** A point in the coordinates of the axes: px from the left on `x`, and its value. */
type Plot = (ts: number, value: number) => [number, number]

function plotter({ fromTs, toTs, widthPx }: PanelPlace, step: number): Plot {
  const decimals = decimalsFor(step)
  return (ts, value) => [
    Number((((ts - fromTs) / (toTs - fromTs)) * widthPx).toFixed(2)),
    Number(value.toFixed(decimals)),
  ]
}

function lineDataset(
  series: ChartSeries,
  place: PanelPlace,
  plot: Plot,
  yAxisID: string,
  theme: ChartTheme,
): JsonObject {
  const { ts, values } = thin(series, place.fromTs, place.toTs, Math.round(place.widthPx / place.bucketPx))
  const look = lineLook(series, theme)
  return {
    ...look,
    label: series.label,
    // A line of one point has no length.
    pointRadius: ts.length === 1 ? 3 : 0,
    pointBackgroundColor: look.borderColor,
    backgroundColor: theme.series[series.role].area,
    fill: series.style === 'area' ? (series.role === 'drawdown' ? 'origin' : 'start') : false,
    order: lineOrder,
    clip: ts.length === 1 ? false : lineClipPx,
    xAxisID: 'x',
    yAxisID,
    data: Array.from(ts, (t, i) => plot(t, values[i])),
  }
}

function markDatasets(
  panel: ChartPanel,
  place: PanelPlace,
  plot: Plot,
  yAxisID: string,
  valueSpan: number,
  theme: ChartTheme,
): JsonObject[] {
  const size = markSize(panel.marks.length)
  const cell = {
    ms: ((place.toTs - place.fromTs) / place.widthPx) * 2 * size.radius,
    value: (valueSpan / place.heightPx) * 2 * size.radius,
  }
  const shown = size.leavesOutHidden ? thinMarks(panel.marks, cell) : panel.marks
  const aside = asideOf(shown, cell)
  return marksByKind(shown).map(([kind, marks]) => ({
    ...markLook(kind, size, theme),
    label: marks[0].label,
    // What hurts most is on top.
    order: lineOrder - (kind === 'liquidation' ? 2 : 1),
    clip: false,
    xAxisID: 'x',
    yAxisID,
    data: marks.map((mark) => {
      const [px, value] = plot(mark.ts, mark.value)
      return [Number((px + aside(mark) * size.radius).toFixed(2)), value]
    }),
  }))
}

/**
 * Which way a mark is moved by its own radius: where a position is turned, the exit stands to the left of the entry that
 * would hide it.
 */
function asideOf(marks: readonly ChartMark[], cell: { ms: number; value: number }): (mark: ChartMark) => -1 | 0 | 1 {
  const isEntry = ({ kind }: ChartMark) => kind === 'long_entry' || kind === 'short_entry'
  const placeOf = ({ ts, value }: ChartMark) =>
    `${Math.round((4 * ts) / cell.ms)} ${Math.round((4 * value) / cell.value)}`
  const exits = new Set(marks.filter((mark) => !isEntry(mark)).map(placeOf))
  const entries = new Set(marks.filter(isEntry).map(placeOf))
  return (mark) => {
    if (!exits.has(placeOf(mark)) || !entries.has(placeOf(mark))) return 0
    return isEntry(mark) ? 1 : -1
  }
}

/** Lowest and highest of everything in a panel. */
function panelExtremes(panel: ChartPanel): [number, number] {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  const look = (value: number) => {
    if (!Number.isFinite(value)) throw new RangeError(`${panel.title}: ${value} cannot be drawn`)
    if (value < low) low = value
    if (value > high) high = value
  }
  for (const { values } of panel.series) for (let i = 0; i < values.length; i++) look(values[i])
  for (const { value } of panel.marks) look(value)
  if (low > high) throw new RangeError(`${panel.title}: a panel needs at least one point`)
  return [low, high]
}
