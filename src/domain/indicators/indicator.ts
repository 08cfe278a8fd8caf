import type { Candles } from '../candles.js'

/** A parameter's value: a number, a choice such as MA's `type`, or MA's list of `periods`. */
export type ParamValue = number | string | readonly number[]
export type Params = Readonly<Record<string, ParamValue>>

/** What a parameter takes; bounds are inclusive. `isPeriod` marks lengths in bars, from which warm-up follows. */
export type ParamSpec =
  | { kind: 'integer'; default: number; min: number; max: number; isPeriod: boolean }
  | { kind: 'number'; default: number; min: number; max: number }
  | { kind: 'choice'; default: string; options: readonly string[] }
  | { kind: 'periods'; default: readonly number[]; min: number; max: number; minCount: number; maxCount: number }

/** Columns by line name, each as long as the candles; NaN before the warm-up and never after it. */
export type Lines = Readonly<Record<string, Float64Array>>

/** A signal at each bar: `no`, `yes`, or `unknown` where a value that it needs is NaN (never true, negated or not). */
export type SignalColumn = Uint8Array
export const no = 0
export const yes = 1
export const unknown = 2

/** What a signal is computed from. `lines` computes once per parameter set and remembers. */
export interface SignalContext {
  readonly candles: Candles
  lines(params: Params): Lines
}

export interface SignalSpec {
  /** The parameters that it uses, in the order in which text may give them by position. */
  readonly params: readonly string[]
  /** `params` holds a value for each of those. */
  evaluate(context: SignalContext, params: Params): SignalColumn
}

/**
 * One indicator: the single source from which schema, validation, notation, help and documents are derived.
 * Adding one touches its own file and one line of the catalog.
 */
export interface Indicator {
  readonly type: string
  /** All parameters, those of the lines and the thresholds of the signals. */
  readonly params: Readonly<Record<string, ParamSpec>>
  /** The parameters that its lines depend on. */
  readonly lineParams: readonly string[]
  readonly lines: readonly string[]
  /** Index of the first bar at which every line has a value. */
  warmUp(params: Params): number
  compute(candles: Candles, params: Params): Lines
  readonly signals: Readonly<Record<string, SignalSpec>>
}
