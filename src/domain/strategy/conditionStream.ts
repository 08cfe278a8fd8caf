import { type Candle, type Candles, candleColumns } from '../candles.js'
import { catalog, lineKey, resolveParams } from '../indicators/catalog.js'
import { type Indicator, type LineStream, type Lines, no, type Params, unknown, yes } from '../indicators/indicator.js'
import { streamCopier } from '../indicators/streamState.js'
import { Tail } from '../indicators/tail.js'
import type { Condition } from './schema.js'

/** A condition, and what its signal is evaluated from: its last `reach` bars. */
interface Watched {
  condition: Condition
  indicator: Indicator
  params: Params
  reach: number
}

/** Where an indicator's lines for one parameter set stand in the tail, and what gives them. */
interface Placed {
  indicator: Indicator
  params: Params
  firstColumn: number
}

interface LineSource extends Placed {
  stream: LineStream
  /** The lines at the newest candle. */
  out: Float64Array
  /** Takes forming candles in place of the stream; there is none before the first. */
  scratch: { stream: LineStream; copy: () => void; out: Float64Array } | null
  /** The look that `scratch.out` and the tail have the lines of. */
  lookedAt: number
}

/** Conditions on the candles of one bar, at the newest of them: indicators as streams, signals on the newest bars. */
export class ConditionStream {
  readonly #watched: readonly Watched[]
  readonly #sources: readonly LineSource[]
  readonly #priceScale: number | null
  readonly #row: Float64Array
  /** The candle that is looked at while it forms, and how many were. */
  #forming: Candle | null = null
  #looks = 0
  private readonly streams: Record<string, LineStream> = {}
  private readonly tail: Tail
  /** For each condition its value, and how many bars ago its signal last fired. */
  private readonly latest: Float64Array
  private readonly firedAgo: Float64Array

