import { mostCharacters } from './plainCopy.js'
import { type Problem, show } from './problem.js'
import type { Strategy } from './schema.js'
import { type TextFault, textProblem } from './statements.js'
import { checkStrategy } from './validate.js'

/**
 * A strategy from JSON text of at most 64 K characters. Broken JSON, and a key given twice (which JSON readers would
 * lose), are problems with `line` and `column`; the rest is as in `checkStrategy`. `options.name` is the name where the
 * JSON gives none.
 */
export function parseStrategyJson(
  text: string,
  options: { name?: string } = {},
): { strategy: Strategy } | { problems: Problem[] } {
  if (text.length > mostCharacters) {
    return { problems: [{ path: '', id: 'error-strategy-too-big', args: { allowed: mostCharacters } }] }
  }
  const fault = findJsonFault(text)
  if (fault) return { problems: [textProblem(text, fault)] }
  const value: unknown = JSON.parse(text)
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return checkStrategy(isObject ? { ...options, ...value } : value)
}

const mostDepth = 64

/** The first place where `text` is not JSON, or gives a key of an object twice; null where there is none. */
export function findJsonFault(text: string): TextFault | null {
  const reader = new JsonReader(text)
  return reader.readValue(0) && reader.readEnd() ? null : reader.fault
}

const space = /[ \t\r\n]*/y
const string = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy
const otherScalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

/** Walks over JSON without making anything of it: `JSON.parse` names no place and drops the first of two equal keys. */
class JsonReader {
  fault: TextFault | null = null
  private at = 0

  constructor(private readonly text: string) {}

  readValue(depth: number): boolean {
    if (depth > mostDepth) return this.fail('error-strategy-too-deep', { allowed: mostDepth })
    if (this.takeMark('{')) {
      const keys = new Set<string>()
      return this.readItems('}', () => this.readField(keys, depth + 1))
    }
    if (this.takeMark('[')) return this.readItems(']', () => this.readValue(depth + 1))
    return this.take(string) !== null || this.take(otherScalar) !== null || this.unexpected()
  }

  readEnd(): boolean {
    this.take(space)
    return this.at === this.text.length || this.unexpected()
  }

  private readItems(close: string, readItem: () => boolean): boolean {
    if (this.takeMark(close)) return true
    do {
      if (!readItem()) return false
    } while (this.takeMark(','))
    return this.takeMark(close) || this.unexpected()
  }

  private readField(keys: Set<string>, depth: number): boolean {
    this.take(space)
    const at = this.at
    const source = this.take(string)
    if (source === null) return this.unexpected()
    const key: string = JSON.parse(source)
    if (keys.has(key)) {
      this.at = at
      return this.fail('error-strategy-twice', { got: show(key) })
    }
    keys.add(key)
    return this.takeMark(':') ? this.readValue(depth) : this.unexpected()
  }

  /** Takes `mark` if it is next after space. */
  private takeMark(mark: string): boolean {
    this.take(space)
    const found = this.text[this.at] === mark
    if (found) this.at++
    return found
  }

  private take(pattern: RegExp): string | null {
    pattern.lastIndex = this.at
    const [taken] = pattern.exec(this.text) ?? [null]
    this.at += taken?.length ?? 0
    return taken
  }

  private unexpected(): boolean {
    const [got] = /^(?:[\p{L}\p{N}_.+-]+|.)?/su.exec(this.text.slice(this.at)) ?? ['']
    return this.fail('error-strategy-json', { got: show(got), ended: got === '' ? 1 : 0 })
  }

  private fail(id: TextFault['id'], args: TextFault['args']): boolean {
    this.fault = { at: this.at, id, args }
    return false
  }
}
