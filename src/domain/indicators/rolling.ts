/** The highest of the last `period` values of a column that begins at index `from`: NaN before from + period - 1. */
export function rollingHighest(values: Float64Array, period: number, from = 0): Float64Array {
  return rollingExtreme(values, period, from, 1)
}

/** The lowest of the last `period` values of a column that begins at index `from`: NaN before from + period - 1. */
export function rollingLowest(values: Float64Array, period: number, from = 0): Float64Array {
  return rollingExtreme(values, period, from, -1)
}

/** Keeps a queue of the indices that may still become the extreme, best first: each enters and leaves it once. */
function rollingExtreme(values: Float64Array, period: number, from: number, sign: 1 | -1): Float64Array {
  const out = new Float64Array(values.length).fill(Number.NaN)
  const queue = new Int32Array(values.length)
  let head = 0
  let tail = 0
  for (let i = from; i < values.length; i++) {
    const value = values[i] * sign
    while (tail > head && values[queue[tail - 1]] * sign <= value) tail--
    queue[tail++] = i
    if (queue[head] <= i - period) head++
    if (i >= from + period - 1) out[i] = values[queue[head]]
  }
  return out
}
