import { type Candle, candleColumns } from '../candles.js'
import { catalog, lineKey, resolveParams } from '../indicators/catalog.js'
import { type Indicator, type LineStream, type Lines, no, type Params, unknown, yes } from '../indicators/indicator.js'
import { Tail } from '../indicators/tail.js'
import type { Condition } from './schema.js'

/** A condition, and what its signal is evaluated from: its last `reach` bars. */
interface Watched {
  condition: Condition
  indicator: Indicator
  params: Params
  reach: number
}

/** Where an indicator's lines for one parameter set stand in the tail. */
interface Placed {
  key: string
  indicator: Indicator
  params: Params
  firstColumn: number
}

/** Conditions on the candles of one bar, at the newest of them: indicators as streams, signals on the newest bars. */
export class ConditionStream {
  readonly #watched: readonly Watched[]
  readonly #placed: readonly Placed[]
  readonly #priceScale: number | null
  readonly #row: Float64Array
  private readonly streams: Record<string, LineStream> = {}
  private readonly tail: Tail
  /** For each condition its value, and how many bars ago its signal last fired. */
  private readonly latest: Float64Array
  private readonly firedAgo: Float64Array

  constructor(conditions: readonly Condition[], priceScale: number | null) {
    this.#priceScale = priceScale
    this.#watched = conditions.map(watch)
    this.#placed = placeLines(this.#watched)
    for (const { key, indicator, params } of this.#placed) this.streams[key] = indicator.stream(params, priceScale)
    const width = this.#placed.reduce<number>(
      (sum, { indicator }) => sum + indicator.lines.length,
      candleColumns.length,
    )
    this.#row = new Float64Array(width)
    this.tail = new Tail(width, Math.max(2, ...this.#watched.map(({ reach }) => reach)))
    this.latest = new Float64Array(conditions.length).fill(unknown)
    this.firedAgo = new Float64Array(conditions.length).fill(Number.MAX_SAFE_INTEGER)
  }

  push(candle: Candle): void {
    for (const [k, field] of candleColumns.entries()) this.#row[k] = candle[field]
    for (const { key, indicator, firstColumn } of this.#placed) {
      this.streams[key].push(candle, this.#row.subarray(firstColumn, firstColumn + indicator.lines.length))
    }
    this.tail.push(this.#row)
    for (const [k, watched] of this.#watched.entries()) {
      const value = this.evaluate(watched)
      const { within = 1, negate } = watched.condition
      this.firedAgo[k] = value === yes ? 0 : Math.min(this.firedAgo[k] + 1, Number.MAX_SAFE_INTEGER)
      const fired = this.firedAgo[k] < within ? yes : no
      this.latest[k] = value === unknown ? unknown : negate ? fired ^ yes : fired
    }
  }

  /** Each condition with its value: `yes`, `no` or `unknown`. */
  values(): (readonly [Condition, number])[] {
    return this.#watched.map(({ condition }, k) => [condition, this.latest[k]])
  }

  /** The signal at the newest bar. */
  private evaluate({ condition, indicator, params, reach }: Watched): number {
    const [ts, open, high, low, close, volume] = candleColumns.map((_, k) => this.tail.column(k, reach))
    const candles = { ts, open, high, low, close, volume, priceScale: this.#priceScale }
    const lines = (wanted: Params): Lines => {
      const place = this.#placed.find(({ key }) => key === lineKey(indicator, wanted))
      if (!place) throw new Error(`${indicator.type} ${condition.signal_type} asks for other lines than before`)
      return Object.fromEntries(
        indicator.lines.map((name, k) => [name, this.tail.column(place.firstColumn + k, reach)]),
      )
    }
    const column = indicator.signals[condition.signal_type].evaluate({ candles, lines }, params)
    return column[column.length - 1]
  }
}

function watch(condition: Condition): Watched {
  const indicator = catalog[condition.indicator_type]
  const params = resolveParams(indicator, condition.signal_type, condition.params)
  return { condition, indicator, params, reach: indicator.signals[condition.signal_type].reach?.(params) ?? 2 }
}

const nothing = new Float64Array(0)
const noCandles = {
  ts: nothing,
  open: nothing,
  high: nothing,
  low: nothing,
  close: nothing,
  volume: nothing,
  priceScale: 0,
}

/** The lines that the conditions ask for, each once: found out by asking them about no candles at all. */
function placeLines(watched: readonly Watched[]): Placed[] {
  const placed = new Map<string, Placed>()
  let firstColumn: number = candleColumns.length
  for (const { condition, indicator, params } of watched) {
    const lines = (wanted: Params): Lines => {
      const key = lineKey(indicator, wanted)
      if (!placed.has(key)) {
        placed.set(key, { key, indicator, params: wanted, firstColumn })
        firstColumn += indicator.lines.length
      }
      return Object.fromEntries(indicator.lines.map((name) => [name, nothing]))
    }
    indicator.signals[condition.signal_type].evaluate({ candles: noCandles, lines }, params)
  }
  return [...placed.values()]
}
