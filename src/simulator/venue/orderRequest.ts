import type { Decimal } from 'decimal.js'
import type { Instrument } from '../../domain/instrument.js'
import { missing, wrong } from '../refusal.js'
import { type Account, type Attached, type OrdType, ordTypes, type PosSide, type Side, type TdMode } from './account.js'
import { readAttached } from './attached.js'
import { no } from './codes.js'
import { isMultiple } from './contract.js'
import { type Desk, instrumentOf } from './desk.js'
import {
  clientId,
  type Fields,
  flag,
  oneOf,
  positive,
  required,
  requiredOneOf,
  requiredPositive,
  tagOf,
} from './fields.js'

/** An order as it is asked for, its parameters known to be in order. */
export interface OrderRequest {
  instrument: Instrument
  tdMode: TdMode
  side: Side
  posSide: PosSide
  ordType: OrdType
  sz: Decimal
  px: Decimal | null
  tgtCcy: '' | 'base_ccy' | 'quote_ccy'
  reduceOnly: boolean
  banAmend: boolean
  clOrdId: string
  tag: string
  attached: Attached[]
}

/** Whether an order's price is the market's. */
export const isAtMarket = (ordType: OrdType) => ordType === 'market' || ordType === 'optimal_limit_ioc'

/** Reads trade/order's body, or an element of batch-orders. Throws Refusal. */
export function readOrder(desk: Desk, account: Account, fields: Fields): OrderRequest {
  const instrument = instrumentOf(desk, required(fields, 'instId'))
  const terms = readTerms(account, instrument, fields)
  const ordType = requiredOneOf(fields, 'ordType', ordTypes)
  const sz = requiredPositive(fields, 'sz')
  const px = isAtMarket(ordType) ? null : positive(fields, 'px')
  if (!isAtMarket(ordType) && px === null) throw missing('px')
  if (px !== null && !isMultiple(px, instrument.tickSz)) throw wrong('px')
  const tgtCcy = readTgtCcy(instrument, ordType, terms.side, fields)
  if (tgtCcy !== 'quote_ccy') checkSize(instrument, sz)
  checkLargest(instrument, ordType, tgtCcy, sz)
  return {
    instrument,
    ...terms,
    ordType,
    sz,
    px,
    tgtCcy,
    banAmend: flag(fields, 'banAmend'),
    clOrdId: clientId(fields, 'clOrdId'),
    tag: tagOf(fields),
    attached: readAttached(desk, instrument, terms.side, fields),
  }
}

/** What orders and algo orders have in common: how it is margined, and whose side it is on. */
export function readTerms(account: Account, instrument: Instrument, fields: Fields) {
  const tdMode = requiredOneOf(fields, 'tdMode', ['cash', 'cross', 'isolated'])
  const side = requiredOneOf(fields, 'side', ['buy', 'sell'])
  checkMode(account, instrument, tdMode)
  const isSwap = instrument.instType === 'SWAP'
  const isNet = !isSwap || account.posMode === 'net_mode'
  if (!isNet && fields.text('posSide') === '') throw wrong('posSide')
  const posSide = isNet ? oneOf(fields, 'posSide', ['net'], 'net') : oneOf(fields, 'posSide', ['long', 'short'], 'long')
  // Reduce-only is net mode's: in long/short mode the side says it.
  const reduceOnly = flag(fields, 'reduceOnly') && isSwap && isNet
  return { tdMode, side, posSide, reduceOnly } satisfies Partial<OrderRequest>
}

/** tdMode by account mode: spot is `cash`, in multi-currency mode `cross`; swaps not in spot mode, isolated only in futures mode. */
export function checkMode({ acctLv }: Account, { instType }: Instrument, tdMode: TdMode): void {
  if (instType === 'SPOT') {
    if (tdMode !== (acctLv === '3' ? 'cross' : 'cash')) throw no('51010')
    return
  }
  if (acctLv === '1') throw no('51010')
  if (tdMode === 'cash') throw wrong('tdMode')
  if (tdMode === 'isolated' && acctLv === '3') throw no('50072')
}

/** Honoured for spot market orders alone. */
function readTgtCcy(instrument: Instrument, ordType: OrdType, side: Side, fields: Fields) {
  const given = oneOf(fields, 'tgtCcy', ['', 'base_ccy', 'quote_ccy'], '')
  if (instrument.instType !== 'SPOT' || ordType !== 'market') return ''
  return given || (side === 'buy' ? 'quote_ccy' : 'base_ccy')
}

export function checkSize({ lotSz, minSz }: Instrument, sz: Decimal): void {
  if (sz.lt(minSz)) throw no('51020')
  if (!isMultiple(sz, lotSz)) throw no('51121')
}

/**
 * The largest order: of swaps in contracts, of spot at a limit in coins, at market in quote currency. (A spot market order
 * sized in coins is let through: what it is worth is not known yet.)
 */
export function checkLargest(
  { instType, maxMktSz, maxLmtSz }: Instrument,
  ordType: OrdType,
  tgtCcy: OrderRequest['tgtCcy'],
  sz: Decimal,
): void {
  if (!isAtMarket(ordType)) {
    if (maxLmtSz && sz.gt(maxLmtSz)) throw no('51203')
  } else if (instType === 'SWAP' || tgtCcy === 'quote_ccy') {
    if (maxMktSz && sz.gt(maxMktSz)) throw no('51202')
  }
}
