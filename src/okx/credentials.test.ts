import { createHmac } from 'node:crypto'
import { inspect } from 'node:util'
import { Decimal } from 'decimal.js'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { UserError } from '../domain/userError.js'
import { accountOver, testKey } from '../testing/okxAccountFixture.js'
import { Credentials } from './credentials.js'
import { createRateLimits } from './rateLimits.js'

const { apiKey, secretKey, passphrase } = testKey
const credentials = new Credentials(testKey)

describe('credentials', () => {
  it('show the last four of the key, however they are looked at', () => {
    const shown = [
      String(credentials),
      JSON.stringify({ credentials }),
      inspect(credentials, { showHidden: true, depth: 9 }),
      inspect({ deep: { credentials } }, { depth: 9 }),
      Object.values(credentials).join(),
    ].join('\n')
    expect(shown).toContain('…5b6c')
    for (const secret of Object.values(testKey)) expect(shown).not.toContain(secret)
  })

  it('are refused, without being shown, where no header could carry them', () => {
    for (const bad of ['', ' padded', 'two\nlines', 'ключ', 'tab\t']) {
      for (const part of ['apiKey', 'secretKey', 'passphrase'] as const) {
        const make = () => new Credentials({ ...testKey, [part]: bad })
        expect(make).toThrow(UserError)
        expect(make).toThrow('error-okx-credentials')
        try {
          make()
        } catch (error) {
          expect(inspect(error)).not.toContain(bad || 'nothing to look for')
        }
      }
    }
  })

  it('log sockets in by whole seconds', () => {
    const sign = createHmac('sha256', secretKey).update('1700000000GET/users/self/verify').digest('base64')
    expect(credentials.loginArgs(1_700_000_000_999)).toEqual({ apiKey, passphrase, timestamp: '1700000000', sign })
  })

  it('strike themselves out of what others say', () => {
    expect(credentials.scrub(`bad ${apiKey}: ${passphrase} / ${secretKey}, ${passphrase}`)).toBe(
      'bad [hidden]: [hidden] / [hidden], [hidden]',
    )
  })
})

const order = {
  instType: 'SWAP',
  instId: 'BTC-USDT-SWAP',
  tdMode: 'cross',
  side: 'buy',
  ordType: 'market',
  sz: new Decimal(1),
  clOrdId: 'intent1',
} as const

/** Servers, networks and fetches that repeat whatever was sent to them. */
const hostile: [string, (sent: string) => Response][] = [
  ['a refusal', (sent) => Response.json({ code: '50113', msg: sent, data: [] }, { status: 401 })],
  ['a refusal of the clock', (sent) => Response.json({ code: '50102', msg: sent, data: [] }, { status: 401 })],
  ['a busy server', (sent) => Response.json({ code: '50001', msg: sent, data: [] }, { status: 503 })],
  ['an order refused', (sent) => orderRow({ sCode: '51008', sMsg: sent })],
  ['a payload nobody knows', (sent) => orderRow({ ordId: [sent] })],
  ['no envelope', (sent) => new Response(sent, { status: 502 })],
  ['garbage', (sent) => new Response(sent)],
  [
    'a network that fails',
    (sent) => {
      throw new TypeError(`fetch failed ${sent}`, { cause: Object.assign(new Error(sent), { request: sent }) })
    },
  ],
]
const orderRow = (changes: object) =>
  Response.json({
    code: '1',
    msg: '',
    data: [{ ordId: '', clOrdId: 'intent1', tag: '', sCode: '0', sMsg: '', ...changes }],
  })

describe('what must not be seen', () => {
  it.each(hostile)('is in no log, outcome, error, stack or cause after %s', async (_name, answer) => {
    const printed: string[] = []
    const signatures = new Set<string>()
    const logger = pino({ level: 'trace' }, { write: (line: string) => void printed.push(line) })
    const { account, requests } = accountOver(
      ({ headers, path, body }) => {
        signatures.add(headers['ok-access-sign'])
        return answer(`${path} ${body} ${Object.entries(headers).join(' ')}`)
      },
      { logger },
    )
    const calls: Promise<unknown>[] = [
      account.place(order),
      account.placeBatch([order]),
      account.cancel(order),
      account.balance(),
      account.order(order),
      account.pendingOrders(),
      account.setPositionMode('net_mode'),
      account.cancelAllAfter(30),
    ]
    for (const call of calls) printed.push(...(await call.then(shown, shown)))
    printed.push(...shown(account), ...shown(account.clock))
    expect(requests.length).toBeGreaterThanOrEqual(calls.length)
    expect(signatures.size).toBeGreaterThan(0)
    const text = printed.join('\n')
    for (const secret of [...Object.values(testKey), ...signatures]) expect(text).not.toContain(secret)
  })

  it('is in nothing either where nothing is sent', async () => {
    const { account } = accountOver(() => [], { limits: createRateLimits(0.01, 1) })
    const printed = [
      await account.place(order).then(shown, shown),
      await account.place(order).then(shown, shown),
      await account.place({ ...order, clOrdId: 'no id' }).then(shown, shown),
    ]
    for (const secret of Object.values(testKey)) expect(printed.flat().join('\n')).not.toContain(secret)
  })
})

/** Everything that there is to see of a value, its causes among it. */
function shown(value: unknown): string[] {
  const seen = [inspect(value, { depth: 20, showHidden: true, getters: true }), String(value)]
  if (typeof value === 'object') seen.push(JSON.stringify(value) ?? '')
  if (value instanceof Error) seen.push(value.stack ?? '', value.message, ...(value.cause ? shown(value.cause) : []))
  return seen
}
