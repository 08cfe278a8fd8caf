import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random } from '../../random.js'
import { nextBatch, plannedTrials, type SearchMethod, type SearchPlan, searchMethods } from './search.js'
import { type Dimension, type Point, pointKey } from './space.js'
import type { Trial } from './trial.js'

function listed(length: number, kind: 'ordered' | 'unordered' = 'ordered'): Dimension {
  return { name: 'listed', places: [], kind, values: Array.from({ length }, (_, i) => i) }
}
const continuous: Dimension = { name: 'continuous', places: [], kind: 'continuous', min: 0, max: 1 }

/** A score, or null for a point that is impossible. */
type Evaluate = (point: Point) => number | null

function trialOf(proposal: { index: number; point: Point }, evaluate: Evaluate): Trial {
  const score = evaluate(proposal.point)
  return { ...proposal, score, shortfall: score === null ? null : 0 }
}

function run(plan: SearchPlan, evaluate: Evaluate, trials: Trial[] = []): Trial[] {
  for (let batch = nextBatch(plan, trials); batch.length > 0; batch = nextBatch(plan, trials)) {
    trials.push(...batch.map((proposal) => trialOf(proposal, evaluate)))
  }
  return trials.sort((a, b) => a.index - b.index)
}

const planWith = (change: Partial<SearchPlan>): SearchPlan => ({
  method: 'random',
  dimensions: [listed(12), listed(9)],
  budget: 40,
  seed: 1,
  batch: 4,
  ...change,
})
const hill: Evaluate = ([a, b]) => -((a - 8) ** 2) - (b - 3) ** 2

