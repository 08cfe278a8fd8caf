import type { Body, Room } from '../body.js'
import { colourKey, colourKeyPx } from '../colourKey.js'
import { type Heading, heading, headingConfig, titleItem } from '../heading.js'
import { type Corner, filledShapes, lines, rectangle } from '../shapes.js'
import type { GridChart } from '../spec.js'
import { fitText, textWidth } from '../textFit.js'
import { type Font, type JsonObject, type TextCell, textRow } from '../textRow.js'
import type { ChartTheme } from '../theme.js'
import { halo, trialKeys, trialLook } from '../trialMarks.js'
import { pxAxis } from '../valueAxis.js'
import { type Colours, coloursOf, readableOn } from '../valueColours.js'
import { watermark } from '../watermark.js'
import { type CellText, cellText } from './cellText.js'
import { condense } from './condense.js'

const labelFont: Font = { size: 12, weight: 'normal', lineHeight: 0.01 }
const labelRowPx = 22
const rowLabelGapPx = 10
const mostRowLabelPx = 120
const highestCellPx = 44
const widestUnitPx = 45
const orders = { marks: 1, halos: 2, gaps: 3, cells: 4 } as const

/** A grid's measures. Its columns are counted in units: a cell is two of them wide, and before the totals there is a gap of one. */
interface Plan {
  spec: GridChart
  head: Heading
  labelUnits: number
  units: number
  unitPx: number
  labelRows: number
  cellPx: number
  footPx: number
}

/** How high a grid is, at most as high as the room. */
export function gridHeightPx(spec: GridChart, theme: ChartTheme, room: Room): number {
  const { head, labelRows, cellPx, footPx, spec: drawn } = plan(spec, theme, room)
  return head.heightPx + labelRows * labelRowPx + cellPx * drawn.rows.labels.length + footPx
}

/** Cells in rows and columns. Throws RangeError where there is nothing to draw. */
export function gridBody(whole: GridChart, theme: ChartTheme, room: Room): Body {
  const measures = plan(whole, theme, room)
  const { spec, head, units, labelRows, cellPx } = measures
  const colours = coloursOf(spec, theme)
  const rows = spec.rows.labels.length
  const headConfig = headingConfig(head, 0, room.widthPx, theme)
  const cellsPx = cellPx * rows
  const stamp =
    spec.stamp === null
      ? {}
      : { xWatermark: watermark(spec.stamp, { yCells: rows / 2 }, { ...room, heightPx: cellsPx }, theme, 0.5) }
  const foot = spec.colours === 'ranked' ? colourKey(spec, colours, room.widthPx, theme) : { datasets: [], scales: {} }
  return {
    plotWidthPx: room.widthPx,
    datasets: [
      ...headConfig.datasets,
      ...markOutlines(measures, theme),
      gaps(measures, theme),
      ...cells(measures, colours),
      ...foot.datasets,
    ],
    scales: {
      xCells: { axis: 'x', type: 'linear', display: false, min: 0, max: units },
      ...headConfig.scales,
      ...(labelRows > 0 && { yLabels: pxAxis(labelRows * labelRowPx) }),
      yCells: { ...pxAxis(cellsPx), max: rows },
      ...stamp,
      ...columnLabels(measures, theme),
      ...rowTexts(measures, colours, theme),
      ...foot.scales,
    },
  }
}

