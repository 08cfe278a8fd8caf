import { type Candles, candlesFromRows } from '../domain/candles.js'

const minuteMs = 60_000

/** Minute candles from 1970-01-01T00:00Z with these closes; each opens at the close before and has no wicks. */
export function candlesFromCloses(closes: readonly number[], priceScale?: number | null): Candles {
  const rows = closes.map((close, i) => {
    const open = closes[i - 1] ?? close
    return { ts: i * minuteMs, open, high: Math.max(open, close), low: Math.min(open, close), close, volume: 1 }
  })
  return candlesFromRows(rows, priceScale)
}

/** Minute candles from 1970-01-01T00:00Z with these prices; each opens where it closes. */
export function candlesFromPrices(rows: readonly (readonly [high: number, low: number, close: number])[]): Candles {
  return candlesFromRows(
    rows.map(([high, low, close], i) => ({ ts: i * minuteMs, open: close, high, low, close, volume: 1 })),
  )
}

/** The same numbers every time: uniform in [0, 1), from a seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A random walk of whole ticks, never below 1; `reach` is the largest step. */
export function walkTicks(length: number, seed: number, reach = 5, start = 1000): number[] {
  const random = seededRandom(seed)
  const ticks = [start]
  while (ticks.length < length) {
    const change = Math.floor(random() * (2 * reach + 1)) - reach
    ticks.push(Math.max(1, ticks[ticks.length - 1] + change))
  }
  return ticks
}

/** Minute candles with wicks that walk at random in ticks of 10^-priceScale; every price is the double nearest its ticks. */
export function walkCandles(length: number, seed: number, priceScale = 1): Candles {
  const random = seededRandom(seed + 1)
  const unit = 10 ** priceScale
  const closes = walkTicks(length, seed)
  const rows = closes.map((close, i) => {
    const open = closes[i - 1] ?? close
    const high = Math.max(open, close) + Math.floor(random() * 4)
    const low = Math.max(1, Math.min(open, close) - Math.floor(random() * 4))
    const price = (ticks: number) => ticks / unit
    return {
      ts: i * minuteMs,
      open: price(open),
      high: price(high),
      low: price(low),
      close: price(close),
      volume: Math.floor(random() * 100),
    }
  })
  return candlesFromRows(rows, priceScale)
}
