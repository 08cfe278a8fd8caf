import { axisLabels } from './axisLabels.js'
import type { Body } from './body.js'
import { filledShapes, rectangle, roundPx } from './shapes.js'
import type { GridChart } from './spec.js'
import { textWidth } from './textFit.js'
import type { ChartTheme } from './theme.js'
import { axisFont, numberFormat, pxAxis } from './valueAxis.js'
import type { Colours } from './valueColours.js'

/** The room that it takes below a picture. */
export const colourKeyPx = 44
const stripTopPx = 14
const stripPx = 10
const labelMiddlePx = 36

/** The colours from the lowest to the highest, and what the ends stand for. */
export function colourKey(
  { unit, locale }: Pick<GridChart, 'unit' | 'locale'>,
  { key, low, high, lowest }: Colours,
  widthPx: number,
  theme: ChartTheme,
): Pick<Body, 'datasets' | 'scales'> {
  const endPx = widthPx / 2
  const pitchPx = endPx / key.length
  const span = high - low || Math.abs(high) || 1
  const decimals = Math.min(10, Math.max(0, 2 - Math.floor(Math.log10(span))))
  const format = new Intl.NumberFormat(locale, numberFormat({ min: low, max: high, step: span / 100, decimals }, unit))
  const [first, highest] = [
    [...new Set([lowest, low].map((value) => format.format(value)))].join(' … '),
    format.format(high),
  ]
  const half = (text: string) => textWidth(text, axisFont.size) / 2
  const labels = [
    ...(high === low ? [] : [{ px: half(first), text: first }]),
    { px: Math.max(endPx - half(highest), half(highest)), text: highest },
  ]
  return {
    datasets: key.map((colour, i) => {
      const shape = rectangle(roundPx(i * pitchPx), roundPx((i + 1) * pitchPx), stripTopPx, stripTopPx + stripPx)
      return filledShapes([shape], colour, { yAxisID: 'yKey', order: 1 })
    }),
    scales: {
      yKey: pxAxis(colourKeyPx),
      xKey: axisLabels(labels, widthPx, { yKey: labelMiddlePx }, theme.mutedText),
    },
  }
}
