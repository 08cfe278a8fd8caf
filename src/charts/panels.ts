import { type Heading, headingConfig } from './heading.js'
import { lineLook, markLook, markSize, marksByKind } from './looks.js'
import type { ChartPanel, ChartSeries } from './spec.js'
import { textWidth } from './textFit.js'
import { centredText, type Font, fontFamily, type JsonObject } from './textRow.js'
import type { ChartTheme } from './theme.js'
import { thin, thinMarks } from './thin.js'
import { valueScale } from './valueScale.js'

/** Where a panel lies: its number from above, its height, the times of its ends and the width between them. */
export interface PanelPlace {
  index: number
  heightPx: number
  widthPx: number
  fromTs: number
  toTs: number
}

export interface PanelConfig {
  datasets: JsonObject[]
  scales: JsonObject
  /** The value at its lower edge. */
  min: number
}

const axisFont: Font = { size: 12, weight: 'normal', lineHeight: 1.2 }
const labelDistancePx = 22
/** A line at the edge of its panel keeps its full width. */
const lineClipPx = 2
/** Chart.js draws datasets of a lower order over those of a higher one. */
const lineOrder = 1
/** Width of a thinned line's bucket; with four points in each, a line looks whole at twice as many pixels. */
const bucketPx = 2

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
  const scale = valueScale(hasNoDrawdown ? -1 : low, high, 1 + Math.floor(place.heightPx / labelDistancePx))
  const plot = plotter(place, scale.step)
  const lines = panel.series.map((series) => lineDataset(series, place, plot, yAxisID, theme))
  const marks = markDatasets(panel, place, plot, yAxisID, scale.max - scale.min, theme)
  const middle = (scale.min + scale.max) / 2
  return {
    datasets: [...headingParts.datasets, ...lines, ...marks],
    min: scale.min,
    scales: {
      ...headingParts.scales,
      ...(stamp === null ? {} : { [`xWatermark${place.index}`]: watermark(stamp, yAxisID, middle, place, theme) }),
      [yAxisID]: {
        axis: 'y',
        type: 'linear',
        position: 'right',
        stack: 'panels',
        stackWeight: place.heightPx,
        min: scale.min,
        max: scale.max,
        border: { display: false },
        grid: { color: theme.grid, drawTicks: false },
        ticks: {
          stepSize: scale.step,
          autoSkip: false,
          color: theme.mutedText,
          font: { family: fontFamily, ...axisFont },
          padding: 6,
          format: numberFormat(
            panel.unit,
            Math.max(Math.abs(scale.min), Math.abs(scale.max)),
            scale.step,
            scale.decimals,
          ),
        },
      },
    },
  }
}

/** The stamp across a panel, under its lines: it stays where a picture is cut down to its plots. */
function watermark(stamp: string, yAxisID: string, middle: number, place: PanelPlace, theme: ChartTheme): JsonObject {
  const size = Math.floor(Math.min((place.widthPx * 0.85) / textWidth(stamp, 1, true), place.heightPx * 0.4))
  const font: Font = { size, weight: 'bold', lineHeight: 0.01 }
  return centredText(stamp, theme.watermark, font, { options: { position: { [yAxisID]: middle } } })
}

/** A point in the coordinates of the axes: px from the left on `x`, and its value. */
type Plot = (ts: number, value: number) => [number, number]

/**
 * Points to a hundredth of a px and a thousandth of the value axis's step: no eye sees more, and a QuickChart server takes
 * no request over 100 kB unless it is told to.
 */
function plotter({ fromTs, toTs, widthPx }: PanelPlace, step: number): Plot {
  const decimals = Math.min(100, Math.max(0, 3 - Math.floor(Math.log10(step))))
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
  const { ts, values } = thin(series, place.fromTs, place.toTs, Math.round(place.widthPx / bucketPx))
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
  return marksByKind(shown).map(([kind, marks]) => ({
    ...markLook(kind, size, theme),
    label: marks[0].label,
    order: lineOrder - 1,
    clip: false,
    xAxisID: 'x',
    yAxisID,
    data: marks.map(({ ts, value }) => plot(ts, value)),
  }))
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

/** From here on a number is written short (1.2M), as it would not fit beside the plot. */
const shortFrom = 1e6

function numberFormat(unit: ChartPanel['unit'], largest: number, step: number, decimals: number): JsonObject {
  if (unit === 'percent') {
    return { style: 'unit', unit: 'percent', minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  }
  if (largest < shortFrom) {
    return { notation: 'standard', minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  }
  return {
    notation: 'compact',
    minimumFractionDigits: 0,
    maximumFractionDigits: 20,
    maximumSignificantDigits: Math.min(21, Math.ceil(Math.log10(largest / step)) + 1),
  }
}
