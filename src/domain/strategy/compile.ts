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
interface ExplainedCondition {
  side: 'buy' | 'sell'
  /** Index of its group among those of the side. */
  group: number
  condition: Condition
  value: 'yes' | 'no' | 'unknown'
  /**
   * The values of the lines that it looked at, by line name; where it compares one line under several parameters, the
   * name says which: `ma(5)`, `ma(20)`. NaN before the warm-up.
   */
  lines: Record<string, number>
}

/** Rules over a series: 1 at each bar at whose close the side's rule is true, else 0 (unknown counts as false). */
export interface CompiledRules {
  readonly buy: Uint8Array
  readonly sell: Uint8Array
  /** Why, at bar `i`: every condition of both sides in the order of the rules. */
  explain(i: number): ExplainedCondition[]
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
  const compileSide = (side: 'buy' | 'sell', groups: readonly Group[]): CompiledCondition[][] =>
    groups.map((group, index) =>
      group.conditions.map((condition) => compileCondition(side, index, condition, timeframe(condition.bar ?? bar))),
    )
  const buy = compileSide('buy', rules.buy_groups)
  const sell = compileSide('sell', rules.sell_groups)
  const conditions = [...buy.flat(), ...sell.flat()]
  return {
    buy: combineSide(rules.buy_groups, buy, rules.buy_logic, candles.ts.length),
    sell: combineSide(rules.sell_groups, sell, rules.sell_logic, candles.ts.length),
    explain: (i) => conditions.map((condition) => explainCondition(condition, i)),
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

interface CompiledCondition {
  side: 'buy' | 'sell'
  group: number
  condition: Condition
  /** At each base bar. */
  column: SignalColumn
  timeframe: Timeframe
  lines: Record<string, Float64Array>
}

function compileCondition(
  side: 'buy' | 'sell',
  group: number,
  condition: Condition,
  timeframe: Timeframe,
): CompiledCondition {
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
  let column = indicator.signals[condition.signal_type].evaluate(context, params)
  if (condition.within !== undefined) column = firedWithin(column, condition.within)
  if (condition.negate) column = not(column)
  if (timeframe.newest) column = hold(column, timeframe.newest)
  return { side, group, condition, column, timeframe, lines: nameLines(timeframe, indicator, used) }
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

/** 1 where the side's rule is true; a side without groups never is. */
function combineSide(
  groups: readonly Group[],
  compiled: readonly CompiledCondition[][],
  logic: Logic = 'OR',
  length: number,
): Uint8Array {
  const columns = groups.map((group, index) =>
    combine(
      compiled[index].map(({ column }) => truth(column)),
      group.logic,
      length,
    ),
  )
  return combine(columns, logic, length)
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

function explainCondition(
  { side, group, condition, column, timeframe, lines }: CompiledCondition,
  i: number,
): ExplainedCondition {
  const at = timeframe.newest ? timeframe.newest[i] : i
  const values = Object.entries(lines).map(([name, line]) => [name, line[at] ?? Number.NaN])
  return { side, group, condition, value: wordOf(column[i]), lines: Object.fromEntries(values) }
}
