import { describe, expect, it } from 'vitest'
import { createDays } from './days.js'
import { coins } from './listing.js'

const twentyYears = Array.from({ length: 20 * 365 }, (_, day) => day)
const bands: Record<string, [low: number, high: number]> = {
  BTC: [8_000, 200_000],
  ETH: [250, 15_000],
  SOL: [3, 1_200],
  DOGE: [0.005, 2],
}

describe('the slow market', () => {
  it.each(['candlechat', 'a', 'b', 'c', 'd', 'e'])('keeps prices in a sane band for twenty years (seed %s)', (seed) => {
    const days = createDays(seed)
    for (const coin of coins) {
      const prices = twentyYears.map((day) => Math.exp(days(coin, day).logOpen))
      expect(Math.min(...prices)).toBeGreaterThan(bands[coin.ccy][0])
      expect(Math.max(...prices)).toBeLessThan(bands[coin.ccy][1])
      expect(Math.max(...prices) / Math.min(...prices)).toBeGreaterThan(3)
    }
  })

  it('has bull and bear runs: a quarter gains or loses a third now and then', () => {
    const days = createDays('candlechat')
    const quarters = twentyYears.slice(90).map((day) => days(coins[0], day).logOpen - days(coins[0], day - 90).logOpen)
    expect(Math.max(...quarters)).toBeGreaterThan(Math.log(1.33))
    expect(Math.min(...quarters)).toBeLessThan(Math.log(0.67))
  })

  it('opens each day where the last one closed, with the volatility it had', () => {
    const days = createDays('candlechat')
    for (const day of twentyYears.slice(1, 400)) {
      expect(days(coins[1], day).logOpen).toBe(days(coins[1], day - 1).logClose)
      expect(days(coins[1], day).logVolatility[0]).toBe(days(coins[1], day - 1).logVolatility[1])
    }
  })

  it('is the same however far it has been drawn', () => {
    const [far, near] = [createDays('same'), createDays('same')]
    far(coins[3], 5000)
    expect(far(coins[3], 100)).toEqual(near(coins[3], 100))
  })
})
