import { Random } from '../../random.js'
import { parzen } from './parzen.js'
import { randomPoints } from './randomPoints.js'
import { type Dimension, type Point, pointKey } from './space.js'
import { isPossible, type Trial } from './trial.js'

/** Trials that are chosen at random before anything is learnt. */
export const startupTrials = 10
/** The part of the trials that counts as good, and how many do at most. */
const goodShare = 0.15
const mostGood = 25
/** Points drawn for each that is proposed. */
const candidates = 24

/**
 * A tree-structured Parzen estimator (Bergstra, Bardenet, Bengio and Kegl, "Algorithms for Hyper-Parameter
 * Optimization", 2011): the best trials give a density l over the points, all others g; of some points drawn from l the
 * one where l is largest against g is proposed, for that is where improvement is to be expected most. Dimensions are
 * taken as independent. Listed values that have an order count by their place in it, names by how often they occur.
 *
 * `ranked` are the trials so far, best first. Points proposed in the same batch count as bad for those after them, so
 * that a batch spreads. No point is proposed twice; where none of the drawn ones is new, the next of the random order is.
 */
export function tpePoints(
  dimensions: readonly Dimension[],
  seed: number,
  ranked: readonly Trial[],
  size: number,
): Point[] {
  const goodCount = Math.min(mostGood, Math.ceil(goodShare * ranked.filter(isPossible).length))
  const points = ranked.map(({ point }) => point)
  const good = points.slice(0, goodCount)
  const bad = points.slice(goodCount)
  const taken = new Set(points.map(pointKey))
  const better = dimensions.map((dimension, d) =>
    estimate(
      dimension,
      good.map((point) => point[d]),
    ),
  )
  const proposed: Point[] = []
  while (proposed.length < size) {
    const random = new Random(`tpe|${seed}|${ranked.length + proposed.length}`)
    const worse = dimensions.map((dimension, d) =>
      estimate(
        dimension,
        bad.map((point) => point[d]),
      ),
    )
    const point = bestCandidate(random, better, worse, taken) ?? firstNew(dimensions, seed, taken)
    taken.add(pointKey(point))
    bad.push(point)
    proposed.push(point)
  }
  return proposed
}

function bestCandidate(
  random: Random,
  better: readonly Estimate[],
  worse: readonly Estimate[],
  taken: ReadonlySet<string>,
): Point | null {
  let best: Point | null = null
  let most = -Infinity
  for (let n = 0; n < candidates; n++) {
    const point = better.map((density) => density.sample(random))
    if (taken.has(pointKey(point))) continue
    const promise = point.reduce((sum, x, d) => sum + better[d].logAt(x) - worse[d].logAt(x), 0)
    if (promise > most) {
      most = promise
      best = point
    }
  }
  return best
}

function firstNew(dimensions: readonly Dimension[], seed: number, taken: ReadonlySet<string>): Point {
  const point = randomPoints(dimensions, seed, taken.size + 1).find((candidate) => !taken.has(pointKey(candidate)))
  if (!point) throw new Error('every point of the space has been tried')
  return point
}

/** How likely each coordinate of one dimension is. */
interface Estimate {
  sample(random: Random): number
  logAt(coordinate: number): number
}

function estimate(dimension: Dimension, observed: readonly number[]): Estimate {
  if (dimension.kind === 'continuous') return parzen(observed, dimension.min, dimension.max)
  if (dimension.kind === 'unordered') return frequencies(observed, dimension.values.length)
  const last = dimension.values.length - 1
  const density = parzen(observed, -0.5, last + 0.5)
  return {
    // Not the -0 that a draw just under 0 rounds to: it would not come back from where trials are kept.
    sample: (random) => Math.max(0, Math.min(last, Math.round(density.sample(random)))),
    logAt: (index) => density.logMass(index - 0.5, index + 0.5),
  }
}

/** Each as often as it was seen, and once more. */
function frequencies(observed: readonly number[], length: number): Estimate {
  const counts = new Array<number>(length).fill(1)
  for (const index of observed) counts[index]++
  const total = observed.length + length
  return {
    sample(random) {
      let rest = random.uniform() * total
      return counts.findIndex((count) => {
        rest -= count
        return rest < 0
      })
    },
    logAt: (index) => Math.log(counts[index] / total),
  }
}
