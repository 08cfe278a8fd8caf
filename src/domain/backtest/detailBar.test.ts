import { describe, expect, it } from 'vitest'
import { type Bar, bars } from '../bars.js'
import { allocateCandles } from '../candles.js'
import { UserError } from '../userError.js'
import { detailBarOf, findDetailGaps, finerBars } from './detailBar.js'

describe('finer bars', () => {
  it.each<[Bar, Bar[]]>([
    ['1m', []],
    ['15m', ['1m', '3m', '5m']],
    ['1H', ['1m', '3m', '5m', '15m', '30m']],
    ['4H', ['1m', '3m', '5m', '15m', '30m', '1H', '2H']],
  ])('of %s are %j', (bar, finer) => {
    expect(finerBars(bar)).toEqual(finer)
  })

  it('of a day keep its session', () => {
    expect(finerBars('1Dutc')).toContain('12Hutc')
    expect(finerBars('1Dutc')).not.toContain('12H')
    expect(finerBars('1D')).toContain('12H')
  })
})

describe('the finer candles of a strategy', () => {
  it('are the finest for one of ticks, and none for one of closes', () => {
    expect(detailBarOf({ bar: '15m', evaluate_on: 'tick' })).toBe('1m')
    expect(detailBarOf({ bar: '1m', evaluate_on: 'tick' })).toBeNull()
    for (const bar of bars) expect(detailBarOf({ bar, evaluate_on: 'close' })).toBeNull()
  })

  it('are those asked for', () => {
    expect(detailBarOf({ bar: '15m', evaluate_on: 'tick' }, '5m')).toBe('5m')
    expect(detailBarOf({ bar: '1H', evaluate_on: 'close' }, '15m')).toBe('15m')
  })

  it.each<[Bar, Bar, string]>([
    ['15m', '15m', '1m, 3m, 5m'],
    ['15m', '1H', '1m, 3m, 5m'],
    ['5m', '3m', '1m'],
    ['1m', '1m', ''],
    ['1Dutc', '12H', '1m, 3m, 5m, 15m, 30m, 1H, 2H, 4H, 6Hutc, 12Hutc'],
  ])('of %s cannot be %s', (bar, asked, allowed) => {
    const refused = () => detailBarOf({ bar, evaluate_on: 'close' }, asked)
    expect(refused).toThrow(UserError)
    expect(refused).toThrow(allowed === '' ? '"allowed":""' : `"allowed":"${allowed}"`)
  })
})

describe('gaps in finer candles', () => {
  const minute = 60_000
  const at = (...minutes: number[]) => ({
    ...allocateCandles(minutes.length, null),
    ts: Float64Array.from(minutes, (m) => m * minute),
  })
  const gaps = (minutes: number[], from = 0, threes = [0, 3, 6]) =>
    findDetailGaps(at(...threes), '3m', from, { bar: '1m', candles: at(...minutes) })

  it('are none where every bar has all of its own, whatever more there is', () => {
    expect(gaps([0, 1, 2, 3, 4, 5, 6, 7, 8])).toEqual({ bars: 0, missing: 0, firstTs: null })
    expect(gaps([-2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9])).toEqual({ bars: 0, missing: 0, firstTs: null })
  })

  it.each<[string, number[], { bars: number; missing: number; firstTs: number | null }]>([
    ['at the start', [1, 2, 3, 4, 5, 6, 7, 8], { bars: 1, missing: 1, firstTs: 0 }],
    ['at the end', [0, 1, 2, 3, 4, 5, 6], { bars: 1, missing: 2, firstTs: 7 * minute }],
    ['in the middle', [0, 1, 2, 4, 6, 7, 8], { bars: 1, missing: 2, firstTs: 3 * minute }],
    ['in several bars', [0, 2, 4, 5, 6, 7, 8], { bars: 2, missing: 2, firstTs: minute }],
    ['everywhere', [], { bars: 3, missing: 9, firstTs: 0 }],
  ])('are counted, and the first is told: %s', (_where, minutes, found) => {
    expect(gaps(minutes)).toEqual(found)
  })

  it('do not count before the window, nor where the bar itself is missing', () => {
    expect(gaps([3, 4, 5, 6, 7, 8], 1)).toEqual({ bars: 0, missing: 0, firstTs: null })
    expect(gaps([0, 1, 2, 6, 7, 8], 0, [0, 6])).toEqual({ bars: 0, missing: 0, firstTs: null })
  })
})
