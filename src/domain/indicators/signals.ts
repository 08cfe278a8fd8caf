import type { Candles } from '../candles.js'
import { type Lines, no, type Params, type SignalColumn, type SignalSpec, unknown, yes } from './indicator.js'

/** A line, or a level that it is compared with. */
type Operand = Float64Array | number

/**
 * Declares a signal on an indicator's own lines: it uses all of `lineParams`, then `extraParams`. `reach` is that of the
 * SignalSpec. For signals on several parameter sets at once, write the SignalSpec out.
 */
export function signalOnLines(
  lineParams: readonly string[],
  extraParams: readonly string[],
  evaluate: (lines: Lines, params: Params, candles: Candles) => SignalColumn,
  reach?: (params: Params) => number,
): SignalSpec {
  return {
    params: [...lineParams, ...extraParams],
    ...(reach && { reach }),
    evaluate: (context, params) => evaluate(context.lines(params), params, context.candles),
  }
}

/** `x up y`: x[i-1] <= y[i-1] and x[i] > y[i]. */
export function crossUp(x: Operand, y: Operand): SignalColumn {
  const length = lengthOf(x, y)
  const left = columnOf(x, length)
  const right = columnOf(y, length)
  const out = new Uint8Array(length)
  if (length > 0) out[0] = unknown
  for (let i = 1; i < length; i++) {
    const before = left[i - 1] - right[i - 1]
    const now = left[i] - right[i]
    out[i] = Number.isNaN(before + now) ? unknown : before <= 0 && now > 0 ? yes : no
  }
  return out
}

/** `x down y`: x[i-1] >= y[i-1] and x[i] < y[i]. */
export function crossDown(x: Operand, y: Operand): SignalColumn {
  return crossUp(y, x)
}

export function above(x: Operand, y: Operand): SignalColumn {
  const length = lengthOf(x, y)
  const left = columnOf(x, length)
  const right = columnOf(y, length)
  const out = new Uint8Array(length)
  for (let i = 0; i < length; i++) {
    const distance = left[i] - right[i]
    out[i] = Number.isNaN(distance) ? unknown : distance > 0 ? yes : no
  }
  return out
}

export function below(x: Operand, y: Operand): SignalColumn {
  return above(y, x)
}

export function atOrAbove(x: Operand, y: Operand): SignalColumn {
  return not(below(x, y))
}

export function atOrBelow(x: Operand, y: Operand): SignalColumn {
  return not(above(x, y))
}

/** x[i] > x[i-1]. */
export function rising(x: Float64Array): SignalColumn {
  return step(x, 1)
}

/** x[i] < x[i-1]. */
export function falling(x: Float64Array): SignalColumn {
  return step(x, -1)
}

function step(x: Float64Array, direction: 1 | -1): SignalColumn {
  const out = new Uint8Array(x.length)
  if (x.length > 0) out[0] = unknown
  for (let i = 1; i < x.length; i++) {
    const change = (x[i] - x[i - 1]) * direction
    out[i] = Number.isNaN(change) ? unknown : change > 0 ? yes : no
  }
  return out
}

/** Yes where all are; unknown where any is, for a signal needs all its values. */
export function all(...signals: readonly SignalColumn[]): SignalColumn {
  const out = signals[0].slice()
  for (const signal of signals.slice(1)) {
    for (let i = 0; i < out.length; i++) {
      out[i] = out[i] === unknown || signal[i] === unknown ? unknown : out[i] & signal[i]
    }
  }
  return out
}

/** Yes and no exchanged; unknown stays unknown. */
export function not(signal: SignalColumn): SignalColumn {
  const out = new Uint8Array(signal.length)
  for (let i = 0; i < out.length; i++) out[i] = signal[i] === unknown ? unknown : signal[i] === yes ? no : yes
  return out
}

function lengthOf(x: Operand, y: Operand): number {
  if (typeof x !== 'number') return x.length
  if (typeof y !== 'number') return y.length
  throw new Error('a signal needs a line')
}

function columnOf(operand: Operand, length: number): Float64Array {
  return typeof operand === 'number' ? new Float64Array(length).fill(operand) : operand
}
