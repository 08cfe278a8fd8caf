import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { barOpen, bars, intervalMs } from '../domain/bars.js'
import { candlesFromRows, priceColumns } from '../domain/candles.js'
import { resampleCandles } from '../domain/resample.js'
import { dayMs, genesisTs } from './days.js'
import { createMarket, type MarketCandle } from './market.js'

const minuteMs = 60_000
const far = Date.UTC(2040, 0, 1)
const start = Date.UTC(2024, 4, 10)
const market = createMarket('test')
const [btc, eth, sol, doge, btcSwap] = market.listed

const minutes = (days: number, listed = btc) => market.candles(listed, '1m', start, start + days * dayMs, far)
const returns = (candles: readonly MarketCandle[]) => candles.map(({ open, close }) => Math.log(close / open))
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

function correlation(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)]
  const product = mean(a.map((value, i) => (value - meanA) * (b[i] - meanB)))
  const deviation = (values: readonly number[], m: number) => Math.sqrt(mean(values.map((value) => (value - m) ** 2)))
  return product / (deviation(a, meanA) * deviation(b, meanB))
}

const autocorrelation = (values: readonly number[], lag: number) =>
  correlation(values.slice(lag), values.slice(0, -lag))

/** What many minutes make as one candle, by hand. */
function joined(candles: readonly MarketCandle[]) {
  return {
    open: candles[0].open,
    high: Math.max(...candles.map(({ high }) => high)),
    low: Math.min(...candles.map(({ low }) => low)),
    close: candles[candles.length - 1].close,
  }
}

const anyBar = fc.constantFrom(...bars)
const anyListed = fc.constantFrom(...market.listed)

describe('the market is a function of seed, instrument and time', () => {
  it('gives any window the same candles as a larger one', () => {
    const minute = fc.integer({ min: 0, max: 3 * 1440 })
    const whole = minutes(3)
    fc.assert(
      fc.property(minute, minute, (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)]
        const part = market.candles(btc, '1m', start + from * minuteMs, start + to * minuteMs, far)
        expect(part).toEqual(whole.slice(from, to))
      }),
      { numRuns: 30 },
    )
  })

  it('gives two instances the same, in whatever order they are asked', () => {
    const [a, b] = [createMarket('same'), createMarket('same')]
    const early = (m: typeof a) => m.candles(m.listed[2], '5m', start - 900 * dayMs, start - 899 * dayMs, far)
    const late = (m: typeof a) => m.candles(m.listed[5], '5m', start, start + dayMs, far)
    const [earlyA, lateA] = [early(a), late(a)]
    expect([late(b), early(b)]).toEqual([lateA, earlyA])
  })

  it('gives another seed another market', () => {
    const other = createMarket('other')
    expect(other.key).not.toBe(market.key)
    expect(other.candles(other.listed[0], '1m', start, start + 10 * minuteMs, far)).not.toEqual(minutes(1).slice(0, 10))
  })

  it('has not changed (if it must, marketVersion has to)', () => {
    const sums = market.listed.map((listed) => market.candles(listed, '1m', start, start + 120 * minuteMs, far))
    const rates = [0, 1, 2].map((i) => market.fundingRate(btcSwap, start + i * 8 * 60 * minuteMs))
    const hash = createHash('sha256')
      .update(JSON.stringify([sums, rates]))
      .digest('hex')
    expect(`${market.key} ${hash}`).toBe('v1:test 258e48e8f6feb7be6c89dde5ac447536cc734a47f71918af77e1024e31330d06')
  })
})

describe('candles', () => {
  it('of every bar are what their minutes make', () => {
    fc.assert(
      fc.property(anyBar, anyListed, fc.integer({ min: 0, max: 5 * 1440 }), (bar, listed, minute) => {
        const ts = barOpen(bar, start + minute * minuteMs)
        const [candle] = market.candles(listed, bar, ts, ts + 1, far)
        const parts = market.candles(listed, '1m', ts, ts + intervalMs(bar), far)
        expect(candle).toMatchObject({ ts, closed: true, ...joined(parts) })
        expect(candle.volume).toBeCloseTo(
          parts.reduce((sum, { volume }) => sum + volume, 0),
          6,
        )
      }),
      { numRuns: 40 },
    )
  })

  it('are what resampling makes of finer ones', () => {
    const toTs = start + 9 * dayMs
    const fine = candlesFromRows(market.candles(sol, '15m', start, toTs, far))
    for (const bar of ['1H', '4H', '12H', '1Dutc'] as const) {
      const resampled = resampleCandles(fine, '15m', bar)
      const whole = market.candles(sol, bar, start, toTs, toTs).filter(({ closed }) => closed)
      expect(whole.length).toBeGreaterThan(5)
      const made = candlesFromRows(whole)
      expect(resampled.ts).toEqual(made.ts)
      for (const name of priceColumns) expect(resampled[name]).toEqual(made[name])
    }
  })

  it('open where the one before closed, over midnight too, and hold their open and close', () => {
    for (const listed of [doge, btcSwap]) {
      const candles = minutes(3, listed)
      const wrong = candles.filter(
        ({ open, high, low, close, volume }, i) =>
          (i > 0 && open !== candles[i - 1].close) ||
          low > Math.min(open, close) ||
          high < Math.max(open, close) ||
          volume <= 0,
      )
      expect(wrong).toEqual([])
    }
  })

  it('lie on the tick grid', () => {
    for (const listed of market.listed) {
      const unit = 10 ** listed.priceScale
      for (const { open, high, low, close } of market.candles(listed, '1H', start, start + 10 * dayMs, far)) {
        for (const price of [open, high, low, close]) expect(Math.round(price * unit) / unit).toBe(price)
      }
    }
  })

  it('begin at genesis: none before, and no bar of which a part is missing', () => {
    for (const bar of bars) {
      const [first] = market.candles(btc, bar, 0, genesisTs + 14 * dayMs, far)
      expect(first.ts - genesisTs).toBeGreaterThanOrEqual(0)
      expect(first.ts - genesisTs).toBeLessThan(intervalMs(bar))
    }
  })
})

