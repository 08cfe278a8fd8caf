import { Decimal } from 'decimal.js'
import type { Instrument } from '../domain/instrument.js'
import type { AccountConfig, Balance, FeeRates, Leverage, Position } from '../domain/trading/account.js'
import type {
  AccountConfigPayload,
  BalancePayload,
  LeveragePayload,
  PositionPayload,
  TradeFeePayload,
} from './accountPayloads.js'
import { decimalOrNull, timeOrNull } from './decimalOrNull.js'
import { OkxPayloadError, type Source } from './okxError.js'

export function toAccountConfig(row: AccountConfigPayload): AccountConfig {
  return {
    uid: row.uid,
    mainUid: row.mainUid,
    acctLv: row.acctLv,
    posMode: row.posMode,
    perm: listOf(row.perm),
    ips: listOf(row.ip),
    level: row.level,
    label: row.label,
  }
}

export function toBalance(source: Source, row: BalancePayload): Balance {
  const details = row.details.map((detail) => ({
    ccy: detail.ccy,
    eq: new Decimal(detail.eq),
    cashBal: new Decimal(detail.cashBal),
    availBal: decimalOrNull(detail.availBal),
    availEq: decimalOrNull(detail.availEq),
    frozenBal: decimalOrNull(detail.frozenBal),
    upl: decimalOrNull(detail.upl),
    eqUsd: decimalOrNull(detail.eqUsd),
    uTime: Number(detail.uTime),
  }))
  const twice = details.find(({ ccy }, i) => details.findIndex((other) => other.ccy === ccy) < i)
  if (twice) throw new OkxPayloadError(source, 'details', `${twice.ccy} is there twice`)
  return {
    totalEq: decimalOrNull(row.totalEq),
    adjEq: decimalOrNull(row.adjEq),
    imr: decimalOrNull(row.imr),
    mmr: decimalOrNull(row.mmr),
    mgnRatio: decimalOrNull(row.mgnRatio),
    details,
    uTime: Number(row.uTime),
  }
}

/** `pos` with the sign of its side: OKX has it positive for both in long/short mode. */
export function toPosition(source: Source, row: PositionPayload): Position {
  const wrong = (field: string, detail: string) => new OkxPayloadError(source, field, `${row.instId}: ${detail}`)
  const { posSide, mgnMode } = row
  if (posSide === '') throw wrong('posSide', 'is empty')
  if (mgnMode === '') throw wrong('mgnMode', 'is empty')
  const pos = new Decimal(row.pos)
  if (posSide !== 'net' && pos.lt(0)) throw wrong('pos', `${row.pos} on the ${posSide} side`)
  const avgPx = decimalOrNull(row.avgPx)
  if (!pos.isZero() && !avgPx?.gt(0)) throw wrong('avgPx', `"${row.avgPx}" for ${row.pos} held`)
  return {
    posId: row.posId,
    instId: row.instId,
    instType: row.instType,
    mgnMode,
    posSide,
    pos: posSide === 'short' ? pos.neg() : pos,
    avgPx,
    markPx: decimalOrNull(row.markPx),
    liqPx: decimalOrNull(row.liqPx),
    lever: decimalOrNull(row.lever),
    upl: decimalOrNull(row.upl),
    margin: decimalOrNull(row.margin),
    imr: decimalOrNull(row.imr),
    mmr: decimalOrNull(row.mmr),
    mgnRatio: decimalOrNull(row.mgnRatio),
    notionalUsd: decimalOrNull(row.notionalUsd),
    realizedPnl: decimalOrNull(row.realizedPnl),
    pnl: decimalOrNull(row.pnl),
    fee: decimalOrNull(row.fee),
    fundingFee: decimalOrNull(row.fundingFee),
    liqPenalty: decimalOrNull(row.liqPenalty),
    ccy: row.ccy,
    cTime: timeOrNull(row.cTime),
    uTime: timeOrNull(row.uTime),
  }
}

/**
 * The fees of the instrument's own group (okx-facts section 6: the flat rates beside the groups are deprecated). Where the
 * exchange did not say which that is, only an answer of one group will do.
 */
export function toFeeRates(row: TradeFeePayload, { instId, groupId }: Instrument): FeeRates {
  const groups = groupId === null ? row.feeGroup : row.feeGroup.filter((group) => group.groupId === groupId)
  const [group, ...others] = groups
  if (!group || others.length > 0) {
    throw new OkxPayloadError(
      'tradeFee',
      'feeGroup',
      `${groups.length} groups for ${groupId ?? 'the unknown one'} of ${instId}`,
    )
  }
  return { level: row.level, maker: paid(group.maker), taker: paid(group.taker) }
}

export function toLeverage(row: LeveragePayload): Leverage {
  if (row.mgnMode !== 'cross' && row.mgnMode !== 'isolated') {
    throw new OkxPayloadError('setLeverage', 'mgnMode', row.mgnMode)
  }
  return { instId: row.instId, mgnMode: row.mgnMode, posSide: row.posSide || null, lever: new Decimal(row.lever) }
}

/** What one pays of what OKX writes below zero. */
function paid(rate: string): Decimal {
  const fraction = new Decimal(rate)
  return fraction.isZero() ? new Decimal(0) : fraction.neg()
}

function listOf(commas: string): string[] {
  return commas
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
}
