import PQueue from 'p-queue'
import { type EndpointName, endpoints } from './endpoints.js'

const windowMs = 2000
/** Requests do not arrive as far apart as they were sent. */
const jitterMs = 100

export type Query = Readonly<Record<string, string>>

/** Runs a call when its endpoint's limit has room, first come first served; an abort takes it out of the line. */
export type RateLimits = <T>(
  name: EndpointName,
  query: Query,
  call: () => Promise<T>,
  signal?: AbortSignal,
) => Promise<T>

/** OKX's documented limits times `scale`; Infinity lifts them. */
export function createRateLimits(scale: number): RateLimits {
  if (!(scale > 0)) throw new RangeError(`limits cannot be scaled by ${scale}`)
  if (scale === Number.POSITIVE_INFINITY) return (_name, _query, call) => call()
  const queues = new Map<string, PQueue>()
  return (name, query, call, signal) => {
    const { requestsPer2s, scope } = endpoints[name]
    const key = scope === 'ip' ? name : `${name} ${query[scope]}`
    let queue = queues.get(key)
    if (!queue) {
      const intervalCap = Math.max(1, Math.floor(requestsPer2s * scale))
      // Without `strict`, two bursts may meet at the edge of two windows.
      queue = new PQueue({ interval: windowMs + jitterMs, intervalCap, strict: true })
      queues.set(key, queue)
    }
    return queue.add(call, { signal })
  }
}
