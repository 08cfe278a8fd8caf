import { Decimal } from 'decimal.js'
import type { Logger } from 'pino'
import type { Instrument, InstType } from '../../domain/instrument.js'
import type { Tier } from '../../domain/trading/margin.js'
import { BookPayload, MarkPricePayload } from '../../okx/accountPayloads.js'
import { CandlePayload, FundingRatePayload, TickerPayload } from '../../okx/payloads.js'
import type { Level, Quote, Quotes } from '../quotes.js'
import { Refusal, unavailable } from '../refusal.js'
import { createKnownFunding, type KnownFunding } from './knownFunding.js'
import { createTradedSince, type TradedSince } from './tradedSince.js'
import type { Upstream } from './upstream.js'
import { rowsOf } from './upstreamRows.js'

/** Older than this, a price is none. */
const staleMs = 10_000
/** Younger than this, it need not be fetched again for an order. */
const freshMs = 500
const fundingEveryMs = 15_000
/** An instrument that nobody asks for any more is let go. */
const watchedMs = 60_000
/** What is newly listed can be traded after so long at the latest. */
const listingMs = 3_600_000
const depth = '50'
/** Each instrument is read so seldom that OKX's limits (20 in two seconds for tickers) are kept however many there are. */
const pollEveryMs = 1000
const pollMsAnInstrument = 150

/** What OKX allows, as the client for it reads it. */
export interface OkxRules {
  instruments(instType: InstType): Promise<readonly Instrument[]>
  positionTiers(query: { instId: string; tdMode: 'cross' | 'isolated' }): Promise<readonly Tier[]>
}

/** OKX's prices as they come in. Nothing is known of moments more than 10 s before the first price, or after the last. */
export interface RelayedQuotes extends Quotes {
  /**
   * Fetches what is not fresh; false where one of these cannot be quoted (unknown ones are not its business). Throws Refusal
   * 50001 where it is not known what there is.
   */
  prepare(instIds: readonly string[], now: number): Promise<boolean>
  /** Keeps going what somebody has asked for within the last minute. */
  beat(now: number): void
}

interface Watched {
  instrument: Instrument
  askedAt: number
  polledAt: number
  fundingAt: number
  polling: Promise<void> | null
  quote: Quote | null
  tiers: readonly Tier[] | null
  trades: TradedSince
  funding: KnownFunding
}

export interface RelayedQuotesOptions {
  upstream: Upstream
  rules: OkxRules
  clock: () => number
  logger: Logger
}

