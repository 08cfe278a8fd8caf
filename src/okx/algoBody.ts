import type { AlgoKey, AlgoRequest, AmendAlgoRequest, TrailingRequest } from '../domain/trading/orderRequest.js'
import type { Parameters } from './brokerTag.js'
import { demandId, ordPxOf, positive, pxTypeOf, stopsBody, termsBody, toAttachedBody } from './orderBody.js'

/** How OKX spells a trailing stop's ratio: `callbackRatio` in its documents, `callBackRatio` in its own kit (okx-facts section 3). */
export type CallbackRatioName = 'callbackRatio' | 'callBackRatio'

/** An algo order in OKX's parameters; the tag is put on where it is sent. Throws RangeError on what OKX would misread. */
export function toAlgoBody(request: AlgoRequest, callbackRatioName: CallbackRatioName): Parameters {
  const { instType, instId, algoClOrdId, size, cxlOnClosePos, tgtCcy, reduceOnly } = request
  demandId(algoClOrdId)
  if (cxlOnClosePos && !reduceOnly) throw new RangeError('cxlOnClosePos asks for reduceOnly')
  // Spot names the currency of `sz` always; of swaps OKX would read past it, and of `trigger` it refuses it.
  const takesTgtCcy = instType === 'SPOT' && request.ordType !== 'trigger'
  if (takesTgtCcy !== (tgtCcy !== undefined)) throw new RangeError(`${instId} ${request.ordType} with tgtCcy ${tgtCcy}`)
  if (instType === 'SPOT' && 'closeFraction' in size) throw new RangeError('spot has no position to close')
  return {
    instId,
    ...termsBody(request),
    ordType: request.ordType,
    ...('sz' in size ? { sz: positive('sz', size.sz) } : { closeFraction: '1' }),
    algoClOrdId,
    ...(cxlOnClosePos && { cxlOnClosePos: true }),
    ...(tgtCcy && { tgtCcy }),
    ...conditionBody(request, callbackRatioName),
  }
}

function conditionBody(request: AlgoRequest, callbackRatioName: CallbackRatioName): Parameters {
  const { instType } = request
  switch (request.ordType) {
    case 'conditional':
      if (request.stopLoss && request.takeProfit) throw new RangeError('a stop and a target together are an oco')
      return stopsBody(instType, request)
    case 'oco':
      return stopsBody(instType, request)
    case 'trigger': {
      const { trigger, attached = [] } = request
      return {
        triggerPx: positive('triggerPx', trigger.triggerPx),
        triggerPxType: pxTypeOf(instType, trigger),
        orderPx: ordPxOf(trigger),
        ...(attached.length > 0 && { attachAlgoOrds: attached.map((one) => toAttachedBody(instType, one)) }),
      }
    }
    case 'move_order_stop':
      return trailingBody(request, callbackRatioName)
  }
}

function trailingBody({ callback, activePx }: TrailingRequest, callbackRatioName: CallbackRatioName): Parameters {
  return {
    ...('ratio' in callback
      ? { [callbackRatioName]: positive(callbackRatioName, callback.ratio) }
      : { callbackSpread: positive('callbackSpread', callback.spread) }),
    ...(activePx && { activePx: positive('activePx', activePx) }),
  }
}

/** New prices of a stop or target; one that is not given stays as it is. */
export function toAmendAlgoBody(request: AmendAlgoRequest): Parameters {
  const { newSz, takeProfit, stopLoss } = request
  if (!newSz && !takeProfit && !stopLoss) throw new RangeError('an amendment has something new')
  return {
    ...algoKeyBody(request),
    ...(newSz && { newSz: positive('newSz', newSz) }),
    ...(takeProfit && {
      newTpTriggerPx: positive('newTpTriggerPx', takeProfit.triggerPx),
      newTpTriggerPxType: takeProfit.triggerPxType ?? 'last',
      newTpOrdPx: ordPxOf(takeProfit),
    }),
    ...(stopLoss && {
      newSlTriggerPx: positive('newSlTriggerPx', stopLoss.triggerPx),
      newSlTriggerPxType: stopLoss.triggerPxType ?? 'last',
      newSlOrdPx: ordPxOf(stopLoss),
    }),
  }
}

export function algoKeyBody(key: AlgoKey): { instId: string } & ({ algoId: string } | { algoClOrdId: string }) {
  const { instId } = key
  return 'algoId' in key ? { instId, algoId: key.algoId } : { instId, algoClOrdId: key.algoClOrdId }
}
