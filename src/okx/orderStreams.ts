import { Decimal } from 'decimal.js'
import type { AlgoOrder, ExchangeOrder } from '../domain/trading/exchangeOrder.js'
import { OrderPushPayload } from './accountPayloads.js'
import type { StateStream } from './accountStreams.js'
import { type Feed, openFeed } from './feed.js'
import { createKeyedState } from './keyedState.js'
import { type OrderPush, toAlgoPush, toOrderPush } from './pushMappers.js'
import { AlgoPushPayload } from './pushPayloads.js'
import { createPushReader } from './pushReader.js'
import type { StreamTools } from './streamTools.js'
import type { OrderFill, OrderUpdate, Reading } from './streamTypes.js'

export interface OrdersListener {
  /** Every change of an order once, in order. */
  update?(update: OrderUpdate): void
  /** Orders that ended while nothing was heard, as they last were: how they ended is to be looked up. */
  vanished?(orders: readonly ExchangeOrder[]): void
  /** Something came in, or it went stale, or became fresh: the reading says which. */
  changed?(reading: Reading<ExchangeOrder[]>): void
}

export interface AlgoOrdersListener {
  update?(order: AlgoOrder, isStale: boolean): void
  vanished?(orders: readonly AlgoOrder[]): void
  changed?(reading: Reading<AlgoOrder[]>): void
}

const openStates: readonly string[] = ['live', 'partially_filled']
const rankOfState = { live: 0, partially_filled: 1, canceled: 2, mmp_canceled: 2, filled: 2 } as const
const hasEnded = ({ state }: ExchangeOrder) => !openStates.includes(state)

/** What ended stays so; then the time of the change decides, then how much is filled: it never becomes less. */
function compareOrders(row: ExchangeOrder, known: ExchangeOrder): number {
  if (hasEnded(known) && !hasEnded(row)) return -1
  return (
    row.uTime - known.uTime ||
    row.accFillSz.comparedTo(known.accFillSz) ||
    rankOfState[row.state] - rankOfState[known.state] ||
    (isSame(row, known) ? 0 : 1)
  )
}

function isSame(row: object, known: object): boolean {
  return JSON.stringify(row) === JSON.stringify(known)
}

/** How many ended orders are remembered with their trades. */
const mostEnded = 1000

/** The trades that were told, by order. */
function createFillBook() {
  /** `missing`: how much is known to be filled by trades that were not told. */
  const told = new Map<string, { tradeIds: Set<string>; sz: Decimal; missing: Decimal }>()
  const ended: string[] = []

  function entryOf(ordId: string) {
    let entry = told.get(ordId)
    if (!entry) {
      entry = { tradeIds: new Set(), sz: new Decimal(0), missing: new Decimal(0) }
      told.set(ordId, entry)
    }
    return entry
  }

  return {
    /** False if it was told before. `isLate`: what is known of the order was filled by it already. */
    add(ordId: string, fill: OrderFill, isLate: boolean): boolean {
      const entry = entryOf(ordId)
      if (entry.tradeIds.has(fill.tradeId)) return false
      entry.tradeIds.add(fill.tradeId)
      entry.sz = entry.sz.plus(fill.fillSz)
      if (isLate) entry.missing = Decimal.max(0, entry.missing.minus(fill.fillSz))
      return true
    },
    /** Whether more was filled than was told; it is told by that. */
    isShort({ ordId, accFillSz }: ExchangeOrder): boolean {
      const entry = entryOf(ordId)
      const missing = accFillSz.minus(entry.sz)
      if (!missing.greaterThan(entry.missing)) return false
      entry.missing = missing
      return true
    },
    end(ordId: string): void {
      ended.push(ordId)
      if (ended.length > mostEnded) told.delete(ended.shift() ?? '')
    },
  }
}

const readOrders = createPushReader(OrderPushPayload, toOrderPush)

