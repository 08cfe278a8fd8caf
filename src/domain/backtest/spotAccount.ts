import type { Order } from '../trading/toOrder.js'
import type { ExitReason, Trade } from './result.js'

/** A movement of cash: positive is received. Kept apart from the account's own balance, to be held against it. */
export interface CashEntry {
  ts: number
  kind: 'fill' | 'fee' | 'funding'
  /** Quote currency. */
  amount: number
}

/**
 * Cash and one position in coins, settled as OKX settles spot: a buy pays its fee in coins, a sell in quote currency.
 */
export class SpotAccount {
  readonly trades: Trade[] = []
  readonly ledger: CashEntry[] = []
  /** Sum of all fills, quote currency. */
  notional = 0
  side: 'flat' | 'long' = 'flat'
  private size = 0
  private spent = 0
  private entryPrice = 0
  private entryTs = 0

  /** `cash` in quote currency; `feeRate` a fraction. */
  constructor(
    private cash: number,
    private readonly feeRate: number,
  ) {}

  equityAt(price: number): number {
    return this.cash + this.size * price
  }

  enter(order: Order, price: number, ts: number): void {
    this.side = 'long'
    this.spent = order.sz
    this.size = (order.sz / price) * (1 - this.feeRate)
    this.entryPrice = price
    this.entryTs = ts
    this.cash -= order.sz
    this.notional += order.sz
    this.ledger.push(
      { ts, kind: 'fill', amount: -this.size * price },
      { ts, kind: 'fee', amount: -order.sz * this.feeRate },
    )
  }

  /** Sells the whole position. */
  exit(price: number, ts: number, reason: ExitReason): void {
    const gross = this.size * price
    const fee = gross * this.feeRate
    const pnl = gross - fee - this.spent
    this.cash += gross - fee
    this.notional += gross
    this.ledger.push({ ts, kind: 'fill', amount: gross }, { ts, kind: 'fee', amount: -fee })
    this.trades.push({
      side: 'long',
      entry_ts: this.entryTs,
      entry_price: this.entryPrice,
      exit_ts: ts,
      exit_price: price,
      size: this.size,
      pnl,
      pnl_pct: (pnl / this.spent) * 100,
      fees: this.spent * this.feeRate + fee,
      funding: 0,
      exit_reason: reason,
    })
    this.side = 'flat'
    this.size = 0
  }
}
