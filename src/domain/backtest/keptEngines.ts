import { allocateCandles } from '../candles.js'
import { Engine, type EngineInput } from './engine.js'

/*
 * V8 forgets what it has compiled for a shape of object when a full collection finds none of them, and the columns of
 * years bring on such collections in the middle of a backtest, when its engine is not there yet: it would then run four
 * times slower. So one of each kind stays, from a market of some bars.
 */

const bars = 6
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
    candles.ts[i] = i * 60_000
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
    funding: [],
    detail: null,
  }
}

export const keptEngines = (['SPOT', 'SWAP'] as const).map((instType) => {
  const engine = new Engine(inputOf(instType))
  return { engine, run: engine.run() }
})