describe('a search', () => {
  it('over the grid tries every point once, in the order of the grid', () => {
    const trials = run(planWith({ method: 'grid', budget: 1, batch: 7 }), hill)
    const product = Array.from({ length: 12 }, (_, a) => Array.from({ length: 9 }, (_, b) => [a, b])).flat()
    expect(trials.map(({ point }) => point)).toEqual(product)
    expect(trials.map(({ index }) => index)).toEqual(product.map((_, i) => i))
  })

  it.each(['random', 'tpe'] as const)('of method %s tries no point twice, and all of a small space', (method) => {
    const trials = run(planWith({ method, budget: 1000 }), hill)
    expect(new Set(trials.map(({ point }) => pointKey(point))).size).toBe(108)
    expect(trials).toHaveLength(108)
  })

  it.each(['random', 'tpe'] as const)('of method %s keeps to its budget', (method) => {
    expect(run(planWith({ method, budget: 33 }), hill)).toHaveLength(33)
    expect(run(planWith({ method, dimensions: [continuous, listed(3)], budget: 33 }), hill)).toHaveLength(33)
  })

  it.each(['random', 'tpe'] as const)('of method %s does not spend its budget on impossible points', (method) => {
    const trials = run(planWith({ method }), (point) => (point[0] < point[1] ? hill(point) : null))
    expect(trials.filter(({ shortfall }) => shortfall === 0)).toHaveLength(36)
    const few = run(planWith({ method, budget: 20 }), (point) => (point[0] < point[1] ? hill(point) : null))
    expect(few.filter(({ shortfall }) => shortfall === 0)).toHaveLength(20)
  })

  it('gives up where nothing is possible', () => {
    expect(run(planWith({ dimensions: [continuous], budget: 5 }), () => null)).toHaveLength(50)
  })

  it('differs by seed and by nothing else', () => {
    const points = (plan: Partial<SearchPlan>) => run(planWith(plan), hill).map(({ point }) => point)
    for (const method of ['random', 'tpe'] as const) {
      expect(points({ method, seed: 1 })).toEqual(points({ method, seed: 1 }))
      expect(points({ method, seed: 1 })).not.toEqual(points({ method, seed: 2 }))
    }
    expect(points({ batch: 3 })).toEqual(points({ batch: 8 }))
    expect(points({ budget: 40 }).slice(0, 20)).toEqual(points({ budget: 20 }))
  })

  it('cut off anywhere goes on to the same end', () => {
    const plans = fc.record({
      method: fc.constantFrom<SearchMethod>(...searchMethods),
      dimensions: fc.constantFrom([listed(12), listed(9)], [listed(5), listed(4, 'unordered'), listed(3)]),
      budget: fc.integer({ min: 1, max: 40 }),
      seed: fc.nat(1000),
      batch: fc.integer({ min: 1, max: 9 }),
    })
    const evaluate: Evaluate = (point) => (point[0] === 3 ? null : hill(point))
    fc.assert(
      fc.property(plans, fc.nat(), fc.nat(), (plan, cut, seed) => {
        const whole = run(plan, evaluate)
        const stored: Trial[] = []
        let last = nextBatch(plan, stored)
        for (let left = cut % (whole.length + 1); left > 0; left -= last.length) {
          last = nextBatch(plan, stored)
          // The last batch is left half done, whichever of its points were ready first.
          const random = new Random(`${seed}|${left}`)
          const order = last.toSorted(() => random.uniform() - 0.5)
          stored.push(...order.slice(0, left).map((proposal) => trialOf(proposal, evaluate)))
        }
        expect(run(plan, evaluate, stored)).toEqual(whole)
      }),
      { numRuns: 60 },
    )
  })

  it('over continuous points goes on after a cut as well', () => {
    const plan = planWith({ method: 'tpe', dimensions: [continuous, continuous], budget: 25 })
    const evaluate: Evaluate = ([a, b]) => -((a - 0.3) ** 2) - (b - 0.6) ** 2
    const whole = run(plan, evaluate)
    const stored = whole.filter(({ index }) => index < 15 || index === 17)
    expect(run(plan, evaluate, stored)).toEqual(whole)
  })

  it('says how many trials it comes to', () => {
    expect(plannedTrials(planWith({ method: 'grid' }))).toBe(108)
    expect(plannedTrials(planWith({ budget: 40 }))).toBe(40)
    expect(plannedTrials(planWith({ budget: 400 }))).toBe(108)
    expect(plannedTrials(planWith({ dimensions: [continuous], budget: 400 }))).toBe(400)
  })

  it('has no grid over a continuous dimension', () => {
    const plan = planWith({ method: 'grid', dimensions: [listed(3), continuous] })
    expect(() => nextBatch(plan, [])).toThrow('error-space-no-grid {"name":"continuous"}')
    expect(() => plannedTrials(plan)).toThrow('error-space-no-grid')
  })
})

describe('a tpe search', () => {
  const surfaces: [string, Dimension[], Evaluate][] = [
    ['a hill', [listed(40), listed(40), listed(40)], ([a, b, c]) => -((a - 28) ** 2) - (b - 9) ** 2 - (c - 20) ** 2],
    [
      'a hill for one name of six',
      [listed(40), listed(6, 'unordered'), listed(40)],
      ([a, name, c]) => -((a - 28) ** 2) - (c - 9) ** 2 - (name === 3 ? 0 : 500),
    ],
    [
      'a hill between numbers',
      [continuous, continuous, continuous],
      ([a, b, c]) => -((a - 0.7) ** 2) - (b - 0.2) ** 2 - (c - 0.5) ** 2,
    ],
    [
      'a ridge beside impossible points',
      [listed(40), listed(40)],
      ([a, b]) => (a >= b ? null : -((b - a - 15) ** 2) - (a + b - 60) ** 2 / 5),
    ],
  ]
  it.each(surfaces)('finds better points than a random one with the same budget on %s', (_, dimensions, evaluate) => {
    const best = (method: SearchMethod, seed: number) => {
      const trials = run(planWith({ method, dimensions, seed, budget: 50 }), evaluate)
      return Math.max(...trials.map(({ score }) => score ?? -Infinity))
    }
    const seeds = Array.from({ length: 12 }, (_, i) => i)
    const won = seeds.filter((seed) => best('tpe', seed) > best('random', seed))
    expect(won.length).toBeGreaterThanOrEqual(9)
  })
})
