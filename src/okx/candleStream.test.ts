import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { streamsHouse } from '../testing/streamsFixture.js'
import type { CandleTail } from './candleStream.js'
import type { PageCandle } from './mappers.js'
import type { Reading } from './streamTypes.js'

const minute = 60_000
const start = Date.UTC(2026, 0, 1)
const arg = { channel: 'candle1m', instId: 'BTC-USDT' }

/** The i-th minute from the start, as pushed; its state grows with its volume. */
const row = (i: number, confirm: '0' | '1', volume = 10) =>
  [start + i * minute, 100, 101, 99, 100.5, volume, volume * 100, volume * 100].map(String).concat(confirm)
const candle = (i: number, confirmed: boolean, volume = 10): PageCandle => ({
  ts: start + i * minute,
  open: 100,
  high: 101,
  low: 99,
  close: 100.5,
  volume,
  confirmed,
})

/** A stream that knows candles before `lastClosed`, its clock in the minute after it. */
async function house(lastClosed: number | null = -1) {
  const base = streamsHouse(start + 1000)
  const { timing, exchange, streams } = base
  const closed: number[] = []
  const states: string[] = []
  const stream = streams.candles(
    { instId: 'BTC-USDT', bar: '1m', lastClosedTs: lastClosed === null ? null : start + lastClosed * minute },
    {
      closed: ({ ts }) => closed.push((ts - start) / minute),
      changed({ isStale, reason }: Reading<CandleTail>) {
        const state = isStale ? `stale ${reason}` : 'live'
        if (states.at(-1) !== state) states.push(state)
      },
    },
  )
  await timing.pass(100)
  const link = () => exchange.last('business')
  return { ...base, stream, closed, states, link }
}

