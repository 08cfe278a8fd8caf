import { textWidth } from '../textFit.js'

const largestPx = 14
const axisPx = 12
const smallestPx = 10
const mostDecimals = 8
const marginPx = 3
const wholeFrom = 100
const shortFrom = 10_000

/** How the values of a grid are written into its cells, or null where they have no room. */
export interface CellText {
  sizePx: number
  write(value: number): string
}

/**
 * With decimals enough to tell the values apart, rather one more than a larger size; as large as the cells allow.
 */
export function cellText(values: Float64Array, widthPx: number, heightPx: number, locale: string): CellText | null {
  const shown = values.filter((value) => !Number.isNaN(value))
  const most = shown.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  const least = shown.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  // Of values that are all but equal, their own size.
  const spread = most - least > Math.abs(most) * 1e-9 ? most - least : Math.abs(most)
  const fewest = spread > 0 ? Math.min(mostDecimals, Math.max(0, 1 - Math.floor(Math.log10(spread)))) : 1
  const highest = Math.min(largestPx, heightPx / 1.5)
  const sizes = [highest, axisPx, smallestPx].filter((size) => size <= highest && size >= smallestPx)
  for (const decimals of [fewest + 1, fewest]) {
    const write = writer(decimals, locale)
    for (const sizePx of sizes) {
      if (shown.every((value) => textWidth(write(value), sizePx) <= widthPx - marginPx)) return { sizePx, write }
    }
  }
  return null
}

function writer(decimals: number, locale: string): (value: number) => string {
  const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 })
  const plain = (digits: number) =>
    new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false })
  const [exact, whole] = [plain(decimals), plain(0)]
  return (value) => {
    const size = Math.abs(value)
    const text = (size >= shortFrom ? short : size >= wholeFrom ? whole : exact).format(value)
    // What rounds to nothing has no sign.
    return /[1-9]/.test(text) ? text : text.replace(/^-/, '')
  }
}
