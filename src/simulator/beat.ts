/** Runs something again and again; what comes back stops it. */
export type Every = (ms: number, run: () => void) => () => void

/** By a timer that keeps no process alive. */
export const everyByTimer: Every = (ms, run) => {
  const timer = setInterval(run, ms).unref()
  return () => clearInterval(timer)
}

/** Lets calls wait until a time has come; time comes by `beat`. */
export interface Waiting {
  until(ts: number): Promise<void>
  beat(now: number): void
  /** Lets all go, whatever the time. */
  release(): void
}

export function createWaiting(): Waiting {
  let waiting: { ts: number; go: () => void }[] = []
  const beat = (now: number) => {
    const due = waiting.filter(({ ts }) => ts <= now)
    waiting = waiting.filter(({ ts }) => ts > now)
    for (const { go } of due) go()
  }
  return {
    until: (ts) => new Promise((resolve) => waiting.push({ ts, go: resolve })),
    beat,
    release: () => beat(Number.POSITIVE_INFINITY),
  }
}