function plan(whole: GridChart, theme: ChartTheme, room: Room): Plan {
  const spec = condense(whole)
  const { rows, columns, totals, marks } = spec
  const head = heading([titleItem(spec.name, theme), ...trialKeys(marks, theme)], room.widthPx)
  const widest = rows.labels.reduce((most, label) => Math.max(most, textWidth(label, labelFont.size)), 0)
  const titlePx = textWidth(rows.title ?? '', labelFont.size)
  const labelPx = Math.min(mostRowLabelPx, Math.max(widest, titlePx)) + rowLabelGapPx
  const cellUnits = 2 * columns.labels.length + (totals === null ? 0 : 3)
  const labelUnits = Math.ceil((labelPx * cellUnits) / (room.widthPx - labelPx))
  const units = Math.max(labelUnits + cellUnits, Math.ceil(room.widthPx / widestUnitPx))
  const unitPx = room.widthPx / units
  const labelRows = columns.title === null ? 1 : 2
  const footPx = spec.colours === 'ranked' ? colourKeyPx : 0
  const leftPx = room.heightPx - head.heightPx - labelRows * labelRowPx - footPx
  const cellPx = Math.min(highestCellPx, leftPx / rows.labels.length)
  return { spec, head, labelUnits: Math.ceil(labelPx / unitPx), units, unitPx, labelRows, cellPx, footPx }
}

/** Where a column of cells begins and ends, in units; the totals come after the last. */
function columnEnds({ spec, labelUnits }: Plan, column: number): [number, number] {
  const left = labelUnits + 2 * column + (column === spec.columns.labels.length ? 1 : 0)
  return [left, left + 2]
}

/** The values of a row, its total the last where it has one. */
function rowValues({ columns, values, totals }: GridChart, row: number): number[] {
  const width = columns.labels.length
  return [...values.subarray(row * width, (row + 1) * width), ...(totals === null ? [] : [totals.values[row]])]
}

/** Cells side by side that have one colour are one shape. */
function cells(measures: Plan, colours: Colours): JsonObject[] {
  const { spec } = measures
  const byColour = new Map<string, Corner[][]>()
  for (let row = 0; row < spec.rows.labels.length; row++) {
    let run: { colour: string; left: number; right: number } | null = null
    const end = () => {
      if (run === null) return
      const shapes = byColour.get(run.colour) ?? []
      shapes.push(rectangle(run.left, run.right, row, row + 1))
      byColour.set(run.colour, shapes)
      run = null
    }
    rowValues(spec, row).forEach((value, column) => {
      const [left, right] = columnEnds(measures, column)
      const colour = Number.isNaN(value) ? null : colours.of(value)
      if (run !== null && run.colour === colour && run.right === left) {
        run.right = right
        return
      }
      end()
      if (colour !== null) run = { colour, left, right }
    })
    end()
  }
  const place = { xAxisID: 'xCells', yAxisID: 'yCells', order: orders.cells }
  return [...byColour].map(([colour, shapes]) => filledShapes(shapes, colour, place))
}

/** Lines of the background between cells. */
function gaps(measures: Plan, theme: ChartTheme): JsonObject {
  const { spec, units, unitPx, cellPx } = measures
  const rows = spec.rows.labels.length
  const columns = spec.columns.labels.length + (spec.totals === null ? 0 : 1)
  const upright = Array.from({ length: columns }, (_, column) => columnEnds(measures, column)[0])
  const look = { borderColor: theme.background, borderWidth: Math.min(2, unitPx / 6, cellPx / 12) }
  const paths: Corner[][] = [
    ...upright.map((x): Corner[] => [
      [x, 0],
      [x, rows],
    ]),
    ...Array.from({ length: rows }, (_, row): Corner[] => [
      [0, row],
      [units, row],
    ]),
  ]
  return lines(paths, look, { xAxisID: 'xCells', yAxisID: 'yCells', order: orders.gaps })
}

/** An outline for each mark, on a wider one that parts it from the colours; a second one in a cell lies within the first. */
function markOutlines(measures: Plan, theme: ChartTheme): JsonObject[] {
  const { spec, unitPx, cellPx } = measures
  return spec.marks.flatMap((mark, i) => {
    const isWithin = spec.marks.some(({ row, column }, j) => j < i && row === mark.row && column === mark.column)
    const insetPx = isWithin ? Math.min(6, cellPx / 4) : 0
    const [left, right] = columnEnds(measures, mark.column)
    const [x, y] = [insetPx / unitPx, insetPx / cellPx]
    const [first, second, ...others] = rectangle(left + x, right - x, mark.row + y, mark.row + 1 - y)
    // From the middle of a side, so that every corner is turned and dashes do not lie upon dashes.
    const middle: Corner = [(first[0] + second[0]) / 2, first[1]]
    const path = [middle, second, ...others, first, middle]
    const place = { xAxisID: 'xCells', yAxisID: 'yCells' }
    return [
      { ...lines([path], trialLook(mark.kind, theme), { ...place, order: orders.marks }), label: mark.label },
      lines([path], halo(theme), { ...place, order: orders.halos }),
    ]
  })
}

