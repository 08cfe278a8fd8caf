import type { AlgoOrderPayload } from '../../okx/accountPayloads.js'
import type { Algo, Trail } from './account.js'
import { one, text, textOrEmpty } from './contract.js'
import { attachedRow, ordPxText } from './orderRows.js'

/** Where a trailing stop now goes off; null before it is active. */
export function trailStop({ ratio, spread, extreme, active }: Trail, side: 'buy' | 'sell') {
  if (!active || extreme === null) return null
  const sign = side === 'sell' ? -1 : 1
  return ratio ? extreme.times(one.plus(ratio.times(sign))) : extreme.plus((spread ?? one).times(sign))
}

/** What OKX's algo orders have besides, most of it for kinds that are not simulated: other clients than ours look for it. */
const sameForAll = {
  ccy: '',
  lever: '',
  last: '',
  pxVar: '',
  pxSpread: '',
  pxLimit: '',
  szLimit: '',
  timeInterval: '',
  quickMgnType: '',
  amendPxOnTriggerType: '0',
  isTradeBorrowMode: '',
  chaseType: '',
  chaseVal: '',
  maxChaseType: '',
  maxChaseVal: '',
  advanceOrdType: '',
  advChaseParams: [],
  subAlgoIdList: [],
}

export function algoRow(algo: Algo) {
  const { tp, sl, trigger, trail } = algo
  return {
    instType: algo.instType,
    instId: algo.instId,
    algoId: algo.algoId,
    algoClOrdId: algo.algoClOrdId,
    clOrdId: '',
    ordId: algo.ordId,
    ordIdList: algo.ordId === '' ? [] : [algo.ordId],
    tag: algo.tag,
    tdMode: algo.tdMode,
    side: algo.side,
    posSide: algo.posSide,
    ordType: algo.ordType,
    sz: textOrEmpty(algo.sz),
    closeFraction: algo.sz === null ? '1' : '',
    tgtCcy: algo.tgtCcy,
    state: algo.state,
    reduceOnly: String(algo.reduceOnly),
    tpTriggerPx: textOrEmpty(tp?.triggerPx ?? null),
    tpTriggerPxType: tp?.pxType ?? '',
    tpOrdPx: ordPxText(tp),
    slTriggerPx: textOrEmpty(sl?.triggerPx ?? null),
    slTriggerPxType: sl?.pxType ?? '',
    slOrdPx: ordPxText(sl),
    triggerPx: textOrEmpty(trigger?.triggerPx ?? null),
    triggerPxType: trigger?.pxType ?? '',
    ordPx: ordPxText(trigger),
    callbackRatio: textOrEmpty(trail?.ratio ?? null),
    callbackSpread: textOrEmpty(trail?.spread ?? null),
    activePx: textOrEmpty(trail?.activePx ?? null),
    moveTriggerPx: trail ? textOrEmpty(trailStop(trail, algo.side)) : '',
    actualSide: algo.actualSide,
    actualSz: algo.actualSz ? text(algo.actualSz) : '',
    actualPx: algo.actualPx ? text(algo.actualPx) : '',
    failCode: algo.failCode,
    attachAlgoOrds: algo.attached.map(attachedRow),
    triggerTime: algo.triggerTime === null ? '' : String(algo.triggerTime),
    cTime: String(algo.cTime),
    uTime: String(algo.uTime),
    ...sameForAll,
  } satisfies AlgoOrderPayload & Record<string, unknown>
}
