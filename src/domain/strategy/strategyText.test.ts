import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTranslator, locales } from '../../i18n.js'
import { arbitraryStrategy } from '../../testing/rulesArbitrary.js'
import { problemError } from './problem.js'
import { changeStrategy, formatStrategy, hasName, parseStrategyText } from './strategyText.js'
import { checkStrategy } from './validate.js'

const rules = 'buy: RSI oversold; sell: RSI overbought'

function strategyOf(text: string, options?: { name?: string }) {
  const parsed = parseStrategyText(text, options)
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems))
  return parsed.strategy
}

describe('parseStrategyText', () => {
  it('reads a head of any order and case, then rules', () => {
    const strategy = strategyOf(
      `
      Bar: 1h
      NAME: my-dip
      inst: eth swap ; direction: BOTH
      leverage: 3x ; margin: Isolated
      stop: 3% ; target: 6 ; trail: 2.5 %
      size: risk 1%
      hold: 50 ; cooldown: 3
      evaluate: tick ; monitor: 10s
      description: buys; ${rules}`.replace('buys;', 'buys，low\n'),
    )
    expect(strategy).toMatchObject({
      name: 'my-dip',
      description: 'buys，low',
      inst_id: 'ETH-USDT-SWAP',
      bar: '1H',
      direction: 'both',
      evaluate_on: 'tick',
      monitor_interval_s: 10,
      leverage: 3,
      margin_mode: 'isolated',
      sizing: { type: 'risk', value: 1 },
      risk: { stop_loss_pct: 3, take_profit_pct: 6, trailing_stop_pct: 2.5, max_hold_bars: 50, cooldown_bars: 3 },
    })
    expect(strategy.rules.buy_groups).toHaveLength(1)
  })

  it.each([
    ['100%', { type: 'percent', value: 100 }],
    ['500', { type: 'quote', value: 500 }],
    ['RISK 0.5', { type: 'risk', value: 0.5 }],
  ])('reads the size %s', (size, sizing) => {
    expect(strategyOf(`name: x; stop: 3%; size: ${size}; ${rules}`).sizing).toEqual(sizing)
  })

  it('takes the name that it is given where the text has none', () => {
    expect(strategyOf(rules, { name: 'given' }).name).toBe('given')
    expect(strategyOf(`name: own; ${rules}`, { name: 'given' }).name).toBe('own')
  })

  it('takes `none` for what may be absent, and quotes around a description', () => {
    const strategy = strategyOf(`name: x; stop: none; description: "a; b\\n\\"c\\""; ${rules}`)
    expect(strategy.risk.stop_loss_pct).toBeNull()
    expect(strategy.description).toBe('a; b\n"c"')
  })

  it.each([
    [rules, 'missing-field', 'name', undefined, undefined, {}],
    [`name: my dip; ${rules}`, 'name', 'name', 1, 7, { suggestion: 'my-dip' }],
    [`name: x\nstopp: 3%\n${rules}`, 'unknown-key', '', 2, 1, { got: 'stopp', suggestion: 'stop' }],
    [
      `name: x\nstop: 300%\n${rules}`,
      'number',
      'risk.stop_loss_pct',
      2,
      7,
      { got: '300', allowed: '> 0, < 100, null' },
    ],
    [`name: x\nstop: tight\n${rules}`, 'number', 'risk.stop_loss_pct', 2, 7, { got: 'tight' }],
    [`name: x; cooldown: none; ${rules}`, 'integer', 'risk.cooldown_bars', 1, 20, { got: 'null' }],
    [`name: x; stop: 1; stop: 2; ${rules}`, 'twice', '', 1, 19, { got: 'stop' }],
    [`name: x; size: 150%; ${rules}`, 'number', 'sizing.value', 1, 16, { allowed: '> 0, <= 100' }],
    [`name: x; size: lots; ${rules}`, 'number', 'sizing.value', 1, 16, { got: 'lots' }],
    [`name: x; size: risk 1%; ${rules}`, 'risk-needs-stop', 'sizing.type', 1, 16, {}],
    [`name: x; bar: 7m; ${rules}`, 'choice', 'bar', 1, 15, { got: '7m' }],
    [`name: x; inst: a-b-c-d; ${rules}`, 'inst-id', 'inst_id', 1, 16, { got: 'a-b-c-d' }],
    [`name: x; direction: up; ${rules}`, 'choice', 'direction', 1, 21, { got: 'up' }],
    [`name: x; leverage: 3; ${rules}`, 'spot-leverage', 'leverage', 1, 20, {}],
    [
      `name: x; bar: 1h; buy: RSI oversold @15m`,
      'higher-bar',
      'rules.buy_groups[0].conditions[0].bar',
      1,
      38,
      { bar: '1H' },
    ],
    [`name: x; sell: RSI overbought`, 'no-entry', 'rules.buy_groups', undefined, undefined, {}],
    [`name: x; description: "a" b; ${rules}`, 'unexpected', '', 1, 27, { got: 'b' }],
    [`name: x; description: a; b; ${rules}`, 'no-colon', '', 1, 26, { got: 'b' }],
    [`name: x; __proto__: 1; ${rules}`, 'unknown-key', '', 1, 10, {}],
    [`name: x; constructor: 1; ${rules}`, 'unknown-key', '', 1, 10, { suggestion: '' }],
  ])('refuses %j: %s at %s', (text, id, path, line, column, args) => {
    const parsed = parseStrategyText(text)
    const place = line === undefined ? {} : { line, column }
    expect(parsed).toEqual({
      problems: [{ path, id: `error-strategy-${id}`, args: expect.objectContaining({ ...args, ...place }) }],
    })
    for (const locale of locales) {
      const error = problemError('problems' in parsed ? parsed.problems[0] : expect.fail())
      const said = createTranslator({ locale, timeZone: 'UTC', theme: 'light' })(error.id, error.args)
      expect(said).toContain(line === undefined ? path : String(column))
    }
  })
})

