import { type Bar, intervalMs } from '../bars.js'
import { type Candles, lowerBound } from '../candles.js'
import type { SharedColumns } from '../indicators/sharedColumns.js'
import { instTypeOf, type Source } from '../instrument.js'
import { compileStrategy } from '../strategy/compile.js'
import { RuleStream } from '../strategy/ruleStream.js'
import type { Strategy } from '../strategy/schema.js'
import type { SizeRules } from '../trading/toOrder.js'
import { UserError } from '../userError.js'
import { Detail } from './detail.js'
import type { EngineInput, EngineRun } from './engine.js'
import { type FundingRates, fundingPayments } from './funding.js'
import type { Costs } from './result.js'
import { tickColumns } from './tickColumns.js'

export interface BacktestRequest {
  strategy: Strategy
  version: number
  /** What it is run on, which need not be what the strategy names. */
  instId: string
  bar: Bar
  source: Source
  /** Oldest first; the first is the origin that indicators are computed from, the last the end of the window. */
  candles: Candles
  /** Trading begins at the first candle that opens at or after this (epoch ms); earlier ones are warm-up. */
  fromTs: number
  costs: Costs
  /** Null where the instrument's rules are unknown. */
  sizeRules: SizeRules | null
  /** A swap's funding as it was recorded; empty where it was not, and on spot. */
  fundingRates: FundingRates
  /** Finer candles of the same instrument over the window, which tell the order of events within a bar. */
  detail: { bar: Bar; candles: Candles } | null
  /** The version of the program, for the result to name. */
  program?: string
  /** Put the equity of each bar into the result as well. */
  withEquity?: boolean
  /** Told the part that is done (0 to 1) from time to time; an error thrown in it ends the backtest. */
  onProgress?: (done: number) => void
}

/** What is run, and how its marks become those of the window's bars. */
export interface BacktestPlan {
  /** The window by index of the request's candles, `to` exclusive. */
  from: number
  to: number
  /** The rules at the close of each of the request's candles. */
  buy: Uint8Array
  sell: Uint8Array
  input: EngineInput
  /** How many of the engine's candles the first `bars` bars of the window are. */
  partsOf(bars: number): number
  marksOf(run: EngineRun): Float64Array
}

/**
 * The request as the engine takes it; `shared` keeps indicators for the next parameter set on the same candles. Only a strategy
 * that decides on ticks takes long to plan: `onPlanned` is told what part is done.
 */
export function planBacktest(
  request: Omit<BacktestRequest, 'version' | 'source' | 'onProgress'>,
  shared?: SharedColumns,
  onPlanned?: (done: number) => void,
): BacktestPlan {
  const { strategy, instId, bar, candles, costs, sizeRules } = request
  const instType = instTypeOf(instId)
  if (instType === 'SWAP' && instId.endsWith('-USD-SWAP')) throw new UserError('error-backtest-inverse', { instId })
  const from = lowerBound(candles.ts, request.fromTs)
  const to = candles.ts.length
  if (from === to) throw new UserError('error-backtest-no-candles', { instId, bar })
  const { buy, sell } = compileStrategy(strategy.rules, bar, candles, shared)
  const detail = request.detail
    ? new Detail(request.detail.candles, intervalMs(bar), intervalMs(request.detail.bar))
    : null
  const fundingIn = (ts: Float64Array, first: number, end: number, stepMs: number) =>
    instType === 'SPOT' ? [] : fundingPayments(ts, first, end, stepMs, request.fundingRates)
  const common = { costs, instType, terms: strategy, sizeRules }
  if (strategy.evaluate_on === 'tick' && request.detail && detail) {
    const stream = new RuleStream(strategy.rules, bar, candles.priceScale)
    const { lastParts, ...ticks } = tickColumns(candles, from, detail, stream, onPlanned)
    const count = ticks.candles.ts.length
    const funding = fundingIn(ticks.candles.ts, 0, count, intervalMs(request.detail.bar))
    return {
      from,
      to,
      buy,
      sell,
      input: { ...common, ...ticks, from: 0, to: count, funding, detail: null },
      partsOf: (bars) => (bars === 0 ? 0 : lastParts[bars - 1] + 1),
      marksOf: ({ equity }) => Float64Array.from(lastParts, (last) => equity[last]),
    }
  }
  const funding = fundingIn(candles.ts, from, to, intervalMs(bar))
  return {
    from,
    to,
    buy,
    sell,
    input: { ...common, candles, buy, sell, from, to, funding, detail },
    partsOf: (bars) => bars,
    marksOf: ({ equity }) => equity,
  }
}
