import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import { streamsHouse } from '../testing/streamsFixture.js'
import { toPosition } from './accountMappers.js'
import type { PositionPayload } from './accountPayloads.js'

const positionsArg = { channel: 'positions', instType: 'ANY' }
const accountArg = { channel: 'account' }

function position(posId: string, uTime: number, changes: Partial<PositionPayload & { pTime: string }> = {}) {
  return {
    posId,
    instId: `COIN${posId}-USDT-SWAP`,
    instType: 'SWAP' as const,
    mgnMode: 'cross' as const,
    posSide: 'net' as const,
    pos: '-1.5',
    avgPx: '100',
    markPx: '101',
    liqPx: '',
    lever: '3',
    upl: '-1.5',
    uplRatio: '-0.03',
    margin: '',
    imr: '50',
    mmr: '1',
    mgnRatio: '9',
    notionalUsd: '151.5',
    adl: '1',
    bePx: '99.9',
    pnl: '0',
    fee: '-0.1',
    fundingFee: '0',
    liqPenalty: '0',
    realizedPnl: '-0.1',
    ccy: 'USDT',
    cTime: '1',
    uTime: String(uTime),
    ...changes,
  }
}

/** As REST tells of it. */
const told = (row: PositionPayload) => toPosition('positions', row)

async function positionsHouse() {
  const base = streamsHouse()
  const closed: string[] = []
  let changes = 0
  const stream = base.streams.positions({
    changed: () => changes++,
    closed: (rows) => closed.push(...rows.map(({ posId }) => posId)),
  })
  await base.timing.pass(100)
  const link = () => base.exchange.last('private')
  const ids = () => stream.read().value.map(({ posId }) => posId)
  const snapshot = (rows: object[], curPage = 1, lastPage = true) =>
    link().push(positionsArg, rows, { eventType: 'snapshot', curPage, lastPage })
  const event = (...rows: object[]) => link().push(positionsArg, rows, { eventType: 'event_update' })
  return { ...base, stream, closed, link, ids, snapshot, event, changes: () => changes }
}