/** Where OKX cannot be reached, instruments are none until it can be. */
export async function createRelayedQuotes(options: RelayedQuotesOptions): Promise<RelayedQuotes> {
  const { upstream, rules, clock, logger } = options
  let instruments: readonly Instrument[] = []
  let byId = new Map<string, Instrument>()
  /** When the list was last read, or tried to be; `isListed` once it has been read. */
  let listedAt = 0
  let isListed = false
  let listing: Promise<void> | null = null
  const watched = new Map<string, Watched>()
  const tickers = rowsOf(upstream, '/api/v5/market/ticker', TickerPayload)
  const books = rowsOf(upstream, '/api/v5/market/books', BookPayload)
  const marks = rowsOf(upstream, '/api/v5/public/mark-price', MarkPricePayload)
  const candles = rowsOf(upstream, '/api/v5/market/candles', CandlePayload)
  const oldCandles = rowsOf(upstream, '/api/v5/market/history-candles', CandlePayload)
  const fundingRates = rowsOf(upstream, '/api/v5/public/funding-rate-history', FundingRatePayload)

  async function readInstruments(): Promise<void> {
    // Asked first, for it tells of outages.
    await upstream.get('/api/v5/public/time')
    instruments = [...(await rules.instruments('SPOT')), ...(await rules.instruments('SWAP'))]
    byId = new Map(instruments.map((instrument) => [instrument.instId, instrument]))
    isListed = true
  }

  /** One reading at a time; whoever comes meanwhile waits for it. */
  function list(): Promise<void> {
    listedAt = clock()
    listing ??= readInstruments()
      .catch((err: unknown) => {
        if (!(err instanceof Refusal)) logger.warn({ err }, "OKX's instruments cannot be read")
      })
      .finally(() => {
        listing = null
      })
    return listing
  }

  function watch(instId: string, now: number): Watched | null {
    const instrument = byId.get(instId)
    if (!instrument) return null
    let entry = watched.get(instId)
    if (!entry) {
      const since = { trades: createTradedSince(), funding: createKnownFunding() }
      const nothing = { polling: null, quote: null, tiers: null }
      entry = { instrument, askedAt: now, polledAt: 0, fundingAt: 0, ...nothing, ...since }
      watched.set(instId, entry)
    }
    // A venue that catches up asks about the past.
    entry.askedAt = Math.max(entry.askedAt, now)
    return entry
  }

  async function read(entry: Watched): Promise<void> {
    const { instId, instType } = entry.instrument
    const limit = String(entry.trades.minutesWanted(clock()))
    const [[ticker], [book], [mark], minutes, tiers] = await Promise.all([
      tickers({ instId }),
      books({ instId, sz: depth }),
      instType === 'SWAP' ? marks({ instType, instId }) : [],
      candles({ instId, bar: '1m', limit }),
      entry.tiers ?? (instType === 'SWAP' ? rules.positionTiers({ instId, tdMode: 'cross' }) : []),
    ])
    const isWhole = ticker && ticker.last !== '' && book && (instType === 'SPOT' || mark)
    if (!isWhole) return
    const now = clock()
    const last = new Decimal(ticker.last)
    const markPx = mark ? new Decimal(mark.markPx) : last
    entry.tiers = tiers
    entry.trades.see(minutes, now)
    entry.quote = { ts: now, last, markPx, bids: book.bids.map(toLevel), asks: book.asks.map(toLevel) }
    if (instType === 'SWAP' && now - entry.fundingAt >= fundingEveryMs) await readFunding(entry, markPx)
  }

  async function readFunding(entry: Watched, markPx: Decimal): Promise<void> {
    const { instId } = entry.instrument
    const rows = entry.funding.unknown(await fundingRates({ instId }))
    for (const row of rows) {
      // Of one that was paid while nobody looked, the price of the last trade before stands for the mark.
      const isRecent = clock() - Number(row.fundingTime) < 2 * fundingEveryMs
      const [minute] = isRecent ? [] : await oldCandles({ instId, bar: '1m', after: row.fundingTime, limit: '1' })
      entry.funding.learn(row, minute ? new Decimal(minute[4]) : markPx)
    }
    entry.fundingAt = clock()
  }

  /** One reading at a time; whoever comes meanwhile waits for it. */
  function poll(entry: Watched): Promise<void> {
    entry.polledAt = clock()
    entry.polling ??= read(entry)
      .catch((err: unknown) => {
        // That OKX cannot be reached has been said; the price grows stale.
        if (!(err instanceof Refusal)) logger.error({ err, instId: entry.instrument.instId }, 'OKX cannot be read')
      })
      .finally(() => {
        entry.polling = null
      })
    return entry.polling
  }

  await list()

  const isCurrent = ({ quote }: Watched, now: number) => quote !== null && Math.abs(now - quote.ts) <= staleMs

  return {
    get instruments() {
      return instruments
    },
    tiers: (instId) => watched.get(instId)?.tiers ?? [],
    quote(instId, now) {
      const entry = watch(instId, now)
      return entry && isCurrent(entry, now) ? entry.quote : null
    },
    traded: (instId, fromTs, toTs) => watch(instId, toTs)?.trades.between(fromTs, toTs) ?? null,
    funding: (instId, fromTs, toTs) => watch(instId, toTs)?.funding.between(fromTs, toTs) ?? [],
    async prepare(instIds, now) {
      if (!isListed && instIds.length > 0) await list()
      // Else it would be said that they do not exist.
      if (!isListed && instIds.length > 0) throw unavailable()
      const entries = instIds.map((instId) => watch(instId, now)).filter((entry) => entry !== null)
      const isFresh = ({ quote }: Watched) => quote !== null && now - quote.ts < freshMs
      await Promise.all(entries.filter((entry) => !isFresh(entry)).map(poll))
      return entries.every((entry) => isCurrent(entry, clock()))
    },
    beat(now) {
      if (now - listedAt >= (isListed ? listingMs : pollEveryMs)) void list()
      const everyMs = Math.max(pollEveryMs, watched.size * pollMsAnInstrument)
      for (const [instId, entry] of watched) {
        if (now - entry.askedAt > watchedMs) watched.delete(instId)
        else if (now - entry.polledAt >= everyMs && !entry.polling) void poll(entry)
      }
    },
  }
}

function toLevel([px, sz]: string[]): Level {
  return { px: new Decimal(px), sz: new Decimal(sz) }
}
