import { describe, expect, it } from 'vitest'
import { type Candles, lowerBound, sliceCandles } from '../domain/candles.js'
import { compileStrategy } from '../domain/strategy/compile.js'
import type { Strategy } from '../domain/strategy/schema.js'
import { UserError } from '../domain/userError.js'
import { walkCandles } from '../testing/candleSeries.js'
import type { CandleRequest, MarketData } from './marketData.js'
import { explainBar, recentSignals } from './ruleSignals.js'
import { readStrategy } from './strategies.js'
import type { Work } from './work.js'

const minuteMs = 60_000
const strategy = readStrategy(
  'name: tested; bar: 1m; buy: MA(3) price_above and RSI(6) bullish; sell: MA(3) price_cross_down within 2',
)
const length = 1000
const all = walkCandles(length, 5)
/** In the middle of the candle after the last one. */
const now = length * minuteMs + 30_000

const work = (signal = new AbortController().signal): Work => ({ progress: () => {}, signal })

/** A market that has these candles, and remembers what it was asked for. */
function marketOf(candles: Candles) {
  const asked: CandleRequest[] = []
  const marketData: Pick<MarketData, 'source' | 'candles'> = {
    source: 'simulated',
    async candles(request) {
      asked.push(request)
      return sliceCandles(candles, lowerBound(candles.ts, request.fromTs), lowerBound(candles.ts, request.toTs))
    },
  }
  return { marketData, asked }
}

describe('recent signals', () => {
  it('are told once for as long as a side holds, on the newest 180 candles', async () => {
    const { candles, buy, sell, source } = await recentSignals(marketOf(all).marketData, strategy, { now }, work())
    expect(source).toBe('simulated')
    expect(Array.from(candles.ts)).toEqual(Array.from(all.ts.subarray(length - 180)))
    const whole = compileStrategy(strategy.rules, '1m', all)
    const beginsIn = (column: Uint8Array) => (i: number) =>
      column[length - 180 + i] === 1 && column[length - 180 + i - 1] === 0
    const everyBar = Array.from(candles.ts, (_, i) => i)
    expect(buy).toEqual(everyBar.filter(beginsIn(whole.buy)))
    expect(sell).toEqual(everyBar.filter(beginsIn(whole.sell)))
    expect(buy.length).toBeGreaterThan(5)
    expect(buy.length).toBeLessThan(whole.buy.slice(length - 180).filter(Boolean).length)
  })

  it.each([
    ['not told at the first candle where the side held before it', 1, false],
    ['told at the first candle where the side did not hold before it', 0, true],
  ])('are %s', async (_, before, isTold) => {
    const holds = compileStrategy(strategy.rules, '1m', all).buy
    const at = holds.findIndex((value, i) => i > 600 && value === 1 && holds[i - 1] === before)
    const upTo = { now: (at + 180) * minuteMs }
    const { candles, buy } = await recentSignals(marketOf(all).marketData, strategy, upTo, work())
    expect(candles.ts[0]).toBe(at * minuteMs)
    expect(buy[0] === 0).toBe(isTold)
  })

  it('come from indicators that are warm', async () => {
    const { marketData, asked } = marketOf(all)
    await recentSignals(marketData, strategy, { now }, work())
    expect(asked).toMatchObject([{ instId: 'BTC-USDT', bar: '1m', toTs: length * minuteMs }])
    expect(asked[0].fromTs).toBe((length - 180 - 300) * minuteMs)
  })

  it('are refused where they would take too many candles, or too long', async () => {
    const slow = readStrategy('name: slow; bar: 1m; buy: MA(30) price_above @1d; sell: RSI overbought')
    const { marketData, asked } = marketOf(all)
    await expect(recentSignals(marketData, slow, { now }, work())).rejects.toMatchObject({
      id: 'error-signals-far',
      args: { count: 180 + 10 * 30 * 1440 },
    })
    expect(asked).toEqual([])
    const never = { ...marketData, candles: (_: CandleRequest, { signal }: Work) => whenAborted(signal) }
    await expect(recentSignals(never, strategy, { now, patienceMs: 1 }, work())).rejects.toMatchObject({
      id: 'error-signals-slow',
    })
    const cancelled = AbortSignal.abort(new Error('cancelled'))
    await expect(recentSignals(never, strategy, { now }, work(cancelled))).rejects.toThrow('cancelled')
  })
})

describe('the explanation of a bar', () => {
  const explain = (at: number | null, candles = all, of: Strategy = strategy) =>
    explainBar(marketOf(candles).marketData, of, { at, now }, work())

  it('is that of the newest closed one', async () => {
    const last = length - 1
    const { ts, close, isNewest, sides } = await explain(null)
    expect({ ts, close, isNewest }).toEqual({ ts: last * minuteMs, close: all.close[last], isNewest: true })
    expect(sides.buy.groups[0].conditions).toHaveLength(2)
    expect(sides.buy.groups[0].conditions[0]).toMatchObject({ ts: last * minuteMs })
  })

  it('is that of the one that holds a given time, and says what the backtest’s columns say', async () => {
    const whole = compileStrategy(strategy.rules, '1m', all)
    for (const i of [700, 701, 702, 703]) {
      const { ts, isNewest, sides } = await explain(i * minuteMs + 59_999)
      expect({ ts, isNewest }).toEqual({ ts: i * minuteMs, isNewest: false })
      expect([sides.buy.holds, sides.sell.holds]).toEqual([whole.buy[i] === 1, whole.sell[i] === 1])
    }
    expect((await explain((length - 1) * minuteMs)).isNewest).toBe(true)
  })

  it('is that of the last one traded where none was since', async () => {
    expect(await explain(null, sliceCandles(all, 0, length - 3))).toMatchObject({
      ts: (length - 4) * minuteMs,
      isNewest: true,
    })
  })

  it('is refused of a candle that is still open, or that there is none of', async () => {
    await expect(explain(now)).rejects.toMatchObject({ id: 'error-candle-open', args: { bar: '1m' } })
    const early = sliceCandles(all, 0, 900)
    await expect(explain(950 * minuteMs, early)).rejects.toBeInstanceOf(UserError)
    await expect(explain(950 * minuteMs, early)).rejects.toMatchObject({ id: 'error-backtest-no-candles' })
  })
})

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason))
  })
}
