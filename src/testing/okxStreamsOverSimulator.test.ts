import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import type { OrderOutcome } from '../domain/trading/orderOutcome.js'
import type { OrderRequest } from '../domain/trading/orderRequest.js'
import { type StreamsHouse, streamsOverSimulator, uid } from './streamsOverSimulator.js'

const instId = 'BTC-USDT-SWAP'
const swap = { instType: 'SWAP', instId, tdMode: 'cross' } as const

const market = (name: string, sz: number): OrderRequest => {
  const side = sz > 0 ? 'buy' : 'sell'
  return { ...swap, ordType: 'market', side, sz: new Decimal(sz).abs(), clOrdId: name }
}

async function accepted(outcome: Promise<OrderOutcome>): Promise<string> {
  const became = await outcome
  if (became.outcome !== 'accepted') throw new Error(`${became.outcome}: ${became.code}`)
  return became.ordId
}

/** The private streams, and all that they have told. */
async function followed(house: StreamsHouse) {
  const told: string[] = []
  const vanished: string[] = []
  const reasons: (string | null)[] = []
  const fills = new Map<string, Decimal>()
  const orders = house.streams.orders({
    update({ order, fill, isMissingFills }) {
      const name = order.clOrdId
      told.push([name, order.state, `${order.accFillSz}`, ...(isMissingFills ? ['missing'] : [])].join(' '))
      if (!fill) return
      if (fills.has(fill.tradeId)) told.push(`trade ${fill.tradeId} again`)
      fills.set(fill.tradeId, fill.side === 'buy' ? fill.fillSz : fill.fillSz.neg())
    },
    vanished: (rows) => vanished.push(...rows.map(({ clOrdId }) => clOrdId)),
    changed: ({ reason }) => {
      if (reasons.at(-1) !== reason) reasons.push(reason)
    },
  })
  const closed: string[] = []
  const positions = house.streams.positions({ closed: (rows) => closed.push(...rows.map((row) => row.instId)) })
  const account = house.streams.account()
  await house.pass(100)
  const held = () => positions.read().value.map((position) => `${position.instId} ${position.pos}`)
  const staleness = () => [orders, positions, account].map((stream) => stream.read().isStale)
  expect(staleness()).toEqual([false, false, false])
  return { orders, positions, account, told, vanished, reasons, fills, closed, held, staleness }
}

/** A limit order below the market. */
async function rest(house: StreamsHouse, name: string, sz: number): Promise<string> {
  const { last } = await house.okx.ticker(instId)
  const px = last.mul('0.97').toDecimalPlaces(0)
  const request = { ...swap, ordType: 'limit', side: 'buy', sz: new Decimal(sz), px, clOrdId: name } as const
  return accepted(house.account.place(request))
}

