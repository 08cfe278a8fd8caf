/**
 * Numbers that look random and depend on nothing but the seed, a stream of its own for each text: sfc32 (Chris
 * Doty-Humphrey's PractRand). Only +, -, *, /, sqrt and log are used: those give the same bits on every machine.
 */
export class Random {
  /** In a typed array, because plain variables of 32 bits would be boxed: this is a hot place. */
  readonly #state: Uint32Array

  constructor(seed: string) {
    this.#state = Uint32Array.from(hash4(seed))
    for (let i = 0; i < 12; i++) this.uniform()
  }

  /** Uniform, 0 < x < 1. */
  uniform(): number {
    const state = this.#state
    const b = state[1]
    const c = state[2]
    const sum = (state[0] + b + state[3]) | 0
    state[3]++
    state[0] = b ^ (b >>> 9)
    state[1] = c + (c << 3)
    state[2] = ((c << 21) | (c >>> 11)) + sum
    return ((sum >>> 0) + 0.5) / 2 ** 32
  }

  /** Uniform among 0 … n-1; n at most 2^32. */
  below(n: number): number {
    return Math.floor(this.uniform() * n)
  }

  /** Standard normal (Marsaglia's polar method: a point in the unit disc does the work of sine and cosine). */
  normal(): number {
    for (;;) {
      const x = 2 * this.uniform() - 1
      const y = 2 * this.uniform() - 1
      const square = x * x + y * y
      if (square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square)
    }
  }

  /** Student's t with 4 degrees of freedom (variance 2), cut at +-12: fat tails (Bailey's polar method, 1994). */
  studentT(): number {
    for (;;) {
      const x = 2 * this.uniform() - 1
      const y = 2 * this.uniform() - 1
      const square = x * x + y * y
      if (square < 1) return Math.max(-12, Math.min(12, x * Math.sqrt((4 * (1 / Math.sqrt(square) - 1)) / square)))
    }
  }
}

/** MurmurHash3's finalizer. */
export function mix(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** FNV-1a, twice with different constants, so that thousands of streams do not meet. */
export function hash4(text: string): [number, number, number, number] {
  let h1 = 0x811c9dc5
  let h2 = 0x2545f491
  for (let i = 0; i < text.length; i++) {
    h1 = Math.imul(h1 ^ text.charCodeAt(i), 0x01000193)
    h2 = Math.imul(h2 ^ text.charCodeAt(i), 0x5bd1e995)
  }
  return [mix(h1), mix(h2), mix(h1 ^ 0x9e3779b9), mix(h2 ^ 0x9e3779b9)]
}
