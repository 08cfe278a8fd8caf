import type { JsonObject } from './textRow.js'

/** A corner: px from the left (or what the shapes' own axis counts), and the value. */
export type Corner = readonly [number, number]

/** The axes that shapes lie on, and what they lie under: Chart.js draws a lower order over a higher one. */
export interface ShapePlace {
  xAxisID?: string
  yAxisID: string
  order: number
}

/** Shapes of one colour as one dataset: lines without width, each of which is closed and filled. */
export function filledShapes(
  shapes: readonly (readonly Corner[])[],
  color: string,
  { xAxisID = 'x', yAxisID, order }: ShapePlace,
): JsonObject {
  return {
    backgroundColor: color,
    borderWidth: 0,
    pointRadius: 0,
    fill: 'shape',
    clip: false,
    order,
    xAxisID,
    yAxisID,
    data: broken(shapes),
  }
}

/** Lines of one look as one dataset. */
export function lines(
  paths: readonly (readonly Corner[])[],
  look: JsonObject,
  { xAxisID = 'x', yAxisID, order }: ShapePlace,
): JsonObject {
  return { pointRadius: 0, ...look, clip: false, order, xAxisID, yAxisID, data: broken(paths) }
}

export function rectangle(left: number, right: number, low: number, high: number): Corner[] {
  return [
    [left, low],
    [right, low],
    [right, high],
    [left, high],
  ]
}

/** To a hundredth of a px. */
export function roundPx(px: number): number {
  return Number(px.toFixed(2))
}

/** A point without a value ends a line. */
function broken(paths: readonly (readonly Corner[])[]): (readonly [number, number | null])[] {
  return paths.flatMap((path) => (path.length === 0 ? [] : [...path, [path[path.length - 1][0], null] as const]))
}
