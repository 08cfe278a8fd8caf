import { describe, expect, it } from 'vitest'
import type { Candle } from '../domain/candles.js'
import { streamsOverSimulator } from './streamsOverSimulator.js'

const instId = 'BTC-USDT-SWAP'

it('quotes go on after a cut, and are stale until then', async () => {
  const house = await streamsOverSimulator()
  const tickers = house.streams.tickers([instId, 'BTC-USDT'])
  const marks = house.streams.markPrice([instId])
  const read = () => [tickers.read(instId), tickers.read('BTC-USDT'), marks.read(instId)]
  await house.pass(2000)
  expect(read().map(({ isStale }) => isStale)).toEqual([false, false, false])
  expect(tickers.read(instId).value).toEqual(await house.okx.ticker(instId))
  expect(marks.read(instId).value?.markPx).toEqual(await house.okx.markPrice(instId))
  house.simulator.faults.cutSockets('public')
  await house.quiet()
  expect(read().map(({ reason }) => reason)).toEqual(Array(3).fill('disconnected'))
  await house.pass(10_000)
  expect(read().map(({ isStale }) => isStale)).toEqual([false, false, false])
  expect(tickers.read(instId).value).toEqual(await house.okx.ticker(instId))
})

describe('candles', () => {
  const minuteMs = 60_000

  async function candles() {
    const house = await streamsOverSimulator()
    const closed: Candle[] = []
    const lastClosedTs = Math.floor(house.timing.clock() / minuteMs) * minuteMs - 3 * minuteMs
    const stream = house.streams.candles({ instId, bar: '1m', lastClosedTs }, { closed: (row) => closed.push(row) })
    await house.pass(100)
    /** Every candle since, once and in order; the newest as REST has them. */
    const agree = async () => {
      expect(closed.map(({ ts }) => ts)).toEqual(closed.map((_candle, i) => lastClosedTs + (i + 1) * minuteMs))
      const rows = await house.okx.candles({ instId, bar: '1m', limit: 300 })
      const expected = rows.filter(({ ts, confirmed }) => confirmed && ts > lastClosedTs).reverse()
      expect(closed.slice(-expected.length)).toEqual(expected.map(({ confirmed, ...candle }) => candle))
    }
    return { house, closed, stream, agree }
  }

  it('are told one after the other as they close, as REST has them', async () => {
    const { house, closed, stream, agree } = await candles()
    expect([stream.read().isStale, closed.length]).toEqual([false, 2])
    await house.pass(5 * minuteMs)
    expect([stream.read().isStale, closed.length]).toEqual([false, 7])
    expect(stream.read().value.forming?.ts).toBe(Math.floor(house.timing.clock() / minuteMs) * minuteMs)
    await agree()
  })

  it('join without a gap across a cut, however long', async () => {
    const { house, closed, stream, agree } = await candles()
    for (const awayMs of [500, 90_000, 400 * minuteMs]) {
      house.simulator.faults.cutSockets('business')
      await house.quiet()
      expect(stream.read()).toMatchObject({ isStale: true, reason: 'disconnected' })
      house.timing.sleep(awayMs)
      await house.pass(20_000)
      expect(stream.read().isStale).toBe(false)
    }
    await house.pass(minuteMs)
    expect(closed.length).toBeGreaterThan(400)
    await agree()
  })

  it('that closed in a silence are told in order when it is over', async () => {
    const { house, closed, stream, agree } = await candles()
    house.goSilent()
    await house.pass(3 * minuteMs)
    expect([stream.read().isStale, closed.length]).toEqual([true, 2])
    house.speakAgain()
    await house.pass(minuteMs)
    expect(stream.read().isStale).toBe(false)
    await agree()
  })
})
