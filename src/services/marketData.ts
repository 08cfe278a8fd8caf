import type { FundingRates } from '../domain/backtest/funding.js'
import { type Bar, barOpen, firstOpenFrom, intervalMs } from '../domain/bars.js'
import { type Candles, findGaps, joinCandles, type TimeRange } from '../domain/candles.js'
import { type Instrument, instTypeOf, type Source, type Ticker } from '../domain/instrument.js'
import { nearest } from '../domain/nearest.js'
import type { Tier } from '../domain/trading/margin.js'
import { UserError } from '../domain/userError.js'
import { downloadCandles } from '../okx/downloadCandles.js'
import type { OkxPublic } from '../okx/okxClient.js'
import { OkxError } from '../okx/okxError.js'
import type { CandleStore, Coverage } from '../store/candleStore.js'
import { readFundingRates } from './fundingRates.js'
import { subtract } from './subtract.js'
import type { Work } from './work.js'

export interface CandleRequest {
  instId: string
  bar: Bar
  /** Open times, epoch ms: from (inclusive) to (exclusive). Candles not yet closed are never part of the answer. */
  fromTs: number
  toTs: number
}

/** Prices of one source: the store first, the exchange for what is missing. What cannot be had is a UserError. */
export interface MarketData {
  readonly source: Source
  /** Ids of all that is traded, from memory: nothing before the listing was asked for. */
  instIds(): readonly string[]
  /** Asks for the listing; whoever needs a fresh one does so, too, once an hour. */
  refreshListing(signal?: AbortSignal): Promise<void>
  /** Refuses an id that is not traded, with the nearest one that is. */
  instrument(instId: string, signal?: AbortSignal): Promise<Instrument>
  /** An instrument's rules, or null where the exchange cannot be asked just now: stored candles are enough to go on with. */
  knownInstrument(instId: string, signal?: AbortSignal): Promise<Instrument | null>
  /** A swap's position tiers in a margin mode, smallest first; none where the exchange cannot be asked just now. */
  positionTiers(instId: string, marginMode: 'cross' | 'isolated', signal?: AbortSignal): Promise<readonly Tier[]>
  ticker(instId: string, signal?: AbortSignal): Promise<Ticker>
  /**
   * Candles of the window, downloaded where they are missing; pages are stored as they come, so a download cut off goes
   * on from there. The answer may begin late (listed later) and may have gaps (none traded, or the exchange has none).
   */
  candles(request: CandleRequest, work: Work): Promise<Candles>
  /**
   * A swap's settled funding from (inclusive) to (exclusive), oldest first: what is stored, and what of the last three
   * months was missing and could be had.
   */
  fundingRates(instId: string, fromTs: number, toTs: number, work: Work): Promise<FundingRates>
}

export interface MarketDataOptions {
  okx: OkxPublic
  store: CandleStore
  source: Source
  clock: () => number
}

const listingMaxAgeMs = 3_600_000
/** A month is packed anew with every save: worth a few pages, few enough to lose little where the process is killed. */
const pagesASave = 12