describe('what REST does is told', () => {
  it('by the streams of orders, positions and the account, as REST itself tells of it', async () => {
    const house = await streamsOverSimulator()
    const { told, held, orders, positions, account, fills, closed } = await followed(house)
    const before = account.read().value?.totalEq
    const ordId = await accepted(house.account.place(market('open', 5)))
    await rest(house, 'rest', 3)
    await house.quiet()
    expect(told.at(0)).toBe('open live 0')
    expect(told.filter((line) => line.startsWith('open')).at(-1)).toBe('open filled 5')
    expect([held(), told.at(-1)]).toEqual([[`${instId} 5`], 'rest live 0'])
    expect(Decimal.sum(...fills.values()).toNumber()).toBe(5)
    expect(account.read().value?.totalEq).not.toEqual(before)

    const [pending] = await house.account.pendingOrders()
    expect(orders.read().value).toEqual([pending])
    const [position] = await house.account.positions()
    expect(positions.read().value).toMatchObject([{ posId: position.posId, avgPx: position.avgPx, fee: position.fee }])
    const balance = await house.account.balance()
    expect(account.read().value?.details).toEqual(balance.details)
    const read = await house.account.order({ instId, ordId })
    expect(read?.state).toBe('filled')

    await accepted(house.account.place(market('close', -5)))
    await house.quiet()
    expect([held(), closed, told.at(-1)]).toEqual([[], [instId], 'close filled 5'])
  })

  it('of both sides of a swap, the short one below zero, and of coins that were paid for in money', async () => {
    const house = await streamsOverSimulator()
    const { held, told, fills, orders } = await followed(house)
    await house.account.setPositionMode('long_short_mode')
    await accepted(house.account.place({ ...market('up', 3), posSide: 'long' }))
    await accepted(house.account.place({ ...market('down', -2), posSide: 'short' }))
    const money = { ordType: 'market', tgtCcy: 'quote_ccy', sz: new Decimal(100) } as const
    const coins = { instType: 'SPOT', instId: 'BTC-USDT', tdMode: 'cash', side: 'buy', clOrdId: 'coins' } as const
    const ordId = await accepted(house.account.place({ ...coins, ...money }))
    await house.quiet()
    expect(held().sort()).toEqual([`${instId} -2`, `${instId} 3`])
    const bought = await house.account.order({ instId: 'BTC-USDT', ordId })
    expect(told.at(-1)).toBe(`coins filled ${bought?.accFillSz}`)
    expect(Decimal.sum(...fills.values())).toEqual(bought?.accFillSz.plus(1))
    expect([orders.read().value, orders.read().isStale, house.errors()]).toEqual([[], false, []])
  })

  it('of algo orders of both channels', async () => {
    const house = await streamsOverSimulator()
    const told: string[] = []
    const algos = house.streams.ordersAlgo({
      update: ({ ordType, state, isReduceOnly }) => told.push(`${ordType} ${state} ${isReduceOnly}`),
    })
    await house.pass(100)
    await accepted(house.account.place(market('open', 5)))
    const { last } = await house.okx.ticker(instId)
    const protects = { ...swap, side: 'sell', reduceOnly: true, size: { sz: new Decimal(5) } } as const
    const stopLoss = { triggerPx: last.mul('0.9').toDecimalPlaces(0) }
    await house.account.placeAlgo({ ...protects, ordType: 'conditional', stopLoss, algoClOrdId: 'stop' })
    const callback = { ratio: new Decimal('0.05') }
    const trailing = { ...protects, ordType: 'move_order_stop', callback, algoClOrdId: 'trail' } as const
    const trail = await house.account.placeAlgo(trailing)
    await house.quiet()
    expect(told).toEqual(['conditional live true', 'move_order_stop live true'])
    expect(algos.read()).toMatchObject({
      isStale: false,
      value: [{ slTriggerPx: stopLoss.triggerPx }, { callbackRatio: callback.ratio, sz: new Decimal(5) }],
    })
    if (trail.outcome !== 'accepted') throw new Error(trail.code)
    await house.account.cancelAlgos([{ instId, algoId: trail.algoId }])
    await house.quiet()
    expect([told.at(-1), algos.read().value.length]).toEqual(['move_order_stop canceled true', 1])
  })
})

it('an order whose answer was lost is told of by its id, and a cancel that came twice once', async () => {
  const house = await streamsOverSimulator()
  const { told, held, fills } = await followed(house)
  const { faults } = house.simulator
  faults.inject({ endpoint: 'POST /api/v5/trade/order', count: 1, fault: { kind: 'drop', when: 'after' } })
  expect(await house.account.place(market('lost', 2))).toMatchObject({ outcome: 'unknown' })
  await house.quiet()
  expect([told.at(-1), held()]).toEqual(['lost filled 2', [`${instId} 2`]])
  faults.inject({ endpoint: 'POST /api/v5/trade/cancel-order', count: 1, fault: { kind: 'duplicate' } })
  await rest(house, 'rest', 1)
  await accepted(house.account.cancel({ instId, clOrdId: 'rest' }))
  await house.quiet()
  expect(told.filter((line) => line.startsWith('rest'))).toEqual(['rest live 0', 'rest canceled 0'])
  expect(Decimal.sum(...fills.values()).toNumber()).toBe(2)
})

