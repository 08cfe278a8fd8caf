import { Decimal } from 'decimal.js'
import type { Instrument } from '../../domain/instrument.js'
import type { MaxSizePayload } from '../../okx/accountPayloads.js'
import { wrong } from '../refusal.js'
import { type Account, type PosSide, positionsOf } from './account.js'
import { configRow, feeRow, leverRow } from './accountRows.js'
import { acts, done, reads } from './answers.js'
import { balanceRow } from './balanceRow.js'
import { no } from './codes.js'
import { floorTo, moneyOf, one, text, valueAt, zero } from './contract.js'
import { type Desk, instrumentOf } from './desk.js'
import { type Fields, positive, required, requiredOneOf } from './fields.js'
import { availableOf, closes, leverOf, takerRate } from './funds.js'
import { checkMode } from './orderRequest.js'
import { positionRow } from './positionRow.js'
import { setLeverage } from './setLeverage.js'
import { largestSz, reservePx } from './submitOrder.js'
import type { VenueRoute } from './venue.js'

const mostIds = 10
const mostCurrencies = 20
const mostSizes = 5

/** The account itself: `account/…`. */
export function accountRoutes(desk: Desk): Record<string, VenueRoute> {
  const user = (requestsPer2s: number) => ({ requestsPer2s, scope: 'user' }) as const
  return {
    'GET /api/v5/account/config': reads(desk, user(5), ({ account }) => done([configRow(account)])),
    'GET /api/v5/account/balance': reads(desk, user(10), ({ account, fields, now }) =>
      done([balanceRow(desk, account, now, listed(fields, 'ccy', mostCurrencies))]),
    ),
    'GET /api/v5/account/positions': reads(desk, user(10), ({ account, fields, now }) => {
      const instIds = listed(fields, 'instId', mostIds)
      const posIds = listed(fields, 'posId', mostCurrencies)
      const instType = fields.text('instType')
      const rows = [...account.positions.values()]
        .filter(({ instId }) => instIds.length === 0 || instIds.includes(instId))
        .filter(({ posId }) => posIds.length === 0 || posIds.includes(posId))
        .map((position) => positionRow(desk, account, position, now))
      return done(instType === '' ? rows : rows.filter((row) => row.instType === instType))
    }),
    'GET /api/v5/account/leverage-info': reads(desk, user(20), ({ account, fields }) => {
      const mgnMode = requiredOneOf(fields, 'mgnMode', ['cross', 'isolated'])
      const sides: PosSide[] = mgnMode === 'isolated' && account.posMode !== 'net_mode' ? ['long', 'short'] : ['net']
      const instIds = required(fields, 'instId').split(',')
      const rows = instIds.flatMap((instId) =>
        sides.map((side) =>
          leverRow(instId, mgnMode, side, leverOf(desk, account, instrumentOf(desk, instId), mgnMode, side)),
        ),
      )
      return done(rows)
    }),
    'POST /api/v5/account/set-leverage': acts(desk, user(20), ({ account, fields, now }) => {
      const { instId, mgnMode, posSide, lever } = setLeverage(desk, account, fields, now)
      return done([leverRow(instId, mgnMode, posSide, lever)])
    }),
    'POST /api/v5/account/set-position-mode': acts(desk, user(5), ({ account, fields }) => {
      const posMode = requiredOneOf(fields, 'posMode', ['net_mode', 'long_short_mode'])
      const hasSwapOrders = [...account.live.values(), ...account.liveAlgos.values()].some((x) => x.instType === 'SWAP')
      if (posMode !== account.posMode && (account.positions.size > 0 || hasSwapOrders)) throw no('59000')
      account.posMode = posMode
      return done([{ posMode }])
    }),
    'GET /api/v5/account/max-size': reads(desk, user(20), ({ account, fields, now }) => {
      const instIds = required(fields, 'instId').split(',')
      if (instIds.length > mostSizes) throw wrong('instId')
      return done(instIds.map((instId) => maxSizeRow(desk, account, instrumentOf(desk, instId), fields, now)))
    }),
    'GET /api/v5/account/trade-fee': reads(desk, user(5), ({ account, fields, now }) => {
      const instType = requiredOneOf(fields, 'instType', ['SPOT', 'SWAP', 'MARGIN', 'FUTURES', 'OPTION'])
      if (instType !== 'SPOT' && instType !== 'SWAP') return done([])
      const instId = fields.text('instId')
      if (instId !== '' && instrumentOf(desk, instId).instType !== instType) throw wrong('instId')
      return done([feeRow(desk, account, instType, now)])
    }),
  }
}

function listed(fields: Fields, name: string, most: number): string[] {
  const value = fields.text(name)
  const list = value === '' ? [] : value.split(',')
  if (list.length > most) throw wrong(name)
  return list
}

/** What an order of this kind could be at most; at market it has the same reserve as the order's own check. */
function maxSizeRow(desk: Desk, account: Account, instrument: Instrument, fields: Fields, now: number): MaxSizePayload {
  const { instId, lotSz, instType } = instrument
  const tdMode = requiredOneOf(fields, 'tdMode', ['cash', 'cross', 'isolated'])
  checkMode(account, instrument, tdMode)
  const px = positive(fields, 'px')
  const quote = desk.quotes.quote(instId, now)
  if (quote === null) throw no('51022')
  if (instType === 'SPOT') {
    const quoteBalance = availableOf(desk, account, instrument.quoteCcy, now, 'spot')
    const baseBalance = availableOf(desk, account, instrument.baseCcy, now, 'spot')
    const ask = px ?? quote.asks[0]?.px ?? quote.last
    const bid = px ?? quote.bids[0]?.px ?? quote.last
    // As documented, what can be sold is told in quote currency.
    return {
      instId,
      ccy: '',
      maxBuy: text(floorTo(lotSz, quoteBalance.div(ask))),
      maxSell: text(baseBalance.times(bid)),
    }
  }
  const mgnMode = tdMode === 'isolated' ? 'isolated' : 'cross'
  const isNet = account.posMode === 'net_mode'
  const available = availableOf(desk, account, moneyOf(instrument), now, 'margin')
  const most = (side: 'buy' | 'sell') => {
    const posSide: PosSide = isNet ? 'net' : side === 'buy' ? 'long' : 'short'
    const lever = positive(fields, 'leverage') ?? leverOf(desk, account, instrument, mgnMode, posSide)
    const held = positionsOf(account, instId).find((p) => p.mgnMode === mgnMode && p.posSide === posSide)?.pos ?? zero
    const cost = valueAt(instrument, one, reservePx(desk, side, px, quote)).times(
      one.div(lever).plus(takerRate(account, instrument)),
    )
    const closable = isNet && closes({ side, posSide }, held) ? held.abs() : zero
    const room = largestSz(desk, instId, lever).minus(closable.isZero() ? held.abs() : zero)
    const opening = Decimal.max(0, Decimal.min(floorTo(lotSz, available.div(cost)), room))
    return text(opening.plus(closable))
  }
  return { instId, ccy: moneyOf(instrument), maxBuy: most('buy'), maxSell: most('sell') }
}