describe('positions', () => {
  it('are fresh once REST has filled them', async () => {
    const { stream, rest, snapshot, timing } = await positionsHouse()
    snapshot([position('1', 10)])
    expect(stream.read()).toMatchObject({ isStale: true, reason: 'starting', value: [{ posId: '1' }] })
    await rest.give([told(position('1', 10))])
    const [one] = stream.read().value
    expect(stream.read()).toMatchObject({ isStale: false, staleSince: null, reason: null, receivedAt: timing.clock() })
    expect([one.pos, one.upl, one.liqPx]).toEqual([new Decimal('-1.5'), new Decimal('-1.5'), null])
  })

  it('of the short side are below zero, as REST tells of them', async () => {
    const { rest, stream, event } = await positionsHouse()
    await rest.give([told(position('1', 10, { posSide: 'short', pos: '2' }))])
    event(position('1', 20, { posSide: 'short', pos: '3' }))
    expect(stream.read().value.map(({ pos }) => pos.toFixed())).toEqual(['-3'])
    event(position('2', 20, { posSide: 'short', pos: '-3' }))
    expect(stream.read()).toMatchObject({ isStale: true, reason: 'malformed' })
  })

  it('of a snapshot are put together from its pages, and those missing from it are closed', async () => {
    const { rest, closed, ids, snapshot } = await positionsHouse()
    await rest.give([position('1', 10), position('2', 10), position('3', 10)].map(told))
    snapshot([position('1', 10)], 1, false)
    expect(ids()).toEqual(['1', '2', '3'])
    snapshot([position('3', 10)], 2, true)
    expect(ids()).toEqual(['1', '3'])
    expect(closed).toEqual(['2'])
    snapshot([])
    expect([ids(), closed]).toEqual([[], ['2', '1', '3']])
  })

  it('opened between two pages of a snapshot are not closed by it', async () => {
    const { rest, closed, ids, snapshot, event } = await positionsHouse()
    await rest.give([])
    snapshot([position('1', 10)], 1, false)
    event(position('9', 20))
    snapshot([position('2', 10)], 2, true)
    expect([ids().sort(), closed]).toEqual([['1', '2', '9'], []])
  })

  it('of a snapshot with a page missing are a gap', async () => {
    const { rest, timing, stream, snapshot, ids } = await positionsHouse()
    await rest.give([told(position('1', 10))])
    snapshot([position('2', 10)], 1, false)
    snapshot([position('3', 10)], 3, true)
    expect(stream.read()).toMatchObject({ isStale: true, reason: 'missed' })
    await timing.pass(2000)
    await rest.give([position('1', 10), position('2', 10), position('3', 10)].map(told))
    expect([stream.read().isStale, ids().sort()]).toEqual([false, ['1', '2', '3']])
  })

  it('of which nothing is left are closed, and do not come back with an older message', async () => {
    const { rest, closed, ids, event } = await positionsHouse()
    await rest.give([told(position('1', 10))])
    event(position('1', 20, { pos: '0' }))
    event(position('1', 15))
    event(position('1', 20, { pos: '0' }))
    expect([ids(), closed]).toEqual([[], ['1']])
  })

  it('follow the mark though its time is not that of a change, and never back', async () => {
    const { rest, stream, event } = await positionsHouse()
    await rest.give([])
    const marks = [
      ['101', '100'],
      ['102', '200'],
      ['101', '100'],
    ]
    for (const [markPx, pTime] of marks) event(position('1', 10, { markPx, pTime }))
    expect(stream.read().value[0].markPx).toEqual(new Decimal(102))
  })

  it('are stale after a lost connection, until REST has answered to it', async () => {
    const { rest, timing, stream, link, ids, closed } = await positionsHouse()
    await rest.give([position('1', 10), position('2', 10)].map(told))
    const lostAt = timing.clock()
    link().cut()
    expect(stream.read()).toMatchObject({ isStale: true, reason: 'disconnected', staleSince: lostAt })
    await timing.pass(3000)
    expect(rest.waiting).toMatchObject([{ what: 'positions' }])
    expect(stream.read()).toMatchObject({ isStale: true, staleSince: lostAt })
    await rest.give([told(position('2', 10))])
    expect([stream.read().isStale, ids(), closed]).toEqual([false, ['2'], ['1']])
  })

  it('pushed while REST is asked are merged: never an older one over a newer one', async () => {
    const { rest, stream, ids, event } = await positionsHouse()
    event(position('1', 30, { pos: '3' }), position('2', 30, { pos: '0' }), position('3', 30))
    await rest.give([position('1', 20, { pos: '2' }), position('2', 20), position('4', 5)].map(told))
    expect(ids().sort()).toEqual(['1', '3', '4'])
    expect(stream.read().value.find(({ posId }) => posId === '1')?.pos).toEqual(new Decimal(3))
  })

  it('are not fresh by an answer that was asked for before the next gap', async () => {
    const { rest, timing, stream, link } = await positionsHouse()
    const [{ signal }] = rest.waiting
    link().cut()
    expect(signal.aborted).toBe(true)
    await timing.pass(5000)
    await rest.giveLate([told(position('1', 10))])
    expect(stream.read()).toMatchObject({ isStale: true, value: [] })
    await rest.give([])
    expect(stream.read().isStale).toBe(false)
  })

  it('that cannot be read are a gap, told once with the field and without the account', async () => {
    const { rest, timing, stream, event, errors, printed } = await positionsHouse()
    await rest.give([])
    event(position('1', 10, { pos: 'much' }))
    event(position('1', 10, { pos: '' }))
    expect(stream.read()).toMatchObject({ isStale: true, reason: 'malformed', value: [] })
    expect(errors()).toMatchObject([{ channel: 'positions', field: 'data/0/pos' }])
    for (const secret of ['key-4711', 'secret-0815', 'pass-phrase-9', '"44"']) {
      expect(printed.filter((line) => line.includes(secret))).toEqual([])
    }
    await timing.pass(4000)
    await rest.give([told(position('1', 10))])
    expect(stream.read().isStale).toBe(false)
  })

  it('go stale by silence, before the connection is given up', async () => {
    const { rest, timing, stream, exchange } = await positionsHouse()
    await rest.give([])
    exchange.answer = () => null
    await timing.pass(29_000)
    expect(stream.read().isStale).toBe(false)
    await timing.pass(2000)
    expect(stream.read()).toMatchObject({ isStale: true, reason: 'silent' })
  })

  it('are stale at once where the machine slept', async () => {
    const { rest, timing, stream } = await positionsHouse()
    await rest.give([])
    timing.sleep(3_600_000)
    expect(stream.read()).toMatchObject({ isStale: true, reason: 'silent' })
  })

  it('are not mixed of the pages that two connections send during an upgrade', async () => {
    const { rest, timing, exchange, streams, snapshot, ids, closed, stream } = await positionsHouse()
    await rest.give([position('1', 10), position('2', 10)].map(told))
    streams.orders()
    await timing.pass(100)
    await rest.give([])
    const [old] = exchange.links
    exchange.answer = (frame, link) => {
      // The new connection has its positions, but not all: the old one still counts.
      if (link === old || frame === 'ping' || frame.op !== 'subscribe') return undefined
      return { event: 'subscribe', arg: positionsArg }
    }
    old.say({ event: 'notice', code: '64008', msg: '', connId: 'x' })
    await timing.pass(100)
    const page = (curPage: number) => ({ eventType: 'snapshot', curPage, lastPage: curPage === 2 })
    old.push(positionsArg, [position('1', 10)], page(1))
    snapshot([position('1', 10)], 1, false)
    old.push(positionsArg, [position('3', 10)], page(2))
    expect([ids(), closed]).toEqual([['1', '2'], []])
    snapshot([position('2', 10)], 2, true)
    expect([ids(), closed, stream.read().isStale]).toEqual([['1', '2'], [], false])
  })

  it('go through an upgrade without a gap, and without being told twice', async () => {
    const { rest, timing, stream, exchange, event, snapshot, ids, closed } = await positionsHouse()
    await rest.give([told(position('1', 10))])
    const [old] = exchange.links
    old.say({ event: 'notice', code: '64008', msg: '', connId: 'x' })
    await timing.pass(100)
    const fresh = exchange.last('private')
    expect(fresh).not.toBe(old)
    snapshot([position('1', 10), position('2', 20)])
    // The old connection is behind: what it takes for everything lacks the second.
    old.push(positionsArg, [position('1', 10)], { eventType: 'snapshot', curPage: 1, lastPage: true })
    old.push(positionsArg, [position('1', 30, { pos: '0' })], { eventType: 'event_update' })
    event(position('1', 30, { pos: '0' }))
    expect([ids(), closed, stream.read().isStale]).toEqual([['2'], ['1'], false])
    await timing.pass(60_000)
    expect(rest.waiting).toEqual([])
  })

  it('whose login is refused are stale for good, and say so', async () => {
    const { timing, exchange, streams } = streamsHouse()
    exchange.answer = () => ({ event: 'error', code: '60032', msg: "API key doesn't exist" })
    const reasons: (string | null)[] = []
    const stream = streams.positions({ changed: ({ reason }) => reasons.push(reason) })
    await timing.pass(100)
    expect(stream.read()).toMatchObject({ isStale: true, reason: 'refused' })
    expect(reasons).toEqual(['refused'])
    const later = streams.account({ changed: ({ reason }) => reasons.push(reason) })
    await timing.pass(0)
    expect(later.read()).toMatchObject({ isStale: true, reason: 'refused', value: null })
    expect(reasons).toEqual(['refused', 'refused'])
  })

  it('of a stream that is opened when others have the channel are filled by REST too', async () => {
    const { rest, timing, streams, link, event, ids } = await positionsHouse()
    await rest.give([])
    const second = streams.positions()
    await timing.pass(0)
    await rest.give([told(position('1', 10))])
    event(position('2', 10))
    expect(second.read().value.map(({ posId }) => posId)).toEqual(['1', '2'])
    expect(second.read().isStale).toBe(false)
    second.close()
    await timing.pass(100)
    expect(link().frames.filter((frame) => frame !== 'ping')).toHaveLength(2)
    expect(ids()).toEqual(['2'])
  })

  it('tell a listener that fails nothing of it', async () => {
    const { timing, rest, streams, errors } = streamsHouse()
    const stream = streams.positions({
      changed() {
        throw new Error('my own fault')
      },
    })
    await timing.pass(100)
    await rest.give([])
    expect(stream.read().isStale).toBe(false)
    expect(errors()).toMatchObject([{ err: { message: 'my own fault' } }])
  })
})