it('a position that is liquidated is told of as closed, and its order as forced', async () => {
  const house = await streamsOverSimulator()
  const { held, closed } = await followed(house)
  const forced: string[] = []
  house.streams.orders({ update: ({ order }) => forced.push(`${order.category} ${order.state}`) })
  await house.pass(100)
  await accepted(house.account.place(market('open', 5)))
  await house.quiet()
  forced.splice(0)
  house.simulator.faults.liquidate(uid, instId)
  await house.quiet()
  expect([held(), closed, forced.at(-1)]).toEqual([[], [instId], 'full_liquidation filled'])
})

describe('sockets that were cut', () => {
  it('leave nothing lost or told twice: what ended meanwhile is told as vanished, and is looked up', async () => {
    const house = await streamsOverSimulator()
    const { told, vanished, held, reasons, fills, staleness, account } = await followed(house)
    for (const [name, sz] of [
      ['full', 2],
      ['gone', 3],
      ['part', 4],
      ['idle', 1],
    ] as const) {
      await rest(house, name, sz)
    }
    house.simulator.faults.fillPart(uid, 'part', '1')
    await house.quiet()
    expect(told.at(-1)).toBe('part partially_filled 1')

    house.simulator.faults.cutSockets('private')
    await house.quiet()
    expect([staleness(), reasons.at(-1)]).toEqual([[true, true, true], 'disconnected'])
    house.simulator.faults.fillPart(uid, 'full', '2')
    house.simulator.faults.fillPart(uid, 'part', '2')
    await accepted(house.account.cancel({ instId, clOrdId: 'gone' }))
    await accepted(house.account.place(market('blind', 7)))
    const toldBefore = told.length
    await house.quiet()
    expect([told.length, held()]).toEqual([toldBefore, [`${instId} 1`]])

    await house.pass(10_000)
    expect([staleness(), house.connected('private')]).toEqual([[false, false, false], 2])
    expect(told.slice(toldBefore)).toEqual(['part partially_filled 3 missing'])
    expect(vanished.sort()).toEqual(['full', 'gone'])
    expect(held()).toEqual([`${instId} 12`])
    expect(account.read().value?.details).toEqual((await house.account.balance()).details)
    const states = await Promise.all(
      ['full', 'gone', 'blind'].map((name) => house.account.order({ instId, clOrdId: name })),
    )
    expect(states.map((order) => `${order?.state} ${order?.accFillSz}`)).toEqual(['filled 2', 'canceled 0', 'filled 7'])

    // The trades that were told and those that REST has are the same in the end.
    house.simulator.faults.fillPart(uid, 'part', '1')
    await house.quiet()
    expect(told.at(-1)).toBe('part filled 4')
    const all = new Set<string>()
    for await (const page of house.account.fills({ instType: 'SWAP', from: 'days' })) {
      for (const { tradeId } of page) all.add(tradeId)
    }
    expect([...fills.keys()].filter((tradeId) => !all.has(tradeId))).toEqual([])
    expect([fills.size, all.size >= 5]).toEqual([2, true])
  })

  it('again and again are filled each time, with growing pauses', async () => {
    const house = await streamsOverSimulator()
    const { staleness, held, told } = await followed(house)
    for (let i = 1; i <= 4; i++) {
      house.simulator.faults.cutSockets()
      await house.quiet()
      await accepted(house.account.place(market(`cut${i}x`, 1)))
      await house.pass(40_000)
      expect([staleness(), held()]).toEqual([[false, false, false], [`${instId} ${i}`]])
    }
    expect(told).toEqual([])
  })

  it('before a filling was over are filled anew', async () => {
    const house = await streamsOverSimulator()
    const { staleness, held } = await followed(house)
    house.simulator.faults.cutSockets()
    await house.quiet()
    const reads = ['account/balance', 'account/positions', 'trade/orders-pending']
    for (const path of reads) {
      house.simulator.faults.inject({
        endpoint: `GET /api/v5/${path}`,
        count: 1,
        fault: { kind: 'answer', when: 'before', status: 503, code: '50001' },
      })
    }
    await accepted(house.account.place(market('blind', 2)))
    await house.pass(1000)
    house.simulator.faults.cutSockets()
    await house.pass(20_000)
    expect([staleness(), held(), house.simulator.faults.struck]).toEqual([[false, false, false], [`${instId} 2`], 3])
  })
})

