import type { Ticker } from '../domain/instrument.js'
import { MarkPricePayload } from './accountPayloads.js'
import { toTicker } from './mappers.js'
import { TickerPayload } from './payloads.js'
import { toMarkPrice } from './pushMappers.js'
import { createPushReader, type ReadPush } from './pushReader.js'
import type { StreamTools } from './streamTools.js'
import type { GapReason, MarkPrice, Reading } from './streamTypes.js'
import { keyOfArg } from './wsMessages.js'

/** The last of each instrument; null before the first. */
export interface QuoteStream<Quote> {
  read(instId: string): Reading<Quote | null>
  close(): void
}

export interface QuoteListener<Quote> {
  /** A new one came in, or what is known went stale. */
  changed?(instId: string, reading: Reading<Quote | null>): void
}

interface Known<Quote> {
  quote: Quote | null
  receivedAt: number | null
  stale: { since: number; reason: GapReason } | null
}

/**
 * Quotes need no filling: OKX pushes the last one when it is subscribed, and each is whole by itself. So an instrument is
 * fresh from its first push after a gap.
 */
function openQuotes<Quote extends { instId: string; ts: number }>(
  channel: string,
  instIds: readonly string[],
  read: ReadPush<Quote | null>,
  tools: StreamTools,
  listener: QuoteListener<Quote>,
): QuoteStream<Quote> {
  const { clock } = tools.timing
  const socket = tools.publicSocket()
  const known = new Map<string, Known<Quote>>()
  for (const instId of instIds) {
    known.set(instId, { quote: null, receivedAt: null, stale: { since: clock(), reason: 'starting' } })
  }

  function readingOf({ quote, receivedAt, stale }: Known<Quote>): Reading<Quote | null> {
    const silence = socket.isSilent() ? { since: receivedAt, reason: 'silent' as const } : null
    const fault = stale ?? silence
    return {
      value: quote,
      receivedAt,
      isStale: fault !== null,
      staleSince: fault?.since ?? null,
      reason: fault?.reason ?? null,
    }
  }

  function goStale(instId: string | undefined, reason: GapReason): void {
    const entry = instId === undefined ? undefined : known.get(instId)
    if (instId === undefined || !entry) return
    const wasStale = entry.stale !== null
    entry.stale = { since: entry.stale?.since ?? clock(), reason }
    if (!wasStale || reason === 'refused') listener.changed?.(instId, readingOf(entry))
  }

  const unsubscribe = socket.subscribe(
    instIds.map((instId) => ({ channel, instId })),
    {
      subscribed() {},
      lost: ({ instId }, reason) => goStale(instId, reason),
      damaged() {
        for (const instId of known.keys()) goStale(instId, 'malformed')
      },
      refused: ({ instId }) => goStale(instId, 'refused'),
      push(push) {
        const quotes = read(push)
        if (!quotes) return goStale(push.arg.instId, 'malformed')
        for (const quote of quotes) {
          const entry = quote && known.get(quote.instId)
          if (!entry || (entry.quote && (entry.stale ? quote.ts < entry.quote.ts : quote.ts <= entry.quote.ts)))
            continue
          entry.quote = quote
          entry.receivedAt = clock()
          entry.stale = null
          listener.changed?.(quote.instId, readingOf(entry))
        }
      },
    },
  )

  return {
    read(instId) {
      const entry = known.get(instId)
      if (!entry) throw new RangeError(`this stream has no ${keyOfArg({ channel, instId })}`)
      return readingOf(entry)
    },
    close() {
      unsubscribe()
      for (const entry of known.values()) entry.stale ??= { since: clock(), reason: 'closed' }
    },
  }
}

const readTickers = createPushReader(TickerPayload, (_source, row) => toTicker(row))
const readMarkPrices = createPushReader(MarkPricePayload, toMarkPrice)

/** Instruments never traded yet have none. */
export function openTickers(
  tools: StreamTools,
  instIds: readonly string[],
  listener: QuoteListener<Ticker>,
): QuoteStream<Ticker> {
  return openQuotes('tickers', instIds, readTickers(tools.problems), tools, listener)
}

export function openMarkPrices(
  tools: StreamTools,
  instIds: readonly string[],
  listener: QuoteListener<MarkPrice>,
): QuoteStream<MarkPrice> {
  return openQuotes('mark-price', instIds, readMarkPrices(tools.problems), tools, listener)
}
