import type { InstType } from '../instrument.js'

/** OKX's account modes: 1 spot, 2 futures, 3 multi-currency margin, 4 portfolio margin. */
export type AcctLv = '1' | '2' | '3' | '4'
export type PosMode = 'net_mode' | 'long_short_mode'
export type MgnMode = 'cross' | 'isolated'
export type TdMode = 'cash' | MgnMode
export type OrderSide = 'buy' | 'sell'
export type PosSide = 'long' | 'short'

/** `spot_account`: the account trades no contracts. `isolated_refused`: it knows cross margin only. `spot_short`: one cannot owe coins. */
export type TermsRefusal = 'spot_account' | 'isolated_refused' | 'spot_short'

/** What is to be done with a position. */
export interface TradeStep {
  instType: InstType
  action: 'open' | 'close'
  direction: PosSide
  /** How a swap's margin is held; spot does not ask. */
  mgnMode: MgnMode
}

/** A trade step in OKX's terms; what OKX must not be sent is not there. */
export interface TradeTerms {
  readonly kind: 'terms'
  readonly tdMode: TdMode
  readonly side: OrderSide
  /** Of a swap in long/short mode only. */
  readonly posSide?: PosSide
  /** Of what closes a swap in net mode only: long/short mode has its `posSide` for that. */
  readonly reduceOnly?: true
}

export interface NoTerms {
  readonly kind: 'refusal'
  readonly reason: TermsRefusal
}

/** How an account of these modes must ask for a trade step, or why it cannot (okx-facts section 3, tdMode by account mode). */
export function tradeTermsOf(account: { acctLv: AcctLv; posMode: PosMode }, step: TradeStep): TradeTerms | NoTerms {
  const { instType, action, direction, mgnMode } = step
  const tdMode = tdModeOf(account.acctLv, instType, mgnMode)
  if (tdMode.kind === 'refusal') return tdMode
  if (instType === 'SPOT' && direction === 'short') return { kind: 'refusal', reason: 'spot_short' }
  const side: OrderSide = (direction === 'long') === (action === 'open') ? 'buy' : 'sell'
  const terms = { kind: 'terms', tdMode: tdMode.tdMode, side } as const
  if (instType === 'SPOT') return terms
  if (account.posMode === 'long_short_mode') return { ...terms, posSide: direction }
  return action === 'close' ? { ...terms, reduceOnly: true } : terms
}

/** `cash` for spot up to futures mode; above, spot is `cross` and contracts can be nothing else. */
export function tdModeOf(
  acctLv: AcctLv,
  instType: InstType,
  mgnMode: MgnMode,
): { readonly kind: 'tdMode'; readonly tdMode: TdMode } | NoTerms {
  const isUnified = acctLv === '3' || acctLv === '4'
  if (instType === 'SPOT') return { kind: 'tdMode', tdMode: isUnified ? 'cross' : 'cash' }
  if (acctLv === '1') return { kind: 'refusal', reason: 'spot_account' }
  if (isUnified && mgnMode === 'isolated') return { kind: 'refusal', reason: 'isolated_refused' }
  return { kind: 'tdMode', tdMode: mgnMode }
}
