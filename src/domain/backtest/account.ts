import type { InstType } from '../instrument.js'
import type { Strategy } from '../strategy/schema.js'
import { assumedTiers, liquidationPrice, type Tier, tierOf } from '../trading/margin.js'
import type { Order, SizeRules } from '../trading/toOrder.js'
import { type CashKind, Ledger } from './ledger.js'
import type { Costs, ExitReason, Trade } from './result.js'

/** Cash and at most one position. Prices are fill prices, slippage included; times are open times, epoch ms. */
export interface Account {
  readonly trades: Trade[]
  readonly ledger: Ledger
  /** Sum of all fills, quote currency. */
  readonly notional: number
  readonly side: 'flat' | 'long' | 'short'
  /** Equity at price p is `cash + coins (p - reference)`: `coins` is negative for a short, 0 when flat. */
  readonly cash: number
  readonly coins: number
  readonly reference: number
  enter(order: Order, price: number, ts: number): void
  /** Closes the whole position. */
  exit(price: number, ts: number, reason: ExitReason): void
  /** Pays or receives funding at `rate` of the notional at `mark`. */
  fund(rate: number, mark: number, ts: number): void
  /** The exchange takes the position away at its liquidation price. */
  liquidate(price: number, ts: number): void
  /** Null where no price above 0 takes it away. */
  liquidationPrice(): number | null
}

/** An account with the start equity; what rules or tiers are not known of a swap is assumed. */
export function openAccount(
  instType: InstType,
  { start_equity, fee_rate }: Costs,
  { leverage, margin_mode }: Pick<Strategy, 'leverage' | 'margin_mode'>,
  sizeRules: SizeRules | null,
): Account {
  if (instType === 'SPOT') return new SpotAccount(start_equity, fee_rate)
  const tiers = sizeRules && sizeRules.tiers.length > 0 ? sizeRules.tiers : assumedTiers
  return new SwapAccount(start_equity, fee_rate, {
    leverage,
    marginMode: margin_mode,
    contractCoins: sizeRules?.contractCoins ?? 1,
    tierOf: (sz) => tierOf(tiers, sz) ?? tiers[tiers.length - 1],
  })
}

interface OpenTrade {
  side: 'long' | 'short'
  size: number
  coins: number
  price: number
  ts: number
  /** What the trade's `pnl_pct` is of. */
  margin: number
  fees: number
  funding: number
}

abstract class CashAccount {
  readonly trades: Trade[] = []
  readonly ledger = new Ledger()
  notional = 0
  side: 'flat' | 'long' | 'short' = 'flat'
  coins = 0
  reference = 0
  /** The position while there is one, then what is left of the last: written over, for a search opens millions. */
  protected readonly open: OpenTrade = {
    side: 'long',
    size: 0,
    coins: 0,
    price: 0,
    ts: 0,
    margin: 0,
    fees: 0,
    funding: 0,
  }

  /** `cash` in quote currency; `feeRate` a fraction. */
  constructor(
    public cash: number,
    protected readonly feeRate: number,
  ) {}

  protected move(ts: number, kind: CashKind, amount: number): void {
    this.ledger.add(ts, kind, amount)
  }

  protected begin(
    side: 'long' | 'short',
    size: number,
    coins: number,
    price: number,
    ts: number,
    margin: number,
    fees: number,
  ): void {
    const { open } = this
    this.side = side
    open.side = side
    open.size = size
    open.coins = coins
    open.price = price
    open.ts = ts
    open.margin = margin
    open.fees = fees
    open.funding = 0
  }

  protected close(exit: { price: number; ts: number; reason: ExitReason; pnl: number; fee: number }): void {
    const trade = this.position()
    this.trades.push({
      side: trade.side,
      entry_ts: trade.ts,
      entry_price: trade.price,
      exit_ts: exit.ts,
      exit_price: exit.price,
      size: trade.size,
      pnl: exit.pnl,
      pnl_pct: (exit.pnl / trade.margin) * 100,
      fees: trade.fees + exit.fee,
      funding: trade.funding,
      exit_reason: exit.reason,
    })
    this.notional += trade.coins * exit.price
    this.side = 'flat'
    this.coins = 0
    this.reference = 0
  }

  protected position(): OpenTrade {
    if (this.side === 'flat') throw new Error('there is no position')
    return this.open
  }
}

