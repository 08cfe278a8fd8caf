import type { Room } from './body.js'
import { textWidth } from './textFit.js'
import { centredText, type Font, type JsonObject } from './textRow.js'
import type { ChartTheme } from './theme.js'

/** The stamp across a plot, under what is drawn unless `z` lifts it: it stays where a picture is cut down to its plots. */
export function watermark(stamp: string, position: JsonObject, room: Room, theme: ChartTheme, z?: number): JsonObject {
  const size = Math.floor(Math.min((room.widthPx * 0.85) / textWidth(stamp, 1, true), room.heightPx * 0.4))
  const font: Font = { size, weight: 'bold', lineHeight: 0.01 }
  return centredText(stamp, theme.watermark, font, { options: { position }, ...(z !== undefined && { z }) })
}
