import { axisLabels } from '../axisLabels.js'
import type { Body, Room } from '../body.js'
import { type HeadingItem, heading, headingConfig, titleItem } from '../heading.js'
import { lines } from '../shapes.js'
import type { ChartPlot, PlotsChart } from '../spec.js'
import type { JsonObject } from '../textRow.js'
import type { ChartTheme } from '../theme.js'
import { pxAxis, valueAxis, valueAxisPx } from '../valueAxis.js'
import { watermark } from '../watermark.js'
import { barsKeys, drawBars } from './bars.js'
import { drawFan, fanKeys } from './fan.js'
import { drawHistogram, histogramKeys } from './histogram.js'
import { drawHolds, holdsKeys } from './holds.js'
import { type DrawnPlot, orders, type PlotPlace } from './plot.js'

const footPx = 22
const footMiddlePx = 12

/** Plots below each other. Throws RangeError where one of them has nothing to draw. */
export function plotsBody(spec: PlotsChart, theme: ChartTheme, room: Room): Body {
  if (spec.plots.length === 0) throw new RangeError('a chart needs at least one plot')
  const widthPx = room.widthPx - valueAxisPx
  const heads = spec.plots.map((plot) => {
    return heading([titleItem(plot.title, theme), ...keysOf(plot, spec.locale, theme)], widthPx)
  })
  const weights = spec.plots.reduce((sum, { weight }) => sum + weight, 0)
  const plotsPx = room.heightPx - heads.reduce((sum, head) => sum + head.heightPx + footPx, 0)
  const parts = spec.plots.map((plot, index) => {
    const heightPx = (plotsPx * plot.weight) / weights
    const yAxisID = `y${index}`
    const place: PlotPlace = { yAxisID, widthPx, heightPx, locale: spec.locale, theme }
    const { scale, datasets, labels, loose = [] } = draw(plot, place)
    const head = headingConfig(heads[index], index, widthPx, theme)
    const middle = { [yAxisID]: (scale.min + scale.max) / 2 }
    const scales: JsonObject = {
      ...head.scales,
      ...(spec.stamp === null ? {} : { [`xWatermark${index}`]: watermark(spec.stamp, middle, place, theme) }),
      [yAxisID]: valueAxis(scale, plot.kind === 'histogram' ? 'count' : plot.unit, heightPx, theme),
      [`yFoot${index}`]: pxAxis(footPx),
      [`xLabels${index}.foot`]: axisLabels(
        [...labels, ...loose],
        widthPx,
        { [`yFoot${index}`]: footMiddlePx },
        theme.mutedText,
      ),
    }
    const grid = labels.map(({ px }) => [[px, scale.min] as const, [px, scale.max] as const])
    const gridLook = { borderColor: theme.grid, borderWidth: 1 }
    return { datasets: [...head.datasets, ...datasets, lines(grid, gridLook, { yAxisID, order: orders.grid })], scales }
  })
  return {
    plotWidthPx: widthPx,
    datasets: parts.flatMap(({ datasets }) => datasets),
    scales: Object.assign({}, ...parts.map(({ scales }) => scales)),
  }
}

function keysOf(plot: ChartPlot, locale: string, theme: ChartTheme): HeadingItem[] {
  switch (plot.kind) {
    case 'bars':
      return barsKeys(plot, locale, theme)
    case 'histogram':
      return histogramKeys(plot, theme)
    case 'holds':
      return holdsKeys(plot, locale, theme)
    case 'fan':
      return fanKeys(plot, theme)
  }
}

function draw(plot: ChartPlot, place: PlotPlace): DrawnPlot {
  switch (plot.kind) {
    case 'bars':
      return drawBars(plot, place)
    case 'histogram':
      return drawHistogram(plot, place)
    case 'holds':
      return drawHolds(plot, place)
    case 'fan':
      return drawFan(plot, place)
  }
}
