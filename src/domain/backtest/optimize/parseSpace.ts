import { type Problem, refusal, show } from '../../strategy/problem.js'
import { numberOrText } from '../../strategy/ruleReader.js'
import type { Strategy } from '../../strategy/schema.js'
import { type TextFault, textProblem, withAsciiPunctuation } from '../../strategy/statements.js'
import { checkStrategy } from '../../strategy/validate.js'
import { withValue } from './applyPoint.js'
import type { Dimension, DimensionValue } from './space.js'
import { readSpace, type SpaceItem, type SpaceStatement, type Word } from './spaceReader.js'
import { findVariable, type Variable } from './variables.js'

/** Characters that a space's text may have. */
const mostCharacters = 4000
/** Values that one dimension may have. */
export const mostValues = 1000

/**
 * What varies in a strategy, from text: `name=values`, parted by `;`, a line's end or space.
 *
 *     RSI.period=7..21 step 2; RSI.oversold=20,25,30,35
 *     buy.MA.fast=3..15 step 2; stop_loss_pct=1..5 step 0.5; take_profit_pct=none,2,4,6
 *
 * - Names are those of `findVariable`. Values are read as in a strategy's text and checked by it.
 * - `a..b step s` is a, a+s, … up to b; whole numbers go by 1 without a step. A range of other numbers without a step,
 *   alone, is continuous: it has no grid.
 * - `a,b,c` lists values; ranges with a step may stand among them. Choices (`MA.type=SMA,EMA`), lists of periods
 *   (`MA.periods=5/10/20,10/20/40`) and timeframes of conditions (`RSI.bar=none,1H,4H`) can only be listed.
 * - Numbers are put in order, `none` after them where it stands for no limit. The strategy's own `bar` does not vary: a
 *   space belongs to one series of candles.
 *
 * Problems hold `line` and `column` of the text, and where a value is wrong in the strategy the `path` there too.
 */
export function parseSpace(text: string, strategy: Strategy): { dimensions: Dimension[] } | { problems: Problem[] } {
  if (text.length > mostCharacters) {
    return { problems: [{ path: '', id: 'error-space-too-long', args: { allowed: mostCharacters } }] }
  }
  const { statements, faults } = readSpace(withAsciiPunctuation(text))
  const dimensions: Dimension[] = []
  const problems = faults.map((fault) => textProblem(text, fault))
  for (const statement of statements) {
    const read = readDimension(statement, strategy, dimensions)
    if ('fault' in read) problems.push(textProblem(text, read.fault, read.path))
    else dimensions.push(read)
  }
  if (statements.length === 0 && problems.length === 0) problems.push({ path: '', id: 'error-space-empty', args: {} })
  return refusal(problems) ?? { dimensions }
}

interface Refused {
  fault: TextFault
  path?: string
}

function readDimension(
  { name, items }: SpaceStatement,
  strategy: Strategy,
  earlier: readonly Dimension[],
): Dimension | Refused {
  const variable = findVariable(strategy.rules, name.text)
  if ('id' in variable) return { fault: { at: name.at, ...variable } }
  const overlapping = earlier.find(({ places }) => places.some((place) => variable.places.includes(place)))
  if (overlapping) {
    return {
      fault: { at: name.at, id: 'error-space-overlap', args: { got: show(name.text), other: overlapping.name } },
    }
  }
  const values: unknown[] = []
  const probes: Probe[] = []
  for (const item of items) {
    const read = item.to === null ? [variable.read(item.from.text)] : readRange(item, variable)
    if ('fault' in read) return read
    if (read.length === 0 && items.length === 1) return continuous(item, variable, strategy)
    if (read.length === 0) return refuse(item.from, 'error-space-needs-step', { got: rangeText(item) })
    values.push(...read)
    if (values.length > mostValues) return refuse(item.from, 'error-space-too-many', { allowed: mostValues })
    probes.push(...probesOf(item, read))
  }
  // Checked: what stands here is a value that the strategy can have.
  return firstRefused(probes, variable, strategy) ?? listed(variable, values as DimensionValue[])
}

interface Probe {
  value: unknown
  word: Word
}

