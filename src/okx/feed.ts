import type { Logger } from 'pino'
import type { OkxSocket } from './okxSocket.js'
import type { ReadPush } from './pushReader.js'
import type { GapReason } from './streamTypes.js'
import { createBackOff, type Timing } from './timing.js'
import { keyOfArg, type Push, type WsArg } from './wsMessages.js'

export interface FeedOptions<Row, Filling> {
  /** As logs call it. */
  name: string
  socket: OkxSocket
  /** The channels that it is made of; all must be subscribed for it to be fresh. */
  args: readonly WsArg[]
  read: ReadPush<Row>
  /** Reads by REST what may have been missed. */
  refill(signal: AbortSignal): Promise<Filling>
  /** A push's rows, in the order in which they come in, fresh or not. False: they do not follow what is known. */
  take(rows: Row[], push: Push, connection: number): boolean
  /** Merges what REST gave with what came in meanwhile. False: it leaves a gap, to be tried again. */
  fill(filling: Filling): boolean
  /** It has just gone stale, or become fresh, or something came in. */
  changed(): void
}

export interface Freshness {
  receivedAt: number | null
  isStale: boolean
  staleSince: number | null
  reason: GapReason | null
}

/** A stream that is fresh only while subscribed, and filled by REST since the last gap. */
export interface Feed {
  freshness(): Freshness
  /** What is known must be filled anew. */
  damage(reason: GapReason): void
  close(): void
}

const firstPauseMs = 1000
const longestPauseMs = 60_000
/** What was fresh for so long is filled at once after its next gap. */
const healthyMs = 60_000

export function openFeed<Row, Filling>(
  options: FeedOptions<Row, Filling>,
  { timing, logger }: { timing: Timing; logger: Logger },
): Feed {
  const { name, socket, args, read, refill, take, fill, changed } = options
  const { clock, setTimer } = timing
  const backOff = createBackOff(timing.random, firstPauseMs, longestPauseMs)
  const subscribed = new Set<string>()
  let receivedAt: number | null = null
  let stale: { since: number; reason: GapReason } | null = { since: clock(), reason: 'starting' }
  let freshSince = 0
  let isEnded = false
  /** Fillings since it was last healthy. */
  let fillings = 0
  let underWay: AbortController | null = null
  let stopTimer = () => {}

  function goStale(reason: GapReason): void {
    if (isEnded) return
    underWay?.abort()
    underWay = null
    stopTimer()
    if (stale) {
      stale = { since: stale.since, reason }
      if (reason === 'refused') changed()
      return
    }
    const now = clock()
    if (now - freshSince >= healthyMs) {
      fillings = 0
      backOff.reset()
    }
    stale = { since: now, reason }
    logger.info({ stream: name, reason }, 'OKX stream has a gap')
    changed()
  }

  function fillSoon(): void {
    if (isEnded || subscribed.size < args.length) return
    stopTimer()
    if (fillings++ === 0) void fillNow()
    else stopTimer = setTimer(() => void fillNow(), backOff.nextMs())
  }

  async function fillNow(): Promise<void> {
    const controller = new AbortController()
    underWay?.abort()
    underWay = controller
    try {
      const filling = await refill(controller.signal)
      if (underWay !== controller) return
      underWay = null
      if (!fill(filling)) return fillSoon()
    } catch (error) {
      if (underWay !== controller) return
      underWay = null
      logger.warn({ err: error, stream: name }, 'OKX stream could not be filled, will be tried again')
      return fillSoon()
    }
    stale = null
    freshSince = clock()
    receivedAt = freshSince
    changed()
  }

  const unsubscribe = socket.subscribe(args, {
    subscribed(arg) {
      subscribed.add(keyOfArg(arg))
      if (subscribed.size === args.length) fillSoon()
    },
    lost(arg, reason) {
      subscribed.delete(keyOfArg(arg))
      goStale(reason)
    },
    damaged() {
      goStale('malformed')
      fillSoon()
    },
    refused(arg) {
      subscribed.delete(keyOfArg(arg))
      goStale('refused')
    },
    push(push, connection) {
      const rows = read(push)
      if (rows) receivedAt = clock()
      if (rows && take(rows, push, connection)) return changed()
      goStale(rows ? 'missed' : 'malformed')
      fillSoon()
    },
  })

  return {
    freshness() {
      if (stale) return { receivedAt, isStale: true, staleSince: stale.since, reason: stale.reason }
      if (socket.isSilent()) return { receivedAt, isStale: true, staleSince: receivedAt, reason: 'silent' }
      return { receivedAt, isStale: false, staleSince: null, reason: null }
    },
    damage(reason) {
      goStale(reason)
      fillSoon()
    },
    close() {
      goStale('closed')
      isEnded = true
      stopTimer()
      unsubscribe()
    },
  }
}
