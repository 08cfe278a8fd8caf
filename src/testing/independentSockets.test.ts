import { describe, expect, it } from 'vitest'
import { startIndependent, startTs } from './independentClient.js'

const instId = 'BTC-USDT-SWAP'
const market = { instId, tdMode: 'cross', ordType: 'market', sz: '10' } as const
const minuteMs = 60_000

const account = { channel: 'account' } as const
const positions = { channel: 'positions', instType: 'ANY' } as const
const orders = { channel: 'orders', instType: 'ANY' } as const
const algos = { channel: 'orders-algo', instType: 'ANY' } as const

describe("another client's sockets hear of", () => {
  it('prices, as they change', async () => {
    const { rest, socket, pass } = await startIndependent()
    const { next } = socket('public', [{ channel: 'tickers', instId }])
    const [first] = await next('tickers')
    expect(first).toMatchObject({ instId, ts: String(startTs) })
    pass(10_000)
    const [second] = await next('tickers')
    expect(second).toEqual((await rest.getTicker({ instId }))[0])
  })

  it('candles, until they are closed', async () => {
    const { socket, pass } = await startIndependent()
    const { next } = socket('business', [{ channel: 'candle1m', instId: 'BTC-USDT' }])
    const ts = String(Math.floor(startTs / minuteMs) * minuteMs)
    expect(await next('candle1m')).toMatchObject([{ 0: ts, 8: '0' }])
    pass(20_000)
    expect(await next('candle1m')).toMatchObject([{ 0: ts, 8: '0' }])
    pass(20_000)
    expect(await next('candle1m')).toMatchObject([{ 0: ts, 8: '1' }])
    expect(await next('candle1m')).toMatchObject([{ 0: String(Number(ts) + minuteMs), 8: '0' }])
  })

  it('what its orders did: to orders, positions and the account', async () => {
    const { rest, socket } = await startIndependent()
    const { next, until } = socket('private', [account, positions, orders])
    expect(await next('account')).toMatchObject([{ details: [{ ccy: 'USDT', cashBal: '100000' }, { ccy: 'BTC' }] }])
    expect(await next('positions')).toEqual([])

    await rest.submitOrder({ ...market, side: 'buy', clOrdId: 'push1' })
    const [filled] = await until('orders', ({ state }) => state === 'filled')
    expect(filled).toMatchObject({ clOrdId: 'push1', fillSz: '10', execType: 'T', fillFeeCcy: 'USDT' })
    expect(await next('positions')).toMatchObject([{ instId, pos: '10', avgPx: filled.avgPx }])
    const cash = 100_000 + Number(filled.fee)
    expect(await next('account')).toMatchObject([{ details: [{ ccy: 'USDT', cashBal: String(cash) }, { ccy: 'BTC' }] }])

    await rest.closePositions({ instId, mgnMode: 'cross' })
    expect(await until('orders', ({ state }) => state === 'filled')).toMatchObject([{ side: 'sell', accFillSz: '10' }])
    expect(await until('positions', ({ pos }) => pos === '0')).toMatchObject([{ instId }])
  })

  it('limits: placed, changed, filled in part, cancelled', async () => {
    const { rest, socket, simulator } = await startIndependent()
    const { next } = socket('private', [orders, account])
    // From here on it is subscribed to both.
    await next('account')
    const [{ last }] = await rest.getTicker({ instId })
    const limit = { ...market, ordType: 'limit', px: (Number(last) * 0.99).toFixed(0), clOrdId: 'limit1' } as const
    await rest.submitOrder({ ...limit, side: 'buy' })
    expect(await next('orders')).toMatchObject([{ clOrdId: 'limit1', state: 'live', accFillSz: '0' }])
    await rest.amendOrder({ instId, clOrdId: 'limit1', newSz: '12', reqId: 'r1' })
    expect(await next('orders')).toMatchObject([{ sz: '12', amendResult: '0', reqId: 'r1' }])
    simulator.faults.fillPart('1', 'limit1', '5')
    expect(await next('orders')).toMatchObject([{ state: 'partially_filled', fillSz: '5', execType: 'M' }])
    await rest.cancelOrder({ instId, clOrdId: 'limit1' })
    expect(await next('orders')).toMatchObject([{ state: 'canceled', accFillSz: '5' }])
  })

  it('algo orders, from their placing to what becomes of them', async () => {
    const { rest, socket, pass } = await startIndependent()
    const { next } = socket('business', [algos, { channel: 'candle1m', instId }])
    // From here on it is subscribed to both.
    await next('candle1m')
    await rest.submitOrder({ ...market, side: 'buy' })
    const [{ last }] = await rest.getTicker({ instId })
    const [sl, tp] = [-1, 1].map((away) => (Number(last) + away).toFixed(1))
    const legs = { slTriggerPx: sl, slOrdPx: '-1', tpTriggerPx: tp, tpOrdPx: '-1' }
    const exit = { ...market, ordType: 'oco', side: 'sell', reduceOnly: true, ...legs } as const
    const [{ algoId }] = await rest.placeAlgoOrder(exit)
    expect(await next('orders-algo')).toMatchObject([{ algoId, state: 'live', ...legs }])
    pass(20_000)
    const [gone] = await next('orders-algo')
    expect(gone).toMatchObject({ algoId, state: 'effective', actualSide: expect.stringMatching(/^(sl|tp)$/) })
    expect(await rest.getOrderDetails({ instId, ordId: String(gone.ordId) })).toMatchObject([
      { algoId, state: 'filled' },
    ])
  })
})

describe("another client's sockets", () => {
  it.each(['private', 'business'] as const)('are refused with a wrong secret: %s', async (kind) => {
    const { socket } = await startIndependent()
    const { told } = socket(kind, kind === 'private' ? [account] : [algos], { secretKey: 'X'.repeat(32) })
    expect(await told('exception')).toMatchObject({ event: 'error', code: '60007' })
  })

  it.each([
    ['have been cut off', 'cutSockets'],
    ['are told to go', 'notice'],
  ] as const)('come back and log in again when they %s', async (_what, fault) => {
    const { rest, socket, simulator } = await startIndependent()
    const { told, next } = socket('private', [positions])
    expect(await next('positions')).toEqual([])
    await rest.submitOrder({ ...market, side: 'buy' })
    expect(await next('positions')).toMatchObject([{ pos: '10' }])
    const again = told('authenticated')
    simulator.faults[fault]()
    await again
    expect(await next('positions')).toMatchObject([{ instId, pos: '10' }])
  })
})
