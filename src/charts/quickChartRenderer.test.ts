import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { sampleChart } from '../testing/sampleChart.js'
import { chartConfig } from './config.js'
import { createQuickChartRenderer } from './quickChartRenderer.js'
import { ChartRenderError } from './renderer.js'

const png = Buffer.from('89504e470d0a1a0a0000', 'hex')

const open: (() => Promise<unknown>)[] = []
afterEach(() => Promise.all(open.splice(0).map((close) => close())))

/** A server on loopback; `answer` gets each request with its body. */
async function serve(
  answer: (request: IncomingMessage, body: string, response: ServerResponse) => void,
): Promise<string> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    answer(request, Buffer.concat(chunks).toString('utf8'), response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      }),
  )
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function failureOf(picture: Promise<Buffer>): Promise<ChartRenderError> {
  const error = await picture.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(ChartRenderError)
  return error as ChartRenderError
}

const spec = sampleChart({ bars: 20, trades: 2, theme: 'dark' })

describe('pictures drawn by a QuickChart server', () => {
  test('are asked for with the configuration that is drawn in process', async () => {
    const requests: { method: string | undefined; path: string | undefined; type: string | undefined; body: string }[] =
      []
    const url = await serve(({ method, url: path, headers }, body, response) => {
      requests.push({ method, path, type: headers['content-type'], body })
      response.setHeader('content-type', 'image/png').end(png)
    })
    const picture = await createQuickChartRenderer({ url: `${url}/draw/` }).render(spec)
    expect(picture.equals(png)).toBe(true)
    expect(requests).toHaveLength(1)
    const { body, ...request } = requests[0]
    expect(request).toEqual({ method: 'POST', path: '/draw/chart', type: 'application/json' })
    const { chart, ...rest } = JSON.parse(body)
    expect(rest).toEqual({
      width: 540,
      height: 675,
      devicePixelRatio: 2,
      backgroundColor: '#10161e',
      format: 'png',
      version: '4',
    })
    expect(JSON.parse(chart)).toStrictEqual(chartConfig(spec))
  })

  test('are refused with the server’s reason, though a refusal is a picture too', async () => {
    const url = await serve((_request, _body, response) => {
      response.writeHead(400, { 'content-type': 'image/png', 'x-quickchart-error': 'Unsupported version' }).end(png)
    })
    const error = await failureOf(createQuickChartRenderer({ url }).render(spec))
    expect(error.failure).toBe('refused')
    expect(error.message).toContain('400 Unsupported version')
  })

  test('must be PNG', async () => {
    const url = await serve((_request, _body, response) => response.end('<html>hello</html>'))
    expect((await failureOf(createQuickChartRenderer({ url }).render(spec))).failure).toBe('bad_answer')
  })

  test('are given up after the time-out', async () => {
    const url = await serve(() => {})
    const error = await failureOf(createQuickChartRenderer({ url, timeoutMs: 50 }).render(spec))
    expect(error.failure).toBe('timeout')
  })

  test('are given up after the time-out when an answer has begun but does not end', async () => {
    const url = await serve((_request, _body, response) => response.write(png))
    const error = await failureOf(createQuickChartRenderer({ url, timeoutMs: 50 }).render(spec))
    expect(error.failure).toBe('timeout')
  })

  test('fail as unreachable where nobody listens', async () => {
    const url = await serve(() => {})
    await Promise.all(open.splice(0).map((close) => close()))
    expect((await failureOf(createQuickChartRenderer({ url }).render(spec))).failure).toBe('unreachable')
  })

  test('are given up with the caller, for the caller’s reason', async () => {
    const caller = new AbortController()
    const reason = new Error('given up')
    const url = await serve(() => caller.abort(reason))
    await expect(createQuickChartRenderer({ url }).render(spec, { signal: caller.signal })).rejects.toBe(reason)
  })
})
