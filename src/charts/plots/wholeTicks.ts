import type { AxisLabel } from '../axisLabels.js'
import { roundStep } from '../valueScale.js'

const labelPx = 56

/** Labels at round whole numbers from `first` to `last`, and at `first`; `pxOf` says where a number lies. */
export function wholeTicks(
  first: number,
  last: number,
  widthPx: number,
  locale: string,
  pxOf: (n: number) => number,
): AxisLabel[] {
  const format = new Intl.NumberFormat(locale)
  const step = Math.max(1, roundStep((last - first) / Math.floor(widthPx / labelPx) || 1))
  const numbers = [first]
  for (let n = Math.ceil((first + 1) / step) * step; n <= last; n += step) {
    if (pxOf(n) - pxOf(first) >= labelPx / 2) numbers.push(n)
  }
  return numbers.map((n) => ({ px: pxOf(n), text: format.format(n) }))
}
