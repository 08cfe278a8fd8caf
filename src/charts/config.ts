import type { Body, Room } from './body.js'
import { gridBody, gridHeightPx } from './grid/grid.js'
import { header } from './header.js'
import { parallelBody } from './parallel.js'
import { plotsBody } from './plots/plots.js'
import type { ChartSpec } from './spec.js'
import type { JsonObject } from './textRow.js'
import { type ChartTheme, themes } from './theme.js'
import { timelineBody } from './timeline.js'

/** Size of a picture in logical px; it is drawn at `pixelRatio` pixels for each of them. */
export interface ChartSize {
  width: number
  height: number
  pixelRatio: number
}

/** As wide as a phone: 1080 pixels, and at most 1350 high. */
const widthPx = 540
const heightsPx = { upright: 675, small: 360 } as const
const pixelRatio = 2
const paddingPx = 14
const innerWidthPx = widthPx - 2 * paddingPx

export function sizeOf(spec: ChartSpec): ChartSize {
  return { width: widthPx, height: heightOf(spec), pixelRatio }
}

function heightOf(spec: ChartSpec): number {
  switch (spec.kind) {
    case 'timeline':
      return heightsPx[spec.shape ?? 'upright']
    case 'plots':
    case 'parallel':
      return heightsPx.upright
    case 'grid': {
      const besidePx = header(spec, themes[spec.theme], innerWidthPx).heightPx + 2 * paddingPx
      const room = { widthPx: innerWidthPx, heightPx: heightsPx.upright - besidePx }
      return Math.round(besidePx + gridHeightPx(spec, themes[spec.theme], room))
    }
  }
}

/** A Chart.js 4 configuration of plain JSON: no functions, no dates, nothing that a wire would lose. */
export interface ChartConfig {
  readonly type: 'line'
  readonly data: { readonly datasets: readonly JsonObject[] }
  readonly options: JsonObject
}

/** The picture as Chart.js 4 configuration, sized in logical px. Throws RangeError where there is nothing to draw. */
export function chartConfig(spec: ChartSpec): ChartConfig {
  const theme = themes[spec.theme]
  const top = header(spec, theme, innerWidthPx)
  const heightPx = sizeOf(spec).height - 2 * paddingPx - top.heightPx
  const { datasets, scales, plotWidthPx } = bodyOf(spec, theme, { widthPx: innerWidthPx, heightPx })
  return {
    type: 'line',
    data: { datasets },
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
        ...scales,
      },
    },
  }
}

function bodyOf(spec: ChartSpec, theme: ChartTheme, room: Room): Body {
  switch (spec.kind) {
    case 'timeline':
      return timelineBody(spec, theme, room)
    case 'plots':
      return plotsBody(spec, theme, room)
    case 'grid':
      return gridBody(spec, theme, room)
    case 'parallel':
      return parallelBody(spec, theme, room)
  }
}
