import { type Bar, intervalMs } from '../bars.js'
import type { Candles } from '../candles.js'
import { catalog, resolveLineParams, resolveParams, slowestPeriod } from '../indicators/catalog.js'
import {
  type Indicator,
  type Lines,
  no,
  type Params,
  type SignalColumn,
  type SignalContext,
  unknown,
  yes,
} from '../indicators/indicator.js'
import { not } from '../indicators/signals.js'
import { resampleCandles } from '../resample.js'
import type { Condition, Group, Rules } from './schema.js'

/** One condition of the rules at one bar. */
export interface ExplainedCondition {
  condition: Condition
  value: 'yes' | 'no' | 'unknown'
  /** Open time of the candle of its own timeframe that it looked at; null where none has closed yet. */
  ts: number | null
  /** Open time of the newest candle that counts (of the last n, with `within` n) on which its signal fired; null: none. */
  firedTs: number | null
  /**
   * The values of the lines that it looked at, by line name; where it compares one line under several parameters, the
   * name says which: `ma(5)`, `ma(20)`. NaN before the warm-up.
   */
  lines: Record<string, number>
}

export interface ExplainedGroup {
  logic: Logic
  holds: boolean
  conditions: ExplainedCondition[]
}

/** One side of the rules at one bar, groups and conditions in the order of the rules. */
export interface ExplainedSide {
  /** How its groups combine. */
  logic: Logic
  holds: boolean
  groups: ExplainedGroup[]
}

/** Rules over a series: 1 at each bar at whose close the side's rule is true, else 0 (unknown counts as false). */
export interface CompiledRules {
  readonly buy: Uint8Array
  readonly sell: Uint8Array
  /** Why, at bar `i`. */
  explain(i: number): { buy: ExplainedSide; sell: ExplainedSide }
}

/** Checked rules, evaluated on closed candles of `bar`. Other timeframes in them are made of whole bars of it. */
export function compileStrategy(rules: Rules, bar: Bar, candles: Candles): CompiledRules {
  const timeframes = new Map<Bar, Timeframe>()
  const timeframe = (name: Bar): Timeframe => {
    const known = timeframes.get(name)
    if (known) return known
    const made = name === bar ? baseTimeframe(candles) : higherTimeframe(candles, bar, name)
    timeframes.set(name, made)
    return made
  }
  const compileSide = (groups: readonly Group[], logic: Logic = 'OR'): CompiledSide => ({
    logic,
    groups: groups.map((group) => ({
      logic: group.logic,
      conditions: group.conditions.map((condition) => compileCondition(condition, timeframe(condition.bar ?? bar))),
    })),
  })
  const buy = compileSide(rules.buy_groups, rules.buy_logic)
  const sell = compileSide(rules.sell_groups, rules.sell_logic)
  return {
    buy: combineSide(buy, 0, candles.ts.length),
    sell: combineSide(sell, 0, candles.ts.length),
    explain: (i) => ({ buy: explainSide(buy, i), sell: explainSide(sell, i) }),
  }
}

/** How many closed bars of `bar` to load before the first that counts: max(300, 10 x the slowest period). */
export function wantedWarmUp(rules: Rules, bar: Bar): number {
  let slowest = 1
  for (const { conditions } of [...rules.buy_groups, ...rules.sell_groups]) {
    for (const { indicator_type, signal_type, params, bar: own = bar } of conditions) {
      const indicator = catalog[indicator_type]
      const ratio = intervalMs(own) / intervalMs(bar)
      slowest = Math.max(slowest, ratio * slowestPeriod(indicator, resolveParams(indicator, signal_type, params)))
    }
  }
  return Math.max(300, 10 * slowest)
}

/** The lines of one indicator over candles; parameters left out take their defaults. */
export function indicatorLines(candles: Candles, type: string, params: Params): Lines {
  const indicator = catalog[type]
  return indicator.compute(candles, resolveLineParams(indicator, params))
}

/** The candles on which conditions of one bar are evaluated, and how the base bars see them. */
interface Timeframe {
  candles: Candles
  /** Lines computed so far, by indicator type and line parameters. */
  lines: Map<string, Lines>
  /** For each base bar the index of the newest candle closed by then, -1 where there is none; null: bar by bar. */
  newest: Int32Array | null
}

function baseTimeframe(candles: Candles): Timeframe {
  return { candles, lines: new Map(), newest: null }
}

function higherTimeframe(base: Candles, bar: Bar, higher: Bar): Timeframe {
  const candles = resampleCandles(base, bar, higher)
  const newest = new Int32Array(base.ts.length)
  let next = 0
  for (let i = 0; i < newest.length; i++) {
    const now = base.ts[i] + intervalMs(bar)
    while (next < candles.ts.length && candles.ts[next] + intervalMs(higher) <= now) next++
    newest[i] = next - 1
  }
  return { candles, lines: new Map(), newest }
}

interface CompiledSide {
  logic: Logic
  groups: readonly CompiledGroup[]
}

interface CompiledGroup {
  logic: Logic
  conditions: readonly CompiledCondition[]
}

