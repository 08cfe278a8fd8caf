import type { Decimal } from 'decimal.js'
import { instTypeOf } from '../domain/instrument.js'
import type { AmendRequest, AttachedRequest, OrderKey, OrderRequest, Trigger } from '../domain/trading/orderRequest.js'
import type { Parameters } from './brokerTag.js'

// A body that OKX would misread is our own fault: it throws RangeError before anything is sent.

/** An order in OKX's parameters; the tag is put on where it is sent. */
export function toOrderBody(request: OrderRequest): Parameters {
  const { instType, instId, ordType, clOrdId, attached = [] } = request
  const isSpotMarket = instType === 'SPOT' && ordType === 'market'
  demandId(clOrdId)
  return {
    instId,
    ...termsBody(request),
    ordType,
    sz: positive('sz', request.sz),
    ...('px' in request && { px: positive('px', request.px) }),
    clOrdId,
    // Without them OKX picks the currency of `sz` itself, and shrinks an order that is too large.
    ...(isSpotMarket && { tgtCcy: request.tgtCcy, banAmend: true }),
    ...(attached.length > 0 && { attachAlgoOrds: attached.map((one) => toAttachedBody(instType, one)) }),
  }
}

/**
 * What orders and algo orders have in common. Long/short mode has no `reduceOnly`, spot neither that nor a `posSide`. What is
 * taken for the wrong kind of instrument has a size in the wrong unit: OKX would read 100 USDT of a swap as 100 contracts.
 */
export function termsBody({ instType, instId, tdMode, side, posSide, reduceOnly, ccy }: TermsOf): Parameters {
  if (instTypeOf(instId) !== instType) throw new RangeError(`${instId} is no ${instType}`)
  if (instType === 'SPOT' && (posSide || reduceOnly)) throw new RangeError('spot has neither posSide nor reduceOnly')
  if (posSide && reduceOnly) throw new RangeError('reduceOnly is of net mode, posSide of long/short mode')
  if (instType === 'SWAP' && tdMode === 'cash') throw new RangeError('swaps are not traded in cash')
  return {
    tdMode,
    side,
    ...(posSide && { posSide }),
    ...(reduceOnly && { reduceOnly: true }),
    ...(ccy && { ccy }),
  }
}

type TermsOf = Pick<OrderRequest, 'instType' | 'instId' | 'tdMode' | 'side' | 'posSide' | 'reduceOnly' | 'ccy'>

export function toAttachedBody(instType: OrderRequest['instType'], attached: AttachedRequest): Parameters {
  const { attachAlgoClOrdId, takeProfit, stopLoss } = attached
  if (!takeProfit && !stopLoss) throw new RangeError('an attached order has a stop or a target')
  demandId(attachAlgoClOrdId)
  return { attachAlgoClOrdId, ...stopsBody(instType, { takeProfit, stopLoss }) }
}

/** `tp…` and `sl…`; -1 is OKX's price of a market order. */
export function stopsBody(
  instType: OrderRequest['instType'],
  { takeProfit, stopLoss }: { takeProfit?: Trigger | undefined; stopLoss?: Trigger | undefined },
): Parameters {
  return {
    ...(takeProfit && {
      tpTriggerPx: positive('tpTriggerPx', takeProfit.triggerPx),
      tpTriggerPxType: pxTypeOf(instType, takeProfit),
      tpOrdPx: ordPxOf(takeProfit),
    }),
    ...(stopLoss && {
      slTriggerPx: positive('slTriggerPx', stopLoss.triggerPx),
      slTriggerPxType: pxTypeOf(instType, stopLoss),
      slOrdPx: ordPxOf(stopLoss),
    }),
  }
}

export function toAmendBody(request: AmendRequest): Parameters {
  const { newSz, newPx, cxlOnFail } = request
  if (!newSz && !newPx) throw new RangeError('an amendment has a new size or a new price')
  return {
    ...keyBody(request),
    ...(newSz && { newSz: positive('newSz', newSz) }),
    ...(newPx && { newPx: positive('newPx', newPx) }),
    ...(cxlOnFail !== undefined && { cxlOnFail }),
  }
}

export function keyBody(key: OrderKey): { instId: string } & ({ ordId: string } | { clOrdId: string }) {
  const { instId } = key
  return 'ordId' in key ? { instId, ordId: key.ordId } : { instId, clOrdId: key.clOrdId }
}

export function pxTypeOf(instType: OrderRequest['instType'], { triggerPxType = 'last' }: Trigger): string {
  if (instType === 'SPOT' && triggerPxType !== 'last') throw new RangeError(`spot has no ${triggerPxType} price`)
  return triggerPxType
}

export function ordPxOf({ ordPx }: Trigger): string {
  return ordPx ? positive('ordPx', ordPx) : '-1'
}

export function positive(name: string, value: Decimal): string {
  if (!value.isFinite() || value.lte(0)) throw new RangeError(`${name} cannot be ${value}`)
  return value.toFixed()
}

export function demandId(id: string): void {
  if (!/^[A-Za-z0-9]{1,32}$/.test(id)) throw new RangeError(`"${id}" is not 1 to 32 alphanumerics`)
}
