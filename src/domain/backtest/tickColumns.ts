import { allocateCandles, type Candles, candleAt, candleColumns, sliceCandles } from '../candles.js'
import type { SignalColumn } from '../indicators/indicator.js'
import type { RuleStream, RuleValues } from '../strategy/ruleStream.js'
import type { Detail } from './detail.js'

/** A tick strategy's rules at the close of every finer candle, on bars as they had formed by then. */
export interface TickColumns {
  /** The finer candles of the window, and a whole bar where they are not complete. */
  candles: Candles
  /** Open time of the bar that each is part of. */
  barTs: Float64Array
  buy: SignalColumn
  sell: SignalColumn
  /** For each bar of the window the index of its last part. */
  lastParts: Int32Array
}

/** They take about 0.1 s. */
const ticksATurn = 25_000

/**
 * From bar `from` on; `stream` is fresh, and is fed the bars before it first. `onProgress` is told from time to time what part
 * of the window is done (0 to 1).
 */
export function tickColumns(
  bars: Candles,
  from: number,
  detail: Detail,
  stream: RuleStream,
  onProgress: (done: number) => void = () => {},
): TickColumns {
  for (let i = 0; i < from; i++) stream.push(candleAt(bars, i))
  const most = bars.ts.length - from + detail.candles.ts.length
  const candles = allocateCandles(most, bars.priceScale)
  const barTs = new Float64Array(most)
  const buy = new Uint8Array(most)
  const sell = new Uint8Array(most)
  const lastParts = new Int32Array(bars.ts.length - from)
  let count = 0
  let toldAt = 0
  const add = (source: Candles, at: number, openTs: number, values: RuleValues) => {
    for (const name of candleColumns) candles[name][count] = source[name][at]
    barTs[count] = openTs
    buy[count] = Number(values.buy)
    sell[count] = Number(values.sell)
    count++
  }
  for (let i = from; i < bars.ts.length; i++) {
    const bar = candleAt(bars, i)
    const { from: first, to } = detail.partsOf(bar.ts) ?? { from: 0, to: 0 }
    const parts = detail.candles
    const forming = { ...candleAt(parts, first), ts: bar.ts, volume: 0 }
    for (let k = first; k < to - 1; k++) {
      forming.high = Math.max(forming.high, parts.high[k])
      forming.low = Math.min(forming.low, parts.low[k])
      forming.close = parts.close[k]
      forming.volume += parts.volume[k]
      add(parts, k, bar.ts, stream.peek(forming))
    }
    const values = stream.push(bar)
    if (to > first) add(parts, to - 1, bar.ts, values)
    else add(bars, i, bar.ts, values)
    lastParts[i - from] = count - 1
    if (count - toldAt < ticksATurn) continue
    toldAt = count
    onProgress((i + 1 - from) / lastParts.length)
  }
  const cut = sliceCandles(candles, 0, count)
  return {
    candles: cut,
    barTs: barTs.subarray(0, count),
    buy: buy.subarray(0, count),
    sell: sell.subarray(0, count),
    lastParts,
  }
}
