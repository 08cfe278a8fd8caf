import { Random } from '../../random.js'
import { countPoints, type Dimension, gridPoint, type Point, pointKey } from './space.js'

/** Up to here a point of the grid can be picked by its number. */
const mostNumbered = 2 ** 32

/**
 * The first `count` points of a random order of the space, none twice: the same for a seed however many are asked for.
 * A space that has fewer gives all of its.
 */
export function randomPoints(dimensions: readonly Dimension[], seed: number, count: number): Point[] {
  const random = new Random(`points|${seed}`)
  const total = countPoints(dimensions)
  return total !== null && total <= mostNumbered
    ? shuffledIndices(random, total, count).map((index) => gridPoint(dimensions, index))
    : distinctPoints(random, dimensions, count)
}

/** Fisher and Yates' shuffle as far as it is needed, remembering only the cards that were moved. */
function shuffledIndices(random: Random, total: number, count: number): number[] {
  const moved = new Map<number, number>()
  return Array.from({ length: Math.min(count, total) }, (_, i) => {
    const j = i + random.below(total - i)
    const picked = moved.get(j) ?? j
    moved.set(j, moved.get(i) ?? i)
    return picked
  })
}

function distinctPoints(random: Random, dimensions: readonly Dimension[], count: number): Point[] {
  const points = new Map<string, Point>()
  while (points.size < count) {
    const point = dimensions.map((dimension) =>
      dimension.kind === 'continuous'
        ? dimension.min + random.uniform() * (dimension.max - dimension.min)
        : random.below(dimension.values.length),
    )
    points.set(pointKey(point), point)
  }
  return [...points.values()]
}
