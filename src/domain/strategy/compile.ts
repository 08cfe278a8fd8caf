import { type Bar, intervalMs } from '../bars.js'
import type { Candles } from '../candles.js'
import { catalog, resolveLineParams, resolveParams, slowestPeriod } from '../indicators/catalog.js'
import {
  type Lines,
  no,
  type Params,
  type SignalColumn,
  type SignalContext,
  unknown,
  yes,
} from '../indicators/indicator.js'
import { SharedColumns } from '../indicators/sharedColumns.js'
import { not } from '../indicators/signals.js'
import { joinAnd, joinOr } from '../indicators/signalWords.js'
import type { Condition, Group, Rules, Side } from './schema.js'
import { baseTimeframe, higherTimeframe, type Timeframe } from './timeframe.js'

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

/**
 * Rules over a series: 1 at each bar at whose close the side's rule is true, else 0 (unknown counts as false). Rules that were
 * compiled with `shared` columns may be such a column itself, which still says where it is unknown.
 */
export interface CompiledRules {
  readonly buy: SignalColumn
  readonly sell: SignalColumn
  /** Why, at bar `i`. */
  explain(i: number): { buy: ExplainedSide; sell: ExplainedSide }
}

/**
 * Checked rules, evaluated on closed candles of `bar`. Other timeframes in them are made of whole bars of it. What is
 * computed on the way is dropped as soon as the rules need it no more, unless `shared` keeps it for the next ones.
 */
export function compileStrategy(rules: Rules, bar: Bar, candles: Candles, shared?: SharedColumns): CompiledRules {
  const timeframeOf = timeframes(bar, candles, shared)
  const columns = new Map<Condition, SignalColumn>()
  for (const together of groupBy(conditionsOf(rules), (condition) => `${condition.bar} ${condition.indicator_type}`)) {
    const known = shared ?? new SharedColumns()
    for (const condition of together) columns.set(condition, evaluate(condition, timeframeOf(condition.bar), known))
  }
  const combineAll = (groups: readonly Group[], logic?: Logic) => {
    const [only, ...others] = groups.flatMap(({ conditions }) => conditions)
    const column = shared && only && others.length === 0 ? columns.get(only) : undefined
    return column ?? combineSide(groups, logic, columns, candles.ts.length)
  }
  let known = shared
  return {
    buy: combineAll(rules.buy_groups, rules.buy_logic),
    sell: combineAll(rules.sell_groups, rules.sell_logic),
    explain(i) {
      known ??= new SharedColumns()
      const at = { i, columns, known, timeframeOf }
      return {
        buy: explainSide(rules.buy_groups, rules.buy_logic, at),
        sell: explainSide(rules.sell_groups, rules.sell_logic, at),
      }
    },
  }
}

/**
 * How many closed bars of `bar` to load before the first that counts: max(300, 10 x the slowest period), and what the
 * signals reach back to, where they have no period.
 */
export function wantedWarmUp(rules: Rules, bar: Bar): number {
  let wanted = 300
  for (const { indicator_type, signal_type, params, bar: own = bar } of conditionsOf(rules)) {
    const indicator = catalog[indicator_type]
    const resolved = resolveParams(indicator, signal_type, params)
    const reach = indicator.signals[signal_type].reach?.(resolved) ?? 0
    const ratio = intervalMs(own) / intervalMs(bar)
    wanted = Math.max(wanted, ratio * Math.max(10 * slowestPeriod(indicator, resolved), reach))
  }
  return wanted
}

/** The lines of one indicator over candles; parameters left out take their defaults. */
export function indicatorLines(candles: Candles, type: string, params: Params): Lines {
  const indicator = catalog[type]
  return indicator.compute(candles, resolveLineParams(indicator, params))
}

/** A condition and where it stands: `group` is its group's index among those of the side. */
export interface PlacedCondition {
  side: Side
  group: number
  condition: Condition
}

/** The conditions of both sides in the order of the rules. */
export function placedConditions(rules: Rules): PlacedCondition[] {
  const sides = [
    { side: 'buy' as const, groups: rules.buy_groups },
    { side: 'sell' as const, groups: rules.sell_groups },
  ]
  return sides.flatMap(({ side, groups }) =>
    groups.flatMap(({ conditions }, group) => conditions.map((condition) => ({ side, group, condition }))),
  )
}

export function conditionsOf(rules: Rules): Condition[] {
  return placedConditions(rules).map(({ condition }) => condition)
}

function timeframes(bar: Bar, candles: Candles, shared?: SharedColumns): (own: Bar | undefined) => Timeframe {
  const known = new Map<Bar, Timeframe>([[bar, baseTimeframe(candles)]])
  return (own = bar) => {
    const make = () => higherTimeframe(candles, bar, own)
    const timeframe = known.get(own) ?? shared?.derive(candles, `${bar} ${own}`, make) ?? make()
    known.set(own, timeframe)
    return timeframe
  }
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return [...groups.values()]
}

