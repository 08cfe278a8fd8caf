import type { EnterDecision } from '../strategy/decide.js'
import type { Risk, Sizing } from '../strategy/schema.js'

/** An instrument's size rules as floats, for sizing only; null stands for sizes without any rule. */
export interface SizeRules {
  /** Smallest order, base currency. */
  minSz: number
}

export interface OrderContext {
  sizing: Sizing
  risk: Risk
  /** Quote currency, at the decision. */
  equity: number
  /** Close of the bar on which it was decided. */
  decisionPrice: number
  /** Taker fee, a fraction. */
  feeRate: number
  sizeRules: SizeRules | null
}

/** A market order in OKX's terms: a spot buy whose `sz` is the quote currency to spend. */
export interface Order {
  readonly kind: 'order'
  readonly side: 'buy'
  readonly tgtCcy: 'quote_ccy'
  readonly sz: number
}

export type RefusalReason = 'no_equity' | 'more_than_equity' | 'no_stop' | 'below_min_size'

export interface Refusal {
  readonly kind: 'refusal'
  readonly reason: RefusalReason
}

/**
 * The order that an entry on a spot instrument becomes, or the reason why there is none. An exit needs no sizing: it
 * closes the position.
 *
 * - `percent`: spends that part of the equity; over 100 is refused.
 * - `quote`: spends that amount; refused when more than the equity.
 * - `risk`: spends what loses that percent of the equity, both fees among it, if the stop fills at its price; of stop and
 *   trailing stop the nearer counts. A stop so near that this would take more than the equity spends the equity: then
 *   less is at risk than allowed.
 */
export function toOrder(_entry: EnterDecision, context: OrderContext): Order | Refusal {
  const { equity, decisionPrice, sizeRules } = context
  if (!(equity > 0)) return refusal('no_equity')
  const sz = spend(context)
  if (sz === null) return refusal('no_stop')
  if (sz > equity) return refusal('more_than_equity')
  if (sizeRules !== null && sz / decisionPrice < sizeRules.minSz) return refusal('below_min_size')
  return { kind: 'order', side: 'buy', tgtCcy: 'quote_ccy', sz }
}

function spend({ sizing, risk, equity, feeRate }: OrderContext): number | null {
  switch (sizing.type) {
    case 'percent':
      return equity * (sizing.value / 100)
    case 'quote':
      return sizing.value
    case 'risk': {
      const stopPct = Math.min(risk.stop_loss_pct ?? Infinity, risk.trailing_stop_pct ?? Infinity)
      // 1 - (1 - fee)^2 (1 - stop) of what is spent, in a form that is just the stop where there is no fee.
      const lost = stopPct / 100 + (1 - stopPct / 100) * (2 - feeRate) * feeRate
      return stopPct === Infinity ? null : Math.min(equity, (equity * sizing.value) / 100 / lost)
    }
  }
}

function refusal(reason: RefusalReason): Refusal {
  return { kind: 'refusal', reason }
}