/** The open orders of all instruments, and what happens to orders. */
export function openOrders(tools: StreamTools, listener: OrdersListener): StateStream<ExchangeOrder[]> {
  const state = createKeyedState<ExchangeOrder>({
    keyOf: ({ ordId }) => ordId,
    compare: compareOrders,
    hasEnded,
    takesTies: false,
  })
  const fills = createFillBook()
  let refillTurn = 0

  function tell(order: ExchangeOrder, fill: OrderFill | null, failCode: string | null, isStale: boolean): void {
    listener.update?.({ order, fill, failCode, isStale, isMissingFills: fills.isShort(order) })
  }

  function take({ order, fill, failCode }: OrderPush): void {
    const isNew = state.take(order)
    const isFillNew = fill !== null && fills.add(order.ordId, fill, !isNew)
    if (isNew && hasEnded(order)) fills.end(order.ordId)
    if (!isNew && !isFillNew) return
    tell(state.get(order.ordId) ?? order, isFillNew ? fill : null, failCode, feed.freshness().isStale)
  }

  const read = (): Reading<ExchangeOrder[]> => ({ value: state.rows(), ...feed.freshness() })
  const feed: Feed = openFeed(
    {
      name: 'orders',
      socket: tools.privateSocket(),
      args: [{ channel: 'orders', instType: 'ANY' }],
      read: readOrders(tools.problems),
      refill(signal) {
        refillTurn = state.turn()
        return tools.refill.pendingOrders(signal)
      },
      take(rows) {
        for (const row of rows) take(row)
        return true
      },
      fill(rows) {
        const { taken, ended } = state.takeAll(rows, refillTurn)
        for (const order of taken) tell(order, null, null, false)
        for (const { ordId } of ended) fills.end(ordId)
        if (ended.length > 0) listener.vanished?.(ended)
        return true
      },
      changed: () => listener.changed?.(read()),
    },
    tools,
  )
  return { read, close: feed.close }
}

const readAlgoOrders = createPushReader(AlgoPushPayload, toAlgoPush)
const openAlgoStates: readonly string[] = ['live', 'pause', 'partially_effective']
const hasAlgoEnded = ({ state }: AlgoOrder) => !openAlgoStates.includes(state)

function compareAlgoOrders(row: AlgoOrder, known: AlgoOrder): number {
  if (hasAlgoEnded(known) && !hasAlgoEnded(row)) return -1
  return row.uTime - known.uTime || (isSame(row, known) ? 0 : 1)
}

/**
 * The open algo orders of all instruments, and what happens to them. Stops, targets and triggers come over channel
 * `orders-algo`, trailing stops, as documented, over `algo-advance`; which channels are read can be chosen.
 */
export function openAlgoOrders(
  tools: StreamTools,
  channels: readonly string[],
  listener: AlgoOrdersListener,
): StateStream<AlgoOrder[]> {
  const state = createKeyedState<AlgoOrder>({
    keyOf: ({ algoId }) => algoId,
    compare: compareAlgoOrders,
    hasEnded: hasAlgoEnded,
    takesTies: false,
  })
  let refillTurn = 0

  const read = (): Reading<AlgoOrder[]> => ({ value: state.rows(), ...feed.freshness() })
  const feed: Feed = openFeed(
    {
      name: 'ordersAlgo',
      socket: tools.businessSocket('login'),
      args: channels.map((channel) => ({ channel, instType: 'ANY' })),
      read: readAlgoOrders(tools.problems),
      refill(signal) {
        refillTurn = state.turn()
        return tools.refill.pendingAlgoOrders(signal)
      },
      take(rows) {
        for (const row of rows) if (row && state.take(row)) listener.update?.(row, feed.freshness().isStale)
        return true
      },
      fill(rows) {
        const { taken, ended } = state.takeAll(rows, refillTurn)
        for (const row of taken) listener.update?.(row, false)
        if (ended.length > 0) listener.vanished?.(ended)
        return true
      },
      changed: () => listener.changed?.(read()),
    },
    tools,
  )
  return { read, close: feed.close }
}
