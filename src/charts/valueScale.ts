/** A value axis: its ends, the distance of its labels, and the decimals that tell neighbouring labels apart. */
export interface ValueScale {
  min: number
  max: number
  step: number
  decimals: number
}

/**
 * An axis that holds `low` to `high` between two multiples of a round `step`, with at most `maxLabels` of them (at least
 * three). A flat line gets an axis around it.
 */
export function valueScale(low: number, high: number, maxLabels: number): ValueScale {
  const largest = Math.max(Math.abs(low), Math.abs(high))
  const isFlat = high - low <= largest * 1e-9
  const halfFlat = largest === 0 ? 1 : largest * 0.01
  const from = isFlat ? low - halfFlat : low
  const to = isFlat ? high + halfFlat : high
  for (let step = roundStep((to - from) / maxLabels); ; step = roundStep(step * 1.5)) {
    const first = Math.floor(from / step)
    const last = Math.ceil(to / step)
    if (last - first + 1 > Math.max(3, maxLabels)) continue
    const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9))
    return { min: rounded(first * step, decimals), max: rounded(last * step, decimals), step, decimals }
  }
}

/** Round values from `low` to `high`, at most `most` of them where that leaves two, and a scale to write them by. */
export function ticksWithin(low: number, high: number, most: number): { scale: ValueScale; values: number[] } {
  const step = roundStep((high - low) / Math.max(1, most - 1))
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9))
  const first = Math.ceil(low / step - 1e-6)
  const last = Math.floor(high / step + 1e-6)
  // Minus zero would be written as such.
  const values = Array.from({ length: last - first + 1 }, (_, i) => rounded((first + i) * step, decimals) || 0)
  return { scale: { min: low, max: high, step, decimals }, values }
}

/** The smallest of 1, 2 and 5 times a power of ten that is not below `least`. */
export function roundStep(least: number): number {
  const exponent = Math.floor(Math.log10(least))
  const factor = [1, 2, 5].find((candidate) => candidate * 10 ** exponent >= least * (1 - 1e-9))
  return Number(factor === undefined ? `1e${exponent + 1}` : `${factor}e${exponent}`)
}

function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(Math.min(100, decimals)))
}
