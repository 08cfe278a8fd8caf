import type { ChartSpec, HeadlineFigure } from './spec.js'
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
const bannerFont: Font = { size: 15, weight: 'bold', lineHeight: 1.25 }
const labelFont: Font = { size: 12, weight: 'normal', lineHeight: 1.25 }
const valueFont: Font = { size: 17, weight: 'bold', lineHeight: 1.25 }
const titlePadding = { top: 10, bottom: 2 }
const subtitlePadding = { top: 0, bottom: 8 }
const bannerPaddingPx = 5
const labelPaddingPx = 0
const valuePaddingPx = 3
/** Boxes with a higher weight lie further out; the title plugin has 2000, the subtitle plugin 1500. */
const bannersWeight = 3000
const figuresWeight = 1000

/** Title, subtitle, stamp, badge and headline figures, as wide as the picture less its padding. */
export function header(spec: ChartSpec, theme: ChartTheme, widthPx: number): Header {
  const title = wrapText(spec.title, widthPx, titleFont.size, true, 2)
  const subtitle = wrapText(spec.subtitle, widthPx, subtitleFont.size, false, 2)
  const { stamp = null, badge = null } = spec
  const banners = [
    ...(stamp === null ? [] : [banner('xStamp', stamp, 0, theme.stampBackground, theme.stampText, widthPx)]),
    ...(badge === null ? [] : [banner('xBadge', badge, 1, theme.badgeBackground, theme.badgeText, widthPx)]),
  ]
  const rows = figureRows(spec.headline, widthPx)
  const figures = rows.flatMap((row, i) => figureRow(row, rows[0].length, i, theme, widthPx))
  const textPx = (font: Font, lines: number) => font.size * font.lineHeight * lines
  return {
    plugins: {
      title: textBlock(title, titleFont, theme.text, titlePadding),
      subtitle: textBlock(subtitle, subtitleFont, theme.mutedText, subtitlePadding),
    },
    scales: Object.fromEntries([...banners, ...figures]),
    heightPx:
      textPx(titleFont, title.length) +
      textPx(subtitleFont, subtitle.length) +
      titlePadding.top +
      titlePadding.bottom +
      subtitlePadding.bottom +
      banners.length * (textPx(bannerFont, 1) + 2 * bannerPaddingPx) +
      rows.length * (textPx(labelFont, 1) + textPx(valueFont, 1) + 2 * (labelPaddingPx + valuePaddingPx)),
  }
}

function textBlock(text: string[], font: Font, color: string, padding: JsonObject): JsonObject {
  return { display: true, align: 'start', text, color, padding, font: { family: fontFamily, ...font } }
}

/** A line of words on a ground of its own, `depth` banners down from the top. */
function banner(
  name: string,
  words: string,
  depth: number,
  backgroundColor: string,
  color: string,
  widthPx: number,
): [string, JsonObject] {
  const text = fitText(words, widthPx - 20, bannerFont.size, true)
  const options = { position: 'top', fullSize: true, weight: bannersWeight - depth, backgroundColor }
  return [name, centredText(text, color, bannerFont, { options, padding: bannerPaddingPx })]
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
