import type { GridChart } from './spec.js'
import type { ChartTheme } from './theme.js'

/** Few enough that cells of one colour are one dataset. */
const ranks = 15
const shadesASide = 8
const faintest = 0.12
/** What is further out than nearly all has the colour of the outermost: one value alone must not make all others alike. */
const farOut = 0.03

/** How values are told by colour. */
export interface Colours {
  of(value: number): string
  /** From the lowest to the highest, and the values at the ends. */
  key: readonly string[]
  low: number
  high: number
  /** The lowest value of all, which may lie below `low` and has its colour. */
  lowest: number
}

/** Throws RangeError where no value is a number, or one is infinite. */
export function coloursOf(
  { colours, values, name }: Pick<GridChart, 'colours' | 'values' | 'name'>,
  theme: ChartTheme,
): Colours {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort()
  if (sorted.length === 0) throw new RangeError(`${name}: a picture needs at least one value`)
  if (!sorted.every(Number.isFinite)) throw new RangeError(`${name}: infinity cannot be drawn`)
  const at = (part: number) => sorted[Math.round(part * (sorted.length - 1))]
  return colours === 'signed'
    ? signed(Math.max(Math.abs(at(farOut)), Math.abs(at(1 - farOut))), theme)
    : ranked(sorted[0], at(farOut), at(1), theme)
}

function signed(most: number, theme: ChartTheme): Colours {
  const shade = (full: string, step: number) =>
    mix(theme.background, full, faintest + (1 - faintest) * (step / shadesASide))
  const steps = Array.from({ length: shadesASide }, (_, i) => i + 1)
  const losses = steps.map((step) => shade(theme.marks.losing_exit, step))
  const gains = steps.map((step) => shade(theme.marks.winning_exit, step))
  const of = (value: number) => {
    const step = Math.ceil(Math.min(1, Math.abs(value) / most) * shadesASide)
    if (value === 0 || step === 0) return theme.emptyCell
    return (value > 0 ? gains : losses)[step - 1]
  }
  return { of, key: [...losses.toReversed(), ...gains], low: -most, high: most, lowest: -most }
}

function ranked(lowest: number, low: number, high: number, theme: ChartTheme): Colours {
  const stops = theme.ranks
  const key = Array.from({ length: ranks }, (_, i) => {
    const place = (i / (ranks - 1)) * (stops.length - 1)
    const below = Math.min(Math.floor(place), stops.length - 2)
    return mix(stops[below], stops[below + 1], place - below)
  })
  const of = (value: number) => {
    if (high === low) return key[ranks - 1]
    return key[Math.round(Math.max(0, (value - low) / (high - low)) * (ranks - 1))]
  }
  return { of, key, low, high, lowest }
}

/** The one of two colours that is easier to read on a ground (WCAG's relative luminance). */
export function readableOn(ground: string): string {
  const [r, g, b] = channels(ground).map((channel) => {
    const part = channel / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.22 ? '#101820' : '#ffffff'
}

function mix(from: string, to: string, part: number): string {
  const ends = channels(to)
  const mixed = channels(from).map((channel, i) => Math.round(channel + (ends[i] - channel) * part))
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}

/** Of `#rrggbb`. */
function channels(color: string): number[] {
  return [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16))
}
