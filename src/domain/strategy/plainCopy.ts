import { type Fault, type Problem, show, stepInto } from './problem.js'

/** Characters that a strategy's JSON or text may have. */
export const mostCharacters = 64 * 1024
/** What the largest rules that the schema takes come to is more than their text. */
const mostCopied = 4 * mostCharacters
const mostDepth = 12

/**
 * A copy of JSON-like data that shares nothing with `input`: fields that are undefined left out, -0 as 0. Refused, at
 * its first fault: what is not JSON, numbers that are not finite, more than 256 K characters of it, deep nesting
 * (and so circles), and the key `__proto__`.
 */
export function plainCopy(input: unknown, root: string): { value: unknown } | { problem: Problem } {
  let budget = mostCopied
  const problems: Problem[] = []

  const copy = (value: unknown, path: string, depth: number): unknown => {
    if (problems.length > 0) return null
    budget -= sizeOf(value)
    if (budget < 0) return refuse(path, 'error-strategy-too-big', { allowed: mostCopied })
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
    if (typeof value === 'number') {
      return Number.isFinite(value) ? value + 0 : refuse(path, 'error-strategy-not-finite', { got: show(value) })
    }
    if (typeof value !== 'object' || !isPlain(value))
      return refuse(path, 'error-strategy-not-json', { got: typeof value })
    if (depth === mostDepth) return refuse(path, 'error-strategy-too-deep', { allowed: mostDepth })
    if (Array.isArray(value)) return Array.from(value, (item, i) => copy(item, stepInto(path, i), depth + 1))
    return copyObject(value, path, depth)
  }

  const copyObject = (value: object, path: string, depth: number) => {
    const fields: Record<string, unknown> = {}
    for (const [key, field] of Object.entries(value)) {
      if (field === undefined) continue
      budget -= key.length
      if (key === '__proto__') return refuse(stepInto(path, key), 'error-strategy-bad-key', { got: key })
      fields[key] = copy(field, stepInto(path, key), depth + 1)
      if (problems.length > 0) break
    }
    return fields
  }

  const refuse = (path: string, id: Fault['id'], args: Fault['args']) => {
    problems.push({ path, id, args })
    return null
  }

  const value = copy(input, root, 0)
  return problems.length > 0 ? { problem: problems[0] } : { value }
}

function sizeOf(value: unknown): number {
  return typeof value === 'string' || Array.isArray(value) ? value.length + 1 : 1
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype || Array.isArray(value)
}
