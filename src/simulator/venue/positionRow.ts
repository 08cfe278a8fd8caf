import type { PositionPayload } from '../../okx/accountPayloads.js'
import type { Account, Position } from './account.js'
import { breakEvenPx, moneyOf, notionalOf, text, textOrEmpty, valueAt, zero } from './contract.js'
import { type Desk, instrumentOf } from './desk.js'
import { fundsOf, liqPxOf, standingOf, takerRate, worthOf } from './funds.js'

/** A price so many times away is no price any more. */
const farAway = 100

export const realizedPnl = ({ pnl, fee, fundingFee, liqPenalty }: Position) =>
  pnl.plus(fee).plus(fundingFee).plus(liqPenalty)

/** What OKX's positions have besides, of options and loans: other clients than ours look for it. */
const empty = {
  deltaBS: '',
  deltaPA: '',
  gammaBS: '',
  gammaPA: '',
  thetaBS: '',
  thetaPA: '',
  vegaBS: '',
  vegaPA: '',
  optVal: '',
  interest: '',
  liab: '',
  liabCcy: '',
  posCcy: '',
  hedgedPos: '',
  usdPx: '',
  tradeId: '',
}

/** A position as OKX tells it; `pos` is "0" once it is closed. */
export function positionRow(desk: Desk, account: Account, position: Position, now: number) {
  const { instId, mgnMode, posSide, pos, avgPx } = position
  const instrument = instrumentOf(desk, instId)
  const isOpen = !pos.isZero()
  const worth = worthOf(desk, account, position, now)
  const ifOpen = (value: () => string) => (isOpen ? value() : '')
  const margin = () => valueAt(instrument, pos.abs(), avgPx).div(position.lever)
  return {
    posId: position.posId,
    instId,
    instType: instrument.instType,
    mgnMode,
    posSide,
    pos: text(posSide === 'net' ? pos : pos.abs()),
    availPos: text(pos.abs()),
    avgPx: ifOpen(() => text(avgPx)),
    markPx: text(worth.markPx),
    last: textOrEmpty(desk.quotes.quote(instId, now)?.last ?? null),
    liqPx: ifOpen(() => {
      const px = liqPxOf(desk, account, position, now)
      return px === null || px.gt(worth.markPx.times(farAway)) ? '' : text(px)
    }),
    lever: text(position.lever),
    upl: ifOpen(() => text(worth.upl)),
    uplRatio: ifOpen(() => text(worth.upl.div(margin()))),
    margin: mgnMode === 'isolated' ? ifOpen(() => text(position.margin)) : '',
    imr: mgnMode === 'cross' ? ifOpen(() => text(worth.imr)) : '',
    mmr: ifOpen(() => text(worth.mmr)),
    mgnRatio: ifOpen(() => marginRatio(desk, account, position, now)),
    notionalUsd: ifOpen(() => text(notionalOf(instrument, pos.abs(), worth.markPx))),
    adl: isOpen ? '1' : '',
    bePx: ifOpen(() => text(breakEvenPx(pos, avgPx, takerRate(account, instrument)))),
    pnl: text(position.pnl),
    fee: text(position.fee),
    fundingFee: text(position.fundingFee),
    liqPenalty: text(position.liqPenalty),
    realizedPnl: text(realizedPnl(position)),
    ccy: moneyOf(instrument),
    closeOrderAlgo: [],
    cTime: String(position.cTime),
    uTime: String(position.uTime),
    pTime: String(now),
    ...empty,
  } satisfies PositionPayload & Record<string, unknown>
}

/** 1 is liquidation: isolated (margin + upl) / (mmr + closing fee), cross the same of all that backs it. */
function marginRatio(desk: Desk, account: Account, position: Position, now: number): string {
  const { upl, mmr, closeFee } = worthOf(desk, account, position, now)
  const ccy = moneyOf(instrumentOf(desk, position.instId))
  const { equity, owed } =
    position.mgnMode === 'isolated'
      ? { equity: position.margin.plus(upl), owed: mmr.plus(closeFee) }
      : standingOf(desk, account, fundsOf(desk, account, now), ccy, now)
  return owed.lte(zero) ? '' : text(equity.div(owed))
}
