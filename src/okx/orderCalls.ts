import type { CloseOutcome, OrderOutcome } from '../domain/trading/orderOutcome.js'
import type { AmendRequest, ClosePositionRequest, OrderKey, OrderRequest } from '../domain/trading/orderRequest.js'
import { only } from './accountCalls.js'
import type { OrderReplyPayload } from './accountPayloads.js'
import { demandId, keyBody, toAmendBody, toOrderBody } from './orderBody.js'
import { sendForOutcomes } from './outcomes.js'
import type { SignedRest } from './rest.js'

/**
 * Everything that moves orders. A call is sent once, whatever happens: what became of it is a value, and `unknown` is to be
 * looked up by its id, not sent again. (The one exception: a refusal for its timestamp is known not to have been carried
 * out, and is sent again at once with the clock read anew.) Refusals that pass are handed on as `retry`, for only the
 * caller knows whether the decision still holds. A signal ends the wait for room within the limits, by throwing its reason;
 * what is sent is seen through.
 */
export interface OrderCalls {
  place(request: OrderRequest, signal?: AbortSignal): Promise<OrderOutcome>
  /** 20 at most, each with an outcome of its own, in the order given. */
  placeBatch(requests: readonly OrderRequest[], signal?: AbortSignal): Promise<OrderOutcome[]>
  /** A refusal with `cxlOnFail` is `unknown`: the order may have been cancelled for it. Read it. */
  amend(request: AmendRequest, signal?: AbortSignal): Promise<OrderOutcome>
  /** `unknown` with 51400 or 51603: it was not live any more. Read it to see whether it is filled or cancelled. */
  cancel(key: OrderKey, signal?: AbortSignal): Promise<OrderOutcome>
  /** 20 at most. */
  cancelBatch(keys: readonly OrderKey[], signal?: AbortSignal): Promise<OrderOutcome[]>
  /** All of a position at market; orders that would close it are cancelled first. */
  closePosition(request: ClosePositionRequest, signal?: AbortSignal): Promise<CloseOutcome>
  /**
   * The dead-man switch: all pending orders are cancelled so many seconds from now (10 to 120; 0 turns it off) unless it is
   * set anew. It carries the broker tag as its filter, so that orders which the account's owner placed by other means stay.
   * Answers when it will act, epoch ms; null once off. Throws as account calls do.
   */
  cancelAllAfter(timeOutS: number, signal?: AbortSignal): Promise<number | null>
}

const largestBatch = 20

export function orderCalls(rest: SignedRest): OrderCalls {
  const byClOrdId = {
    isOf: (row: OrderReplyPayload, { clOrdId }: OrderRequest) => row.clOrdId === clOrdId,
    accept: (row: OrderReplyPayload, { clOrdId }: OrderRequest) => acceptedOrder(row, clOrdId),
  }
  const byKey = {
    isOf: (row: OrderReplyPayload, key: OrderKey) =>
      'ordId' in key ? row.ordId === key.ordId : row.clOrdId === key.clOrdId,
    accept: (row: OrderReplyPayload) => acceptedOrder(row, row.clOrdId),
  }
  return {
    async place(request, signal) {
      const [outcome] = await sendForOutcomes(rest, 'placeOrder', [request], toOrderBody(request), byClOrdId, signal)
      return outcome
    },
    async placeBatch(requests, signal) {
      if (requests.length === 0) return []
      demandBatch(requests.length)
      const ids = new Set(requests.map(({ clOrdId }) => clOrdId))
      if (ids.size < requests.length) throw new RangeError('two orders of a batch carry the same id')
      return sendForOutcomes(rest, 'batchOrders', requests, requests.map(toOrderBody), byClOrdId, signal)
    },
    async amend(request, signal) {
      const [outcome] = await sendForOutcomes(rest, 'amendOrder', [request], toAmendBody(request), byKey, signal)
      if (!request.cxlOnFail || outcome.outcome !== 'refused' || outcome.kind !== 'refused') return outcome
      const { code, reasonId, message } = outcome
      return { outcome: 'unknown', code, reasonId, message }
    },
    async cancel(key, signal) {
      const [outcome] = await sendForOutcomes(rest, 'cancelOrder', [key], keyBody(key), byKey, signal)
      return outcome
    },
    async cancelBatch(keys, signal) {
      if (keys.length === 0) return []
      demandBatch(keys.length)
      return sendForOutcomes(rest, 'cancelBatchOrders', keys, keys.map(keyBody), byKey, signal)
    },
    async closePosition(request, signal) {
      const { instId, mgnMode, posSide, clOrdId } = request
      demandId(clOrdId)
      const body = { instId, mgnMode, ...(posSide && { posSide }), autoCxl: true, clOrdId }
      const reading = {
        isOf: (row: { instId: string }) => row.instId === instId,
        accept: () => ({ clOrdId }),
      }
      const [outcome] = await sendForOutcomes(rest, 'closePosition', [request], body, reading, signal)
      return outcome
    },
    async cancelAllAfter(timeOutS, signal) {
      if (timeOutS !== 0 && !(timeOutS >= 10 && timeOutS <= 120))
        throw new RangeError(`${timeOutS} s is not 0 or 10 to 120`)
      const row = only('cancelAllAfter', await rest.set('cancelAllAfter', { timeOut: String(timeOutS) }, signal))
      return row.triggerTime === '0' ? null : Number(row.triggerTime)
    },
  }
}

function acceptedOrder({ ordId }: OrderReplyPayload, clOrdId: string) {
  return ordId === '' ? null : { ordId, clOrdId }
}

function demandBatch(length: number): void {
  if (length > largestBatch) throw new RangeError(`a batch holds ${largestBatch} orders, not ${length}`)
}
