import type { ParamValue } from '../../indicators/indicator.js'

/** What a parameter may be set to: a number, a name (an average's type, a bar), a list of periods; null is `none`. */
export type DimensionValue = ParamValue | null

interface Varied {
  /** As text names it: `RSI.period`, `buy[0].MA.fast`, `stop_loss_pct`. */
  name: string
  /** The place of each thing that it sets, as paths into the strategy's JSON; all are set to the same value. */
  places: readonly string[]
}

/** Values of which some lie nearer to each other than others, in ascending order, or names that have no order. */
export interface ListedDimension extends Varied {
  kind: 'ordered' | 'unordered'
  values: readonly DimensionValue[]
}

/** Any number from `min` to `max`, both included. */
export interface ContinuousDimension extends Varied {
  kind: 'continuous'
  min: number
  max: number
}

/** One thing that varies in a parameter space, as plain data. */
export type Dimension = ListedDimension | ContinuousDimension

/** A coordinate for each dimension: the index of its value, or the value itself where the dimension is continuous. */
export type Point = readonly number[]

/** How many points there are; null where a continuous dimension has no end of them. */
export function countPoints(dimensions: readonly Dimension[]): number | null {
  let count = 1
  for (const dimension of dimensions) {
    if (dimension.kind === 'continuous') return null
    count *= dimension.values.length
  }
  return count
}

/** Point `index` of the grid: the last dimension changes fastest. Only for spaces that have a count. */
export function gridPoint(dimensions: readonly Dimension[], index: number): Point {
  const point: number[] = []
  let rest = index
  for (const dimension of dimensions.toReversed()) {
    const length = dimension.kind === 'continuous' ? 1 : dimension.values.length
    point.push(rest % length)
    rest = Math.floor(rest / length)
  }
  return point.reverse()
}

/** The value that a coordinate stands for. */
export function valueAt(dimension: Dimension, coordinate: number): DimensionValue {
  return dimension.kind === 'continuous' ? coordinate : dimension.values[coordinate]
}

/** The values of a point by the names of its dimensions. */
export function pointValues(dimensions: readonly Dimension[], point: Point): Record<string, DimensionValue> {
  return Object.fromEntries(dimensions.map((dimension, d) => [dimension.name, valueAt(dimension, point[d])]))
}

/**
 * How far apart two coordinates of one dimension lie, as a part of its whole length: 0 for the same, 1 from end to end.
 * Listed values count by their place in the list; names without order are all 1 apart.
 */
export function distance(dimension: Dimension, a: number, b: number): number {
  if (a === b) return 0
  if (dimension.kind === 'unordered') return 1
  const length = dimension.kind === 'continuous' ? dimension.max - dimension.min : dimension.values.length - 1
  return Math.abs(a - b) / length
}

/** Tells a point from all others of its space. */
export function pointKey(point: Point): string {
  return point.join(' ')
}
