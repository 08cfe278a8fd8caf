import type { CandleReader } from './candleReader.js'
import { far, near, shadowVeryShort, sumPeriods } from './candleSettings.js'

/** Whether a pattern is complete at candle i. */
type IsAt = (c: CandleReader, i: number) => boolean

export interface CandlePattern {
  /** Index of the first candle at which it can be told, as TA-Lib has it. */
  readonly lookback: number
  readonly isAt: IsAt
}

/** A pattern of `candles` candles, i the last of them, whose parts are measured against means of up to `longestMean`. */
function pattern(candles: number, isAt: IsAt, longestMean: number = sumPeriods.bodies10): CandlePattern {
  return { lookback: candles - 1 + longestMean, isAt }
}

/*
 * By TA-Lib's definitions. Where a pattern has a bearish twin that is the same thing upside down, the bullish one is
 * written here. None of them looks at the trend before it.
 */

/** Opens and closes at about one price: the body is at most BodyDoji. */
export const doji = pattern(1, (c, i) => c.isDoji(i))

/** A doji at its high: the upper shadow is below ShadowVeryShort, the lower one above. Upside down: a gravestone doji. */
export const dragonflyDoji = pattern(
  1,
  (c, i) => c.isDoji(i) && c.hasBareTop(i) && c.compare(c.lowerShadow(i), shadowVeryShort, i) > 0,
)

/** A body below BodyShort between two shadows that are both longer than it, white or black. */
export const spinningTop = pattern(
  1,
  (c, i) => c.isSmall(i) && c.upperShadow(i) > c.body(i) && c.lowerShadow(i) > c.body(i),
)

/** A white body above BodyLong, both shadows below ShadowVeryShort. */
export const marubozu = pattern(1, (c, i) => c.isWhite(i) && isMarubozu(c, i))

function isMarubozu(c: CandleReader, i: number): boolean {
  return c.isLong(i) && c.hasBareTop(i) && c.hasBareBottom(i)
}

/** A hammer's shape, its body at most Near above the low of the candle before, or anywhere below that. */
export const hammer = pattern(
  2,
  (c, i) => isHammerShaped(c, i) && c.compare(c.bodyBottom(i) - c.low(i - 1), near, i - 1) <= 0,
)

/** A hammer's shape, its body at most Near below the high of the candle before, or anywhere above that. */
export const hangingMan = pattern(
  2,
  (c, i) => isHammerShaped(c, i) && c.compare(c.high(i - 1) - c.bodyBottom(i), near, i - 1) <= 0,
)

/** A body below BodyShort, a lower shadow longer than it, an upper one below ShadowVeryShort. */
function isHammerShaped(c: CandleReader, i: number): boolean {
  return c.isSmall(i) && c.lowerShadow(i) > c.body(i) && c.hasBareTop(i)
}

/** A hammer's shape upside down, its body wholly below that of the candle before. */
export const invertedHammer = pattern(2, (c, i) => isUpturnedHammer(c, i) && c.bodyGapsDown(i))

/** A hammer's shape upside down, its body wholly above that of the candle before. */
export const shootingStar = pattern(2, (c, i) => isUpturnedHammer(c, i) && c.bodyGapsUp(i))

function isUpturnedHammer(c: CandleReader, i: number): boolean {
  return c.isSmall(i) && c.upperShadow(i) > c.body(i) && c.hasBareBottom(i)
}

/**
 * Black, then a white body that covers the black one and reaches further on one side at least (TA-Lib gives 100 where it
 * does on both, 80 where one end is equal; both count). TA-Lib leaves out one candle more than it looks at.
 */
export const engulfing = pattern(
  2,
  (c, i) => {
    const above = c.close(i) - c.open(i - 1)
    const below = c.close(i - 1) - c.open(i)
    return c.isWhite(i) && c.isBlack(i - 1) && above >= 0 && below >= 0 && above + below > 0
  },
  1,
)

/**
 * A black body above BodyLong, then one at most BodyShort, of either colour, that does not reach beyond it on any side
 * (TA-Lib gives 100 where it lies wholly inside, 80 where an end is equal; both count).
 */
export const harami = pattern(
  2,
  (c, i) =>
    c.isBlack(i - 1) &&
    c.isLong(i - 1) &&
    c.isShort(i) &&
    c.bodyTop(i) <= c.bodyTop(i - 1) &&
    c.bodyBottom(i) >= c.bodyBottom(i - 1),
)

/** Two long bodies, black then white; the white one opens below the black one's low and closes above the middle of its body, below its open. */
export const piercingLine = pattern(2, (c, i) => c.isLong(i) && isPiercing(c, i))

/** The same upside down, but for its second body, which may have any length. */
export const darkCloudCover = pattern(2, isPiercing)

function isPiercing(c: CandleReader, i: number): boolean {
  return (
    c.isBlack(i - 1) &&
    c.isLong(i - 1) &&
    c.isWhite(i) &&
    c.open(i) < c.low(i - 1) &&
    c.close(i) < c.open(i - 1) &&
    2 * (c.close(i) - c.close(i - 1)) > c.body(i - 1)
  )
}

