import { type Static, Type } from 'typebox'
import { bars } from '../bars.js'

const closed = { additionalProperties: false }
const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T, options: { default?: null } = {}) =>
  Type.Union([schema, Type.Null()], options)

const BarName = Type.Enum(bars)
export const Side = Type.Enum(['buy', 'sell'])
export const Logic = Type.Enum(['AND', 'OR'])
const ParamValue = Type.Union([Type.Number(), Type.String(), Type.Array(Type.Number())])

/** One condition; which indicators, signals and parameters exist is the catalog's to say (validate.ts). */
export const Condition = Type.Object(
  {
    side: Type.Optional(Side),
    indicator_type: Type.String(),
    signal_type: Type.String(),
    params: Type.Optional(Type.Record(Type.String(), ParamValue)),
    /** It fired on any of the last n closed bars of its own timeframe. */
    within: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
    /** Applied after `within`. */
    negate: Type.Optional(Type.Boolean()),
    /** A higher timeframe. */
    bar: Type.Optional(BarName),
  },
  closed,
)

export const Group = Type.Object(
  { logic: Logic, conditions: Type.Array(Condition, { minItems: 1, maxItems: 20 }) },
  closed,
)

export const Rules = Type.Object(
  {
    buy_groups: Type.Array(Group, { maxItems: 20, default: [] }),
    sell_groups: Type.Array(Group, { maxItems: 20, default: [] }),
    buy_logic: Type.Optional(Logic),
    sell_logic: Type.Optional(Logic),
  },
  closed,
)

export const Sizing = Type.Object(
  { type: Type.Enum(['percent', 'quote', 'risk']), value: Type.Number({ exclusiveMinimum: 0 }) },
  { ...closed, default: { type: 'percent', value: 100 } },
)

const pct = Type.Number({ exclusiveMinimum: 0, maximum: 1000 })

export const Risk = Type.Object(
  {
    stop_loss_pct: Nullable(Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 100 }), { default: null }),
    take_profit_pct: Nullable(pct, { default: null }),
    trailing_stop_pct: Nullable(Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 100 }), { default: null }),
    max_hold_bars: Nullable(Type.Integer({ minimum: 1, maximum: 1_000_000 }), { default: null }),
    cooldown_bars: Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0 }),
  },
  { ...closed, default: {} },
)

/** A strategy as STRATEGY.md section 1 has it, with every field present (defaults filled in). */
export const Strategy = Type.Object(
  {
    name: Type.String({ pattern: '^[\\p{L}\\p{N}][\\p{L}\\p{N}_-]{0,39}$' }),
    description: Type.String({ maxLength: 500, default: '' }),
    inst_id: Type.String({ pattern: '^[A-Z0-9]+-[A-Z0-9]+(-SWAP)?$', default: 'BTC-USDT' }),
    bar: Type.Enum(bars, { default: '15m' }),
    direction: Type.Enum(['long', 'short', 'both'], { default: 'long' }),
    evaluate_on: Type.Enum(['close', 'tick'], { default: 'close' }),
    monitor_interval_s: Type.Integer({ minimum: 1, maximum: 3600, default: 20 }),
    leverage: Type.Number({ minimum: 1, maximum: 125, default: 1 }),
    margin_mode: Type.Enum(['cross', 'isolated'], { default: 'cross' }),
    sizing: Sizing,
    risk: Risk,
    rules: Rules,
  },
  closed,
)

export type Side = Static<typeof Side>
export type Logic = Static<typeof Logic>
export type Condition = Static<typeof Condition>
export type Group = Static<typeof Group>
export type Rules = Static<typeof Rules>
export type Sizing = Static<typeof Sizing>
export type Risk = Static<typeof Risk>
/**
 * A checked strategy in canonical form: every field present; each condition has its `side`, and leaves out `within` 1,
 * `negate` false, empty `params` and absent `bar`; params are kept as given (defaults are resolved by compile).
 * A group of one condition has logic AND; `buy_logic` / `sell_logic` are left out when OR or when there are under two groups.
 */
export type Strategy = Static<typeof Strategy>