  constructor(conditions: readonly Condition[], priceScale: number | null) {
    this.#priceScale = priceScale
    this.#watched = conditions.map(watch)
    const { placed, width } = placeLines(this.#watched)
    this.#row = new Float64Array(width)
    this.#sources = placed.map((place) => this.open(place))
    this.tail = new Tail(width, Math.max(2, ...this.#watched.map(({ reach }) => reach)))
    this.latest = new Float64Array(conditions.length).fill(unknown)
    this.firedAgo = new Float64Array(conditions.length).fill(Number.MAX_SAFE_INTEGER)
  }

  private open(place: Placed): LineSource {
    const { indicator, params, firstColumn } = place
    const stream = indicator.stream(params, this.#priceScale)
    this.streams[lineKey(indicator, params)] = stream
    const out = this.#row.subarray(firstColumn, firstColumn + indicator.lines.length)
    return { ...place, stream, out, scratch: null, lookedAt: 0 }
  }

  push(candle: Candle): void {
    for (let k = 0; k < candleColumns.length; k++) this.#row[k] = candle[candleColumns[k]]
    for (const { stream, out } of this.#sources) stream.push(candle, out)
    this.tail.push(this.#row)
    for (let k = 0; k < this.#watched.length; k++) {
      const value = this.evaluate(this.#watched[k], false)
      this.firedAgo[k] = value === yes ? 0 : Math.min(this.firedAgo[k] + 1, Number.MAX_SAFE_INTEGER)
      this.latest[k] = this.outcome(k, value, this.firedAgo[k])
    }
  }

  /** The value of a condition at the newest candle: `yes`, `no` or `unknown`. */
  value(k: number): number {
    return this.latest[k]
  }

  /** Has a look at a candle that is still forming, which `formingValue` tells of. It is not to change meanwhile. */
  look(forming: Candle): void {
    this.#forming = forming
    this.#looks++
    for (let k = 0; k < candleColumns.length; k++) this.#row[k] = forming[candleColumns[k]]
    this.tail.form(0, this.#row.subarray(0, candleColumns.length))
  }

  /** The value of a condition as if the forming candle closed as it is; nothing of it is remembered. */
  formingValue(k: number): number {
    const value = this.evaluate(this.#watched[k], true)
    return this.outcome(k, value, value === yes ? 0 : this.firedAgo[k] + 1)
  }

  /** Leaves nothing of a candle that was looked at. */
  forget(): void {
    this.tail.forget()
  }

  private outcome(k: number, value: number, firedAgo: number): number {
    if (value === unknown) return unknown
    const { within = 1, negate } = this.#watched[k].condition
    const fired = firedAgo < within ? yes : no
    return negate ? fired ^ yes : fired
  }

  /** The signal at the newest bar. */
  private evaluate({ condition, indicator, params, reach }: Watched, isForming: boolean): number {
    const column = (k: number) => (isForming ? this.tail.formingColumn(k, reach) : this.tail.column(k, reach))
    const candles = new NewestCandles(column, this.#priceScale)
    const lines = (wanted: Params): Lines => {
      const source = this.#sources.find((candidate) => hasLines(candidate, indicator, wanted))
      if (!source) throw new Error(`${indicator.type} ${condition.signal_type} asks for other lines than before`)
      if (isForming) this.follow(source)
      const result: Record<string, Float64Array> = {}
      for (let k = 0; k < indicator.lines.length; k++) result[indicator.lines[k]] = column(source.firstColumn + k)
      return result
    }
    const signal = indicator.signals[condition.signal_type].evaluate({ candles, lines }, params)
    return signal[signal.length - 1]
  }

  /** Puts the lines at the forming candle into the tail. */
  private follow(source: LineSource): void {
    if (source.lookedAt === this.#looks || !this.#forming) return
    source.lookedAt = this.#looks
    source.scratch ??= this.openScratch(source)
    const { stream, copy, out } = source.scratch
    copy()
    stream.push(this.#forming, out)
    this.tail.form(source.firstColumn, out)
  }

  private openScratch({ indicator, params, stream, out }: LineSource): NonNullable<LineSource['scratch']> {
    const scratch = indicator.stream(params, this.#priceScale)
    return { stream: scratch, copy: streamCopier(stream, scratch), out: new Float64Array(out.length) }
  }
}

/**
 * The newest candles, their columns made when they are asked for: most signals ask for none. They are new objects each time,
 * for what was worked out of candles is kept by object (exactColumn.ts, candleReader.ts).
 */
class NewestCandles implements Candles {
  readonly #column: (k: number) => Float64Array
  readonly priceScale: number | null

  constructor(column: (k: number) => Float64Array, priceScale: number | null) {
    this.#column = column
    this.priceScale = priceScale
  }

  get ts(): Float64Array {
    return this.#column(0).subarray()
  }

  get open(): Float64Array {
    return this.#column(1).subarray()
  }

  get high(): Float64Array {
    return this.#column(2).subarray()
  }

  get low(): Float64Array {
    return this.#column(3).subarray()
  }

  get close(): Float64Array {
    return this.#column(4).subarray()
  }

  get volume(): Float64Array {
    return this.#column(5).subarray()
  }
}

/** Whether a source gives the lines of an indicator for those parameters, as `lineKey` would tell them apart. */
function hasLines(source: LineSource, indicator: Indicator, wanted: Params): boolean {
  if (source.indicator !== indicator) return false
  if (source.params === wanted) return true
  for (const name of indicator.lineParams) {
    const [own, other] = [source.params[name], wanted[name]]
    if (own !== other && JSON.stringify(own) !== JSON.stringify(other)) return false
  }
  return true
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
function placeLines(watched: readonly Watched[]): { placed: Placed[]; width: number } {
  const placed = new Map<string, Placed>()
  let firstColumn: number = candleColumns.length
  for (const { condition, indicator, params } of watched) {
    const lines = (wanted: Params): Lines => {
      const key = lineKey(indicator, wanted)
      if (!placed.has(key)) {
        placed.set(key, { indicator, params: wanted, firstColumn })
        firstColumn += indicator.lines.length
      }
      return Object.fromEntries(indicator.lines.map((name) => [name, nothing]))
    }
    indicator.signals[condition.signal_type].evaluate({ candles: noCandles, lines }, params)
  }
  return { placed: [...placed.values()], width: firstColumn }
}
