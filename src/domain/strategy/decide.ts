/** What is known when a bar has closed. Callers on a hot path keep one such object and change it in place. */
export interface DecisionState {
  /**
   * The sides that the strategy opens: `long` opens on buy and closes on sell, `short` the other way round; `both` opens
   * long on buy and short on sell, and the opposite signal turns a position round.
   */
  direction: 'long' | 'short' | 'both'
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

/** Closes the position and opens the other side at one price. */
export interface ReverseDecision {
  readonly kind: 'reverse'
  readonly side: 'long' | 'short'
}

export type Decision =
  | { readonly kind: 'hold' }
  | EnterDecision
  | ReverseDecision
  | { readonly kind: 'exit'; readonly reason: 'signal' | 'max_hold' }

const hold: Decision = Object.freeze({ kind: 'hold' })
const enterLong: Decision = Object.freeze({ kind: 'enter', side: 'long' })
const enterShort: Decision = Object.freeze({ kind: 'enter', side: 'short' })
const turnLong: Decision = Object.freeze({ kind: 'reverse', side: 'long' })
const turnShort: Decision = Object.freeze({ kind: 'reverse', side: 'short' })
const exitOnSignal: Decision = Object.freeze({ kind: 'exit', reason: 'signal' })
const exitOnMaxHold: Decision = Object.freeze({ kind: 'exit', reason: 'max_hold' })

/**
 * The one decision at a closed bar, the same live and in a backtest (STRATEGY.md sections 1 and 4). There is no
 * pyramiding; buy and sell on one bar never open a position from flat, and with direction `long` or `short` only close
 * one. A signal names the reason before `max_hold`. Exits are never held back by cooldown or `mayOpen`: where an entry is,
 * a turn round only exits. It is one decision, so that the cooldown of its own exit does not hold it back.
 *
 * Where neither rule is true and no max hold is due it holds: callers may pass over such bars. Allocates nothing.
 */
export function decide(state: DecisionState): Decision {
  const { direction, position } = state
  if (position === 'flat') {
    const isFree = state.mayOpen && state.cooldownLeft <= 0 && state.buy !== state.sell
    if (!isFree) return hold
    if (state.buy) return direction === 'short' ? hold : enterLong
    return direction === 'long' ? hold : enterShort
  }
  const closes = position === 'long' ? state.sell : state.buy
  if (closes) {
    if (direction !== 'both' || !state.mayOpen || state.cooldownLeft > 0) return exitOnSignal
    return position === 'long' ? turnShort : turnLong
  }
  return state.maxHoldBars !== null && state.barsHeld >= state.maxHoldBars ? exitOnMaxHold : hold
}
