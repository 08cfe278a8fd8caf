import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Counted, claimsOf, createRateLimits } from './rateLimits.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Most calls in any two seconds. */
function busiest(times: readonly number[]): number {
  return Math.max(...times.map((start) => times.filter((t) => t >= start && t < start + 2000).length))
}

describe('rate limits', () => {
  it('let no two seconds see more calls than documented, and lose none', async () => {
    const limited = createRateLimits(1)
    const times: number[] = []
    const calls = Array.from({ length: 65 }, () => limited('ticker', {}, async () => times.push(Date.now())))
    await vi.advanceTimersByTimeAsync(10_000)
    await Promise.all(calls)
    expect(times).toHaveLength(65)
    expect(busiest(times)).toBe(20)
  })

  it('hold for bursts, wherever those begin', async () => {
    const limited = createRateLimits(1)
    const times: number[] = []
    const burst = (size: number) => {
      for (let i = 0; i < size; i++) void limited('ticker', {}, async () => times.push(Date.now()))
    }
    burst(1)
    await vi.advanceTimersByTimeAsync(1950)
    burst(60)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(times).toHaveLength(61)
    expect(busiest(times)).toBe(20)
  })

  it('do not hold a lone call', async () => {
    const limited = createRateLimits(1)
    await limited('ticker', {}, async () => 1)
    await vi.advanceTimersByTimeAsync(500)
    const times: number[] = []
    const start = Date.now()
    await limited('ticker', {}, async () => times.push(Date.now()))
    expect(times).toEqual([start])
  })

  it('are counted for each endpoint, and for each instrument where its scope says so', async () => {
    const limited = createRateLimits(1)
    const times: number[] = []
    const start = Date.now()
    const call = async () => times.push(Date.now())
    for (let i = 0; i < 10; i++) {
      void limited('fundingRateHistory', { instId: 'BTC-USDT-SWAP' }, call)
      void limited('fundingRateHistory', { instId: 'ETH-USDT-SWAP' }, call)
      void limited('time', {}, call)
    }
    await vi.advanceTimersByTimeAsync(0)
    expect(times).toEqual(Array(30).fill(start))
  })

  it('are scaled by the factor given', async () => {
    const limited = createRateLimits(0.1)
    const times: number[] = []
    for (let i = 0; i < 6; i++) void limited('candles', {}, async () => times.push(Date.now()))
    await vi.advanceTimersByTimeAsync(1000)
    expect(times).toHaveLength(4)
    await vi.advanceTimersByTimeAsync(2000)
    expect(times).toHaveLength(6)
  })

  it('let an aborted call leave the line', async () => {
    const limited = createRateLimits(0.05)
    const controller = new AbortController()
    const ran: string[] = []
    await limited('ticker', {}, async () => ran.push('first'))
    const waiting = limited('ticker', {}, async () => ran.push('aborted'), controller.signal)
    const next = limited('ticker', {}, async () => ran.push('next'))
    controller.abort(new Error('cancelled'))
    await expect(waiting).rejects.toThrow('cancelled')
    await vi.advanceTimersByTimeAsync(5000)
    await next
    expect(ran).toEqual(['first', 'next'])
  })
})

describe('what a call is counted for', () => {
  const counted = (...[name, what]: Parameters<typeof claimsOf>) =>
    claimsOf(name, what).map(({ key, cap, weight }) => `${key}: ${weight} of ${cap}`)

  it.each<[Parameters<typeof claimsOf>[0], Counted, string[]]>([
    ['ticker', { instId: 'BTC-USDT' }, ['ticker : 1 of 20']],
    ['instruments', { instType: 'SWAP' }, ['instruments SWAP: 1 of 20']],
    ['balance', { account: 'me' }, ['balance me: 1 of 10']],
    ['order', { account: 'me', instId: 'BTC-USDT' }, ['order me BTC-USDT: 1 of 60']],
    ['cancelOrder', { account: 'me', orders: ['BTC-USDT'] }, ['cancelOrder me BTC-USDT: 1 of 60']],
    [
      'placeOrder',
      { account: 'me', orders: ['BTC-USDT'] },
      ['placeOrder me BTC-USDT: 1 of 60', 'orders me: 1 of 1000'],
    ],
    [
      'batchOrders',
      { account: 'me', orders: ['A', 'B', 'A'] },
      ['batchOrders me A: 2 of 300', 'batchOrders me B: 1 of 300', 'orders me: 3 of 1000'],
    ],
    ['batchOrders', { account: 'me', orders: ['A'] }, ['placeOrder me A: 1 of 60', 'orders me: 1 of 1000']],
    ['cancelBatchOrders', { account: 'me', orders: ['A'] }, ['cancelOrder me A: 1 of 60']],
    ['amendOrder', { account: 'me', orders: ['A'] }, ['amendOrder me A: 1 of 60', 'orders me: 1 of 1000']],
    ['closePosition', { account: 'me', orders: ['A'] }, ['closePosition me A: 1 of 20']],
  ])('%s %j', (name, what, expected) => {
    expect(counted(name, what)).toEqual(expected)
  })

  it('is the budget of an account over all instruments', async () => {
    const limited = createRateLimits(1)
    const times: number[] = []
    for (let i = 0; i < 60; i++) {
      const orders = Array.from({ length: 20 }, (_, n) => `I${i}-${n}`)
      void limited('batchOrders', { account: 'me', orders }, async () => times.push(performance.now()))
    }
    const other = limited('placeOrder', { account: 'other', orders: ['I'] }, async () => 'not held up')
    await vi.advanceTimersByTimeAsync(1)
    expect(times).toHaveLength(50)
    expect(await other).toBe('not held up')
    await vi.advanceTimersByTimeAsync(3000)
    expect(times).toHaveLength(60)
  })

  it('is refused with its reason, and never called, where it would wait too long', async () => {
    const limited = createRateLimits(0.02, 1000)
    const call = vi.fn(async () => 1)
    const order = () => limited('placeOrder', { account: 'me', orders: ['I'] }, call)
    await order()
    await expect(order()).rejects.toMatchObject({ code: 'limits', kind: 'retry', endpoint: 'placeOrder' })
    expect(call).toHaveBeenCalledTimes(1)
  })
})
