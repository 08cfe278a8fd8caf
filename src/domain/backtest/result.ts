import type { Bar } from '../bars.js'
import type { Gap } from '../candles.js'
import type { Strategy } from '../strategy/schema.js'
import type { RefusalReason, SizeRules } from '../trading/toOrder.js'
import type { FundingRates } from './funding.js'

/** How a decision made at the close of bar i is filled: the next open, that close, or the next bar's (high+low)/2. */
export const fills = ['next_open', 'close', 'next_mid'] as const
export type Fill = (typeof fills)[number]

export type ExitReason =
  | 'signal'
  | 'stop_loss'
  | 'take_profit'
  | 'trailing_stop'
  | 'max_hold'
  | 'liquidation'
  | 'end_of_data'

/** What a run starts with and pays. Rates are fractions (0.001 is 0.1 %). */
export interface Costs {
  start_equity: number
  fee_rate: number
  slippage_bps: number
  fill: Fill
  exact_sizes: boolean
}

/** One closed trade. Times are open times (epoch ms) of the bars in which the fills happen; money in quote currency. */
export interface Trade {
  side: 'long' | 'short'
  entry_ts: number
  entry_price: number
  exit_ts: number
  exit_price: number
  /** Coins received for spot; contracts for swaps, or coins where their rules are not known. */
  size: number
  /** Net of fees and funding. */
  pnl: number
  /** Of the margin; for spot of the amount spent. */
  pnl_pct: number
  fees: number
  funding: number
  exit_reason: ExitReason
}

/**
 * Key figures as STRATEGY.md section 4 defines them; null where there is too little data or a zero denominator. Money is
 * quote currency. Daily returns r are simple ones of the last mark of each UTC day, the first over the start equity; they
 * are annualised with 365 days and a risk-free rate of 0, and there must be 20. `pnl` is a trade's, net of fees and
 * funding; it wins over 0 and loses under 0.
 */
export interface Stats {
  start_equity: number
  /** The last mark. */
  final_equity: number
  /** final / start - 1. */
  total_return_pct: number
  /** Compound annual growth rate: (final / start)^(365 / days) - 1, from 30 days. Bodie, Kane, Marcus: Investments. */
  cagr_pct: number | null
  /** Last close / first open - 1: buy and hold without costs. */
  market_change_pct: number
  /**
   * Largest (high - mark) / high, on the marks of the bars, `high` being the largest mark before or the start equity.
   * Magdon-Ismail and Atiya: Maximum Drawdown. Risk 17(10), 2004.
   */
  max_drawdown_pct: number
  /** Of that drawdown, from the high to the recovery or the last mark. */
  max_drawdown_days: number
  /** The last mark at the high. */
  drawdown_start_ts: number | null
  drawdown_trough_ts: number | null
  /** Null while the largest drawdown has not been made good. */
  drawdown_recovery_ts: number | null
  /** mean(r) / std(r, ddof 1) x sqrt(365). Sharpe: The Sharpe Ratio. Journal of Portfolio Management 21(1), 1994. */
  sharpe: number | null
  /**
   * mean(r) / sqrt(mean(min(r, 0)^2)) x sqrt(365), the target being 0. Sortino and Price: Performance Measurement in a
   * Downside Risk Framework. Journal of Investing 3(3), 1994.
   */
  sortino: number | null
  /** CAGR / max drawdown, of the whole window. Young: Calmar Ratio: A Smoother Tool. Futures, October 1991. */
  calmar: number | null
  /** std(r, ddof 1) x sqrt(365). Hull: Options, Futures, and Other Derivatives. */
  volatility_pct: number | null
  /** Sum of winning pnl / sum of losing pnl. Kaufman: Trading Systems and Methods. */
  profit_factor: number | null
  /** mean(pnl). Tharp: Trade Your Way to Financial Freedom; in money, not in risks. */
  expectancy: number | null
  /** sqrt(n) x mean(pnl) / std(pnl, ddof 1), from 10 trades. Tharp: Definitive Guide to Position Sizing. */
  sqn: number | null
  /** Winning trades / all trades. */
  win_rate_pct: number | null
  /** Mean winning pnl / mean losing pnl. Kaufman: Trading Systems and Methods. */
  payoff_ratio: number | null
  trades: number
  wins: number
  losses: number
  /** Of pnl / margin; for spot of pnl / amount spent. */
  best_trade_pct: number | null
  worst_trade_pct: number | null
  avg_trade_pct: number | null
  /** Of exit time - entry time, the opens of their bars. */
  avg_hold_ms: number | null
  max_hold_ms: number | null
  /** A trade that came out even ends both kinds of streak. */
  max_consecutive_wins: number
  max_consecutive_losses: number
  /** Bars in position / bars. */
  exposure_pct: number
  /** Sum of the notional of all fills / start equity. */
  turnover: number
  /** Paid; positive. */
  fees: number
  /** Received; negative where paid. */
  funding: number
  /** Last mark of each calendar month (UTC) / last of the month before, or start equity, - 1; percent. */
  monthly_returns: { month: string; return_pct: number }[]
}

/** What should be known before the figures are believed. */
export interface Integrity {
  /** True if signals computed on prefixes of the candles equal those computed on all of them. */
  look_ahead_ok: boolean
  /** Bars loaded before the window, and how many the rules want. */
  warm_up: { bars: number; wanted: number; ok: boolean }
  gaps: { missing_bars: number; ok: boolean; first: Gap | null }
  /** The window's two halves, each run by itself on indicators of the same origin. */
  in_sample: { return_pct: number; trades: number }
  out_of_sample: { return_pct: number; trades: number }
  /** Run again with twice the slippage, at least 2 basis points: doubling none would show nothing. */
  doubled_slippage: { slippage_bps: number; return_pct: number }
  /** False under 30 trades: too few to say much. */
  enough_trades: boolean
  /** Difference between the cash ledger and start + sum of pnl; rounding only. */
  ledger_difference: number
  /** Entries that the rules called for and the sizing could not order. */
  refused_entries: { reason: RefusalReason; count: number }[]
  /** What had to be assumed of a swap: its rules of sizes, its tiers, and how many funding payments. */
  assumed: { size_rules: boolean; tiers: boolean; funding_payments: number }
  /** Bars of which finer candles were asked for and are not all there: within these the order of events is assumed. */
  bars_without_detail: number
  /** True for a strategy that decides on ticks and was run on closes for want of finer candles: a red badge. */
  tick_on_closes: boolean
}

/** A backtest as `cli backtest --json` prints it. */
export interface BacktestResult {
  strategy: string
  version: number
  inst_id: string
  bar: Bar
  /** The finer candles that told the order of events within a bar; null where there were none. */
  detail_bar: Bar | null
  evaluate_on: Strategy['evaluate_on']
  direction: Strategy['direction']
  /** 1 on spot. */
  leverage: number
  /** Null on spot. */
  margin_mode: Strategy['margin_mode'] | null
  /** Coins in a contract, where sizes of trades are contracts; null where they are coins. */
  contract_coins: number | null
  source: string
  /** The version of the program that computed it; null where it was not told, as by programs before this one. */
  program: string | null
  from_ts: number
  to_ts: number
  /** Open time of the first candle that indicators were computed from. */
  origin_ts: number
  bars: number
  costs: Costs
  /** What the exchange said then, so that it comes out the same once it says otherwise: null and empty where it was not known. */
  size_rules: SizeRules | null
  funding_rates: FundingRates
  stats: Stats
  trades: Trade[]
  integrity: Integrity
  /** Equity marked at every close of the window, by the bar's open time; only where asked for. */
  equity?: { ts: number; equity: number }[]
}
