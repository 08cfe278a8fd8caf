import { describe, expect, it } from 'vitest'
import { type HeldPosition, liquidationPrice, tierOf } from './margin.js'

const long: HeldPosition = { side: 'long', coins: 5, entryPrice: 100, backing: 50, mmr: 0.06, feeRate: 0.0025 }

describe('the liquidation price', () => {
  it.each<[string, Partial<HeldPosition>, number | null]>([
    ['of a long lies below its entry', {}, 96],
    ['of a short lies above it', { side: 'short', backing: 200, mmr: 0.11, feeRate: 0.01 }, 125],
    ['is farther without fee and maintenance', { mmr: 0, feeRate: 0 }, 90],
    ['is none where the long is paid in full', { backing: 500 }, null],
    ['is none where there is more than that', { backing: 700 }, null],
    ['of a short paid in full is there all the same', { side: 'short', backing: 500, mmr: 0, feeRate: 0 }, 200],
    ['is beyond the entry where there is less than maintenance', { backing: 0 }, 106.666666666667],
    [
      'is what its decimals are, not a hair off',
      { entryPrice: 101.5, backing: 10.15, mmr: 0.004, feeRate: 0.0013 },
      100,
    ],
  ])('%s', (_name, changes, expected) => {
    expect(liquidationPrice({ ...long, ...changes })).toBe(expected)
  })
})

it('finds the tier of a size, its limit included, and none beyond the last', () => {
  const tiers = [
    { maxSz: 10, mmr: 0.004, maxLever: 100 },
    { maxSz: 20, mmr: 0.01, maxLever: 50 },
  ]
  expect([1, 10, 10.1, 20].map((sz) => tierOf(tiers, sz)?.mmr)).toEqual([0.004, 0.004, 0.01, 0.01])
  expect(tierOf(tiers, 20.1)).toBeNull()
})