/** The condition at each base bar. */
function evaluate(condition: Condition, timeframe: Timeframe, columns: SharedColumns): SignalColumn {
  const { indicator_type, signal_type, params, within, negate } = condition
  const indicator = catalog[indicator_type]
  const resolved = resolveParams(indicator, signal_type, params)
  let column = columns.signal(timeframe.candles, indicator, signal_type, resolved)
  if (within !== undefined) column = firedWithin(column, within)
  if (negate) column = not(column)
  return timeframe.hold(column)
}

/** Yes where it fired on any of the last n bars; unknown stays unknown, and counts as not fired for later bars. */
function firedWithin(signal: SignalColumn, n: number): SignalColumn {
  const out = new Uint8Array(signal.length)
  /** The first bar that it is too long ago for. */
  let end = 0
  for (let i = 0; i < out.length; i++) {
    const is = signal[i]
    if (is === yes) end = i + n
    out[i] = is === unknown ? unknown : Number(i < end)
  }
  return out
}

type Logic = Group['logic']

/** 1 where the side's rule is true; a side without groups never is. */
function combineSide(
  groups: readonly Group[],
  logic: Logic = 'OR',
  columns: ReadonlyMap<Condition, SignalColumn>,
  length: number,
): Uint8Array {
  const [first, ...others] = groups.map(({ conditions, logic }) => {
    const parts = conditions.map((condition) => columns.get(condition) ?? new Uint8Array(length))
    return combineGroup(parts, logic)
  })
  for (const other of others) join(first, other, logic)
  return first ?? new Uint8Array(length)
}

function combineGroup([first, ...others]: readonly SignalColumn[], logic: Logic): Uint8Array {
  const out = first.slice()
  for (let i = out.indexOf(unknown); i >= 0; i = out.indexOf(unknown, i)) while (out[i] === unknown) out[i++] = no
  for (const other of others) join(out, other, logic)
  return out
}

/** `unknown` has no part in `yes`: it is false in either logic. */
function join(out: Uint8Array, column: SignalColumn, logic: Logic): void {
  if (logic === 'AND') joinAnd(out, column)
  else joinOr(out, column)
}

/** A bar, and what is known of the rules over the series. */
interface BarOfRules {
  i: number
  columns: ReadonlyMap<Condition, SignalColumn>
  known: SharedColumns
  timeframeOf(bar: Bar | undefined): Timeframe
}

function explainSide(groups: readonly Group[], logic: Logic = 'OR', at: BarOfRules): ExplainedSide {
  // The same joining, over the one bar.
  const atBar = new Map([...at.columns].map(([condition, column]) => [condition, column.subarray(at.i, at.i + 1)]))
  return {
    logic,
    holds: combineSide(groups, logic, atBar, 1)[0] === yes,
    groups: groups.map((group) => ({
      logic: group.logic,
      holds: combineSide([group], 'OR', atBar, 1)[0] === yes,
      conditions: group.conditions.map((condition) => explainCondition(condition, at)),
    })),
  }
}

function explainCondition(condition: Condition, { i, columns, known, timeframeOf }: BarOfRules): ExplainedCondition {
  const { indicator_type, signal_type, params, within, bar } = condition
  const indicator = catalog[indicator_type]
  const timeframe = timeframeOf(bar)
  const { ts } = timeframe.candles
  const newest = timeframe.at(i)
  const resolved = resolveParams(indicator, signal_type, params)
  const signal = known.signal(timeframe.candles, indicator, signal_type, resolved)
  return {
    condition,
    value: wordOf(columns.get(condition)?.[i]),
    ts: ts[newest] ?? null,
    firedTs: ts[lastFired(signal, newest, within)] ?? null,
    lines: valuesAt(linesOf(condition, timeframe, known), newest),
  }
}

/** Index of the newest of the last n candles up to `newest` on which the signal fired; -1 where on none. */
function lastFired(signal: SignalColumn, newest: number, n = 1): number {
  for (let j = newest; j >= 0 && j > newest - n; j--) if (signal[j] === yes) return j
  return -1
}

function wordOf(value: number | undefined): ExplainedCondition['value'] {
  return value === yes ? 'yes' : value === no ? 'no' : 'unknown'
}

/** The lines that a condition looks at, told apart by the parameters that differ where it uses several sets. */
function linesOf(condition: Condition, { candles }: Timeframe, columns: SharedColumns): Lines {
  const { indicator_type, signal_type, params } = condition
  const indicator = catalog[indicator_type]
  const used: Params[] = []
  const context: SignalContext = {
    candles,
    lines(wanted) {
      used.push(wanted)
      return columns.lines(candles, indicator, wanted)
    },
  }
  indicator.signals[signal_type].evaluate(context, resolveParams(indicator, signal_type, params))
  const differing = indicator.lineParams.filter((name) => used.some((other) => other[name] !== used[0][name]))
  const named: Record<string, Float64Array> = {}
  for (const params of used) {
    const suffix = differing.length > 0 ? `(${differing.map((name) => params[name]).join(',')})` : ''
    for (const [line, values] of Object.entries(columns.lines(candles, indicator, params)))
      named[`${line}${suffix}`] = values
  }
  return named
}

function valuesAt(lines: Lines, i: number): Record<string, number> {
  return Object.fromEntries(Object.entries(lines).map(([name, line]) => [name, line[i] ?? Number.NaN]))
}
