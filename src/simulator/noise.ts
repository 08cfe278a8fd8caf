import { hash4, mix } from '../domain/random.js'

// Only +, -, *, /, sqrt, exp and log are used for the market: those give the same bits on every machine and Node version.

/** Smooth noise over time: a value at every multiple of `knotMs`, straight lines between; variance 1 at the knots. */
export class Noise {
  readonly #key: number

  constructor(
    seed: string,
    readonly knotMs: number,
  ) {
    this.#key = keyOf(seed)
  }

  at(t: number): number {
    const knot = Math.floor(t / this.knotMs)
    const share = t / this.knotMs - knot
    return bell(this.#key, knot) * (1 - share) + bell(this.#key, knot + 1) * share
  }

  /** Adds `weight` times the noise at `fromTs`, `fromTs + stepMs`, …; `fromTs` is a knot and steps divide knots evenly. */
  addTo(sums: Float64Array, weight: number, fromTs: number, stepMs: number): void {
    const steps = this.knotMs / stepMs
    let knot = fromTs / this.knotMs
    let value = bell(this.#key, knot)
    for (let k = 0; k < sums.length; k += steps) {
      const next = bell(this.#key, ++knot)
      for (let i = 0; i < steps && k + i < sums.length; i++)
        sums[k + i] += weight * (value + (next - value) * (i / steps))
      value = next
    }
  }
}

/** Uniform, 0 < x < 1, for one number under a key. */
export function uniformAt(key: number, n: number): number {
  return (mix(key ^ mix(n)) + 0.5) / 2 ** 32
}

/** A 32-bit key for `uniformAt`. */
export function keyOf(seed: string): number {
  return hash4(seed)[0]
}

/** Sum of four uniform numbers, scaled to variance 1: bell-shaped and bounded (+-3.5). */
function bell(key: number, n: number): number {
  const first = mix(key ^ mix(n))
  const second = mix(first ^ 0x9e3779b9)
  const sum = (first & 0xffff) + (first >>> 16) + (second & 0xffff) + (second >>> 16)
  return ((sum - 2 * 0xffff) / 0xffff) * Math.sqrt(3)
}