/** The names of the columns, and of the sides where they have one. */
function columnLabels(measures: Plan, theme: ChartTheme): JsonObject {
  const { spec, labelUnits, units, unitPx, labelRows } = measures
  const { columns, rows, totals } = spec
  const text = { color: theme.mutedText, font: labelFont }
  const at = (row: number) => ({ options: { position: { yLabels: (row + 0.5) * labelRowPx } } })
  const widest = columns.labels.reduce((most, label) => Math.max(most, textWidth(label, labelFont.size)), 0)
  const every = Math.ceil((widest + 4) / (2 * unitPx))
  const labels: TextCell[] = [...columns.labels, ...(totals === null ? [] : [totals.title])]
    .map((label, column) => ({ ...text, text: label, column: columnEnds(measures, column)[0] + 1 }))
    .filter((_, column) => column % every === 0 || column === columns.labels.length)
  const rowTitle = fitText(rows.title ?? '', labelUnits * unitPx - rowLabelGapPx / 2, labelFont.size)
  const columnTitle = fitText(columns.title ?? '', (units - labelUnits) * unitPx, labelFont.size)
  const middle = labelUnits + columns.labels.length
  return {
    xColumns: textRow(labels, units, { ...at(labelRows - 1), align: 'center' }),
    ...(rowTitle !== '' && { xRowTitle: textRow([{ ...text, text: rowTitle, column: 0 }], 1, at(labelRows - 1)) }),
    ...(columnTitle !== '' && {
      xColumnTitle: textRow([{ ...text, text: columnTitle, column: middle }], units, { ...at(0), align: 'center' }),
    }),
  }
}

/** For each row its label, and its values where they have room. */
function rowTexts(measures: Plan, colours: Colours, theme: ChartTheme): JsonObject {
  const { spec, labelUnits, unitPx, cellPx } = measures
  const all = spec.totals === null ? spec.values : Float64Array.of(...spec.values, ...spec.totals.values)
  const texts = cellText(all, 2 * unitPx, cellPx, spec.locale)
  const every = Math.ceil(15 / cellPx)
  const entries = spec.rows.labels.flatMap((label, row): [string, JsonObject][] => {
    const options = { position: { yCells: row + 0.5 } }
    const text = fitText(label, labelUnits * unitPx - rowLabelGapPx / 2, labelFont.size)
    const cell = { column: 0, text, color: theme.mutedText, font: labelFont }
    return [
      ...(row % every === 0 ? [[`xRow${row}`, textRow([cell], 1, { options })] as [string, JsonObject]] : []),
      ...(texts === null
        ? []
        : [[`xCells${row}`, valueRow(measures, row, texts, colours, options)] as [string, JsonObject]]),
    ]
  })
  return Object.fromEntries(entries)
}

function valueRow(measures: Plan, row: number, texts: CellText, colours: Colours, options: JsonObject): JsonObject {
  const font: Font = { size: texts.sizePx, weight: 'normal', lineHeight: 0.01 }
  const cellsOf = rowValues(measures.spec, row).flatMap((value, column): TextCell[] => {
    if (Number.isNaN(value)) return []
    const [left] = columnEnds(measures, column)
    return [{ column: left + 1, text: texts.write(value), color: readableOn(colours.of(value)), font }]
  })
  return textRow(cellsOf, measures.units, { options, align: 'center', z: 1 })
}
