import { describe, expect, it } from 'vitest'
import { statsWith } from '../../../testing/statsFixture.js'
import { judge, parseConstraints } from './constraints.js'

const least30 = { figure: 'trades', operator: '>=', bound: 30 }
const atMost25 = { figure: 'max_drawdown_pct', operator: '<=', bound: 25 }

describe('parseConstraints', () => {
  it.each([
    ['', []],
    [' \n', []],
    ['trades>=30', [least30]],
    ['trades >= 30, max_drawdown <= 25', [least30, atMost25]],
    ['Trades>=30;MAX_DRAWDOWN_PCT<=25%', [least30, atMost25]],
    ['trades>=30 and max_drawdown<=25', [least30, atMost25]],
    ['trades>=30 max_drawdown<=25\n', [least30, atMost25]],
    ['trades≥30，max_drawdown＜＝25', [least30, atMost25]],
    [
      'sharpe>1.5; worst_trade<-2.5',
      [
        { figure: 'sharpe', operator: '>', bound: 1.5 },
        { figure: 'worst_trade_pct', operator: '<', bound: -2.5 },
      ],
    ],
  ])('reads %j', (text, constraints) => {
    expect(parseConstraints(text)).toEqual({ constraints })
  })

  it.each([
    ['traids>=30', 'figure', 1, { got: 'traids', suggestion: 'trades' }],
    ['trades>=30, sharp>1', 'figure', 13, { got: 'sharp', suggestion: 'sharpe' }],
    ['constructor>=1', 'figure', 1, {}],
    ['trades>=many', 'bound', 1, { got: 'many', name: 'trades' }],
    ['trades=30', 'form', 1, { got: 'trades=30' }],
    ['trades>=30, few', 'form', 13, { got: 'few' }],
    ['30<=trades', 'form', 1, { got: '30<=trades' }],
    ['trades>=', 'form', 1, { got: 'trades>=' }],
    [',', 'form', 1, {}],
  ])('refuses %j: %s in column %i', (text, id, column, args) => {
    expect(parseConstraints(text)).toEqual({
      problems: [
        { path: '', id: `error-constraint-${id}`, args: expect.objectContaining({ line: 1, column, ...args }) },
      ],
    })
  })

  it('names every wrong figure', () => {
    const parsed = parseConstraints('traids>=30\nsharp>1')
    expect('problems' in parsed && parsed.problems.map(({ args }) => [args.got, args.line])).toEqual([
      ['traids', 1],
      ['sharp', 2],
    ])
  })
})

describe('judge', () => {
  const constraintsOf = (text: string) => {
    const parsed = parseConstraints(text)
    if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems))
    return parsed.constraints
  }
  const stats = statsWith({ trades: 30, max_drawdown_pct: 25, total_return_pct: 12, profit_factor: null, sharpe: 0.5 })

  it('gives the objective where all constraints are kept', () => {
    expect(judge(stats, 'return', [])).toEqual({ score: 12, shortfall: 0 })
    expect(judge(stats, 'return', constraintsOf('trades>=30 max_drawdown<=25 sharpe>0.4 sharpe<0.6'))).toEqual({
      score: 12,
      shortfall: 0,
    })
  })

  it.each([
    ['trades>=40', 0.25],
    ['max_drawdown<=20', 0.25],
    ['trades>=40, max_drawdown<=20', 0.5],
    ['sharpe>=1', 0.5],
    ['sharpe<=0.25', 0.25],
    ['profit_factor>=1', 1],
    ['profit_factor<=1', 1],
  ])('gives no score and the shortfall for %s', (text, shortfall) => {
    expect(judge(stats, 'return', constraintsOf(text))).toEqual({ score: null, shortfall })
  })

  it.each(['trades>30', 'trades<30'])('takes %s for missed at the bound', (text) => {
    const { score, shortfall } = judge(stats, 'return', constraintsOf(text))
    expect(score).toBeNull()
    expect(shortfall).toBeGreaterThan(0)
  })
})
