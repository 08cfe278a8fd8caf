import { chartConfig } from '../charts/config.js'
import type { ChartSpec } from '../charts/spec.js'
import type { JsonObject } from '../charts/textRow.js'

/** The axes of a picture, most of which carry words. */
export function scalesOf(spec: ChartSpec): Record<string, JsonObject> {
  return chartConfig(spec).options.scales as Record<string, JsonObject>
}

/** Every word of a picture outside title and subtitle. */
export function textsOf(spec: ChartSpec): string[] {
  return Object.values(scalesOf(spec))
    .flatMap(({ labels }) => ((labels ?? []) as (string | string[])[]).flat())
    .filter((text) => text !== '')
}

/** Words of one axis, in order. */
export function textsOn(spec: ChartSpec, scaleId: string): string[] {
  return ((scalesOf(spec)[scaleId]?.labels ?? []) as string[]).filter((text) => text !== '')
}

export function datasetOf(spec: ChartSpec, label: string): JsonObject {
  const found = chartConfig(spec).data.datasets.find((candidate) => candidate.label === label)
  if (!found) throw new Error(`no dataset ${label}`)
  return found
}

/** Filled shapes of a colour on a vertical axis, each as its corners. */
export function shapesOf(spec: ChartSpec, yAxisID: string, color: string): [number, number][][] {
  const found = chartConfig(spec).data.datasets.find(
    (candidate) => candidate.fill === 'shape' && candidate.yAxisID === yAxisID && candidate.backgroundColor === color,
  )
  const shapes: [number, number][][] = [[]]
  for (const [x, y] of (found?.data ?? []) as [number, number | null][]) {
    if (y === null) shapes.push([])
    else shapes[shapes.length - 1].push([x, y])
  }
  return shapes.filter((shape) => shape.length > 0)
}

/** What a QuickChart server is sent of a picture, in bytes. */
export function sentBytes(spec: ChartSpec): number {
  return Buffer.byteLength(JSON.stringify(JSON.stringify(chartConfig(spec))))
}
