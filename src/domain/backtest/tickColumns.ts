import { type Candle, type Candles, candleAt, candlesFromRows } from '../candles.js'
import { no, type SignalColumn, yes } from '../indicators/indicator.js'
import type { RuleStream } from '../strategy/ruleStream.js'
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

/** From bar `from` on; `stream` is fresh, and is fed the bars before it first. */
export function tickColumns(bars: Candles, from: number, detail: Detail, stream: RuleStream): TickColumns {
  for (let i = 0; i < from; i++) stream.push(candleAt(bars, i))
  const rows: Candle[] = []
  const barTs: number[] = []
  const buy: number[] = []
  const sell: number[] = []
  const lastParts = new Int32Array(bars.ts.length - from)
  for (let i = from; i < bars.ts.length; i++) {
    const parts = detail.partsOf(bars.ts[i])
    const bar = candleAt(bars, i)
    const ticks = parts
      ? Array.from({ length: parts.to - parts.from }, (_, k) => candleAt(detail.candles, parts.from + k))
      : [bar]
    const forming = { ...ticks[0], ts: bar.ts, volume: 0 }
    for (const [k, tick] of ticks.entries()) {
      forming.high = Math.max(forming.high, tick.high)
      forming.low = Math.min(forming.low, tick.low)
      forming.close = tick.close
      forming.volume += tick.volume
      const values = k < ticks.length - 1 ? stream.peek(forming) : stream.push(bar)
      rows.push(tick)
      barTs.push(bar.ts)
      buy.push(values.buy ? yes : no)
      sell.push(values.sell ? yes : no)
    }
    lastParts[i - from] = rows.length - 1
  }
  return {
    candles: candlesFromRows(rows, bars.priceScale),
    barTs: Float64Array.from(barTs),
    buy: Uint8Array.from(buy),
    sell: Uint8Array.from(sell),
    lastParts,
  }
}
