import { Ajv } from 'ajv'
import { type TSchema, Type } from 'typebox'
import {
  AccountConfigPayload,
  AlgoOrderPayload,
  AlgoReplyPayload,
  BalancePayload,
  CancelAllAfterPayload,
  ClosePositionPayload,
  FillPayload,
  LeveragePayload,
  MaxSizePayload,
  OrderPayload,
  OrderPushPayload,
  OrderReplyPayload,
  PositionModePayload,
  PositionPayload,
  TradeFeePayload,
} from '../okx/accountPayloads.js'
import { AlgoPushPayload } from '../okx/pushPayloads.js'
import { createVenue, restoreVenue } from '../simulator/venue/createVenue.js'
import type { VenueOptions } from '../simulator/venue/desk.js'
import type { Venue, VenueAccountTerms, VenueAnswer, VenueEvent } from '../simulator/venue/venue.js'
import { type ScriptedQuotes, scriptedQuotes } from './scriptedQuotes.js'

/** The shape of a row that a path answers with. */
const shapes: Readonly<Record<string, TSchema>> = {
  'GET account/config': AccountConfigPayload,
  'GET account/balance': BalancePayload,
  'GET account/positions': PositionPayload,
  'GET account/leverage-info': LeveragePayload,
  'POST account/set-leverage': LeveragePayload,
  'POST account/set-position-mode': PositionModePayload,
  'GET account/max-size': MaxSizePayload,
  'GET account/trade-fee': TradeFeePayload,
  'POST trade/order': OrderReplyPayload,
  'POST trade/batch-orders': OrderReplyPayload,
  'POST trade/amend-order': OrderReplyPayload,
  'POST trade/amend-batch-orders': OrderReplyPayload,
  'POST trade/cancel-order': OrderReplyPayload,
  'POST trade/cancel-batch-orders': OrderReplyPayload,
  'POST trade/close-position': ClosePositionPayload,
  'POST trade/cancel-all-after': CancelAllAfterPayload,
  'GET trade/order': OrderPayload,
  'GET trade/orders-pending': OrderPayload,
  'GET trade/orders-history': OrderPayload,
  'GET trade/orders-history-archive': OrderPayload,
  'GET trade/fills': FillPayload,
  'GET trade/fills-history': FillPayload,
  'POST trade/order-algo': AlgoReplyPayload,
  'POST trade/cancel-algos': AlgoReplyPayload,
  'POST trade/amend-algos': AlgoReplyPayload,
  'GET trade/order-algo': AlgoOrderPayload,
  'GET trade/orders-algo-pending': AlgoOrderPayload,
  'GET trade/orders-algo-history': AlgoOrderPayload,
}
const pushShapes: Readonly<Record<VenueEvent['channel'], TSchema>> = {
  orders: OrderPushPayload,
  positions: PositionPayload,
  account: BalancePayload,
  'orders-algo': AlgoOrderPayload,
  'algo-advance': AlgoPushPayload,
}

const ajv = new Ajv()
const isEach = new Map(
  [...Object.values(shapes), ...Object.values(pushShapes)].map((shape) => [shape, ajv.compile(Type.Array(shape))]),
)

function checkRows(what: string, shape: TSchema, rows: readonly unknown[]): void {
  const isRows = isEach.get(shape)
  if (!isRows?.(rows)) throw new Error(`${what}: ${ajv.errorsText(isRows?.errors)}`)
}

export type Row = Readonly<Record<string, string>>

export interface OpenVenue {
  readonly quotes: ScriptedQuotes
  venue: Venue
  /** The time of the next calls; it does not move by itself. */
  now: number
  /** The whole answer; its rows are held against the payloads that the client reads. */
  answer(route: string, parameters?: unknown): VenueAnswer
  /** The rows of an answer that has none refused. */
  rows(route: string, parameters?: object): readonly Row[]
  /** The only row. */
  row(route: string, parameters?: object): Row
  /** The code of a refusal: of the call, or of its first row. */
  refusal(route: string, parameters?: object): string
  /** Places an order and returns it as it then stands. */
  order(body: object): Row
  /** Lets the price go there by the next second, and the venue see it. */
  move(px: number | null, volume?: number): void
  /** Its events since the last call, their rows held against the payloads. */
  events(): VenueEvent[]
  /** Cash of a currency. */
  cash(ccy: string): string
  /** Saves the venue and goes on with what is restored from the JSON. */
  reopen(): void
}

