/** What means are taken of: bodies (open to close) or ranges (high to low), of so many candles before the one looked at. */
export const sumPeriods = { bodies10: 10, ranges10: 10, ranges5: 5 } as const

/** TA-Lib's candle setting: a length is measured against a factor times a mean, which is `times / weight` of the sum. */
export interface CandleSetting {
  readonly sum: keyof typeof sumPeriods
  readonly times: number
  readonly weight: number
}

/** The factor is a fraction, since a tenth has no exact double. */
function setting(sum: CandleSetting['sum'], numerator: number, denominator: number): CandleSetting {
  return { sum, times: numerator, weight: denominator * sumPeriods[sum] }
}

/*
 * TA-Lib's defaults (ta_global.c) for the settings that the patterns use. One takes no mean: by ShadowLong a shadow is
 * long when it is longer than the candle's own body.
 */
export const bodyLong = setting('bodies10', 1, 1)
export const bodyShort = setting('bodies10', 1, 1)
export const bodyDoji = setting('ranges10', 1, 10)
export const shadowVeryShort = setting('ranges10', 1, 10)
export const near = setting('ranges5', 1, 5)
export const far = setting('ranges5', 3, 5)
