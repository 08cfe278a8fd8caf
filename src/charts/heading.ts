import { keySize, lineLook, markLook, marksByKind } from './looks.js'
import type { ChartPanel, ChartSpec } from './spec.js'
import { fitText, textWidth } from './textFit.js'
import { type Font, type Json, type JsonObject, textRow } from './textRow.js'
import type { ChartTheme } from './theme.js'

// A line height of next to nothing puts the middle of the text, not its top, at the place of its row.
const titleFont: Font = { size: 13, weight: 'bold', lineHeight: 0.01 }
const legendFont: Font = { size: 12, weight: 'normal', lineHeight: 0.01 }
const gapAbovePx = 8
const rowPx = 20
const keyPx = 16
const keyGapPx = 6
const itemGapPx = 14
const columns = 16

/** An entry: the panel's title, or the key and the name of something drawn in the panel. */
interface HeadingItem {
  text: string
  font: Font
  color: string
  key: { look: JsonObject; isLine: boolean } | null
}

/** The heading of a panel: its title and legend, laid out in rows. */
export interface Heading {
  heightPx: number
  items: { item: HeadingItem; leftPx: number; middlePx: number }[]
}

/** Title and legend of a panel in as many rows of `widthPx` as they need. */
export function heading(panel: ChartPanel, spec: ChartSpec, theme: ChartTheme, widthPx: number): Heading {
  const items: Heading['items'] = []
  let row = 0
  let leftPx = 0
  for (const item of headingItems(panel, spec, theme)) {
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

function headingItems(panel: ChartPanel, spec: ChartSpec, theme: ChartTheme): HeadingItem[] {
  const count = new Intl.NumberFormat(spec.locale)
  const legend = { font: legendFont, color: theme.mutedText }
  // A line that is alone in its panel is named by the panel's title.
  const lines = panel.series.length > 1 ? panel.series : []
  return [
    { text: panel.title, font: titleFont, color: theme.text, key: null },
    ...lines.map((series) => ({ ...legend, text: series.label, key: { look: lineLook(series, theme), isLine: true } })),
    ...marksByKind(panel.marks).map(([kind, marks]) => ({
      ...legend,
      text: `${marks[0].label} (${count.format(marks.length)})`,
      key: { look: markLook(kind, keySize, theme), isLine: false },
    })),
  ]
}

/**
 * The heading above panel `index` as datasets and axes. Its vertical axis is in px from its top; the keys of the legend are
 * points and lines on it and on the shared axis `x`, drawn like what they stand for.
 */
export function headingConfig(
  head: Heading,
  index: number,
  widthPx: number,
  theme: ChartTheme,
): { datasets: JsonObject[]; scales: JsonObject } {
  const yAxisID = `yHeading${index}`
  const verticalAxis: JsonObject = {
    axis: 'y',
    type: 'linear',
    display: false,
    position: 'right',
    stack: 'panels',
    stackWeight: head.heightPx,
    min: 0,
    max: head.heightPx,
    reverse: true,
  }
  const texts = head.items.map(({ item, leftPx, middlePx }, i): [string, Json] => {
    // By columns, and only what is left over by px: so text moves with its key if the plot is wider or narrower than thought.
    const textPx = leftPx + textStartPx(item)
    const column = Math.floor((textPx / widthPx) * columns)
    const row = textRow([{ column, text: item.text, color: item.color, font: item.font }], columns, {
      options: { position: { [yAxisID]: middlePx } },
      offsetPx: textPx - (column * widthPx) / columns,
      backdrop: theme.background,
    })
    return [`xHeading${index}.${i}`, row]
  })
  const keys = head.items.flatMap(({ item, leftPx, middlePx }): JsonObject[] => {
    if (item.key === null) return []
    const xs = item.key.isLine ? [leftPx, leftPx + keyPx] : [leftPx + keyPx / 2]
    return [{ ...item.key.look, clip: false, xAxisID: 'x', yAxisID, data: xs.map((x) => [x, middlePx]) }]
  })
  return { datasets: keys, scales: { [yAxisID]: verticalAxis, ...Object.fromEntries(texts) } }
}
