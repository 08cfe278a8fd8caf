import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTranslator, locales } from '../../i18n.js'
import { allSignals, arbitraryRules } from '../../testing/rulesArbitrary.js'
import { catalog, resolveParams } from '../indicators/catalog.js'
import { exampleLine, formatRules, parseRules } from './notation.js'
import { problemError } from './problem.js'
import type { Rules } from './schema.js'
import { checkRules } from './validate.js'

function rulesOf(text: string): Rules {
  const parsed = parseRules(text)
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems))
  return parsed.rules
}

const translators = locales.map((locale) => createTranslator({ locale, timeZone: 'UTC', theme: 'light' }))

function problemsOf(text: string) {
  const parsed = parseRules(text)
  const problems = 'problems' in parsed ? parsed.problems : []
  for (const t of translators) {
    for (const problem of problems) {
      const { id, args } = problemError(problem)
      expect(t(id, args)).toMatch(/^[^\n]{5,}$/)
    }
  }
  return problems
}

const dip = `buy: RSI(14, oversold=30) oversold within 3 and MACD golden_cross
sell: RSI overbought or KDJ death_cross_overbought`

describe('parseRules', () => {
  it('reads a line a group, conditions joined by one logic', () => {
    expect(rulesOf(dip)).toEqual({
      buy_groups: [
        {
          logic: 'AND',
          conditions: [
            {
              side: 'buy',
              indicator_type: 'RSI',
              signal_type: 'oversold',
              params: { period: 14, oversold: 30 },
              within: 3,
            },
            { side: 'buy', indicator_type: 'MACD', signal_type: 'golden_cross' },
          ],
        },
      ],
      sell_groups: [
        {
          logic: 'OR',
          conditions: [
            { side: 'sell', indicator_type: 'RSI', signal_type: 'overbought' },
            { side: 'sell', indicator_type: 'KDJ', signal_type: 'death_cross_overbought' },
          ],
        },
      ],
    })
  })

  it.each([
    ['buy: rsi(14) OVERSOLD WITHIN 2', 'buy: RSI(14) oversold within 2'],
    ['BUY : RSI oversold AND Macd Golden_Cross', 'buy: RSI oversold and MACD golden_cross'],
    ['buy: RSI( 14 ,30 )oversold', 'buy: RSI(14, oversold=30) oversold'],
    ['buy: RSI(OVERSOLD = 25.50, Period=7) oversold', 'buy: RSI(7, oversold=25.5) oversold'],
    ['buy: RSI() oversold', 'buy: RSI oversold'],
    ['buy: RSI(oversold=1e1) oversold', 'buy: RSI(oversold=10) oversold'],
    ['buy: RSI(oversold=0.0000001) oversold', 'buy: RSI(oversold=1e-7) oversold'],
    ['buy: MA(5/10/20/60) bullish_alignment', 'buy: MA(5/10/20/60) bullish_alignment'],
    ['buy: MA(5, 20, ema) golden_cross', 'buy: MA(5, 20, EMA) golden_cross'],
    ['buy: MA(type=EMA) golden_cross', 'buy: MA(type=EMA) golden_cross'],
    ['buy: MA(5, type=wma) golden_cross', 'buy: MA(5, type=WMA) golden_cross'],
    ['buy: BOLL(k=2.5) squeeze', 'buy: BOLL(k=2.5) squeeze'],
    ['buy: not RSI oversold @4h within 3', 'buy: not RSI oversold @4H within 3'],
    ['buy: NOT RSI oversold within 3 @ 1d', 'buy: not RSI oversold @1Dutc within 3'],
    ['buy: RSI oversold @1D+8', 'buy: RSI oversold @1D+8'],
    ['buy: RSI oversold within 1', 'buy: RSI oversold'],
    [
      'buy: pattern() HAMMER or not Pattern morning_star @4h within 3',
      'buy: PATTERN hammer or not PATTERN morning_star @4H within 3',
    ],
    ['buy: RSI oversold; sell: RSI overbought', 'buy: RSI oversold\nsell: RSI overbought'],
    ['\r\n\n  ;sell: RSI overbought\r\n;;buy: RSI oversold ;\n', 'buy: RSI oversold\nsell: RSI overbought'],
    [
      'buy：RSI（14，oversold＝30）oversold＠4H；sell：RSI overbought',
      'buy: RSI(14, oversold=30) oversold @4H\nsell: RSI overbought',
    ],
    ['buy: RSI oversold\nbuy: KDJ oversold\nBuy Logic: AND', 'buy logic: and\nbuy: RSI oversold\nbuy: KDJ oversold'],
    ['sell_logic: or; sell: RSI oversold; sell: KDJ oversold', 'sell: RSI oversold\nsell: KDJ oversold'],
    ['buy logic: and; buy: RSI oversold', 'buy: RSI oversold'],
  ])('reads %j', (text, canonical) => {
    expect(formatRules(rulesOf(text))).toBe(canonical)
  })

  it.each([
    // words
    ['buy: RSY oversold', 'unknown-indicator', 1, 6, { got: 'RSY', suggestion: 'RSI' }],
    ['buy: RSI oversolt', 'unknown-signal', 1, 10, { got: 'oversolt', suggestion: 'oversold' }],
    ['buy: RSI(perod=14) oversold', 'unknown-param', 1, 10, { got: 'perod', suggestion: 'period' }],
    ['buy: RSI(overbought=80) oversold', 'unused-param', 1, 10, { allowed: 'period, oversold' }],
    ['buy: PATTERN hamer', 'unknown-signal', 1, 14, { got: 'hamer', suggestion: 'hammer' }],
    ['buy: PATTERN(period=14) hammer', 'unknown-param', 1, 14, { got: 'period', allowed: '' }],
    ['buy: MA(5, 20, EMMA) golden_cross', 'choice', 1, 16, { suggestion: 'EMA' }],
    ['buy: RSI oversold @7H', 'unexpected', 1, 20, { got: '7H', allowed: expect.stringContaining('1Wutc, 6H+8') }],
    ['bux: RSI oversold', 'unknown-key', 1, 1, { got: 'bux', suggestion: 'buy' }],
    ['stop: 3%', 'unknown-key', 1, 1, { allowed: 'buy, sell, buy logic, sell logic' }],
    ['buy logic: nand; buy: RSI oversold', 'choice', 1, 12, { got: 'NAND', suggestion: 'AND' }],
    ['buy: __proto__ oversold', 'unknown-indicator', 1, 6, {}],
    ['buy: RSI constructor', 'unknown-signal', 1, 10, {}],
    ['buy: RSI(__proto__=1) oversold', 'bad-key', 1, 10, {}],
    ['buy: RSI(toString=1) oversold', 'unknown-param', 1, 10, {}],
    // values
    ['buy: RSI(1) oversold', 'integer', 1, 10, { got: '1', allowed: '2 … 1000' }],
    ['buy: RSI(abc) oversold', 'integer', 1, 10, { got: 'abc' }],
    ['buy: RSI(14, 1e999) oversold', 'not-finite', 1, 14, { got: 'Infinity' }],
    ['buy: RSI(14, NaN) oversold', 'number', 1, 14, { got: 'NaN' }],
    ['buy: RSI(5/10) oversold', 'integer', 1, 10, { got: '[5, 10]' }],
    ['buy: MA(5) bullish_alignment', 'period-count', 1, 9, { got: '[5]' }],
    ['buy: MA(20/5) bullish_alignment', 'period-order', 1, 9, { got: '20/5' }],
    ['buy: MA(30, 10) golden_cross', 'fast-slow', 1, 9, { got: '30', slow: '10' }],
    ['buy: RSI oversold within 0', 'integer', 1, 26, { got: '0', allowed: '1 … 1000' }],
    ['buy: RSI oversold within x', 'integer', 1, 26, { got: 'x' }],
    // grammar
    ['', 'no-rules', undefined, undefined, {}],
    [' \n;；\n', 'no-rules', undefined, undefined, {}],
    ['buy RSI oversold', 'no-colon', 1, 1, { got: 'buy' }],
    ['buy:', 'no-value', 1, 1, { got: 'buy' }],
    ['buy: RSI', 'unexpected', 1, 9, { ended: 1 }],
    ['buy: RSI and MACD golden_cross', 'unexpected', 1, 10, { got: 'and', ended: 0 }],
    ['buy: RSI oversold MACD golden_cross', 'unexpected', 1, 19, { got: 'MACD' }],
    ['buy: RSI oversold adn MACD golden_cross', 'unexpected', 1, 19, { got: 'adn', suggestion: 'and' }],
    ['buy: RSI oversold witin 3', 'unexpected', 1, 19, { got: 'witin', suggestion: 'within' }],
    ['buy: RSI oversold within 3 within 4', 'unexpected', 1, 28, { got: 'within' }],
    ['buy: RSI oversold and', 'unexpected', 1, 22, { ended: 1 }],
    ['buy: RSI oversold and or KDJ oversold', 'unexpected', 1, 23, { got: 'or' }],
    ['buy: not not RSI oversold', 'unexpected', 1, 10, { got: 'not' }],
    ['buy: RSI oversold within', 'value-expected', 1, 25, { ended: 1 }],
    ['buy: RSI oversold @', 'unexpected', 1, 20, { ended: 1 }],
    ['buy: RSI(14 oversold', 'unexpected', 1, 13, { got: 'oversold', allowed: ', )' }],
    ['buy: RSI(14,) oversold', 'value-expected', 1, 13, { got: ')' }],
    ['buy: RSI(period=) oversold', 'value-expected', 1, 17, { got: ')' }],
    ['buy: RSI(oversold=30, 14) oversold', 'unnamed-param', 1, 23, { got: '14' }],
    ['buy: RSI(14, 30, 70) oversold', 'too-many-params', 1, 18, { got: '70', allowed: 'period, oversold' }],
    ['buy: PATTERN(14) hammer', 'too-many-params', 1, 14, { got: '14', allowed: '' }],
    ['buy: RSI(14, period=14) oversold', 'twice', 1, 14, { got: 'period' }],
    ['buy: RSI(oversold=1, OVERSOLD=2) oversold', 'twice', 1, 22, { got: 'OVERSOLD' }],
    ['buy logic: and; buy logic: or; buy: RSI oversold', 'twice', 1, 17, { got: 'buy logic' }],
    ['buy: RSI oversold and KDJ oversold or MACD bullish', 'mixed-logic', 1, 36, { got: 'or' }],
    ['buy: (RSI oversold)', 'unexpected', 1, 6, { got: '(' }],
    // places
    ['buy: RSI oversold\n  sell: RSI overbougt', 'unknown-signal', 2, 13, { suggestion: 'overbought' }],
    ['buy: RSI oversold; sell: 😀 RSI', 'unknown-indicator', 1, 26, { got: '😀' }],
    ['buy: RSI oversold within 2；sell: 😀', 'unknown-indicator', 1, 34, { got: '😀' }],
    ['buy: RSI oversold 🚀🚀 to the moon', 'unexpected', 1, 19, { got: '🚀🚀' }],
  ])('refuses %j: %s at %s:%s', (text, id, line, column, args) => {
    const place = line === undefined ? {} : { line, column }
    expect(problemsOf(text)).toEqual([
      { path: expect.any(String), id: `error-strategy-${id}`, args: expect.objectContaining({ ...args, ...place }) },
    ])
  })

  it('names the problem of every line', () => {
    expect(problemsOf('buy: RSY oversold\nsell: RSI overbougt').map(({ args }) => args.line)).toEqual([1, 2])
  })

  it('refuses huge text at once', () => {
    expect(problemsOf('buy: RSI oversold\n'.repeat(5000))).toMatchObject([{ id: 'error-strategy-too-big' }])
    expect(problemsOf('buy: RSI oversold\n'.repeat(3000))).toMatchObject([{ id: 'error-strategy-count' }])
    expect(problemsOf(`buy: RSI${'('.repeat(60_000)}`)).toMatchObject([{ id: 'error-strategy-value-expected' }])
    expect(problemsOf('x\n'.repeat(30_000))).toHaveLength(20)
    expect(problemsOf('buy:x\n'.repeat(10_000))).toHaveLength(20)
  })

  it('answers any text with a value', () => {
    const word = fc.constantFrom(
      'buy',
      'sell',
      ':',
      ';',
      '\n',
      'RSI',
      'MA',
      'oversold',
      'golden_cross',
      '(',
      ')',
      ',',
      '=',
      '/',
      '@',
      '4H',
      'and',
      'or',
      'not',
      'within',
      '3',
      'period',
      '"',
      '：',
      '😀',
    )
    const sentence = fc.array(word, { maxLength: 25 }).map((words) => words.join(' '))
    fc.assert(
      fc.property(fc.oneof(fc.string(), sentence), (text) => {
        const problems = problemsOf(text)
        if (problems.length === 0) expect(parseRules(formatRules(rulesOf(text)))).toEqual(parseRules(text))
      }),
      { numRuns: 300 },
    )
  })
})

