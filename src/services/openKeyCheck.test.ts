import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ExchangeKey } from '../domain/exchangeKey.js'
import { openKeyCheck } from './openKeyCheck.js'

const parts = {
  apiKey: '0a1b2c3d-1111-2222-3333-444455556666',
  secretKey: '0123456789ABCDEF0123456789ABCDEF',
  passphrase: 'Open=Sesame"1',
}
const { signal } = new AbortController()

let answer: { status: number; body: object }
let seen: IncomingHttpHeaders
let log = ''
const logger = pino(
  { level: 'trace' },
  {
    write(line: string) {
      log += line
    },
  },
)
const server = createServer(({ url, headers }, response) => {
  const isTime = url === '/api/v5/public/time'
  if (!isTime) seen = headers
  const { status, body } = isTime
    ? { status: 200, body: { code: '0', msg: '', data: [{ ts: `${Date.now()}` }] } }
    : answer
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
})

beforeEach(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  for (const part of Object.values(parts)) expect(log).not.toContain(part)
})

function check(mode: 'live' | 'demo') {
  const { port } = server.address() as AddressInfo
  return openKeyCheck({ okxBaseUrl: `http://127.0.0.1:${port}`, logger })(new ExchangeKey(parts), mode, signal)
}

it('reads what OKX says of the key, signed with it, in its mode', async () => {
  const row = { uid: '7', mainUid: '7', acctLv: '3', posMode: 'net_mode', perm: 'read_only,trade', ip: '203.0.113.7' }
  answer = {
    status: 200,
    body: { code: '0', msg: '', data: [{ ...row, level: 'Lv1', ctIsoMode: 'automatic', label: 'mine' }] },
  }
  expect(await check('demo')).toMatchObject({
    kind: 'ok',
    config: { uid: '7', acctLv: '3', posMode: 'net_mode', perm: ['read_only', 'trade'], ips: ['203.0.113.7'] },
  })
  expect(seen).toMatchObject({ 'ok-access-key': parts.apiKey, 'x-simulated-trading': '1' })
  await check('live')
  expect(seen['x-simulated-trading']).toBeUndefined()
})

it('says why OKX does not take it', async () => {
  answer = { status: 401, body: { code: '50101', msg: 'APIKey does not match current environment.', data: [] } }
  expect(await check('live')).toEqual({ kind: 'refused', code: '50101', reasonId: 'error-key-wrong-mode' })
})