interface CompiledCondition {
  condition: Condition
  /** At each base bar. */
  column: SignalColumn
  /** The signal alone, at each candle of its own timeframe. */
  signal: SignalColumn
  timeframe: Timeframe
  lines: Record<string, Float64Array>
}

function compileCondition(condition: Condition, timeframe: Timeframe): CompiledCondition {
  const indicator = catalog[condition.indicator_type]
  const params = resolveParams(indicator, condition.signal_type, condition.params)
  const used: Params[] = []
  const context: SignalContext = {
    candles: timeframe.candles,
    lines: (wanted) => {
      used.push(wanted)
      return sharedLines(timeframe, indicator, wanted)
    },
  }
  const signal = indicator.signals[condition.signal_type].evaluate(context, params)
  let column = signal
  if (condition.within !== undefined) column = firedWithin(column, condition.within)
  if (condition.negate) column = not(column)
  if (timeframe.newest) column = hold(column, timeframe.newest)
  return { condition, column, signal, timeframe, lines: nameLines(timeframe, indicator, used) }
}

function sharedLines(timeframe: Timeframe, indicator: Indicator, params: Params): Lines {
  const key = `${indicator.type}|${JSON.stringify(indicator.lineParams.map((name) => params[name]))}`
  const known = timeframe.lines.get(key)
  if (known) return known
  const lines = indicator.compute(timeframe.candles, params)
  timeframe.lines.set(key, lines)
  return lines
}

/** Line names, told apart by the parameters that differ where a signal used several sets. */
function nameLines(timeframe: Timeframe, indicator: Indicator, used: readonly Params[]): Record<string, Float64Array> {
  const differing = indicator.lineParams.filter((name) => used.some((params) => params[name] !== used[0][name]))
  const named: Record<string, Float64Array> = {}
  for (const params of used) {
    const suffix = differing.length > 0 ? `(${differing.map((name) => params[name]).join(',')})` : ''
    for (const [line, values] of Object.entries(sharedLines(timeframe, indicator, params))) {
      named[`${line}${suffix}`] = values
    }
  }
  return named
}

/** Yes where it fired on any of the last n bars; unknown stays unknown, and counts as not fired for later bars. */
function firedWithin(signal: SignalColumn, n: number): SignalColumn {
  const out = new Uint8Array(signal.length)
  let fired = Number.NEGATIVE_INFINITY
  for (let i = 0; i < out.length; i++) {
    if (signal[i] === yes) fired = i
    out[i] = signal[i] === unknown ? unknown : i - fired < n ? yes : no
  }
  return out
}

function hold(signal: SignalColumn, newest: Int32Array): SignalColumn {
  const out = new Uint8Array(newest.length)
  for (let i = 0; i < out.length; i++) out[i] = newest[i] < 0 ? unknown : signal[newest[i]]
  return out
}

type Logic = Group['logic']

/** 1 where the side's rule is true, from bar `from` up to and not including `to`; a side without groups never is. */
function combineSide({ logic, groups }: CompiledSide, from: number, to: number): Uint8Array {
  return combine(
    groups.map((group) => combineGroup(group, from, to)),
    logic,
    to - from,
  )
}

function combineGroup({ logic, conditions }: CompiledGroup, from: number, to: number): Uint8Array {
  return combine(
    conditions.map(({ column }) => truth(column.subarray(from, to))),
    logic,
    to - from,
  )
}

function truth(signal: SignalColumn): Uint8Array {
  return signal.map((value) => (value === yes ? 1 : 0))
}

function combine(columns: readonly Uint8Array[], logic: Logic, length: number): Uint8Array {
  if (columns.length === 0) return new Uint8Array(length)
  const out = columns[0].slice()
  for (const column of columns.slice(1)) {
    for (let i = 0; i < length; i++) out[i] = logic === 'AND' ? out[i] & column[i] : out[i] | column[i]
  }
  return out
}

function wordOf(value: number): ExplainedCondition['value'] {
  return value === yes ? 'yes' : value === no ? 'no' : 'unknown'
}

function explainSide(side: CompiledSide, i: number): ExplainedSide {
  const groups = side.groups.map((group) => ({
    logic: group.logic,
    holds: combineGroup(group, i, i + 1)[0] === 1,
    conditions: group.conditions.map((condition) => explainCondition(condition, i)),
  }))
  return { logic: side.logic, holds: combineSide(side, i, i + 1)[0] === 1, groups }
}

function explainCondition({ condition, column, signal, timeframe, lines }: CompiledCondition, i: number) {
  const { newest, candles } = timeframe
  const at = newest ? newest[i] : i
  const values = Object.entries(lines).map(([name, line]) => [name, line[at] ?? Number.NaN])
  return {
    condition,
    value: wordOf(column[i]),
    ts: candles.ts[at] ?? null,
    firedTs: candles.ts[lastFired(signal, at, condition.within)] ?? null,
    lines: Object.fromEntries(values),
  }
}

/** Index of the newest of the last n candles up to `at` on which the signal fired; -1 where on none. */
function lastFired(signal: SignalColumn, at: number, n = 1): number {
  for (let j = at; j >= 0 && j > at - n; j--) if (signal[j] === yes) return j
  return -1
}
