import { type HeadingItem, keyItem } from './heading.js'
import type { TrialMark } from './spec.js'
import type { JsonObject } from './textRow.js'
import type { ChartTheme } from './theme.js'

/** How the line around or along what is pointed out is drawn. */
export function trialLook(kind: TrialMark['kind'], theme: ChartTheme): JsonObject {
  return { borderColor: theme.text, borderWidth: 2.5, borderDash: kind === 'peak' ? [] : [4, 3], pointRadius: 0 }
}

/** A wider line below, which parts it from the colours. */
export function halo(theme: ChartTheme): JsonObject {
  return { borderColor: theme.background, borderWidth: 5.5, borderJoinStyle: 'round' }
}

/** The kinds that occur, in the legend. */
export function trialKeys(marks: readonly TrialMark[], theme: ChartTheme): HeadingItem[] {
  return marks
    .filter(({ kind }, i) => marks.findIndex((mark) => mark.kind === kind) === i)
    .map(({ kind, label }) => keyItem(label, trialLook(kind, theme), 'line', theme))
}
