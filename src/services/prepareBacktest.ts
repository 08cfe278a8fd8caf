import type { BacktestRequest } from '../domain/backtest/backtest.js'
import type { Costs } from '../domain/backtest/result.js'
import { intervalMs } from '../domain/bars.js'
import { type Candles, lowerBound, sliceCandles } from '../domain/candles.js'
import { type Instrument, type InstType, instTypeOf } from '../domain/instrument.js'
import { wantedWarmUp } from '../domain/strategy/compile.js'
import type { Strategy } from '../domain/strategy/schema.js'
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
  /** Where an earlier run's indicators began; else the warm-up decides. */
  originTs?: number
}

/** A backtest as it can be computed anywhere. */
export type RunRequest = Omit<BacktestRequest, 'onProgress'>

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

/** The order with its candles, warm-up included where it exists, and the instrument's rules where they can be had. */
export async function prepareBacktest(
  marketData: MarketData,
  { strategy, version, fromTs, toTs, costs, originTs }: PreparedOrder,
  work: Work,
): Promise<RunRequest> {
  const { inst_id: instId, bar, rules } = strategy
  const wantedFrom = originTs ?? fromTs - wantedWarmUp(rules, bar) * intervalMs(bar)
  const candles = await marketData.candles({ instId, bar, fromTs: wantedFrom, toTs }, work)
  if (lowerBound(candles.ts, fromTs) === candles.ts.length) {
    throw new UserError('error-backtest-no-candles', { instId, bar })
  }
  const instrument = await marketData.knownInstrument(instId, work.signal)
  return {
    strategy,
    version,
    instId,
    bar,
    source: marketData.source,
    candles,
    fromTs,
    costs,
    sizeRules: instrument && sizeRulesOf(instrument),
    fundingRates: { ts: [], rate: [] },
    detail: null,
  }
}

/** An instrument's rules as floats. */
function sizeRulesOf({ minSz, lotSz, ctVal, ctMult }: Instrument): SizeRules {
  const contractCoins = ctVal === null ? 1 : ctVal.times(ctMult ?? 1).toNumber()
  return { minSz: minSz.toNumber(), lotSz: lotSz.toNumber(), contractCoins, tiers: [] }
}

/** The candles that are traded on, without the warm-up before them. */
export function windowOf({ candles, fromTs }: Pick<RunRequest, 'candles' | 'fromTs'>): Candles {
  return sliceCandles(candles, lowerBound(candles.ts, fromTs), candles.ts.length)
}
