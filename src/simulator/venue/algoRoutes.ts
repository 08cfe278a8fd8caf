import { missing, wrong } from '../refusal.js'
import { type Algo, algoTypes } from './account.js'
import { amendAlgo, cancelAlgo, findAlgo, placeAlgo } from './algoActions.js'
import { algoRow } from './algoRows.js'
import { acts, done, each, echo, reads } from './answers.js'
import { no } from './codes.js'
import type { Desk } from './desk.js'
import { type Fields, oneOf, required } from './fields.js'
import { listOf } from './orderRoutes.js'
import { pageOf } from './page.js'
import { monthsMs } from './prune.js'
import type { VenueRoute } from './venue.js'

const mostCancelled = 10
const perInstrument = { requestsPer2s: 20, scope: 'userInst' } as const
const perUser = { requestsPer2s: 20, scope: 'user' } as const

/** Algo orders: conditional, oco, trigger, move_order_stop. */
export function algoRoutes(desk: Desk): Record<string, VenueRoute> {
  const reply = ({ algoId, algoClOrdId, tag }: Algo) => ({ algoId, clOrdId: '', algoClOrdId, tag })
  const refused = (fields: Fields) => ({
    algoId: echo(fields, 'algoId'),
    clOrdId: '',
    algoClOrdId: echo(fields, 'algoClOrdId'),
    tag: echo(fields, 'tag'),
  })
  return {
    'POST /api/v5/trade/order-algo': acts(desk, perInstrument, ({ account, body, now }) =>
      each([body], (fields) => reply(placeAlgo(desk, account, fields, now)), refused),
    ),
    'POST /api/v5/trade/cancel-algos': acts(desk, perInstrument, ({ account, body, now }) =>
      each(listOf(body, mostCancelled), (fields) => reply(cancelAlgo(desk, account, fields, now)), refused),
    ),
    'POST /api/v5/trade/amend-algos': acts(desk, perInstrument, ({ account, body, now }) =>
      each(
        [body],
        (fields) => ({ ...reply(amendAlgo(desk, account, fields, now)), reqId: fields.text('reqId') }),
        refused,
      ),
    ),
    'GET /api/v5/trade/order-algo': reads(desk, perUser, ({ account, fields }) => {
      const algo = findAlgo(account, fields)
      if (!algo) throw no('51603')
      return done([algoRow(algo)])
    }),
    'GET /api/v5/trade/orders-algo-pending': reads(desk, perUser, ({ account, fields }) => {
      const isAsked = asked(fields)
      return done(page([...account.liveAlgos.values()], fields, isAsked))
    }),
    'GET /api/v5/trade/orders-algo-history': reads(desk, perUser, ({ account, fields, now }) => {
      const isAsked = asked(fields)
      const algoId = fields.text('algoId')
      const state = oneOf(fields, 'state', ['', 'effective', 'canceled', 'order_failed'], '')
      if (state === '' && algoId === '') throw missing('state')
      const isOver = (algo: Algo) => algo.state !== 'live' && now - algo.uTime <= monthsMs
      return done(
        page(account.algos, fields, (algo) => isOver(algo) && (state === '' || algo.state === state) && isAsked(algo)),
      )
    }),
  }
}

function page(algos: readonly Algo[], fields: Fields, isAsked: (algo: Algo) => boolean) {
  return pageOf(algos, fields, { id: ({ algoId }) => algoId, ts: ({ cTime }) => cTime, isAsked }).map(algoRow)
}

/** `ordType` is required, and of several types only conditional and oco may be asked for together. */
function asked(fields: Fields): (algo: Algo) => boolean {
  const types = required(fields, 'ordType').split(',')
  const isPair = types.length === 2 && types.includes('conditional') && types.includes('oco')
  if (!isPair && !(types.length === 1 && algoTypes.some((known) => known === types[0]))) throw wrong('ordType')
  const [instType, instId, algoId, algoClOrdId] = ['instType', 'instId', 'algoId', 'algoClOrdId'].map(fields.text)
  return (algo) =>
    types.includes(algo.ordType) &&
    (instType === '' || algo.instType === instType) &&
    (instId === '' || algo.instId === instId) &&
    (algoId === '' || algo.algoId === algoId) &&
    (algoClOrdId === '' || algo.algoClOrdId === algoClOrdId)
}