describe('formatStrategy', () => {
  it('shows what is not at its default, and always name, instrument, bar and direction', () => {
    const strategy = strategyOf(`name: x; stop: 3%; target: none; size: 100%; ${rules}`)
    expect(formatStrategy(strategy)).toBe(
      'name: x\ninst: BTC-USDT\nbar: 15m\ndirection: long\nstop: 3%\nbuy: RSI oversold\nsell: RSI overbought',
    )
  })

  it('gives back every strategy through parseStrategyText', () => {
    fc.assert(
      fc.property(arbitraryStrategy(), (strategy) => {
        expect(checkStrategy(strategy)).toEqual({ strategy })
        expect(parseStrategyText(formatStrategy(strategy))).toEqual({ strategy })
      }),
      { numRuns: 150 },
    )
  })
})

describe('changeStrategy', () => {
  const old = strategyOf(
    `name: x; bar: 1h; stop: 3%; target: 6%
     buy logic: and; buy: RSI oversold @4H; buy: MACD bullish; sell: RSI overbought; sell: KDJ overbought`,
  )
  const changed = (text: string) => {
    const read = changeStrategy(old, text)
    if ('problems' in read) throw new Error(JSON.stringify(read.problems))
    return formatStrategy(read.strategy).split('\n').slice(3)
  }

  it('replaces the statements of the same key, and leaves the others', () => {
    expect(changed('stop: 5%; hold: 10')).toEqual([
      'direction: long',
      'stop: 5%',
      'target: 6%',
      'hold: 10',
      'buy logic: and',
      'buy: RSI oversold @4H',
      'buy: MACD bullish',
      'sell: RSI overbought',
      'sell: KDJ overbought',
    ])
  })

  it('replaces all lines of a side by the new ones, and keeps the other side', () => {
    expect(changed('sell: BOLL touch_upper').slice(3)).toEqual([
      'buy logic: and',
      'buy: RSI oversold @4H',
      'buy: MACD bullish',
      'sell: BOLL touch_upper',
    ])
    expect(changed('buy: KDJ oversold; buy: RSI oversold').slice(3)).toEqual([
      'buy logic: and',
      'buy: KDJ oversold',
      'buy: RSI oversold',
      'sell: RSI overbought',
      'sell: KDJ overbought',
    ])
    expect(changed('buy logic: or')).not.toContain('buy logic: and')
  })

  it('takes away what is `none`', () => {
    expect(changed('stop: none; target: none').slice(0, 2)).toEqual(['direction: long', 'buy logic: and'])
  })

  it('changes nothing where it says what is there', () => {
    expect(changeStrategy(old, formatStrategy(old))).toEqual({ strategy: old })
  })

  it('refuses what the whole may not be: in its own lines by place, elsewhere by path', () => {
    expect(changeStrategy(old, 'stop: 5%\nbuy: RSI oversold @15m')).toMatchObject({
      problems: [{ id: 'error-strategy-higher-bar', args: { line: 2, column: 20 } }],
    })
    const read = changeStrategy(old, 'bar: 4h')
    expect(read).toMatchObject({
      problems: [{ id: 'error-strategy-higher-bar', path: 'rules.buy_groups[0].conditions[0].bar' }],
    })
    expect('problems' in read && read.problems[0].args).not.toHaveProperty('line')
    expect(changeStrategy(old, 'stopp: 5%')).toMatchObject({ problems: [{ args: { suggestion: 'stop' } }] })
  })

  it('gives any strategy back from its own text, whatever it is changed from', () => {
    fc.assert(
      fc.property(arbitraryStrategy(), (strategy) => {
        expect(changeStrategy(strategy, formatStrategy(strategy))).toEqual({ strategy })
      }),
      { numRuns: 50 },
    )
  })
})

it('a text that names its strategy is whole', () => {
  expect(['name: x; stop: 5%', 'stop: 5%；Name：x', 'name: x'].map(hasName)).toEqual([true, true, true])
  expect(['stop: 5%', 'description: "name: x"', 'description: a name: x', ''].map(hasName)).toEqual([
    false,
    false,
    false,
    false,
  ])
})