export function createMarketData({ okx, store, source, clock }: MarketDataOptions): MarketData {
  let listing: { at: number; instruments: ReadonlyMap<string, Instrument> } | null = null
  /** Asked for and not there: before a listing, or a hole in the exchange's own history. Not asked for again. */
  const absent = new Map<string, TimeRange[]>()
  const tiers = new Map<string, { at: number; tiers: readonly Tier[] }>()
  const lastInLine = new Map<string, Promise<unknown>>()

  const askListing = async (signal?: AbortSignal) => {
    const all = await asked(() => Promise.all([okx.instruments('SPOT', signal), okx.instruments('SWAP', signal)]))
    listing = { at: clock(), instruments: new Map(all.flat().map((instrument) => [instrument.instId, instrument])) }
    return listing.instruments
  }

  /** A listing past its hour is still better than none. */
  const instruments = async (signal?: AbortSignal) => {
    if (listing && clock() - listing.at < listingMaxAgeMs) return listing.instruments
    const { instruments: stale } = listing ?? {}
    return askListing(signal).catch((error: unknown) => {
      if (stale && error instanceof UserError) return stale
      throw error
    })
  }

  const instrument = async (instId: string, signal?: AbortSignal) => {
    const known = await instruments(signal)
    const found = known.get(instId)
    if (found) return found
    const sameType = [...known.keys()].filter((id) => instTypeOf(id) === instTypeOf(instId))
    throw new UserError('error-instrument-unknown', { instId, suggestion: nearest(instId, sameType) ?? '' })
  }

  const missingOf = async ({ instId, bar, fromTs, toTs }: CandleRequest) =>
    subtract({ fromTs, toTs }, [
      ...present(await store.coverage({ source, instId, bar })),
      ...(absent.get(`${instId} ${bar}`) ?? []),
    ])

  /** One download a series at a time: the second finds what the first has stored. */
  const inLine = async (request: CandleRequest, work: Work) => {
    const { instId, bar } = request
    const seriesName = `${instId} ${bar}`
    const before = lastInLine.get(seriesName)
    if (before) work.progress({ key: 'progress-waiting', args: { inst: instId, bar } })
    const turn = (before ?? Promise.resolve()).then(() => {
      work.signal.throwIfAborted()
      return asked(() => download(request, work))
    })
    const over = turn.then(ignore, ignore)
    lastInLine.set(seriesName, over)
    void over.then(() => {
      if (lastInLine.get(seriesName) === over) lastInLine.delete(seriesName)
    })
    // Only the waiting can be given up: a download that is aborted still saves what it has.
    if (before) await orAborted(before, work.signal)
    await turn
  }

  const download = async (request: CandleRequest, { progress, signal }: Work) => {
    const { instId, bar } = request
    const key = { source, instId, bar }
    const seriesName = `${instId} ${bar}`
    const missing = await missingOf(request)
    if (missing.length === 0) return
    await instrument(instId, signal)
    progress({ key: 'progress-download', args: { inst: instId, bar }, fraction: 0 })
    let unsaved: Candles[] = []
    const save = async () => {
      const pages = unsaved
      unsaved = []
      if (pages.length > 0) await store.write(key, joinCandles(pages.reverse()))
    }
    try {
      for await (const page of downloadCandles(okx, { instId, bar, ranges: missing }, signal)) {
        if (page.candles.ts.length > 0) unsaved.push(page.candles)
        if (unsaved.length >= pagesASave) await save()
        const lacking = subtract(page, spansOf(page.candles.ts, intervalMs(bar)))
        if (lacking.length > 0) absent.set(seriesName, [...(absent.get(seriesName) ?? []), ...lacking])
        progress({ key: 'progress-download', args: { inst: instId, bar }, fraction: page.done / page.total })
      }
    } finally {
      await save()
    }
  }

  return {
    source,
    instIds: () => [...(listing?.instruments.keys() ?? [])],
    async refreshListing(signal) {
      await askListing(signal)
    },
    instrument,
    knownInstrument: (instId, signal) =>
      instrument(instId, signal).catch((error: unknown) => {
        if (error instanceof UserError && error.id === 'error-exchange-retry') return null
        throw error
      }),
    async positionTiers(instId, tdMode, signal) {
      const name = `${instId} ${tdMode}`
      const kept = tiers.get(name)
      if (kept && clock() - kept.at < listingMaxAgeMs) return kept.tiers
      try {
        const fresh = await okx.positionTiers({ instId, tdMode }, signal)
        tiers.set(name, { at: clock(), tiers: fresh })
        return fresh
      } catch (error) {
        if (!(error instanceof OkxError)) throw error
        return kept?.tiers ?? []
      }
    },
    async ticker(instId, signal) {
      await instrument(instId, signal)
      return asked(() => okx.ticker(instId, signal))
    },
    async candles(request, work) {
      const { instId, bar } = request
      const fromTs = firstOpenFrom(bar, request.fromTs)
      const toTs = Math.min(firstOpenFrom(bar, request.toTs), barOpen(bar, clock()))
      const wanted = { instId, bar, fromTs, toTs }
      if ((await missingOf(wanted)).length > 0) await inLine(wanted, work)
      return store.read({ source, instId, bar }, fromTs, toTs)
    },
    fundingRates: (instId, fromTs, toTs, work) =>
      readFundingRates({ okx, store: store.funding, clock }, { source, instId }, { fromTs, toTs }, work),
  }
}

/** The outcome belongs to whoever asked; who comes next only waits for its end. */
function ignore(): void {}

/** The outcome, or the signal's reason as soon as it is aborted: waiting in line can be given up. */
function orAborted<T>(outcome: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort)
    outcome.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

/** What the exchange could not give, as a reason that a person can read. */
async function asked<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question()
  } catch (error) {
    if (!(error instanceof OkxError)) throw error
    throw Object.assign(new UserError(`error-exchange-${error.kind}`, { code: error.code }), { cause: error })
  }
}

/** The stretches of time that a stored series covers. */
function present(coverage: Coverage | null): TimeRange[] {
  if (!coverage) return []
  const starts = [coverage.fromTs, ...coverage.gaps.map(({ toTs }) => toTs)]
  const ends = [...coverage.gaps.map(({ fromTs }) => fromTs), coverage.toTs]
  return starts.map((fromTs, i) => ({ fromTs, toTs: ends[i] }))
}

/** The stretches of time that candles cover. */
function spansOf(ts: Float64Array, stepMs: number): TimeRange[] {
  if (ts.length === 0) return []
  const gaps = findGaps(ts, stepMs)
  return present({ fromTs: ts[0], toTs: ts[ts.length - 1] + stepMs, count: ts.length, gaps })
}
