import type { Costs, ExitReason } from '../domain/backtest/result.js'
import type { Candle } from '../domain/candles.js'
import type { InstType } from '../domain/instrument.js'
import type { Strategy } from '../domain/strategy/schema.js'
import type { SizeRules } from '../domain/trading/toOrder.js'
import { type SlowSize, slowSize } from './slowSize.js'

/** A market, what the rules say on it, and how it is traded. */
export interface Scene extends Pick<Strategy, 'direction' | 'sizing' | 'risk' | 'leverage' | 'margin_mode'> {
  instType: InstType
  rows: Candle[]
  rowMs: number
  /** The number of the bar that each row is part of (a tick strategy); null where each row is a bar. */
  parts: number[] | null
  buy: boolean[]
  sell: boolean[]
  from: number
  costs: Costs
  sizeRules: SizeRules | null
  payments: { ts: number; rate: number }[]
  /** Candles of a third of `rowMs`, some of them missing. */
  finer: Candle[] | null
}

export interface SlowTrade {
  side: 'long' | 'short'
  entryRow: number
  entryPrice: number
  exitRow: number
  exitPrice: number
  reason: ExitReason
  size: number
  pnl: number
  pnlPct: number
  fees: number
  funding: number
}

interface Entry {
  row: number
  price: number
  sign: 1 | -1
}
interface Held extends Entry, SlowSize {
  /** Fill price, slippage included. */
  fill: number
  margin: number
  entryFee: number
  /** Cash before the entry. */
  before: number
  paid: { row: number; amount: number }[]
  counted: { high: number; low: number }[]
}
interface Exit {
  row: number
  price: number
  reason: ExitReason
  turn?: boolean
  /** First row at whose close may be decided again. */
  next: number
}

/**
 * STRATEGY.md section 4 read line by line, slowly: one trade after the other by searching forward from its entry, every
 * level taken afresh from what it depends on, a liquidation found by the account's money and its price by bisection.
 * Shares no code with the engine.
 */
