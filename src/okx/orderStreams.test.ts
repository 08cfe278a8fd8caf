import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import { streamsHouse } from '../testing/streamsFixture.js'
import type { OrderPushPayload } from './accountPayloads.js'
import { toAlgoOrder, toExchangeOrder } from './orderMappers.js'

const arg = { channel: 'orders', instType: 'ANY' }

const order = (ordId: string, uTime: number, changes: Partial<OrderPushPayload> = {}): OrderPushPayload => ({
  instType: 'SWAP',
  instId: 'BTC-USDT-SWAP',
  ordId,
  clOrdId: `cl${ordId}`,
  tag: '',
  tdMode: 'cross',
  side: 'buy',
  posSide: 'net',
  ordType: 'limit',
  sz: '10',
  px: '100',
  tgtCcy: '',
  reduceOnly: 'false',
  lever: '3',
  state: 'live',
  accFillSz: '0',
  avgPx: '',
  fee: '0',
  feeCcy: 'USDT',
  rebate: '0',
  rebateCcy: 'USDT',
  pnl: '0',
  fillPx: '',
  fillSz: '0',
  fillTime: '',
  tradeId: '',
  category: 'normal',
  cancelSource: '',
  algoId: '',
  algoClOrdId: '',
  attachAlgoOrds: [],
  cTime: '1',
  uTime: String(uTime),
  fillFee: '0',
  fillFeeCcy: '',
  execType: '',
  code: '0',
  msg: '',
  amendResult: '',
  reqId: '',
  ...changes,
})
const filled = (ordId: string, uTime: number, tradeId: string, fillSz: string, accFillSz: string) =>
  order(ordId, uTime, {
    state: accFillSz === '10' ? 'filled' : 'partially_filled',
    tradeId,
    fillSz,
    fillPx: '100',
    avgPx: '100',
    accFillSz,
    fillFee: '-0.1',
    fillFeeCcy: 'USDT',
    execType: 'T',
  })

/** As REST tells of it. */
const listed = (row: OrderPushPayload) => toExchangeOrder('ordersPending', row)

async function house() {
  const base = streamsHouse()
  const told: string[] = []
  const vanished: string[] = []
  const stream = base.streams.orders({
    update({ order: { ordId, state, accFillSz }, fill, isMissingFills, isStale, failCode }) {
      const parts = [ordId, state, accFillSz, fill?.tradeId, isMissingFills && 'missing', isStale && 'stale', failCode]
      told.push(parts.filter((part) => part).join(' '))
    },
    vanished: (orders) => vanished.push(...orders.map(({ ordId }) => ordId)),
  })
  await base.timing.pass(100)
  const link = () => base.exchange.last('private')
  const push = (...rows: object[]) => link().push(arg, rows)
  const ids = () => stream.read().value.map(({ ordId }) => ordId)
  return { ...base, stream, told, vanished, link, push, ids }
}

