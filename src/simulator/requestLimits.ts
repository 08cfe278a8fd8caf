const windowMs = 2000
const mostKeys = 1000

/** Counts a request, or as many as `weight` says; false, and none counted, if that is too many. */
export type RequestLimits = (key: string, requestsPer2s: number, now: number, weight?: number) => boolean

/** So many requests in any two seconds for each key. Refused ones do not count. */
export function createRequestLimits(): RequestLimits {
  const arrivals = new Map<string, number[]>()
  // A client can invent keys without end.
  const forgetIdle = (now: number) => {
    for (const [key, times] of arrivals) if (times.every((ts) => now - ts >= windowMs)) arrivals.delete(key)
  }
  return (key, requestsPer2s, now, weight = 1) => {
    const recent = (arrivals.get(key) ?? []).filter((ts) => now - ts < windowMs)
    const isAllowed = recent.length + weight <= requestsPer2s
    if (isAllowed) for (let i = 0; i < weight; i++) recent.push(now)
    arrivals.set(key, recent)
    if (arrivals.size > mostKeys) forgetIdle(now)
    return isAllowed
  }
}
