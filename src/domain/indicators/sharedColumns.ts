import type { Candles } from '../candles.js'
import { lineKey } from './catalog.js'
import type { Indicator, Lines, Params, SignalColumn } from './indicator.js'

/**
 * Lines and signals that were computed over a series, each but once. They live as long as both this and the series do:
 * compilations of many parameter sets over the same candles share one.
 */
export class SharedColumns {
  private readonly known = new WeakMap<Candles, { lines: Map<string, Lines>; signals: Map<string, SignalColumn> }>()

  /** `params` holds a value for each of the indicator's `lineParams`. */
  lines(candles: Candles, indicator: Indicator, params: Params): Lines {
    return once(this.of(candles).lines, lineKey(indicator, params), () => indicator.compute(candles, params))
  }

  /** `params` holds a value for each parameter that the signal uses. */
  signal(candles: Candles, indicator: Indicator, signalType: string, params: Params): SignalColumn {
    const signal = indicator.signals[signalType]
    const key = `${indicator.type}|${signalType}|${JSON.stringify(signal.params.map((name) => params[name]))}`
    const lines = (wanted: Params) => this.lines(candles, indicator, wanted)
    return once(this.of(candles).signals, key, () => signal.evaluate({ candles, lines }, params))
  }

  private of(candles: Candles) {
    let columns = this.known.get(candles)
    if (!columns) {
      columns = { lines: new Map(), signals: new Map() }
      this.known.set(candles, columns)
    }
    return columns
  }
}

function once<T>(known: Map<string, T>, key: string, make: () => T): T {
  const before = known.get(key)
  if (before !== undefined) return before
  const made = make()
  known.set(key, made)
  return made
}
