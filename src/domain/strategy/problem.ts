import { nearest } from '../nearest.js'
import { type ErrorArgs, UserError } from '../userError.js'

/**
 * What is wrong: `id` is a Fluent id, `args` holds, where it makes sense, `got`, `allowed` (all that is) and
 * `suggestion` (the nearest name, '' when none is near).
 */
export interface Fault {
  id: `error-${string}`
  args: ErrorArgs
}

/**
 * A fault and its place in the strategy's JSON, such as `rules.buy_groups[0].conditions[1].params.perod`. For text,
 * `args` holds `line` and `column` (from 1), and `path` is '' where the fault lies in the text itself.
 */
export interface Problem extends Fault {
  path: string
}

/** More than this many are not worth reading at once. */
export const mostProblems = 20

/** The first problems, if there are any. */
export function refusal(problems: readonly Problem[]): { problems: Problem[] } | null {
  return problems.length === 0 ? null : { problems: problems.slice(0, mostProblems) }
}

/** The problem as an error that shows it; `line` is 0 where only `path` says the place. */
export function problemError({ id, path, args }: Problem): UserError {
  return new UserError(id, { line: 0, column: 0, path, suggestion: '', ...args })
}

/** What was given, what exists, and the name that was probably meant, as args of a problem. */
export function wrongName(got: unknown, names: readonly string[]): ErrorArgs {
  return { got: show(got), allowed: names.join(', '), suggestion: suggest(got, names) }
}

/** The name that was probably meant, or ''. */
function suggest(got: unknown, names: readonly string[]): string {
  return (typeof got === 'string' && nearest(got.slice(0, 64), names)) || ''
}

const mostShown = 40

/** A value as one short line of printable text. */
export function show(value: unknown): string {
  if (Array.isArray(value)) return shorten(`[${value.slice(0, mostShown).map(show).join(', ')}]`)
  if (typeof value === 'object' && value !== null) return '{…}'
  return shorten(String(value).replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' '))
}

function shorten(text: string): string {
  const characters = [...text.slice(0, 4 * mostShown)]
  return characters.length <= mostShown ? text : `${characters.slice(0, mostShown).join('')}…`
}

/** `path` and one step further, by index or by key. */
export function stepInto(path: string, step: string | number): string {
  if (typeof step === 'number') return `${path}[${step}]`
  const key = show(step)
  if (!/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(key)) return `${path}[${JSON.stringify(key)}]`
  return path === '' ? key : `${path}.${key}`
}

interface Bounds {
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
}

/** Bounds as text that needs no translation: `1 … 1000`, `> 0, < 100`. */
export function showBounds({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Bounds): string {
  if (minimum !== undefined && maximum !== undefined) return `${minimum} … ${maximum}`
  return [
    ['>=', minimum],
    ['>', exclusiveMinimum],
    ['<=', maximum],
    ['<', exclusiveMaximum],
  ]
    .filter(([, bound]) => bound !== undefined)
    .map(([sign, bound]) => `${sign} ${bound}`)
    .join(', ')
}
