import { describe, expect, test } from 'vitest'
import { type SampleChartOptions, sampleChart } from '../testing/sampleChart.js'
import { sampleComparison } from '../testing/sampleComparison.js'
import { sampleMonths, sampleOptimization } from '../testing/sampleGrids.js'
import { sampleParallel } from '../testing/sampleParallel.js'
import { sampleMonteCarlo, sampleTrades } from '../testing/samplePlots.js'
import { createCanvasRenderer } from './canvasRenderer.js'
import { chartConfig, sizeOf } from './config.js'
import type { ChartSpec } from './spec.js'

/** Whether the canvas's native library is in this process. */
function isCanvasLoaded(): boolean {
  const { sharedObjects } = process.report.getReport() as unknown as { sharedObjects: string[] }
  return sharedObjects.some((path) => /canvas|skia/.test(path))
}

async function pixels(png: Buffer): Promise<{ width: number; height: number; data: Uint8ClampedArray }> {
  const { createCanvas, loadImage } = await import('@napi-rs/canvas')
  const image = await loadImage(png)
  const context = createCanvas(image.width, image.height).getContext('2d')
  context.drawImage(image, 0, 0)
  return context.getImageData(0, 0, image.width, image.height)
}

function colorAt({ width, data }: { width: number; data: Uint8ClampedArray }, x: number, y: number): number[] {
  return Array.from(data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4))
}

const renderer = createCanvasRenderer()

