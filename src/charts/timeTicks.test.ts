import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { timeTicks } from './timeTicks.js'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const start = Date.UTC(2024, 0, 1)
const labels = (ticks: ReturnType<typeof timeTicks>) => ticks.map(({ lines }) => lines.join('|'))

describe('labels of the time axis', () => {
  test('are hours within a day, with the day where it begins', () => {
    const ticks = timeTicks(start + 20 * hourMs, start + 30 * hourMs, 7, 'UTC', 'en')
    expect(labels(ticks)).toEqual(['20:00|Jan 1, 2024', '22:00', '00:00|Jan 2, 2024', '02:00', '04:00', '06:00'])
  })

  test('are days over weeks and months over a year', () => {
    expect(labels(timeTicks(start, start + 18 * dayMs, 7, 'UTC', 'en'))).toEqual([
      'Jan 1|2024',
      ...['Jan 4', 'Jan 7', 'Jan 10', 'Jan 13', 'Jan 16', 'Jan 19'],
    ])
    expect(labels(timeTicks(start, start + 400 * dayMs, 8, 'UTC', 'en'))).toEqual([
      'Jan|2024',
      ...['Mar', 'May', 'Jul', 'Sep', 'Nov'],
      'Jan|2025',
    ])
    expect(labels(timeTicks(start, start + 3000 * dayMs, 8, 'UTC', 'en'))).toEqual([
      '2024',
      '2026',
      '2028',
      '2030',
      '2032',
    ])
  })

  test('start weeks on Mondays', () => {
    for (const { ts } of timeTicks(start, start + 40 * dayMs, 7, 'UTC', 'en')) expect(new Date(ts).getUTCDay()).toBe(1)
  })

  test('are round on the clock of the zone, in the language of the reader', () => {
    const [tick] = timeTicks(start, start + 10 * dayMs, 4, 'Asia/Shanghai', 'zh')
    expect(new Date(tick.ts).toISOString()).toMatch(/T16:00:00.000Z$/)
    expect(tick.lines).toEqual(['1月4日', '2024年'])
  })

  test('stay at midnight where clocks change', () => {
    const ticks = timeTicks(Date.UTC(2024, 2, 8, 12), Date.UTC(2024, 2, 12, 12), 7, 'America/New_York', 'en')
    expect(ticks.map(({ ts }) => new Date(ts).toISOString().slice(5, 16))).toEqual([
      ...['03-09T05:00', '03-10T05:00'],
      ...['03-11T04:00', '03-12T04:00'],
    ])
  })

  test('are round hours before and after clocks change, without those that the change leaves out', () => {
    const ticks = timeTicks(Date.UTC(2024, 2, 10, 4), Date.UTC(2024, 2, 10, 13), 7, 'America/New_York', 'en')
    expect(labels(ticks)).toEqual(['00:00|Mar 10, 2024', '04:00', '06:00', '08:00'])
  })

  test('name a single moment', () => {
    expect(labels(timeTicks(start + 1, start + 2, 5, 'UTC', 'en'))).toEqual(['00:00|Jan 1, 2024'])
  })

  test('are increasing, inside the window and not too many, whatever the window', () => {
    const zone = fc.constantFrom('UTC', 'Asia/Kolkata', 'America/New_York', 'Pacific/Apia')
    const from = fc.integer({ min: Date.UTC(2009, 0), max: Date.UTC(2026, 0) })
    fc.assert(
      fc.property(from, fc.integer({ min: 60_000, max: 9_000 * dayMs }), zone, (fromTs, spanMs, timeZone) => {
        const moments = timeTicks(fromTs, fromTs + spanMs, 7, timeZone, 'en').map(({ ts }) => ts)
        expect(moments.length).toBeGreaterThan(0)
        expect(moments.length).toBeLessThanOrEqual(8)
        expect(moments[0]).toBeGreaterThanOrEqual(fromTs)
        expect(moments[moments.length - 1]).toBeLessThanOrEqual(fromTs + spanMs)
        for (let i = 1; i < moments.length; i++) expect(moments[i]).toBeGreaterThan(moments[i - 1])
      }),
    )
  })
})
