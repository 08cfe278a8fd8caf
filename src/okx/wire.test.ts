import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { sampleAt } from '../testing/timeSample.js'
import { toBalance } from './accountMappers.js'
import { Credentials } from './credentials.js'
import { createExchangeClock } from './exchangeClock.js'
import { createOkxStreams, socketUrls } from './okxStreams.js'
import type { Refill } from './streamTools.js'
import { systemTiming, type Timing } from './timing.js'
import { openWire } from './wire.js'

const servers: WebSocketServer[] = []

/** A server on loopback, and its address. */
async function serve(onConnection: (socket: WebSocket) => void): Promise<string> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  servers.push(server)
  server.on('connection', onConnection)
  await once(server, 'listening')
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    for (const client of server.clients) client.terminate()
    server.close()
  }
})

/** All that a wire tells, up to its end. */
async function story(url: string, say: string[] = []): Promise<string[]> {
  const told: string[] = []
  await new Promise<void>((resolve) => {
    const wire = openWire(url, {
      opened() {
        told.push('opened')
        for (const text of say) wire.send(text)
      },
      text: (text) => told.push(text),
      closed(code) {
        told.push(`closed ${code}`)
        resolve()
      },
    })
  })
  return told
}

describe('a wire', () => {
  it('carries texts both ways, and tells the code that it is closed with', async () => {
    const url = await serve((socket) =>
      socket.on('message', (data) => {
        socket.send(`${data}!`)
        if (String(data) === 'zwei ü') socket.close(4004, 'no data')
      }),
    )
    expect(await story(url, ['eins', 'zwei ü'])).toEqual(['opened', 'eins!', 'zwei ü!', 'closed 4004'])
  })

  it('that never opens is told to be closed', async () => {
    const url = await serve(() => {})
    servers.pop()?.close()
    expect(await story(url)).toEqual(['closed 1006'])
  })

  it('that was dropped tells nothing more', async () => {
    const gone: Promise<unknown>[] = []
    const url = await serve((socket) => {
      gone.push(once(socket, 'close'))
      socket.send('late')
    })
    const told: string[] = []
    await new Promise<void>((resolve) => {
      const wire = openWire(url, {
        opened() {
          wire.drop()
          wire.send('into the void')
          resolve()
        },
        text: (text) => told.push(text),
        closed: () => told.push('closed'),
      })
    })
    await Promise.all(gone)
    expect(told).toEqual([])
  })
})

/** Pauses take no time; what is waited for may take its own. */
const withoutPauses: Timing = {
  ...systemTiming,
  setTimer: (act, ms) => systemTiming.setTimer(act, ms < 5000 ? 0 : ms),
}

it('streams log in, subscribe and fill over real sockets, and come back after a cut', async () => {
  const asked: string[] = []
  const sockets: WebSocket[] = []
  const empty = { availEq: '', frozenBal: '', ordFrozen: '', upl: '', eqUsd: '', disEq: '' }
  const detail = () => ({ ccy: 'USDT', eq: String(sockets.length), cashBal: '5', availBal: '5', uTime: '5', ...empty })
  const totals = { uTime: '5', totalEq: '5', adjEq: '', imr: '', mmr: '', mgnRatio: '' }
  const base = await serve((socket) => {
    sockets.push(socket)
    socket.on('message', (data) => {
      const { op, args } = JSON.parse(String(data))
      asked.push(op)
      if (op === 'login') return socket.send('{"event":"login","code":"0","msg":""}')
      socket.send(JSON.stringify({ event: op, arg: args[0] }))
      socket.send(JSON.stringify({ arg: args[0], data: [{ ...totals, details: [detail()] }] }))
    })
  })
  const never = () => Promise.reject(new Error('not asked for'))
  const refill: Refill = {
    balance: async () => toBalance('balance', { ...totals, details: [detail()] }),
    positions: never,
    pendingOrders: never,
    pendingAlgoOrders: never,
    candles: never,
  }
  const seen: string[] = []
  await new Promise<void>((resolve) => {
    const streams = createOkxStreams({
      urls: socketUrls(`${base}/`),
      credentials: new Credentials({ apiKey: 'k', secretKey: 's', passphrase: 'p' }),
      clock: createExchangeClock(Date.now, async () => sampleAt(Date.now())),
      refill,
      timing: withoutPauses,
      logger: pino({ level: 'silent' }),
    })
    streams.account({
      changed({ value, isStale }) {
        const eq = value?.details[0]?.eq.toFixed()
        if (isStale || !eq) return
        if (seen.at(-1) !== eq) seen.push(eq)
        if (eq === '1') sockets[0].terminate()
        if (eq !== '2') return
        streams.close()
        resolve()
      },
    })
  })
  expect(seen).toEqual(['1', '2'])
  expect(asked).toEqual(['login', 'subscribe', 'login', 'subscribe'])
})
