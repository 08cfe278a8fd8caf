import { Decimal } from 'decimal.js'
import { Refusal } from '../refusal.js'
import type { Account, Algo, Leg, Trail } from './account.js'
import { endAlgo } from './algoBook.js'
import { trailStop } from './algoRows.js'
import { type Desk, instrumentOf } from './desk.js'
import { positionOf } from './funds.js'
import type { Moment } from './moment.js'
import { submitOrder } from './submitOrder.js'
import { tellAlgo } from './tell.js'

/** The prices of a slice that a trigger looks at. */
interface Reach {
  high: Decimal
  low: Decimal
  mark: Decimal
}

/**
 * Sets off the algo orders whose price was reached in a slice of time; each becomes a new order, at the end of the slice.
 * Of target and stop that were both reached the stop counts. `index` is read as mark: the sources have no index price.
 */
export function fireTriggers(desk: Desk, account: Account, moment: Moment): void {
  for (const algo of [...account.liveAlgos.values()]) {
    const quote = moment.quote(algo.instId)
    if (quote === null || algo.activeTs >= moment.to || !account.liveAlgos.has(algo.algoId)) continue
    const traded = moment.traded(algo.instId, algo.activeTs)
    const reach = {
      high: Decimal.max(traded?.high ?? quote.last, quote.last),
      low: Decimal.min(traded?.low ?? quote.last, quote.last),
      mark: quote.markPx,
    }
    if (algo.sl && isReached(algo.sl, reach)) fire(desk, account, algo, algo.sl.ordPx, 'sl', moment.to)
    else if (algo.tp && isReached(algo.tp, reach)) fire(desk, account, algo, algo.tp.ordPx, 'tp', moment.to)
    else if (algo.trigger && isReached(algo.trigger, reach)) {
      fire(desk, account, algo, algo.trigger.ordPx, '', moment.to)
    } else if (algo.trail && follow(desk, account, algo, algo.trail, reach, quote.last)) {
      fire(desk, account, algo, null, '', moment.to)
    }
  }
}

function isReached({ triggerPx, pxType, rises }: Leg, { high, low, mark }: Reach): boolean {
  const px = pxType !== 'last' ? mark : rises ? high : low
  return rises ? px.gte(triggerPx) : px.lte(triggerPx)
}

/**
 * Moves a trailing stop with the market; true once the market has come back to it. Which of a slice's high and low came
 * first is not known: the stop is held against where it was before, then moved, then held against the last price.
 */
function follow(desk: Desk, account: Account, algo: Algo, trail: Trail, { high, low }: Reach, last: Decimal): boolean {
  const isHit = (px: Decimal) => {
    const stop = trailStop(trail, algo.side)
    return stop !== null && (algo.side === 'sell' ? px.lte(stop) : px.gte(stop))
  }
  if (!trail.active) {
    const { activePx, rises } = trail
    if (activePx !== null && (rises ? high.lt(activePx) : low.gt(activePx))) return false
    trail.active = true
    trail.extreme = activePx ?? last
    tellAlgo(desk, account, algo)
  } else if (isHit(algo.side === 'sell' ? low : high)) return true
  widen(trail, algo.side, high, low)
  return isHit(last)
}

/** The best price so far: the highest for a sale, the lowest for a purchase. */
export function widen(trail: Trail, side: 'buy' | 'sell', high: Decimal, low: Decimal): void {
  const extreme = trail.extreme ?? (side === 'sell' ? high : low)
  trail.extreme = side === 'sell' ? Decimal.max(extreme, high) : Decimal.min(extreme, low)
}

/** Makes an algo order the order that it stands for; if that is refused, the algo order has failed. */
function fire(
  desk: Desk,
  account: Account,
  algo: Algo,
  ordPx: Decimal | null,
  actualSide: '' | 'tp' | 'sl',
  now: number,
): void {
  algo.triggerTime = now
  algo.actualSide = actualSide
  // Ended first: its own order may close the position, and what waits for that is cancelled then.
  account.liveAlgos.delete(algo.algoId)
  const sz = algo.sz ?? positionOf(account, algo)?.pos.abs() ?? new Decimal(0)
  try {
    const order = submitOrder(
      desk,
      account,
      {
        instrument: instrumentOf(desk, algo.instId),
        tdMode: algo.tdMode,
        side: algo.side,
        posSide: algo.posSide,
        ordType: ordPx === null ? 'market' : 'limit',
        sz,
        px: ordPx,
        tgtCcy: ordPx === null ? algo.tgtCcy : '',
        reduceOnly: algo.reduceOnly,
        banAmend: false,
        clOrdId: '',
        tag: algo.tag,
        attached: algo.attached,
      },
      now,
      algo,
    )
    algo.ordId = order.ordId
    algo.actualSz = order.sz
    algo.actualPx = ordPx ?? order.avgPx
    endAlgo(desk, account, algo, 'effective', now)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    algo.failCode = error.code
    endAlgo(desk, account, algo, 'order_failed', now)
  }
}
