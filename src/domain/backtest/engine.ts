import type { Candles } from '../candles.js'
import { type SignalColumn, yes } from '../indicators/indicator.js'
import { type DecisionState, decide } from '../strategy/decide.js'
import type { Strategy } from '../strategy/schema.js'
import { type Order, type RefusalReason, type SizeRules, toOrder } from '../trading/toOrder.js'
import type { Costs, ExitReason, Trade } from './result.js'
import { type CashEntry, SpotAccount } from './spotAccount.js'
import { noLevels, passBar, stopLevels } from './stops.js'

export interface EngineInput {
  candles: Candles
  /** Rules at each candle's close, as long as the candles. */
  buy: SignalColumn
  sell: SignalColumn
  /** The window by index, `to` exclusive. Decisions are made on its bars only; earlier ones are warm-up. */
  from: number
  to: number
  costs: Costs
  sizing: Strategy['sizing']
  risk: Strategy['risk']
  /** Null where the instrument's rules are unknown: then every size will do. Ignored without `costs.exact_sizes`. */
  sizeRules: SizeRules | null
}

export interface EngineRun {
  /** Equity at the close of each bar of the window, after the fills at that close. */
  equity: Float64Array
  trades: Trade[]
  /** Every fill, fee and funding entry, kept apart from the equity. */
  ledger: CashEntry[]
  /** Bars in which a position was open once the fills due at their open were made. */
  barsInPosition: number
  /** Sum of all fills, quote currency. */
  notional: number
  /** Entries that were decided and could not be ordered. */
  refusals: Map<RefusalReason, number>
}

/**
 * Trades the columns over the window: spot, long only, one pass (STRATEGY.md section 4).
 *
 * Within a bar: the fill that was decided on the bar before; stops and target; the decision at the close and, with
 * fill `close`, its fill; the mark. A decided exit comes before every stop, so with fill `next_mid` the position
 * passes to the mid without its stops even where the bar reaches them first. No entry is filled on the last bar, so the
 * last to be decided is the one that the bar before it can still fill.
 */
export function runEngine(input: EngineInput): EngineRun {
  const { candles, buy, sell, from, to, costs, sizing, risk } = input
  const { ts, open, high, low, close } = candles
  const { fill } = costs
  const sizeRules = costs.exact_sizes ? input.sizeRules : null
  const slippage = costs.slippage_bps / 10_000
  const account = new SpotAccount(costs.start_equity, costs.fee_rate)
  const equity = new Float64Array(to - from)
  const refusals = new Map<RefusalReason, number>()
  const state: DecisionState = {
    direction: 'long',
    position: 'flat',
    barsHeld: 0,
    buy: false,
    sell: false,
    maxHoldBars: risk.max_hold_bars,
    cooldownLeft: 0,
    mayOpen: true,
  }
  /** First bar on which no entry is decided any more. */
  const entriesEnd = fill === 'close' ? to - 1 : to - 2
  let levels = noLevels
  let entryIndex = from
  let cooldownEnd = from
  let pendingEntry: Order | null = null
  let pendingExit: ExitReason | null = null
  let barsInPosition = 0

  const duePrice = (i: number) => (fill === 'next_mid' ? (high[i] + low[i]) / 2 : open[i])
  const enter = (order: Order, price: number, i: number) => {
    const fillPrice = price * (1 + slippage)
    account.enter(order, fillPrice, ts[i])
    levels = stopLevels(fillPrice, risk)
    entryIndex = i
    pendingEntry = null
  }
  const exit = (reason: ExitReason, price: number, i: number) => {
    account.exit(price * (1 - slippage), ts[i], reason)
    levels = noLevels
    cooldownEnd = i + risk.cooldown_bars
    pendingExit = null
  }

  for (let i = from; i < to; i++) {
    let wasOpen = account.side !== 'flat'
    if (pendingExit !== null) {
      exit(pendingExit, duePrice(i), i)
      wasOpen = fill === 'next_mid'
    } else if (pendingEntry !== null) {
      enter(pendingEntry, duePrice(i), i)
      wasOpen = true
    }
    if (wasOpen) barsInPosition++

    const rangeCounts = fill === 'next_open' || entryIndex !== i
    if (rangeCounts && account.side !== 'flat') {
      const hit = passBar(levels, open[i], high[i], low[i])
      if (hit !== null) exit(hit.reason, hit.price, i)
    }

    state.position = account.side
    state.barsHeld = i - entryIndex + 1
    state.buy = buy[i] === yes
    state.sell = sell[i] === yes
    state.cooldownLeft = cooldownEnd - i
    state.mayOpen = i < entriesEnd
    const decision = decide(state)
    if (decision.kind === 'exit') {
      if (fill === 'close') exit(decision.reason, close[i], i)
      else pendingExit = decision.reason
    } else if (decision.kind === 'enter') {
      const order = toOrder(decision, {
        sizing,
        risk,
        equity: account.equityAt(close[i]),
        decisionPrice: close[i],
        feeRate: costs.fee_rate,
        sizeRules,
      })
      if (order.kind === 'refusal') refusals.set(order.reason, (refusals.get(order.reason) ?? 0) + 1)
      else if (fill === 'close') enter(order, close[i], i)
      else pendingEntry = order
    }

    if (i === to - 1 && account.side !== 'flat') exit('end_of_data', close[i], i)
    equity[i - from] = account.equityAt(close[i])
  }

  const { trades, ledger, notional } = account
  return { equity, trades, ledger, barsInPosition, notional, refusals }
}