it('silent sockets are noticed, and what happened in the silence is made up for', async () => {
  const house = await streamsOverSimulator()
  const { staleness, reasons, held, vanished } = await followed(house)
  await rest(house, 'rest', 1)
  await house.pass(100)
  house.goSilent()
  house.simulator.faults.fillPart(uid, 'rest', '1')
  await house.pass(29_000)
  expect(staleness()).toEqual([false, false, false])
  await house.pass(6000)
  expect([staleness(), reasons.at(-1)]).toEqual([[true, true, true], 'silent'])
  house.speakAgain()
  await house.pass(30_000)
  expect([staleness(), held(), vanished]).toEqual([[false, false, false], [`${instId} 1`], ['rest']])
})

it('an upgrade of the exchange is lived through without a gap, but on the business socket, which gets no warning', async () => {
  const house = await streamsOverSimulator()
  const { staleness, reasons, told, held } = await followed(house)
  const algoReasons: (string | null)[] = []
  const algos = house.streams.ordersAlgo({ changed: ({ reason }) => algoReasons.push(reason) })
  await house.pass(100)
  house.simulator.faults.notice()
  await house.quiet()
  await accepted(house.account.place(market('early', 1)))
  await house.pass(1000)
  expect(house.connected('private')).toBe(2)
  await accepted(house.account.place(market('both', 1)))
  await house.pass(20_000)
  await accepted(house.account.place(market('late', 1)))
  await house.pass(60_000)
  expect([staleness(), held(), reasons.filter((reason) => reason !== null)]).toEqual([
    [false, false, false],
    [`${instId} 3`],
    [],
  ])
  expect(told.filter((line) => line.includes('filled 1'))).toEqual(['early filled 1', 'both filled 1', 'late filled 1'])
  expect([house.connected('private'), house.connected('business')]).toEqual([2, 2])
  expect([algoReasons.filter((reason) => reason !== null), algos.read().isStale]).toEqual([['disconnected'], false])
})

it('an exchange that begins anew is connected to again, and has all it had', async () => {
  const house = await streamsOverSimulator()
  const { staleness, held, orders, vanished } = await followed(house)
  await accepted(house.account.place(market('open', 5)))
  await rest(house, 'rest', 3)
  await house.quiet()
  await house.simulator.faults.restart()
  await house.quiet()
  expect(staleness()).toEqual([true, true, true])
  await house.pass(20_000)
  expect([staleness(), held(), vanished]).toEqual([[false, false, false], [`${instId} 5`], []])
  expect(orders.read().value.map(({ clOrdId }) => clOrdId)).toEqual(['rest'])
})

it('a clock that the exchange has moved is read again before the next login', async () => {
  const house = await streamsOverSimulator()
  const { staleness } = await followed(house)
  const timesRead = () => house.asked.filter((path) => path === 'public/time').length
  const before = timesRead()
  house.simulator.faults.skewClock(120_000)
  house.simulator.faults.cutSockets()
  await house.pass(30_000)
  expect([staleness(), timesRead() - before]).toEqual([[false, false, false], 1])
})

it('a wrong key is told of once, and nothing more is tried', async () => {
  const house = await streamsOverSimulator({ passphrase: 'Not-The-One' })
  const reasons: (string | null)[] = []
  const positions = house.streams.positions({ changed: ({ reason }) => reasons.push(reason) })
  await house.pass(600_000)
  expect([positions.read().reason, reasons, house.connected('private')]).toEqual(['refused', ['refused'], 1])
  expect(house.errors()).toHaveLength(1)
  expect(house.errors().join()).not.toContain('Not-The-One')
})
