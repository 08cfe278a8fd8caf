import { header } from './header.js'
import { heading } from './heading.js'
import { panelConfig } from './panels.js'
import type { ChartSpec } from './spec.js'
import { type Font, fontFamily, type Json, type JsonObject, textRow } from './textRow.js'
import { themes } from './theme.js'
import { timeTicks } from './timeTicks.js'

/** Size of a picture in logical px; it is drawn at `pixelRatio` pixels for each of them. */
export interface ChartSize {
  width: number
  height: number
  pixelRatio: number
}

/** As wide as a phone: 1080 x 1350 pixels, or 1080 x 720. */
const sizes: Record<NonNullable<ChartSpec['shape']>, ChartSize> = {
  upright: { width: 540, height: 675, pixelRatio: 2 },
  small: { width: 540, height: 360, pixelRatio: 2 },
}

export function sizeOf({ shape = 'upright' }: Pick<ChartSpec, 'shape'>): ChartSize {
  return sizes[shape]
}

/** A Chart.js 4 configuration of plain JSON: no functions, no dates, nothing that a wire would lose. */
export interface ChartConfig {
  readonly type: 'line'
  readonly data: { readonly datasets: readonly JsonObject[] }
  readonly options: JsonObject
}

const paddingPx = 14
/** Room for the labels of the value axes; what Chart.js takes in fact differs by a few px, and text is laid out to bear that. */
const valueAxisPx = 62
const timeAxisPx = 36
const timeLabelPaddingPx = 6
const timeFont: Font = { size: 12, weight: 'normal', lineHeight: 1.2 }
const timeLabelPx = 60
/** A label nearer to the left edge would be cut off there. */
const timeLabelOverhangPx = 20

/** The picture as Chart.js 4 configuration, sized in logical px. Throws RangeError where there is nothing to draw. */
export function chartConfig(spec: ChartSpec): ChartConfig {
  const size = sizeOf(spec)
  const theme = themes[spec.theme]
  const widthPx = size.width - 2 * paddingPx
  const plotWidthPx = widthPx - valueAxisPx
  const { fromTs, toTs } = timeRange(spec)
  const top = header(spec, theme, widthPx)
  const heads = spec.panels.map((panel) => heading(panel, spec, theme, plotWidthPx))
  const plotHeightPx =
    size.height - 2 * paddingPx - top.heightPx - timeAxisPx - heads.reduce((sum, head) => sum + head.heightPx, 0)
  const weights = spec.panels.reduce((sum, panel) => sum + panel.weight, 0)
  const panels = spec.panels.map((panel, index) => {
    const heightPx = (plotHeightPx * panel.weight) / weights
    return panelConfig(panel, heads[index], { index, heightPx, widthPx: plotWidthPx, fromTs, toTs }, spec.stamp, theme)
  })
  return {
    type: 'line',
    data: { datasets: panels.flatMap(({ datasets }) => datasets) },
    options: {
      animation: false,
      responsive: false,
      events: [],
      locale: spec.locale,
      layout: { padding: paddingPx },
      plugins: { ...top.plugins, legend: { display: false }, tooltip: { enabled: false } },
      scales: {
        x: { axis: 'x', type: 'linear', display: false, min: 0, max: plotWidthPx },
        ...top.scales,
        ...Object.assign({}, ...panels.map(({ scales }) => scales)),
        xTime: timeAxis(spec, fromTs, toTs, Math.round(plotWidthPx)),
        xZone: zoneLabel(spec, toTs, panels[panels.length - 1].min),
      },
    },
  }
}

function timeRange(spec: ChartSpec): { fromTs: number; toTs: number } {
  let fromTs = Number.POSITIVE_INFINITY
  let toTs = Number.NEGATIVE_INFINITY
  for (const panel of spec.panels) {
    for (const { ts } of panel.series) {
      if (ts.length === 0) continue
      fromTs = Math.min(fromTs, ts[0])
      toTs = Math.max(toTs, ts[ts.length - 1])
    }
    for (const { ts } of panel.marks) {
      fromTs = Math.min(fromTs, ts)
      toTs = Math.max(toTs, ts)
    }
  }
  if (fromTs > toTs) throw new RangeError('a chart needs at least one point')
  const halfHourMs = 30 * 60_000
  return fromTs === toTs ? { fromTs: fromTs - halfHourMs, toTs: toTs + halfHourMs } : { fromTs, toTs }
}

/**
 * The one visible time axis. Chart.js can only write dates with functions or a date library, so this is a category axis of
 * a column a px, with ready-made labels in the columns nearest to their moments and nothing in the others.
 */
function timeAxis(spec: ChartSpec, fromTs: number, toTs: number, columns: number): JsonObject {
  const theme = themes[spec.theme]
  const labels: Json[] = Array.from({ length: columns + 1 }, () => '')
  const lines = labels.map(() => 'transparent')
  const firstTs = fromTs + ((toTs - fromTs) * timeLabelOverhangPx) / columns
  const ticks = timeTicks(firstTs, toTs, Math.floor(columns / timeLabelPx), spec.timeZone, spec.locale)
  for (const { ts, lines: text } of ticks) {
    const column = Math.round(((ts - fromTs) / (toTs - fromTs)) * columns)
    labels[column] = text
    lines[column] = theme.grid
  }
  return {
    axis: 'x',
    type: 'category',
    position: 'bottom',
    offset: false,
    labels,
    border: { color: theme.grid },
    grid: { color: lines, drawTicks: false },
    ticks: {
      autoSkip: false,
      minRotation: 0,
      maxRotation: 0,
      align: 'center',
      padding: timeLabelPaddingPx,
      color: theme.mutedText,
      font: { family: fontFamily, ...timeFont },
    },
  }
}

/** The zone of the time axis, in the corner under the value axes. */
function zoneLabel(spec: ChartSpec, ts: number, min: number): JsonObject {
  const format = new Intl.DateTimeFormat(spec.locale, { timeZone: spec.timeZone, timeZoneName: 'short' })
  const text = format.formatToParts(ts).find(({ type }) => type === 'timeZoneName')?.value ?? spec.timeZone
  const cell = { column: 1, text: ['', text], color: themes[spec.theme].mutedText, font: timeFont }
  const lowest = { [`y${spec.panels.length - 1}`]: min }
  return textRow([cell], 1, {
    options: { position: lowest },
    padding: timeLabelPaddingPx,
    offsetPx: timeLabelPaddingPx,
  })
}
