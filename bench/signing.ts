import { createServer } from 'node:http'
import { Decimal } from 'decimal.js'
import { pino } from 'pino'
import type { LimitRequest } from '../src/domain/trading/orderRequest.js'
import { Credentials } from '../src/okx/credentials.js'
import { createOkxAccount, type OkxAccount } from '../src/okx/okxAccount.js'
import { listen, stopListening } from '../src/simulator/httpServer.js'
import { playKey } from '../src/simulator/keys.js'
import { type Contestant, nowBy, type Options, race, say, sayTable, show, type Verdicts } from './harness.js'

/** Of one client, and so few that they stay within the documented limits: those are kept, and count. */
const batch = 50
const mostMicros = 100

const request: LimitRequest = {
  instType: 'SWAP',
  instId: 'BTC-USDT-SWAP',
  tdMode: 'cross',
  side: 'buy',
  ordType: 'limit',
  clOrdId: 'b15e0a4c8d2f4e6fa1b2c3d4e5f60718',
  sz: new Decimal('1.25'),
  px: new Decimal('64123.4'),
}
const credentials = new Credentials(playKey('bench', '1'))
const logger = pino({ level: 'silent' })
const path = '/api/v5/trade/order'
const row = {
  ordId: '680800019749904384',
  clOrdId: request.clOrdId,
  tag: '',
  ts: '1',
  sCode: '0',
  sMsg: '',
  subCode: '',
}
const orderAnswer = JSON.stringify({ code: '0', msg: '', data: [row], inTime: '1', outTime: '2' })
const answerTo = (url: string) =>
  url.endsWith(path) ? orderAnswer : JSON.stringify({ code: '0', msg: '', data: [{ ts: String(Date.now()) }] })

/** What the signed client adds to an order: building, limits, tag, signature, and reading the answer. */
export async function signing(options: Options, verdicts: Verdicts): Promise<void> {
  const server = createServer((incoming, response) => {
    incoming.resume().on('end', () => response.end(answerTo(incoming.url ?? '')))
  })
  const baseUrl = `http://127.0.0.1:${await listen(server, 0)}`
  const inProcess: typeof fetch = async (input) => new Response(answerTo(String(input)))
  const sent = await bytesOf(inProcess)
  const times = await race(
    {
      bareInProcess: bare(options, baseUrl, inProcess, sent),
      signedInProcess: signed(options, baseUrl, inProcess),
      bareLoopback: bare(options, baseUrl, fetch, sent),
      signedLoopback: signed(options, baseUrl, fetch),
    },
    options,
  ).finally(() => stopListening(server))

  const line = (what: string, bareMs: number, signedMs: number) => {
    const [bareMicros, signedMicros] = [1000 * bareMs, 1000 * signedMs]
    const added = signedMicros - bareMicros
    const verdict = verdicts.atMost(`microseconds that the client adds to an order ${what}`, added, mostMicros)
    return [what, show(bareMicros), show(signedMicros), show(added), String(mostMicros), verdict]
  }
  say(`
An order, one after the other, medians in microseconds
  fetch: a bare fetch of the same bytes, with a time limit, its answer read as JSON
  client: the whole way from the order to its outcome`)
  sayTable(
    ['', 'fetch', 'client', 'added', 'at most', ''],
    [
      line('within the process', times.bareInProcess, times.signedInProcess),
      line('over loopback', times.bareLoopback, times.signedLoopback),
    ],
  )
}

type Sent = Pick<RequestInit, 'headers' | 'body'>

/** What the client sends for an order. */
async function bytesOf(send: typeof fetch): Promise<Sent> {
  let seen: Sent = {}
  const account = accountOver('http://bench', async (input, init = {}) => {
    seen = { headers: init.headers ?? {}, body: init.body ?? '' }
    return send(input)
  })
  await account.place(request)
  return seen
}

function accountOver(baseUrl: string, send: typeof fetch): OkxAccount {
  return createOkxAccount({ baseUrl, credentials, fetch: send, logger })
}

function bare({ clock }: Options, baseUrl: string, send: typeof fetch, sent: Sent): Contestant {
  return batches(clock, async () => async () => {
    const signal = AbortSignal.timeout(10_000)
    const response = await send(`${baseUrl}${path}`, { ...sent, method: 'POST', signal })
    JSON.parse(await response.text())
  })
}

function signed({ clock }: Options, baseUrl: string, send: typeof fetch): Contestant {
  return batches(clock, async () => {
    const account = accountOver(baseUrl, send)
    // The first call asks for the time as well.
    await account.cancel({ instId: request.instId, clOrdId: request.clOrdId })
    return async () => {
      const { outcome } = await account.place(request)
      if (outcome !== 'accepted') throw new Error(`the order is ${outcome}`)
    }
  })
}

/** The ms of each call of so many batches, one call after the other; `prepare` makes what to call in time of its own. */
function batches(clock: Options['clock'], prepare: () => Promise<() => Promise<void>>): Contestant {
  const now = nowBy[clock]
  return {
    async run(calls) {
      const times: number[] = []
      for (let call = 0; call < calls; call++) {
        const act = await prepare()
        for (let i = 0; i < batch; i++) {
          const start = now()
          await act()
          times.push(now() - start)
        }
      }
      return times
    },
  }
}
