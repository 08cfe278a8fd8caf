import { Decimal } from 'decimal.js'
import type { Instrument } from '../../domain/instrument.js'

export const zero = new Decimal(0)
export const one = new Decimal(1)

/**
 * What is booked is rounded to this many decimals, so that sums of bookings stay exact (20 digits, of which 8 may be in
 * front of the point).
 */
const bookedDecimals = 12
export const booked = (amount: Decimal) => amount.toDecimalPlaces(bookedDecimals)

/** A swap's profit is in quote currency (linear), or in the coin (inverse; a contract is worth a fixed sum of quote currency). */
export const isInverse = ({ instType, settleCcy, quoteCcy }: Instrument) =>
  instType === 'SWAP' && settleCcy !== quoteCcy

/** The currency in which an instrument's value is counted: what a swap settles in, or spot's quote currency. */
export const moneyOf = (instrument: Instrument) => instrument.settleCcy ?? instrument.quoteCcy

/** Coins of linear contracts and of spot, quote currency of inverse ones. */
function units({ ctVal, ctMult }: Instrument, sz: Decimal): Decimal {
  return sz.times(ctVal ?? 1).times(ctMult ?? 1)
}

/** Worth of this size at a price, in `moneyOf`. */
export function valueAt(instrument: Instrument, sz: Decimal, px: Decimal): Decimal {
  return isInverse(instrument) ? units(instrument, sz).div(px) : units(instrument, sz).times(px)
}

/** Worth in quote currency. */
export function notionalOf(instrument: Instrument, sz: Decimal, px: Decimal): Decimal {
  return isInverse(instrument) ? units(instrument, sz) : units(instrument, sz).times(px)
}

/** What a position (`pos` negative: short) from `avgPx` has gained at `px`: linear n (P - E), inverse n (1/E - 1/P). */
export function profitOf(instrument: Instrument, pos: Decimal, avgPx: Decimal, px: Decimal): Decimal {
  const n = units(instrument, pos)
  return isInverse(instrument) ? n.div(avgPx).minus(n.div(px)) : n.times(px.minus(avgPx))
}

/** Average price of two sizes: such that their profit together is that of each. */
export function averagePx(instrument: Instrument, a: { sz: Decimal; px: Decimal }, sz: Decimal, px: Decimal): Decimal {
  const sum = a.sz.plus(sz)
  return isInverse(instrument) ? sum.div(a.sz.div(a.px).plus(sz.div(px))) : a.sz.times(a.px).plus(sz.times(px)).div(sum)
}

/**
 * The mark at which `backing` + unrealised profit has fallen to `owed` (maintenance margin and closing fee, fractions of
 * the value at mark); null where no price does. For linear long: backing + n (P - E) = owed n P.
 */
export function liquidationPx(
  instrument: Instrument,
  pos: Decimal,
  avgPx: Decimal,
  backing: Decimal,
  owed: Decimal,
): Decimal | null {
  const n = units(instrument, pos)
  // Shorts have n below 0, so that one equation serves both: what is owed is owed on |n|.
  const sign = n.isNeg() ? -1 : 1
  if (isInverse(instrument)) {
    const denominator = backing.plus(n.div(avgPx))
    const px = n.times(one.plus(owed.times(sign))).div(denominator)
    return px.isFinite() && px.gt(0) ? px : null
  }
  const px = n
    .times(avgPx)
    .minus(backing)
    .div(n.times(one.minus(owed.times(sign))))
  return px.isFinite() && px.gt(0) ? px : null
}

/** The price at which closing gains nothing after the taker fee of both ways: E (1 + f) / (1 - f) for a long. */
export function breakEvenPx(pos: Decimal, avgPx: Decimal, taker: Decimal): Decimal {
  const [more, less] = [one.plus(taker), one.minus(taker)]
  return pos.isNeg() ? avgPx.times(less).div(more) : avgPx.times(more).div(less)
}

/** Down to a whole number of steps. */
export function floorTo(step: Decimal, amount: Decimal): Decimal {
  return step.isZero() ? amount : amount.div(step).floor().times(step)
}

export const isMultiple = (amount: Decimal, step: Decimal) => step.isZero() || amount.mod(step).isZero()

/** As it is written on the wire: never with an exponent. */
export const text = (value: Decimal) => value.toFixed()
export const textOrEmpty = (value: Decimal | null) => (value === null ? '' : value.toFixed())