describe('orders', () => {
  it('are told change by change, and known while they are open', async () => {
    const { rest, told, push, ids, stream } = await house()
    await rest.give([])
    push(order('1', 10))
    push(filled('1', 20, 't1', '4', '4'))
    expect(ids()).toEqual(['1'])
    push(filled('1', 30, 't2', '6', '10'))
    expect(told).toEqual(['1 live 0', '1 partially_filled 4 t1', '1 filled 10 t2'])
    expect(stream.read()).toMatchObject({ value: [], isStale: false })
  })

  it('are told once, however often the same is pushed', async () => {
    const { rest, told, push } = await house()
    await rest.give([])
    for (let i = 0; i < 3; i++) push(order('1', 10), filled('1', 20, 't1', '10', '10'))
    expect(told).toEqual(['1 live 0', '1 filled 10 t1'])
  })

  it('of one moment are told apart by what is filled', async () => {
    const { rest, told, push } = await house()
    await rest.give([])
    push(filled('1', 20, 't1', '1', '1'), filled('1', 20, 't2', '2', '3'), filled('1', 20, 't1', '1', '1'))
    expect(told).toEqual(['1 partially_filled 1 t1', '1 partially_filled 3 t2'])
  })

  it('that ended do not come back, but a trade that comes late is told', async () => {
    const { rest, told, push, ids } = await house()
    await rest.give([])
    push(filled('1', 30, 't2', '6', '10'))
    push(filled('1', 20, 't1', '4', '4'))
    push(order('1', 40))
    expect(told).toEqual(['1 filled 10 t2 missing', '1 filled 10 t1'])
    expect(ids()).toEqual([])
  })

  it('miss each trade that was lost once, also behind one that came late', async () => {
    const { rest, told, push } = await house()
    await rest.give([])
    push(filled('1', 30, 't2', '1', '2'))
    push(filled('1', 20, 't1', '1', '1'))
    push(filled('1', 50, 't4', '1', '4'))
    push(filled('1', 60, 't5', '1', '5'))
    push(filled('1', 70, 't7', '3', '10'))
    expect(told).toEqual([
      '1 partially_filled 2 t2 missing',
      '1 partially_filled 2 t1',
      '1 partially_filled 4 t4 missing',
      '1 partially_filled 5 t5',
      '1 filled 10 t7 missing',
    ])
  })

  it('refused something say so with the code', async () => {
    const { rest, told, push } = await house()
    await rest.give([])
    push(order('1', 20, { code: '51503', amendResult: '-1' }))
    expect(told).toEqual(['1 live 0 51503'])
  })

  it('carry their trade as REST would have it, the fee and who made the price', async () => {
    const { rest, timing, exchange, streams } = await house()
    const fills: unknown[] = []
    streams.orders({ update: ({ fill }) => fills.push(fill) })
    await timing.pass(0)
    await rest.give([])
    const trade = filled('1', 20, 't1', '4', '4')
    exchange.last('private').push(arg, [
      { ...trade, execType: 'M', fillTime: '19' },
      { ...trade, uTime: '21', fillSz: '0' },
    ])
    expect(fills).toMatchObject([
      {
        tradeId: 't1',
        fillSz: new Decimal(4),
        fee: new Decimal('-0.1'),
        feeCcy: 'USDT',
        liquidity: 'maker',
        fillTime: 19,
      },
      null,
    ])
  })

  it.each([
    ['filled and not', { state: 'filled', accFillSz: '0' }],
    ['filled at no price', { state: 'filled', accFillSz: '10', avgPx: '' }],
    ['filled beyond their size', { state: 'filled', accFillSz: '11', avgPx: '100' }],
  ] as const)('that contradict themselves are a gap: %s', async (_name, changes) => {
    const { rest, told, push, stream, errors } = await house()
    await rest.give([])
    push(order('1', 10, changes))
    expect(stream.read()).toMatchObject({ isStale: true, reason: 'malformed' })
    expect([told, errors().map(({ channel }) => channel)]).toEqual([[], ['orders']])
  })

  it('that are gone after a gap are told as vanished: how they ended is to be looked up', async () => {
    const { rest, timing, told, vanished, link, push, ids } = await house()
    await rest.give([order('1', 10), order('2', 10), order('3', 10)].map(listed))
    link().cut()
    await timing.pass(3000)
    push(order('4', 50))
    await rest.give([order('2', 10), filled('3', 40, '', '0', '5')].map(listed))
    expect(vanished).toEqual(['1'])
    expect(ids().sort()).toEqual(['2', '3', '4'])
    expect(told.slice(3)).toEqual(['4 live 0 stale', '3 partially_filled 5 missing'])
    // What vanished may still be told of.
    push(filled('1', 60, 't9', '10', '10'))
    expect(told.at(-1)).toBe('1 filled 10 t9')
  })

  it('pushed while REST is asked are not undone by an answer that is older', async () => {
    const { rest, told, vanished, push, stream } = await house()
    push(filled('1', 30, 't1', '10', '10'), filled('2', 30, 't2', '7', '7'))
    await rest.give([order('1', 10), order('2', 10)].map(listed))
    expect(stream.read().value.map(({ ordId, accFillSz }) => `${ordId} ${accFillSz}`)).toEqual(['2 7'])
    expect([told, vanished]).toEqual([['1 filled 10 t1 stale', '2 partially_filled 7 t2 stale'], []])
  })

  it('have their trades told once through an upgrade that brings each twice', async () => {
    const { rest, timing, told, exchange, push } = await house()
    await rest.give([listed(order('1', 10))])
    const [old] = exchange.links
    old.say({ event: 'notice', code: '64008', msg: '', connId: 'x' })
    const sizes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    for (const size of sizes) {
      const row = filled('1', 20 + size, `t${size}`, '1', String(size))
      old.push(arg, [row])
      if (size > 4) push(row)
      await timing.pass(5)
    }
    await timing.pass(10_000)
    expect(told.slice(1)).toEqual(sizes.map((n) => `1 ${n === 10 ? 'filled' : 'partially_filled'} ${n} t${n}`))
    expect(rest.waiting).toEqual([])
  })
})

