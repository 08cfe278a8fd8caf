import { allocateCandles, type Candles, candleColumns } from '../domain/candles.js'

/** How many candles were not there, were there with other values, and were there as they are. */
export interface MergeCounts {
  added: number
  changed: number
  same: number
}

/** Both series as one; where both have a candle, that of `fresh` wins. The result has no scale yet. */
export function mergeCandles(stored: Candles, fresh: Candles): MergeCounts & { candles: Candles } {
  const [storedLength, freshLength] = [stored.ts.length, fresh.ts.length]
  // Where each candle comes from: an index of stored, or the complement of one of fresh.
  const origins = new Int32Array(storedLength + freshLength)
  let length = 0
  let common = 0
  let same = 0
  let s = 0
  for (let f = 0; f < freshLength; f++) {
    while (s < storedLength && stored.ts[s] < fresh.ts[f]) origins[length++] = s++
    if (s < storedLength && stored.ts[s] === fresh.ts[f]) {
      common++
      if (isSame(stored, s++, fresh, f)) same++
    }
    origins[length++] = ~f
  }
  while (s < storedLength) origins[length++] = s++
  const candles = allocateCandles(length, null)
  for (const name of candleColumns) pick(origins, stored[name], fresh[name], candles[name])
  return { candles, added: freshLength - common, changed: common - same, same }
}

function isSame(a: Candles, i: number, b: Candles, j: number): boolean {
  return (
    a.open[i] === b.open[j] &&
    a.high[i] === b.high[j] &&
    a.low[i] === b.low[j] &&
    a.close[i] === b.close[j] &&
    a.volume[i] === b.volume[j]
  )
}

function pick(origins: Int32Array, stored: Float64Array, fresh: Float64Array, into: Float64Array): void {
  for (let i = 0; i < into.length; i++) {
    const origin = origins[i]
    into[i] = origin >= 0 ? stored[origin] : fresh[~origin]
  }
}
