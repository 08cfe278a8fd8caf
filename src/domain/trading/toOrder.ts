import type { InstType } from '../instrument.js'
import type { EnterDecision, ReverseDecision } from '../strategy/decide.js'
import type { Risk, Sizing } from '../strategy/schema.js'
import { type Tier, tierOf } from './margin.js'

/** An instrument's size rules as floats, for sizing only; null stands for sizes without any rule. */
export interface SizeRules {
  /** Smallest order: base currency for spot, contracts for swaps. */
  minSz: number
  /** Size step of a swap, contracts; 0 where any size will do. */
  lotSz: number
  /** Coins in one contract: ctVal x ctMult; 1 for spot. */
  contractCoins: number
  /** Of a swap, by position size; empty where they are not known. */
  tiers: readonly Tier[]
}

export interface OrderContext {
  instType: InstType
  sizing: Sizing
  risk: Risk
  /** 1 for spot. */
  leverage: number
  /** Quote currency, at the decision; after the close of what is turned round. */
  equity: number
  /** Close of the bar on which it was decided. */
  decisionPrice: number
  /** Taker fee, a fraction. */
  feeRate: number
  sizeRules: SizeRules | null
}

/** A market order in OKX's terms. */
export type Order = SpotOrder | SwapOrder

/** A spot buy whose `sz` is the quote currency to spend. */
export interface SpotOrder {
  readonly kind: 'order'
  readonly instType: 'SPOT'
  readonly side: 'buy'
  readonly tgtCcy: 'quote_ccy'
  readonly sz: number
}

/** A swap order whose `sz` is contracts; coins where there are no size rules. */
export interface SwapOrder {
  readonly kind: 'order'
  readonly instType: 'SWAP'
  readonly side: 'buy' | 'sell'
  readonly sz: number
}

export type RefusalReason = 'no_equity' | 'more_than_equity' | 'no_stop' | 'below_min_size' | 'above_tier'

export interface Refusal {
  readonly kind: 'refusal'
  readonly reason: RefusalReason
}

/**
 * The order that an entry becomes, or the reason why there is none. An exit needs no sizing: it closes the position.
 * The budget is quote currency to spend on spot, and on a swap what margin and taker fee may take together:
 *
 * - `percent`: that part of the equity; over 100 is refused.
 * - `quote`: that amount; refused when more than the equity.
 * - `risk`: what loses that percent of the equity, both fees among it, if the stop fills at its price; of stop and
 *   trailing stop the nearer counts. A stop so near that this would take more than the equity takes the equity: then
 *   less is at risk than allowed.
 *
 * A swap's contracts are budget / (1 / leverage + fee) / (decision price x coins in a contract), rounded down to lots.
 */
export function toOrder(entry: EnterDecision | ReverseDecision, context: OrderContext): Order | Refusal {
  const { equity, instType } = context
  if (!(equity > 0)) return refusal('no_equity')
  const budget = budgetOf(entry.side, context)
  if (budget === null) return refusal('no_stop')
  if (budget > equity) return refusal('more_than_equity')
  return instType === 'SPOT' ? toSpotOrder(budget, context) : toSwapOrder(entry.side, budget, context)
}

function toSpotOrder(budget: number, { decisionPrice, sizeRules }: OrderContext): Order | Refusal {
  if (sizeRules !== null && budget / decisionPrice < sizeRules.minSz) return refusal('below_min_size')
  return { kind: 'order', instType: 'SPOT', side: 'buy', tgtCcy: 'quote_ccy', sz: budget }
}

function toSwapOrder(side: 'long' | 'short', budget: number, context: OrderContext): Order | Refusal {
  const { decisionPrice, leverage, sizeRules } = context
  const coins = budget / costOfNotional(context) / decisionPrice
  const sz = sizeRules === null ? coins : floorToLot(coins / sizeRules.contractCoins, sizeRules.lotSz)
  if (sz <= 0 || (sizeRules !== null && sz < sizeRules.minSz)) return refusal('below_min_size')
  if (sizeRules !== null && sizeRules.tiers.length > 0) {
    const tier = tierOf(sizeRules.tiers, sz)
    if (tier === null || leverage > tier.maxLever) return refusal('above_tier')
  }
  return { kind: 'order', instType: 'SWAP', side: side === 'long' ? 'buy' : 'sell', sz }
}

/** What a notional of 1 takes: its margin and the taker fee. */
function costOfNotional({ leverage, feeRate }: OrderContext): number {
  return 1 / leverage + feeRate
}

/** Rounded down to whole lots; a size that floats miss by a hair of its lots (0.3 / 0.1) is not taken a lot less. */
function floorToLot(sz: number, lotSz: number): number {
  if (lotSz === 0) return sz
  const lots = Math.floor((sz / lotSz) * (1 + 1e-12))
  return Number((lots * lotSz).toPrecision(15))
}

function budgetOf(side: 'long' | 'short', context: OrderContext): number | null {
  const { instType, sizing, risk, equity, feeRate } = context
  switch (sizing.type) {
    case 'percent':
      return equity * (sizing.value / 100)
    case 'quote':
      return sizing.value
    case 'risk': {
      const stopPct = Math.min(risk.stop_loss_pct ?? Infinity, risk.trailing_stop_pct ?? Infinity)
      if (stopPct === Infinity) return null
      const stop = stopPct / 100
      if (instType === 'SPOT') {
        // 1 - (1 - fee)^2 (1 - stop) of what is spent, in a form that is just the stop where there is no fee.
        const lost = stop + (1 - stop) * (2 - feeRate) * feeRate
        return Math.min(equity, (equity * sizing.value) / 100 / lost)
      }
      // Of the notional: the way to the stop, the fee of the entry, and the fee of the exit at the stop.
      const lost = stop + feeRate + feeRate * (side === 'long' ? 1 - stop : 1 + stop)
      return Math.min(equity, ((equity * sizing.value) / 100 / lost) * costOfNotional(context))
    }
  }
}

function refusal(reason: RefusalReason): Refusal {
  return { kind: 'refusal', reason }
}