/** Coins bought and sold as OKX settles spot: a buy pays its fee in coins, a sell in quote currency. */
class SpotAccount extends CashAccount implements Account {
  enter({ sz: spent }: Order, price: number, ts: number): void {
    const coins = (spent / price) * (1 - this.feeRate)
    const fees = spent * this.feeRate
    this.begin('long', coins, coins, price, ts, spent, fees)
    this.coins = coins
    this.cash -= spent
    this.notional += spent
    this.move(ts, 'fill', -coins * price)
    this.move(ts, 'fee', -fees)
  }

  exit(price: number, ts: number, reason: ExitReason): void {
    const { coins, margin: spent } = this.position()
    const gross = coins * price
    const fee = gross * this.feeRate
    this.cash += gross - fee
    this.move(ts, 'fill', gross)
    this.move(ts, 'fee', -fee)
    this.close({ price, ts, reason, pnl: gross - fee - spent, fee })
  }

  fund(): void {}

  liquidate(): never {
    throw new Error('spot is not liquidated')
  }

  liquidationPrice(): null {
    return null
  }
}

interface SwapTerms {
  leverage: number
  marginMode: 'cross' | 'isolated'
  /** Coins in one contract. */
  contractCoins: number
  /** The tier of a position of so many contracts. */
  tierOf(sz: number): Tier
}

/**
 * A linear swap: profit, fees and funding in quote currency, initial margin = notional / leverage. A liquidated position
 * loses its margin where isolated and the whole equity where cross, whatever its price alone would leave. Nothing loses
 * more than the equity: the exchange bears the rest.
 */
class SwapAccount extends CashAccount implements Account {
  private mmr = 0

  constructor(
    cash: number,
    feeRate: number,
    private readonly terms: SwapTerms,
  ) {
    super(cash, feeRate)
  }

  enter({ side, sz }: Order, price: number, ts: number): void {
    const coins = sz * this.terms.contractCoins
    const notional = coins * price
    const fees = notional * this.feeRate
    this.begin(side === 'buy' ? 'long' : 'short', sz, coins, price, ts, notional / this.terms.leverage, fees)
    this.mmr = this.terms.tierOf(sz).mmr
    this.coins = this.side === 'long' ? coins : -coins
    this.reference = price
    this.cash -= fees
    this.notional += notional
    this.move(ts, 'fee', -fees)
  }

  exit(price: number, ts: number, reason: ExitReason): void {
    const { coins, price: entryPrice, fees, funding } = this.position()
    const profit = this.coins * (price - entryPrice)
    const fee = coins * price * this.feeRate
    const left = this.cash + profit - fee
    const borne = Math.max(0, -left)
    this.cash = Math.max(0, left)
    this.move(ts, 'fill', profit)
    this.move(ts, 'fee', -fee)
    if (borne > 0) this.move(ts, 'liquidation', borne)
    this.close({ price, ts, reason, pnl: profit - fees - fee + funding + borne, fee })
  }

  /** A positive rate is paid by longs to shorts. */
  fund(rate: number, mark: number, ts: number): void {
    const received = -this.coins * mark * rate
    this.position().funding += received
    this.cash += received
    this.move(ts, 'funding', received)
  }

  liquidate(price: number, ts: number): void {
    const { coins, price: entryPrice, margin, fees, funding } = this.position()
    const profit = this.coins * (price - entryPrice)
    const fee = coins * price * this.feeRate
    // A margin that takes all must leave nothing, not what rounding makes of the difference.
    const takesAll = this.terms.marginMode === 'cross' || margin > this.cash * (1 - 1e-12)
    const lost = takesAll ? this.cash : margin
    this.cash -= lost
    this.move(ts, 'fill', profit)
    this.move(ts, 'fee', -fee)
    this.move(ts, 'liquidation', -(lost + profit - fee))
    this.close({ price, ts, reason: 'liquidation', pnl: funding - fees - lost, fee })
  }

  /**
   * An isolated position's margin may be more than the equity, where it was filled at a worse price than it was sized at:
   * then it is taken away where closing it would leave nothing, if that is nearer.
   */
  liquidationPrice(): number | null {
    const { side, margin } = this.position()
    if (this.terms.marginMode === 'cross') return this.priceThatUses(this.cash, this.mmr)
    const ofMargin = this.priceThatUses(margin, this.mmr)
    const ofEquity = this.priceThatUses(this.cash, 0)
    if (ofMargin === null || ofEquity === null) return ofMargin ?? ofEquity
    return side === 'long' ? Math.max(ofMargin, ofEquity) : Math.min(ofMargin, ofEquity)
  }

  private priceThatUses(backing: number, mmr: number): number | null {
    const { side, coins, price: entryPrice } = this.position()
    return liquidationPrice({ side, coins, entryPrice, backing, mmr, feeRate: this.feeRate })
  }
}
