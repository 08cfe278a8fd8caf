import type { Random } from '../../random.js'

/** A density over numbers from `low` to `high`. */
export interface Density {
  sample(random: Random): number
  /** The logarithm of the mass between two numbers. */
  logMass(from: number, to: number): number
  /** The logarithm of the density at a number. */
  logAt(x: number): number
}

/**
 * Parzen's estimate from points: the mean of a normal distribution around each and of a wide one over the whole, all cut
 * to the bounds. Each is as wide as the larger of the gaps to its neighbours, within limits (Bergstra et al. 2011,
 * section 4.2; limits as in hyperopt).
 */
export function parzen(observed: readonly number[], low: number, high: number): Density {
  const range = high - low
  const middle = (low + high) / 2
  const centers = [...observed, middle].sort((a, b) => a - b)
  const priorAt = centers.indexOf(middle)
  const narrowest = range / Math.min(100, 1 + observed.length)
  const widths = centers.map((center, i) => {
    if (i === priorAt) return range
    const gap = Math.max(center - (centers[i - 1] ?? center), (centers[i + 1] ?? center) - center)
    return Math.min(range, Math.max(narrowest, gap))
  })
  const shares = centers.map(
    (center, i) => normalCdf((high - center) / widths[i]) - normalCdf((low - center) / widths[i]),
  )
  const mean = (term: (center: number, width: number) => number) => {
    let sum = 0
    for (let i = 0; i < centers.length; i++) sum += term(centers[i], widths[i]) / shares[i]
    return sum / centers.length
  }
  return {
    sample(random) {
      const i = random.below(centers.length)
      for (;;) {
        const x = centers[i] + widths[i] * random.normal()
        if (x >= low && x <= high) return x
      }
    },
    logMass: (from, to) =>
      Math.log(mean((center, width) => normalCdf((to - center) / width) - normalCdf((from - center) / width))),
    logAt: (x) =>
      Math.log(
        mean((center, width) => Math.exp(-(((x - center) / width) ** 2) / 2) / (width * Math.sqrt(2 * Math.PI))),
      ),
  }
}

/** The standard normal distribution, to 1.5e-7 (Abramowitz and Stegun 7.1.26). */
export function normalCdf(z: number): number {
  const x = Math.abs(z) / Math.SQRT2
  const t = 1 / (1 + 0.3275911 * x)
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
  const tail = (series * Math.exp(-x * x)) / 2
  return z < 0 ? tail : 1 - tail
}
