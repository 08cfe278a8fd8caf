import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { createOkxClient } from './okxClient.js'
import { OkxError, OkxPayloadError } from './okxError.js'

const logger = pino({ level: 'silent' })
const time = JSON.stringify({ code: '0', msg: '', data: [{ ts: '1700000000123' }] })
const servers: Server[] = []

type Handler = (response: ServerResponse, request: IncomingMessage) => void

const say =
  (status: number, body: string): Handler =>
  (response) =>
    response.writeHead(status).end(body)
const refuse = (status: number, code: string, msg = 'no') => say(status, JSON.stringify({ code, msg, data: [] }))
const hangUp: Handler = (response) => response.destroy()
const cutShort: Handler = (response) => {
  response.writeHead(200, { 'content-length': '500' })
  response.write('{"code":"0"', () => response.destroy())
}

/** A server that answers with each handler in turn, then with the last for ever, and a client whose pauses take no time. */
async function exchange(...handlers: Handler[]) {
  const requests: IncomingMessage[] = []
  const pauses: number[] = []
  const server = createServer((request, response) => {
    requests.push(request)
    handlers[Math.min(requests.length, handlers.length) - 1](response, request)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const wait = async (ms: number) => pauses.push(ms)
  const client = (demo = false) =>
    createOkxClient({ baseUrl, demo, wait, limitsScale: Number.POSITIVE_INFINITY, logger })
  return { requests, pauses, okx: client(), demo: client(true), baseUrl }
}

const failure = (promise: Promise<unknown>): Promise<OkxError> =>
  promise.then(
    () => Promise.reject(new Error('it did not fail')),
    (error) => error,
  )

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

describe('a read that fails in passing', () => {
  it.each([
    ['429 without an envelope', say(429, '')],
    ['429 with 50011', refuse(429, '50011')],
    ['200 with 50011', refuse(200, '50011')],
    ['503 busy', refuse(503, '50001')],
    ['502 from a proxy', say(502, '<html>')],
    ['500 with a code nobody knows', refuse(500, '59999')],
    ['a cut connection', hangUp],
    ['a cut body', cutShort],
    ['garbage', say(200, 'oops')],
    ['a JSON that is no envelope', say(200, '[]')],
  ])('is tried again after %s', async (_name, fault) => {
    const { okx, requests, pauses } = await exchange(fault, fault, say(200, time))
    expect(await okx.time()).toBe(1_700_000_000_123)
    expect(requests).toHaveLength(3)
    expect(pauses).toHaveLength(2)
  })

  it('is given up after five tries, with growing pauses, as an error to retry later', async () => {
    const { okx, requests, pauses } = await exchange(refuse(503, '50001', 'Service temporarily unavailable'))
    const error = await failure(okx.time())
    expect(error).toBeInstanceOf(OkxError)
    expect(error).toMatchObject({ kind: 'retry', code: '50001', endpoint: 'time' })
    expect(error.message).toBe('OKX time: 50001 Service temporarily unavailable')
    expect(requests).toHaveLength(5)
    pauses.forEach((pause, i) => {
      expect(pause).toBeGreaterThanOrEqual(200 * 2 ** i)
      expect(pause).toBeLessThanOrEqual(400 * 2 ** i)
    })
  })

  it('names the network when nobody answers', async () => {
    const { okx } = await exchange(hangUp)
    expect(await failure(okx.time())).toMatchObject({ kind: 'retry', code: 'network' })
  })
})

describe('a refusal', () => {
  it.each([
    [refuse(200, '51001', "Instrument ID doesn't exist."), '51001', 'refused'],
    [refuse(400, '51000', 'Parameter bar error'), '51000', 'refused'],
    [refuse(200, '51008_1000'), '51008', 'refused'],
    [refuse(401, '50101'), '50101', 'config'],
    [say(404, '{"code":"404","msg":"404 NOT_FOUND","data":{}}'), '404', 'refused'],
    [say(403, 'Forbidden'), 'http-403', 'refused'],
  ])('is not tried again (%#)', async (handler, code, kind) => {
    const { okx, requests } = await exchange(handler)
    expect(await failure(okx.ticker('BTC-USDT'))).toMatchObject({ code, kind })
    expect(requests).toHaveLength(1)
  })

  it('tells an unknown instrument from other refusals', async () => {
    const { okx } = await exchange(refuse(200, '51001'), refuse(400, '51000'))
    expect(await failure(okx.ticker('NO-USDT'))).toMatchObject({ isUnknownInstrument: true })
    expect(await failure(okx.ticker('BTC-USDT'))).toMatchObject({ isUnknownInstrument: false })
  })
})

describe('an unexpected payload', () => {
  it.each([
    ['{"code":"0","msg":"","data":[{"ts":"soon"}]}', 'data/0/ts'],
    ['{"code":"0","msg":"","data":[{"ts":17}]}', 'data/0/ts'],
    ['{"code":"0","msg":"","data":[{}]}', 'data/0'],
    ['{"code":"0","msg":"","data":[]}', 'data'],
    ['{"code":"0","msg":"","data":{}}', 'data'],
    ['{"code":"0","msg":""}', 'data'],
  ])('%s is an error that names endpoint and field', async (body, field) => {
    const { okx, requests } = await exchange(say(200, body))
    const error = await failure(okx.time())
    expect(error).toBeInstanceOf(OkxPayloadError)
    expect(error).toMatchObject({ source: 'time', field })
    expect(requests).toHaveLength(1)
  })
})

// A call that heeds no signal runs into its timeout of 10 s, and the test into its own before that.
describe('an abort', { timeout: 5000 }, () => {
  it('ends a call under way with the reason given', async () => {
    const reason = new Error('the user pressed cancel')
    const controller = new AbortController()
    const { okx, requests } = await exchange(() => controller.abort(reason))
    expect(await failure(okx.time(controller.signal))).toBe(reason)
    expect(requests).toHaveLength(1)
  })

  it('ends the pause between two tries', async () => {
    const reason = new Error('enough')
    const controller = new AbortController()
    const { baseUrl, requests } = await exchange((response, request) => {
      refuse(503, '50001')(response, request)
      response.on('close', () => setImmediate(() => controller.abort(reason)))
    })
    const okx = createOkxClient({ baseUrl, logger })
    expect(await failure(okx.time(controller.signal))).toBe(reason)
    expect(requests.length).toBeLessThan(5)
  })

  it('before the call sends nothing', async () => {
    const { okx, requests } = await exchange(say(200, time))
    await expect(okx.time(AbortSignal.abort(new Error('late')))).rejects.toThrow('late')
    expect(requests).toHaveLength(0)
  })
})

it('marks demo calls, and only those', async () => {
  const { okx, demo, requests } = await exchange(say(200, time))
  await okx.time()
  await demo.time()
  expect(requests.map(({ headers }) => headers['x-simulated-trading'])).toEqual([undefined, '1'])
})

it('asks for the documented paths and parameters', async () => {
  const { okx, requests } = await exchange(say(200, '{"code":"0","msg":"","data":[]}'))
  const page = { instId: 'BTC-USDT', bar: '1Dutc', after: 20, before: 10, limit: 300 } as const
  await okx.candles(page)
  await okx.historyCandles(page)
  await okx.instruments('SWAP')
  await okx.tickers('SPOT')
  await okx.fundingRateHistory({ instId: 'BTC-USDT-SWAP', after: 5 })
  expect(requests.map(({ url }) => url)).toEqual([
    '/api/v5/market/candles?instId=BTC-USDT&bar=1Dutc&after=20&before=10&limit=300',
    '/api/v5/market/history-candles?instId=BTC-USDT&bar=1Dutc&after=20&before=10&limit=300',
    '/api/v5/public/instruments?instType=SWAP',
    '/api/v5/market/tickers?instType=SPOT',
    '/api/v5/public/funding-rate-history?instId=BTC-USDT-SWAP&after=5',
  ])
})
