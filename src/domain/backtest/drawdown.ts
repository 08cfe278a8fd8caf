import type { Marks } from './returns.js'

/**
 * The deepest fall of equity from an earlier high. Times are open times (epoch ms) of the bars whose closes were
 * marked.
 */
export interface Drawdown {
  /** Fraction of the high, 0 where equity never fell. */
  depth: number
  /** The last mark at the high. */
  startTs: number | null
  troughTs: number | null
  /** The first mark back at the high; null while there is none. */
  recoveryTs: number | null
  /** From start to recovery, or to the last mark. */
  durationMs: number
}

/**
 * On the marks of the bars; the start equity is the first high, at the first bar's open, so that a strategy that only
 * ever loses shows it. Of equally deep ones the first.
 */
export function findDrawdown({ ts, equity, startEquity }: Marks): Drawdown {
  const fall = new Float64Array(4)
  findDeepest(equity, startEquity, fall)
  const [depth, high, start, trough] = fall
  if (depth === 0) return { depth: 0, startTs: null, troughTs: null, recoveryTs: null, durationMs: 0 }

  let recovery = trough + 1
  while (recovery < equity.length && equity[recovery] < high) recovery++
  const startTs = ts[start]
  const recoveryTs = recovery < equity.length ? ts[recovery] : null
  return {
    depth,
    startTs,
    troughTs: ts[trough],
    recoveryTs,
    durationMs: (recoveryTs ?? ts[ts.length - 1]) - startTs,
  }
}

/**
 * Writes depth, high, the index of the last mark at the high and that of the trough. On its own, for the loop is long and
 * what becomes of its findings is seldom the same twice.
 */
function findDeepest(equity: Float64Array, startEquity: number, fall: Float64Array): void {
  let high = startEquity
  let highAt = 0
  /** The lowest mark since the high: only a lower one can be deeper. */
  let low = startEquity
  let deepest = 0
  for (let i = 0; i < equity.length; i++) {
    const mark = equity[i]
    if (mark >= high) {
      high = mark
      highAt = i
      low = mark
    } else if (mark < low) {
      low = mark
      const depth = (high - mark) / high
      if (depth > deepest) {
        deepest = depth
        fall[0] = depth
        fall[1] = high
        fall[2] = highAt
        fall[3] = i
      }
    }
  }
}
