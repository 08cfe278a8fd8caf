import { nearest } from '../domain/nearest.js'
import { UserError } from '../domain/userError.js'
import { jsonSchema, kindOf, limitsOf } from './args.js'
import type { Command } from './defineCommand.js'
import { type ArgInfo, argsOf, usageOf } from './registry.js'

/** `/name@bot words`: the name in lower case, who is addressed, and all that follows. Null if it is no command. */
export function readCommandLine(line: string): { name: string; bot: string | null; words: string } | null {
  const match = /^\s*[/／]([^\s@]+)(?:@(\w+))?(?:\s+([\s\S]*))?$/.exec(line)
  if (!match) return null
  return { name: match[1].toLowerCase(), bot: match[2] ?? null, words: match[3] ?? '' }
}

/**
 * The words after a command as values by argument name; not yet checked for limits.
 *
 * A word goes to the next open argument whose form it has, behind the last one taken first, never past a required one;
 * `name=value` goes where it says; quotes hold words together; a `rest` argument takes all that is left as it stands.
 * Throws UserError with one line that says what, where and what is allowed.
 */
export function readWords(command: Command, text: string): Record<string, unknown> {
  const infos = argsOf(command)
  const values: Record<string, unknown> = {}
  let lastTaken = -1
  let position = 0

  for (let word = nextWord(text, position); word; word = nextWord(text, position)) {
    const named = findNamed(word)
    const info = named ?? findByForm(word)
    if (isRest(info)) {
      values[info.name] = text.slice(named ? word.valueStart : word.start).trim()
      break
    }
    if (isSecret(info)) {
      // As it stands, with what would be quotes or a name elsewhere.
      const from = named ? word.valueStart : word.start
      const value = /^\S*/.exec(text.slice(from))?.[0] ?? ''
      values[info.name] = value
      position = from + value.length
      lastTaken = placeOf(info)
      continue
    }
    if (word.unclosed) throw new UserError('error-quote-open', { value: shownValue(command, word.text) })
    position = word.end
    const value = joined(info, word) ?? readValue(info, word.text)
    if (value === undefined) throw badValue(command, info, word.text)
    values[info.name] = value
    if (!named) lastTaken = placeOf(info)
  }
  return values

  function placeOf({ name }: ArgInfo): number {
    return infos.findIndex((info) => info.name === name)
  }

  /** The argument that `name=` names; undefined where the word names none, or is the beginning of a text. */
  function findNamed({ key }: Word): ArgInfo | undefined {
    if (key === null) return undefined
    const info = infos.find(({ name }) => name === key)
    if (info && info.name in values) {
      throw new UserError('error-argument-twice', { argument: key, usage: usageOf(command) })
    }
    if (info) return info
    const [next] = openArgs(command, values).filter((open) => placeOf(open) > lastTaken)
    if (next && isSecret(next)) return undefined
    const error = unknownArgument(command, key)
    const couldBeText = openArgs(command, values).some(isRest) && error.args.suggestion === ''
    if (couldBeText) return undefined
    throw error
  }

  function findByForm(word: Word): ArgInfo {
    const open = openArgs(command, values)
    const behind = open.filter((info) => placeOf(info) > lastTaken)
    const inTurn = [...behind, ...open.filter((info) => !behind.includes(info))]
    const info = inTurn.find((candidate) => isRest(candidate) || readValue(candidate, word.text) !== undefined)
    if (info) return info
    if (inTurn.length > 0) throw badValue(command, inTurn[0], word.text)
    throw new UserError('error-argument-extra', { value: shownValue(command, word.text), usage: usageOf(command) })
  }

  /** `btc swap` as one value, where the next word belongs to this one. */
  function joined(info: ArgInfo, word: Word): unknown {
    const { continues } = kindOf(info.schema)
    const next = nextWord(text, word.end)
    if (!continues || !next || next.key !== null || !continues.test(next.text)) return undefined
    const value = readValue(info, `${word.text} ${next.text}`)
    if (value !== undefined) position = next.end
    return value
  }
}

/** The arguments that the next word may be for: those not yet given, up to the first that must be. */
export function openArgs(command: Command, values: Readonly<Record<string, unknown>>): ArgInfo[] {
  const left = argsOf(command).filter(({ name }) => !(name in values))
  const barrier = left.findIndex(({ required }) => required)
  return barrier < 0 ? left : left.slice(0, barrier + 1)
}

export function unknownArgument(command: Command, name: string): UserError {
  const names = argsOf(command).map((info) => info.name)
  const suggestion = nearest(name, names) ?? ''
  // It may be the beginning of a passphrase.
  const argument = suggestion === '' ? shownValue(command, name) : name
  return new UserError('error-argument-unknown', {
    argument,
    suggestion,
    usage: usageOf(command),
  })
}

/** The one line that refuses a value, and says what is allowed there. */
export function badValue(command: Command, { name, schema }: ArgInfo, value: string): UserError {
  const choices = (jsonSchema(schema).enum ?? []).map(String)
  return new UserError(`error-argument-${kindOf(schema).name}`, {
    argument: name,
    value: shownValue(command, value),
    suggestion: nearest(value, choices) ?? '',
    usage: usageOf(command),
    ...limitsOf(schema),
  })
}

/** What a message may repeat of what was typed. */
function shownValue(command: Command, value: string): string {
  if (command.secret) return '…'
  return value.length > 60 ? `${value.slice(0, 59)}…` : value
}

function isRest({ schema }: ArgInfo): boolean {
  return kindOf(schema).name === 'rest'
}

export function isSecret({ schema }: ArgInfo): boolean {
  return kindOf(schema).name === 'secret'
}

function readValue({ schema }: ArgInfo, text: string): unknown {
  return kindOf(schema).parse(text)
}

interface Word {
  /** Without its key and quotes. */
  text: string
  /** In `bar=15m`, `bar`. */
  key: string | null
  start: number
  valueStart: number
  end: number
  unclosed: boolean
}

/** Opening quotes, those that phones type included, and what closes them. */
const quotes = new Map([
  ['"', '"'],
  ["'", "'"],
  ['“', '”'],
  ['‘', '’'],
  ['「', '」'],
])

function nextWord(text: string, from: number): Word | null {
  const gap = /\S/.exec(text.slice(from))
  if (!gap) return null
  const start = from + gap.index
  const keyMatch = /^([a-z][a-z0-9_]*)[=＝]/i.exec(text.slice(start))
  const key = keyMatch ? keyMatch[1].toLowerCase() : null
  const valueStart = start + (keyMatch?.[0].length ?? 0)
  const close = quotes.get(text.charAt(valueStart))
  if (close !== undefined) {
    const closeAt = text.indexOf(close, valueStart + 1)
    const end = closeAt < 0 ? text.length : closeAt + 1
    const inner = text.slice(valueStart + 1, closeAt < 0 ? text.length : closeAt)
    return { text: inner, key, start, valueStart, end, unclosed: closeAt < 0 }
  }
  const length = /^\S*/.exec(text.slice(valueStart))?.[0].length ?? 0
  const end = valueStart + length
  return { text: text.slice(valueStart, end), key, start, valueStart, end, unclosed: false }
}