export function slowBacktest(scene: Scene): {
  trades: SlowTrade[]
  equity: number[]
  openRows: number
  refusals: Record<string, number>
} {
  const { rows, rowMs, buy, sell, from, costs, risk, direction, instType, leverage } = scene
  const { fee_rate: fee, fill } = costs
  const slip = costs.slippage_bps / 10_000
  const last = rows.length - 1
  const barOf = (row: number) => scene.parts?.[row] ?? row
  const trades: SlowTrade[] = []
  const helds: Held[] = []
  /** Those in which a position was open after the fills due at their open. */
  const openRows = new Set<number>()
  const refusals: Record<string, number> = {}
  let cash = costs.start_equity
  let decided = from
  let turned: Entry | null = null
  for (;;) {
    const entry: Entry | null = turned ?? findEntry()
    if (entry === null) break
    const decidedOn = turned === null ? decided : fill === 'close' ? entry.row : entry.row - 1
    const size = slowSize(scene, entry.sign, cash, rows[decidedOn].close)
    if (typeof size === 'string') {
      refusals[size] = (refusals[size] ?? 0) + 1
      if (turned === null) decided++
      turned = null
      continue
    }
    const held = open(entry, size)
    const exit = live(held)
    settle(held, exit)
    decided = exit.next
    turned = exit.turn ? { row: exit.row, price: exit.price, sign: held.sign === 1 ? -1 : 1 } : null
  }
  return { trades, equity: marks(), openRows: openRows.size, refusals }

  function fillRow(row: number): number {
    return fill === 'close' ? row : row + 1
  }

  function fillPrice(row: number): number {
    const { open, high, low, close } = rows[row]
    return fill === 'close' ? close : fill === 'next_open' ? open : (high + low) / 2
  }

  function mayOpen(row: number): boolean {
    if (fillRow(row) > last || barOf(fillRow(row)) === barOf(last)) return false
    const before = trades.at(-1)
    const isCooling = before !== undefined && barOf(row) < barOf(before.exitRow) + risk.cooldown_bars
    const newest = helds.at(-1)
    const hasEntered = scene.parts !== null && newest !== undefined && barOf(newest.row) === barOf(row)
    return !isCooling && !hasEntered
  }

  /** Leaves `decided` at the row on which it was decided. */
  function findEntry(): Entry | null {
    for (; decided <= last; decided++) {
      if (buy[decided] === sell[decided] || !mayOpen(decided)) continue
      if (buy[decided] ? direction === 'short' : direction === 'long') continue
      const row = fillRow(decided)
      return { row, price: fillPrice(row), sign: buy[decided] ? 1 : -1 }
    }
    return null
  }

  function open(entry: Entry, size: SlowSize): Held {
    const price = entry.price * (1 + entry.sign * slip)
    const isSpot = instType === 'SPOT'
    const coins = isSpot ? (size.spent / price) * (1 - fee) : size.coins
    const margin = isSpot ? size.spent : (coins * price) / leverage
    const entryFee = isSpot ? size.spent * fee : coins * price * fee
    const kept = { margin, entryFee, before: cash, paid: [], counted: [] }
    const held = { ...entry, ...size, ...kept, fill: price, coins, size: isSpot ? coins : size.size }
    helds.push(held)
    return held
  }

  function funded({ paid }: Held): number {
    return paid.reduce((sum, { amount }) => sum + amount, 0)
  }

  /** What there is of money while it is held, its profit apart. */
  function backing(held: Held): number {
    return held.before - held.entryFee + funded(held)
  }

  function isTaken(held: Held, price: number): boolean {
    if (instType === 'SPOT') return false
    const profit = held.sign * held.coins * (price - held.fill)
    // Sums that are equal but for rounding are equal.
    const toClose = (fee + 1e-12) * held.coins * price
    const maintenance = held.mmr * held.coins * price
    if (scene.margin_mode === 'cross') return backing(held) + profit <= maintenance + toClose
    return held.margin + profit <= maintenance + toClose || backing(held) + profit <= toClose
  }

  function takenAt(held: Held, row: number, next = row): Exit {
    let [safe, lost] = held.sign === 1 ? [1e6, 1e-9] : [1e-9, 1e6]
    for (let n = 0; n < 100; n++) {
      const middle = (safe + lost) / 2
      if (isTaken(held, middle)) lost = middle
      else safe = middle
    }
    return { row, price: lost, reason: 'liquidation', next }
  }

  /** Funding at times up to `until`, where the position is in `row`. */
  function pay(held: Held, row: number, after: number, until: number, mark: number): void {
    for (const { ts, rate } of scene.payments) {
      if (ts > after && ts <= until) held.paid.push({ row, amount: -held.sign * held.coins * mark * rate })
    }
  }

  function live(held: Held): Exit {
    let due: { reason: ExitReason; turn: boolean } | null = null
    if (isTaken(held, held.price)) return takenAt(held, held.row, fill === 'close' ? held.row + 1 : held.row)
    for (let row = held.row; row <= last; row++) {
      const { ts, open, close } = rows[row]
      const isEntry = row === held.row
      if (!isEntry) {
        pay(held, row, rows[row - 1].ts + rowMs - 1, ts, open)
        if (isTaken(held, open)) return takenAt(held, row)
        if (due !== null) {
          const price = fillPrice(row)
          if (fill === 'next_mid') openRows.add(row)
          return isTaken(held, price) ? takenAt(held, row) : { row, price, ...due, next: row }
        }
      }
      if (!isEntry || fill !== 'close') {
        openRows.add(row)
        const hit = passRow(held, row)
        if (hit !== null) return hit
        if (isTaken(held, close)) return takenAt(held, row)
        due = decide(held, row)
        if (due !== null && fill === 'close') return { row, price: close, ...due, next: row + 1 }
      }
    }
    return { row: last, price: rows[last].close, reason: 'end_of_data', next: last + 1 }
  }

  function decide(held: Held, row: number): { reason: ExitReason; turn: boolean } | null {
    if (held.sign === 1 ? sell[row] : buy[row]) {
      return { reason: 'signal', turn: direction === 'both' && mayOpen(row) }
    }
    const isBarOver = row === last || barOf(row + 1) > barOf(row)
    const bars = barOf(row) - barOf(held.row) + (isBarOver ? 1 : 0)
    return risk.max_hold_bars !== null && bars >= risk.max_hold_bars ? { reason: 'max_hold', turn: false } : null
  }

  function passRow(held: Held, row: number): Exit | null {
    const { ts, open, close } = rows[row]
    const finer = (scene.finer ?? []).filter((part) => part.ts >= ts && part.ts < ts + rowMs)
    const counts = row !== held.row || fill === 'next_open'
    const isTold = counts && finer.length === 3
    if (!isTold) pay(held, row, ts, ts + rowMs - 1, open)
    let paidTo = ts
    for (const part of isTold ? finer : counts ? [rows[row]] : []) {
      if (isTold) pay(held, row, paidTo, part.ts, part.open)
      paidTo = part.ts
      const hit = passCandle(held, row, part)
      if (hit !== null) return hit
    }
    if (isTold) pay(held, row, paidTo, ts + rowMs - 1, close)
    return null
  }

  function passCandle(held: Held, row: number, { open, high, low }: Candle): Exit | null {
    const { sign, counted } = held
    const at = (price: number, reason: ExitReason) => ({ row, price, reason, next: row })
    let best = held.fill
    for (const bar of counted) best = sign === 1 ? Math.max(best, bar.high) : Math.min(best, bar.low)
    // A hundredfold, so that whole prices and percents meet exactly.
    const fixed = risk.stop_loss_pct === null ? null : held.fill * (100 - sign * risk.stop_loss_pct)
    const trail = risk.trailing_stop_pct === null ? null : best * (100 - sign * risk.trailing_stop_pct)
    const target = risk.take_profit_pct === null ? null : held.fill * (100 + sign * risk.take_profit_pct)
    const trails = trail !== null && (fixed === null || sign * trail > sign * fixed)
    const stop = trails ? trail : fixed
    const stopReason = trails ? 'trailing_stop' : 'stop_loss'
    const [worst, finest] = sign === 1 ? [low, high] : [high, low]
    if (isTaken(held, open)) return takenAt(held, row)
    if (stop !== null && sign * open * 100 <= sign * stop) return at(open, stopReason)
    if (target !== null && sign * open * 100 >= sign * target) return at(open, 'take_profit')
    if (isTaken(held, worst)) {
      const taken = takenAt(held, row)
      if (stop === null || sign * taken.price * 100 >= sign * stop) return taken
    }
    if (stop !== null && sign * worst * 100 <= sign * stop) return at(stop / 100, stopReason)
    if (target !== null && sign * finest * 100 >= sign * target) return at(target / 100, 'take_profit')
    counted.push({ high, low })
    return null
  }

  function settle(held: Held, exit: Exit): void {
    const isLiquidation = exit.reason === 'liquidation'
    const exitPrice = isLiquidation ? exit.price : exit.price * (1 - held.sign * slip)
    const exitFee = held.coins * exitPrice * fee
    let left = held.before - held.spent + held.coins * exitPrice * (1 - fee)
    if (instType === 'SWAP') {
      left = backing(held) + held.sign * held.coins * (exitPrice - held.fill) - exitFee
      if (isLiquidation) left = scene.margin_mode === 'cross' ? 0 : backing(held) - held.margin
      if (left < (isLiquidation ? 1e-9 * held.before : 0)) left = 0
    }
    const pnl = left - held.before
    cash = left
    trades.push({
      side: held.sign === 1 ? 'long' : 'short',
      entryRow: held.row,
      entryPrice: held.fill,
      exitRow: exit.row,
      exitPrice,
      reason: exit.reason,
      size: held.size,
      pnl,
      pnlPct: (pnl / held.margin) * 100,
      fees: held.entryFee + exitFee,
      funding: funded(held),
    })
  }

  /** Equity by replaying the trades up to every close. */
  function marks(): number[] {
    return rows.slice(from).map(({ close }, n) => {
      const row = from + n
      let equity = costs.start_equity
      for (const [k, trade] of trades.entries()) {
        const held = helds[k]
        if (trade.entryRow > row) continue
        if (trade.exitRow <= row) equity += trade.pnl
        else if (instType === 'SPOT') equity += held.coins * close - held.spent
        else {
          const paid = held.paid.reduce((sum, { row: at, amount }) => sum + (at <= row ? amount : 0), 0)
          equity += held.sign * held.coins * (close - held.fill) - held.entryFee + paid
        }
      }
      return equity
    })
  }
}
