import { mostCharacters } from './plainCopy.js'
import { type Fault, mostProblems, type Problem, show, wrongName } from './problem.js'

/** One `key: value` of a text. Positions are offsets in it. */
export interface Statement {
  /** In lower case, words parted by one space. */
  key: string
  keyAt: number
  /** With full-width punctuation as ASCII, trimmed. Same length as in the text, so that offsets hold. */
  value: string
  valueAt: number
  /** The value as it was written, or what it says where it was in double quotes (JSON's). */
  literal: string
}

const fullWidth: Readonly<Record<string, string>> = {
  '：': ':',
  '；': ';',
  '，': ',',
  '（': '(',
  '）': ')',
  '＝': '=',
  '／': '/',
  '＠': '@',
  '\u3000': ' ',
}
const fullWidthPattern = new RegExp(`[${Object.keys(fullWidth).join('')}]`, 'gu')

/** The text with full-width punctuation as ASCII, each character at its place. */
export function withAsciiPunctuation(text: string): string {
  return text.replace(fullWidthPattern, (character) => fullWidth[character])
}

/**
 * The statements of a text: one a line, or parted by `;`. Empty lines are nothing. `keys` are those that may appear;
 * any other is a problem, and so is a second of a key that is not in `repeatable`.
 */
export function readStatements(
  text: string,
  keys: readonly string[],
  repeatable: readonly string[],
): { statements: Statement[]; problems: Problem[] } {
  const statements: Statement[] = []
  const problems: Problem[] = []
  if (text.length > mostCharacters) {
    return { statements, problems: [{ path: '', id: 'error-strategy-too-big', args: { allowed: mostCharacters } }] }
  }
  const plain = withAsciiPunctuation(text)
  for (let at = 0; at < plain.length && problems.length < mostProblems; ) {
    const { statement, problem, end } = readStatement(text, plain, at)
    at = end
    if (problem) problems.push(textProblem(text, problem))
    if (!statement) continue
    const { key, keyAt } = statement
    if (!keys.includes(key)) {
      problems.push(textProblem(text, { at: keyAt, id: 'error-strategy-unknown-key', args: wrongName(key, keys) }))
    } else if (!repeatable.includes(key) && statements.some((earlier) => earlier.key === key)) {
      problems.push(textProblem(text, { at: keyAt, id: 'error-strategy-twice', args: { got: show(key) } }))
    } else statements.push(statement)
  }
  return { statements, problems }
}

/** A fault at an offset of a text. */
export interface TextFault extends Fault {
  at: number
}

interface Read {
  statement?: Statement
  problem?: TextFault
  end: number
}

/** The statement that begins at `start`; neither statement nor problem where there is only space up to `end`. */
function readStatement(text: string, plain: string, start: number): Read {
  const lineEnd = endOf(plain, start)
  const keyAt = start + leadingSpace(plain.slice(start, lineEnd))
  if (keyAt === lineEnd) return { end: lineEnd + 1 }
  const colon = plain.slice(keyAt, lineEnd).indexOf(':')
  if (colon < 0) {
    const got = show(text.slice(keyAt, lineEnd).split(/[\s(]/)[0])
    return { problem: { at: keyAt, id: 'error-strategy-no-colon', args: { got } }, end: lineEnd + 1 }
  }
  const key = plain
    .slice(keyAt, keyAt + colon)
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
  const afterColon = keyAt + colon + 1
  const valueAt = afterColon + leadingSpace(plain.slice(afterColon, lineEnd))
  const quoted = plain[valueAt] === '"' ? readQuoted(text, valueAt) : null
  if (quoted) {
    const end = endOf(plain, quoted.end)
    const after = quoted.end + leadingSpace(plain.slice(quoted.end, end))
    if (after < end) {
      const got = show(text.slice(after, end).trimEnd())
      return {
        problem: { at: after, id: 'error-strategy-unexpected', args: { got, allowed: ';', suggestion: '', ended: 0 } },
        end: end + 1,
      }
    }
    return { statement: { key, keyAt, value: quoted.literal, valueAt, literal: quoted.literal }, end: end + 1 }
  }
  const value = plain.slice(valueAt, lineEnd).trimEnd()
  if (value === '')
    return { problem: { at: keyAt, id: 'error-strategy-no-value', args: { got: show(key) } }, end: lineEnd + 1 }
  const literal = text.slice(valueAt, valueAt + value.length)
  return { statement: { key, keyAt, value, valueAt, literal }, end: lineEnd + 1 }
}

/** A JSON string that begins at `at`, or null where it is none (then the quote is an ordinary character). */
function readQuoted(text: string, at: number): { literal: string; end: number } | null {
  const [source] = /^"(?:[^"\\\n]|\\.)*"/.exec(text.slice(at)) ?? []
  if (source === undefined) return null
  try {
    return { literal: String(JSON.parse(source)), end: at + source.length }
  } catch {
    return null
  }
}

function endOf(plain: string, from: number): number {
  const length = plain.slice(from).search(/[;\n]/)
  return length < 0 ? plain.length : from + length
}

function leadingSpace(text: string): number {
  return text.length - text.trimStart().length
}

/** A fault with its line and column, both from 1; columns count characters as people see them. */
export function textProblem(text: string, { at, id, args }: TextFault, path = ''): Problem {
  const lines = text.slice(0, at).split('\n')
  return { path, id, args: { ...args, line: lines.length, column: [...(lines.at(-1) ?? '')].length + 1 } }
}
