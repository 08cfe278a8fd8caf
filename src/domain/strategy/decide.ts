/** What is known when a bar has closed. Callers on a hot path keep one such object and change it in place. */
export interface DecisionState {
  /** The side that the strategy opens: `long` opens on buy and closes on sell, `short` the other way round. */
  direction: 'long' | 'short'
  position: 'flat' | 'long' | 'short'
  /** Closed bars in the position, the entry's bar included; of no meaning when flat. */
  barsHeld: number
  /** The rules at this close. */
  buy: boolean
  sell: boolean
  maxHoldBars: number | null
  /** Bars, this one included, on which no entry may be decided; 0 or less when free. */
  cooldownLeft: number
  /** False where an entry would come too late: the last bar of a backtest, an old bar after downtime. */
  mayOpen: boolean
}

export interface EnterDecision {
  readonly kind: 'enter'
  readonly side: 'long' | 'short'
}

export type Decision =
  | { readonly kind: 'hold' }
  | EnterDecision
  | { readonly kind: 'exit'; readonly reason: 'signal' | 'max_hold' }

const hold: Decision = Object.freeze({ kind: 'hold' })
const enterLong: Decision = Object.freeze({ kind: 'enter', side: 'long' })
const enterShort: Decision = Object.freeze({ kind: 'enter', side: 'short' })
const exitOnSignal: Decision = Object.freeze({ kind: 'exit', reason: 'signal' })
const exitOnMaxHold: Decision = Object.freeze({ kind: 'exit', reason: 'max_hold' })

/**
 * The one decision at a closed bar, the same live and in a backtest (STRATEGY.md sections 1 and 4). There is no
 * pyramiding; buy and sell on one bar is an exit and never an entry; a signal names the reason before `max_hold`.
 * Exits are never held back by cooldown or `mayOpen`. Allocates nothing.
 */
export function decide(state: DecisionState): Decision {
  const isLong = state.direction === 'long'
  const opens = isLong ? state.buy : state.sell
  const closes = isLong ? state.sell : state.buy
  if (state.position !== 'flat') {
    if (closes) return exitOnSignal
    return state.maxHoldBars !== null && state.barsHeld >= state.maxHoldBars ? exitOnMaxHold : hold
  }
  if (!opens || closes || !state.mayOpen || state.cooldownLeft > 0) return hold
  return isLong ? enterLong : enterShort
}
