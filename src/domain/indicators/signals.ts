import type { Candles } from '../candles.js'
import { type Lines, type Params, type SignalColumn, type SignalSpec, unknown, yes } from './indicator.js'
import { joinAll } from './signalWords.js'

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

/*
 * A line is NaN up to its warm-up and never after it, so a signal is unknown on its first bars and never after those.
 * `Number(a > b)` is no jump that a processor could guess wrongly; of conditions that come and go it is four times as fast.
 */

/** `x up y`: x[i-1] <= y[i-1] and x[i] > y[i]. */
export function crossUp(x: Operand, y: Operand): SignalColumn {
  if (typeof x !== 'number' && typeof y !== 'number') return crossOverLine(x, y)
  return onset(above(x, y))
}

/** Above now, and not before: both in one pass, for of crosses these are the most usual. */
function crossOverLine(x: Float64Array, y: Float64Array): SignalColumn {
  const from = Math.max(firstValue(x), firstValue(y))
  const out = unknownBefore(from + 1, x.length)
  let was = Number(x[from] > y[from])
  for (let i = from + 1; i < x.length; i++) {
    const is = Number(x[i] > y[i])
    out[i] = is & (was ^ yes)
    was = is
  }
  return out
}

/** `x down y`: x[i-1] >= y[i-1] and x[i] < y[i]. */
export function crossDown(x: Operand, y: Operand): SignalColumn {
  return crossUp(y, x)
}

export function above(x: Operand, y: Operand): SignalColumn {
  if (typeof x !== 'number') return typeof y === 'number' ? aboveLevel(x, y) : aboveLine(x, y)
  if (typeof y !== 'number') return belowLevel(y, x)
  throw new Error('a signal needs a line')
}

export function below(x: Operand, y: Operand): SignalColumn {
  return above(y, x)
}

function aboveLine(x: Float64Array, y: Float64Array): SignalColumn {
  const from = Math.max(firstValue(x), firstValue(y))
  const out = unknownBefore(from, x.length)
  for (let i = from; i < x.length; i++) out[i] = Number(x[i] > y[i])
  return out
}

function aboveLevel(x: Float64Array, level: number): SignalColumn {
  const from = firstValue(x)
  const out = unknownBefore(from, x.length)
  for (let i = from; i < x.length; i++) out[i] = Number(x[i] > level)
  return out
}

function belowLevel(x: Float64Array, level: number): SignalColumn {
  const from = firstValue(x)
  const out = unknownBefore(from, x.length)
  for (let i = from; i < x.length; i++) out[i] = Number(x[i] < level)
  return out
}

export function atOrAbove(x: Operand, y: Operand): SignalColumn {
  return not(below(x, y))
}

export function atOrBelow(x: Operand, y: Operand): SignalColumn {
  return not(above(x, y))
}

/** x[i] > x[i-1]. */
export function rising(x: Float64Array): SignalColumn {
  const from = firstValue(x) + 1
  const out = unknownBefore(from, x.length)
  for (let i = from; i < x.length; i++) out[i] = Number(x[i] > x[i - 1])
  return out
}

/** x[i] < x[i-1]. */
export function falling(x: Float64Array): SignalColumn {
  const from = firstValue(x) + 1
  const out = unknownBefore(from, x.length)
  for (let i = from; i < x.length; i++) out[i] = Number(x[i] < x[i - 1])
  return out
}

/** Yes where the signal is and was not on the bar before. */
function onset(signal: SignalColumn): SignalColumn {
  let from = 0
  while (from < signal.length && signal[from] === unknown) from++
  const out = unknownBefore(from + 1, signal.length)
  for (let i = from + 1; i < signal.length; i++) out[i] = signal[i] & (signal[i - 1] ^ yes)
  return out
}

/** Yes where all are; unknown where any is, for a signal needs all its values. */
export function all(...signals: readonly SignalColumn[]): SignalColumn {
  const out = signals[0].slice()
  for (const signal of signals.slice(1)) joinAll(out, signal)
  return out
}

/** Yes and no exchanged; unknown stays unknown. */
export function not(signal: SignalColumn): SignalColumn {
  const out = new Uint8Array(signal.length)
  for (let i = 0; i < out.length; i++) out[i] = signal[i] === unknown ? unknown : signal[i] ^ yes
  return out
}

/** Index of a line's first value; its length where it has none. */
export function firstValue(line: Float64Array): number {
  let i = 0
  while (i < line.length && Number.isNaN(line[i])) i++
  return i
}

function unknownBefore(from: number, length: number): SignalColumn {
  return new Uint8Array(length).fill(unknown, 0, from)
}
