import type { Body, Room } from './body.js'
import { colourKey, colourKeyPx } from './colourKey.js'
import { heading, headingConfig, titleItem } from './heading.js'
import { type Corner, lines, roundPx } from './shapes.js'
import type { ParallelAxis, ParallelChart, ParallelLine } from './spec.js'
import { fitText, textWidth } from './textFit.js'
import { type Font, type JsonObject, type TextCell, textRow } from './textRow.js'
import type { ChartTheme } from './theme.js'
import { halo, trialKeys, trialLook } from './trialMarks.js'
import { pxAxis } from './valueAxis.js'
import { coloursOf } from './valueColours.js'
import { watermark } from './watermark.js'

const font: Font = { size: 12, weight: 'normal', lineHeight: 0.01 }
const titleRowPx = 17
const titleRows = 2
const titleGapPx = 8
/** Room above and below the axes for the labels of their ends. */
const endPx = 22
const labelPadding = { left: 3, right: 3, top: 8, bottom: 8 }
/** More cannot be told apart: of the others those that are left stand for those between. */
const mostLines = 240
const bestKept = 60
/** The better a line, the further up; the marks over all. */
const orders = { marks: 1, halos: 2, lines: 3, axes: 99 } as const

/** A line across all axes for each value. Throws RangeError where there is nothing to draw. */
export function parallelBody(spec: ParallelChart, theme: ChartTheme, room: Room): Body {
  const { axes, marks, name } = spec
  if (axes.length < 2) throw new RangeError(`${name}: parallel axes are at least two`)
  const values = Float64Array.from(spec.lines, ({ value }) => value)
  const colours = coloursOf({ colours: 'ranked', values, name }, theme)
  const head = heading([titleItem(name, theme), ...trialKeys(marks, theme)], room.widthPx)
  const headParts = headingConfig(head, 0, room.widthPx, theme)
  const key = colourKey(spec, colours, room.widthPx, theme)
  const linesPx = room.heightPx - head.heightPx - titleRows * titleRowPx - colourKeyPx
  const axisPx = linesPx - 2 * endPx
  const pitchPx = room.widthPx / axes.length
  const yOf = (at: number) => roundPx(endPx + (1 - at) * axisPx)
  const path = ({ at }: ParallelLine) => at.map((place, i): Corner => [roundPx((i + 0.5) * pitchPx), yOf(place)])
  const axisLines = axes.map((_, i): Corner[] => [
    [roundPx((i + 0.5) * pitchPx), yOf(0)],
    [roundPx((i + 0.5) * pitchPx), yOf(1)],
  ])
  const shown = fewLines(spec.lines)
  const stampPlace = { ...room, heightPx: linesPx }
  return {
    plotWidthPx: room.widthPx,
    datasets: [
      ...headParts.datasets,
      ...marks.flatMap(({ kind, label, line }) => [
        {
          ...lines([path(spec.lines[line])], trialLook(kind, theme), { yAxisID: 'yLines', order: orders.marks }),
          label,
        },
        lines([path(spec.lines[line])], halo(theme), { yAxisID: 'yLines', order: orders.halos }),
      ]),
      ...colours.key.toReversed().flatMap((borderColor, i) => {
        const paths = shown.filter(({ value }) => colours.of(value) === borderColor).map(path)
        const look = { borderColor, borderWidth: 1.5, borderJoinStyle: 'round' }
        return paths.length === 0 ? [] : [lines(paths, look, { yAxisID: 'yLines', order: orders.lines + i })]
      }),
      lines(axisLines, { borderColor: theme.mutedText, borderWidth: 1.5 }, { yAxisID: 'yLines', order: orders.axes }),
      ...key.datasets,
    ],
    scales: {
      ...headParts.scales,
      yTitles: pxAxis(titleRows * titleRowPx),
      yLines: pxAxis(linesPx),
      ...(spec.stamp !== null && { xWatermark: watermark(spec.stamp, { yLines: linesPx / 2 }, stampPlace, theme) }),
      ...titles(axes, pitchPx, theme),
      ...tickLabels(axes, pitchPx, yOf, theme),
      ...key.scales,
    },
  }
}

/** The best of them, and of the others as many as there is room for, evenly by rank. */
function fewLines(all: readonly ParallelLine[]): readonly ParallelLine[] {
  if (all.length <= mostLines) return all
  const ranked = all.toSorted((a, b) => b.value - a.value)
  const others = mostLines - bestKept
  const pitch = (all.length - bestKept) / others
  return [
    ...ranked.slice(0, bestKept),
    ...Array.from({ length: others }, (_, i) => ranked[bestKept + Math.floor(i * pitch)]),
  ]
}

/** The names of the axes, those that are too long in two lines, `RSI` and `period`. */
function titles(axes: readonly ParallelAxis[], pitchPx: number, theme: ChartTheme): JsonObject {
  const split = axes.map(({ title }) => {
    const dot = title.indexOf('.')
    if (dot < 0 || textWidth(title, font.size) <= pitchPx - titleGapPx) return ['', title]
    return [title.slice(0, dot), title.slice(dot + 1)]
  })
  const row = (line: 0 | 1) =>
    textRow(
      split.map(
        (parts, i): TextCell => ({
          column: 2 * i + 1,
          text: fitText(parts[line], pitchPx - titleGapPx, font.size),
          color: theme.text,
          font,
        }),
      ),
      2 * axes.length,
      { options: { position: { yTitles: (line + 0.5) * titleRowPx } }, align: 'center' },
    )
  return { xTitles0: row(0), xTitles1: row(1) }
}

/** The labels of all axes, beyond their ends and beside what lies between; a row for each height. */
function tickLabels(
  axes: readonly ParallelAxis[],
  pitchPx: number,
  yOf: (at: number) => number,
  theme: ChartTheme,
): JsonObject {
  const ticks = axes.flatMap((axis, i) => axis.ticks.map((tick) => ({ ...tick, axis: i })))
  const heights = [...new Set(ticks.map(({ at }) => at))]
  const rows = heights.map((at, i): [string, JsonObject] => {
    const y = yOf(at) + (at === 0 ? endPx / 2 : at === 1 ? -endPx / 2 : 0)
    const row = ticks.filter((tick) => tick.at === at)
    const cells = row.map(({ label, axis }): TextCell => {
      const text = fitText(label, pitchPx - titleGapPx, font.size)
      return { column: 2 * axis + 1, text, color: theme.mutedText, font }
    })
    const backdrop = { color: theme.background, padding: labelPadding }
    const place = { options: { position: { yLines: y } }, align: 'center' as const, z: 1 }
    return [`xTicks${i}`, textRow(cells, 2 * axes.length, at > 0 && at < 1 ? { ...place, backdrop } : place)]
  })
  return Object.fromEntries(rows)
}
