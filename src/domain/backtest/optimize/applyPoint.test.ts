import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryStrategy } from '../../../testing/rulesArbitrary.js'
import type { Strategy } from '../../strategy/schema.js'
import { parseStrategyText } from '../../strategy/strategyText.js'
import { checkStrategy } from '../../strategy/validate.js'
import { applyPoint } from './applyPoint.js'
import { parseSpace } from './parseSpace.js'
import { proposeSpace } from './proposeSpace.js'
import { countPoints, type Dimension, gridPoint, type Point } from './space.js'

function spaceOf(rules: string, text: string) {
  const strategy = parseStrategyText(`name: tested\n${rules}`)
  if ('problems' in strategy) throw new Error(JSON.stringify(strategy.problems))
  const space = parseSpace(text, strategy.strategy)
  if ('problems' in space) throw new Error(JSON.stringify(space.problems))
  return { ...strategy, ...space }
}

/** A copy with the values written into it. */
function edit(strategy: Strategy, dimensions: readonly Dimension[], point: Point): unknown {
  const copy: unknown = structuredClone(strategy)
  for (const [d, { places, ...dimension }] of dimensions.entries()) {
    for (const place of places) {
      const steps = place.replaceAll(']', '').split(/[.[]/)
      const last = steps.pop() ?? ''
      let node = copy as Record<string, unknown>
      for (const step of steps) {
        node[step] ??= {}
        node = node[step] as Record<string, unknown>
      }
      node[last] = dimension.kind === 'continuous' ? point[d] : dimension.values[point[d]]
    }
  }
  return copy
}

describe('applyPoint', () => {
  it('sets every place of each dimension', () => {
    const { strategy, dimensions } = spaceOf(
      'stop: 2%\nbuy: RSI(14) oversold @4H\nsell: RSI overbought',
      'RSI.period=7,21; stop=1,none; buy.RSI.bar=none,1H; sell.RSI.within=1..3',
    )
    const applied = applyPoint(strategy, dimensions, [1, 1, 0, 2])
    expect(applied).toMatchObject({
      strategy: {
        risk: { stop_loss_pct: null },
        rules: {
          buy_groups: [{ conditions: [{ params: { period: 21 } }] }],
          sell_groups: [{ conditions: [{ params: { period: 21 }, within: 3 }] }],
        },
      },
    })
    expect('strategy' in applied && applied.strategy.rules.buy_groups[0].conditions[0]).not.toHaveProperty('bar')
    expect(strategy.risk.stop_loss_pct).toBe(2)
    expect(strategy.rules.sell_groups[0].conditions[0]).not.toHaveProperty('params')
  })

  it('takes the coordinate of a continuous dimension as it is', () => {
    const { strategy, dimensions } = spaceOf('buy: RSI oversold', 'stop=1..5')
    expect(applyPoint(strategy, dimensions, [2.345])).toMatchObject({ strategy: { risk: { stop_loss_pct: 2.345 } } })
  })

  it('says why values do not go together', () => {
    const { strategy, dimensions } = spaceOf('buy: MA(5, 20) golden_cross', 'MA.fast=10,20; MA.slow=20,40')
    const outcomes = [0, 1, 2, 3].map((index) => applyPoint(strategy, dimensions, gridPoint(dimensions, index)))
    expect(outcomes.map((outcome) => ('problems' in outcome ? outcome.problems[0].id : 'fine'))).toEqual([
      'fine',
      'fine',
      'error-strategy-fast-slow',
      'fine',
    ])
  })

  it('asks for the stop that sizing by risk needs', () => {
    const { strategy, dimensions } = spaceOf('stop: 2%\nsize: risk 1%\nbuy: RSI oversold', 'stop=2,none')
    expect(applyPoint(strategy, dimensions, [1])).toMatchObject({
      problems: [{ id: 'error-strategy-risk-needs-stop' }],
    })
  })

  it('says of every point what the whole check of a strategy would', () => {
    fc.assert(
      fc.property(arbitraryStrategy(), fc.nat(), (strategy, seed) => {
        const space = parseSpace(proposeSpace(strategy), strategy)
        if ('problems' in space) return
        const index = seed % (countPoints(space.dimensions) ?? 1)
        const point = gridPoint(space.dimensions, index)
        const edited = edit(strategy, space.dimensions, point)
        expect(applyPoint(strategy, space.dimensions, point)).toEqual(checkStrategy(edited))
      }),
      { numRuns: 60 },
    )
  })
})
