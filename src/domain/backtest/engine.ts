import type { Candles } from '../candles.js'
import { type SignalColumn, yes } from '../indicators/indicator.js'
import type { InstType } from '../instrument.js'
import { type DecisionState, decide, type EnterDecision, type ReverseDecision } from '../strategy/decide.js'
import type { Strategy } from '../strategy/schema.js'
import { type Order, type RefusalReason, type SizeRules, toOrder } from '../trading/toOrder.js'
import { type Account, openAccount } from './account.js'
import { BarNumbers } from './barNumbers.js'
import type { Detail } from './detail.js'
import { Firing } from './firing.js'
import type { FundingPayment } from './funding.js'
import type { Ledger } from './ledger.js'
import type { Costs, ExitReason, Trade } from './result.js'
import { areFree, noLevels, passBar, passQuietBars, type StopHit, stopLevels } from './stops.js'

export interface EngineInput {
  candles: Candles
  /** Rules at each candle's close, as long as the candles. */
  buy: SignalColumn
  sell: SignalColumn
  /** The window by index, `to` exclusive. Decisions are made on its bars only; earlier ones are warm-up. */
  from: number
  to: number
  costs: Costs
  instType: InstType
  /** What of the strategy is traded by; leverage and margin mode are of no meaning on spot. */
  terms: Pick<Strategy, 'direction' | 'sizing' | 'risk' | 'leverage' | 'margin_mode'>
  /** Null where the instrument's rules are unknown. Without them, or without `costs.exact_sizes`, every size will do. */
  sizeRules: SizeRules | null
  /** Due within the window, oldest first; none on spot. */
  funding: readonly FundingPayment[]
  /** Finer candles that tell the order of events within a bar; null where there are none. */
  detail: Detail | null
  /**
   * Where the candles are parts of the strategy's bars (a tick strategy): the open time of the bar that each belongs to.
   * Holding, cooldown and the times of trades count in bars, and each bar has at most one entry.
   */
  barTs?: Float64Array
  /** Where the equity is to be written, as long as the window: for callers that have done with the run before. */
  equityInto?: Float64Array
}

export interface EngineRun {
  /** Equity at the close of each candle of the window, after the fills at that close. */
  equity: Float64Array
  trades: readonly Trade[]
  /** Every fill, fee and funding entry, kept apart from the equity. */
  ledger: Ledger
  /** Candles in which a position was open once the fills due at their open were made. */
  barsInPosition: number
  /** Sum of all fills, quote currency. */
  notional: number
  /** Entries that were decided and could not be ordered. */
  refusals: Map<RefusalReason, number>
}

/**
 * Trades the columns over the window in one pass (STRATEGY.md section 4).
 *
 * Within a bar: funding due up to its open; a liquidation price that it opens beyond; the fill that was decided on the bar
 * before; funding due later in it; stops, target and liquidation; the decision at the close and, with fill `close`, its
 * fill; the mark. Without finer candles funding due within a bar is paid before its stops, at its open price. A decided
 * exit comes before every stop, so with fill `next_mid` the position passes to the mid without its stops even where the bar
 * reaches them first. The exchange does not wait for it: no position is filled, closed or marked at a price beyond its
 * liquidation price, and what is taken away is not turned round any more. No entry is filled on the last bar, so the last
 * to be decided is the one that the bar before it can still fill. Bars on which nothing of this can happen are passed over
 * and only marked.
 */
export function runEngine(input: EngineInput): EngineRun {
  return new Engine(input).run()
}

type Pending =
  | { kind: 'enter'; order: Order }
  | { kind: 'exit'; reason: ExitReason }
  | { kind: 'reverse'; decision: ReverseDecision; decisionPrice: number }

export class Engine {
  private readonly account: Account
  private readonly equity: Float64Array
  private readonly refusals = new Map<RefusalReason, number>()
  private readonly buys: Firing
  private readonly sells: Firing
  private readonly slippage: number
  private readonly sizeRules: SizeRules | null
  /** First candle on which no entry is decided any more. */
  private readonly entriesEnd: number
  private readonly state: DecisionState
  private readonly flatLevels = noLevels()
  private readonly heldLevels = noLevels()
  private levels = this.flatLevels
  /** Whether no price can end the position. */
  private isFree = true
  private entryIndex: number
  private cooldownEnd: number
  private pending: Pending | null = null
  private barsInPosition = 0
  private nextFunding = 0
  private readonly bars: BarNumbers

  constructor(private readonly input: EngineInput) {
    const { costs, from, to, buy, sell, terms, barTs } = input
    this.sizeRules = costs.exact_sizes ? input.sizeRules : anySize(input.sizeRules)
    this.account = openAccount(input.instType, costs, terms, this.sizeRules)
    this.equity = input.equityInto ?? new Float64Array(to - from)
    this.buys = new Firing(buy)
    this.sells = new Firing(sell)
    this.slippage = costs.slippage_bps / 10_000
    this.entryIndex = from
    this.bars = new BarNumbers(barTs)
    const lastBar = this.bars.firstPart(to - 1)
    this.entriesEnd = costs.fill === 'close' ? lastBar : lastBar - 1
    this.cooldownEnd = this.bars.of(from)
    this.state = {
      direction: terms.direction,
      position: 'flat',
      barsHeld: 0,
      buy: false,
      sell: false,
      maxHoldBars: terms.risk.max_hold_bars,
      cooldownLeft: 0,
      mayOpen: true,
    }
  }

