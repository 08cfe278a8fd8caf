import { bars, formatBar, parseBar } from '../bars.js'
import { catalog } from '../indicators/catalog.js'
import type { Indicator, ParamSpec, ParamValue, SignalSpec } from '../indicators/indicator.js'
import { findIndicator, findSignal, unknownIndicator, unknownSignal } from './findSignal.js'
import { type Fault, show, stepInto, wrongName } from './problem.js'
import type { TextFault } from './statements.js'

interface Token {
  text: string
  at: number
}

interface Argument {
  name: Token | null
  values: Token[]
}

const keywords = ['and', 'or', 'not', 'within']
const marks = '(),=/@'

/**
 * Reads one line of rules (`RSI(14) oversold within 3 and MACD golden_cross`) into a group's JSON, names in the
 * catalog's case. Whether parameters and numbers are right is left to `checkRules`; `places` receives the offset of
 * each part by its JSON path, for what that has to say. A method that returns null has put down the `fault`.
 */
export class RuleReader {
  fault: TextFault | null = null
  private next = 0
  private readonly tokens: Token[]
  private readonly end: Token

  /** `offset` is where `line` begins in the whole text. */
  constructor(
    line: string,
    offset: number,
    private readonly places: Map<string, number>,
  ) {
    this.tokens = [...line.matchAll(/[(),=/@]|[^\s(),=/@]+/g)].map(({ 0: text, index }) => ({
      text,
      at: offset + index,
    }))
    this.end = { text: '', at: offset + line.length }
  }

  readGroup(path: string): unknown {
    const conditions: unknown[] = []
    let logic = ''
    do {
      const condition = this.readCondition(`${path}.conditions[${conditions.length}]`)
      if (condition === null) return null
      conditions.push(condition)
      const word = this.peek().text.toLowerCase()
      if (logic !== '' && isJoint(word) && word !== logic) return this.fail('error-strategy-mixed-logic', {})
      if (isJoint(word)) logic = word
    } while (this.take(logic))
    if (this.peek() !== this.end) return this.unexpected(['and', 'or', 'within', '@'])
    return { logic: logic === 'or' ? 'OR' : 'AND', conditions }
  }

  private readCondition(path: string): unknown {
    this.places.set(path, this.peek().at)
    const negate = this.take('not')
    const types = Object.keys(catalog)
    const type = this.takeName(types, stepInto(path, 'indicator_type'))
    if (type === null) return null
    const indicator = findIndicator(type.text)
    if (!indicator) return this.failAt(type, unknownIndicator(type.text))
    const given = this.readArguments()
    if (given === null) return null
    const name = this.takeName(Object.keys(indicator.signals), stepInto(path, 'signal_type'))
    if (name === null) return null
    const signal = findSignal(indicator, name.text)
    if (!signal) return this.failAt(name, unknownSignal(indicator, name.text))
    const params = this.assign(given, indicator, signal, stepInto(path, 'params'))
    const modifiers = params && this.readModifiers(path)
    return modifiers && { indicator_type: type.text, signal_type: name.text, params, negate, ...modifiers }
  }

  /** `@4H` and `within 3`, in either order. */
  private readModifiers(path: string): { bar?: string; within?: number | string } | null {
    const modifiers: { bar?: string; within?: number | string } = {}
    for (;;) {
      if (modifiers.bar === undefined && this.take('@')) {
        this.places.set(stepInto(path, 'bar'), this.peek().at)
        const bar = parseBar(this.peek().text)
        if (bar === null) return this.unexpected(bars.map(formatBar))
        this.next++
        modifiers.bar = bar
      } else if (modifiers.within === undefined && this.take('within')) {
        this.places.set(stepInto(path, 'within'), this.peek().at)
        const count = this.takeValue()
        if (count === null) return null
        modifiers.within = numberOrText(count)
      } else return modifiers
    }
  }

