import type { ParamSpec, Params } from './indicator.js'

const longestPeriod = 1000

/** A length in bars. */
export function period(byDefault: number, min = 1): ParamSpec {
  return { kind: 'integer', default: byDefault, min, max: longestPeriod, isPeriod: true }
}

/** Several lengths in bars, one line each. */
export function periods(...byDefault: number[]): ParamSpec {
  return { kind: 'periods', default: byDefault, min: 1, max: longestPeriod, minCount: 2, maxCount: 8 }
}

/** A level that an oscillator between 0 and 100 is compared with. */
export function percentLevel(byDefault: number): ParamSpec {
  return { kind: 'number', default: byDefault, min: 0, max: 100 }
}

/** The number that `params` holds under `name`; resolved parameters always do, so anything else throws. */
export function numberOf(params: Params, name: string): number {
  const value = params[name]
  if (typeof value !== 'number') throw new Error(`parameter ${name} is not a number: ${String(value)}`)
  return value
}

export function choiceOf(params: Params, name: string): string {
  const value = params[name]
  if (typeof value !== 'string') throw new Error(`parameter ${name} is not a choice: ${String(value)}`)
  return value
}

export function periodsOf(params: Params, name: string): readonly number[] {
  const value = params[name]
  if (typeof value !== 'object') throw new Error(`parameter ${name} is not a list: ${String(value)}`)
  return value
}
