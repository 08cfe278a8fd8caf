import { textWidth } from './textFit.js'
import { type Font, fontFamily, type JsonObject } from './textRow.js'

/** A text in the middle of its place, px from the left. */
export interface AxisLabel {
  px: number
  text: string
}

const font: Font = { size: 12, weight: 'normal', lineHeight: 0.01 }

/** How far a text may reach beyond the plot: to the left into the picture's margin, to the right under the value axis. */
const overhangPx = { left: 11, right: 50 }

/** The label, moved by as much as it would be cut off. */
export function keptWithin({ px, text }: AxisLabel, widthPx: number): AxisLabel {
  const half = textWidth(text, font.size) / 2
  return { px: Math.max(half - overhangPx.left, Math.min(px, widthPx + overhangPx.right - half)), text }
}

/** Texts anywhere on one line, at a place on a vertical axis: a category axis of a column a px, most of them empty. */
export function axisLabels(
  labels: readonly AxisLabel[],
  widthPx: number,
  position: JsonObject,
  color: string,
): JsonObject {
  const columns = Math.round(widthPx)
  const texts = Array.from({ length: columns + 1 }, () => '')
  for (const label of labels) {
    const { px, text } = keptWithin(label, widthPx)
    texts[Math.min(columns, Math.round((px / widthPx) * columns))] = text
  }
  return {
    position,
    axis: 'x',
    type: 'category',
    labels: texts,
    offset: false,
    border: { display: false },
    grid: { display: false, drawTicks: false },
    ticks: {
      autoSkip: false,
      minRotation: 0,
      maxRotation: 0,
      align: 'center',
      padding: 0,
      color,
      font: { family: fontFamily, ...font },
    },
  }
}
