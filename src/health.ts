import { once } from 'node:events'
import { createServer } from 'node:http'
import { UserError } from './domain/userError.js'

/** Serves `GET /health`: 200 while `ok`, else 503, with what is known as JSON. Returns how to stop. */
export async function serveHealth(port: number, health: () => { ok: boolean }): Promise<() => Promise<void>> {
  const server = createServer((request, response) => {
    const isHealth = request.method === 'GET' && request.url === '/health'
    const answer = isHealth ? health() : { ok: false }
    response.writeHead(isHealth ? (answer.ok ? 200 : 503) : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answer))
  })
  server.listen(port)
  await once(server, 'listening').catch((cause: NodeJS.ErrnoException) => {
    throw Object.assign(new UserError('error-port', { port: String(port), reason: cause.code ?? '' }), { cause })
  })
  return async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
}
