/** Time and chance as they are given to what waits, so that a test can be their master. */
export interface Timing {
  /** Epoch ms. */
  clock: () => number
  /** Acts once, in so many ms; what it gives back calls that off. */
  setTimer: (act: () => void, ms: number) => () => void
  /** 0 <= x < 1. */
  random: () => number
}

export const systemTiming: Timing = {
  clock: Date.now,
  setTimer(act, ms) {
    const timer = setTimeout(act, ms)
    return () => clearTimeout(timer)
  },
  random: Math.random,
}

/** Growing, jittered pauses. */
export interface BackOff {
  nextMs(): number
  reset(): void
}

export function createBackOff(random: Timing['random'], firstMs: number, mostMs: number): BackOff {
  let pauses = 0
  return {
    nextMs() {
      const fullMs = Math.min(mostMs, firstMs * 2 ** pauses)
      if (fullMs < mostMs) pauses++
      return fullMs * (0.5 + random() / 2)
    },
    reset() {
      pauses = 0
    },
  }
}