describe('pictures drawn in process', () => {
  // First in this file: what the file's process has not loaded yet is what counts.
  test('load the canvas with the first picture, not before', async () => {
    expect(isCanvasLoaded()).toBe(false)
    await renderer.render(sampleChart({ bars: 50 }))
    expect(isCanvasLoaded()).toBe(true)
  })

  test.each<[string, SampleChartOptions]>([
    ['with few trades', {}],
    ['with many trades', { trades: 400, shorts: true }],
    ['with more trades than can be seen', { bars: 20_000, trades: 5_000 }],
    ['without trades', { trades: 0 }],
    ['of flat prices', { trades: 0, volatility: 0, growth: 1 }],
    ['of one candle', { bars: 1, trades: 0 }],
    ['of two candles', { bars: 2, trades: 1 }],
    ['of tiny prices', { startPrice: 0.000_001_23, trades: 3 }],
    ['of huge numbers', { startPrice: 6.4e9, cash: 5e8, bars: 3_000, intervalMs: 86_400_000 }],
    ['of a losing run', { growth: 0.3 }],
    [
      'with a long Chinese name, dark',
      { locale: 'zh', theme: 'dark', name: '均线交叉与相对强弱指标超卖反弹组合策略第二版修订稿' },
    ],
  ])('%s are PNG of 1080 x 1350 with something on them', async (_, options) => {
    const png = await renderer.render(sampleChart(options))
    expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
    const image = await pixels(png)
    expect([image.width, image.height]).toEqual([1080, 1350])
    const colors = new Set(new Uint32Array(image.data.buffer))
    expect(colors.size).toBeGreaterThan(50)
  })

  test.each<[string, ChartSpec]>([
    ['trades', sampleTrades()],
    ['one trade', sampleTrades({ trades: 1 })],
    ['5,000 trades, dark and Chinese', sampleTrades({ trades: 5_000, theme: 'dark', locale: 'zh' })],
    ['wins only', sampleTrades({ winRate: 1 })],
    ['losses only', sampleTrades({ winRate: 0 })],
    ['tiny returns', sampleTrades({ size: 1e-7 })],
    ['huge returns', sampleTrades({ size: 4e6, outlier: 9e8 })],
    ['a fan', sampleMonteCarlo()],
    ['a fan of one trade', sampleMonteCarlo({ trades: 1, theme: 'dark' })],
    ['a fan of huge money', sampleMonteCarlo({ startEquity: 4e11, edge: 0.05 })],
    ['months', sampleMonths()],
    ['one month', sampleMonths({ months: 1 })],
    ['twelve years, dark and Chinese', sampleMonths({ months: 142, theme: 'dark', locale: 'zh' })],
    ['a heat map', sampleOptimization()],
    ['one point', sampleOptimization({ columns: 1, rows: 1 })],
    ['a large search', sampleOptimization({ columns: 200, rows: 100, factor: 1e6, theme: 'dark' })],
    ['parallel coordinates', sampleParallel()],
    ['six parameters, many lines, Chinese', sampleParallel({ axes: 6, lines: 3_000, locale: 'zh' })],
    ['a comparison', sampleComparison({ results: 6 })],
    ['a comparison of long names', sampleComparison({ results: 2, name: '均线交叉与相对强弱指标超卖反弹组合策略' })],
  ])('of %s are of the size that they ask for, with nothing at their edges', async (_, spec) => {
    const image = await pixels(await renderer.render(spec))
    const { width, height, pixelRatio } = sizeOf(spec)
    expect([image.width, image.height]).toEqual([width * pixelRatio, height * pixelRatio])
    expect(new Set(new Uint32Array(image.data.buffer)).size).toBeGreaterThan(50)
    const words = new Uint32Array(image.data.buffer)
    const background = words[0]
    // What touches the edge of a picture is cut off there.
    const isClean = (at: (i: number) => number, length: number) =>
      Array.from({ length }, (_, i) => words[at(i)]).every((color) => color === background)
    expect(isClean((y) => y * image.width, image.height)).toBe(true)
    expect(isClean((y) => (y + 1) * image.width - 1, image.height)).toBe(true)
    expect(isClean((x) => (image.height - 1) * image.width + x, image.width)).toBe(true)
  })

  test.each<[string, ChartSpec]>([
    ['plots', sampleTrades()],
    ['a grid', sampleOptimization()],
    ['months', sampleMonths({ badge: { tone: 'green', text: 'fine' } })],
    ['parallel coordinates', sampleParallel()],
  ])('give %s the room that their layout reckons with', async (_, spec) => {
    const { createCanvas } = await import('@napi-rs/canvas')
    const { Chart } = await import('chart.js')
    const { width, height } = sizeOf(spec)
    const chart = new Chart(createCanvas(width, height) as never, chartConfig(spec) as never)
    const { left, right, top, bottom } = chart.chartArea
    const reckoned = chart.scales.x.max as number
    expect(Math.abs(right - left - reckoned)).toBeLessThan(reckoned * 0.1)
    const sections = Object.values(chart.scales).filter(({ axis }) => axis === 'y')
    expect(sections.reduce((sum, section) => sum + section.height, 0)).toBeCloseTo(bottom - top, 0)
    for (const section of sections) {
      const { stackWeight } = section.options as unknown as { stackWeight: number }
      expect(Math.abs(section.height / stackWeight - 1)).toBeLessThan(0.05)
    }
    chart.destroy()
  })

  test('are as small as they ask to be', async () => {
    const [price] = sampleChart({ bars: 180 }).panels
    const image = await pixels(
      await renderer.render({ ...sampleChart({ bars: 180 }), headline: [], panels: [price], shape: 'small' }),
    )
    expect([image.width, image.height]).toEqual([1080, 720])
  })

  test('have the background of their theme, and the stamp at the top', async () => {
    const light = await pixels(await renderer.render(sampleChart()))
    const dark = await pixels(await renderer.render(sampleChart({ theme: 'dark' })))
    expect(colorAt(light, 2, 2)).toEqual([255, 255, 255, 255])
    expect(colorAt(dark, 2, 2)).toEqual([16, 22, 30, 255])
    for (const image of [light, dark]) expect(colorAt(image, 60, 50)).toEqual([245, 163, 0, 255])
  })

  test('of equal data are equal to the byte', async () => {
    const first = await renderer.render(sampleChart())
    const again = await createCanvasRenderer().render(sampleChart())
    expect(again.equals(first)).toBe(true)
  })

  test('in English and in Chinese are drawn with the bundled font', async () => {
    await renderer.render(sampleChart({ bars: 10 }))
    const { createCanvas } = await import('@napi-rs/canvas')
    const context = createCanvas(40, 40).getContext('2d')
    const shape = (text: string, weight: string) => {
      context.clearRect(0, 0, 40, 40)
      context.font = `${weight} 30px "Noto Sans SC"`
      context.fillText(text, 4, 30)
      return Buffer.from(context.getImageData(0, 0, 40, 40).data).toString('base64')
    }
    const missing = '\u{e123}'
    const seen = ['策', '略', '回', '测', 'a', 'R'].flatMap((text) => [shape(text, '400'), shape(text, '700')])
    expect(new Set([...seen, shape(missing, '400')]).size).toBe(seen.length + 1)
    expect(context.measureText('策略').width).toBeCloseTo(60, 0)
  })

  test('have all panels between the same left and right, one below the other', async () => {
    const { createCanvas } = await import('@napi-rs/canvas')
    const { Chart } = await import('chart.js')
    const canvas = createCanvas(540, 675)
    const chart = new Chart(canvas as never, chartConfig(sampleChart({ startPrice: 0.000_001_23 })) as never)
    const { left, right, bottom } = chart.chartArea
    const [price, equity, drawdown] = ['y0', 'y1', 'y2'].map((id) => chart.scales[id])
    for (const axis of [price, equity, drawdown]) {
      expect(axis.left).toBe(right)
      expect(axis.height).toBeGreaterThan(60)
    }
    expect(chart.scales.x.left).toBe(left)
    expect([chart.scales.xTime.left, chart.scales.xTime.right]).toEqual([left, right])
    expect([chart.scales.x.left, chart.scales.x.right]).toEqual([left, right])
    expect(price.bottom).toBeLessThanOrEqual(chart.scales.yHeading1.top)
    expect(chart.scales.yHeading1.bottom).toBeCloseTo(equity.top, 3)
    expect(chart.scales.yHeading2.bottom).toBeCloseTo(drawdown.top, 3)
    expect(drawdown.bottom).toBeCloseTo(bottom, 3)
    // The room that the layout reckons with is the room that Chart.js gives.
    expect(right - left).toBeGreaterThan((chart.scales.x.max as number) * 0.9)
    for (const id of ['y0', 'y1', 'y2']) expect(chart.scales[id].ticks.length).toBeGreaterThanOrEqual(3)
    chart.destroy()
  })

  test('are not drawn for a caller who has given up', async () => {
    const reason = new Error('given up')
    await expect(renderer.render(sampleChart(), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })
})
