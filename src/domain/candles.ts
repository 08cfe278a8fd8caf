/** The columns of a candle, in the order in which files and chunks hold them. */
export const priceColumns = ['open', 'high', 'low', 'close'] as const
export const candleColumns = ['ts', ...priceColumns, 'volume'] as const

/**
 * A series of closed candles as columns of equal length: `ts` is the open time (epoch ms UTC), strictly increasing;
 * prices are in quote currency, `volume` in base currency (contracts' base for swaps).
 *
 * `priceScale` is the number of decimals at which every price is a whole number of ticks (2: ticks of 0.01), so that
 * sums of prices can be taken exactly; null where no such scale up to 12 exists.
 */
export interface Candles {
  readonly ts: Float64Array
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
  readonly priceScale: number | null
}

/** One candle as a row: for edges that handle few of them. */
export interface Candle {
  ts: number
  open: number
  high: number
  low: number
  close: number
  volume: number
}

/** An empty set of columns for `length` candles. */
export function allocateCandles(length: number, priceScale: number | null): Candles {
  const column = () => new Float64Array(length)
  return { ts: column(), open: column(), high: column(), low: column(), close: column(), volume: column(), priceScale }
}

/** Rows (oldest first) as columns; the scale is the smallest that holds every price unless one is given. */
export function candlesFromRows(rows: readonly Candle[], priceScale?: number | null): Candles {
  const candles = allocateCandles(rows.length, null)
  rows.forEach((row, i) => {
    candles.ts[i] = row.ts
    candles.open[i] = row.open
    candles.high[i] = row.high
    candles.low[i] = row.low
    candles.close[i] = row.close
    candles.volume[i] = row.volume
  })
  return { ...candles, priceScale: priceScale === undefined ? findPriceScale(candles) : priceScale }
}

/** Candle `i` as a row. */
export function candleAt({ ts, open, high, low, close, volume }: Candles, i: number): Candle {
  return { ts: ts[i], open: open[i], high: high[i], low: low[i], close: close[i], volume: volume[i] }
}

/** Candles `from` (inclusive) to `to` (exclusive) by index, sharing memory with the whole. */
export function sliceCandles(candles: Candles, from: number, to: number): Candles {
  const cut = (column: Float64Array) => column.subarray(from, to)
  return {
    ts: cut(candles.ts),
    open: cut(candles.open),
    high: cut(candles.high),
    low: cut(candles.low),
    close: cut(candles.close),
    volume: cut(candles.volume),
    priceScale: candles.priceScale,
  }
}

/** Series one after the other, as one; each begins after the one before it ends. */
export function joinCandles(parts: readonly Candles[]): Candles {
  const joined = allocateCandles(
    parts.reduce((sum, { ts }) => sum + ts.length, 0),
    null,
  )
  let at = 0
  for (const part of parts) {
    for (const name of candleColumns) joined[name].set(part[name], at)
    at += part.ts.length
  }
  return { ...joined, priceScale: findPriceScale(joined) }
}

/** Index of the first candle with `ts >= t`; the length where there is none. */
export function lowerBound(ts: Float64Array, t: number): number {
  let low = 0
  let high = ts.length
  while (low < high) {
    const mid = (low + high) >>> 1
    if (ts[mid] < t) low = mid + 1
    else high = mid
  }
  return low
}

const largestScale = 12

/** The fewest decimals at which all prices are whole ticks, or null where not even 12 do. */
export function findPriceScale(candles: Omit<Candles, 'priceScale'>): number | null {
  let scale = 0
  for (const name of priceColumns) {
    const column = candles[name]
    for (let i = 0; i < column.length; i++) {
      while (!isWholeTicks(column[i], scale)) if (++scale > largestScale) return null
    }
  }
  return scale
}

function isWholeTicks(price: number, scale: number): boolean {
  const unit = 10 ** scale
  const ticks = Math.round(price * unit)
  return ticks <= Number.MAX_SAFE_INTEGER && ticks / unit === price
}

/** A stretch of time, epoch ms UTC: `fromTs` inclusive, `toTs` exclusive. */
export interface TimeRange {
  fromTs: number
  toTs: number
}

/** A gap in a series: candles missing from `fromTs` up to and not including `toTs` (open times, epoch ms). */
export interface Gap extends TimeRange {
  missing: number
}

/** Every place where neighbours are further apart than one bar. */
export function findGaps(ts: Float64Array, intervalMs: number): Gap[] {
  const gaps: Gap[] = []
  for (let i = 1; i < ts.length; i++) {
    const missing = Math.round((ts[i] - ts[i - 1]) / intervalMs) - 1
    if (missing > 0) gaps.push({ fromTs: ts[i - 1] + intervalMs, toTs: ts[i], missing })
  }
  return gaps
}