describe('algo orders', () => {
  const algo = (algoId: string, changes: object = {}) => ({
    actualPx: '0',
    actualSide: '',
    actualSz: '0',
    algoClOrdId: '',
    algoId,
    cTime: '10',
    uTime: '20',
    closeFraction: '',
    failCode: '',
    instId: 'BTC-USDT-SWAP',
    instType: 'SWAP' as const,
    ordId: '',
    ordPx: '',
    ordType: 'conditional',
    posSide: 'net' as const,
    reduceOnly: 'true',
    side: 'sell' as const,
    slOrdPx: '-1',
    slTriggerPx: '90',
    state: 'live' as const,
    sz: '11',
    tag: '',
    tdMode: 'cross',
    tpOrdPx: '',
    tpTriggerPx: '',
    triggerPx: '',
    triggerTime: '',
    ...changes,
  })

  it('come over two channels of the business address, after a login, and are fresh by both', async () => {
    const { streams, timing, exchange, rest } = streamsHouse()
    const told: string[] = []
    const vanished: string[] = []
    const stream = streams.ordersAlgo({
      update: ({ algoId, state }, isStale) => told.push(`${algoId} ${state} ${isStale}`),
      vanished: (orders) => vanished.push(...orders.map(({ algoId }) => algoId)),
    })
    await timing.pass(100)
    const link = exchange.last('business')
    expect(link.frames).toMatchObject([
      { op: 'login' },
      { args: [{ channel: 'orders-algo' }, { channel: 'algo-advance' }] },
    ])
    await rest.give([toAlgoOrder('algosPending', algo('1'))])
    const { uTime, ...trailing } = algo('2', {
      ordType: 'move_order_stop',
      slTriggerPx: '',
      slOrdPx: '',
      callbackRatio: '0.05',
      activePx: '',
      pTime: '30',
    })
    link.push({ channel: 'algo-advance', instType: 'ANY' }, [trailing])
    expect(stream.read().value).toMatchObject([
      { algoId: '1', slTriggerPx: new Decimal(90), slOrdPx: new Decimal(-1), callbackRatio: null },
      { algoId: '2', callbackRatio: new Decimal('0.05'), activePx: null, uTime: 30 },
    ])
    link.push({ channel: 'orders-algo', instType: 'ANY' }, [
      algo('1', { state: 'effective', uTime: '40', ordId: '77' }),
    ])
    link.push({ channel: 'orders-algo', instType: 'ANY' }, [algo('1')])
    expect(told).toEqual(['1 live false', '2 live false', '1 effective false'])
    // Of a kind that we do not place; of a time that is not said.
    link.push({ channel: 'algo-advance', instType: 'ANY' }, [{ ...trailing, algoId: '3', ordType: 'iceberg' }])
    expect([told.length, stream.read().isStale]).toEqual([3, false])
    link.push({ channel: 'algo-advance', instType: 'ANY' }, [{ ...trailing, algoId: '4', pTime: '' }])
    expect([told.length, stream.read().reason]).toEqual([3, 'malformed'])
    link.cut()
    await timing.pass(10_000)
    await rest.give([])
    expect([vanished, stream.read().isStale]).toEqual([['2'], false])
  })
})
