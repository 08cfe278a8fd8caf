import type { Decimal } from 'decimal.js'
import type { InstType } from '../../domain/instrument.js'
import type { AccountConfigPayload, LeveragePayload, TradeFeePayload } from '../../okx/accountPayloads.js'
import type { Account, MgnMode, PosSide } from './account.js'
import { text } from './contract.js'
import type { Desk } from './desk.js'

/** Of instruments that say none. */
const feeGroupId = '1'

/** `perm`, `ip` and `label` are the key's, which is not known here: whoever knows it puts them in. */
export function configRow({ uid, acctLv, posMode }: Account) {
  return {
    uid,
    mainUid: uid,
    acctLv,
    posMode,
    autoLoan: false,
    greeksType: 'PA',
    level: 'Lv1',
    levelTmp: '',
    ctIsoMode: 'automatic',
    mgnIsoMode: 'automatic',
    roleType: '0',
    perm: 'read_only,trade',
    ip: '',
    label: '',
    type: '0',
    spotOffsetType: '',
    stgyType: '0',
    traderInsts: [],
    spotRoleType: '0',
    spotTraderInsts: [],
    opAuth: '0',
    kycLv: '',
    discountType: '0',
    enableSpotBorrow: false,
    spotBorrowAutoRepay: false,
    feeType: '0',
    settleCcy: '',
    settleCcyList: [],
  } satisfies AccountConfigPayload & Record<string, unknown>
}

export function leverRow(instId: string, mgnMode: MgnMode, posSide: PosSide, lever: Decimal): LeveragePayload {
  return { instId, mgnMode, posSide, lever: text(lever) }
}

/** Rates with OKX's sign: negative where one pays. Besides the groups, the fields that are deprecated and still read. */
export function feeRow({ quotes }: Desk, { fees }: Account, instType: InstType, now: number) {
  const ofType = quotes.instruments.filter((instrument) => instrument.instType === instType)
  const groupIds = new Set(ofType.map(({ groupId }) => groupId ?? feeGroupId))
  const rate = (value: Decimal) => text(value.negated())
  const [maker, taker] = [rate(fees[instType].maker), rate(fees[instType].taker)]
  const [makerU, takerU] = instType === 'SWAP' ? [maker, taker] : ['', '']
  return {
    instType,
    level: 'Lv1',
    feeGroup: [...groupIds].map((groupId) => ({ groupId, maker, taker })),
    maker,
    taker,
    makerU,
    takerU,
    makerUSDC: maker,
    takerUSDC: taker,
    delivery: '',
    exercise: '',
    settle: '',
    category: '1',
    ruleType: 'normal',
    ts: String(now),
  } satisfies TradeFeePayload & Record<string, unknown>
}
