import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { UserError } from '../domain/userError.js'
import type { Envelope } from '../okx/payloads.js'
import { createMarket } from './market.js'
import { publicRoutes } from './publicRoutes.js'
import { Refusal, tooManyRequests } from './refusal.js'
import { createRequestLimits } from './requestLimits.js'

export interface SimulatorOptions {
  seed: string
  /** The exchange's time, epoch ms. Not before 2018-01-02. */
  clock?: () => number
  /** A free one if not given. */
  port?: number
  /** `off` for a client of the same process, which needs no protection from itself. */
  limits?: 'documented' | 'off'
  logger: Logger
}

export interface Simulator {
  restUrl: string
  port: number
  close(): Promise<void>
}

interface Answer {
  status: number
  body: Envelope
}

/**
 * An exchange on 127.0.0.1 that speaks OKX's protocol over the simulated market. It makes candles as they are asked for.
 * Rejects if the port is taken.
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { seed, clock = Date.now, port = 0, limits = 'documented', logger } = options
  const market = createMarket(seed)
  const routes = publicRoutes(market)
  const isAllowed = limits === 'off' ? () => true : createRequestLimits()

  function answer(request: IncomingMessage): Answer {
    const [path, search] = (request.url ?? '/').split('?', 2)
    const query = new URLSearchParams(search)
    const route = Object.hasOwn(routes, path) ? routes[path] : undefined
    if (!route) return { status: 404, body: { code: '404', msg: '404 NOT_FOUND', data: {} } }
    try {
      if (request.method !== 'GET') throw new Refusal('50115', 'Invalid request method.', 405)
      const now = clock()
      const scoped = route.scope === 'ip' ? '' : (query.get(route.scope) ?? '')
      const key = `${request.socket.remoteAddress} ${path} ${scoped}`
      if (!isAllowed(key, route.requestsPer2s, now)) throw tooManyRequests()
      return { status: 200, body: { code: '0', msg: '', data: route.answer(query, now) } }
    } catch (error) {
      if (error instanceof Refusal) {
        return { status: error.status, body: { code: error.code, msg: error.message, data: [] } }
      }
      logger.error({ err: error, path }, 'simulator failed')
      return { status: 500, body: { code: '50026', msg: 'System error. Try again later.', data: [] } }
    }
  }

  const server = createServer((request, response) => {
    const { status, body } = answer(request)
    logger.trace({ url: request.url, status, code: body.code }, 'simulator answered')
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening').catch((cause: NodeJS.ErrnoException) => {
    throw Object.assign(new UserError('error-port', { port: String(port), reason: cause.code ?? '' }), { cause })
  })
  const address = server.address() as AddressInfo
  return {
    restUrl: `http://127.0.0.1:${address.port}`,
    port: address.port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}
