import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryStrategy } from '../../../testing/rulesArbitrary.js'
import { describeRules } from '../../strategy/describe.js'
import { parseStrategyText } from '../../strategy/strategyText.js'
import { templates } from '../../strategy/templates.js'
import { applyPoint } from './applyPoint.js'
import { parseSpace } from './parseSpace.js'
import { proposeSpace } from './proposeSpace.js'
import { countPoints, gridPoint } from './space.js'

function proposalFor(text: string): string {
  const parsed = parseStrategyText(`name: tested\n${text}`)
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems))
  return proposeSpace(parsed.strategy)
}

describe('proposeSpace', () => {
  it('goes around both periods of a cross', () => {
    expect(proposalFor('buy: MA(10, 30) golden_cross\nsell: MA(10, 30) death_cross')).toBe(
      'MA.fast=4,5,7,10,14,20,28; MA.slow=11,15,21,30,42,60,85',
    )
  })

  it('names sides, groups and conditions apart where their values differ', () => {
    expect(proposalFor('buy: RSI(14, oversold=30) oversold\nsell: RSI(7) overbought')).toBe(
      'buy.RSI.period=7,10,14,20,28; sell.RSI.period=4,5,7,10,14; RSI.oversold=25,30,35; RSI.overbought=65,70,75',
    )
    expect(proposalFor('buy: MA(20) price_above\nbuy: MA(50) price_above and MA(10) rising')).toBe(
      'buy[0].MA.period=7,10,14,20,28,40,57; buy[1].MA[0].period=18,25,35,50,71,100,141; buy[1].MA[1].period=5,7,10,14,20',
    )
  })

  it('puts what the rules state before exits, and those before what is left to the catalog', () => {
    expect(proposalFor('stop: 2%\ntarget: 80%\nbuy: MACD golden_cross and RSI(oversold=3) oversold')).toBe(
      'RSI.oversold=3,8; stop_loss_pct=1.4,2,2.8; take_profit_pct=57,80,110; MACD.fast=8,12,17; MACD.slow=18,26,37',
    )
  })

  it('scales lists of periods, and multipliers by two digits', () => {
    expect(proposalFor('buy: MA(5/10/20) bullish_alignment')).toBe(
      'MA.periods=2/4/7,3/5/10,4/7/14,5/10/20,7/14/28,10/20/40,14/28/57',
    )
    expect(proposalFor('buy: BOLL(20, 2.5) break_upper')).toContain('BOLL.k=0.88,1.3,1.8,2.5,3.5,5,7.1')
  })

  it.each(templates.map((strategy) => [strategy.name, strategy] as const))('finds much to try in %s', (_, strategy) => {
    const space = parseSpace(proposeSpace(strategy), strategy)
    if ('problems' in space) throw new Error(JSON.stringify(space.problems))
    const count = countPoints(space.dimensions) ?? 0
    expect(count).toBeGreaterThan(200)
    const points = Array.from({ length: count }, (_, index) => gridPoint(space.dimensions, index))
    const possible = points.filter((point) => 'strategy' in applyPoint(strategy, space.dimensions, point))
    expect(possible.length).toBeGreaterThan(count / 2)
  })

  it('can be read for any strategy, has at most 300 points, and the strategy itself is one of them', () => {
    fc.assert(
      fc.property(arbitraryStrategy(), (strategy) => {
        const text = proposeSpace(strategy)
        if (text === '') return
        const space = parseSpace(text, strategy)
        if ('problems' in space) throw new Error(`${text}\n${JSON.stringify(space.problems)}`)
        expect(countPoints(space.dimensions)).toBeLessThanOrEqual(300)
        const own = space.dimensions.map((dimension) =>
          dimension.kind === 'continuous'
            ? -1
            : dimension.values.findIndex((value) => {
                const alone = applyPoint(strategy, [{ ...dimension, values: [value] }], [0])
                return 'strategy' in alone && describeRules(alone.strategy, say) === describeRules(strategy, say)
              }),
        )
        expect(own).not.toContain(-1)
        expect(applyPoint(strategy, space.dimensions, own)).toHaveProperty('strategy')
      }),
      { numRuns: 60 },
    )
  })
})

/** Rules are the same if they read the same: values that are stated or left to the catalog do. */
function say(id: string, args = {}): string {
  return id + JSON.stringify(args)
}
