import type { TimeRange } from '../domain/candles.js'
import { UserError } from '../domain/userError.js'

const span = /^(\d{1,4})(h|d|w|mo|y)$/i
const day = '(\\d{4})(?:-(\\d{2})(?:-(\\d{2})(?:T(\\d{2}):(\\d{2})Z?)?)?)?'
const single = new RegExp(`^${day}$`, 'i')
const between = new RegExp(`^(${day})\\.\\.(${day})?$`, 'i')

const timeOfDay = /^([01]\d|2[0-3]):([0-5]\d)Z?$/i
const dayMs = 86_400_000

/** The calendar stretch that a date names: a year, a month, a day or a minute. */
interface Moment {
  fromTs: number
  /** Where it ends, exclusive. */
  toTs: number
}

/** Whether a text has the form of a range, whatever time it is now. */
export function isRange(text: string): boolean {
  return readForm(text.trim()) !== null
}

/**
 * A range as a person types it: `90d`, `12h`, `2w`, `3mo`, `1y` back from now; `2024`, `2024-01` or `2024-01-31` as a
 * whole; `2024-01-01..2024-06-30` with both ends in it; `2024-01..` until now. Times are UTC; what lies
 * before 1970 or after `now` is cut off.
 * Throws UserError error-range-form, error-range-reversed or error-range-future.
 */
export function parseRange(text: string, now: number): TimeRange {
  const form = readForm(text.trim())
  if (!form) throw new UserError('error-range-form', { value: text })
  const { fromTs, toTs } = form(now)
  if (fromTs >= toTs) throw new UserError('error-range-reversed', { value: text })
  if (fromTs >= now) throw new UserError('error-range-future', { value: text })
  return { fromTs: Math.max(0, fromTs), toTs: Math.min(toTs, now) }
}

/** Whether a text has the form of a moment. */
export function isMoment(text: string): boolean {
  return readInstant(text) !== null
}

/**
 * A moment as a person types it: `2024-01-31T18:05` (a space in place of the T will do), `2024-01-31` for its first minute, or
 * `18:05` for the last time that the clock showed that. Times are UTC. Epoch ms.
 * Throws UserError error-moment-form or error-moment-future.
 */
export function parseMoment(text: string, now: number): number {
  const instant = readInstant(text)
  if (!instant) throw new UserError('error-moment-form', { value: text })
  const at = instant(now)
  if (at > now) throw new UserError('error-moment-future', { value: text })
  return at
}

function readInstant(text: string): ((now: number) => number) | null {
  const [, hour, minute] = timeOfDay.exec(text.trim()) ?? []
  if (hour !== undefined) {
    const sinceMidnight = (Number(hour) * 60 + Number(minute)) * 60_000
    return (now) => now - ((now - sinceMidnight) % dayMs)
  }
  const moment = /^\d{4}-\d{2}-\d{2}/.test(text.trim()) ? readMoment(text.trim().replace(/\s+/, 'T')) : null
  return moment && (() => moment.fromTs)
}

function readForm(text: string): ((now: number) => TimeRange) | null {
  const spanMatch = span.exec(text)
  if (spanMatch) {
    const count = Number(spanMatch[1])
    return (now) => ({ fromTs: back(now, count, spanMatch[2].toLowerCase()), toTs: now })
  }
  if (single.test(text)) {
    const moment = readMoment(text)
    return moment && (() => moment)
  }
  const match = between.exec(text)
  if (!match) return null
  const first = readMoment(match[1])
  const lastText = match[7]
  const last = lastText === undefined ? null : readMoment(lastText)
  if (!first || (lastText !== undefined && !last)) return null
  return (now) => ({ fromTs: first.fromTs, toTs: last ? last.toTs : Math.max(now, first.toTs) })
}

function readMoment(text: string): Moment | null {
  const match = single.exec(text)
  if (!match) return null
  const [year, month, date, hour, minute] = match
    .slice(1)
    .map((part) => (part === undefined ? undefined : Number(part)))
  if (year === undefined || year < 1970) return null
  if (hour !== undefined && (hour > 23 || (minute ?? 0) > 59)) return null
  const fromTs = Date.UTC(year, (month ?? 1) - 1, date ?? 1, hour ?? 0, minute ?? 0)
  const at = new Date(fromTs)
  // Date.UTC carries the 31st of April over into May.
  if (at.getUTCMonth() !== (month ?? 1) - 1 || at.getUTCDate() !== (date ?? 1)) return null
  if (hour !== undefined) return { fromTs, toTs: fromTs }
  if (date !== undefined) return { fromTs, toTs: fromTs + dayMs }
  if (month !== undefined) return { fromTs, toTs: Date.UTC(year, month) }
  return { fromTs, toTs: Date.UTC(year + 1, 0) }
}

function back(now: number, count: number, unit: string): number {
  const hourMs = 3_600_000
  switch (unit) {
    case 'h':
      return now - count * hourMs
    case 'd':
      return now - count * 24 * hourMs
    case 'w':
      return now - count * 7 * 24 * hourMs
    default:
      return monthsBack(now, unit === 'y' ? count * 12 : count)
  }
}

/** The same day and time some months earlier; the last day of a shorter month. */
function monthsBack(now: number, months: number): number {
  const at = new Date(now)
  const dayOfMonth = at.getUTCDate()
  at.setUTCDate(1)
  at.setUTCMonth(at.getUTCMonth() - months)
  const lastDay = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate()
  at.setUTCDate(Math.min(dayOfMonth, lastDay))
  return at.getTime()
}
