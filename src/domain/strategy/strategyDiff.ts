import { diffArrays } from 'diff'
import type { Strategy } from './schema.js'
import { formatStrategy } from './strategyText.js'

/** A line of a strategy's text form, and on which side of a change it stands. */
export interface DiffLine {
  kind: 'kept' | 'removed' | 'added'
  text: string
}

/** What became of a strategy, as lines of its text form; null: there was none, and every line is new. */
export function diffStrategies(before: Strategy | null, after: Strategy): DiffLine[] {
  const linesOf = (strategy: Strategy) => formatStrategy(strategy).split('\n')
  return diffArrays(before ? linesOf(before) : [], linesOf(after)).flatMap(({ added, removed, value }) =>
    value.map((text): DiffLine => ({ kind: added ? 'added' : removed ? 'removed' : 'kept', text })),
  )
}
