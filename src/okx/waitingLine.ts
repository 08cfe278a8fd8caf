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

/**
 * Stands in line until every claim has room, and takes it: `full` at once if that would take too long as things stand, or
 * once it has taken too long because others went ahead. Rejects with the signal's reason.
 */
export type WaitingLine = (wish: Wish) => Promise<'granted' | 'full'>

interface Window {
  cap: number
  used: number
  /** Oldest first. */
  grants: { at: number; weight: number }[]
}

interface Waiter {
  wish: Wish
  /** By which it must have been granted. */
  deadline: number
  answer(granted: 'granted' | 'full'): void
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
      window = { cap, used: 0, grants: [] }
      windows.set(key, window)
    }
    while (window.grants.length > 0 && window.grants[0].at + windowMs <= at) {
      window.used -= window.grants.shift()?.weight ?? 0
    }
    return window
  }

  function forgetIdle(at: number): void {
    for (const [key, { grants }] of windows) {
      if (grants.every((grant) => grant.at + windowMs <= at)) windows.delete(key)
    }
  }

  const hasRoom = (claim: Claim, at: number) => windowOf(claim, at).used + claim.weight <= claim.cap

  function take(claims: readonly Claim[], at: number): void {
    for (const claim of claims) {
      const window = windowOf(claim, at)
      window.used += claim.weight
      window.grants.push({ at, weight: claim.weight })
    }
  }

  /** When a claim behind so much weight would have room, if nobody goes ahead of it. */
  function expectedWaitMs(claim: Claim, ahead: number, at: number): number {
    const { used, cap, grants } = windowOf(claim, at)
    // What goes beyond a full window takes the places of the one before it, a window later.
    const rounds = Math.ceil((ahead + claim.weight) / cap) - 1
    let missing = used + ahead + claim.weight - (rounds + 1) * cap
    if (missing <= 0) return rounds * windowMs
    const freeing = grants.find(({ weight }) => {
      missing -= weight
      return missing <= 0
    })
    return rounds * windowMs + (freeing ? freeing.at + windowMs - at : 0)
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
        take(claims, at)
        waiter.answer('granted')
      } else if (waiter.deadline <= at) {
        waiter.answer('full')
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
      const [oldest] = windowOf(claim, at).grants
      if (oldest) times.push(oldest.at + windowMs)
    }
    if (times.length === 0) return
    const next = times.reduce((a, b) => Math.min(a, b))
    timer = setTimeout(pump, Math.max(1, Math.ceil(next - at)))
  }

  return async (wish) => {
    wish.signal?.throwIfAborted()
    const at = now()
    if (isHopeless(wish, at)) return 'full'
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
          resolve(granted)
        },
      }
      wish.signal?.addEventListener('abort', leave, { once: true })
      const behind = waiters.findIndex((other) => other.wish.priority < wish.priority)
      waiters.splice(behind < 0 ? waiters.length : behind, 0, waiter)
      pump()
    })
  }
}