describe('the forming candle', () => {
  it('grows, second by second, into the closed one', () => {
    fc.assert(
      fc.property(
        anyListed,
        fc.constantFrom('1m', '5m', '1H'),
        fc.integer({ min: 0, max: 1439 }),
        (listed, bar, minute) => {
          const ts = barOpen(bar, start + minute * minuteMs)
          const endTs = ts + intervalMs(bar)
          const [final] = market.candles(listed, bar, ts, endTs, far)
          let before: MarketCandle | null = null
          for (let now = Math.max(ts, endTs - 2 * minuteMs); now < endTs; now += 1000) {
            const [forming] = market.candles(listed, bar, ts, endTs, now)
            expect(forming.closed).toBe(false)
            expect(forming.open).toBe(final.open)
            expect(forming.close).toBe(market.lastPrice(listed, now))
            expect(forming.high).toBeLessThanOrEqual(final.high)
            expect(forming.low).toBeGreaterThanOrEqual(final.low)
            expect(forming.volume).toBeLessThanOrEqual(final.volume)
            if (before) {
              expect(forming.high).toBeGreaterThanOrEqual(before.high)
              expect(forming.low).toBeLessThanOrEqual(before.low)
              expect(forming.volume).toBeGreaterThanOrEqual(before.volume)
            }
            before = forming
          }
          expect([before?.high, before?.low]).toEqual([final.high, final.low])
          expect(market.candles(listed, bar, ts, endTs, endTs)[0]).toEqual(final)
        },
      ),
      { numRuns: 20 },
    )
  })

  it('begins as its open alone', () => {
    const [{ open, high, low, close, volume }] = market.candles(eth, '5m', start, start + 1, start + 999)
    expect([high, low, close, volume]).toEqual([open, open, open, 0])
  })

  it('is the newest: nothing is known of the next', () => {
    const now = start + 90 * minuteMs + 12_345
    const candles = market.candles(btc, '15m', start, start + dayMs, now)
    expect(candles.map(({ closed }) => closed)).toEqual([true, true, true, true, true, true, false])
  })
})

describe('it looks like a market', () => {
  const month = minutes(30)
  const r = returns(month)

  it('has fat tails', () => {
    const variance = mean(r.map((x) => x * x))
    expect(mean(r.map((x) => x ** 4)) / variance ** 2 - 3).toBeGreaterThan(3)
  })

  it('has volatility that clusters, and returns that cannot be told from the last', () => {
    const size = r.map(Math.abs)
    expect(autocorrelation(size, 1)).toBeGreaterThan(0.15)
    expect(autocorrelation(size, 60)).toBeGreaterThan(0.05)
    for (const lag of [1, 2, 5]) expect(Math.abs(autocorrelation(r, lag))).toBeLessThan(0.03)
  })

  it('has volume that goes with volatility', () => {
    expect(
      correlation(
        r.map(Math.abs),
        month.map(({ volume }) => volume),
      ),
    ).toBeGreaterThan(0.4)
  })

  it('has busy and quiet hours', () => {
    const volumeAt = (hour: number) =>
      mean(month.filter(({ ts }) => new Date(ts).getUTCHours() === hour).map(({ volume }) => volume))
    expect(volumeAt(15)).toBeGreaterThan(1.3 * volumeAt(5))
  })

  it('does not jump at midnight', () => {
    const days = market.candles(btc, '1m', start, start + 150 * dayMs, far)
    const size = (candles: readonly MarketCandle[]) => mean(returns(candles).map(Math.abs))
    const midnights = days.filter(({ ts }) => ts % dayMs === 0 || ts % dayMs === dayMs - minuteMs)
    const around = days.filter(({ ts }) => (ts + 30 * minuteMs) % dayMs < 60 * minuteMs)
    expect(size(midnights) / size(around)).toBeGreaterThan(0.8)
    expect(size(midnights) / size(around)).toBeLessThan(1.25)
  })

  it('moves its coins together, but not as one', () => {
    const hourly = [btc, eth, sol].map((listed) =>
      returns(market.candles(listed, '1H', start, start + 60 * dayMs, far)),
    )
    for (const other of hourly.slice(1)) {
      expect(correlation(hourly[0], other)).toBeGreaterThan(0.4)
      expect(correlation(hourly[0], other)).toBeLessThan(0.95)
    }
  })

  it('keeps swaps close to spot, and funding small and of both signs', () => {
    const spot = market.candles(btc, '1H', start, start + 30 * dayMs, far)
    const swap = market.candles(btcSwap, '1H', start, start + 30 * dayMs, far)
    const basis = swap.map(({ close }, i) => close / spot[i].close - 1)
    expect(Math.max(...basis.map(Math.abs))).toBeLessThan(0.003)
    expect(new Set(basis).size).toBeGreaterThan(100)
    const rates = Array.from({ length: 3000 }, (_, i) => market.fundingRate(btcSwap, genesisTs + (i + 1) * (dayMs / 3)))
    expect(Math.max(...rates.map(Math.abs))).toBeLessThan(0.002)
    expect(Math.min(...rates)).toBeLessThan(0)
    expect(mean(rates)).toBeGreaterThan(0)
  })
})
