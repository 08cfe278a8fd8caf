import type { Body, Room } from './body.js'
import { heading } from './heading.js'
import { panelConfig, panelHeading } from './panels.js'
import type { TimelineChart } from './spec.js'
import { type Font, fontFamily, type Json, type JsonObject, textRow } from './textRow.js'
import type { ChartTheme } from './theme.js'
import { timeTicks } from './timeTicks.js'
import { valueAxisPx } from './valueAxis.js'

/** With four points in each, a line looks whole at twice as many pixels; more lines have to make do with fewer. */
const finestBucketPx = 2
const mostFineLines = 4
const timeAxisPx = 36
const timeLabelPaddingPx = 6
const timeFont: Font = { size: 12, weight: 'normal', lineHeight: 1.2 }
const timeLabelPx = 60
/** A label nearer to the left edge would be cut off there. */
const timeLabelOverhangPx = 20

/** Panels on one time axis. Throws RangeError where there is nothing to draw. */
export function timelineBody(spec: TimelineChart, theme: ChartTheme, room: Room): Body {
  const plotWidthPx = room.widthPx - valueAxisPx
  const { fromTs, toTs } = timeRange(spec)
  const heads = spec.panels.map((panel) => heading(panelHeading(panel, spec.locale, theme), plotWidthPx))
  const plotHeightPx = room.heightPx - timeAxisPx - heads.reduce((sum, head) => sum + head.heightPx, 0)
  const weights = spec.panels.reduce((sum, panel) => sum + panel.weight, 0)
  const lineCount = spec.panels.reduce((sum, panel) => sum + panel.series.length, 0)
  const bucketPx = finestBucketPx * Math.max(1, lineCount / mostFineLines)
  const panels = spec.panels.map((panel, index) => {
    const heightPx = (plotHeightPx * panel.weight) / weights
    const place = { index, heightPx, widthPx: plotWidthPx, fromTs, toTs, bucketPx }
    return panelConfig(panel, heads[index], place, spec.stamp, theme)
  })
  return {
    plotWidthPx,
    datasets: panels.flatMap(({ datasets }) => datasets),
    scales: {
      ...Object.assign({}, ...panels.map(({ scales }) => scales)),
      xTime: timeAxis(spec, theme, fromTs, toTs, Math.round(plotWidthPx)),
      xZone: zoneLabel(spec, theme, toTs, panels[panels.length - 1].min),
    },
  }
}

function timeRange(spec: TimelineChart): { fromTs: number; toTs: number } {
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
function timeAxis(spec: TimelineChart, theme: ChartTheme, fromTs: number, toTs: number, columns: number): JsonObject {
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
function zoneLabel(spec: TimelineChart, theme: ChartTheme, ts: number, min: number): JsonObject {
  const format = new Intl.DateTimeFormat(spec.locale, { timeZone: spec.timeZone, timeZoneName: 'short' })
  const text = format.formatToParts(ts).find(({ type }) => type === 'timeZoneName')?.value ?? spec.timeZone
  const cell = { column: 1, text: ['', text], color: theme.mutedText, font: timeFont }
  const lowest = { [`y${spec.panels.length - 1}`]: min }
  return textRow([cell], 1, {
    options: { position: lowest },
    padding: timeLabelPaddingPx,
    offsetPx: timeLabelPaddingPx,
  })
}
