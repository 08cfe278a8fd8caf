import { describe, expect, it } from 'vitest'
import { minute, type Ohlc, still, toCandles } from '../../testing/engineCase.js'
import { noRisk, strategyWith } from '../../testing/strategyFixture.js'
import { intervalMs } from '../bars.js'
import type { Condition, Risk, Strategy } from '../strategy/schema.js'
import { backtest } from './backtest.js'
import type { BacktestRequest } from './planBacktest.js'
import type { ExitReason } from './result.js'

const bar = intervalMs('3m')
const calm = [still, still, still]
const at = (price: number): Ohlc => [price, price, price, price]

/** Closes above the close of the bar before: over the mean of the two. */
const rises: Condition = { indicator_type: 'MA', signal_type: 'price_above', params: { period: 2 } }
const falls: Condition = { indicator_type: 'MA', signal_type: 'price_below', params: { period: 2 } }
const when = (condition: Condition) => [{ logic: 'AND' as const, conditions: [condition] }]

/** Bars of three minutes made of their minutes; trading begins at the second. Minutes of `gone` are missing. */
function requestOf(
  minutes: Ohlc[],
  { risk, ...changes }: Partial<Omit<Strategy, 'risk'>> & { risk?: Partial<Risk> } = {},
  gone: number[] = [],
): BacktestRequest {
  const bars: Ohlc[] = []
  for (let k = 0; k < minutes.length; k += 3) {
    const [a, b, c] = [minutes[k], minutes[k + 1], minutes[k + 2]]
    bars.push([a[0], Math.max(a[1], b[1], c[1]), Math.min(a[2], b[2], c[2]), c[3]])
  }
  return {
    strategy: strategyWith({
      bar: '3m',
      evaluate_on: 'tick',
      risk: { ...noRisk, ...risk },
      rules: { buy_groups: when(rises), sell_groups: [] },
      ...changes,
    }),
    version: 1,
    instId: 'BTC-USDT',
    bar: '3m',
    source: 'simulated',
    candles: { ...toCandles(bars, bar), priceScale: 2 },
    fromTs: bar,
    costs: { start_equity: 1000, fee_rate: 0, slippage_bps: 0, fill: 'next_open', exact_sizes: true },
    sizeRules: null,
    fundingRates: { ts: [], rate: [] },
    detail: {
      bar: '1m',
      candles: toCandles(
        minutes.map((m, k) => (gone.includes(k) ? null : m)),
        minute,
      ),
    },
  }
}

type Row = [entryBar: number, entryPrice: number, exitBar: number, exitPrice: number, reason: ExitReason]

function rowsOf(request: BacktestRequest): Row[] {
  return backtest(request).result.trades.map((t) => [
    t.entry_ts / bar,
    t.entry_price,
    t.exit_ts / bar,
    t.exit_price,
    t.exit_reason,
  ])
}

const rise: Ohlc = [100, 101, 100, 101]

