import type { Problem } from '../../strategy/problem.js'
import type { Strategy } from '../../strategy/schema.js'
import { checkTypedStrategy } from '../../strategy/validate.js'
import { type Dimension, type DimensionValue, type Point, valueAt } from './space.js'

/**
 * The strategy with the values of a point, checked and in canonical form; `dimensions` are those that `parseSpace` made
 * for it. Problems where the values do not go together, such as a fast period that is not under the slow one: such a
 * point is skipped, and the problems say why.
 */
export function applyPoint(
  strategy: Strategy,
  dimensions: readonly Dimension[],
  point: Point,
): { strategy: Strategy } | { problems: Problem[] } {
  return checkTypedStrategy(
    dimensions.reduce(
      (draft, dimension, d) => withValue(draft, dimension.places, valueAt(dimension, point[d])),
      strategy,
    ),
  )
}

/** A strategy that has `value` at each of the places and shares the rest; whether that is right is still to be checked. */
export function withValue(strategy: Strategy, places: readonly string[], value: DimensionValue): Strategy {
  return places.reduce((draft, place) => {
    const steps = place.match(/[^.[\]]+/g) ?? []
    // A condition without a bar of its own has no such field.
    const isAbsent = value === null && steps.at(-1) === 'bar'
    return replaced(draft, steps, isAbsent ? undefined : value) as Strategy
  }, strategy)
}

function replaced(node: unknown, [step, ...others]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value
  const copy: Record<string, unknown> | unknown[] = Array.isArray(node)
    ? [...node]
    : { ...(node as object | undefined) }
  const children = copy as Record<string, unknown>
  children[step] = replaced(children[step], others, value)
  return copy
}
