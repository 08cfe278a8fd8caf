import { pino } from 'pino'
import { Credentials } from '../okx/credentials.js'
import { createOkxAccount, type OkxAccount, type OkxAccountOptions } from '../okx/okxAccount.js'

export const testKey = {
  apiKey: '8f3c2a1e-0b7d-4c55-9a6e-1d2f3e4a5b6c',
  secretKey: '5D0AF6E3B1C94E7789AB12CD34EF5678',
  passphrase: 'Correct-Horse_42',
}

/** A request as it came over the wire. */
export interface SeenRequest {
  method: string
  /** With its query string. */
  path: string
  headers: Readonly<Record<string, string>>
  body: string
}

/** What is answered: the rows of `data`, an envelope of one's own, or a whole response. */
export type Answering = (request: SeenRequest, nth: number) => unknown[] | object | Response | Promise<Response>

export const envelope = (code: string, data: unknown[] = [], msg = '') => ({ code, msg, data })

/**
 * An account whose exchange is `answering`, and what was asked of it, the questions for its time left out (it is told by
 * `exchangeNow`). Neither pauses nor limits hold anything up.
 */
export function accountOver(
  answering: Answering,
  {
    exchangeNow = () => 1_700_000_000_000,
    ...options
  }: Partial<OkxAccountOptions> & { exchangeNow?: () => number } = {},
): { account: OkxAccount; requests: SeenRequest[]; bodies(): unknown[]; pauses: number[]; timeReads(): number } {
  const requests: SeenRequest[] = []
  const pauses: number[] = []
  let timeReads = 0
  const account = createOkxAccount({
    baseUrl: 'http://exchange.test',
    credentials: new Credentials(testKey),
    clock: () => 1_700_000_000_000,
    limitsScale: Number.POSITIVE_INFINITY,
    wait: async (ms) => pauses.push(ms),
    logger: pino({ level: 'silent' }),
    async fetch(input, init) {
      const url = new URL(String(input))
      const request: SeenRequest = {
        method: init?.method ?? 'GET',
        path: String(input).slice('http://exchange.test'.length),
        headers: Object.fromEntries(new Headers(init?.headers)),
        body: String(init?.body ?? ''),
      }
      if (url.pathname === '/api/v5/public/time') {
        timeReads++
        return toResponse([{ ts: String(exchangeNow()) }])
      }
      requests.push(request)
      return toResponse(await answering(request, requests.length - 1))
    },
    ...options,
  })
  return {
    account,
    requests,
    pauses,
    bodies: () => requests.map(({ body }) => JSON.parse(body)),
    timeReads: () => timeReads,
  }
}

function toResponse(answer: unknown[] | object | Response): Response {
  if (answer instanceof Response) return answer
  return new Response(JSON.stringify(Array.isArray(answer) ? envelope('0', answer) : answer))
}
