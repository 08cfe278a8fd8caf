import type { ChartUnit } from './spec.js'
import { type Font, fontFamily, type JsonObject } from './textRow.js'
import type { ChartTheme } from './theme.js'
import { type ValueScale, valueScale } from './valueScale.js'

/** Room for the labels of a value axis; what Chart.js takes in fact differs by a few px, and text is laid out to bear that. */
export const valueAxisPx = 62

export const axisFont: Font = { size: 12, weight: 'normal', lineHeight: 1.2 }
const labelDistancePx = 22

/** A scale for a plot of that height with as many labels as it has room for. */
export function scaleFor(low: number, high: number, heightPx: number): ValueScale {
  return valueScale(low, high, 1 + Math.floor(heightPx / labelDistancePx))
}

/** The value axis to the right of a plot, which takes its place in the stack of them. */
export function valueAxis(scale: ValueScale, unit: ChartUnit, heightPx: number, theme: ChartTheme): JsonObject {
  return {
    axis: 'y',
    type: 'linear',
    position: 'right',
    stack: 'panels',
    stackWeight: heightPx,
    min: scale.min,
    max: scale.max,
    border: { display: false },
    grid: { color: theme.grid, drawTicks: false },
    ticks: {
      stepSize: scale.step,
      autoSkip: false,
      color: theme.mutedText,
      font: { family: fontFamily, ...axisFont },
      padding: 6,
      format: numberFormat(scale, unit) as JsonObject,
    },
  }
}

/** A stretch of the stack without labels, in px from its top. */
export function pxAxis(heightPx: number): JsonObject {
  return {
    axis: 'y',
    type: 'linear',
    display: false,
    position: 'right',
    stack: 'panels',
    stackWeight: heightPx,
    min: 0,
    max: heightPx,
    reverse: true,
  }
}

/** From here on a number is written short (1.2M), as it would not fit beside the plot. */
const shortFrom = 1e6

/** How the values of an axis are written. */
export function numberFormat({ min, max, step, decimals }: ValueScale, unit: ChartUnit): Intl.NumberFormatOptions {
  const largest = Math.max(Math.abs(min), Math.abs(max))
  if (unit === 'percent') {
    return { style: 'unit', unit: 'percent', minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  }
  if (largest < shortFrom) {
    return { notation: 'standard', minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  }
  return {
    notation: 'compact',
    minimumFractionDigits: 0,
    maximumFractionDigits: 20,
    maximumSignificantDigits: Math.min(21, Math.ceil(Math.log10(largest / step)) + 1),
  }
}
