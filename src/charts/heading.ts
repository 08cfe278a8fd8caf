import { fitText, textWidth } from './textFit.js'
import { type Font, type Json, type JsonObject, textRow } from './textRow.js'
import type { ChartTheme } from './theme.js'
import { pxAxis } from './valueAxis.js'

// A line height of next to nothing puts the middle of the text, not its top, at the place of its row.
const titleFont: Font = { size: 13, weight: 'bold', lineHeight: 0.01 }
const legendFont: Font = { size: 12, weight: 'normal', lineHeight: 0.01 }
const gapAbovePx = 8
const rowPx = 20
const keyPx = 16
const keyGapPx = 6
const itemGapPx = 14
const columns = 16
/** Keeps grid lines out of a text whose line has next to no height. */
const backdropPadding = { left: 3, right: 3, top: 8, bottom: 8 }

/** An entry: a title, or the key and the name of something drawn below. */
export interface HeadingItem {
  text: string
  font: Font
  color: string
  key: { look: JsonObject; isLine: boolean } | null
}

/** The heading of a plot: its title and legend, laid out in rows. */
export interface Heading {
  heightPx: number
  items: { item: HeadingItem; leftPx: number; middlePx: number }[]
}

export function titleItem(text: string, theme: ChartTheme): HeadingItem {
  return { text, font: titleFont, color: theme.text, key: null }
}

/** A name in the legend; `look` is that of the dataset, as a line or as a point. */
export function keyItem(text: string, look: JsonObject, shape: 'line' | 'point', theme: ChartTheme): HeadingItem {
  return { text, font: legendFont, color: theme.mutedText, key: { look, isLine: shape === 'line' } }
}

/** Title and legend in as many rows of `widthPx` as they need. */
export function heading(entries: readonly HeadingItem[], widthPx: number): Heading {
  const items: Heading['items'] = []
  let row = 0
  let leftPx = 0
  for (const item of entries) {
    const { font } = item
    const text = fitText(item.text, widthPx - textStartPx(item), font.size, font.weight === 'bold')
    const itemPx = textStartPx(item) + textWidth(text, font.size, font.weight === 'bold')
    if (leftPx > 0 && leftPx + itemPx > widthPx) {
      row++
      leftPx = 0
    }
    items.push({ item: { ...item, text }, leftPx, middlePx: gapAbovePx + (row + 0.5) * rowPx })
    leftPx += itemPx + itemGapPx
  }
  return { heightPx: gapAbovePx + (row + 1) * rowPx, items }
}

function textStartPx(item: HeadingItem): number {
  return item.key === null ? 0 : keyPx + keyGapPx
}

/**
 * The heading above plot `index` as datasets and axes. Its vertical axis is in px from its top; the keys of the legend are
 * points and lines on it and on the shared axis `x`, drawn like what they stand for.
 */
export function headingConfig(
  head: Heading,
  index: number,
  widthPx: number,
  theme: ChartTheme,
): { datasets: JsonObject[]; scales: JsonObject } {
  const yAxisID = `yHeading${index}`
  const texts = head.items.map(({ item, leftPx, middlePx }, i): [string, Json] => {
    // By columns, and only what is left over by px: so text moves with its key if the plot is wider or narrower than thought.
    const textPx = leftPx + textStartPx(item)
    const column = Math.floor((textPx / widthPx) * columns)
    const row = textRow([{ column, text: item.text, color: item.color, font: item.font }], columns, {
      options: { position: { [yAxisID]: middlePx } },
      offsetPx: textPx - (column * widthPx) / columns,
      backdrop: { color: theme.background, padding: backdropPadding },
    })
    return [`xHeading${index}.${i}`, row]
  })
  const keys = head.items.flatMap(({ item, leftPx, middlePx }): JsonObject[] => {
    if (item.key === null) return []
    const xs = item.key.isLine ? [leftPx, leftPx + keyPx] : [leftPx + keyPx / 2]
    return [{ ...item.key.look, clip: false, xAxisID: 'x', yAxisID, data: xs.map((x) => [x, middlePx]) }]
  })
  return { datasets: keys, scales: { [yAxisID]: pxAxis(head.heightPx), ...Object.fromEntries(texts) } }
}