  private readArguments(): Argument[] | null {
    const given: Argument[] = []
    if (!this.take('(') || this.take(')')) return given
    do {
      let value = this.takeValue()
      const name = this.take('=') ? value : null
      if (name) value = this.takeValue()
      if (value === null) return null
      const values = [value]
      while (this.take('/')) {
        const other = this.takeValue()
        if (other === null) return null
        values.push(other)
      }
      given.push({ name, values })
    } while (this.take(','))
    return this.take(')') ? given : this.fail('error-strategy-unexpected', { allowed: ', )', suggestion: '' })
  }

  /** The first values may go without their names, in the signal's order. */
  private assign(given: readonly Argument[], indicator: Indicator, signal: SignalSpec, path: string): object | null {
    const params = new Map<string, unknown>()
    let named = false
    for (const [i, { name, values }] of given.entries()) {
      named ||= name !== null
      if (named && name === null) return this.failAt(values[0], { id: 'error-strategy-unnamed-param', args: {} })
      if (name === null && i >= signal.params.length) {
        const args = { allowed: signal.params.join(', '), count: signal.params.length }
        return this.failAt(values[0], { id: 'error-strategy-too-many-params', args })
      }
      const known = name === null ? signal.params[i] : sameName(name.text, Object.keys(indicator.params))
      if (params.has(known)) return this.failAt(name ?? values[0], { id: 'error-strategy-twice', args: {} })
      const spec = Object.hasOwn(indicator.params, known) ? indicator.params[known] : null
      params.set(known, toValue(spec, values))
      this.places.set(stepInto(path, known), (name ?? values[0]).at)
    }
    return Object.fromEntries(params)
  }

  private peek(): Token {
    return this.tokens[this.next] ?? this.end
  }

  /** Takes the next token if it is this one. */
  private take(text: string): boolean {
    const found = text !== '' && this.peek().text.toLowerCase() === text
    if (found) this.next++
    return found
  }

  /** A name, in the case of the one in `names` if it is there. */
  private takeName(names: readonly string[], path: string): Token | null {
    const token = this.peek()
    if (token === this.end || isReserved(token)) return this.unexpected(names)
    this.next++
    this.places.set(path, token.at)
    return { text: sameName(token.text, names), at: token.at }
  }

  private takeValue(): Token | null {
    const token = this.peek()
    if (token === this.end || isReserved(token)) return this.fail('error-strategy-value-expected', {})
    this.next++
    return token
  }

  private unexpected(allowed: readonly string[]): null {
    return this.fail('error-strategy-unexpected', wrongName(this.peek().text, allowed))
  }

  private fail(id: Fault['id'], args: Fault['args']): null {
    return this.failAt(this.peek(), { id, args })
  }

  private failAt(token: Token, { id, args }: Fault): null {
    const ended = token === this.end ? 1 : 0
    this.fault = { at: token.at, id, args: { got: show(token.text), ...args, ended } }
    return null
  }
}

function isJoint(word: string): boolean {
  return word === 'and' || word === 'or'
}

function isReserved({ text }: Token): boolean {
  return marks.includes(text) || keywords.includes(text.toLowerCase())
}

function sameName(text: string, names: readonly string[]): string {
  return names.find((name) => name.toLowerCase() === text.toLowerCase()) ?? text
}

/** What one value, or several parted by `/`, stand for where `spec` is the parameter's; left as text where they are none. */
export function toValue(
  spec: ParamSpec | null,
  values: readonly { text: string }[],
): ParamValue | readonly (number | string)[] {
  if (spec?.kind === 'choice' && values.length === 1) return sameName(values[0].text, spec.options)
  const numbers = values.map(numberOrText)
  return values.length > 1 || spec?.kind === 'periods' ? numbers : numbers[0]
}

/** A number as people and JavaScript write it; anything else stays text, for the check of its place to refuse. */
export function numberOrText({ text }: { text: string }): number | string {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : text
}
