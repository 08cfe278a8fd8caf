/** The quotient of whole numbers (numerator not below 0) as the nearest double. */
export function exactQuotient(numerator: bigint, denominator: bigint): number {
  const digits = 30n
  return Number(`${(numerator * 10n ** digits) / denominator}e-${digits}`)
}
