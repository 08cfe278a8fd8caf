import type { Every } from '../simulator/beat.js'

/** Time that goes on by itself, a little with every turn of the event loop, however long a turn takes. */
export interface TurningTime {
  clock(): number
  /** Acts once, in so many ms; what comes back calls it off. */
  setTimer(act: () => void, ms: number): () => void
  wait(ms: number): Promise<void>
  every: Every
  stop(): void
}

interface Timer {
  at: number
  act: () => void
}

/** Begins at `startTs`. What waits for a connection of this process gets its turns meanwhile: nothing is hurried past it. */
export function createTurningTime(startTs: number, msATurn: number): TurningTime {
  let now = startTs
  let isOver = false
  const timers = new Set<Timer>()

  function turn(): void {
    if (isOver) return
    now += msATurn
    for (const timer of timers) {
      if (timer.at > now) continue
      timers.delete(timer)
      timer.act()
    }
    setImmediate(turn)
  }

  function setTimer(act: () => void, ms: number): () => void {
    const timer = { at: now + ms, act }
    timers.add(timer)
    return () => void timers.delete(timer)
  }

  setImmediate(turn)
  return {
    clock: () => now,
    setTimer,
    wait: (ms) => new Promise((resolve) => setTimer(resolve, ms)),
    every(ms, run) {
      let cancel = () => {}
      const again = () => {
        cancel = setTimer(again, ms)
        run()
      }
      cancel = setTimer(again, ms)
      return () => cancel()
    },
    stop() {
      isOver = true
      timers.clear()
    },
  }
}
