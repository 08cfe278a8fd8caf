import { allocateCandles } from '../candles.js'
import { findDrawdown } from './drawdown.js'
import { Engine, type EngineInput } from './engine.js'
import { computeStats } from './stats.js'

/*
 * V8 forgets what it has compiled for a shape of object when a full collection finds none of them, and the columns of
 * years bring on such collections in the middle of a backtest, when its engine is not there yet: it would then run four
 * times slower. So one of each kind stays, from a market of some bars.
 */

const bars = 6
// Times and prices as they are, so that numbers are kept as in a real run.
const startTs = Date.UTC(2026, 0, 1)
const minuteMs = 60_000
const noRisk = {
  stop_loss_pct: null,
  take_profit_pct: null,
  trailing_stop_pct: null,
  max_hold_bars: null,
  cooldown_bars: 0,
}

function inputOf(instType: EngineInput['instType']): EngineInput {
  const candles = allocateCandles(bars, 1)
  for (let i = 0; i < bars; i++) {
    candles.ts[i] = startTs + i * minuteMs
    candles.open[i] = 10.1 + i / 10
    candles.close[i] = candles.open[i]
    candles.high[i] = 11.3
    candles.low[i] = 9.7
  }
  return {
    candles,
    buy: Uint8Array.of(0, 1, 0, 0, 0, 0),
    sell: Uint8Array.of(0, 0, 0, 1, 0, 0),
    from: 0,
    to: bars,
    costs: { start_equity: 1000.5, fee_rate: 0.001, slippage_bps: 0.5, fill: 'next_open', exact_sizes: true },
    instType,
    terms: {
      direction: 'long',
      sizing: { type: 'percent', value: 99.5 },
      risk: noRisk,
      leverage: 1.5,
      margin_mode: 'isolated',
    },
    sizeRules: null,
    funding: instType === 'SWAP' ? [{ index: 3, ts: startTs + 3 * minuteMs, rate: 0.00015 }] : [],
    detail: null,
  }
}

export const keptEngines = (['SPOT', 'SWAP'] as const).map((instType) => {
  const input = inputOf(instType)
  const engine = new Engine(input)
  const run = engine.run()
  const { candles, costs } = input
  const { equity, trades, notional } = run
  const startEquity = costs.start_equity
  const marks = { ts: candles.ts, equity, startEquity }
  const figures = {
    candles,
    from: 0,
    to: bars,
    intervalMs: minuteMs,
    startEquity,
    equity,
    trades,
    exposure: 0.5,
    notional,
  }
  return { engine, run, marks, drawdown: findDrawdown(marks), figures, stats: computeStats(figures) }
})
