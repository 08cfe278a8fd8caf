import type { Decimal } from 'decimal.js'
import { wrong } from '../refusal.js'
import { type Account, leverKey, type MgnMode, type PosSide, positionsOf } from './account.js'
import { no } from './codes.js'
import { booked, moneyOf, valueAt, zero } from './contract.js'
import { type Desk, instrumentOf, touch } from './desk.js'
import { type Fields, oneOf, required, requiredOneOf, requiredPositive } from './fields.js'
import { availableOf, worthOf } from './funds.js'
import { largestSz } from './submitOrder.js'

export interface Leverage {
  instId: string
  mgnMode: MgnMode
  posSide: PosSide
  lever: Decimal
}

/**
 * account/set-leverage, by `instId` (by `ccy` it is for margin trading, which is not simulated: 51000). `posSide` goes with isolated
 * in long/short mode alone. Refused while orders wait (59107), beyond the instrument's leverage or its tiers' for what is held (59102),
 * and where the account cannot bear what it changes (51008). An isolated position's margin follows its leverage.
 */
export function setLeverage(desk: Desk, account: Account, fields: Fields, now: number): Leverage {
  if (account.acctLv === '1') throw no('51010')
  const instrument = instrumentOf(desk, required(fields, 'instId'))
  const { instId, instType, maxLever } = instrument
  if (instType === 'SPOT') throw wrong('instId')
  const mgnMode = requiredOneOf(fields, 'mgnMode', ['cross', 'isolated'])
  if (mgnMode === 'isolated' && account.acctLv === '3') throw no('50072')
  const hasSides = mgnMode === 'isolated' && account.posMode === 'long_short_mode'
  if (hasSides && fields.text('posSide') === '') throw wrong('posSide')
  const posSide: PosSide = oneOf<PosSide>(fields, 'posSide', hasSides ? ['long', 'short'] : ['net'], 'net')
  const lever = requiredPositive(fields, 'lever')
  if (lever.lt(1)) throw wrong('lever')
  if (maxLever && lever.gt(maxLever)) throw no('59102')
  const isOfIt = (of: { mgnMode: string; posSide: PosSide }) =>
    of.mgnMode === mgnMode && (!hasSides || of.posSide === posSide)
  for (const order of account.live.values()) {
    if (order.instId === instId && isOfIt({ mgnMode: order.tdMode, posSide: order.posSide })) throw no('59107')
  }
  const positions = positionsOf(account, instId).filter(isOfIt)
  let more = zero
  const changes = positions.map((position) => {
    if (position.pos.abs().gt(largestSz(desk, instId, lever))) throw no('59102')
    const basis = mgnMode === 'isolated' ? position.avgPx : worthOf(desk, account, position, now).markPx
    const value = valueAt(instrument, position.pos.abs(), basis)
    const change = booked(value.div(lever).minus(value.div(position.lever)))
    more = more.plus(change)
    return { position, change }
  })
  const ccy = moneyOf(instrument)
  if (more.gt(0) && more.gt(availableOf(desk, account, ccy, now, 'margin'))) throw no('51008', ccy)
  for (const { position, change } of changes) {
    if (mgnMode !== 'isolated') continue
    const { upl, mmr, closeFee } = worthOf(desk, account, position, now)
    if (position.margin.plus(change).plus(upl).lte(mmr.plus(closeFee))) throw no('51008', ccy)
  }
  for (const { position, change } of changes) {
    position.lever = lever
    if (mgnMode === 'isolated') position.margin = position.margin.plus(change)
    touch(desk, account, position)
  }
  account.levers.set(leverKey(instId, mgnMode, posSide), lever)
  return { instId, mgnMode, posSide, lever }
}
