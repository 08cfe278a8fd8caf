import type { Decimal } from 'decimal.js'
import { type Instrument, type InstType, instTypeOf } from '../domain/instrument.js'
import type { AccountConfig, Balance, FeeRates, Leverage, MaxSize, Position } from '../domain/trading/account.js'
import type { MgnMode, PosMode, PosSide, TdMode } from '../domain/trading/tradeMode.js'
import { toAccountConfig, toBalance, toFeeRates, toLeverage, toPosition } from './accountMappers.js'
import { decimalOrNull } from './decimalOrNull.js'
import type { EndpointName } from './endpoints.js'
import { OkxPayloadError } from './okxError.js'
import { positive } from './orderBody.js'
import type { SignedRest } from './rest.js'

interface LeverageRequest {
  instId: string
  mgnMode: MgnMode
  lever: Decimal
  /** Of isolated margin in long/short mode, and of nothing else. */
  posSide?: PosSide
}

/** What an account has and how it is set. Every call throws OkxError (see its kinds), OkxPayloadError, or the signal's reason. */
export interface AccountCalls {
  config(signal?: AbortSignal): Promise<AccountConfig>
  balance(signal?: AbortSignal): Promise<Balance>
  /** What is held; sides on which nothing is left are not among it. */
  positions(query?: { instType?: InstType; instId?: string }, signal?: AbortSignal): Promise<Position[]>
  feeRates(instrument: Instrument, signal?: AbortSignal): Promise<FeeRates>
  maxSize(query: { instId: string; tdMode: TdMode }, signal?: AbortSignal): Promise<MaxSize>
  /** Refused by OKX while orders depend on it (59107). */
  setLeverage(request: LeverageRequest, signal?: AbortSignal): Promise<Leverage[]>
  /** Refused by OKX with open positions or orders (59000). */
  setPositionMode(posMode: PosMode, signal?: AbortSignal): Promise<void>
}

export function accountCalls({ get, set }: SignedRest): AccountCalls {
  return {
    async config(signal) {
      return toAccountConfig(only('accountConfig', await get('accountConfig', {}, signal)))
    },
    async balance(signal) {
      return toBalance('balance', only('balance', await get('balance', {}, signal)))
    },
    async positions({ instType, instId } = {}, signal) {
      const query = { ...(instType && { instType }), ...(instId && { instId }) }
      const rows = await get('positions', query, signal)
      return rows.map((row) => toPosition('positions', row)).filter(({ pos }) => !pos.isZero())
    },
    async feeRates(instrument, signal) {
      const { instType, instId } = instrument
      const query = instType === 'SPOT' ? { instType, instId } : { instType, instFamily: instId.replace(/-SWAP$/, '') }
      return toFeeRates(only('tradeFee', await get('tradeFee', query, signal)), instrument)
    },
    async maxSize({ instId, tdMode }, signal) {
      const row = only('maxSize', await get('maxSize', { instId, tdMode }, signal))
      if (row.instId !== instId) throw new OkxPayloadError('maxSize', 'instId', `${row.instId} for ${instId}`)
      return { maxBuy: decimalOrNull(row.maxBuy), maxSell: decimalOrNull(row.maxSell) }
    },
    async setLeverage({ instId, mgnMode, lever, posSide }, signal) {
      if (instTypeOf(instId) !== 'SWAP') throw new RangeError(`${instId} has no leverage to set`)
      if (posSide && mgnMode === 'cross') throw new RangeError('the leverage of cross margin is of no side')
      const body = { instId, mgnMode, lever: positive('lever', lever), ...(posSide && { posSide }) }
      const answered = (await set('setLeverage', body, signal)).map(toLeverage)
      if (answered.length === 0 || answered.some((one) => !one.lever.eq(lever))) {
        throw new OkxPayloadError('setLeverage', 'lever', `is not ${lever} after it was set`)
      }
      return answered
    },
    async setPositionMode(posMode, signal) {
      const row = only('setPositionMode', await set('setPositionMode', { posMode }, signal))
      if (row.posMode !== posMode) throw new OkxPayloadError('setPositionMode', 'posMode', `${row.posMode}`)
    },
  }
}

/** The one row of an answer that has no more. */
export function only<Row>(endpoint: EndpointName, rows: readonly Row[]): Row {
  const [row, ...others] = rows
  if (row === undefined || others.length > 0) throw new OkxPayloadError(endpoint, 'data', `has ${rows.length} rows`)
  return row
}
