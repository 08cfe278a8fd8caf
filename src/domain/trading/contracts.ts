import { Decimal } from 'decimal.js'
import type { Instrument } from '../instrument.js'

/** Divisions are rounded down so far behind any lot that no whole lot is missed or made by them. */
const Fine = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_DOWN })
/** Sizes in quote currency have no lot of their own; OKX's currencies are kept to eight decimals. */
const quoteDecimals = 8

type SizeRefusal = 'below_min_size' | 'above_max_size'

export type OrderSize =
  | { readonly kind: 'size'; readonly sz: Decimal }
  | { readonly kind: 'refusal'; readonly reason: SizeRefusal; readonly limit: Decimal }

interface SizeQuery {
  coins: Decimal
  /** Which of the largest sizes holds. */
  ordType: 'market' | 'limit'
  /** Of a coin, in quote currency; only inverse contracts, which are worth so much quote currency, ask for it. */
  price?: Decimal
}

/**
 * The `sz` of an order for so many coins: contracts for swaps, base currency for spot, rounded down to lots. Refused under
 * the smallest size and, where known, over the largest. Throws RangeError on contracts of neither currency of the pair,
 * and on inverse ones without a price: our own fault.
 */
export function orderSizeOf(instrument: Instrument, { coins, ordType, price }: SizeQuery): OrderSize {
  const sz = floorTo(toUnits(instrument, coins, price), instrument.lotSz)
  if (sz.lte(0) || sz.lt(instrument.minSz)) return refused('below_min_size', instrument.minSz)
  const largest = largestOf(instrument, ordType)
  return largest && sz.gt(largest) ? refused('above_max_size', largest) : { kind: 'size', sz }
}

/** The `sz` of a spot market buy for so much quote currency (`tgtCcy` quote_ccy). `price` tells whether it buys the smallest size. */
export function quoteSizeOf(instrument: Instrument, { quote, price }: { quote: Decimal; price: Decimal }): OrderSize {
  const sz = new Fine(quote).toDecimalPlaces(quoteDecimals, Decimal.ROUND_DOWN)
  const smallest = new Fine(instrument.minSz).mul(price)
  if (sz.lte(0) || sz.lt(smallest)) return refused('below_min_size', smallest)
  const largest = instrument.maxMktSz
  return largest && sz.gt(largest) ? refused('above_max_size', largest) : { kind: 'size', sz: new Decimal(sz) }
}

/** Coins that so many contracts are worth; spot sizes are coins. `price` as for `orderSizeOf`. */
export function coinsOf(instrument: Instrument, sz: Decimal, price?: Decimal): Decimal {
  const unit = unitOf(instrument)
  return new Decimal(unit.ccy === 'base' ? unit.value.mul(sz) : unit.value.mul(sz).div(priceFor(instrument, price)))
}

/** A price on the instrument's ticks. */
export function roundToTick(px: Decimal, { tickSz }: Instrument, direction: 'down' | 'up'): Decimal {
  const ticks = new Fine(px).div(tickSz)
  return new Decimal((direction === 'down' ? ticks.floor() : ticks.ceil()).mul(tickSz))
}

function refused(reason: SizeRefusal, limit: Decimal): OrderSize {
  return { kind: 'refusal', reason, limit: new Decimal(limit) }
}

/** A spot market order's largest size is in quote currency: it is not held against coins. */
function largestOf({ instType, maxMktSz, maxLmtSz }: Instrument, ordType: 'market' | 'limit'): Decimal | null {
  if (ordType === 'limit') return maxLmtSz
  return instType === 'SPOT' ? null : maxMktSz
}

function toUnits(instrument: Instrument, coins: Decimal, price?: Decimal): Decimal {
  const unit = unitOf(instrument)
  const value = unit.ccy === 'base' ? new Fine(coins) : new Fine(coins).mul(priceFor(instrument, price))
  return value.div(unit.value)
}

/** What one of `sz` is worth, and in which currency of the pair. */
function unitOf(instrument: Instrument): { value: Decimal; ccy: 'base' | 'quote' } {
  const { instId, instType, ctVal, ctMult, ctValCcy, baseCcy, quoteCcy } = instrument
  if (instType === 'SPOT') return { value: new Fine(1), ccy: 'base' }
  if (ctVal === null || ctMult === null) throw new RangeError(`${instId} does not say what a contract is`)
  if (ctValCcy !== baseCcy && ctValCcy !== quoteCcy) throw new RangeError(`contracts of ${instId} are in ${ctValCcy}`)
  return { value: new Fine(ctVal).mul(ctMult), ccy: ctValCcy === baseCcy ? 'base' : 'quote' }
}

function priceFor({ instId }: Instrument, price: Decimal | undefined): Decimal {
  if (!price?.gt(0)) throw new RangeError(`contracts of ${instId} are counted at a price`)
  return price
}

function floorTo(value: Decimal, step: Decimal): Decimal {
  return new Decimal(new Fine(value).div(step).floor().mul(step))
}
