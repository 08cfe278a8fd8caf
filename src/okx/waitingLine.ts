/** So much of what a window has for every `windowMs`. */
export interface Claim {
  key: string
  /** What the window grants in all. */
  cap: number
  weight: number
}

interface Wish {
  /** All of them must have room at once. */
  claims: readonly Claim[]
  /** Higher ones go first; among equals, whoever came first. */
  priority: number
  /** Longer than this nobody stands in line. */
  maxWaitMs: number
  signal?: AbortSignal | undefined
}

/** To be called once what was granted is over. */
type Done = () => void

/**
 * Stands in line until every claim has room, and takes it until a window's length after it is over: for only then it is
 * certain to have been counted at the other end. Null at once if there would be no room in time as things stand, or once
 * it has taken too long because others went ahead. Rejects with the signal's reason.
 */
export type WaitingLine = (wish: Wish) => Promise<Done | null>

interface Window {
  cap: number
  /** Of what is over and what is not. */
  used: number
  /** What is over, and when it was; oldest first. */
  past: { at: number; weight: number }[]
}

interface Waiter {
  wish: Wish
  /** By which it must have been granted. */
  deadline: number
  answer(granted: boolean): void
}

const mostIdleWindows = 1000

/**
 * Windows that slide: in no `windowMs` more than a window's `cap` is granted. Who waits for one window holds up nobody who
 * claims others. `now` is monotonic, in ms.
 */
export function createWaitingLine(windowMs: number, now: () => number = () => performance.now()): WaitingLine {
  const windows = new Map<string, Window>()
  let waiters: Waiter[] = []
  let timer: NodeJS.Timeout | null = null

  function windowOf({ key, cap }: Claim, at: number): Window {
    let window = windows.get(key)
    if (!window) {
      if (windows.size >= mostIdleWindows) forgetIdle(at)
      window = { cap, used: 0, past: [] }
      windows.set(key, window)
    }
    while (window.past.length > 0 && window.past[0].at + windowMs <= at) {
      window.used -= window.past.shift()?.weight ?? 0
    }
    return window
  }

  function forgetIdle(at: number): void {
    for (const [key, { cap }] of windows) {
      if (windowOf({ key, cap, weight: 0 }, at).used === 0) windows.delete(key)
    }
  }

  const hasRoom = (claim: Claim, at: number) => windowOf(claim, at).used + claim.weight <= claim.cap

  function take(claims: readonly Claim[]): void {
    for (const claim of claims) windowOf(claim, now()).used += claim.weight
  }

  function finish(claims: readonly Claim[]): void {
    const at = now()
    for (const claim of claims) windowOf(claim, at).past.push({ at, weight: claim.weight })
    if (waiters.length > 0) pump()
  }

  /** When a claim behind so much weight would have room, if nobody goes ahead of it and what is under way is over now. */
  function expectedWaitMs(claim: Claim, ahead: number, at: number): number {
    const { used, cap, past } = windowOf(claim, at)
    // What goes beyond a full window takes the places of the one before it, a window later.
    const rounds = Math.ceil((ahead + claim.weight) / cap) - 1
    let missing = used + ahead + claim.weight - (rounds + 1) * cap
    if (missing <= 0) return rounds * windowMs
    const freeing = past.find(({ weight }) => {
      missing -= weight
      return missing <= 0
    })
    return rounds * windowMs + (freeing ? freeing.at - at : 0) + windowMs
  }

  function isHopeless({ claims, priority, maxWaitMs }: Wish, at: number): boolean {
    const inFront = waiters.filter(({ wish }) => wish.priority >= priority)
    return claims.some((claim) => {
      const ahead = inFront.flatMap(({ wish }) => wish.claims).filter(({ key }) => key === claim.key)
      const weight = ahead.reduce((sum, { weight }) => sum + weight, 0)
      return expectedWaitMs(claim, weight, at) > maxWaitMs
    })
  }

  /** Grants whatever has room, in the order of the line; nobody overtakes on a window that someone in front waits for. */
  function pump(): void {
    const at = now()
    const awaited = new Map<string, Claim>()
    const left: Waiter[] = []
    for (const waiter of waiters) {
      const { claims } = waiter.wish
      const lacking = claims.filter((claim) => awaited.has(claim.key) || !hasRoom(claim, at))
      if (lacking.length === 0) {
        take(claims)
        waiter.answer(true)
      } else if (waiter.deadline <= at) {
        waiter.answer(false)
      } else {
        left.push(waiter)
        for (const claim of lacking) awaited.set(claim.key, claim)
      }
    }
    waiters = left
    wakeFor(awaited.values(), at)
  }

  function wakeFor(awaited: Iterable<Claim>, at: number): void {
    if (timer) clearTimeout(timer)
    timer = null
    const times = waiters.map(({ deadline }) => deadline)
    for (const claim of awaited) {
      const [oldest] = windowOf(claim, at).past
      if (oldest) times.push(oldest.at + windowMs)
    }
    if (times.length === 0) return
    const next = times.reduce((a, b) => Math.min(a, b))
    timer = setTimeout(pump, Math.max(1, Math.ceil(next - at)))
  }

  return async (wish) => {
    wish.signal?.throwIfAborted()
    const at = now()
    if (isHopeless(wish, at)) return null
    return new Promise((resolve, reject) => {
      const leave = () => {
        waiters = waiters.filter((other) => other !== waiter)
        reject(wish.signal?.reason)
        pump()
      }
      const waiter: Waiter = {
        wish,
        deadline: at + wish.maxWaitMs,
        answer(granted) {
          wish.signal?.removeEventListener('abort', leave)
          resolve(granted ? () => finish(wish.claims) : null)
        },
      }
      wish.signal?.addEventListener('abort', leave, { once: true })
      const behind = waiters.findIndex((other) => other.wish.priority < wish.priority)
      waiters.splice(behind < 0 ? waiters.length : behind, 0, waiter)
      pump()
    })
  }
}
