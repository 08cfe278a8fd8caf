import { type Bar, barOpen, intervalMs } from '../domain/bars.js'
import { type Candles, lowerBound, sliceCandles, type TimeRange } from '../domain/candles.js'
import type { Source } from '../domain/instrument.js'
import { type CompiledRules, compileStrategy, wantedWarmUp } from '../domain/strategy/compile.js'
import type { Strategy } from '../domain/strategy/schema.js'
import { UserError } from '../domain/userError.js'
import type { MarketData } from './marketData.js'
import { candlesWithWarmUp } from './prepareBacktest.js'
import type { Work } from './work.js'

/** Where the rules of a strategy began to hold, lately. */
export interface RecentSignals {
  source: Source
  /** The newest closed candles. */
  candles: Candles
  /** Indexes of candles at whose close a side holds and at the close before did not: what holds on is told once. */
  buy: readonly number[]
  sell: readonly number[]
}

/** What each condition of a strategy said at the close of one candle. */
export interface ExplainedBar {
  source: Source
  /** Open time. */
  ts: number
  close: number
  /** Whether no newer candle has closed. */
  isNewest: boolean
  sides: ReturnType<CompiledRules['explain']>
}

const barsShown = 180
/** A few seconds of downloads: a longer warm-up is not worth the wait for a glance. */
const mostBars = 20_000

/**
 * The signals on the newest closed candles, for a glance: throws UserError where those cannot be had, are too many, or take
 * longer than `patienceMs`.
 */
export async function recentSignals(
  marketData: Pick<MarketData, 'source' | 'candles'>,
  strategy: Strategy,
  { now, patienceMs = 20_000 }: { now: number; patienceMs?: number },
  work: Work,
): Promise<RecentSignals> {
  const { bar, rules } = strategy
  const count = barsShown + wantedWarmUp(rules, bar)
  if (count > mostBars) throw new UserError('error-signals-far', { count })
  const patience = AbortSignal.timeout(patienceMs)
  const window = newestBars(bar, now, barsShown)
  const hurried = { ...work, signal: AbortSignal.any([work.signal, patience]) }
  try {
    const candles = await candlesWithWarmUp(marketData, strategy, window, hurried)
    const first = lowerBound(candles.ts, window.fromTs)
    const { buy, sell } = compileStrategy(rules, bar, candles)
    return {
      source: marketData.source,
      candles: sliceCandles(candles, first, candles.ts.length),
      buy: beginnings(buy, first),
      sell: beginnings(sell, first),
    }
  } catch (error) {
    if (patience.aborted && !work.signal.aborted) throw new UserError('error-signals-slow')
    throw error
  }
}

/**
 * Why the rules hold or do not, at the newest closed candle or at the one that holds the instant `at` (epoch ms). Throws
 * UserError for a candle that does not exist or has not closed.
 */
export async function explainBar(
  marketData: Pick<MarketData, 'source' | 'candles'>,
  strategy: Strategy,
  { at, now }: { at: number | null; now: number },
  work: Work,
): Promise<ExplainedBar> {
  const { bar, rules } = strategy
  const newest = newestBars(bar, now, barsShown)
  const window = at === null ? newest : barAt(bar, at)
  if (window.toTs > newest.toTs) throw new UserError('error-candle-open', { bar })
  const candles = await candlesWithWarmUp(marketData, strategy, window, work)
  const i = candles.ts.length - 1
  return {
    source: marketData.source,
    ts: candles.ts[i],
    close: candles.close[i],
    isNewest: window.toTs === newest.toTs,
    sides: compileStrategy(rules, bar, candles).explain(i),
  }
}

/** The newest closed bars. */
function newestBars(bar: Bar, now: number, count: number): TimeRange {
  const toTs = barOpen(bar, now)
  return { fromTs: toTs - count * intervalMs(bar), toTs }
}

function barAt(bar: Bar, at: number): TimeRange {
  const fromTs = barOpen(bar, at)
  return { fromTs, toTs: fromTs + intervalMs(bar) }
}

/** Indexes, counted from `first`, at which a column turns to 1. */
function beginnings(column: Uint8Array, first: number): number[] {
  const found: number[] = []
  for (let i = first; i < column.length; i++) if (column[i] === 1 && column[i - 1] !== 1) found.push(i - first)
  return found
}
