import fc from 'fast-check'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { accountOver, envelope } from '../testing/okxAccountFixture.js'
import { algoRow, balanceRow, orderRow, positionRow } from '../testing/okxAccountPayloadsFixture.js'
import { createOkxClient } from './okxClient.js'
import { createOkxRefill } from './okxRefill.js'

const { signal } = new AbortController()
const minuteMs = 60_000
const now = Date.UTC(2026, 0, 1, 12, 0, 30)
const formingTs = now - 30_000
/** `candles` has the newest 1,440 and no more. */
const tailTs = formingTs - 1439 * minuteMs

const candleRow = (ts: number) => {
  const close = String(100 + ((ts / minuteMs) % 50))
  return [String(ts), close, close, close, close, '1', '1', '1', ts === formingTs ? '0' : '1']
}

/** REST with a 1m candle for every minute, in pages of at most so many. */
function candlesOver(pageSize = 300) {
  const asked: string[] = []
  const okx = createOkxClient({
    baseUrl: 'http://exchange.test',
    limitsScale: Number.POSITIVE_INFINITY,
    logger: pino({ level: 'silent' }),
    async fetch(input) {
      const { pathname, searchParams } = new URL(String(input))
      const name = pathname.slice(pathname.lastIndexOf('/') + 1)
      if (name === 'time') return Response.json(envelope('0', [{ ts: String(now) }]))
      asked.push(name)
      const isTail = name === 'candles'
      const oldest = isTail ? tailTs : 0
      // History lags behind by a few bars.
      const newest = isTail ? formingTs : formingTs - 5 * minuteMs
      const after = Number(searchParams.get('after') ?? Number.POSITIVE_INFINITY)
      const size = Math.min(pageSize, Number(searchParams.get('limit') ?? 100))
      const rows: string[][] = []
      let ts = Math.min(newest, after === Number.POSITIVE_INFINITY ? newest : after - minuteMs)
      for (; ts >= oldest && rows.length < size; ts -= minuteMs) rows.push(candleRow(ts))
      return Response.json(envelope('0', rows))
    },
  })
  return { okx, refill: createOkxRefill(okx, null), asked }
}

describe('candles', () => {
  const read = (refill: ReturnType<typeof createOkxRefill>, fromTs: number | null) =>
    refill.candles({ instId: 'BTC-USDT', bar: '1m', fromTs }, signal)

  it('are the tail up to the forming one, oldest first', async () => {
    const { refill, asked } = candlesOver()
    const tail = await read(refill, formingTs - 2 * minuteMs)
    expect(tail.map(({ ts, confirmed }) => [(ts - formingTs) / minuteMs, confirmed])).toEqual([
      [-2, true],
      [-1, true],
      [0, false],
    ])
    expect(asked).toEqual(['candles'])
  })

  it('of a start are a page', async () => {
    const { refill, asked } = candlesOver(120)
    const tail = await read(refill, null)
    expect([tail.length, tail[0].ts, asked]).toEqual([120, formingTs - 119 * minuteMs, ['candles']])
  })

  it('of a long gap are paged through, behind the newest 1,440 from history', async () => {
    const { refill, asked } = candlesOver()
    const tail = await read(refill, formingTs - 2000 * minuteMs)
    expect(tail).toHaveLength(2001)
    expect([asked.filter((name) => name === 'candles').length, asked.at(-1)]).toEqual([5, 'history-candles'])
  })

  it('have none missing and none twice, however long the gap and the pages', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(3000), fc.integer({ min: 7, max: 300 }), async (bars, pageSize) => {
        const tail = await read(candlesOver(pageSize).refill, formingTs - bars * minuteMs)
        expect(tail.map(({ ts }) => ts)).toEqual(
          Array.from({ length: bars + 1 }, (_, i) => formingTs - (bars - i) * minuteMs),
        )
        expect(tail.filter(({ confirmed }) => !confirmed).map(({ ts }) => ts)).toEqual([formingTs])
      }),
      { numRuns: 30 },
    )
  })

  it('are none where the exchange has none newer', async () => {
    expect(await read(candlesOver().refill, formingTs + minuteMs)).toEqual([])
  })
})

describe('an account', () => {
  const idsOf = (rows: readonly { ordId: string }[]) => rows.map(({ ordId }) => ordId)

  /** Answers by path, lists two rows a page. */
  function accountRefill() {
    const orders = ['5', '4', '3'].map((ordId) => ({ ...orderRow, ordId, state: 'live', accFillSz: '0', avgPx: '' }))
    const algos = ['9', '8', '7'].map((algoId) => ({ ...algoRow, algoId }))
    const trailing = { ...algoRow, algoId: '6', ordType: 'move_order_stop', sz: '1', callbackRatio: '0.05' }
    const { account, requests } = accountOver(({ path }) => {
      const { pathname, searchParams } = new URL(path, 'http://exchange.test')
      if (pathname.endsWith('/balance')) return [balanceRow]
      if (pathname.endsWith('/positions')) return [positionRow, { ...positionRow, posId: '2', pos: '0', avgPx: '' }]
      const after = searchParams.get('after') ?? '99'
      if (pathname.endsWith('/orders-pending')) return orders.filter(({ ordId }) => ordId < after).slice(0, 2)
      const ordType = searchParams.get('ordType')
      return [...algos, trailing].filter((algo) => algo.ordType === ordType && algo.algoId < after).slice(0, 2)
    })
    return { refill: createOkxRefill(candlesOver().okx, account), requests }
  }

  it('is filled with everything there is, page by page, and algo orders of every kind', async () => {
    const { refill, requests } = accountRefill()
    expect((await refill.balance(signal)).details.map(({ ccy }) => ccy)).toEqual(['USDT', 'BTC'])
    expect((await refill.positions(signal)).map(({ posId }) => posId)).toEqual([positionRow.posId])
    expect(idsOf(await refill.pendingOrders(signal))).toEqual(['5', '4', '3'])
    const algos = await refill.pendingAlgoOrders(signal)
    expect(algos.map(({ algoId, ordType }) => `${algoId} ${ordType}`)).toEqual([
      '9 conditional',
      '8 conditional',
      '7 conditional',
      '6 move_order_stop',
    ])
    const kinds = requests.map(({ path }) => new URLSearchParams(path.split('?')[1]).get('ordType'))
    expect(new Set(kinds.filter((kind) => kind))).toEqual(new Set(['conditional', 'oco', 'trigger', 'move_order_stop']))
  })

  it('is not filled where one kind cannot be read', async () => {
    const { account } = accountOver(({ path }) => (path.includes('oco') ? envelope('50114') : []))
    const refill = createOkxRefill(candlesOver().okx, account)
    await expect(refill.pendingAlgoOrders(signal)).rejects.toMatchObject({ code: '50114' })
  })

  it('that there is none of fills nothing', async () => {
    await expect(candlesOver().refill.balance(signal)).rejects.toThrow('account')
  })

  it('is no longer read once that was called off', async () => {
    const { refill, requests } = accountRefill()
    const reads = [refill.balance, refill.positions, refill.pendingOrders, refill.pendingAlgoOrders]
    for (const read of reads) await expect(read(AbortSignal.abort(new Error('off')))).rejects.toThrow('off')
    expect(requests).toEqual([])
  })
})
