import type { Badge, ChartHead, HeadlineFigure } from './spec.js'
import { fitText, textWidth, wrapText } from './textFit.js'
import { centredText, type Font, fontFamily, type Json, type JsonObject, textRow } from './textRow.js'
import type { ChartTheme } from './theme.js'

/** What stands above the panels, and the room it takes. */
export interface Header {
  plugins: JsonObject
  scales: JsonObject
  heightPx: number
}

const titleFont: Font = { size: 20, weight: 'bold', lineHeight: 1.25 }
const subtitleFont: Font = { size: 13, weight: 'normal', lineHeight: 1.25 }
const stampFont: Font = { size: 15, weight: 'bold', lineHeight: 1.25 }
const labelFont: Font = { size: 12, weight: 'normal', lineHeight: 1.25 }
const valueFont: Font = { size: 17, weight: 'bold', lineHeight: 1.25 }
const titlePadding = { top: 10, bottom: 2 }
const subtitlePadding = { top: 0, bottom: 8 }
const stampPaddingPx = 5
const badgeFont: Font = { size: 13, weight: 'bold', lineHeight: 1.25 }
const badgePadding = { left: 8, right: 8, top: 3, bottom: 3 }
const badgeRowPaddingPx = 7
const labelPaddingPx = 2
const valuePaddingPx = 2
/** Boxes with a higher weight lie further out; the title plugin has 2000, the subtitle plugin 1500. */
const stampWeight = 3000
const badgeWeight = 1200
const figuresWeight = 1000

/** Stamp, title, subtitle, badge and headline figures, as wide as the picture less its padding. */
export function header(spec: ChartHead, theme: ChartTheme, widthPx: number): Header {
  const title = wrapText(spec.title, widthPx, titleFont.size, true, 2)
  const subtitle = wrapText(spec.subtitle, widthPx, subtitleFont.size, false, 2)
  const stamp = spec.stamp === null ? null : stampBanner(spec.stamp, theme, widthPx)
  const badge = spec.badge === null ? null : badgePill(spec.badge, theme, widthPx)
  const rows = figureRows(spec.headline, widthPx)
  const figures = rows.flatMap((row, i) => figureRow(row, rows[0].length, i, theme, widthPx))
  const textPx = (font: Font, lines: number) => font.size * font.lineHeight * lines
  return {
    plugins: {
      title: textBlock(title, titleFont, theme.text, titlePadding),
      subtitle: textBlock(subtitle, subtitleFont, theme.mutedText, subtitlePadding),
    },
    scales: Object.fromEntries([stamp, badge, ...figures].filter((entry) => entry !== null)),
    heightPx:
      textPx(titleFont, title.length) +
      textPx(subtitleFont, subtitle.length) +
      titlePadding.top +
      titlePadding.bottom +
      subtitlePadding.bottom +
      (stamp === null ? 0 : textPx(stampFont, 1) + 2 * stampPaddingPx) +
      (badge === null ? 0 : textPx(badgeFont, 1) + 2 * badgeRowPaddingPx) +
      rows.length * (textPx(labelFont, 1) + textPx(valueFont, 1) + 2 * (labelPaddingPx + valuePaddingPx)),
  }
}

function textBlock(text: string[], font: Font, color: string, padding: JsonObject): JsonObject {
  return { display: true, align: 'start', text, color, padding, font: { family: fontFamily, ...font } }
}

function stampBanner(stamp: string, theme: ChartTheme, widthPx: number): [string, JsonObject] {
  const text = fitText(stamp, widthPx - 20, stampFont.size, true)
  const options = { position: 'top', fullSize: true, weight: stampWeight, backgroundColor: theme.stampBackground }
  return ['xStamp', centredText(text, theme.stampText, stampFont, { options, padding: stampPaddingPx })]
}

/** A few words on a ground as wide as they are. */
function badgePill({ tone, text }: Badge, theme: ChartTheme, widthPx: number): [string, JsonObject] {
  const { ground, words } = theme.badges[tone]
  const fitted = fitText(text, widthPx - badgePadding.left - badgePadding.right, badgeFont.size, true)
  const row = textRow([{ column: 0, text: fitted, color: words, font: badgeFont }], 1, {
    options: { position: 'top', fullSize: true, weight: badgeWeight },
    padding: badgeRowPaddingPx,
    offsetPx: badgePadding.left,
    backdrop: { color: ground, padding: badgePadding },
  })
  return ['xBadge', row]
}

/** The figures in rows of equally many columns: as many as have room for the widest of them. */
function figureRows(figures: readonly HeadlineFigure[], widthPx: number): HeadlineFigure[][] {
  if (figures.length === 0) return []
  const widest = Math.max(
    ...figures.map(({ label, value }) =>
      Math.max(textWidth(label, labelFont.size), textWidth(value, valueFont.size, true)),
    ),
  )
  const fitting = Math.min(4, Math.max(1, Math.floor(widthPx / (widest + 10))))
  const rowCount = Math.ceil(figures.length / fitting)
  const columns = Math.ceil(figures.length / rowCount)
  return Array.from({ length: rowCount }, (_, row) => figures.slice(row * columns, (row + 1) * columns))
}

function figureRow(
  figures: readonly HeadlineFigure[],
  columns: number,
  row: number,
  theme: ChartTheme,
  widthPx: number,
): [string, Json][] {
  const cellPx = widthPx / columns - 10
  const cells = (font: Font, textOf: (figure: HeadlineFigure) => string, colorOf: (figure: HeadlineFigure) => string) =>
    figures.map((figure, column) => ({
      column,
      text: fitText(textOf(figure), cellPx, font.size, font.weight === 'bold'),
      color: colorOf(figure),
      font,
    }))
  const labels = cells(
    labelFont,
    ({ label }) => label,
    () => theme.mutedText,
  )
  const values = cells(
    valueFont,
    ({ value }) => value,
    ({ tone }) => theme.tones[tone],
  )
  const place = (weight: number, padding: number) => ({ options: { position: 'top', fullSize: true, weight }, padding })
  return [
    [`xLabels${row}`, textRow(labels, columns, place(figuresWeight - row * 2, labelPaddingPx))],
    [`xValues${row}`, textRow(values, columns, place(figuresWeight - row * 2 - 1, valuePaddingPx))],
  ]
}
