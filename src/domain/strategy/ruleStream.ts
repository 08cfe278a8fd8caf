import type { Bar } from '../bars.js'
import type { Candle } from '../candles.js'
import { yes } from '../indicators/indicator.js'
import { restoreStream, type StreamState, saveStream } from '../indicators/streamState.js'
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
  readonly #base: ConditionStream | null
  readonly #buy: Side
  readonly #sell: Side
  /** By the condition's bar. */
  private readonly frames: Record<string, Frame> = {}

  constructor(rules: Rules, bar: Bar, priceScale: number | null) {
    const conditions = conditionsOf(rules)
    const places = new Map<Condition, Term>()
    for (const own of new Set(conditions.map((condition) => condition.bar ?? bar))) {
      const ofBar = conditions.filter((condition) => (condition.bar ?? bar) === own)
      const stream = new ConditionStream(ofBar, priceScale)
      this.frames[own] = { candles: new ResampleStream(bar, own), conditions: stream }
      for (const [index, condition] of ofBar.entries()) places.set(condition, { stream, index })
    }
    this.#base = this.frames[bar]?.conditions ?? null
    const side = (groups: readonly Group[], logic: Group['logic'] = 'OR'): Side => ({
      logic,
      groups: groups.map((group) => ({
        logic: group.logic,
        terms: group.conditions.flatMap((condition) => places.get(condition) ?? []),
      })),
    })
    this.#buy = side(rules.buy_groups, rules.buy_logic)
    this.#sell = side(rules.sell_groups, rules.sell_logic)
  }

  /** Takes the next closed candle of the base bar. Throws RangeError for a price off the grid of the price scale. */
  push(candle: Candle): RuleValues {
    for (const bar in this.frames) {
      const { candles, conditions } = this.frames[bar]
      for (const closed of candles.push(candle)) conditions.push(closed)
    }
    return this.combine(null)
  }

  /**
   * What the rules say of a candle that is still forming, as if it closed as it is; nothing of it is remembered. Higher
   * timeframes stay at their newest closed candles.
   */
  peek(forming: Candle): RuleValues {
    this.#base?.look(forming)
    return this.combine(this.#base)
  }

  private combine(forming: ConditionStream | null): RuleValues {
    return { buy: holds(this.#buy, forming), sell: holds(this.#sell, forming) }
  }

  save(): StreamState {
    this.#base?.forget()
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

/** A condition: where its value is to be had. */
interface Term {
  stream: ConditionStream
  index: number
}

interface Side {
  logic: Group['logic']
  groups: readonly { logic: Group['logic']; terms: readonly Term[] }[]
}

/** Of a forming candle, what need not be known is not worked out. */
function holds({ logic, groups }: Side, forming: ConditionStream | null): boolean {
  const isTrue = ({ stream, index }: Term) =>
    (stream === forming ? stream.formingValue(index) : stream.value(index)) === yes
  return join(groups, logic, (group) => join(group.terms, group.logic, isTrue))
}

function join<T>(values: readonly T[], logic: Group['logic'], isTrue: (value: T) => boolean): boolean {
  return values.length > 0 && (logic === 'AND' ? values.every(isTrue) : values.some(isTrue))
}
