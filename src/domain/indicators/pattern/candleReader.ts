import type { Candles } from '../../candles.js'
import { closesOf, highsOf, lowsOf, opensOf } from '../exactColumn.js'
import { bodyDoji, bodyLong, bodyShort, type CandleSetting, shadowVeryShort, sumPeriods } from './candleSettings.js'

/** Prices (whole ticks where there is a tick grid) and at each candle the sums that settings are taken from. */
interface Columns extends Readonly<Record<'open' | 'high' | 'low' | 'close' | CandleSetting['sum'], Float64Array>> {}

/**
 * The candles of a series as TA-Lib's patterns look at them. A bearish pattern is often its bullish fellow upside down:
 * with `sign` -1 prices are turned around zero, so that high and low, upper and lower, white and black change places.
 *
 * On a tick grid every number is whole and every comparison exact (for ranges up to 2^53 / 100 ticks): what is equal in
 * exact arithmetic counts as equal, and goes as TA-Lib's < or <= says. TA-Lib itself compares doubles and keeps running
 * sums, so that such ties may go the other way there. Without a grid the doubles are taken as they are. Each sum is taken
 * afresh from its own candles, so that nothing depends on candles further back.
 */
export class CandleReader {
  constructor(
    private readonly columns: Columns,
    private readonly sign: 1 | -1,
  ) {}

  open(i: number): number {
    return this.sign * this.columns.open[i]
  }

  high(i: number): number {
    return this.sign > 0 ? this.columns.high[i] : -this.columns.low[i]
  }

  low(i: number): number {
    return this.sign > 0 ? this.columns.low[i] : -this.columns.high[i]
  }

  close(i: number): number {
    return this.sign * this.columns.close[i]
  }

  /** A candle that closes where it opened is white: black, that is, to a reader upside down. */
  isWhite(i: number): boolean {
    return this.columns.close[i] >= this.columns.open[i] === this.sign > 0
  }

  isBlack(i: number): boolean {
    return !this.isWhite(i)
  }

  body(i: number): number {
    return Math.abs(this.columns.close[i] - this.columns.open[i])
  }

  bodyTop(i: number): number {
    return Math.max(this.open(i), this.close(i))
  }

  bodyBottom(i: number): number {
    return Math.min(this.open(i), this.close(i))
  }

  upperShadow(i: number): number {
    return this.high(i) - this.bodyTop(i)
  }

  lowerShadow(i: number): number {
    return this.bodyBottom(i) - this.low(i)
  }

  /** Above 0 where a length is above what the setting says at candle i, 0 where it equals that, below 0 where it is below. */
  compare(length: number, { sum, times, weight }: CandleSetting, i: number): number {
    return length * weight - times * this.columns[sum][i]
  }

  /** Its body is above BodyLong. */
  isLong(i: number): boolean {
    return this.compare(this.body(i), bodyLong, i) > 0
  }

  /** Its body is above BodyShort: not short, if perhaps not long. */
  isSizable(i: number): boolean {
    return this.compare(this.body(i), bodyShort, i) > 0
  }

  /** Its body is at most BodyShort. */
  isShort(i: number): boolean {
    return this.compare(this.body(i), bodyShort, i) <= 0
  }

  /** Its body is below BodyShort. */
  isSmall(i: number): boolean {
    return this.compare(this.body(i), bodyShort, i) < 0
  }

  /** Its body is at most BodyDoji. */
  isDoji(i: number): boolean {
    return this.compare(this.body(i), bodyDoji, i) <= 0
  }

  /** Its upper shadow is below ShadowVeryShort. */
  hasBareTop(i: number): boolean {
    return this.compare(this.upperShadow(i), shadowVeryShort, i) < 0
  }

  /** Its lower shadow is below ShadowVeryShort. */
  hasBareBottom(i: number): boolean {
    return this.compare(this.lowerShadow(i), shadowVeryShort, i) < 0
  }

  /** Its body lies wholly below that of the candle before. */
  bodyGapsDown(i: number): boolean {
    return this.bodyTop(i) < this.bodyBottom(i - 1)
  }

  /** Its body lies wholly above that of the candle before. */
  bodyGapsUp(i: number): boolean {
    return this.bodyBottom(i) > this.bodyTop(i - 1)
  }
}

const readers = new WeakMap<Candles, Readonly<Record<1 | -1, CandleReader>>>()

/** The reader of a series, upright (1) or upside down (-1). Columns are computed once: candles are never changed. */
export function readCandles(candles: Candles, sign: 1 | -1): CandleReader {
  const known = readers.get(candles)
  if (known) return known[sign]
  const columns = columnsOf(candles)
  const made = { 1: new CandleReader(columns, 1), [-1]: new CandleReader(columns, -1) }
  readers.set(candles, made)
  return made[sign]
}

function columnsOf(candles: Candles): Columns {
  const open = opensOf(candles).values
  const high = highsOf(candles).values
  const low = lowsOf(candles).values
  const close = closesOf(candles).values
  const bodies = close.map((value, i) => Math.abs(value - open[i]))
  const ranges = high.map((value, i) => value - low[i])
  return {
    open,
    high,
    low,
    close,
    bodies10: sumBefore(bodies, sumPeriods.bodies10),
    ranges10: sumBefore(ranges, sumPeriods.ranges10),
    ranges5: sumBefore(ranges, sumPeriods.ranges5),
  }
}

/** At each index the sum of the `period` values before it; NaN where there are fewer. */
function sumBefore(values: Float64Array, period: number): Float64Array {
  const sums = new Float64Array(values.length).fill(Number.NaN)
  for (let i = period; i < values.length; i++) {
    let sum = 0
    for (let k = i - period; k < i; k++) sum += values[k]
    sums[i] = sum
  }
  return sums
}
