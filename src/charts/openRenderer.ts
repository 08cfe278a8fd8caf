import { createCanvasRenderer } from './canvasRenderer.js'
import type { ChartRenderer } from './renderer.js'

/** Draws in this process or, with the URL of a QuickChart server, there; what is not needed is not loaded. */
export async function openRenderer(quickChartUrl: string | null): Promise<ChartRenderer> {
  if (quickChartUrl === null) return createCanvasRenderer()
  const { createQuickChartRenderer } = await import('./quickChartRenderer.js')
  return createQuickChartRenderer({ url: quickChartUrl })
}
