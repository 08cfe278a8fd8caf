import { adx } from './adx.js'
import { atr } from './atr.js'
import { bbi } from './bbi.js'
import { boll } from './boll.js'
import { cci } from './cci.js'
import { donchian } from './donchian.js'
import type { Indicator, Params, ParamValue } from './indicator.js'
import { kdj } from './kdj.js'
import { ma } from './ma.js'
import { macd } from './macd.js'
import { pattern } from './pattern/pattern.js'
import { rsi } from './rsi.js'
import { supertrend } from './supertrend.js'
import { vol } from './vol.js'

/** Every indicator by its type, in the order in which help shows them. */
export const catalog: Readonly<Record<string, Indicator>> = Object.fromEntries(
  [ma, macd, rsi, kdj, boll, bbi, cci, vol, atr, adx, supertrend, donchian, pattern].map((indicator) => [
    indicator.type,
    indicator,
  ]),
)

/** The parameters that a signal uses: those given, defaults for the rest. Both names are the catalog's (checked before). */
export function resolveParams(indicator: Indicator, signalType: string, given: Params = {}): Params {
  return withDefaults(indicator, indicator.signals[signalType].params, given)
}

/** The parameters that an indicator's lines depend on: those given, defaults for the rest. */
export function resolveLineParams(indicator: Indicator, given: Params = {}): Params {
  return withDefaults(indicator, indicator.lineParams, given)
}

function withDefaults(indicator: Indicator, names: readonly string[], given: Params): Params {
  const resolved: Record<string, ParamValue> = {}
  for (const name of names) resolved[name] = given[name] ?? indicator.params[name].default
  return resolved
}

/** Tells the lines of an indicator under one parameter set from all others. */
export function lineKey(indicator: Indicator, params: Params): string {
  return `${indicator.type}|${JSON.stringify(indicator.lineParams.map((name) => params[name]))}`
}

/** The longest length in bars among resolved parameters. */
export function slowestPeriod(indicator: Indicator, params: Params): number {
  let slowest = 1
  for (const [name, value] of Object.entries(params)) {
    const spec = indicator.params[name]
    if (spec.kind === 'integer' && spec.isPeriod) slowest = Math.max(slowest, Number(value))
    else if (spec.kind === 'periods' && typeof value === 'object') slowest = Math.max(slowest, ...value)
  }
  return slowest
}
