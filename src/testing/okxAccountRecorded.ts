import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { Decimal } from 'decimal.js'
import { pino } from 'pino'
import { Credentials } from '../okx/credentials.js'
import { createOkxAccount } from '../okx/okxAccount.js'
import { listen, stopListening } from '../simulator/httpServer.js'
import { signatureOf } from '../simulator/signed/authenticate.js'
import type { ContractHouse, Fact } from './okxAccountContract.js'
import { testKey } from './okxAccountFixture.js'
import { recordings, type Step } from './okxAccountRecordings.js'
import { type Reply, recordedNow, recordedPx } from './okxRecordedRows.js'
import { btcSpot, btcSwap } from './scriptedQuotes.js'

/**
 * An exchange that has been recorded: it answers the calls of a fact, one after the other and as long as each is what it
 * was then, signature included. Whatever else comes is refused, and told of at the end.
 */
export async function openRecorded(fact: Fact): Promise<ContractHouse> {
  const left = [...recordings[fact]]
  const wrong: string[] = []

  function replyTo(request: IncomingMessage, body: string): Reply {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://recorded')
    if (pathname === '/api/v5/public/time') return [{ ts: String(recordedNow) }]
    const route = `${request.method} ${pathname.replace('/api/v5/', '')}`
    const carried: unknown = body === '' ? Object.fromEntries(searchParams) : JSON.parse(body)
    const step = left.shift()
    const problem = step ? problemOf(step, route, carried) : `${route} was not recorded`
    if (step && problem === null && isSigned(request, body)) return step[2]
    wrong.push(problem ?? `${route} is not signed`)
    return { status: 404, code: '404', msg: 'not recorded' }
  }

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    await once(request, 'end')
    const reply = replyTo(request, Buffer.concat(chunks).toString('utf8'))
    if (reply === 'cut') {
      request.socket.destroy()
      return
    }
    const { status, ...envelope } = 'code' in reply ? reply : { status: 200, code: '0', msg: '', data: reply }
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ data: [], inTime: '1', outTime: '2', ...envelope }))
  })
  const baseUrl = `http://127.0.0.1:${await listen(server, 0)}`
  const account = createOkxAccount({
    baseUrl,
    credentials: new Credentials(testKey),
    clock: () => recordedNow,
    limitsScale: Number.POSITIVE_INFINITY,
    logger: pino({ level: 'silent' }),
  })
  return {
    account,
    // What tells it apart is on the record: a refusal.
    stranger: account,
    spot: btcSpot,
    swap: btcSwap,
    px: new Decimal(recordedPx),
    now: recordedNow,
    // It is on the record.
    cutNextOrder() {},
    async end() {
      await stopListening(server)
      const missing = left.map(([route]) => `${route} did not come`)
      if (wrong.length + missing.length > 0) throw new Error([...wrong, ...missing].join('\n'))
    },
  }
}

/** What a call does not have of what it must carry; null where that is nothing. */
function problemOf([route, must]: Step, came: string, carried: unknown): string | null {
  if (came !== route) return `${came} came in place of ${route}`
  return carries(carried, must) ? null : `${route} carries ${JSON.stringify(carried)}, not ${JSON.stringify(must)}`
}

/** Lists are as long as each other; objects may have more in them. */
function carries(value: unknown, must: unknown): boolean {
  if (Array.isArray(must)) {
    return Array.isArray(value) && value.length === must.length && must.every((one, i) => carries(value[i], one))
  }
  if (typeof must !== 'object' || must === null) return value === must
  if (typeof value !== 'object' || value === null) return false
  const has = new Map(Object.entries(value))
  return Object.entries(must).every(([name, one]) => carries(has.get(name), one))
}

function isSigned({ headers, method, url }: IncomingMessage, body: string): boolean {
  const prehash = `${headers['ok-access-timestamp']}${method}${url}${body}`
  return headers['ok-access-sign'] === signatureOf(testKey.secretKey, prehash)
}
