import { allocateCandles, type Candles, candleColumns } from '../src/domain/candles.js'
import { Random } from '../src/domain/random.js'

const minuteMs = 60_000

/** Minute candles of a made-up market like BTC's: about 40,000 in ticks of 0.1, the same ones every time. */
export function benchCandles(bars: number): Candles {
  return walk(bars, 10, 1)
}

/** The very same ticks as prices of about 400,000, so that doubles hold every price as it is. */
export function exactBenchCandles(bars: number): Candles {
  return walk(bars, 1, 0)
}

function walk(bars: number, ticksPerUnit: number, priceScale: number): Candles {
  const random = new Random('bench')
  const candles = allocateCandles(bars, priceScale)
  /** Some ticks, as a share of the price: 0.04 % is a usual minute. */
  const some = (price: number, share: number) => Math.round(price * share * random.normal())
  let price = 400_000
  for (let i = 0; i < bars; i++) {
    const open = price
    const close = open + some(open, 4e-4)
    candles.ts[i] = i * minuteMs
    candles.open[i] = open / ticksPerUnit
    candles.high[i] = (Math.max(open, close) + Math.abs(some(open, 2e-4))) / ticksPerUnit
    candles.low[i] = (Math.min(open, close) - Math.abs(some(open, 2e-4))) / ticksPerUnit
    candles.close[i] = close / ticksPerUnit
    candles.volume[i] = (1 + Math.floor(50_000 * random.uniform())) / 1000
    price = close
  }
  return candles
}

/** The same candles in columns that nothing has used: other objects on the same memory. */
export function unseenCandles(candles: Candles): Candles {
  const columns = candleColumns.map((name) => [name, new Float64Array(candles[name].buffer)])
  return { ...candles, ...Object.fromEntries(columns) }
}
