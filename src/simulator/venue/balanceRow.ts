import { Decimal } from 'decimal.js'
import type { BalancePayload } from '../../okx/accountPayloads.js'
import type { Account } from './account.js'
import { text, zero } from './contract.js'
import type { Desk } from './desk.js'
import { availableIn, type Funds, fundsOf, standingOf, usdOf } from './funds.js'

/** What OKX's balances have besides, and nothing here fills: other clients than ours look for it. */
const [emptyOfAll, emptyOfEach] = [
  {
    isoEq: '',
    ordFroz: '',
    upl: '',
    notionalUsd: '',
    notionalUsdForBorrow: '',
    notionalUsdForSwap: '',
    notionalUsdForFutures: '',
    notionalUsdForOption: '',
    spotCopyTradingEq: '',
    frpType: '',
    delta: '',
    deltaLever: '',
    deltaNeutralStatus: '',
  },
  {
    liab: '',
    crossLiab: '',
    isoLiab: '',
    uplLiab: '',
    interest: '',
    maxLoan: '',
    notionalLever: '',
    twap: '',
    stgyEq: '',
    spotBal: '',
    openAvgPx: '',
    accAvgPx: '',
    spotUpl: '',
    spotUplRatio: '',
    totalPnl: '',
    totalPnlRatio: '',
  },
]

/** An account's balance, in all currencies or in those given. */
export function balanceRow(desk: Desk, account: Account, now: number, only: readonly string[] = []) {
  const all = fundsOf(desk, account, now)
  const uTime = String(account.uTime)
  let totalEq = zero
  const details = []
  for (const [ccy, funds] of all) {
    const eq = equityOf(funds)
    const eqUsd = eq.times(usdOf(desk, ccy, now) ?? zero)
    totalEq = totalEq.plus(eqUsd)
    if (only.length > 0 ? only.includes(ccy) : !eq.isZero() || !funds.cash.isZero()) {
      const detail = detailRow(desk, account, all, ccy, funds, now)
      details.push({ ...detail, eqUsd: text(eqUsd), disEq: text(eqUsd), uTime, ...emptyOfEach })
    }
  }
  const whole = account.acctLv === '3' ? standingOf(desk, account, all, '', now) : null
  return {
    uTime,
    totalEq: text(totalEq),
    adjEq: whole ? text(whole.equity) : '',
    imr: whole ? text(whole.imr) : '',
    mmr: whole ? text(whole.mmr) : '',
    mgnRatio: whole?.owed.gt(0) ? text(whole.equity.div(whole.owed)) : '',
    details,
    ...emptyOfAll,
  } satisfies BalancePayload & Record<string, unknown>
}

/** Cash with what positions have gained; isolated margin is part of cash. */
const equityOf = (funds: Funds) => funds.cash.plus(funds.crossUpl).plus(funds.isolatedUpl)

function detailRow(desk: Desk, account: Account, all: Map<string, Funds>, ccy: string, funds: Funds, now: number) {
  const { isolatedMargin, isolatedUpl, crossUpl, imr, mmr, spotFrozen, orderMargin } = funds
  const isSpotMode = account.acctLv === '1'
  const standing = standingOf(desk, account, all, ccy, now)
  const ratio = account.acctLv === '2' && standing.owed.gt(0) ? text(standing.equity.div(standing.owed)) : ''
  return {
    ccy,
    eq: text(equityOf(funds)),
    cashBal: text(funds.cash),
    availBal: text(availableIn(desk, account, all, ccy, now, 'spot')),
    availEq: isSpotMode ? '' : text(Decimal.max(0, standing.available)),
    frozenBal: text(isolatedMargin.plus(imr).plus(spotFrozen).plus(orderMargin)),
    ordFrozen: text(spotFrozen.plus(orderMargin)),
    upl: isSpotMode ? '' : text(crossUpl.plus(isolatedUpl)),
    isoEq: text(isolatedMargin.plus(isolatedUpl)),
    isoUpl: text(isolatedUpl),
    imr: account.acctLv === '2' ? text(imr) : '',
    mmr: account.acctLv === '2' ? text(mmr) : '',
    mgnRatio: ratio,
  }
}