/** Bounds hold for all of a range if they hold for its ends, and being whole if it does for its first step. */
function probesOf({ from, to, step }: SpaceItem, values: readonly unknown[]): Probe[] {
  return [
    { value: values[0], word: from },
    ...(values.length > 1 ? [{ value: values[1], word: step ?? from }] : []),
    ...(values.length > 2 ? [{ value: values.at(-1), word: to ?? from }] : []),
  ]
}

function refuse({ at }: Word, id: TextFault['id'], args: TextFault['args']): Refused {
  return { fault: { at, id, args } }
}

/** The numbers of a range; none where it has no step and needs one. */
function readRange(item: SpaceItem, variable: Variable): number[] | Refused {
  const [from, to] = [item.from, item.to].map((word) => word && variable.read(word.text))
  if (variable.scale === 'names') return refuse(item.from, 'error-space-names', { got: rangeText(item) })
  const step = item.step ? numberOrText(item.step) : variable.scale === 'whole' ? 1 : null
  if (
    typeof from !== 'number' ||
    typeof to !== 'number' ||
    typeof step === 'string' ||
    to < from ||
    (step !== null && !(step > 0))
  ) {
    return refuse(item.from, 'error-space-range', { got: rangeText(item) })
  }
  if (step === null) return []
  const count = Math.floor((to - from) / step + 1e-9) + 1
  if (count > mostValues) return refuse(item.from, 'error-space-too-many', { allowed: mostValues })
  const decimals = Math.max(decimalsOf(from), decimalsOf(step))
  return Array.from({ length: count }, (_, i) => Number((from + i * step).toFixed(decimals)))
}

/** Digits after the point; at most as many as `toFixed` takes. */
function decimalsOf(x: number): number {
  const [mantissa, exponent = '0'] = String(x).split('e')
  return Math.min(100, Math.max(0, (mantissa.split('.')[1] ?? '').length - Number(exponent)))
}

function rangeText({ from, to, step }: SpaceItem): string {
  return show(`${from.text}${to ? `..${to.text}` : ''}${step ? ` step ${step.text}` : ''}`)
}

function continuous(item: SpaceItem, variable: Variable, strategy: Strategy): Dimension | Refused {
  const ends = [item.from, item.to ?? item.from].map((word) => ({ value: variable.read(word.text), word }))
  const [min, max] = ends.map(({ value }) => Number(value))
  const { name, places } = variable
  if (min === max) return refuse(item.from, 'error-space-range', { got: rangeText(item) })
  return firstRefused(ends, variable, strategy) ?? { name, places, kind: 'continuous', min, max }
}

/** What speaks of several values at once, and may be right at other points. */
const ofCombinations = ['error-strategy-fast-slow', 'error-strategy-risk-needs-stop']

/** The first value that the strategy cannot have, whatever else it has. */
function firstRefused(probes: readonly Probe[], { places }: Variable, strategy: Strategy): Refused | undefined {
  for (const { value, word } of probes) {
    const checked = checkStrategy(withValue(strategy, places, value as DimensionValue))
    const problem = 'problems' in checked && checked.problems.find(({ id }) => !ofCombinations.includes(id))
    if (problem) return { fault: { at: word.at, id: problem.id, args: problem.args }, path: problem.path }
  }
  return undefined
}

/** Each value once: in ascending order where they have one, else as given. */
function listed({ name, places, rank }: Variable, given: readonly DimensionValue[]): Dimension {
  const values = [...new Map(given.map((value) => [JSON.stringify(value), value])).values()]
  const ranks = values.map(rank)
  const isOrdered = ranks.every((place) => place !== null)
  if (isOrdered) values.sort((a, b) => compare(rank(a) ?? 0, rank(b) ?? 0))
  return { name, places, kind: isOrdered || areRisingLists(values) ? 'ordered' : 'unordered', values }
}

/** Not a difference: two infinite ones would have none. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Lists of periods of which each is longer than the one before it, period by period. */
function areRisingLists(values: readonly DimensionValue[]): boolean {
  return values.every((value, i) => {
    if (typeof value !== 'object' || value === null) return false
    const before = values[i - 1]
    if (i === 0) return true
    return (
      typeof before === 'object' && before?.length === value.length && value.every((period, k) => period >= before[k])
    )
  })
}