describe('a tick strategy', () => {
  it('tells on the way how far it is, and stops where that throws', () => {
    const request = requestOf(Array.from({ length: 81_000 }, () => still))
    const seen: number[] = []
    backtest({ ...request, onProgress: (done) => seen.push(done) })
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(seen.filter((done) => done < 0.9)).toHaveLength(3)
    expect(seen.at(-1)).toBe(1)
    const until = (limit: number) => (done: number) => {
      if (done > limit) throw new Error(`cancelled at ${done}`)
    }
    expect(() => backtest({ ...request, onProgress: until(0.5) })).toThrow(/cancelled at 0\.5\d+/)
  })

  it('decides at the close of a finer candle and is filled at the open of the next, within the bar', () => {
    const request = requestOf([...calm, rise, [102, 103, 102, 103], at(103), at(104), at(104), at(104)])
    expect(rowsOf(request)).toEqual([[1, 102, 2, 104, 'end_of_data']])
  })

  it('acts on what the bar has no more when it closes', () => {
    const request = requestOf([...calm, rise, at(99), at(99), at(99), at(98), at(98)])
    expect(rowsOf(request)).toEqual([[1, 99, 2, 98, 'end_of_data']])
    expect(rowsOf({ ...request, detail: null })).toEqual([])
  })

  it('is filled at the close of a finer candle, and at its middle', () => {
    const request = requestOf([...calm, rise, [104, 108, 102, 104], at(104), at(104), at(104), at(104)])
    const filled = (fill: 'close' | 'next_mid') => rowsOf({ ...request, costs: { ...request.costs, fill } })
    expect(filled('close')).toEqual([[1, 101, 2, 104, 'end_of_data']])
    expect(filled('next_mid')).toEqual([[1, 105, 2, 104, 'end_of_data']])
  })

  it('enters once a bar, and again in the next', () => {
    const stopped = [rise, [101, 101, 90, 101] satisfies Ohlc, at(102)]
    const again = [[102, 103, 102, 103] satisfies Ohlc, [103, 103, 90, 103] satisfies Ohlc, at(104)]
    const request = requestOf([...calm, ...stopped, ...again, at(104), at(104), at(104)], {
      risk: { stop_loss_pct: 5 },
    })
    expect(rowsOf(request)).toEqual([
      [1, 101, 1, 95.95, 'stop_loss'],
      [2, 103, 2, 97.85, 'stop_loss'],
    ])
  })

  it('enters in the next bar on what the last finer candle of a bar decides', () => {
    const request = requestOf([...calm, still, still, [100, 102, 100, 102], at(103), at(103), at(103), ...calm])
    expect(rowsOf(request)).toEqual([[2, 103, 3, 100, 'end_of_data']])
  })

  it('exits on the signal of a forming candle, in the bar of its entry too', () => {
    const request = requestOf([...calm, rise, [101, 101, 97, 98], [97, 97, 97, 97], ...calm, ...calm], {
      rules: { buy_groups: when(rises), sell_groups: when(falls) },
    })
    expect(rowsOf(request)[0]).toEqual([1, 101, 1, 97, 'signal'])
  })

  it('opens nothing in the last bar', () => {
    expect(rowsOf(requestOf([...calm, ...calm, rise, at(102), at(103)]))).toEqual([])
    const before = requestOf([...calm, still, still, [100, 101, 100, 101], at(102), at(103), at(104)])
    expect(rowsOf(before)).toEqual([])
  })

  it('decides max_hold when the bar is over, not when it begins', () => {
    const minutes = [...calm, rise, at(102), at(103), at(104), at(105), at(106), at(107), at(108), at(109)]
    expect(rowsOf(requestOf(minutes, { risk: { max_hold_bars: 1 } }))[0]).toEqual([1, 102, 2, 104, 'max_hold'])
    expect(rowsOf(requestOf(minutes, { risk: { max_hold_bars: 2 } }))[0]).toEqual([1, 102, 3, 107, 'max_hold'])
  })

  it('cools down for whole bars', () => {
    const stopped = [rise, [101, 101, 90, 101] satisfies Ohlc, at(102)]
    const minutes = [
      ...calm,
      ...stopped,
      at(103),
      at(103),
      at(103),
      at(104),
      at(105),
      at(105),
      at(106),
      at(106),
      at(106),
    ]
    const entries = (cooldown_bars: number) =>
      rowsOf(requestOf(minutes, { risk: { stop_loss_pct: 5, cooldown_bars } })).map(([entryBar, price]) => [
        entryBar,
        price,
      ])
    expect(entries(1)).toEqual([
      [1, 101],
      [2, 103],
    ])
    expect(entries(2)).toEqual([
      [1, 101],
      [3, 105],
    ])
  })

  it('takes stop and target in the order of the finer candles', () => {
    const request = requestOf([...calm, rise, [101, 112, 101, 112], [112, 112, 90, 90], at(90), at(90), at(90)], {
      risk: { stop_loss_pct: 5, take_profit_pct: 10 },
    })
    expect(rowsOf(request)).toEqual([[1, 101, 1, expect.closeTo(111.1, 9), 'take_profit']])
  })

  it('decides at the close of a bar that lacks a finer candle', () => {
    const request = requestOf([...calm, rise, at(102), at(103), at(104), at(105), at(106), ...calm], {}, [4])
    expect(rowsOf(request)).toEqual([[2, 104, 3, 100, 'end_of_data']])
  })

  it('marks equity at the closes of bars', () => {
    const outcome = backtest(requestOf([...calm, rise, [100, 101, 100, 101], at(110), at(130), at(140), at(120)]))
    expect([...outcome.equity]).toEqual([1100, 1200])
    expect([...outcome.equityTs]).toEqual([bar, 2 * bar])
    expect(outcome.result).toMatchObject({ bars: 2, from_ts: bar, to_ts: 3 * bar, detail_bar: '1m' })
    expect(outcome.result.stats.exposure_pct).toBeCloseTo((5 / 6) * 100, 9)
  })

  it('carries the red badge where it is run without finer candles only', () => {
    const request = requestOf([...calm, ...calm, ...calm])
    expect(backtest(request).result.integrity.tick_on_closes).toBe(false)
    expect(backtest({ ...request, detail: null }).result.integrity.tick_on_closes).toBe(true)
  })

  it('is run by halves of whole bars for its integrity', () => {
    const first = [rise, at(101), at(103)]
    const second = [[103, 104, 103, 104] satisfies Ohlc, at(104), at(104)]
    const { integrity } = backtest(requestOf([...calm, ...first, ...second, at(110), at(110), at(110), ...calm])).result
    // Two of four bars: bought at 101, sold at 104; then from 110 to 100
    expect(integrity.in_sample).toEqual({ return_pct: expect.closeTo((104 / 101 - 1) * 100, 9), trades: 1 })
    expect(integrity.out_of_sample).toEqual({ return_pct: expect.closeTo((100 / 110 - 1) * 100, 9), trades: 1 })
    expect(Math.abs(integrity.ledger_difference)).toBeLessThan(1e-9)
  })
})
