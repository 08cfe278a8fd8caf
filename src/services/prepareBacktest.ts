import type { FundingRates } from '../domain/backtest/funding.js'
import type { BacktestRequest } from '../domain/backtest/planBacktest.js'
import type { Costs } from '../domain/backtest/result.js'
import { type Bar, intervalMs } from '../domain/bars.js'
import { type Candles, lowerBound, sliceCandles, type TimeRange } from '../domain/candles.js'
import { type Instrument, type InstType, instTypeOf } from '../domain/instrument.js'
import { wantedWarmUp } from '../domain/strategy/compile.js'
import type { Strategy } from '../domain/strategy/schema.js'
import type { Tier } from '../domain/trading/margin.js'
import type { SizeRules } from '../domain/trading/toOrder.js'
import { UserError } from '../domain/userError.js'
import type { MarketData } from './marketData.js'
import type { Work } from './work.js'

/** What is to be tested, on candles still to be had. Times are open times, epoch ms. */
export interface PreparedOrder {
  /** Its own instrument and timeframe are those tested. */
  strategy: Strategy
  version: number
  fromTs: number
  /** Exclusive. */
  toTs: number
  costs: Costs
  /** Of the finer candles that tell the order of events within a bar; null for none. */
  detailBar: Bar | null
  /** Where an earlier run's indicators began; else the warm-up decides. */
  originTs?: number
  /** What the exchange said when it was run before; else it is asked. */
  terms?: ExchangeTerms
}

/** A backtest as it can be computed anywhere. */
export type RunRequest = Omit<BacktestRequest, 'onProgress' | 'program'>

/** What a run needs of the exchange beside candles. */
export type ExchangeTerms = Pick<BacktestRequest, 'sizeRules' | 'fundingRates'>

/** None that is known: then what the engine assumes is paid. */
export const noFunding: FundingRates = { ts: [], rate: [] }

/** STRATEGY.md section 4: what is paid where an account's own tier is not known. */
const takerFeeRates: Record<InstType, number> = { SPOT: 0.001, SWAP: 0.0005 }

/** What a backtest costs unless told otherwise. */
export function defaultCosts(instId: string): Costs {
  return {
    start_equity: 10_000,
    fee_rate: takerFeeRates[instTypeOf(instId)],
    slippage_bps: 0,
    fill: 'next_open',
    exact_sizes: true,
  }
}

/**
 * The order with its candles, warm-up included where it exists; the instrument's rules, and a swap's funding, as far as they
 * can be had. Throws UserError for more leverage than the exchange gives.
 */
export async function prepareBacktest(
  marketData: MarketData,
  { strategy, version, fromTs, toTs, costs, detailBar, originTs, terms }: PreparedOrder,
  work: Work,
): Promise<RunRequest> {
  const { inst_id: instId, bar } = strategy
  const instrument = terms ? null : await marketData.knownInstrument(instId, work.signal)
  if (instrument) refuseLeverage(strategy, instrument)
  const candles = await candlesWithWarmUp(marketData, strategy, { fromTs, toTs, originTs }, work)
  const { sizeRules, fundingRates } =
    terms ?? (await askTerms(marketData, strategy, instrument, { fromTs, toTs }, work))
  const detail = detailBar && {
    bar: detailBar,
    candles: await marketData.candles({ instId, bar: detailBar, ...spanOf(windowOf({ candles, fromTs }), bar) }, work),
  }
  return {
    strategy,
    version,
    instId,
    bar,
    source: marketData.source,
    candles,
    fromTs,
    costs,
    sizeRules,
    fundingRates,
    detail,
  }
}

/**
 * The candles of a stretch of time, and those before it that the strategy's indicators need: from `originTs` on where that is
 * given. Throws UserError where the stretch itself has none.
 */
export async function candlesWithWarmUp(
  marketData: Pick<MarketData, 'candles'>,
  { inst_id: instId, bar, rules }: Strategy,
  { fromTs, toTs, originTs }: TimeRange & { originTs?: number | undefined },
  work: Work,
): Promise<Candles> {
  const wantedFrom = originTs ?? fromTs - wantedWarmUp(rules, bar) * intervalMs(bar)
  const candles = await marketData.candles({ instId, bar, fromTs: wantedFrom, toTs }, work)
  if (lowerBound(candles.ts, fromTs) === candles.ts.length) {
    throw new UserError('error-backtest-no-candles', { instId, bar })
  }
  return candles
}

function refuseLeverage({ leverage }: Strategy, { instId, maxLever }: Instrument): void {
  if (!maxLever?.lt(leverage)) return
  throw new UserError('error-backtest-leverage', { instId, got: String(leverage), allowed: maxLever.toFixed() })
}

async function askTerms(
  marketData: MarketData,
  { inst_id: instId, margin_mode }: Strategy,
  instrument: Instrument | null,
  { fromTs, toTs }: TimeRange,
  work: Work,
): Promise<ExchangeTerms> {
  if (instTypeOf(instId) === 'SPOT') {
    return { sizeRules: instrument && sizeRulesOf(instrument, []), fundingRates: noFunding }
  }
  const [tiers, fundingRates] = await Promise.all([
    instrument ? marketData.positionTiers(instId, margin_mode, work.signal) : [],
    marketData.fundingRates(instId, fromTs, toTs, work),
  ])
  return { sizeRules: instrument && sizeRulesOf(instrument, tiers), fundingRates }
}

/** From the open of the first candle to the close of the last. */
function spanOf({ ts }: Candles, bar: Bar): TimeRange {
  return { fromTs: ts[0], toTs: ts[ts.length - 1] + intervalMs(bar) }
}

/** An instrument's rules as floats. */
function sizeRulesOf({ minSz, lotSz, ctVal, ctMult }: Instrument, tiers: readonly Tier[]): SizeRules {
  const contractCoins = ctVal === null ? 1 : ctVal.times(ctMult ?? 1).toNumber()
  return { minSz: minSz.toNumber(), lotSz: lotSz.toNumber(), contractCoins, tiers }
}

/** How many candles are gone through, finer ones among them. */
export function barsOf({ candles, detail }: Pick<RunRequest, 'candles' | 'detail'>): number {
  return candles.ts.length + (detail?.candles.ts.length ?? 0)
}

/** The candles that are traded on, without the warm-up before them. */
export function windowOf({ candles, fromTs }: Pick<RunRequest, 'candles' | 'fromTs'>): Candles {
  return sliceCandles(candles, lowerBound(candles.ts, fromTs), candles.ts.length)
}