describe('candles', () => {
  it('begin with what REST has after the last known one, and are stale until then', async () => {
    const { rest, stream, closed, states, link, timing } = await house(-3)
    expect(link().frames.at(-1)).toMatchObject({ op: 'subscribe', args: [arg] })
    expect(rest.waiting).toMatchObject([{ what: 'candles', query: { fromTs: start - 2 * minute, bar: '1m' } }])
    expect(stream.read()).toMatchObject({ isStale: true, reason: 'starting', receivedAt: null })
    link().push(arg, [row(0, '0', 3)])
    expect(stream.read()).toMatchObject({ isStale: true })
    await rest.give([candle(-2, true), candle(-1, true), candle(0, false, 1)])
    expect(closed).toEqual([-2, -1])
    expect(stream.read()).toMatchObject({
      isStale: false,
      staleSince: null,
      receivedAt: timing.clock(),
      value: { lastClosed: { ts: start - minute }, forming: { ts: start, volume: 3 } },
    })
    expect(states.at(-1)).toBe('live')
  })

  it('are closed once each, in order, whatever is pushed twice', async () => {
    const { rest, closed, stream, link } = await house()
    await rest.give([])
    link().push(arg, [row(0, '0', 4)])
    link().push(arg, [row(0, '0', 3)])
    expect(stream.read().value.forming?.volume).toBe(4)
    link().push(arg, [row(0, '1', 5)])
    link().push(arg, [row(0, '1', 5)])
    link().push(arg, [row(0, '0', 4)])
    link().push(arg, [row(1, '0', 1)])
    link().push(arg, [row(1, '1', 2)])
    expect(closed).toEqual([0, 1])
    expect(stream.read()).toMatchObject({ isStale: false, value: { forming: null, lastClosed: { volume: 2 } } })
  })

  it('of a skipped minute are awaited from REST before any after it is told', async () => {
    const { rest, timing, closed, stream, states, link } = await house()
    await rest.give([])
    link().push(arg, [row(2, '0', 1)])
    expect(stream.read()).toMatchObject({ isStale: true, reason: 'missed', staleSince: timing.clock() })
    link().push(arg, [row(2, '1', 9)])
    link().push(arg, [row(3, '0', 1)])
    await timing.pass(2000)
    expect(rest.waiting).toMatchObject([{ query: { fromTs: start } }])
    expect(closed).toEqual([])
    await rest.give([candle(0, true), candle(1, true), candle(2, false, 1)])
    expect(closed).toEqual([0, 1, 2])
    expect(stream.read().value.forming?.ts).toBe(start + 3 * minute)
    expect(states).toEqual(['live', 'stale missed', 'live'])
  })

  it('are joined after a lost connection without a gap and without a double', async () => {
    const { rest, timing, closed, stream, link } = await house()
    await rest.give([candle(0, false)])
    link().push(arg, [row(0, '1')])
    link().cut()
    expect(stream.read()).toMatchObject({ isStale: true, reason: 'disconnected' })
    await timing.pass(1100)
    link().push(arg, [row(3, '0', 1)])
    await timing.pass(1100)
    await rest.give([candle(1, true), candle(2, true)])
    link().push(arg, [row(3, '1')])
    expect(closed).toEqual([0, 1, 2, 3])
  })

  it('stay stale while REST fails or leaves a hole, and REST is asked again', async () => {
    const { rest, timing, closed, stream } = await house()
    await rest.fail()
    expect(stream.read().isStale).toBe(true)
    await timing.pass(1000)
    await rest.give([candle(1, true)])
    expect(closed).toEqual([])
    await timing.pass(2000)
    await rest.give([candle(0, true), candle(1, true)])
    expect(closed).toEqual([0, 1])
    expect(stream.read().isStale).toBe(false)
  })

  it('that the exchange never had are done without, once it has said so three times', async () => {
    const { rest, timing, closed, stream } = await house()
    for (let i = 0; i < 3; i++) {
      expect(closed).toEqual([])
      await rest.give([candle(0, true), candle(3, true)])
      await timing.pass(8000)
    }
    expect(closed).toEqual([0, 3])
    expect(stream.read().isStale).toBe(false)
  })

  it('are not passed over while one that must have closed is not confirmed', async () => {
    const { rest, timing, closed } = await house()
    for (let i = 0; i < 6; i++) {
      await rest.give([candle(0, false), candle(1, false)])
      await timing.pass(60_000)
    }
    expect(closed).toEqual([])
    await rest.give([candle(0, true), candle(1, false)])
    expect(closed).toEqual([0])
  })

  it('are not filled before they are subscribed again, however long that takes', async () => {
    const { rest, timing, exchange, stream, link } = await house()
    await rest.give([candle(0, false)])
    exchange.isReachable = false
    link().cut()
    await timing.pass(80_000)
    expect(rest.waiting).toEqual([])
    expect(stream.read()).toMatchObject({ isStale: true })
    exchange.isReachable = true
    await timing.pass(2 * minute)
    expect(rest.waiting).toHaveLength(1)
  })

  it('that nobody says are closed are asked for', async () => {
    const { rest, timing, closed, stream } = await house()
    await rest.give([candle(0, false)])
    await timing.pass(minute + 3000)
    expect(rest.waiting).toEqual([])
    await timing.pass(2000)
    expect(stream.read()).toMatchObject({ isStale: true, reason: 'missed' })
    await timing.pass(1000)
    await rest.give([candle(0, true), candle(1, false)])
    expect(closed).toEqual([0])
    expect(stream.read().isStale).toBe(false)
  })

  it.each([
    ['a price that is no number', row(0, '0').with(2, 'NaN'), 'data/0/2'],
    ['too few columns', row(0, '0').slice(0, 8), 'data/0'],
    ['a high below its close', row(0, '0').with(2, '100'), 'data/0 candle 1767225600000'],
    ['a time off the grid', row(0, '0').with(0, String(start + 1)), 'data/0 ts'],
  ])('with %s are a gap, logged once with the field', async (_what, wrong, field) => {
    const { rest, timing, stream, states, link, errors } = await house()
    await rest.give([])
    link().push(arg, [wrong])
    link().push(arg, [wrong])
    expect(stream.read()).toMatchObject({ isStale: true, reason: 'malformed' })
    expect(errors()).toMatchObject([{ channel: 'candle1m', field }])
    await timing.pass(4000)
    await rest.give([candle(0, false)])
    expect(states).toEqual(['live', 'stale malformed', 'live'])
  })

  it('with an empty start take whatever REST has', async () => {
    const { rest, closed } = await house(null)
    expect(rest.waiting).toMatchObject([{ query: { fromTs: null } }])
    await rest.give([candle(-3, true), candle(-2, true), candle(-1, true), candle(0, false)])
    expect(closed).toEqual([-3, -2, -1])
  })

  it('stop when closed, and nothing stays behind', async () => {
    const { rest, timing, stream, streams, link } = await house()
    await rest.give([])
    stream.close()
    await timing.pass(100)
    expect(link().frames.at(-1)).toMatchObject({ op: 'unsubscribe' })
    expect(stream.read()).toMatchObject({ isStale: true, reason: 'closed' })
    streams.close()
    expect(timing.pending()).toBe(0)
  })

  it('come out whole and in order however pushes are dropped, doubled and held up', async () => {
    const event = fc.record({
      lost: fc.boolean(),
      twice: fc.boolean(),
      late: fc.boolean(),
      cut: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 25 }), async (events) => {
        const { rest, timing, closed, stream, link } = await house()
        const tail = (fromTs: number) => {
          const now = Math.floor((timing.clock() - start) / minute)
          const known = Array.from({ length: now + 1 }, (_, i) => candle(i, i < now))
          return known.filter(({ ts }) => ts >= fromTs)
        }
        const answerAll = async () => {
          while (rest.waiting.length > 0) await rest.give(tail((rest.waiting[0].query as { fromTs: number }).fromTs))
        }
        await answerAll()
        let held: string[][] = []
        for (const [i, { lost, twice, late, cut }] of events.entries()) {
          await timing.pass(minute)
          if (cut) link().cut()
          if (late) held.push(row(i, '1'))
          else if (!lost) {
            for (let n = 0; n < (twice ? 2 : 1); n++) link().push(arg, [row(i, '1')])
            for (const one of held) link().push(arg, [one])
            held = []
          }
          await timing.pass(1000)
          await answerAll()
        }
        for (let i = 0; i < 10; i++) {
          await timing.pass(minute)
          await answerAll()
        }
        expect(closed).toEqual(Array.from(closed, (_, i) => i))
        expect(closed.length).toBeGreaterThanOrEqual(events.length)
        expect(stream.read().value.lastClosed?.ts).toBe(start + (closed.length - 1) * minute)
      }),
      { numRuns: 40 },
    )
  })
})
