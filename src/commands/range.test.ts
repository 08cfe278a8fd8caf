import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UserError } from '../domain/userError.js'
import { isMoment, isRange, parseMoment, parseRange } from './range.js'

const now = Date.UTC(2024, 2, 31, 12, 30)
const day = 86_400_000
const words = (text: string) => {
  const { fromTs, toTs } = parseRange(text, now)
  return `${new Date(fromTs).toISOString().slice(0, 16)} ${new Date(toTs).toISOString().slice(0, 16)}`
}
const refusal = (text: string) => {
  try {
    parseRange(text, now)
  } catch (error) {
    if (error instanceof UserError) return error.id
    throw error
  }
  return 'taken'
}

describe('parseRange', () => {
  it.each([
    ['90d', now - 90 * day],
    ['12h', now - day / 2],
    ['2W', now - 14 * day],
  ])('counts %s back from now', (text, fromTs) => {
    expect(parseRange(text, now)).toEqual({ fromTs, toTs: now })
  })

  it('counts months and years by the calendar, to the last day of a shorter month', () => {
    expect(words('1mo')).toBe('2024-02-29T12:30 2024-03-31T12:30')
    expect(words('13mo')).toBe('2023-02-28T12:30 2024-03-31T12:30')
    expect(words('1y')).toBe('2023-03-31T12:30 2024-03-31T12:30')
  })

  it('takes both ends of a stretch of days, months or years whole', () => {
    expect(words('2024-01-01..2024-01-31')).toBe('2024-01-01T00:00 2024-02-01T00:00')
    expect(words('2023-11..2024-01')).toBe('2023-11-01T00:00 2024-02-01T00:00')
    expect(words('2022..2023')).toBe('2022-01-01T00:00 2024-01-01T00:00')
    expect(words('2024-02')).toBe('2024-02-01T00:00 2024-03-01T00:00')
    expect(words('2024-03-01T06:00..2024-03-01T18:30')).toBe('2024-03-01T06:00 2024-03-01T18:30')
  })

  it('ends an open stretch, and one that reaches into the future, now', () => {
    expect(words('2024-01..')).toBe('2024-01-01T00:00 2024-03-31T12:30')
    expect(words('2024-03..2024-12')).toBe('2024-03-01T00:00 2024-03-31T12:30')
  })

  it.each([
    ['15m', 'error-range-form'],
    ['90', 'error-range-form'],
    ['0x5d', 'error-range-form'],
    ['2024-13', 'error-range-form'],
    ['2024-02-30', 'error-range-form'],
    ['2024-01-01T24:00..2024-02', 'error-range-form'],
    ['..2024', 'error-range-form'],
    ['0d', 'error-range-reversed'],
    ['2024-02..2024-01', 'error-range-reversed'],
    ['2025', 'error-range-future'],
    ['2025-01..', 'error-range-future'],
  ])('refuses %s', (text, id) => {
    expect(refusal(text)).toBe(id)
  })

  it('begins with 1970', () => {
    expect(words('9999y')).toBe('1970-01-01T00:00 2024-03-31T12:30')
  })

  it('never gives anything but a stretch of time before now, whatever is typed', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\d.TyYmohdw-]{1,24}$/), (text) => {
        if (!isRange(text)) return
        if (refusal(text) !== 'taken') return
        const { fromTs, toTs } = parseRange(text, now)
        expect(fromTs).toBeLessThan(toTs)
        expect(toTs).toBeLessThanOrEqual(now)
        expect(fromTs).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})

describe('parseMoment', () => {
  const moment = (text: string) => new Date(parseMoment(text, now)).toISOString().slice(0, 16)

  it.each([
    ['2024-01-31T18:05', '2024-01-31T18:05'],
    ['2024-01-31 18:05', '2024-01-31T18:05'],
    ['2024-01-31T18:05z', '2024-01-31T18:05'],
    ['2024-02-29', '2024-02-29T00:00'],
    ['12:30', '2024-03-31T12:30'],
    ['12:31', '2024-03-30T12:31'],
    ['00:00', '2024-03-31T00:00'],
  ])('reads %s as %s', (text, expected) => {
    expect(isMoment(text)).toBe(true)
    expect(moment(text)).toBe(expected)
  })

  it.each(['24:00', '9:30', '12:60', '2024-02-30', '2024', '2024-01', '90d', '15m', 'now', ''])(
    'refuses %s',
    (text) => {
      expect(isMoment(text)).toBe(false)
      expect(() => parseMoment(text, now)).toThrow('error-moment-form')
    },
  )

  it('refuses what has not come yet', () => {
    expect(() => parseMoment('2024-03-31T12:31', now)).toThrow('error-moment-future')
    expect(moment('2024-03-31T12:30')).toBe('2024-03-31T12:30')
  })
})
