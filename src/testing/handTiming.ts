import type { Timing } from '../okx/timing.js'

/** Time that passes only when a test lets it. */
export interface HandTiming extends Timing {
  /** Lets so many ms pass: what is due acts in order, and what waits for a promise goes on in between. */
  pass(ms: number): Promise<void>
  /** So many ms go by while nothing can act, as on a machine that slept. */
  sleep(ms: number): void
  /** How many timers are set. */
  pending(): number
}

export function createHandTiming(startMs = Date.UTC(2026, 0, 1), random = () => 1): HandTiming {
  let now = startMs
  let order = 0
  const timers = new Set<{ at: number; order: number; act: () => void }>()

  function nextBy(untilMs: number) {
    return [...timers].filter(({ at }) => at <= untilMs).sort((a, b) => a.at - b.at || a.order - b.order)[0]
  }

  return {
    clock: () => now,
    random,
    setTimer(act, ms) {
      const timer = { at: now + ms, order: order++, act }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    async pass(ms) {
      const untilMs = now + ms
      await settle()
      for (let timer = nextBy(untilMs); timer; timer = nextBy(untilMs)) {
        timers.delete(timer)
        now = Math.max(now, timer.at)
        timer.act()
        await settle()
      }
      now = untilMs
    },
    sleep(ms) {
      now += ms
    },
    pending: () => timers.size,
  }
}

/** Lets every promise that can go on do so. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
