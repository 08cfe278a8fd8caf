import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findPlateau, plateauTrials } from './plateau.js'
import { countPoints, type Dimension, gridPoint, type Point } from './space.js'
import type { Trial } from './trial.js'

function listed(length: number, kind: 'ordered' | 'unordered' = 'ordered'): Dimension {
  return { name: 'listed', places: [], kind, values: Array.from({ length }, (_, i) => i) }
}
const continuous: Dimension = { name: 'continuous', places: [], kind: 'continuous', min: 0, max: 1 }

const trialsOf = (points: readonly Point[], scoreOf: (point: Point) => number | null): Trial[] =>
  points.map((point, index) => ({ index, point, score: scoreOf(point), shortfall: 0 }))

function gridTrials(dimensions: readonly Dimension[], scoreOf: (point: Point) => number | null): Trial[] {
  const points = Array.from({ length: countPoints(dimensions) ?? 0 }, (_, index) => gridPoint(dimensions, index))
  return trialsOf(points, scoreOf)
}

/** A broad hill of height 10 around 0.25, and a spike of height 15 at 0.8, on dimensions of length 1. */
const hillAndSpike = (x: Point) =>
  x.every((at) => Math.abs(at - 0.8) < 0.015) ? 15 : 10 - x.reduce((sum, at) => sum + 40 * (at - 0.25) ** 2, 0)

describe('a plateau', () => {
  it('on a grid wins over a lone spike', () => {
    const dimensions = [listed(41), listed(41)]
    const found = findPlateau(
      { method: 'grid', dimensions },
      gridTrials(dimensions, ([a, b]) => hillAndSpike([a / 40, b / 40])),
    )
    expect(found).toMatchObject({ peak: { point: [32, 32], score: 15 }, plateau: { point: [10, 10], score: 10 } })
  })

  it.each(['random', 'tpe'] as const)('of a %s search wins over a lone spike', (method) => {
    const dimensions = [listed(21), listed(21)]
    const some = gridTrials(dimensions, ([a, b]) => hillAndSpike([a / 20, b / 20])).filter(
      ({ index, point: [a, b] }) => index % 3 === 0 || (a === 16 && b === 16),
    )
    const found = findPlateau({ method, dimensions }, some)
    expect(found?.peak.point).toEqual([16, 16])
    expect(found?.plateau.point.every((index) => Math.abs(index - 5) <= 2)).toBe(true)
  })

  it('is not made of trials bored into one spot', () => {
    const dimensions = [continuous]
    const broad = Array.from({ length: 40 }, (_, i) => [i / 40])
    const bored = Array.from({ length: 30 }, (_, i) => [0.8 + i / 10_000])
    const found = findPlateau({ method: 'tpe', dimensions }, trialsOf([...broad, ...bored], hillAndSpike))
    expect(found?.peak.score).toBe(15)
    expect(found?.plateau.point[0]).toBeCloseTo(0.25, 1)
  })

  it('counts the median once, neighbours without score as the lowest, and impossible ones not at all', () => {
    const scores = [4, null, 10, 6, 0]
    const trials = gridTrials([listed(6)], ([i]) => (i === 5 ? null : scores[i])).map((trial) =>
      trial.index === 5 ? { ...trial, shortfall: null } : { ...trial, shortfall: trial.score === null ? 0.3 : 0 },
    )
    // values 4 0 10 6 0, of which the median is 4
    expect(plateauTrials({ method: 'grid', dimensions: [listed(6)] }, trials)).toEqual([
      { index: 2, point: [2], score: 10, plateau: (4 + 0 + 10 + 6) / 4, neighbours: 3 },
      { index: 3, point: [3], score: 6, plateau: (4 + 10 + 6 + 0) / 4, neighbours: 3 },
      { index: 0, point: [0], score: 4, plateau: (4 + 4 + 0) / 3, neighbours: 2 },
      { index: 4, point: [4], score: 0, plateau: (4 + 6 + 0) / 3, neighbours: 2 },
    ])
  })

  it('does not reach from one name to another', () => {
    const dimensions = [listed(3), listed(2, 'unordered')]
    const [best] = plateauTrials(
      { method: 'grid', dimensions },
      gridTrials(dimensions, ([a, name]) => (name === 1 ? a : -100)),
    )
    // median of -100 -100 -100 0 1 2
    expect(best).toMatchObject({ point: [2, 1], plateau: (-50 + 1 + 2) / 3, neighbours: 2 })
  })

  it('on a grid is what its definition says, for any part of it that was tried', () => {
    const spaces = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.boolean()), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(spaces, fc.infiniteStream(fc.integer({ min: -9, max: 9 })), (space, numbers) => {
        const dimensions = space.map(([length, ordered]) => listed(length, ordered ? 'ordered' : 'unordered'))
        const drawn = [...numbers.take((countPoints(dimensions) ?? 0) * 2)]
        const trials = gridTrials(dimensions, () => drawn.pop() ?? 0).filter(() => (drawn.pop() ?? 0) > -5)
        const sorted = trials.map(({ score }) => score ?? 0).sort((a, b) => a - b)
        const median = (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2
        for (const { point, plateau, neighbours } of plateauTrials({ method: 'grid', dimensions }, trials)) {
          const near = trials.filter((other) =>
            other.point.every((index, d) => Math.abs(index - point[d]) <= (space[d][1] ? 1 : 0)),
          )
          expect(neighbours).toBe(near.length)
          expect(plateau).toBeCloseTo(
            near.reduce((sum, { score }) => sum + (score ?? 0), median) / (near.length + 1),
            9,
          )
        }
      }),
    )
  })

  it('is none where nothing has a score', () => {
    expect(
      findPlateau(
        { method: 'grid', dimensions: [listed(3)] },
        gridTrials([listed(3)], () => null),
      ),
    ).toBeNull()
  })
})
