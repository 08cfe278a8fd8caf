import type { ChartConfiguration, ChartItem } from 'chart.js'
import { type ChartConfig, type ChartSize, chartConfig, sizeOf } from './config.js'
import { registerFonts } from './fonts.js'
import type { ChartRenderer } from './renderer.js'
import { themes } from './theme.js'

/** Draws in this process; loads Chart.js, the canvas and its fonts with the first picture. */
export function createCanvasRenderer(): ChartRenderer {
  return {
    async render(spec, { signal } = {}) {
      signal?.throwIfAborted()
      const config = chartConfig(spec)
      const studio = await openStudio()
      signal?.throwIfAborted()
      return studio(config, sizeOf(spec), themes[spec.theme].background)
    },
  }
}

type Studio = (config: ChartConfig, size: ChartSize, background: string) => Promise<Buffer>

let studio: Promise<Studio> | undefined

function openStudio(): Promise<Studio> {
  studio ??= loadStudio()
  return studio
}

async function loadStudio(): Promise<Studio> {
  const [{ createCanvas, GlobalFonts }, chartJs] = await Promise.all([import('@napi-rs/canvas'), import('chart.js')])
  const { Chart } = chartJs
  registerFonts(GlobalFonts)
  Chart.register(
    chartJs.LineController,
    chartJs.LineElement,
    chartJs.PointElement,
    chartJs.LinearScale,
    chartJs.CategoryScale,
    chartJs.Filler,
    chartJs.Title,
    chartJs.SubTitle,
  )
  return async (config, size, background) => {
    const canvas = createCanvas(size.width, size.height)
    const options = { ...config.options, devicePixelRatio: size.pixelRatio }
    const chart = new Chart(canvas as unknown as ChartItem, { ...config, options } as unknown as ChartConfiguration)
    try {
      const context = canvas.getContext('2d')
      context.resetTransform()
      context.globalCompositeOperation = 'destination-over'
      context.fillStyle = background
      context.fillRect(0, 0, canvas.width, canvas.height)
      return await canvas.encode('png')
    } finally {
      chart.destroy()
    }
  }
}
