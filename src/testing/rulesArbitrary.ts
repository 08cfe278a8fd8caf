import fc from 'fast-check'
import { type Bar, bars } from '../domain/bars.js'
import { catalog } from '../domain/indicators/catalog.js'
import type { Indicator, ParamSpec } from '../domain/indicators/indicator.js'
import { checkCondition } from '../domain/strategy/checkCondition.js'
import type { Condition, Group, Rules, Strategy } from '../domain/strategy/schema.js'
import { checkStrategy } from '../domain/strategy/validate.js'

type Params = NonNullable<Condition['params']>

function arbitraryParam(spec: ParamSpec): fc.Arbitrary<Params[string]> {
  switch (spec.kind) {
    case 'integer':
      return fc.integer({ min: spec.min, max: spec.max })
    case 'number':
      return fc.double({ min: spec.min, max: spec.max, noNaN: true }).map((value) => value + 0)
    case 'choice':
      return fc.constantFrom(...spec.options)
    case 'periods':
      return fc
        .uniqueArray(fc.integer({ min: spec.min, max: spec.max }), {
          minLength: spec.minCount,
          maxLength: spec.maxCount,
        })
        .map((periods) => periods.sort((a, b) => a - b))
  }
}

/** Params for a signal: any of those that it uses, at any values that they may have together. */
function arbitraryParams(indicator: Indicator, signalType: string): fc.Arbitrary<Params> {
  const names = indicator.signals[signalType].params
  const entries = names.map((name) =>
    fc.option(arbitraryParam(indicator.params[name]).map((value) => [name, value] as const)),
  )
  const params = fc
    .tuple(...entries)
    .map((given): Params => Object.fromEntries(given.filter((entry) => entry !== null)))
  return params.filter((params) => {
    const condition = { indicator_type: indicator.type, signal_type: signalType, params }
    return checkCondition(condition, 'buy', '').length === 0
  })
}

/** Every signal of the catalog. */
export const allSignals = Object.values(catalog).flatMap((indicator) =>
  Object.keys(indicator.signals).map((signalType) => ({ indicator, signalType })),
)

function arbitraryCondition(side: 'buy' | 'sell', higherBars: readonly Bar[]): fc.Arbitrary<Condition> {
  return fc
    .constantFrom(...allSignals)
    .chain(({ indicator, signalType }) =>
      fc.record({
        side: fc.constant(side),
        indicator_type: fc.constant(indicator.type),
        signal_type: fc.constant(signalType),
        params: arbitraryParams(indicator, signalType),
        within: fc.option(fc.integer({ min: 2, max: 1000 }), { nil: undefined, freq: 3 }),
        negate: fc.constantFrom(undefined, true),
        bar: fc.constantFrom(undefined, ...higherBars),
      }),
    )
    .map(({ params, within, negate, bar, ...condition }) => ({
      ...condition,
      ...(Object.keys(params).length > 0 && { params }),
      ...(within && { within }),
      ...(negate && { negate }),
      ...(bar && { bar }),
    }))
}

function arbitraryGroups(side: 'buy' | 'sell', higherBars: readonly Bar[]): fc.Arbitrary<Group[]> {
  const group = fc
    .record({
      logic: fc.constantFrom('AND' as const, 'OR' as const),
      conditions: fc.array(arbitraryCondition(side, higherBars), { minLength: 1, maxLength: 4 }),
    })
    .map(({ logic, conditions }) => ({ logic: conditions.length > 1 ? logic : ('AND' as const), conditions }))
  return fc.array(group, { maxLength: 3 })
}

/** Rules in canonical form with at least one group, over the whole catalog. */
export function arbitraryRules(higherBars: readonly Bar[] = bars): fc.Arbitrary<Rules> {
  return fc
    .record({
      buy_groups: arbitraryGroups('buy', higherBars),
      sell_groups: arbitraryGroups('sell', higherBars),
      buyAll: fc.boolean(),
      sellAll: fc.boolean(),
    })
    .filter(({ buy_groups, sell_groups }) => buy_groups.length + sell_groups.length > 0)
    .map(({ buy_groups, sell_groups, buyAll, sellAll }) => ({
      buy_groups,
      sell_groups,
      ...(buyAll && buy_groups.length > 1 && { buy_logic: 'AND' as const }),
      ...(sellAll && sell_groups.length > 1 && { sell_logic: 'AND' as const }),
    }))
}

const percent = fc.double({ min: 0.01, max: 99, noNaN: true })
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })

const description = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({
    unit: fc.constantFrom('a', ' ', ';', '；', '，', '"', '\\', '\n', '\r', '\t', '\u0085', '\u2028', '\u3000', '😀'),
  }),
)

const barsWithHigher: readonly { bar: Bar; higher: readonly Bar[] }[] = [
  { bar: '1m', higher: ['3m', '4H', '1D'] },
  { bar: '15m', higher: ['1H', '4H', '1Wutc'] },
  { bar: '1H', higher: ['6H', '6Hutc'] },
  { bar: '6H', higher: ['12H', '1W'] },
  { bar: '1Wutc', higher: [] },
]

const anySwap = fc.record({
  inst_id: fc.constantFrom('BTC-USDT-SWAP', 'ETH-USDC-SWAP', '1INCH-USDT-SWAP'),
  direction: fc.constantFrom('long' as const, 'short' as const, 'both' as const),
  leverage: fc.double({ min: 1, max: 125, noNaN: true }),
})
const anySpot = fc.record({
  inst_id: fc.constantFrom('BTC-USDT', 'ETH-BTC'),
  direction: fc.constant('long' as const),
  leverage: fc.constant(1),
})

/** Checked strategies of every kind, in canonical form. */
export function arbitraryStrategy(): fc.Arbitrary<Strategy> {
  return fc
    .constantFrom(...barsWithHigher)
    .chain(({ bar, higher }) =>
      fc.record({
        name: fc.constantFrom('rsi-dip', 'a', '我的策略', 'undefined', 'Ünïcode_9'),
        description,
        market: fc.oneof(anySpot, anySwap),
        bar: fc.constant(bar),
        evaluate_on: fc.constantFrom('close' as const, 'tick' as const),
        monitor_interval_s: fc.integer({ min: 1, max: 3600 }),
        margin_mode: fc.constantFrom('cross' as const, 'isolated' as const),
        sizing: fc.record({
          type: fc.constantFrom('percent' as const, 'quote' as const, 'risk' as const),
          value: fc.oneof(percent, fc.constantFrom(100, 5e-324)),
        }),
        risk: fc.record({
          stop_loss_pct: orNull(percent),
          take_profit_pct: orNull(percent),
          trailing_stop_pct: orNull(percent),
          max_hold_bars: orNull(fc.integer({ min: 1, max: 1_000_000 })),
          cooldown_bars: fc.integer({ min: 0, max: 1_000_000 }),
        }),
        rules: arbitraryRules(higher),
      }),
    )
    .map(({ market, ...strategy }) => ({ ...strategy, ...market }))
    .filter((strategy) => 'strategy' in checkStrategy(strategy))
}
