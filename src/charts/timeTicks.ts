const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
/** 1970-01-05 was the first Monday: steps of weeks start there. */
const mondayMs = 4 * dayMs

/** Distances of labels, shortest first: below a month in ms, above it in calendar months. */
const stepsMs = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minuteMs),
  ...[1, 2, 3, 6, 12].map((n) => n * hourMs),
  ...[1, 2, 3, 5, 7, 14].map((n) => n * dayMs),
]
const stepsMonths = [1, 2, 3, 6, 12, 24, 60, 120]
const shortestMonthMs = 28 * dayMs

/** A label of the time axis; the second line, where there is one, is the day or the year from here on. */
export interface TimeTick {
  ts: number
  lines: [string] | [string, string]
}

/**
 * Labels for `fromTs` to `toTs` (epoch ms) at round moments of the reader's clock and calendar, at most `maxTicks` of
 * them and at least one.
 */
export function timeTicks(
  fromTs: number,
  toTs: number,
  maxTicks: number,
  timeZone: string,
  locale: string,
): TimeTick[] {
  const clock = localClock(timeZone)
  const { moments, main, context } = chooseSteps(fromTs, toTs, maxTicks, clock)
  const mainFormat = new Intl.DateTimeFormat(locale, { timeZone, ...main })
  const contextFormat = context === null ? null : new Intl.DateTimeFormat(locale, { timeZone, ...context })
  let last = ''
  return (moments.length > 0 ? moments : [fromTs]).map((ts) => {
    const below = contextFormat?.format(ts) ?? ''
    const isNew = below !== last
    last = below
    return { ts, lines: isNew ? [mainFormat.format(ts), below] : [mainFormat.format(ts)] }
  })
}

interface Steps {
  moments: number[]
  main: Intl.DateTimeFormatOptions
  context: Intl.DateTimeFormatOptions | null
}

function chooseSteps(fromTs: number, toTs: number, maxTicks: number, clock: LocalClock): Steps {
  const count = (unitMs: number) => (step: number) => Math.floor((toTs - fromTs) / (step * unitMs)) + 1
  const stepMs = stepsMs.find((step) => count(1)(step) <= maxTicks)
  if (stepMs !== undefined) {
    const moments = multiples(fromTs, toTs, stepMs, clock)
    const day = { month: 'short', day: 'numeric' } as const
    return stepMs < dayMs
      ? {
          moments,
          main: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
          context: { ...day, year: 'numeric' },
        }
      : { moments, main: day, context: { year: 'numeric' } }
  }
  const longest = stepsMonths[stepsMonths.length - 1]
  const stepMonths = stepsMonths.find((step) => count(shortestMonthMs)(step) <= maxTicks) ?? longest
  const moments = monthStarts(fromTs, toTs, stepMonths, clock)
  return stepMonths % 12 === 0
    ? { moments, main: { year: 'numeric' }, context: null }
    : { moments, main: { month: 'short' }, context: { year: 'numeric' } }
}

/** Conversion between instants and the time that a wall clock shows, written as if it were UTC. */
interface LocalClock {
  toLocal(ts: number): number
  toInstant(local: number): number
}

function localClock(timeZone: string): LocalClock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const toLocal = (ts: number) => {
    const part = Object.fromEntries(format.formatToParts(ts).map(({ type, value }) => [type, Number(value)]))
    const wholeSeconds = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second)
    return wholeSeconds + (ts - Math.floor(ts / 1000) * 1000)
  }
  const toInstant = (local: number) => {
    const guess = local - (toLocal(local) - local)
    // The offset at the guess is right except near a change of daylight saving, where a second look settles it.
    return local - (toLocal(guess) - guess)
  }
  return { toLocal, toInstant }
}

function multiples(fromTs: number, toTs: number, stepMs: number, clock: LocalClock): number[] {
  const moments: number[] = []
  const firstLocal = Math.ceil((clock.toLocal(fromTs) - mondayMs) / stepMs) * stepMs + mondayMs
  for (let local = firstLocal; ; local += stepMs) {
    const ts = clock.toInstant(local)
    if (ts > toTs) return moments
    // Where clocks are put forward, some times of day are missing.
    if (ts >= fromTs && clock.toLocal(ts) === local) moments.push(ts)
  }
}

function monthStarts(fromTs: number, toTs: number, stepMonths: number, clock: LocalClock): number[] {
  const first = new Date(clock.toLocal(fromTs))
  const firstMonth = Math.floor((first.getUTCFullYear() * 12 + first.getUTCMonth()) / stepMonths) * stepMonths
  const moments: number[] = []
  for (let month = firstMonth; ; month += stepMonths) {
    const ts = clock.toInstant(Date.UTC(Math.floor(month / 12), month % 12, 1))
    if (ts > toTs) return moments
    if (ts >= fromTs) moments.push(ts)
  }
}
