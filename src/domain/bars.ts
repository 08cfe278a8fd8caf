const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
/** 1970-01-05 was the first Monday. */
const mondayMs = 4 * dayMs
const utc8Ms = -8 * hourMs

/** Every bar by OKX's name: its length, and how far its opens lie from multiples of that length (epoch ms). */
const table = {
  '1m': { intervalMs: minuteMs, offsetMs: 0 },
  '3m': { intervalMs: 3 * minuteMs, offsetMs: 0 },
  '5m': { intervalMs: 5 * minuteMs, offsetMs: 0 },
  '15m': { intervalMs: 15 * minuteMs, offsetMs: 0 },
  '30m': { intervalMs: 30 * minuteMs, offsetMs: 0 },
  '1H': { intervalMs: hourMs, offsetMs: 0 },
  '2H': { intervalMs: 2 * hourMs, offsetMs: 0 },
  '4H': { intervalMs: 4 * hourMs, offsetMs: 0 },
  '6Hutc': { intervalMs: 6 * hourMs, offsetMs: 0 },
  '12Hutc': { intervalMs: 12 * hourMs, offsetMs: 0 },
  '1Dutc': { intervalMs: dayMs, offsetMs: 0 },
  '1Wutc': { intervalMs: 7 * dayMs, offsetMs: mondayMs },
  '6H': { intervalMs: 6 * hourMs, offsetMs: utc8Ms },
  '12H': { intervalMs: 12 * hourMs, offsetMs: utc8Ms },
  '1D': { intervalMs: dayMs, offsetMs: utc8Ms },
  '1W': { intervalMs: 7 * dayMs, offsetMs: mondayMs + utc8Ms },
} as const

/** A timeframe by the name OKX gives it. */
export type Bar = keyof typeof table

/** All bars: UTC ones first, shortest first, then those of OKX's UTC+8 session. */
export const bars = Object.keys(table) as Bar[]

export function isBar(name: string): name is Bar {
  return Object.hasOwn(table, name)
}

/** Length of a bar in ms. */
export function intervalMs(bar: Bar): number {
  return table[bar].intervalMs
}

/** Open time of the bar that holds the instant `t`. */
export function barOpen(bar: Bar, t: number): number {
  const { intervalMs, offsetMs } = table[bar]
  return Math.floor((t - offsetMs) / intervalMs) * intervalMs + offsetMs
}

/** Open time of the first bar that opens at or after the instant `t`. */
export function firstOpenFrom(bar: Bar, t: number): number {
  const open = barOpen(bar, t)
  return open === t ? t : open + table[bar].intervalMs
}

/** The timeframes whose bars are made of several whole bars of `base`. */
export function higherBars(base: Bar): Bar[] {
  return bars.filter((higher) => {
    const open = barOpen(higher, 0)
    const isWhole = intervalMs(higher) % intervalMs(base) === 0 && barOpen(base, open) === open
    return intervalMs(higher) > intervalMs(base) && isWhole
  })
}

/** Which day boundary a bar keeps, where that makes a difference: bars of six hours and more. */
export function sessionOf(bar: Bar): 'UTC' | 'UTC+8' | null {
  if (bar.endsWith('utc')) return 'UTC'
  return table[bar].offsetMs === 0 ? null : 'UTC+8'
}

/**
 * A bar as a person types it: `1h`, `1d`, `4H`, `15m`. Case does not matter, except that M (month) is not m (minute).
 * Where OKX knows two sessions it means UTC; `+8` at the end (`1d+8`) asks for OKX's UTC+8 one. Null if there is no such bar.
 */
export function parseBar(text: string): Bar | null {
  const match = /^(\d{1,2})(m|[hH]|[dD]|[wW])(utc|UTC|\+8)?$/.exec(text.trim())
  if (!match) return null
  const [, count, unit, session] = match
  const base = `${count}${unit === 'm' ? 'm' : unit.toUpperCase()}`
  const utcName = `${base}utc`
  if (session === '+8') return isBar(utcName) && isBar(base) ? base : null
  if (isBar(utcName)) return utcName
  return isBar(base) && session === undefined ? base : null
}

/** A bar as `parseBar` reads it: OKX's name for a UTC+8 bar would, typed by a person, mean the UTC one. */
export function formatBar(bar: Bar): string {
  return sessionOf(bar) === 'UTC+8' ? `${bar}+8` : bar
}
