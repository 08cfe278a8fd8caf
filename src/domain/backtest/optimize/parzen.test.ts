import { describe, expect, it } from 'vitest'
import { Random } from '../../random.js'
import { normalCdf, parzen } from './parzen.js'

describe('normalCdf', () => {
  it.each([
    [0, 0.5],
    [1, 0.8413447461],
    [-1, 0.1586552539],
    [1.96, 0.9750021049],
    [-3, 0.001349898],
    [8, 1],
  ])('of %d is %d', (z, p) => {
    expect(normalCdf(z)).toBeCloseTo(p, 6)
  })
})

describe('parzen', () => {
  const density = parzen([2, 2.5, 7], 0, 10)

  it('is a density: its mass is 1, and its values are the limit of masses', () => {
    expect(Math.exp(density.logMass(0, 10))).toBeCloseTo(1, 5)
    for (const x of [0.5, 2.2, 5, 9]) {
      const mass = Math.exp(density.logMass(x - 0.01, x + 0.01))
      expect(Math.exp(density.logAt(x)) * 0.02).toBeCloseTo(mass, 5)
    }
  })

  it('is high where points are, and nowhere nothing', () => {
    expect(density.logAt(2.2)).toBeGreaterThan(density.logAt(5))
    expect(density.logAt(7)).toBeGreaterThan(density.logAt(9.5))
    expect(density.logAt(10)).toBeGreaterThan(-6)
  })

  it('draws what it says', () => {
    const random = new Random('parzen')
    const counts = new Array(10).fill(0)
    const draws = 20_000
    for (let i = 0; i < draws; i++) counts[Math.floor(density.sample(random))]++
    counts.forEach((count, i) => {
      const expected = draws * Math.exp(density.logMass(i, i + 1))
      expect(Math.abs(count - expected)).toBeLessThan(4 * Math.sqrt(expected))
    })
  })

  it('without points is wide and highest in the middle', () => {
    const prior = parzen([], 0, 10)
    expect(prior.logAt(5)).toBeGreaterThan(prior.logAt(0))
    expect(Math.exp(prior.logAt(0))).toBeGreaterThan(0.08)
  })
})
