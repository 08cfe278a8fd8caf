import { describe, expect, it } from 'vitest'
import { Random } from './random.js'

const draws = (seed: string, count: number) => {
  const random = new Random(seed)
  return Array.from({ length: count }, () => random.uniform())
}

describe('Random', () => {
  it('gives the same numbers for a seed, and others for another', () => {
    expect(draws('a', 5)).toEqual(draws('a', 5))
    expect(draws('a', 5)).not.toEqual(draws('b', 5))
  })

  it('is spread evenly', () => {
    const tenths = new Array(10).fill(0)
    for (const x of draws('spread', 20_000)) tenths[Math.floor(x * 10)]++
    // Chi-squared with 9 degrees of freedom: over 27.9 once in a thousand seeds.
    expect(tenths.reduce((sum, n) => sum + (n - 2000) ** 2 / 2000, 0)).toBeLessThan(27.9)
  })

  it('picks each of n whole numbers, and nothing else', () => {
    const random = new Random('below')
    const picked = new Set(Array.from({ length: 500 }, () => random.below(7)))
    expect([...picked].sort()).toEqual([0, 1, 2, 3, 4, 5, 6])
  })
})
