import { mostProblems, show } from '../../strategy/problem.js'
import type { TextFault } from '../../strategy/statements.js'

/** A piece of text and its offset. */
export interface Word {
  text: string
  at: number
}

/** One value (`to` null), or a range of them. */
export interface SpaceItem {
  from: Word
  to: Word | null
  step: Word | null
}

/** `name=item,item,…`, not yet understood. */
export interface SpaceStatement {
  name: Word
  items: SpaceItem[]
}

/** The statements of a space's text with ASCII punctuation; what follows a fault is read on from the next `;` or line. */
export function readSpace(text: string): { statements: SpaceStatement[]; faults: TextFault[] } {
  const reader = new SpaceReader(text)
  const statements: SpaceStatement[] = []
  while (reader.skipEnds() && reader.faults.length < mostProblems) {
    const statement = reader.readStatement()
    if (statement) statements.push(statement)
    else reader.skipToEnd()
  }
  return { statements, faults: reader.faults }
}

const range = '..'
const marks = [range, '=', ',', ';', '\n', '']

/** A method that returns null has put down the fault. */
class SpaceReader {
  readonly faults: TextFault[] = []
  private next = 0
  private readonly words: Word[]
  private readonly end: Word

  constructor(text: string) {
    // Phones write … for three dots.
    this.words = [...text.matchAll(/\.\.+|…|[=,;\n]|(?:(?!\.\.)[^\s=,;…])+/g)].map(({ 0: word, index }) => ({
      text: /^(?:\.\.+|…)$/.test(word) ? range : word,
      at: index,
    }))
    this.end = { text: '', at: text.length }
  }

  /** Passes over empty statements; false at the end of the text. */
  skipEnds(): boolean {
    while (this.take(';') || this.take('\n')) {}
    return this.peek() !== this.end
  }

  skipToEnd(): void {
    while (!isEnd(this.peek())) this.next++
  }

  readStatement(): SpaceStatement | null {
    const name = this.peek()
    if (marks.includes(name.text)) return this.unexpected('RSI.period=7..21 step 2')
    this.next++
    if (!this.take('=')) return this.unexpected('=')
    const items: SpaceItem[] = []
    do {
      const item = this.readItem()
      if (item === null) return null
      items.push(item)
    } while (this.take(','))
    const beginsAnother = this.words[this.next + 1]?.text === '='
    return isEnd(this.peek()) || beginsAnother ? { name, items } : this.unexpected(', ; .. step')
  }

  private readItem(): SpaceItem | null {
    const from = this.takeValue()
    if (from === null || !this.take(range)) return from && { from, to: null, step: null }
    const to = this.takeValue()
    if (to === null || !this.take('step')) return to && { from, to, step: null }
    const step = this.takeValue()
    return step && { from, to, step }
  }

  private takeValue(): Word | null {
    const word = this.peek()
    if (marks.includes(word.text)) return this.fail('error-strategy-value-expected', {})
    this.next++
    return word
  }

  private peek(): Word {
    return this.words[this.next] ?? this.end
  }

  private take(text: string): boolean {
    const found = this.peek().text.toLowerCase() === text
    if (found) this.next++
    return found
  }

  private unexpected(allowed: string): null {
    return this.fail('error-strategy-unexpected', { allowed, suggestion: '' })
  }

  private fail(id: TextFault['id'], args: TextFault['args']): null {
    const { text, at } = this.peek()
    const ended = isEnd(this.peek()) ? 1 : 0
    this.faults.push({ at, id, args: { got: show(text), ended, ...args } })
    return null
  }
}

function isEnd({ text }: Word): boolean {
  return text === ';' || text === '\n' || text === ''
}
