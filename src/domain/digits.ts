const digits = 15
/** Those that a float holds exactly. */
const powersOfTen = Float64Array.from({ length: 23 }, (_, n) => Number(`1e${n}`))

/**
 * To 15 significant digits, so that a price of few decimals is the number that it is written as, whatever its arithmetic
 * lost (2412.6900000000005 is 2412.69). As `Number(value.toPrecision(15))`, without a string in between where it is of common size.
 */
export function roundDigits(value: number): number {
  const places = digits - 1 - Math.floor(Math.log10(value))
  const unit = powersOfTen[places]
  return unit === undefined ? Number(value.toPrecision(digits)) : Math.round(value * unit) / unit
}