describe('formatRules', () => {
  it('gives back every canonical rule set through parseRules, and the same text again', () => {
    fc.assert(
      fc.property(arbitraryRules(), (rules) => {
        expect(checkRules(rules)).toEqual({ rules })
        const text = formatRules(rules)
        expect(parseRules(text)).toEqual({ rules })
        expect(formatRules(rulesOf(text))).toBe(text)
      }),
      { numRuns: 200 },
    )
  })
})

describe('exampleLine', () => {
  it('names levels, and gives lengths and choices by position', () => {
    expect(exampleLine(catalog.RSI, 'oversold')).toBe('buy: RSI(14, oversold=30) oversold')
    expect(exampleLine(catalog.MA, 'bullish_alignment')).toBe('buy: MA(5/10/20/60, SMA) bullish_alignment')
  })

  it('is a rule for every signal, with every parameter that it uses at its default', () => {
    for (const { indicator, signalType } of allSignals) {
      const params = resolveParams(indicator, signalType)
      expect(rulesOf(exampleLine(indicator, signalType)).buy_groups).toEqual([
        {
          logic: 'AND',
          conditions: [
            {
              side: 'buy',
              indicator_type: indicator.type,
              signal_type: signalType,
              ...(Object.keys(params).length > 0 && { params }),
            },
          ],
        },
      ])
    }
  })
})
