import type { SearchPlan } from './search.js'
import { countPoints, type Dimension, distance, type Point, pointKey } from './space.js'
import { compareTrials, isPossible, type Trial } from './trial.js'

/** A trial and how well those around it do. */
export interface PlateauTrial {
  index: number
  point: Point
  score: number
  /** The mean score of its neighbourhood, see `plateauTrials`. */
  plateau: number
  /** Trials that this mean is taken over, its own among them. */
  neighbours: number
}

/** Into how many steps a continuous dimension is cut, so that trials close together count as one. */
const continuousSteps = 20

/**
 * The trials that have a score, each with that of its neighbourhood; best score first. Parameters that are right for a
 * reason do well next to each other too: a peak that stands alone is luck.
 *
 * `plateau = (median + sum of s(q) over q in N) / (1 + |N|)`, where N is the trial itself with its neighbours, s(q) the
 * score of q, or the lowest of all scores where q has none, and the median is that of all s: of few neighbours little
 * is known. Impossible points are nobody's neighbours. In a grid the neighbours are all points that are at most one step
 * away in every dimension that has an order, and have the same names in the others. Otherwise they are the nearest ones,
 * two for each dimension, by Euclidean distance over dimensions of length 1.
 */
export function plateauTrials(
  { method, dimensions }: Pick<SearchPlan, 'method' | 'dimensions'>,
  trials: readonly Trial[],
): PlateauTrial[] {
  const possible = trials.filter(isPossible).sort((a, b) => a.index - b.index)
  const scores = possible.flatMap(({ score }) => (score === null ? [] : [score]))
  if (scores.length === 0) return []
  const lowest = scores.reduce((a, b) => Math.min(a, b))
  const known = possible.map(({ point, score }) => ({ point, score: score ?? lowest }))
  const median = medianOf(known.map(({ score }) => score))
  const around = method === 'grid' ? gridNeighbourhoods(dimensions, known) : nearestNeighbourhoods(dimensions, known)
  return possible
    .map((trial, i) => ({ ...trial, sum: around[i].sum, neighbours: around[i].count }))
    .sort(compareTrials)
    .flatMap(({ index, point, score, sum, neighbours }) =>
      score === null ? [] : [{ index, point, score, plateau: (median + sum) / (1 + neighbours), neighbours }],
    )
}

/** The trial with the best score, and the one with the best neighbourhood; null where no trial has a score. */
export function findPlateau(
  plan: Pick<SearchPlan, 'method' | 'dimensions'>,
  trials: readonly Trial[],
): { peak: PlateauTrial; plateau: PlateauTrial } | null {
  const ranked = plateauTrials(plan, trials)
  if (ranked.length === 0) return null
  return { peak: ranked[0], plateau: ranked.reduce((best, trial) => (trial.plateau > best.plateau ? trial : best)) }
}

interface Known {
  point: Point
  score: number
}

/** Sum and number of the scores in a neighbourhood. */
interface Sum {
  sum: number
  count: number
}

/** Over a grid the sum over a box is a sum of three along one dimension after the other. */
function gridNeighbourhoods(dimensions: readonly Dimension[], known: readonly Known[]): Sum[] {
  const lengths = dimensions.map((dimension) => (dimension.kind === 'continuous' ? 1 : dimension.values.length))
  const strides = lengths.map((_, d) => lengths.slice(d + 1).reduce((product, length) => product * length, 1))
  const placeOf = (point: Point) => point.reduce((place, index, d) => place + index * strides[d], 0)
  const size = countPoints(dimensions) ?? 0
  let sums = new Float64Array(size)
  let counts = new Float64Array(size)
  for (const { point, score } of known) {
    sums[placeOf(point)] = score
    counts[placeOf(point)] = 1
  }
  dimensions.forEach(({ kind }, d) => {
    if (kind !== 'ordered') return
    sums = threeAlong(sums, strides[d], lengths[d])
    counts = threeAlong(counts, strides[d], lengths[d])
  })
  return known.map(({ point }) => ({ sum: sums[placeOf(point)], count: counts[placeOf(point)] }))
}

function threeAlong(values: Float64Array, stride: number, length: number): Float64Array<ArrayBuffer> {
  const out = new Float64Array(values.length)
  for (let place = 0; place < values.length; place++) {
    const index = Math.floor(place / stride) % length
    out[place] =
      values[place] + (index > 0 ? values[place - stride] : 0) + (index < length - 1 ? values[place + stride] : 0)
  }
  return out
}

/** Trials that fall into one cell of the space count as one, with their mean: a search that bores into a spot is no hill. */
function nearestNeighbourhoods(dimensions: readonly Dimension[], known: readonly Known[]): Sum[] {
  const cells = new Map<string, { point: Point; scores: number[] }>()
  const keys = known.map(({ point, score }) => {
    const cell = point.map((coordinate, d) => cellOf(dimensions[d], coordinate))
    const key = pointKey(cell)
    const found = cells.get(key)
    if (found) found.scores.push(score)
    else cells.set(key, { point: cell, scores: [score] })
    return key
  })
  const all = [...cells.values()].map(({ point, scores }) => ({
    point,
    score: scores.reduce((sum, score) => sum + score, 0) / scores.length,
  }))
  const wanted = 1 + 2 * dimensions.length
  const sums = new Map(
    all.map((cell) => {
      const nearest = nearestOf(dimensions, cell.point, all, wanted)
      return [pointKey(cell.point), { sum: nearest.reduce((sum, { score }) => sum + score, 0), count: nearest.length }]
    }),
  )
  return keys.map((key) => sums.get(key) ?? { sum: 0, count: 0 })
}

/** The middle of the step that a coordinate lies in. */
function cellOf(dimension: Dimension, coordinate: number): number {
  if (dimension.kind !== 'continuous') return coordinate
  const step = (dimension.max - dimension.min) / continuousSteps
  return dimension.min + Math.round((coordinate - dimension.min) / step) * step
}

/** The `wanted` nearest to a point, itself the first; of equally near ones the earlier. */
function nearestOf(dimensions: readonly Dimension[], from: Point, all: readonly Known[], wanted: number): Known[] {
  const nearest: { cell: Known; squared: number }[] = []
  for (const cell of all) {
    const squared = dimensions.reduce((sum, dimension, d) => sum + distance(dimension, from[d], cell.point[d]) ** 2, 0)
    if (nearest.length === wanted && squared >= nearest[wanted - 1].squared) continue
    const at = nearest.findLastIndex((other) => other.squared <= squared) + 1
    nearest.splice(at, 0, { cell, squared })
    if (nearest.length > wanted) nearest.pop()
  }
  return nearest.map(({ cell }) => cell)
}

function medianOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort()
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
