import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { UserError } from '../domain/userError.js'
import type { Answer } from './answer.js'

/** An answer that is no envelope, as a proxy on the way may give. */
export interface PlainAnswer {
  status: number
  text: string
}

const largestBody = 64 * 1024

/** Listens on 127.0.0.1; a free port if 0. Rejects with UserError if the port is taken. */
export async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening').catch((cause: NodeJS.ErrnoException) => {
    throw Object.assign(new UserError('error-port', { port: String(port), reason: cause.code ?? '' }), { cause })
  })
  return (server.address() as AddressInfo).port
}

/** Ends every connection, those that are sockets by now excepted. */
export async function stopListening(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeAllConnections()
  await closed
}

/** A server that gives every request, with the text of its body, to `serve`. Bodies over 64 KB are refused. */
export function createHttpServer(
  serve: (request: IncomingMessage, body: string) => Promise<Answer | PlainAnswer | 'hangUp'>,
): Server {
  return createServer((request, response) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= largestBody) chunks.push(chunk)
    })
    request.on('end', async () => {
      const answer = size > largestBody ? tooLarge : await serve(request, Buffer.concat(chunks).toString('utf8'))
      if (answer === 'hangUp') request.socket.destroy()
      else send(response, answer)
    })
  })
}

const tooLarge: Answer = { status: 413, body: { code: '413', msg: 'Request Entity Too Large', data: [] } }

function send(response: ServerResponse, answer: Answer | PlainAnswer): void {
  const isPlain = 'text' in answer
  response.writeHead(answer.status, { 'content-type': isPlain ? 'text/plain' : 'application/json' })
  response.end(isPlain ? answer.text : JSON.stringify(answer.body))
}
