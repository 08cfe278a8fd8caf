import { type Problem, refusal, show, wrongName } from '../../strategy/problem.js'
import { numberOrText } from '../../strategy/ruleReader.js'
import { textProblem, withAsciiPunctuation } from '../../strategy/statements.js'
import type { Figures } from '../stats.js'
import { type ObjectiveName, objectiveOf } from './objective.js'
import type { Trial } from './trial.js'

/** The figures of a result that a constraint may be about. */
const figures = [
  'trades',
  'total_return_pct',
  'cagr_pct',
  'max_drawdown_pct',
  'max_drawdown_days',
  'sharpe',
  'sortino',
  'calmar',
  'volatility_pct',
  'profit_factor',
  'expectancy',
  'sqn',
  'win_rate_pct',
  'payoff_ratio',
  'best_trade_pct',
  'worst_trade_pct',
  'avg_trade_pct',
  'avg_hold_ms',
  'max_consecutive_losses',
  'exposure_pct',
  'turnover',
  'fees',
] as const satisfies readonly (keyof Figures)[]

const operators = ['>=', '<=', '>', '<'] as const

export interface Constraint {
  figure: (typeof figures)[number]
  operator: (typeof operators)[number]
  bound: number
}

const otherSigns: Readonly<Record<string, Constraint['operator']>> = {
  '≥': '>=',
  '≤': '<=',
  '＞=': '>=',
  '＜=': '<=',
  '＞': '>',
  '＜': '<',
}
const signPattern = [...operators, ...Object.keys(otherSigns)].join('|')
const pattern = new RegExp(`\\s*([a-z]\\w*)\\s*(${signPattern})\\s*([^\\s,;<>=]+)(?:\\s*(?:[,;]|and\\b))?\\s*`, 'iy')

/**
 * Constraints from text: `trades>=30, max_drawdown<=25`, parted by `,`, `;`, `and`, a line's end or space. Figures have
 * the names of a result; `_pct` may be left out, and a % after the number too. Empty text is no constraint.
 */
export function parseConstraints(text: string): { constraints: Constraint[] } | { problems: Problem[] } {
  const plain = withAsciiPunctuation(text).trimEnd()
  const constraints: Constraint[] = []
  const problems: Problem[] = []
  for (let at = 0; at < plain.length; ) {
    pattern.lastIndex = at
    const [whole, name, sign, number] = pattern.exec(plain) ?? []
    if (whole === undefined) {
      const start = at + plain.slice(at).search(/\S/)
      const got = show(
        text
          .slice(start, plain.length)
          .split(/[,;，；\n]/)[0]
          .trim(),
      )
      problems.push(textProblem(text, { at: start, id: 'error-constraint-form', args: { got } }))
      break
    }
    const start = at + whole.search(/\S/)
    const figure = figures.find((known) => known === name.toLowerCase() || known === `${name.toLowerCase()}_pct`)
    const bound = numberOrText({ text: number.replace(/%$/, '') })
    if (!figure) {
      problems.push(textProblem(text, { at: start, id: 'error-constraint-figure', args: wrongName(name, figures) }))
    } else if (typeof bound === 'string') {
      problems.push(textProblem(text, { at: start, id: 'error-constraint-bound', args: { got: show(number), name } }))
    } else {
      constraints.push({ figure, operator: operators.find((known) => known === sign) ?? otherSigns[sign], bound })
    }
    at += whole.length
  }
  return refusal(problems) ?? { constraints }
}

/**
 * What a trial's result is worth: its objective if it keeps all constraints, and by how much it misses them otherwise,
 * each as a part of its bound. A figure that is null keeps no constraint, and misses by 1.
 */
export function judge(
  stats: Figures,
  objective: ObjectiveName,
  constraints: readonly Constraint[],
): Pick<Trial, 'score' | 'shortfall'> {
  const misses = constraints.filter((constraint) => !isKept(constraint, stats))
  if (misses.length === 0) return { score: objectiveOf(objective, stats), shortfall: 0 }
  return { score: null, shortfall: misses.reduce((sum, constraint) => sum + missOf(constraint, stats), 0) }
}

function isKept({ figure, operator, bound }: Constraint, stats: Figures): boolean {
  const value = stats[figure]
  if (value === null) return false
  switch (operator) {
    case '>=':
      return value >= bound
    case '<=':
      return value <= bound
    case '>':
      return value > bound
    case '<':
      return value < bound
  }
}

/** Never 0, so that a bound that may not be reached counts as missed where it is. */
function missOf({ figure, bound }: Constraint, stats: Figures): number {
  const value = stats[figure]
  return value === null ? 1 : Math.max(Number.EPSILON, Math.abs(value - bound) / Math.max(1, Math.abs(bound)))
}
