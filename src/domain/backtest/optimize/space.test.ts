import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countPoints, type Dimension, distance, gridPoint, pointKey, pointValues } from './space.js'

const listed = (length: number, kind: 'ordered' | 'unordered' = 'ordered'): Dimension => ({
  name: `d${length}`,
  places: [],
  kind,
  values: Array.from({ length }, (_, i) => 10 * i),
})
const continuous: Dimension = { name: 'c', places: [], kind: 'continuous', min: 2, max: 6 }

describe('a space', () => {
  it('has the product of its lengths as count, and none where it is continuous', () => {
    expect(countPoints([listed(3), listed(4)])).toBe(12)
    expect(countPoints([listed(3), continuous])).toBeNull()
    expect(countPoints([])).toBe(1)
  })

  it('has a grid that is exactly the product, each point once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }), (lengths) => {
        const dimensions = lengths.map((length) => listed(length))
        const product = lengths.reduce<number[][]>(
          (points, length) => points.flatMap((point) => Array.from({ length }, (_, i) => [...point, i])),
          [[]],
        )
        const count = countPoints(dimensions) ?? 0
        expect(Array.from({ length: count }, (_, index) => gridPoint(dimensions, index))).toEqual(product)
        expect(new Set(product.map(pointKey)).size).toBe(count)
      }),
    )
  })

  it('tells the values of a point by name', () => {
    expect(pointValues([listed(3), continuous], [2, 2.5])).toEqual({ d3: 20, c: 2.5 })
  })

  it('measures distances along a dimension as parts of its length', () => {
    expect(distance(listed(5), 1, 3)).toBe(0.5)
    expect(distance(continuous, 3, 2)).toBe(0.25)
    expect(distance(listed(5, 'unordered'), 1, 2)).toBe(1)
    expect(distance(listed(1), 0, 0)).toBe(0)
  })
})
