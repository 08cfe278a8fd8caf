import type { Candles } from '../candles.js'
import { lineKey } from './catalog.js'
import type { Indicator, Lines, Params, SignalColumn } from './indicator.js'

/** Lines take eight times the room of signals and are used by more than one of them. */
const signalShare = 1 / 8

/**
 * Lines and signals that were computed over a series, each but once. They live as long as both this and the series do:
 * compilations of many parameter sets over the same candles share one. With `mostBytes` those used longest ago go when
 * there are more, and are computed again when they are wanted again.
 */
export class SharedColumns {
  private readonly known = new WeakMap<Candles, { lines: Kept<Lines>; signals: Kept<SignalColumn> }>()
  private readonly derived = new WeakMap<Candles, Map<string, unknown>>()

  constructor(private readonly mostBytes = Number.POSITIVE_INFINITY) {}

  /** `params` holds a value for each of the indicator's `lineParams`. */
  lines(candles: Candles, indicator: Indicator, params: Params): Lines {
    return this.of(candles).lines.get(lineKey(indicator, params), () => indicator.compute(candles, params))
  }

  /** `params` holds a value for each parameter that the signal uses. */
  signal(candles: Candles, indicator: Indicator, signalType: string, params: Params): SignalColumn {
    const signal = indicator.signals[signalType]
    const key = `${indicator.type}|${signalType}|${JSON.stringify(signal.params.map((name) => params[name]))}`
    const lines = (wanted: Params) => this.lines(candles, indicator, wanted)
    return this.of(candles).signals.get(key, () => signal.evaluate({ candles, lines }, params))
  }

  /** What else is made of a series, such as its candles in another timeframe. */
  derive<T>(candles: Candles, key: string, make: () => T): T {
    const made = this.derived.get(candles) ?? new Map<string, unknown>()
    this.derived.set(candles, made)
    if (!made.has(key)) made.set(key, make())
    return made.get(key) as T
  }

  private of(candles: Candles) {
    let columns = this.known.get(candles)
    if (!columns) {
      columns = {
        lines: new Kept(this.mostBytes, (lines) =>
          Object.values(lines).reduce((sum, line) => sum + line.byteLength, 0),
        ),
        signals: new Kept(this.mostBytes * signalShare, (signal) => signal.byteLength),
      }
      this.known.set(candles, columns)
    }
    return columns
  }
}

class Kept<T> {
  /** Those used longest ago first. */
  readonly #known = new Map<string, T>()
  #bytes = 0

  constructor(
    private readonly mostBytes: number,
    private readonly bytesOf: (value: T) => number,
  ) {}

  get(key: string, make: () => T): T {
    const before = this.#known.get(key)
    const value = before ?? make()
    if (before === undefined) this.#bytes += this.bytesOf(value)
    else this.#known.delete(key)
    this.#known.set(key, value)
    this.#dropOldest(value)
    return value
  }

  #dropOldest(newest: T): void {
    for (const [key, value] of this.#known) {
      if (this.#bytes <= this.mostBytes || value === newest) return
      this.#known.delete(key)
      this.#bytes -= this.bytesOf(value)
    }
  }
}
