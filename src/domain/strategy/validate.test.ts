import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTranslator, locales } from '../../i18n.js'
import { problemError } from './problem.js'
import { checkRules, checkStrategy } from './validate.js'

const oversold = { indicator_type: 'RSI', signal_type: 'oversold' }
const group = { logic: 'AND', conditions: [oversold] }
const least = { name: 'x', rules: { buy_groups: [group] } }
const swap = { ...least, inst_id: 'BTC-USDT-SWAP' }
const withCondition = (condition: object) => ({
  ...least,
  rules: { buy_groups: [{ logic: 'AND', conditions: [condition] }] },
})
const withParams = (indicator_type: string, signal_type: string, params: object) =>
  withCondition({ indicator_type, signal_type, params })

const translators = locales.map((locale) => createTranslator({ locale, timeZone: 'UTC', theme: 'light' }))

function problemsOf(input: unknown) {
  const checked = checkStrategy(input)
  const problems = 'problems' in checked ? checked.problems : []
  for (const t of translators) {
    for (const problem of problems) {
      const { id, args } = problemError(problem)
      expect(t(id, args)).toMatch(/^[^\n]{5,}$/)
    }
  }
  return problems
}

describe('checkStrategy', () => {
  it('fills every default', () => {
    expect(checkStrategy(least)).toEqual({
      strategy: {
        name: 'x',
        description: '',
        inst_id: 'BTC-USDT',
        bar: '15m',
        direction: 'long',
        evaluate_on: 'close',
        monitor_interval_s: 20,
        leverage: 1,
        margin_mode: 'cross',
        sizing: { type: 'percent', value: 100 },
        risk: {
          stop_loss_pct: null,
          take_profit_pct: null,
          trailing_stop_pct: null,
          max_hold_bars: null,
          cooldown_bars: 0,
        },
        rules: {
          buy_groups: [{ logic: 'AND', conditions: [{ side: 'buy', indicator_type: 'RSI', signal_type: 'oversold' }] }],
          sell_groups: [],
        },
      },
    })
  })

  it('fills the defaults of a part that is given, null being a value', () => {
    const checked = checkStrategy({ ...least, risk: { stop_loss_pct: 3, take_profit_pct: null } })
    expect(checked).toMatchObject({
      strategy: { risk: { stop_loss_pct: 3, take_profit_pct: null, trailing_stop_pct: null, cooldown_bars: 0 } },
    })
  })

  it('leaves its input alone and shares nothing with it, nor with the defaults', () => {
    const input = structuredClone(least)
    const first = checkStrategy(input)
    expect(input).toEqual(least)
    if ('problems' in first) throw new Error('refused')
    first.strategy.sizing.value = 1
    first.strategy.rules.sell_groups.push({ logic: 'AND', conditions: [] })
    first.strategy.rules.buy_groups[0].conditions[0].signal_type = 'changed'
    expect(input).toEqual(least)
    expect(checkStrategy(least)).toMatchObject({ strategy: { sizing: { value: 100 }, rules: { sell_groups: [] } } })
  })

  it('brings rules into canonical form', () => {
    const rules = {
      buy_groups: [
        { logic: 'OR', conditions: [{ side: 'buy', ...oversold, within: 1, negate: false, params: {} }] },
        { logic: 'OR', conditions: [oversold, { ...oversold, within: 2, negate: true, bar: '4H' }] },
      ],
      sell_groups: [group],
      buy_logic: 'OR',
      sell_logic: 'AND',
    }
    const buy = { side: 'buy', ...oversold }
    expect(checkStrategy({ ...least, rules })).toMatchObject({
      strategy: {
        rules: {
          buy_groups: [
            { logic: 'AND', conditions: [buy] },
            { logic: 'OR', conditions: [buy, { ...buy, within: 2, negate: true, bar: '4H' }] },
          ],
          sell_groups: [{ logic: 'AND', conditions: [{ side: 'sell', ...oversold }] }],
        },
      },
    })
    expect(JSON.stringify(checkStrategy({ ...least, rules }))).not.toMatch(/_logic|"params"|false|"within":1/)
  })

  it('writes equal strategies as equal JSON, whatever the order of their fields', () => {
    const params = { period: 14, oversold: 30 }
    const one = { ...least, risk: { stop_loss_pct: 3, cooldown_bars: 0 }, ...withParams('RSI', 'oversold', params) }
    const other = {
      rules: { buy_groups: [{ conditions: [{ params: { oversold: 30, period: 14 }, ...oversold }], logic: 'AND' }] },
      sizing: { value: 100, type: 'percent' },
      risk: { cooldown_bars: -0, stop_loss_pct: 3 },
      leverage: 1,
      name: 'x',
    }
    expect(JSON.stringify(checkStrategy(other))).toBe(JSON.stringify(checkStrategy(one)))
    expect(checkStrategy(other)).toEqual(checkStrategy(one))
  })

  it('accepts numbers at their bounds', () => {
    for (const within of [1, 1000]) expect(problemsOf(withCondition({ ...oversold, within }))).toEqual([])
    for (const period of [2, 1000]) expect(problemsOf(withParams('RSI', 'oversold', { period }))).toEqual([])
    expect(problemsOf({ ...swap, leverage: 125, direction: 'both' })).toEqual([])
    expect(problemsOf({ ...least, name: '策略_1-b', sizing: { type: 'quote', value: 5000 } })).toEqual([])
    expect(problemsOf({ ...least, sizing: { type: 'risk', value: 1 }, risk: { stop_loss_pct: 3 } })).toEqual([])
  })

  const condition = 'rules.buy_groups[0].conditions[0]'
  const refused: [unknown, string, string, object][] = [
    // fields
    [{ ...least, inst: 'x' }, 'unknown-field', 'inst', { suggestion: '' }],
    [{ ...least, inst_ID: 'BTC-USDT' }, 'unknown-field', 'inst_ID', { suggestion: 'inst_id' }],
    [{ ...least, levrage: 2 }, 'unknown-field', 'levrage', { got: 'levrage', suggestion: 'leverage' }],
    [{ ...least, constructor: 1 }, 'unknown-field', 'constructor', { suggestion: '' }],
    [
      { ...least, sizing: { type: 'quote', value: 1, vallue: 2 } },
      'unknown-field',
      'sizing.vallue',
      { suggestion: 'value' },
    ],
    [{ ...least, risk: { stop_los_pct: 3 } }, 'unknown-field', 'risk.stop_los_pct', { suggestion: 'stop_loss_pct' }],
    [
      { ...least, rules: { buy_groups: [group], sel_groups: [] } },
      'unknown-field',
      'rules.sel_groups',
      { suggestion: 'sell_groups' },
    ],
    [
      { ...least, rules: { buy_groups: [{ ...group, logik: 'OR' }] } },
      'unknown-field',
      'rules.buy_groups[0].logik',
      { suggestion: 'logic' },
    ],
    [withCondition({ ...oversold, witin: 3 }), 'unknown-field', `${condition}.witin`, { suggestion: 'within' }],
    [
      withCondition({ indicator_type: 'RSI', signal_tpye: 'oversold' }),
      'unknown-field',
      `${condition}.signal_tpye`,
      { suggestion: 'signal_type' },
    ],
    [{ rules: least.rules }, 'missing-field', 'name', {}],
    [{ name: 'x' }, 'missing-field', 'rules', {}],
    [withCondition({ indicator_type: 'RSI' }), 'missing-field', `${condition}.signal_type`, {}],
    [
      { ...least, rules: { buy_groups: [{ conditions: [oversold] }] } },
      'missing-field',
      'rules.buy_groups[0].logic',
      {},
    ],
    // kinds: nothing is coerced
    [null, 'type', '', { got: 'null', allowed: 'object' }],
    [[], 'type', '', { got: '[]', allowed: 'object' }],
    ['{}', 'type', '', { allowed: 'object' }],
    [undefined, 'not-json', '', {}],
    [{ ...least, rules: null }, 'type', 'rules', { got: 'null', allowed: 'object' }],
    [{ ...least, rules: { buy_groups: {} } }, 'type', 'rules.buy_groups', { got: '{…}', allowed: 'array' }],
    [{ ...least, description: 5 }, 'type', 'description', { got: '5', allowed: 'string' }],
    [withCondition({ ...oversold, negate: 'yes' }), 'type', `${condition}.negate`, { allowed: 'boolean' }],
    [{ ...least, leverage: '1' }, 'number', 'leverage', { got: '1', allowed: '1 … 125' }],
    [
      { ...least, risk: { stop_loss_pct: '3' } },
      'number',
      'risk.stop_loss_pct',
      { got: '3', allowed: '> 0, < 100, null' },
    ],
    [{ ...least, risk: { cooldown_bars: null } }, 'integer', 'risk.cooldown_bars', { got: 'null' }],
    [{ ...least, monitor_interval_s: 1.5 }, 'integer', 'monitor_interval_s', { allowed: '1 … 3600' }],
    [{ ...least, leverage: Number.NaN }, 'not-finite', 'leverage', { got: 'NaN' }],
    [
      withParams('RSI', 'oversold', { period: Number.POSITIVE_INFINITY }),
      'not-finite',
      `${condition}.params.period`,
      { got: 'Infinity' },
    ],
    [{ ...least, leverage: 1n }, 'not-json', 'leverage', { got: 'bigint' }],
    [{ ...least, rules: new Map() }, 'not-json', 'rules', {}],
    [{ ...least, rules: () => 1 }, 'not-json', 'rules', { got: 'function' }],
    // values
    [{ ...least, leverage: 0 }, 'number', 'leverage', { got: '0' }],
    [
      { ...least, risk: { stop_loss_pct: 100 } },
      'number',
      'risk.stop_loss_pct',
      { got: '100', allowed: '> 0, < 100, null' },
    ],
    [{ ...least, risk: { take_profit_pct: 0 } }, 'number', 'risk.take_profit_pct', { allowed: '> 0, <= 1000, null' }],
    [{ ...least, risk: { max_hold_bars: 0 } }, 'integer', 'risk.max_hold_bars', { allowed: '1 … 1000000, null' }],
    [{ ...least, sizing: { type: 'quote', value: 0 } }, 'number', 'sizing.value', { allowed: '> 0' }],
    [withCondition({ ...oversold, within: 0 }), 'integer', `${condition}.within`, { allowed: '1 … 1000' }],
    [{ ...least, bar: '1h' }, 'choice', 'bar', { got: '1h', suggestion: '1H' }],
    [{ ...least, bar: '1d' }, 'choice', 'bar', { suggestion: '1Dutc' }],
    [{ ...least, direction: 'lonng' }, 'choice', 'direction', { suggestion: 'long', allowed: 'long, short, both' }],
    [{ ...least, sizing: { type: 'percnt', value: 1 } }, 'choice', 'sizing.type', { suggestion: 'percent' }],
    [{ ...least, name: '' }, 'name', 'name', {}],
    [{ ...least, name: 'my dip!' }, 'name', 'name', { got: 'my dip!', suggestion: 'my-dip' }],
    [{ ...least, name: '🚀moon' }, 'name', 'name', { got: '🚀moon', suggestion: 'moon' }],
    [{ ...least, name: 'x'.repeat(41) }, 'name', 'name', { suggestion: 'x'.repeat(40) }],
    [{ ...least, name: '__proto__' }, 'name', 'name', { suggestion: 'proto__' }],
    [{ ...least, inst_id: 'btc' }, 'inst-id', 'inst_id', { suggestion: 'BTC-USDT' }],
    [{ ...least, inst_id: 'BTC-SWAP' }, 'inst-id', 'inst_id', { suggestion: 'BTC-USDT-SWAP' }],
    [{ ...least, inst_id: '💥' }, 'inst-id', 'inst_id', { suggestion: '' }],
    [{ ...least, description: 'x'.repeat(501) }, 'too-long', 'description', { allowed: 500 }],
    [
      { ...least, rules: { buy_groups: [{ logic: 'AND', conditions: [] }] } },
      'count',
      'rules.buy_groups[0].conditions',
      { got: 0, allowed: '1 … 20' },
    ],
    [
      { ...least, rules: { buy_groups: Array(21).fill(group) } },
      'count',
      'rules.buy_groups',
      { got: 21, allowed: '0 … 20' },
    ],
    // the catalog
    [
      withCondition({ indicator_type: 'RSY', signal_type: 'oversold' }),
      'unknown-indicator',
      `${condition}.indicator_type`,
      { got: 'RSY', suggestion: 'RSI' },
    ],
    [
      withCondition({ indicator_type: 'constructor', signal_type: 'x' }),
      'unknown-indicator',
      `${condition}.indicator_type`,
      { suggestion: '' },
    ],
    [
      withCondition({ indicator_type: '__proto__', signal_type: 'x' }),
      'unknown-indicator',
      `${condition}.indicator_type`,
      {},
    ],
    [
      withCondition({ indicator_type: 'RSI', signal_type: 'oversoldd' }),
      'unknown-signal',
      `${condition}.signal_type`,
      { suggestion: 'oversold', indicator: 'RSI' },
    ],
    [
      withCondition({ indicator_type: 'RSI', signal_type: 'toString' }),
      'unknown-signal',
      `${condition}.signal_type`,
      {},
    ],
    [
      withParams('RSI', 'oversold', { perod: 14 }),
      'unknown-param',
      `${condition}.params.perod`,
      { got: 'perod', suggestion: 'period', allowed: 'period, oversold' },
    ],
    [withParams('RSI', 'oversold', { hasOwnProperty: 14 }), 'unknown-param', `${condition}.params.hasOwnProperty`, {}],
    [withParams('RSI', 'oversold', { 'a.b': 1 }), 'unknown-param', `${condition}.params["a.b"]`, {}],
    [
      withParams('RSI', 'oversold', { overbought: 80 }),
      'unused-param',
      `${condition}.params.overbought`,
      { signal: 'oversold', allowed: 'period, oversold' },
    ],
    [withParams('RSI', 'oversold', { period: 1 }), 'integer', `${condition}.params.period`, { allowed: '2 … 1000' }],
    [withParams('RSI', 'oversold', { period: 14.5 }), 'integer', `${condition}.params.period`, { got: '14.5' }],
    [withParams('RSI', 'oversold', { period: '14' }), 'integer', `${condition}.params.period`, { got: '14' }],
    [withParams('RSI', 'oversold', { period: [14] }), 'integer', `${condition}.params.period`, { got: '[14]' }],
    [withParams('RSI', 'oversold', { period: null }), 'param-value', `${condition}.params.period`, { got: 'null' }],
    [
      withParams('RSI', 'oversold', { oversold: 101 }),
      'number',
      `${condition}.params.oversold`,
      { allowed: '0 … 100' },
    ],
    [withParams('MA', 'rising', { type: 'EMMA' }), 'choice', `${condition}.params.type`, { suggestion: 'EMA' }],
    [withParams('MA', 'rising', { type: 3 }), 'choice', `${condition}.params.type`, { got: '3' }],
    [
      withParams('MA', 'bullish_alignment', { periods: 5 }),
      'period-count',
      `${condition}.params.periods`,
      { got: '5', allowed: '2 … 8' },
    ],
    [
      withParams('MA', 'bullish_alignment', { periods: [5] }),
      'period-count',
      `${condition}.params.periods`,
      { got: '[5]' },
    ],
    [
      withParams('MA', 'bullish_alignment', { periods: [5, 1.5] }),
      'integer',
      `${condition}.params.periods[1]`,
      { got: '1.5' },
    ],
    [withParams('MA', 'bullish_alignment', { periods: [5, '10'] }), 'param-value', `${condition}.params.periods`, {}],
    [
      withParams('MA', 'bullish_alignment', { periods: [5, 20, 20] }),
      'period-order',
      `${condition}.params.periods`,
      { got: '5/20/20' },
    ],
    [
      withParams('MA', 'golden_cross', { fast: 30, slow: 10 }),
      'fast-slow',
      `${condition}.params.fast`,
      { got: '30', slow: '10' },
    ],
    [withParams('MACD', 'bullish', { slow: 12 }), 'fast-slow', `${condition}.params.slow`, { got: '12', slow: '12' }],
    [withParams('RSI', 'golden_cross', { fast: 24 }), 'fast-slow', `${condition}.params.fast`, { slow: '24' }],
    // sense
    [withCondition({ ...oversold, side: 'sell' }), 'side', `${condition}.side`, { got: 'sell', allowed: 'buy' }],
    [withCondition({ ...oversold, bar: '15m' }), 'higher-bar', `${condition}.bar`, { got: '15m', bar: '15m' }],
    [withCondition({ ...oversold, bar: '5m' }), 'higher-bar', `${condition}.bar`, {}],
    [
      { ...withCondition({ ...oversold, bar: '6Hutc' }), bar: '4H' },
      'higher-bar',
      `${condition}.bar`,
      { allowed: '12Hutc, 1Dutc, 1Wutc, 12H, 1D, 1W' },
    ],
    [
      { ...withCondition({ ...oversold, bar: '1D' }), bar: '12Hutc' },
      'higher-bar',
      `${condition}.bar`,
      { allowed: '1Dutc, 1Wutc' },
    ],
    [
      { ...least, sizing: { type: 'percent', value: 101 } },
      'number',
      'sizing.value',
      { got: '101', allowed: '> 0, <= 100' },
    ],
    [
      { ...least, sizing: { type: 'risk', value: 1 }, risk: { trailing_stop_pct: 2 } },
      'risk-needs-stop',
      'sizing.type',
      {},
    ],
    [{ ...least, leverage: 3 }, 'spot-leverage', 'leverage', { suggestion: 'BTC-USDT-SWAP' }],
    [{ ...least, direction: 'both' }, 'spot-short', 'direction', { got: 'both', suggestion: 'BTC-USDT-SWAP' }],
    [{ ...swap, direction: 'short' }, 'no-entry', 'rules.sell_groups', { direction: 'short' }],
    [{ ...least, rules: { sell_groups: [group] } }, 'no-entry', 'rules.buy_groups', { direction: 'long' }],
    [{ ...swap, direction: 'both', rules: {} }, 'no-entry', 'rules.buy_groups', {}],
  ]
  it.each(refused.map(([input, id, path, args]) => [id, path, args, input] as const))(
    'refuses %s at %s %j',
    (id, path, args, input) => {
      expect(problemsOf(input)).toEqual([{ path, id: `error-strategy-${id}`, args: expect.objectContaining(args) }])
    },
  )

  it('names every problem at once, the first twenty', () => {
    const problems = problemsOf({ ...least, name: '!', bar: '7m', leverage: 500 })
    expect(problems.map(({ path }) => path)).toEqual(['name', 'bar', 'leverage'])
    const conditions = Array(20).fill({ indicator_type: 'X', signal_type: 'x' })
    expect(problemsOf({ ...least, rules: { buy_groups: Array(20).fill({ logic: 'OR', conditions }) } })).toHaveLength(
      20,
    )
  })

  it('is not moved by `__proto__` as a field, at any depth', () => {
    const texts = ['{"name":"x","__proto__":{"rules":1}}', '{"name":"x","rules":{"buy_groups":[{"__proto__":{}}]}}']
    for (const text of texts) {
      expect(problemsOf(JSON.parse(text))).toMatchObject([{ id: 'error-strategy-bad-key', args: { got: '__proto__' } }])
    }
    expect(Object.hasOwn(Object.prototype, 'rules')).toBe(false)
  })

  it('refuses what is too big, too deep or a circle, without walking through it', () => {
    expect(problemsOf({ ...least, description: 'x'.repeat(300_000) })).toMatchObject([{ id: 'error-strategy-too-big' }])
    expect(problemsOf({ ...least, rules: { buy_groups: new Array(1e9) } })).toMatchObject([
      { id: 'error-strategy-too-big' },
    ])
    const params = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`p${i}`, null]))
    expect(problemsOf(withCondition({ ...oversold, params }))).toHaveLength(20)
    const circle: Record<string, unknown> = {}
    circle.rules = circle
    expect(problemsOf(circle)).toMatchObject([{ id: 'error-strategy-too-deep' }])
    const deep = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`)
    expect(problemsOf({ ...least, rules: deep })).toMatchObject([{ id: 'error-strategy-too-deep' }])
  })

  it('takes the largest rules that the schema allows', () => {
    const full = { ...oversold, params: { period: 14, oversold: 30.5 }, within: 1000, negate: true, bar: '12Hutc' }
    const groups = Array(20).fill({ logic: 'OR', conditions: Array(20).fill(full) })
    expect(problemsOf({ ...least, rules: { buy_groups: groups, sell_groups: groups } })).toEqual([])
  })

  it('answers anything at all with a value, one short line a problem', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withMap: true, withNullPrototype: true }), (input) => {
        for (const wrapped of [input, { ...least, rules: input }, withCondition({ ...oversold, params: input })]) {
          problemsOf(wrapped)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('checkRules', () => {
  it('gives canonical rules', () => {
    expect(checkRules(least.rules)).toEqual({
      rules: { buy_groups: [{ logic: 'AND', conditions: [{ side: 'buy', ...oversold }] }], sell_groups: [] },
    })
  })

  it('takes either side alone, but not neither', () => {
    expect(checkRules({ sell_groups: [group] })).toHaveProperty('rules')
    expect(checkRules({})).toEqual({ problems: [{ path: 'rules', id: 'error-strategy-no-rules', args: {} }] })
  })

  it('says where a problem lies as checkStrategy does', () => {
    expect(checkRules({ buy_groups: [{ ...group, extra: 1 }] })).toMatchObject({
      problems: [{ path: 'rules.buy_groups[0].extra' }],
    })
    expect(checkRules(7)).toMatchObject({ problems: [{ path: 'rules', id: 'error-strategy-type' }] })
  })
})
