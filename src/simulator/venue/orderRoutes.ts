import { missing, wrong } from '../refusal.js'
import { isLive, type Order, ordTypes } from './account.js'
import { acts, type Call, done, each, echo, reads } from './answers.js'
import { no } from './codes.js'
import type { Desk } from './desk.js'
import { type Fields, oneOf, requiredOneOf } from './fields.js'
import { amend, cancel, cancelAllAfter, closePosition, findOrder, isShown } from './orderActions.js'
import { readOrder } from './orderRequest.js'
import { fillRow, orderRow } from './orderRows.js'
import { pageOf } from './page.js'
import { monthsMs } from './prune.js'
import { submitOrder } from './submitOrder.js'
import type { VenueRoute } from './venue.js'

const dayMs = 86_400_000
const mostInBatch = 20
const perInstrument = { requestsPer2s: 60, scope: 'userInst' } as const
const batch = {
  requestsPer2s: 300,
  scope: 'userInst',
  weight: (body: unknown) => (Array.isArray(body) ? body.length : 1),
} as const
const instTypes = ['SPOT', 'MARGIN', 'SWAP', 'FUTURES', 'OPTION'] as const

/** Orders and fills: `trade/…` but for algo orders. */
export function orderRoutes(desk: Desk): Record<string, VenueRoute> {
  const place =
    ({ account, now }: Call) =>
    (fields: Fields) => {
      const order = submitOrder(desk, account, readOrder(desk, account, fields), now)
      return { ...reply(order, now), tag: order.tag }
    }
  const placeRefused =
    ({ now }: Call) =>
    (fields: Fields) => ({ ordId: '', clOrdId: echo(fields, 'clOrdId'), tag: echo(fields, 'tag'), ts: String(now) })
  const change =
    (act: typeof cancel, { account, now }: Call) =>
    (fields: Fields) => ({ ...reply(act(desk, account, fields, now), now), reqId: fields.text('reqId') })
  const changeRefused =
    ({ now }: Call) =>
    (fields: Fields) => ({
      ordId: echo(fields, 'ordId'),
      clOrdId: echo(fields, 'clOrdId'),
      reqId: echo(fields, 'reqId'),
      ts: String(now),
    })

  const history = (windowMs: number, requestsPer2s: number) =>
    reads(desk, { requestsPer2s, scope: 'user' }, ({ account, fields, now }) => {
      const instType = requiredOneOf(fields, 'instType', instTypes)
      const isAsked = asked(fields, ['filled', 'canceled', 'mmp_canceled'])
      const rows = pageOf(account.orders, fields, {
        id: ({ ordId }) => ordId,
        ts: ({ cTime }) => cTime,
        isAsked: (order) =>
          !isLive(order) &&
          order.instType === instType &&
          now - order.uTime <= windowMs &&
          isShown(order, now) &&
          isAsked(order),
      })
      return done(rows.map(orderRow))
    })

  const fills = (windowMs: number, requestsPer2s: number, needsInstType: boolean) =>
    reads(desk, { requestsPer2s, scope: 'user' }, ({ account, fields, now }) => {
      if (needsInstType) requiredOneOf(fields, 'instType', instTypes)
      const isOf = filters(fields, ['instType', 'instId', 'ordId'])
      const rows = pageOf(account.fills, fields, {
        id: ({ billId }) => billId,
        ts: ({ ts }) => ts,
        isAsked: (fill) => now - fill.ts <= windowMs && isOf(fill),
      })
      return done(rows.map(fillRow))
    })

  return {
    'POST /api/v5/trade/order': acts(desk, perInstrument, (call) => each([call.body], place(call), placeRefused(call))),
    'POST /api/v5/trade/batch-orders': acts(desk, batch, (call) =>
      each(listOf(call.body, mostInBatch), place(call), placeRefused(call)),
    ),
    'POST /api/v5/trade/amend-order': acts(desk, perInstrument, (call) =>
      each([call.body], change(amend, call), changeRefused(call)),
    ),
    'POST /api/v5/trade/amend-batch-orders': acts(desk, batch, (call) =>
      each(listOf(call.body, mostInBatch), change(amend, call), changeRefused(call)),
    ),
    'POST /api/v5/trade/cancel-order': acts(desk, perInstrument, (call) =>
      each([call.body], change(cancel, call), changeRefused(call)),
    ),
    'POST /api/v5/trade/cancel-batch-orders': acts(desk, batch, (call) =>
      each(listOf(call.body, mostInBatch), change(cancel, call), changeRefused(call)),
    ),
    'POST /api/v5/trade/close-position': acts(
      desk,
      { requestsPer2s: 20, scope: 'userInst' },
      ({ account, fields, now }) => done([closePosition(desk, account, fields, now)]),
    ),
    // Documented as one a second, for a user and tag.
    'POST /api/v5/trade/cancel-all-after': acts(desk, { requestsPer2s: 2, scope: 'user' }, ({ account, fields, now }) =>
      done([cancelAllAfter(account, fields, now)]),
    ),
    'GET /api/v5/trade/order': reads(desk, perInstrument, ({ account, fields, now }) => {
      const order = findOrder(account, fields, now)
      if (!order) throw no('51603')
      return done([orderRow(order)])
    }),
    'GET /api/v5/trade/orders-pending': reads(desk, { requestsPer2s: 60, scope: 'user' }, ({ account, fields }) => {
      const isAsked = asked(fields, ['live', 'partially_filled'])
      const rows = pageOf([...account.live.values()], fields, {
        id: ({ ordId }) => ordId,
        ts: ({ cTime }) => cTime,
        isAsked,
      })
      return done(rows.map(orderRow))
    }),
    'GET /api/v5/trade/orders-history': history(7 * dayMs, 40),
    'GET /api/v5/trade/orders-history-archive': history(monthsMs, 20),
    'GET /api/v5/trade/fills': fills(3 * dayMs, 60, false),
    'GET /api/v5/trade/fills-history': fills(monthsMs, 10, true),
  }
}

const reply = ({ ordId, clOrdId }: Order, now: number) => ({ ordId, clOrdId, ts: String(now) })

/** A batch: a list of at least one and at most so many. */
export function listOf(body: unknown, most: number): readonly unknown[] {
  if (!Array.isArray(body)) throw wrong('body')
  if (body.length === 0) throw missing('body')
  if (body.length > most) throw wrong('body')
  return body
}

/** Filters of order lists: instType, instId, state and (a comma list) ordType. */
function asked(fields: Fields, states: readonly string[]): (order: Order) => boolean {
  oneOf(fields, 'instType', instTypes, 'SWAP')
  oneOf(fields, 'state', states, states[0])
  const isOf = filters(fields, ['instType', 'instId', 'state'])
  const types = fields.text('ordType') === '' ? [] : fields.text('ordType').split(',')
  if (!types.every((type) => ordTypes.some((known) => known === type))) throw wrong('ordType')
  return (order) => isOf(order) && (types.length === 0 || types.includes(order.ordType))
}

/** Whether a row has the values that are asked for. */
function filters<Name extends string>(fields: Fields, names: readonly Name[]): (row: Record<Name, string>) => boolean {
  const given = names.flatMap((name) => (fields.text(name) === '' ? [] : [{ name, value: fields.text(name) }]))
  return (row) => given.every(({ name, value }) => row[name] === value)
}