  run(): EngineRun {
    const { from, to } = this.input
    for (let i = this.passQuiet(from); i < to; i = this.passQuiet(i + 1)) this.passEventful(i)
    const { trades, ledger, notional } = this.account
    const { equity, barsInPosition, refusals } = this
    return { equity, trades, ledger, barsInPosition, notional, refusals }
  }

  /** Marks the bars from `i` on in which nothing can happen, and gives the first in which something may. */
  private passQuiet(i: number): number {
    const { candles, from, to, detail, funding } = this.input
    const { account, levels, equity } = this
    // The last bar always has its say.
    if (this.pending !== null || i >= to - 1) return i
    if (account.side === 'flat') {
      const next = Math.min(to - 1, this.nextOpening(i))
      equity.fill(account.cash, i - from, next - from)
      return next
    }
    const closing = account.side === 'long' ? this.sells : this.buys
    const limit = Math.min(to - 1, closing.next(i), this.holdEnd(i))
    while (this.nextFunding < funding.length && funding[this.nextFunding].index < i) this.nextFunding++
    const quietEnd = this.nextFunding < funding.length ? Math.min(limit, funding[this.nextFunding].index) : limit
    const next = this.isFree ? quietEnd : detail ? i : i + passQuietBars(levels, candles, i, quietEnd)
    if (next <= i) return i
    markHeld(equity, candles.close, account, i, next, from)
    this.barsInPosition += next - i
    return next
  }

  /** The first candle from `i` on at whose close a position may be opened. */
  private nextOpening(i: number): number {
    const { direction } = this.input.terms
    if (direction === 'long') return this.buys.next(i)
    if (direction === 'short') return this.sells.next(i)
    return Math.min(this.buys.next(i), this.sells.next(i))
  }

  /** The candle at whose close a max hold is due at the earliest. */
  private holdEnd(i: number): number {
    const { max_hold_bars } = this.input.terms.risk
    if (max_hold_bars === null) return Number.POSITIVE_INFINITY
    return this.input.barTs ? i : this.entryIndex + max_hold_bars - 1
  }

  private passEventful(i: number): void {
    const { candles, from, to, costs } = this.input
    const { account } = this
    const wasHeld = account.side !== 'flat'
    // Columns are read only where they matter: most of the time goes into waiting for memory.
    if (this.mayOweFunding()) this.payFunding(i, candles.ts[i], candles.open[i])
    if (!this.isFree) this.takeAwayAt(candles.open[i], i)
    const due = this.pending
    if (due !== null) this.fillDue(due, i)
    if (account.side !== 'flat' || (wasHeld && due !== null && costs.fill === 'next_mid')) this.barsInPosition++
    const rangeCounts = costs.fill === 'next_open' || this.entryIndex !== i
    if (rangeCounts && account.side !== 'flat') {
      const hit = this.passRange(i)
      if (hit !== null) this.exit(hit.reason, hit.price, i)
    }
    if (this.mayOweFunding()) this.payFunding(i, Infinity, candles.open[i])
    if (!this.isFree) this.takeAwayAt(candles.close[i], i)
    this.decideAt(i)
    if (i === to - 1 && account.side !== 'flat') this.exit('end_of_data', candles.close[i], i)
    this.equity[i - from] = account.cash + account.coins * (candles.close[i] - account.reference)
  }

  private mayOweFunding(): boolean {
    return this.nextFunding < this.input.funding.length
  }

  /** What is due in bar `i` by `until`, on the notional at `mark`. */
  private payFunding(i: number, until: number, mark: number): void {
    const { funding } = this.input
    for (; this.nextFunding < funding.length; this.nextFunding++) {
      const { index, ts, rate } = funding[this.nextFunding]
      if (index > i || (index === i && ts > until)) return
      if (index < i || this.account.side === 'flat') continue
      this.account.fund(rate, mark, this.tsAt(i))
      this.levels.liquidation = this.signedLiquidation()
      this.isFree = areFree(this.levels)
    }
  }

  private signedLiquidation(): number {
    const price = this.account.liquidationPrice()
    return price === null ? -Infinity : this.levels.sign * price
  }

  /** The exchange takes the position where the market is beyond its liquidation price; a decided exit comes too late. */
  private takeAwayAt(price: number, i: number): void {
    const { sign, liquidation } = this.levels
    if (this.account.side === 'flat' || sign * price > liquidation) return
    this.pending = null
    this.exit('liquidation', sign * liquidation, i)
  }

