const windowMs = 2000
const mostKeys = 1000

/** Counts a request; false if it is one too many. */
export type RequestLimits = (key: string, requestsPer2s: number, now: number) => boolean

/** So many requests in any two seconds for each key. Refused ones do not count. */
export function createRequestLimits(): RequestLimits {
  const arrivals = new Map<string, number[]>()
  // A client can invent keys without end.
  const forgetIdle = (now: number) => {
    for (const [key, times] of arrivals) if (times.every((ts) => now - ts >= windowMs)) arrivals.delete(key)
  }
  return (key, requestsPer2s, now) => {
    const recent = (arrivals.get(key) ?? []).filter((ts) => now - ts < windowMs)
    const isAllowed = recent.length < requestsPer2s
    if (isAllowed) recent.push(now)
    arrivals.set(key, recent)
    if (arrivals.size > mostKeys) forgetIdle(now)
    return isAllowed
  }
}
