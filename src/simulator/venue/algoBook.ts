import { type Account, type Algo, type Attached, indexAlgo, type Order } from './account.js'
import { floorTo } from './contract.js'
import { type Desk, instrumentOf, nextId } from './desk.js'
import { tellAlgo } from './tell.js'

/** What an algo order is made of. */
export type AlgoTerms = Pick<
  Algo,
  | 'algoClOrdId'
  | 'tag'
  | 'instId'
  | 'instType'
  | 'tdMode'
  | 'side'
  | 'posSide'
  | 'ordType'
  | 'sz'
  | 'tgtCcy'
  | 'reduceOnly'
  | 'cxlOnClosePos'
  | 'tp'
  | 'sl'
  | 'trigger'
  | 'trail'
  | 'attached'
>

/** Puts an algo order to wait for its price, and tells of it. */
export function addAlgo(desk: Desk, account: Account, terms: AlgoTerms, now: number): Algo {
  const algo: Algo = {
    ...terms,
    algoId: nextId(desk),
    state: 'live',
    ordId: '',
    actualSide: '',
    actualSz: null,
    actualPx: null,
    failCode: '',
    triggerTime: null,
    activeTs: now,
    cTime: now,
    uTime: now,
  }
  account.algos.push(algo)
  indexAlgo(account, algo)
  tellAlgo(desk, account, algo)
  return algo
}

/** Ends an algo order. */
export function endAlgo(desk: Desk, account: Account, algo: Algo, state: Algo['state'], now: number): void {
  algo.state = state
  algo.uTime = now
  account.liveAlgos.delete(algo.algoId)
  tellAlgo(desk, account, algo)
}

/** What was attached to an order comes to life, once that is completely filled: for what it has got, fee taken off. */
export function wakeAttached(desk: Desk, account: Account, order: Order, now: number): void {
  const instrument = instrumentOf(desk, order.instId)
  const isSpot = instrument.instType === 'SPOT'
  const got = order.feeCcy === instrument.baseCcy ? order.accFillSz.plus(order.fee) : order.accFillSz
  const sz = isSpot ? floorTo(instrument.lotSz, got) : got
  for (const attached of order.attached) {
    if (sz.lt(instrument.minSz)) {
      attached.failCode = '51020'
      attached.failReason = 'Your order should meet or exceed the minimum order amount.'
      continue
    }
    const tag = desk.terms.attachedKeepTag ? order.tag : ''
    addAlgo(
      desk,
      account,
      { ...termsOf(order, attached), sz, tag, reduceOnly: !isSpot && order.posSide === 'net' },
      now,
    )
  }
}

function termsOf(order: Order, { tp, sl, attachAlgoClOrdId }: Attached): Omit<AlgoTerms, 'sz' | 'tag' | 'reduceOnly'> {
  return {
    algoClOrdId: attachAlgoClOrdId,
    instId: order.instId,
    instType: order.instType,
    tdMode: order.tdMode,
    side: order.side === 'buy' ? 'sell' : 'buy',
    posSide: order.posSide,
    ordType: tp && sl ? 'oco' : 'conditional',
    tgtCcy: '',
    cxlOnClosePos: false,
    tp,
    sl,
    trigger: null,
    trail: null,
    attached: [],
  }
}