describe('the account', () => {
  const detail = (ccy: string, eq: string, uTime: number) => ({
    ccy,
    eq,
    cashBal: eq,
    availBal: eq,
    availEq: '',
    frozenBal: '0',
    ordFrozen: '0',
    upl: '0',
    eqUsd: eq,
    disEq: eq,
    uTime: String(uTime),
  })
  const totals = (totalEq: string, uTime: number) => ({
    uTime: String(uTime),
    totalEq,
    adjEq: '',
    imr: '',
    mmr: '',
    mgnRatio: '',
  })

  it('keeps what an event does not tell of, and loses what a snapshot lacks', async () => {
    const { streams, timing, rest, exchange } = streamsHouse()
    const stream = streams.account()
    await timing.pass(100)
    expect(stream.read()).toMatchObject({ value: null, isStale: true })
    const say = (eventType: string, row: object) =>
      exchange.last('private').push(accountArg, [row], { eventType, curPage: 1, lastPage: true })
    say('snapshot', { ...totals('300', 10), details: [detail('USDT', '100', 10), detail('BTC', '2', 10)] })
    const pushed = stream.read().value
    if (!pushed) throw new Error('nothing came in')
    await rest.give({ ...pushed, totalEq: new Decimal(1), uTime: 5, details: [] })
    const known = () => stream.read().value?.details.map(({ ccy, eq, availEq }) => `${ccy} ${eq} ${availEq}`)
    expect(known()).toEqual(['USDT 100 null', 'BTC 2 null'])
    expect(stream.read().value?.totalEq).toEqual(new Decimal(300))
    say('event_update', { ...totals('310', 20), details: [detail('USDT', '110', 20), detail('BTC', '2', 10)] })
    say('event_update', { ...totals('300', 15), details: [detail('USDT', '105', 15)] })
    expect(stream.read()).toMatchObject({ isStale: false, value: { totalEq: new Decimal(310) } })
    expect(known()).toEqual(['USDT 110 null', 'BTC 2 null'])
    say('snapshot', { ...totals('110', 30), details: [detail('USDT', '110', 20)] })
    expect(known()).toEqual(['USDT 110 null'])
  })
})

it('private streams need credentials', () => {
  const { streams } = streamsHouse(undefined, false)
  expect(() => streams.account()).toThrow('credentials')
})
