import type { ParamSpec, ParamValue } from '../indicators/indicator.js'

/** Lengths in bars that charts are usually drawn with. */
const lengths = [3, 5, 6, 7, 9, 10, 12, 14, 20, 24, 26, 30, 50, 60, 100, 120, 200, 250]
const lists = [
  [5, 10],
  [5, 10, 20],
  [10, 20, 30],
  [5, 20, 60],
  [10, 20, 50],
  [20, 50, 200],
  [5, 10, 20, 60],
  [5, 10, 30, 60],
  [5, 10, 20, 60, 120],
]
/** Steps to either side of a default. */
const mostSteps = 7

interface Range {
  default: number
  min: number
  max: number
}

/** Values of a parameter to choose from, its default among them, in order; all of them within its bounds. */
export function usualValues(spec: ParamSpec): readonly ParamValue[] {
  switch (spec.kind) {
    case 'choice':
      return spec.options
    case 'periods': {
      const others = lists.filter((list) => String(list) !== String(spec.default))
      return [spec.default, ...others].filter(
        (list) =>
          list.length >= spec.minCount &&
          list.length <= spec.maxCount &&
          list.every((length) => length >= spec.min && length <= spec.max),
      )
    }
    case 'integer':
      return spec.isPeriod
        ? ascending([spec.default, ...lengths], spec)
        : ascending(around(spec, { isWhole: true }), spec)
    case 'number':
      return ascending(around(spec, { isWhole: false }), spec)
  }
}

/** Even steps around the default, on its side of zero; an end of the range, which nothing can pass, is left out. */
function around({ default: byDefault, min, max }: Range, { isWhole }: { isWhole: boolean }): number[] {
  const widest = Math.min((max - min) / 20, byDefault === 0 ? Number.POSITIVE_INFINITY : Math.abs(byDefault) / 4)
  const step = isWhole ? Math.max(1, Math.floor(roundStep(widest))) : roundStep(widest)
  return Array.from({ length: 2 * mostSteps + 1 }, (_, i) => tidy(byDefault + (i - mostSteps) * step)).filter(
    (value) => value > min && value < max && value * byDefault >= 0 && (value !== 0 || byDefault === 0),
  )
}

/** The largest 1, 2.5 or 5 times a power of ten that is not above `widest`. */
function roundStep(widest: number): number {
  const power = 10 ** Math.floor(Math.log10(widest))
  return tidy(Math.max(...[1, 2.5, 5].map((digit) => digit * power).filter((step) => step <= widest * (1 + 1e-9))))
}

/** Without the crumbs that adding fractions leaves. */
function tidy(value: number): number {
  return Number(value.toPrecision(12))
}

function ascending(values: readonly number[], { default: byDefault, min, max }: Range): number[] {
  const fitting = values.filter((value) => value >= min && value <= max)
  return [...new Set([byDefault, ...fitting])].sort((a, b) => a - b)
}
