import { type Bar, intervalMs } from '../bars.js'
import { type Candles, findGaps, sliceCandles } from '../candles.js'
import { type SignalColumn, yes } from '../indicators/indicator.js'
import { compileStrategy, wantedWarmUp } from '../strategy/compile.js'
import type { Strategy } from '../strategy/schema.js'
import { findDetailGaps } from './detailBar.js'
import { type EngineInput, type EngineRun, runEngine } from './engine.js'
import type { BacktestPlan, BacktestRequest } from './planBacktest.js'
import type { Integrity } from './result.js'

const leastTrades = 30
const probesASide = 3
const evenProbes = 24

/** What should be known before the figures of `run`, which `plan` gave, are believed. Reruns the engine three times. */
export function checkIntegrity(
  strategy: Strategy,
  bar: Bar,
  {
    candles,
    costs,
    sizeRules,
    fundingRates,
    detail,
  }: Pick<BacktestRequest, 'candles' | 'costs' | 'sizeRules' | 'fundingRates' | 'detail'>,
  plan: BacktestPlan,
  run: EngineRun,
): Integrity {
  const { from, to, input } = plan
  const wanted = wantedWarmUp(strategy.rules, bar)
  const gaps = findGaps(candles.ts, intervalMs(bar))
  const middle = input.from + plan.partsOf(Math.floor((to - from) / 2))
  const slippageBps = 2 * Math.max(costs.slippage_bps, 1)
  const isSwap = input.instType === 'SWAP'
  const recorded = new Set(fundingRates.ts)
  return {
    look_ahead_ok: signalsKeepOnPrefixes({ candles, ...plan }, 2 * wanted, (prefix) =>
      compileStrategy(strategy.rules, bar, prefix),
    ),
    warm_up: { bars: from, wanted, ok: from >= wanted },
    gaps: {
      missing_bars: gaps.reduce((total, gap) => total + gap.missing, 0),
      ok: gaps.length === 0,
      first: gaps[0] ?? null,
    },
    in_sample: outcome({ ...input, to: middle }),
    out_of_sample: outcome({ ...input, from: middle }),
    doubled_slippage: {
      slippage_bps: slippageBps,
      return_pct: outcome({ ...input, costs: { ...costs, slippage_bps: slippageBps } }).return_pct,
    },
    enough_trades: run.trades.length >= leastTrades,
    ledger_difference: ledgerDifference(run, costs.start_equity),
    refused_entries: [...run.refusals].map(([reason, count]) => ({ reason, count })),
    assumed: {
      size_rules: isSwap && (sizeRules === null || !costs.exact_sizes),
      tiers: isSwap && (sizeRules === null || sizeRules.tiers.length === 0),
      funding_payments: input.funding.filter(({ ts }) => !recorded.has(ts)).length,
    },
    bars_without_detail: detail === null ? 0 : findDetailGaps(candles, bar, from, detail).bars,
    tick_on_closes: strategy.evaluate_on === 'tick' && input.barTs === undefined,
  }
}

/** The cash ledger's end less start + sum of pnl; a finished run holds no position, so that both are cash. */
export function ledgerDifference({ ledger, trades }: EngineRun, startEquity: number): number {
  const cash = ledger.from(startEquity)
  return cash - trades.reduce((total, trade) => total + trade.pnl, startEquity)
}

/** Return and number of trades of a run of its own, which starts flat with the start equity. */
function outcome(input: EngineInput): { return_pct: number; trades: number } {
  if (input.from === input.to) return { return_pct: 0, trades: 0 }
  const { equity, trades } = runEngine(input)
  return { return_pct: (equity[equity.length - 1] / input.costs.start_equity - 1) * 100, trades: trades.length }
}

interface SignalColumns {
  buy: SignalColumn
  sell: SignalColumn
}

/**
 * True if `compile` gives on prefixes of the candles what the columns, computed on all of them, say there. A prefix
 * that ends where a signal begins to fire shows rules that know what follows. Others, spread evenly over the first
 * `reach` candles, meet signals that are taken back; these are sampled, for compiling every prefix is too dear: together
 * they are no longer than the candles themselves, the shortest first.
 */
export function signalsKeepOnPrefixes(
  { candles, buy, sell }: SignalColumns & { candles: Candles },
  reach: number,
  compile: (prefix: Candles) => SignalColumns,
): boolean {
  const length = candles.ts.length
  const ends = new Set([...firingStarts(buy), ...firingStarts(sell)])
  for (let n = 1; n <= evenProbes; n++) ends.add(Math.floor((Math.min(length, reach) * n) / evenProbes))
  let left = length
  for (const end of [...ends].sort((a, b) => a - b)) {
    if (end === 0 || end === length) continue
    left -= end
    // A short series is probed all the same.
    if (left < 0 && end > reach) break
    const prefix = compile(sliceCandles(candles, 0, end))
    if (!startsWith(buy, prefix.buy) || !startsWith(sell, prefix.sell)) return false
  }
  return true
}

/** Lengths of the prefixes that end with the first bars at which the column turns true. */
function firingStarts(column: SignalColumn): number[] {
  const ends: number[] = []
  for (let i = 0; i < column.length && ends.length < probesASide; i++) {
    if (column[i] === yes && (i === 0 || column[i - 1] !== yes)) ends.push(i + 1)
  }
  return ends
}

function startsWith(whole: SignalColumn, part: SignalColumn): boolean {
  return part.every((value, i) => (value === yes) === (whole[i] === yes))
}
