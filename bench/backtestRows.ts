import type { BacktestRequest } from '../src/domain/backtest/planBacktest.js'
import type { Candles } from '../src/domain/candles.js'
import { parseStrategyText } from '../src/domain/strategy/strategyText.js'

/** Rule sets by the name that backtest.c has for them, which trades the same. */
export const strategyTexts = {
  'two-averages': `name: two-averages
bar: 1m
buy: MA(20, 100) golden_cross
sell: MA(20, 100) death_cross`,
  'six-conditions': `name: six-conditions
bar: 1m; stop: 2%; target: 4%; trail: 3%
buy: RSI(14, oversold=40) oversold within 3 and MACD golden_cross and MA(200) price_above
sell: RSI overbought or KDJ death_cross_overbought or BOLL return_from_upper`,
} as const

export type RuleSet = keyof typeof strategyTexts
export const ruleSets = Object.keys(strategyTexts) as RuleSet[]

function strategyOf(name: RuleSet): BacktestRequest['strategy'] {
  const parsed = parseStrategyText(strategyTexts[name])
  if ('problems' in parsed) throw new Error(`${name}: ${JSON.stringify(parsed.problems)}`)
  return parsed.strategy
}

/** Spot, over all of the candles, at the costs that are written in backtest.c. */
export function requestOf(name: RuleSet, candles: Candles): BacktestRequest {
  return {
    strategy: strategyOf(name),
    version: 1,
    instId: 'BTC-USDT',
    bar: '1m',
    source: 'import',
    candles,
    fromTs: candles.ts[0],
    costs: { start_equity: 10_000, fee_rate: 0.0005, slippage_bps: 1, fill: 'next_open', exact_sizes: true },
    sizeRules: null,
    fundingRates: { ts: [], rate: [] },
    detail: null,
  }
}
