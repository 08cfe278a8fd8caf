import type { InstType } from '../domain/instrument.js'
import type { AlgoOrder, AlgoOrdType } from '../domain/trading/exchangeOrder.js'
import type { AlgoOutcome } from '../domain/trading/orderOutcome.js'
import type { AlgoKey, AlgoRequest, AmendAlgoRequest } from '../domain/trading/orderRequest.js'
import type { AlgoReplyPayload } from './accountPayloads.js'
import { algoKeyBody, type CallbackRatioName, toAlgoBody, toAmendAlgoBody } from './algoBody.js'
import { toAlgoOrder } from './orderMappers.js'
import { sendForOutcomes } from './outcomes.js'
import { allOf, pagesOf } from './pages.js'
import type { Query } from './rateLimits.js'
import type { SignedRest } from './rest.js'

interface AlgoQuery {
  /** OKX lists one kind at a time. */
  ordType: AlgoOrdType
  instType?: InstType
  instId?: string
}

type PastState = 'effective' | 'canceled' | 'order_failed'

/** Stops, targets and trailing stops as orders of their own. What sends follows the rules of order calls, what reads those of account calls. */
export interface AlgoCalls {
  placeAlgo(request: AlgoRequest, signal?: AbortSignal): Promise<AlgoOutcome>
  /** 10 at most, by `algoId`. */
  cancelAlgos(keys: readonly { instId: string; algoId: string }[], signal?: AbortSignal): Promise<AlgoOutcome[]>
  /** Not of a trailing stop. */
  amendAlgo(request: AmendAlgoRequest, signal?: AbortSignal): Promise<AlgoOutcome>
  pendingAlgos(query: AlgoQuery, signal?: AbortSignal): Promise<AlgoOrder[]>
  algoHistory(query: AlgoQuery & { state: PastState }, signal?: AbortSignal): AsyncGenerator<AlgoOrder[]>
  /**
   * The algo order that carries our id, wherever it is by now; null where there is none. This is how an unknown outcome is
   * looked up.
   */
  findAlgo(
    key: { algoClOrdId: string; instId: string; instType: InstType; ordType: AlgoOrdType },
    signal?: AbortSignal,
  ): Promise<AlgoOrder | null>
}

const largestBatch = 10
const pastStates: readonly PastState[] = ['effective', 'canceled', 'order_failed']
const limit = '100'

export function algoCalls(rest: SignedRest, callbackRatioName: CallbackRatioName): AlgoCalls {
  const pages = (name: 'algosPending' | 'algosHistory', query: Query, signal?: AbortSignal) =>
    pagesOf(
      name,
      (after) => rest.get(name, { ...query, limit, ...after }, signal),
      ({ algoId }) => algoId,
    )
  const byKey = {
    isOf: (row: AlgoReplyPayload, key: AlgoKey) =>
      'algoId' in key ? row.algoId === key.algoId : row.algoClOrdId === key.algoClOrdId,
    accept: (row: AlgoReplyPayload) => acceptedAlgo(row, row.algoClOrdId ?? ''),
  }

  async function pendingAlgos(query: AlgoQuery, signal?: AbortSignal): Promise<AlgoOrder[]> {
    const rows = await allOf(pages('algosPending', { ...query }, signal))
    return rows.map((row) => toAlgoOrder('algosPending', row))
  }

  async function* algoHistory(query: AlgoQuery & { state: PastState }, signal?: AbortSignal) {
    for await (const rows of pages('algosHistory', { ...query }, signal)) {
      yield rows.map((row) => toAlgoOrder('algosHistory', row))
    }
  }

  return {
    async placeAlgo(request, signal) {
      const reading = {
        isOf: (row: AlgoReplyPayload) => row.algoClOrdId === request.algoClOrdId,
        accept: (row: AlgoReplyPayload) => acceptedAlgo(row, request.algoClOrdId),
      }
      const body = toAlgoBody(request, callbackRatioName)
      const [outcome] = await sendForOutcomes(rest, 'placeAlgo', [request], body, reading, signal)
      return outcome
    },
    async cancelAlgos(keys, signal) {
      if (keys.length === 0) return []
      if (keys.length > largestBatch)
        throw new RangeError(`${largestBatch} algo orders are cancelled at once, not ${keys.length}`)
      return sendForOutcomes(rest, 'cancelAlgos', keys, keys.map(algoKeyBody), byKey, signal)
    },
    async amendAlgo(request, signal) {
      const [outcome] = await sendForOutcomes(rest, 'amendAlgos', [request], toAmendAlgoBody(request), byKey, signal)
      return outcome
    },
    pendingAlgos,
    algoHistory,
    async findAlgo({ algoClOrdId, ...query }, signal) {
      const isIt = (algo: AlgoOrder) => algo.algoClOrdId === algoClOrdId
      const pending = (await pendingAlgos(query, signal)).find(isIt)
      if (pending) return pending
      for (const state of pastStates) {
        for await (const algos of algoHistory({ ...query, state }, signal)) {
          const found = algos.find(isIt)
          if (found) return found
        }
      }
      return null
    },
  }
}

/** `algoClOrdId` is ours where the exchange does not repeat it. */
function acceptedAlgo({ algoId }: AlgoReplyPayload, algoClOrdId: string) {
  return algoId === '' ? null : { algoId, algoClOrdId }
}
