import { type Bar, intervalMs, isBar } from '../domain/bars.js'
import type { Candle } from '../domain/candles.js'
import { instTypeOf } from '../domain/instrument.js'
import { type Feed, openFeed } from './feed.js'
import { checkGrid, type PageCandle, toPageCandle } from './mappers.js'
import { OkxPayloadError } from './okxError.js'
import { CandlePayload } from './payloads.js'
import { createPushReader } from './pushReader.js'
import type { StreamTools } from './streamTools.js'
import type { Reading } from './streamTypes.js'
import { createBackOff } from './timing.js'

export interface CandleStreamQuery {
  instId: string
  bar: Bar
  /** Open time of the last closed candle that is known already; null to begin with whatever the first filling has. */
  lastClosedTs: number | null
}

export interface CandleListener {
  /** Each closed candle once, one bar after the other: nothing is told while a candle before it is missing. */
  closed?(candle: Candle): void
  /** Something came in, or it went stale, or became fresh: the reading says which. */
  changed?(reading: Reading<CandleTail>): void
}

/** The newest candles; null where none is known. */
export interface CandleTail {
  lastClosed: Candle | null
  forming: Candle | null
}

export interface CandleStream {
  read(): Reading<CandleTail>
  close(): void
}

/** How late a candle may be told to be closed before REST is asked. */
const closeGraceMs = 5000
const longestGraceMs = 60_000
/** Fillings that all have the same hole are believed: the exchange has no candles there. */
const mostHoleFillings = 3

const readCandles = createPushReader(CandlePayload, (source, row, { arg }): PageCandle => {
  const candle = toPageCandle(source, row, instTypeOf(arg.instId ?? ''))
  const bar = arg.channel.slice('candle'.length)
  if (!isBar(bar)) throw new OkxPayloadError(source, 'arg', 'is of no bar')
  checkGrid(source, bar, candle.ts)
  return candle
})

/** Candles of one instrument and bar, from REST and from the channel, joined without a gap. */
export function openCandles(tools: StreamTools, query: CandleStreamQuery, listener: CandleListener): CandleStream {
  const { instId, bar } = query
  const { clock, logger } = tools
  const { setTimer } = tools.timing
  const stepMs = intervalMs(bar)
  const lateness = createBackOff(tools.timing.random, closeGraceMs * 2, longestGraceMs)
  /** What came in and does not follow what is known, until a filling joins them; by open time. */
  const waiting = new Map<number, PageCandle>()
  let lastClosedTs = query.lastClosedTs
  let lastClosed: Candle | null = null
  let forming: Candle | null = null
  let hole: { ts: number; fillings: number } | null = null
  let stopTimer = () => {}

  function close(candle: PageCandle): void {
    const { confirmed, ...closed } = candle
    lastClosedTs = closed.ts
    lastClosed = closed
    if (forming && forming.ts <= closed.ts) forming = null
    lateness.reset()
    listener.closed?.(closed)
  }

  /** False if a candle is missing before it. Those known already, and those that are older states, change nothing. */
  function join(candle: PageCandle): boolean {
    if (lastClosedTs !== null && candle.ts <= lastClosedTs) return true
    if (lastClosedTs !== null && candle.ts > lastClosedTs + stepMs) return false
    if (candle.confirmed) close(candle)
    else if (!isOlderState(candle, forming)) {
      const { confirmed, ...rest } = candle
      forming = rest
    }
    return true
  }

  /** A bar that closed and was not told to be, or a channel gone quiet: REST knows. */
  function watchForClose(): void {
    stopTimer()
    if (lastClosedTs === null) return
    const dueMs = lastClosedTs + 2 * stepMs + closeGraceMs - clock.now()
    stopTimer = setTimer(() => feed.damage('missed'), dueMs > 0 ? dueMs : lateness.nextMs())
  }

  /** What REST has, and what came in meanwhile, oldest first: the newest state of each. */
  function merged(tail: readonly PageCandle[]): PageCandle[] {
    const byTs = new Map<number, PageCandle>()
    for (const candle of [...tail, ...waiting.values()]) {
      if (lastClosedTs !== null && candle.ts <= lastClosedTs) continue
      if (!isOlderState(candle, byTs.get(candle.ts))) byTs.set(candle.ts, candle)
    }
    return [...byTs.values()].sort((a, b) => a.ts - b.ts)
  }

  /** The first candle that does not follow the one before it, or does so before that one is closed. */
  function findHole(candles: readonly PageCandle[]): number | null {
    let expectedTs = lastClosedTs === null ? null : lastClosedTs + stepMs
    let isOpen = false
    for (const { ts, confirmed } of candles) {
      if (isOpen || (expectedTs !== null && ts > expectedTs)) return ts
      expectedTs = ts + stepMs
      isOpen = !confirmed
    }
    return null
  }

  const read = (): Reading<CandleTail> => ({ value: { lastClosed, forming }, ...feed.freshness() })
  const feed: Feed = openFeed(
    {
      name: `candle${bar} ${instId}`,
      socket: tools.businessSocket('nothing'),
      args: [{ channel: `candle${bar}`, instId }],
      read: readCandles(tools.problems),
      async refill(signal) {
        // When a candle is late is told by the exchange's time.
        await clock.ready()
        return tools.refill.candles(
          { instId, bar, fromTs: lastClosedTs === null ? null : lastClosedTs + stepMs },
          signal,
        )
      },
      take(rows) {
        const { isStale } = feed.freshness()
        const closedBefore = lastClosedTs
        let isJoined = true
        for (const candle of rows.sort((a, b) => a.ts - b.ts)) {
          if (!isStale && isJoined && join(candle)) continue
          isJoined = isStale
          if (!isOlderState(candle, waiting.get(candle.ts))) waiting.set(candle.ts, candle)
        }
        if (lastClosedTs !== closedBefore) watchForClose()
        return isJoined
      },
      fill(tail) {
        for (const { ts } of tail) checkGrid('candles', bar, ts)
        const candles = merged(tail)
        const holeTs = findHole(candles)
        if (holeTs !== null) {
          hole = { ts: holeTs, fillings: hole?.ts === holeTs ? hole.fillings + 1 : 1 }
          if (hole.fillings < mostHoleFillings || candles.some(({ ts, confirmed }) => ts < holeTs && !confirmed))
            return false
          logger.warn({ instId, bar, ts: holeTs }, 'OKX has no candles before this one')
        }
        hole = null
        waiting.clear()
        for (const candle of candles) {
          if (lastClosedTs !== null && candle.ts > lastClosedTs + stepMs) lastClosedTs = candle.ts - stepMs
          join(candle)
        }
        watchForClose()
        return true
      },
      changed: () => listener.changed?.(read()),
    },
    tools,
  )

  return {
    read,
    close() {
      stopTimer()
      feed.close()
    },
  }
}

/** Of the same candle: what closed does not form again, and volume only grows. */
function isOlderState(candle: PageCandle, known: Candle | PageCandle | null | undefined): boolean {
  if (!known || known.ts !== candle.ts) return known !== null && known !== undefined && candle.ts < known.ts
  const isKnownClosed = 'confirmed' in known && known.confirmed
  if (isKnownClosed || candle.confirmed) return isKnownClosed
  return candle.volume < known.volume
}
