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

/**
 * Decimals that values are drawn with: to a thousandth of the axis's step, as times are to a hundredth of a px. No eye sees
 * more, and a QuickChart server takes no request over 100 kB unless it is told to.
 */
export function decimalsFor(step: number): number {
  return Math.min(100, Math.max(0, 3 - Math.floor(Math.log10(step))))
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
const shortPercentFrom = 1e5
/** More of them are written in powers of ten (1E-9%). */
const mostPercentDecimals = 5

/** How the values of an axis are written. */
export function numberFormat({ min, max, step, decimals }: ValueScale, unit: ChartUnit): Intl.NumberFormatOptions {
  const largest = Math.max(Math.abs(min), Math.abs(max))
  const isPercent = unit === 'percent'
  const style = isPercent ? ({ style: 'unit', unit: 'percent' } as const) : {}
  if (isPercent && decimals > mostPercentDecimals) {
    return { ...style, notation: 'scientific', minimumFractionDigits: 0, maximumFractionDigits: 1 }
  }
  if (largest < (isPercent ? shortPercentFrom : shortFrom)) {
    return { ...style, notation: 'standard', minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  }
  return {
    ...style,
    notation: 'compact',
    minimumFractionDigits: 0,
    maximumFractionDigits: 20,
    maximumSignificantDigits: Math.min(21, Math.ceil(Math.log10(largest / step)) + 1),
  }
}
