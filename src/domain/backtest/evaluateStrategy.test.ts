import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../testing/candleSeries.js'
import { candlesFromRows } from '../candles.js'
import { SharedColumns } from '../indicators/sharedColumns.js'
import { parseStrategyText } from '../strategy/strategyText.js'
import { backtest } from './backtest.js'
import { createEvaluator, type TestBed } from './evaluateStrategy.js'

const minutes = 15
const length = 6000
const random = seededRandom(5)
let price = 10_000
const candles = candlesFromRows(
  Array.from({ length }, (_, i) => {
    const open = price
    price = Math.max(100, price + Math.round((random() - 0.5) * 80))
    const high = Math.max(open, price) + Math.round(random() * 20)
    const low = Math.min(open, price) - Math.round(random() * 20)
    return { ts: i * minutes * 60_000, open, high, low, close: price, volume: 1 }
  }),
)
const bed: TestBed = {
  instId: 'BTC-USDT',
  bar: '15m',
  candles,
  fromTs: candles.ts[500],
  costs: { start_equity: 10_000, fee_rate: 0.001, slippage_bps: 1, fill: 'next_open', exact_sizes: true },
  sizeRules: null,
  fundingRates: { ts: [], rate: [] },
  detail: null,
}

function strategyOf(text: string) {
  const read = parseStrategyText(`name: tested\ninst: BTC-USDT\nbar: 15m\n${text}`)
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  return read.strategy
}

const strategies = [
  'buy: MA(5, 20) golden_cross\nsell: MA(5, 20) death_cross',
  'buy: MA(8, 40) golden_cross\nsell: MA(8, 40) death_cross',
  'stop: 2%\ntarget: 4%\nbuy: RSI(14) oversold @1H\nsell: not RSI oversold @30m',
  'stop: 1%\nbuy: MACD golden_cross and MA(20) price_above\nsell: MACD death_cross or KDJ death_cross',
  'buy: MA(5, 20) golden_cross and MA(5, 20) death_cross\nsell: RSI overbought',
].map(strategyOf)

describe('an evaluator', () => {
  it.each([Number.POSITIVE_INFINITY, 200_000])(
    'gives the figures of a backtest, keeping %d bytes of columns',
    (bytes) => {
      const { evaluate } = createEvaluator(bed, new SharedColumns(bytes))
      // Twice: what was kept of the others must not matter.
      for (const strategy of [...strategies, ...strategies.toReversed()]) {
        const { monthly_returns: _, ...expected } = backtest({ ...bed, strategy, version: 1, source: 'import' }).result
          .stats
        evaluate(strategy, (figures) => expect({ ...figures }).toEqual(expected))
      }
    },
  )

  it('tries strategies that trade, and one that never does', () => {
    const { evaluate } = createEvaluator(bed, new SharedColumns())
    const counts = strategies.map((strategy) => evaluate(strategy, ({ trades }) => trades))
    expect(counts.map((trades) => trades > 0)).toEqual([true, true, true, true, false])
  })
})
