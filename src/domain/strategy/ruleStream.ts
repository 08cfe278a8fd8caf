import type { Bar } from '../bars.js'
import type { Candle } from '../candles.js'
import { yes } from '../indicators/indicator.js'
import { copyStream, restoreStream, type StreamState, saveStream } from '../indicators/streamState.js'
import { ResampleStream } from '../resample.js'
import { conditionsOf } from './compile.js'
import { ConditionStream } from './conditionStream.js'
import type { Condition, Group, Rules } from './schema.js'

/** The rules at a candle's close, as CompiledRules has them. */
export interface RuleValues {
  buy: boolean
  sell: boolean
}

/**
 * Rules candle by candle: what `compileStrategy` says of a whole series, in time and memory that do not grow with it.
 * Begun at the origin; saved and restored it goes on as if it had never stopped.
 */
export class RuleStream {
  readonly #rules: Rules
  readonly #bar: Bar
  /** Takes forming candles in place of the base bar's conditions. */
  readonly #scratch: ConditionStream
  /** By the condition's bar. */
  private readonly frames: Record<string, Frame> = {}

  constructor(rules: Rules, bar: Bar, priceScale: number | null) {
    this.#rules = rules
    this.#bar = bar
    const conditions = conditionsOf(rules)
    const on = (own: Bar) => conditions.filter((condition) => (condition.bar ?? bar) === own)
    for (const own of new Set(conditions.map((condition) => condition.bar ?? bar))) {
      const frame = { candles: new ResampleStream(bar, own), conditions: new ConditionStream(on(own), priceScale) }
      this.frames[own] = frame
    }
    this.#scratch = new ConditionStream(on(bar), priceScale)
  }

  /** Takes the next closed candle of the base bar. Throws RangeError for a price off the grid of the price scale. */
  push(candle: Candle): RuleValues {
    for (const { candles, conditions } of Object.values(this.frames)) {
      for (const closed of candles.push(candle)) conditions.push(closed)
    }
    return this.combine(Object.values(this.frames).map(({ conditions }) => conditions))
  }

  /**
   * What the rules say of a candle that is still forming, as if it closed as it is; nothing of it is remembered. Higher
   * timeframes stay at their newest closed candles.
   */
  peek(forming: Candle): RuleValues {
    const { [this.#bar]: base, ...higher } = this.frames
    if (base) {
      copyStream(base.conditions, this.#scratch)
      this.#scratch.push(forming)
    }
    return this.combine([...Object.values(higher).map(({ conditions }) => conditions), this.#scratch])
  }

  private combine(streams: readonly ConditionStream[]): RuleValues {
    const isTrue = new Set<Condition>()
    for (const stream of streams) {
      for (const [condition, value] of stream.values()) if (value === yes) isTrue.add(condition)
    }
    const side = (groups: readonly Group[], logic: Group['logic'] = 'OR') =>
      join(
        groups.map((group) =>
          join(
            group.conditions.map((condition) => isTrue.has(condition)),
            group.logic,
          ),
        ),
        logic,
      )
    const { buy_groups, sell_groups, buy_logic, sell_logic } = this.#rules
    return { buy: side(buy_groups, buy_logic), sell: side(sell_groups, sell_logic) }
  }

  save(): StreamState {
    return saveStream(this)
  }

  /** Goes on from where one with the same rules, bar and price scale was saved. */
  restore(state: StreamState): void {
    restoreStream(this, state)
  }
}

interface Frame {
  candles: ResampleStream
  conditions: ConditionStream
}

function join(values: readonly boolean[], logic: Group['logic']): boolean {
  return values.length > 0 && (logic === 'AND' ? values.every(Boolean) : values.some(Boolean))
}
