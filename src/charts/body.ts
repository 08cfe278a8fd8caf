import type { JsonObject } from './textRow.js'

/** What a picture has below its header, as datasets and axes. Data are px from the left on the axis `x`. */
export interface Body {
  datasets: readonly JsonObject[]
  scales: JsonObject
  /** Length of the axis `x` in px: the width that is left beside visible value axes. */
  plotWidthPx: number
}

/** The room for it, in px. */
export interface Room {
  widthPx: number
  heightPx: number
}
