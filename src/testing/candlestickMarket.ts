import { type Candle, type Candles, candlesFromRows } from '../domain/candles.js'
import { seededRandom } from './candleSeries.js'

/**
 * Sketches of patterns that chance alone seldom draws: for each candle how far it opens from the close before, and how
 * far from there it closes, in ticks.
 */
const motifs = {
  piercingLine: [0, -20, -4, 15],
  kicking: [0, -20, 24, 20],
  stars: [0, -20, -6, 1, 4, 16],
  threeInside: [0, -20, 5, 6, 0, 18],
  threeOutside: [0, -4, -2, 9, 0, 6],
  soldiers: [0, 12, -2, 12, -2, 12],
  crows: [0, 9, 0, -12, 4, -11, 4, -10],
  threeMethods: [0, 24, -2, -3, 1, -4, 1, -3, 2, 24],
}

/**
 * Minute candles of whole prices in which every candlestick pattern occurs, and its near misses and ties too: candles of
 * all shapes at random, and among them motifs, upright or upside down, jittered by a tick or two.
 */
export function candlestickMarket(length: number, seed: number): Candles {
  const random = seededRandom(seed)
  const between = (from: number, to: number) => from + Math.floor(random() * (to - from + 1))
  const oneOf = <T>(items: readonly T[]) => items[between(0, items.length - 1)]
  const anyShadow = () => oneOf([0, 0, between(0, 3), between(4, 20)])
  const anyGap = () => oneOf([0, 0, between(-3, 3), between(-25, 25)])
  const anyBody = () => oneOf([0, between(1, 3), between(4, 12), between(13, 30)])
  const rows: Candle[] = []
  let close = 100_000
  const add = (gap: number, body: number, shadow: () => number) => {
    const open = close + gap
    close = open + body
    const high = Math.max(open, close) + shadow()
    const low = Math.min(open, close) - shadow()
    rows.push({ ts: rows.length * 60_000, open, high, low, close, volume: 1 })
  }
  while (rows.length < length) {
    const sign = oneOf([1, -1])
    if (random() < 0.8) add(anyGap(), sign * anyBody(), anyShadow)
    else {
      const shadow = oneOf([anyShadow, () => between(0, 1)])
      const motif = oneOf(Object.values(motifs))
      for (let k = 0; k < motif.length; k += 2) {
        add(sign * motif[k] + between(-1, 1), sign * motif[k + 1] + between(-2, 2), shadow)
      }
    }
  }
  return candlesFromRows(rows.slice(0, length), 0)
}
