import QuickChart from 'quickchart-js'
import { chartConfig, sizeOf } from './config.js'
import { ChartRenderError, type ChartRenderer } from './renderer.js'
import { themes } from './theme.js'

export interface QuickChartOptions {
  /** Address of the server, without the path `/chart`. */
  url: string
  timeoutMs?: number
}

/** The library's types describe its CommonJS build, where the class is `default` of what is imported. */
const QuickChartRequest = QuickChart as unknown as typeof QuickChart.default

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/**
 * Has pictures drawn by a QuickChart server (https://quickchart.io/documentation/usage/post-endpoint). Every render that
 * brings no picture throws ChartRenderError, except one given up by its signal, which throws the signal's reason.
 */
export function createQuickChartRenderer({ url, timeoutMs = 15_000 }: QuickChartOptions): ChartRenderer {
  const endpoint = `${url.replace(/\/+$/, '')}/chart`
  return {
    async render(spec, { signal } = {}) {
      signal?.throwIfAborted()
      const size = sizeOf(spec)
      const request = new QuickChartRequest()
        // As text: the library would turn an object into JavaScript, and names of strategies into code.
        .setConfig(JSON.stringify(chartConfig(spec)))
        .setVersion('4')
        .setWidth(size.width)
        .setHeight(size.height)
        .setDevicePixelRatio(size.pixelRatio)
        .setBackgroundColor(themes[spec.theme].background)
        .setFormat('png')
      return post(endpoint, request.getPostData(), timeoutMs, signal)
    },
  }
}

/** The library's own request cannot be given up, neither by a caller nor when it takes too long. */
async function post(endpoint: string, body: object, timeoutMs: number, signal?: AbortSignal): Promise<Buffer> {
  const timeout = AbortSignal.timeout(timeoutMs)
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    })
    const answer = Buffer.from(await response.arrayBuffer())
    if (!response.ok) {
      const reason = response.headers.get('x-quickchart-error') ?? response.statusText
      throw new ChartRenderError('refused', `the QuickChart server refused the chart: ${response.status} ${reason}`)
    }
    if (!answer.subarray(0, pngSignature.length).equals(pngSignature)) {
      throw new ChartRenderError('bad_answer', 'the QuickChart server answered with something that is not a PNG')
    }
    return answer
  } catch (cause) {
    if (cause instanceof ChartRenderError) throw cause
    signal?.throwIfAborted()
    if (timeout.aborted) {
      throw new ChartRenderError('timeout', `no picture from the QuickChart server in ${timeoutMs} ms`, { cause })
    }
    throw new ChartRenderError('unreachable', 'cannot reach the QuickChart server', { cause })
  }
}
