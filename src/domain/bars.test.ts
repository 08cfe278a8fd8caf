import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { barOpen, bars, firstOpenFrom, intervalMs, parseBar, sessionOf } from './bars.js'

const at = (iso: string) => Date.parse(iso)

describe('parseBar', () => {
  it.each([
    ['15m', '15m'],
    ['1h', '1H'],
    ['4H', '4H'],
    ['6h', '6Hutc'],
    ['1d', '1Dutc'],
    ['1D', '1Dutc'],
    ['1Dutc', '1Dutc'],
    ['1w', '1Wutc'],
    ['1d+8', '1D'],
    ['12H+8', '12H'],
  ])('reads %s as %s', (text, bar) => {
    expect(parseBar(text)).toBe(bar)
  })

  it.each(['1M', '7m', '1hutc', '15m+8', '', '1', 'm', '15 m', '100m', '__proto__'])('refuses %s', (text) => {
    expect(parseBar(text)).toBeNull()
  })

  it('reads every UTC name as itself', () => {
    for (const bar of bars.filter((name) => sessionOf(name) !== 'UTC+8')) expect(parseBar(bar)).toBe(bar)
  })
})

describe('barOpen', () => {
  it.each([
    ['15m', '2024-03-05T10:44:59.999Z', '2024-03-05T10:30:00Z'],
    ['1Dutc', '2024-03-05T10:44:00Z', '2024-03-05T00:00:00Z'],
    ['1D', '2024-03-05T10:44:00Z', '2024-03-04T16:00:00Z'],
    ['1D', '2024-03-05T16:00:00Z', '2024-03-05T16:00:00Z'],
    ['6H', '2024-03-05T03:59:00Z', '2024-03-04T22:00:00Z'],
    ['1Wutc', '2024-03-05T10:44:00Z', '2024-03-04T00:00:00Z'],
    ['1W', '2024-03-03T16:00:00Z', '2024-03-03T16:00:00Z'],
  ] as const)('%s holding %s opens at %s', (bar, t, open) => {
    expect(barOpen(bar, at(t))).toBe(at(open))
  })

  it('opens at or before the instant, less than a bar ago, and is its own open', () => {
    fc.assert(
      fc.property(fc.constantFrom(...bars), fc.integer({ min: 0, max: 4e12 }), (bar, t) => {
        const open = barOpen(bar, t)
        expect(t - open).toBeGreaterThanOrEqual(0)
        expect(t - open).toBeLessThan(intervalMs(bar))
        expect(barOpen(bar, open)).toBe(open)
      }),
    )
  })
})

it('finds the first open from an instant on', () => {
  expect(firstOpenFrom('15m', at('2024-03-05T10:30:00Z'))).toBe(at('2024-03-05T10:30:00Z'))
  expect(firstOpenFrom('15m', at('2024-03-05T10:30:00.001Z'))).toBe(at('2024-03-05T10:45:00Z'))
})