/** A black marubozu, then a white one that lies wholly above it, shadows included. */
export const kicking = pattern(
  2,
  (c, i) => c.isBlack(i - 1) && c.isWhite(i) && isMarubozu(c, i - 1) && isMarubozu(c, i) && c.low(i) > c.high(i - 1),
)

/**
 * A long black body; one at most BodyShort, wholly below it; a white one above BodyShort that closes more than 0.3 of the
 * first body above the first close.
 */
export const morningStar = pattern(3, (c, i) => isStar(c, i) && c.isShort(i - 1) && c.bodyGapsDown(i - 1))

/** A morning star whose middle body is at most BodyDoji, whatever BodyShort is. */
export const morningDojiStar = pattern(3, (c, i) => isStar(c, i) && c.isDoji(i - 1) && c.bodyGapsDown(i - 1))

/** A morning doji star whose doji lies wholly below both its neighbours, shadows included. */
export const abandonedBaby = pattern(
  3,
  (c, i) => isStar(c, i) && c.isDoji(i - 1) && c.high(i - 1) < c.low(i - 2) && c.low(i) > c.high(i - 1),
)

/** The outer two candles of a star. */
function isStar(c: CandleReader, i: number): boolean {
  return (
    c.isBlack(i - 2) &&
    c.isLong(i - 2) &&
    c.isWhite(i) &&
    c.isSizable(i) &&
    10 * (c.close(i) - c.close(i - 2)) > 3 * c.body(i - 2)
  )
}

/** A long black body, one at most BodyShort that lies strictly inside it, and a white candle that closes above the first open. */
export const threeInside = pattern(
  3,
  (c, i) =>
    c.isBlack(i - 2) &&
    c.isLong(i - 2) &&
    c.isShort(i - 1) &&
    c.bodyTop(i - 1) < c.bodyTop(i - 2) &&
    c.bodyBottom(i - 1) > c.bodyBottom(i - 2) &&
    c.isWhite(i) &&
    c.close(i) > c.open(i - 2),
)

/**
 * Black, a white body that reaches beyond it on both sides, and any candle that closes higher still. TA-Lib leaves out
 * one candle more than it looks at.
 */
export const threeOutside = pattern(
  3,
  (c, i) =>
    c.isBlack(i - 2) &&
    c.isWhite(i - 1) &&
    c.close(i - 1) > c.open(i - 2) &&
    c.open(i - 1) < c.close(i - 2) &&
    c.close(i) > c.close(i - 1),
  1,
)

/**
 * Three white candles with bare tops, each closing above the one before, each opening above its open and at most Near
 * above its close, no body shorter than the one before by Far or more, the last above BodyShort.
 */
export const threeWhiteSoldiers = pattern(
  3,
  (c, i) =>
    isSoldier(c, i - 2) &&
    isSoldier(c, i - 1) &&
    isSoldier(c, i) &&
    followsSoldier(c, i - 1) &&
    followsSoldier(c, i) &&
    c.isSizable(i),
)

function isSoldier(c: CandleReader, i: number): boolean {
  return c.isWhite(i) && c.hasBareTop(i)
}

function followsSoldier(c: CandleReader, i: number): boolean {
  return (
    c.close(i) > c.close(i - 1) &&
    c.open(i) > c.open(i - 1) &&
    c.compare(c.open(i) - c.close(i - 1), near, i - 1) <= 0 &&
    c.compare(c.body(i - 1) - c.body(i), far, i - 1) < 0
  )
}

/**
 * A white candle, then three black ones with bare bottoms: the first closes below the white one's high, each next one
 * opens inside the body before it and closes below it.
 */
export const threeBlackCrows = pattern(
  4,
  (c, i) =>
    c.isWhite(i - 3) &&
    isCrow(c, i - 2) &&
    isCrow(c, i - 1) &&
    isCrow(c, i) &&
    c.close(i - 2) < c.high(i - 3) &&
    followsCrow(c, i - 1) &&
    followsCrow(c, i),
)

function isCrow(c: CandleReader, i: number): boolean {
  return c.isBlack(i) && c.hasBareBottom(i)
}

function followsCrow(c: CandleReader, i: number): boolean {
  return c.open(i) < c.open(i - 1) && c.open(i) > c.close(i - 1) && c.close(i) < c.close(i - 1)
}

/**
 * A long white candle; three black ones with bodies below BodyShort and falling closes, of whose bodies some part lies
 * within the first one's high and low; a long white one that opens above the close before it and closes above the first
 * close.
 */
export const threeMethods = pattern(
  5,
  (c, i) =>
    c.isWhite(i - 4) &&
    c.isLong(i - 4) &&
    restsWithin(c, i - 3, i - 4) &&
    restsWithin(c, i - 2, i - 4) &&
    restsWithin(c, i - 1, i - 4) &&
    c.close(i - 2) < c.close(i - 3) &&
    c.close(i - 1) < c.close(i - 2) &&
    c.isWhite(i) &&
    c.isLong(i) &&
    c.open(i) > c.close(i - 1) &&
    c.close(i) > c.close(i - 4),
)

function restsWithin(c: CandleReader, i: number, whole: number): boolean {
  return c.isBlack(i) && c.isSmall(i) && c.bodyBottom(i) < c.high(whole) && c.bodyTop(i) > c.low(whole)
}
