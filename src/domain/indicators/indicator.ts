import type { Candle, Candles } from '../candles.js'

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

/**
 * The lines of one indicator, one candle at a time, in time that does not grow with their number: to the bit what
 * `compute` gives from the same first candle on. Its enumerable fields are all that it remembers (streamState.ts).
 */
export interface LineStream {
  /** Takes the next closed candle and puts the value of each line into `out`, in the order of `lines`; NaN before its warm-up. */
  push(candle: Candle, out: Float64Array): void
}

/**
 * A signal at each bar: `no`, `yes`, or `unknown` where a value that it needs is NaN (never true, negated or not). The
 * numbers are bits: signals are combined with & and |.
 */
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
  /** How many bars, the newest included, its value there depends on once the lines are given; 2 if left out. */
  reach?(params: Params): number
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
  /**
   * How many bars after its warm-up a value no longer depends, by more than a millionth, on where history began: 0 where it
   * depends on a window alone.
   */
  settleBars(params: Params): number
  /** The lines over whole columns. */
  compute(candles: Candles, params: Params): Lines
  /** The same lines candle by candle, with prices on the grid of `priceScale`. */
  stream(params: Params, priceScale: number | null): LineStream
  readonly signals: Readonly<Record<string, SignalSpec>>
}
