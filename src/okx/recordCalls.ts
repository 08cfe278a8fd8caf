import type { InstType } from '../domain/instrument.js'
import type { ExchangeOrder, Fill } from '../domain/trading/exchangeOrder.js'
import type { OrderKey } from '../domain/trading/orderRequest.js'
import { only } from './accountCalls.js'
import { OkxError } from './okxError.js'
import { keyBody } from './orderBody.js'
import { toExchangeOrder, toFill } from './orderMappers.js'
import { allOf, pagesOf, within } from './pages.js'
import type { SignedRest } from './rest.js'

interface Listed {
  instType?: InstType
  instId?: string
}

interface Spanned extends Listed {
  /** Epoch ms, [fromTs, toTs); of orders when they were placed, of fills when they were traded. */
  fromTs?: number
  toTs?: number
}

/** What the exchange has on record. Calls throw as account calls do. Pages are newest first and end where the record does. */
export interface RecordCalls {
  /** Null where there is no such order, or none any more: one cancelled unfilled is forgotten after two hours. Of a reused `clOrdId` the newest. */
  order(key: OrderKey, signal?: AbortSignal): Promise<ExchangeOrder | null>
  /** All that are live or partly filled. */
  pendingOrders(query?: Listed, signal?: AbortSignal): Promise<ExchangeOrder[]>
  /** Of the last seven days; of the last three months from the `archive`. */
  orderHistory(
    query: Spanned & { instType: InstType; from: 'week' | 'archive' },
    signal?: AbortSignal,
  ): AsyncGenerator<ExchangeOrder[]>
  /** Of the last three days; of the last three months from the `archive`. */
  fills(
    query: Spanned & { instType: InstType; ordId?: string; from: 'days' | 'archive' },
    signal?: AbortSignal,
  ): AsyncGenerator<Fill[]>
}

/** The largest that there are. */
const limit = '100'

export function recordCalls({ get }: SignedRest): RecordCalls {
  return {
    async order(key, signal) {
      try {
        const order = toExchangeOrder('order', only('order', await get('order', keyBody(key), signal)))
        return order
      } catch (error) {
        if (error instanceof OkxError && error.isUnknownOrder) return null
        throw error
      }
    },
    async pendingOrders(query = {}, signal) {
      const read = (after: { after?: string }) =>
        get('ordersPending', { ...listedQuery(query), limit, ...after }, signal)
      const rows = await allOf(pagesOf('ordersPending', read, ({ ordId }) => ordId))
      return rows.map((row) => toExchangeOrder('ordersPending', row))
    },
    async *orderHistory({ from, ...query }, signal) {
      const name = from === 'week' ? 'ordersHistory' : 'ordersHistoryArchive'
      const read = (after: { after?: string }) => get(name, { ...listedQuery(query), limit, ...after }, signal)
      const pages = pagesOf(name, read, ({ ordId }) => ordId)
      for await (const rows of within(pages, ({ cTime }) => Number(cTime), query)) {
        yield rows.map((row) => toExchangeOrder(name, row))
      }
    },
    async *fills({ from, ordId, ...query }, signal) {
      const name = from === 'days' ? 'fills' : 'fillsHistory'
      const read = (after: { after?: string }) =>
        get(name, { ...listedQuery(query), ...(ordId && { ordId }), limit, ...after }, signal)
      const pages = pagesOf(name, read, ({ billId }) => billId)
      for await (const rows of within(pages, ({ fillTime, ts }) => Number(fillTime || ts), query)) {
        yield rows.map((row) => toFill(name, row))
      }
    },
  }
}

function listedQuery({ instType, instId }: Listed): Record<string, string> {
  return { ...(instType && { instType }), ...(instId && { instId }) }
}
