/** Plain JSON: what survives a trip over the wire unchanged. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

/** The first is what this house bundles; the others are what a QuickChart server is likely to have. */
export const fontFamily = "'Noto Sans SC', 'Noto Sans CJK SC', 'Noto Sans', sans-serif"

export interface Font {
  size: number
  weight: 'normal' | 'bold'
  /** Of the size. */
  lineHeight: number
}

/** A piece of text at a column of its row. */
export interface TextCell {
  column: number
  /** One line, or several. */
  text: string | readonly string[]
  color: string
  font: Font
}

/** Where a row lies, as options of its axis, and what it needs beyond them. */
export interface TextRowPlace {
  options: JsonObject
  /** Px between the row's edge and its text. */
  padding?: number
  /** Side of its column's line that a text lies on; to the right of it (start) where not given. */
  align?: 'start' | 'center'
  /** Px that every text of the row is moved to the right. */
  offsetPx?: number
  /** A ground behind the text, such as one that keeps grid lines out of it, and how far it reaches beyond it in px. */
  backdrop?: { color: string; padding: JsonObject }
  /** Over the datasets instead of under them: the higher, the later. */
  z?: number
}

/**
 * A row of text as an axis: Chart.js has no free text, but a category axis without line or grid draws a label at each of
 * its columns, each in a font and colour of its own. Text starts at its column; `columns` is the number of equal steps
 * of the row's width.
 */
export function textRow(cells: readonly TextCell[], columns: number, place: TextRowPlace): JsonObject {
  const { backdrop, z } = place
  const labels: Json[] = Array.from({ length: columns + 1 }, () => '')
  for (const { column, text } of cells) labels[column] = text
  const eachOf = (of: (cell: TextCell) => Json, otherwise: Json): Json => {
    const values = labels.map(() => otherwise)
    for (const cell of cells) values[cell.column] = of(cell)
    return values
  }
  // Where all are alike, they are told once: labels without text are not seen.
  const [first] = cells
  const isUniform = cells.every(({ color, font }) => color === first.color && font === first.font)
  return {
    ...place.options,
    axis: 'x',
    type: 'category',
    labels,
    offset: false,
    border: { display: false },
    grid: { display: false, drawTicks: false },
    ticks: {
      autoSkip: false,
      minRotation: 0,
      maxRotation: 0,
      align: place.align ?? 'start',
      padding: place.padding ?? 0,
      labelOffset: place.offsetPx ?? 0,
      color: isUniform && first ? first.color : eachOf(({ color }) => color, 'transparent'),
      font: isUniform && first ? fontOf(first) : eachOf(fontOf, { size: 1 }),
      ...(backdrop && {
        showLabelBackdrop: true,
        backdropColor: eachOf(() => backdrop.color, 'transparent'),
        backdropPadding: backdrop.padding,
      }),
      ...(z !== undefined && { z }),
    },
  }
}

function fontOf({ font }: TextCell): JsonObject {
  return { family: fontFamily, ...font }
}

/** A row with one text in its middle. */
export function centredText(text: string, color: string, font: Font, place: TextRowPlace): JsonObject {
  return textRow([{ column: 1, text, color, font }], 2, { ...place, align: 'center' })
}
