import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTranslator, locales } from '../../i18n.js'
import { findJsonFault, parseStrategyJson } from './parseStrategyJson.js'
import { problemError } from './problem.js'

const least =
  '{"name":"x","rules":{"buy_groups":[{"logic":"AND","conditions":[{"indicator_type":"RSI","signal_type":"oversold"}]}]}}'

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('parseStrategyJson', () => {
  it('reads a strategy', () => {
    expect(parseStrategyJson(`\n ${least} \n`)).toMatchObject({ strategy: { name: 'x', bar: '15m' } })
  })

  it.each([
    ['', 'json', 1, 1, { ended: 1 }],
    ['{', 'json', 1, 2, { ended: 1 }],
    ['{"name": "x",\n  }', 'json', 2, 3, { got: '}' }],
    ['{\n"name": oops}', 'json', 2, 9, { got: 'oops' }],
    ["{'name': 1}", 'json', 1, 2, { got: "'" }],
    ['{"a": 01}', 'json', 1, 8, { got: '1' }],
    ['{"a": NaN}', 'json', 1, 7, { got: 'NaN' }],
    ['{"😀": 1, 😀}', 'json', 1, 10, { got: '😀' }],
    ['{"a": "unclosed}', 'json', 1, 7, { got: '"' }],
    [`${least} trailing`, 'json', 1, least.length + 2, { got: 'trailing' }],
    [`${least}${least}`, 'json', 1, least.length + 1, { got: '{' }],
    ['{"name": "x", "name": "y"}', 'twice', 1, 15, { got: 'name' }],
    ['{"a": {"b": 1, "\\u0062": 2}}', 'twice', 1, 16, { got: 'b' }],
    ['['.repeat(60_000), 'too-deep', 1, 66, {}],
  ])('refuses %j', (text, id, line, column, args) => {
    const read = parseStrategyJson(text)
    expect(read).toEqual({
      problems: [{ path: '', id: `error-strategy-${id}`, args: expect.objectContaining({ line, column, ...args }) }],
    })
    for (const locale of locales) {
      const error = problemError('problems' in read ? read.problems[0] : expect.fail())
      expect(createTranslator({ locale, timeZone: 'UTC', theme: 'light' })(error.id, error.args)).toContain(
        String(line),
      )
    }
  })

  it('takes the same key in different objects', () => {
    expect(findJsonFault('[{"a":1},{"a":{"a":2}}]')).toBeNull()
  })

  it('refuses numbers that become infinite, with their place', () => {
    expect(parseStrategyJson(least.replace('"name"', '"leverage":1e999,"name"'))).toMatchObject({
      problems: [{ path: 'leverage', id: 'error-strategy-not-finite' }],
    })
  })

  it('refuses more than 64 K characters', () => {
    expect(parseStrategyJson(' '.repeat(65_537))).toMatchObject({ problems: [{ id: 'error-strategy-too-big' }] })
  })

  it('finds a fault exactly where JSON.parse does', () => {
    const broken = fc
      .tuple(
        fc.json(),
        fc.nat(),
        fc.nat({ max: 3 }),
        fc.constantFrom('', ',', '"', '}', '[', '0', '\\', ' ', '\u0001', 'e', '\u0085'),
      )
      .map(([json, at, length, junk]) => {
        const from = at % (json.length + 1)
        return json.slice(0, from) + junk + json.slice(from + length)
      })
    fc.assert(
      fc.property(fc.oneof(fc.json(), broken, fc.string()), (text) => {
        const fault = findJsonFault(text)
        if (fault?.id === 'error-strategy-twice') return
        expect(fault === null).toBe(isJson(text))
        if (fault) expect(fault.at).toBeLessThanOrEqual(text.length)
      }),
      { numRuns: 2000 },
    )
  })
})