  private fillDue(due: Pending, i: number): void {
    const { candles, costs } = this.input
    const price = costs.fill === 'next_mid' ? (candles.high[i] + candles.low[i]) / 2 : candles.open[i]
    this.takeAwayAt(price, i)
    if (this.pending === null) return
    this.pending = null
    if (due.kind === 'enter') this.enter(due.order, price, i)
    else if (due.kind === 'exit') this.exit(due.reason, price, i)
    else this.reverse(due.decision, due.decisionPrice, price, i)
  }

  /** What the bar does to the position; by its finer candles where they are complete. */
  private passRange(i: number): StopHit | null {
    const { candles, detail } = this.input
    if (this.isFree && !this.mayOweFunding()) return null
    const parts = detail?.partsOf(candles.ts[i]) ?? null
    if (detail === null || parts === null) {
      this.payFunding(i, Infinity, candles.open[i])
      return passBar(this.levels, candles.open[i], candles.high[i], candles.low[i])
    }
    const { ts, open, high, low } = detail.candles
    for (let k = parts.from; k < parts.to; k++) {
      this.payFunding(i, ts[k], open[k])
      const hit = passBar(this.levels, open[k], high[k], low[k])
      if (hit !== null) return hit
    }
    this.payFunding(i, Infinity, candles.close[i])
    return null
  }

  private decideAt(i: number): void {
    const { candles, buy, sell, costs } = this.input
    const { state, account } = this
    const bar = this.bars.of(i)
    state.position = account.side
    state.barsHeld = bar - this.bars.of(this.entryIndex) + (this.bars.isLastPart(i) ? 1 : 0)
    state.buy = buy[i] === yes
    state.sell = sell[i] === yes
    state.cooldownLeft = this.cooldownEnd - bar
    state.mayOpen = i < this.entriesEnd && !this.hasEntered(bar)
    const decision = decide(state)
    const price = candles.close[i]
    if (decision.kind === 'exit') {
      if (costs.fill === 'close') this.exit(decision.reason, price, i)
      else this.pending = decision
    } else if (decision.kind === 'enter') {
      const order = this.orderOf(decision, price)
      if (order === null) return
      if (costs.fill === 'close') this.enter(order, price, i)
      else this.pending = { kind: 'enter', order }
    } else if (decision.kind === 'reverse') {
      if (costs.fill === 'close') this.reverse(decision, price, price, i)
      else this.pending = { kind: 'reverse', decision, decisionPrice: price }
    }
  }

  /** Whether a bar of which the candles are parts has had its entry. */
  private hasEntered(bar: number): boolean {
    return this.input.barTs !== undefined && this.account.notional > 0 && this.bars.of(this.entryIndex) === bar
  }

  /** The order on the equity as it is; null, and counted, where there is none. */
  private orderOf(decision: EnterDecision | ReverseDecision, decisionPrice: number): Order | null {
    const { terms, costs, instType } = this.input
    const { sizing, risk, leverage } = terms
    const { cash: equity } = this.account
    const { sizeRules } = this
    const feeRate = costs.fee_rate
    const order = toOrder(decision, { instType, sizing, risk, leverage, equity, decisionPrice, feeRate, sizeRules })
    if (order.kind === 'order') return order
    this.refusals.set(order.reason, (this.refusals.get(order.reason) ?? 0) + 1)
    return null
  }

  private enter(order: Order, price: number, i: number): void {
    const fillPrice = price * (1 + (order.side === 'buy' ? this.slippage : -this.slippage))
    this.account.enter(order, fillPrice, this.tsAt(i))
    const side = order.side === 'buy' ? 'long' : 'short'
    const liquidationPrice = this.account.liquidationPrice()
    this.levels = stopLevels(side, fillPrice, this.input.terms.risk, liquidationPrice, this.heldLevels)
    this.isFree = areFree(this.levels)
    this.entryIndex = i
    this.takeAwayAt(price, i)
  }

  private exit(reason: ExitReason, price: number, i: number): void {
    const { account, slippage } = this
    if (reason === 'liquidation') account.liquidate(price, this.tsAt(i))
    else account.exit(price * (1 + (account.side === 'long' ? -slippage : slippage)), this.tsAt(i), reason)
    this.levels = this.flatLevels
    this.isFree = true
    this.cooldownEnd = this.bars.of(i) + this.input.terms.risk.cooldown_bars
  }

  private reverse(decision: ReverseDecision, decisionPrice: number, price: number, i: number): void {
    this.exit('signal', price, i)
    const order = this.orderOf(decision, decisionPrice)
    if (order !== null) this.enter(order, price, i)
  }

  private tsAt(i: number): number {
    return (this.input.barTs ?? this.input.candles.ts)[i]
  }
}

/** The rules without those of sizes: what a contract is and the tiers still hold. */
function anySize(rules: SizeRules | null): SizeRules | null {
  return rules && { ...rules, minSz: 0, lotSz: 0 }
}

function markHeld(
  equity: Float64Array,
  close: Float64Array,
  { cash, coins, reference }: Account,
  from: number,
  to: number,
  windowFrom: number,
): void {
  for (let i = from; i < to; i++) equity[i - windowFrom] = cash + coins * (close[i] - reference)
}
