import { describe, expect, it } from 'vitest'
import type { CandlePayload } from '../../okx/payloads.js'
import { createTradedSince } from './tradedSince.js'

const minuteMs = 60_000
const row = (ts: number, [o, h, l, c]: number[], vol: number): CandlePayload => [
  String(ts),
  ...([o, h, l, c].map(String) as [string, string, string, string]),
  String(vol),
  '0',
  '0',
  '0',
]
const plain = (traded: ReturnType<ReturnType<typeof createTradedSince>['between']>) =>
  traded && [traded.low.toNumber(), traded.high.toNumber(), traded.volume.toNumber()]

describe('what was traded between two looks at the candles', () => {
  it('is nothing at the first look: who knows since when', () => {
    const since = createTradedSince()
    since.see([row(0, [100, 110, 90, 105], 50)], 30_000)
    expect(since.between(0, 30_000)).toBeNull()
  })

  it('is the growth of the minute, without an extreme that was there before', () => {
    const since = createTradedSince()
    since.see([row(0, [100, 110, 90, 105], 50)], 30_000)
    since.see([row(0, [100, 110, 90, 102], 58)], 31_000)
    expect(plain(since.between(30_000, 31_000))).toEqual([102, 105, 8])
    since.see([row(0, [100, 112, 90, 103], 60)], 32_000)
    expect(plain(since.between(31_000, 32_000))).toEqual([102, 112, 2])
    expect(plain(since.between(30_000, 32_000))).toEqual([102, 112, 10])
    since.see([row(0, [100, 112, 90, 103], 60)], 33_000)
    expect(since.between(32_000, 33_000)).toBeNull()
  })

  it('goes on over minutes that nobody looked at, and asks for as many', () => {
    const since = createTradedSince()
    expect(since.minutesWanted(30_000)).toBe(1)
    since.see([row(0, [100, 110, 90, 105], 50)], 30_000)
    expect(since.minutesWanted(31_000)).toBe(2)
    const now = 3 * minuteMs + 1000
    expect(since.minutesWanted(now)).toBeGreaterThanOrEqual(4)
    since.see(
      [
        row(3 * minuteMs, [95, 96, 94, 95], 1),
        row(2 * minuteMs, [120, 121, 95, 95], 4),
        row(minuteMs, [106, 120, 106, 120], 3),
        row(0, [100, 110, 90, 106], 52),
      ],
      now,
    )
    expect(plain(since.between(30_000, now))).toEqual([94, 121, 10])
  })

  it('is told to who has already asked about that very moment', () => {
    const since = createTradedSince()
    since.see([row(0, [100, 100, 100, 100], 1)], 1000)
    expect(since.between(0, 5000)).toBeNull()
    since.see([row(0, [100, 101, 100, 101], 3)], 5000)
    expect(plain(since.between(5000, 6000))).toEqual([100, 101, 2])
  })
})
