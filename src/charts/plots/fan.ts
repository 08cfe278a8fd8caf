import { type HeadingItem, keyItem } from '../heading.js'
import { type Corner, filledShapes, lines, roundPx } from '../shapes.js'
import type { FanPlot } from '../spec.js'
import type { ChartTheme } from '../theme.js'
import { thin } from '../thin.js'
import { decimalsFor, scaleFor } from '../valueAxis.js'
import { type DrawnPlot, extremesOf, orders, type PlotPlace, plotLineLook, squareLook } from './plot.js'
import { wholeTicks } from './wholeTicks.js'

const bucketPx = 2

export function fanKeys({ bands, middle, own }: FanPlot, theme: ChartTheme): HeadingItem[] {
  return [
    keyItem(own.label, plotLineLook('own', theme), 'line', theme),
    keyItem(middle.label, middleLook(theme), 'line', theme),
    ...bands.map(({ label }, i) => keyItem(label, squareLook(theme.bands[i]), 'point', theme)),
  ]
}

function middleLook(theme: ChartTheme) {
  return { borderColor: theme.series.equity.line, borderWidth: 2, pointRadius: 0 }
}

/** The bands over each other, the narrowest on top, and the two lines over them. */
export function drawFan(plot: FanPlot, { yAxisID, widthPx, heightPx, locale, theme }: PlotPlace): DrawnPlot {
  const { places, bands, middle, own, title } = plot
  const [from, to] = extremesOf(places, title)
  const [low, high] = extremesOf([...bands.flatMap((band) => [...band.low, ...band.high]), ...middle.values], title)
  const [ownLow, ownHigh] = extremesOf(own.values, title)
  const scale = scaleFor(Math.min(low, ownLow), Math.max(high, ownHigh), heightPx)
  const decimals = decimalsFor(scale.step)
  const pxOf = (place: number) => roundPx(to === from ? 0 : ((place - from) / (to - from)) * widthPx)
  const corner = (place: number, value: number): Corner => [pxOf(place), Number(value.toFixed(decimals))]
  const path = (values: readonly number[]) => places.map((place, i) => corner(place, values[i]))
  const thinned = thin({ ts: own.places, values: own.values }, from, to, Math.round(widthPx / bucketPx))
  const ownPath = Array.from(thinned.ts, (place, i) => corner(place, thinned.values[i]))
  return {
    scale,
    datasets: [
      lines([ownPath], plotLineLook('own', theme), { yAxisID, order: orders.lines }),
      lines([path(middle.values)], middleLook(theme), { yAxisID, order: orders.points }),
      ...bands.map((band, i) =>
        filledShapes([[...path(band.high), ...path(band.low).reverse()]], theme.bands[i], {
          yAxisID,
          order: orders.shapes + bands.length - i,
        }),
      ),
    ],
    labels: wholeTicks(from, to, widthPx, locale, pxOf),
  }
}