export const start = Date.UTC(2024, 0, 1)
const uid = 'u1'

export interface VenueSetting {
  px?: number
  acctLv?: VenueAccountTerms['acctLv']
  posMode?: VenueAccountTerms['posMode']
  cash?: Record<string, string>
  fees?: VenueAccountTerms['fees']
  options?: VenueOptions
}

/** Fees are 0.1 % for spot, 0.05 % for swaps; makers pay 0.08 % and 0.02 %. */
export const usualFees: VenueAccountTerms['fees'] = {
  SPOT: { maker: '0.0008', taker: '0.001' },
  SWAP: { maker: '0.0002', taker: '0.0005' },
}

/** A venue with one account, `u1`, over scripted prices. */
export function openVenue(setting: VenueSetting = {}): OpenVenue {
  const {
    px = 100,
    acctLv = '2',
    posMode = 'net_mode',
    cash = { USDT: '10000' },
    fees = usualFees,
    options = {},
  } = setting
  const quotes = scriptedQuotes(px)
  const venue = createVenue(quotes, options)
  venue.openAccount(uid, { acctLv, posMode, cash, fees }, start)
  const house: OpenVenue = {
    quotes,
    venue,
    now: start,
    answer(route, parameters = {}) {
      const [method, path] = route.split(' ')
      const query = new URLSearchParams(method === 'GET' ? Object.entries(parameters as Record<string, string>) : [])
      const answer = house.venue.routes[`${method} /api/v5/${path}`].answer(uid, query, parameters, house.now)
      checkRows(route, shapes[route], answer.data)
      return answer
    },
    rows(route, parameters) {
      const answer = house.answer(route, parameters)
      if (answer.code !== '0') throw new Error(`${route}: ${JSON.stringify(answer)}`)
      return answer.data as readonly Row[]
    },
    row(route, parameters) {
      const rows = house.rows(route, parameters)
      if (rows.length !== 1) throw new Error(`${route}: ${rows.length} rows`)
      return rows[0]
    },
    refusal(route, parameters) {
      try {
        const [first] = house.answer(route, parameters).data as readonly Row[]
        return first?.sCode ?? 'done'
      } catch (error) {
        if (error instanceof Error && 'code' in error) return String(error.code)
        throw error
      }
    },
    order(body) {
      const { ordId } = house.row('POST trade/order', body)
      const { instId } = body as Row
      return house.row('GET trade/order', { instId, ordId })
    },
    move(next, volume) {
      house.now += 1000
      quotes.move(house.now, next, volume)
      house.venue.advance(house.now)
    },
    events() {
      const events = house.venue.takeEvents()
      for (const { channel, row } of events) checkRows(channel, pushShapes[channel], [row])
      return events
    },
    cash(ccy) {
      const [{ details }] = house.rows('GET account/balance') as unknown as [{ details: readonly Row[] }]
      return details.find((detail) => detail.ccy === ccy)?.cashBal ?? '0'
    },
    reopen() {
      house.venue = restoreVenue(quotes, JSON.parse(JSON.stringify(house.venue.save())), options)
    },
  }
  return house
}

/** A venue whose account trades BTC-USDT-SWAP at this leverage. */
export function openWithLever(lever: string, mgnMode: 'cross' | 'isolated', setting: VenueSetting = {}): OpenVenue {
  const house = openVenue(setting)
  house.row('POST account/set-leverage', { instId: 'BTC-USDT-SWAP', lever, mgnMode })
  return house
}

export const swapMarket = { instId: 'BTC-USDT-SWAP', tdMode: 'cross', ordType: 'market' }
export const spotMarket = { instId: 'BTC-USDT', tdMode: 'cash', ordType: 'market' }
