import { Decimal } from 'decimal.js'
import type { Bar } from '../domain/bars.js'
import { type FundingRate, type Instrument, type InstType, instTypeOf, type Ticker } from '../domain/instrument.js'
import type { Tier } from '../domain/trading/margin.js'
import { type PageCandle, toFundingRate, toInstrument, toPageCandle, toTicker, toTiers } from './mappers.js'
import { OkxPayloadError } from './okxError.js'
import type { Query } from './rateLimits.js'
import { createRest, type RestOptions } from './rest.js'

/** `after`: only rows older than it; `before`: only rows newer than it (epoch ms, both exclusive). */
interface Paging {
  after?: number
  before?: number
}

export interface CandleQuery extends Paging {
  instId: string
  bar: Bar
  /** At most so many rows (100 if not given); the exchange may give fewer. */
  limit?: number
}

interface FundingQuery extends Paging {
  instId: string
}

interface TierQuery {
  /** A swap. */
  instId: string
  tdMode: 'cross' | 'isolated'
}

/**
 * The exchange's public half. Every call throws OkxError (see its kinds), OkxPayloadError, or the signal's reason.
 * Pages are newest first and never certain to be full.
 */
export interface OkxPublic {
  /** The exchange's clock, epoch ms. */
  time(signal?: AbortSignal): Promise<number>
  /** Instruments whose rules are known; those listed but not yet described are left out. */
  instruments(instType: InstType, signal?: AbortSignal): Promise<Instrument[]>
  ticker(instId: string, signal?: AbortSignal): Promise<Ticker>
  /** Instruments never traded yet are left out. */
  tickers(instType: InstType, signal?: AbortSignal): Promise<Ticker[]>
  /** From the newest 1,440 bars, up to 300 a page; the first row may still be forming. */
  candles(query: CandleQuery, signal?: AbortSignal): Promise<PageCandle[]>
  /** Years back, but it may lag behind `candles` by a few bars. */
  historyCandles(query: CandleQuery, signal?: AbortSignal): Promise<PageCandle[]>
  /** Settled funding of the last three months. */
  fundingRateHistory(query: FundingQuery, signal?: AbortSignal): Promise<FundingRate[]>
  /** What a swap's position may be at most, and the margin it must keep, by its size: smallest first. */
  positionTiers(query: TierQuery, signal?: AbortSignal): Promise<Tier[]>
  /** The price that a swap's profits and liquidations go by. */
  markPrice(instId: string, signal?: AbortSignal): Promise<Decimal>
}

/** A client for OKX's own protocol, for OKX and for the simulator alike. */
export function createOkxClient(options: RestOptions): OkxPublic {
  const get = createRest(options)
  const candlePage =
    (name: 'candles' | 'historyCandles'): OkxPublic['candles'] =>
    async (query, signal) => {
      const instType = instTypeOf(query.instId)
      const rows = await get(name, toQuery({ ...query }), signal)
      return rows.map((row) => toPageCandle(name, row, instType))
    }

  return {
    async time(signal) {
      const [row] = await get('time', {}, signal)
      if (!row) throw new OkxPayloadError('time', 'data', 'is empty')
      return Number(row.ts)
    },
    async instruments(instType, signal) {
      const rows = await get('instruments', { instType }, signal)
      return rows.map(toInstrument).filter((instrument) => instrument !== null)
    },
    async ticker(instId, signal) {
      const [row] = await get('ticker', { instId }, signal)
      const ticker = row ? toTicker(row) : null
      if (!ticker) throw new OkxPayloadError('ticker', 'data/0', `${instId} has no last trade`)
      return ticker
    },
    async tickers(instType, signal) {
      const rows = await get('tickers', { instType }, signal)
      return rows.map(toTicker).filter((ticker) => ticker !== null)
    },
    candles: candlePage('candles'),
    historyCandles: candlePage('historyCandles'),
    async fundingRateHistory(query, signal) {
      const rows = await get('fundingRateHistory', toQuery({ ...query }), signal)
      return rows.map(toFundingRate)
    },
    async positionTiers({ instId, tdMode }, signal) {
      const instFamily = instId.replace(/-SWAP$/, '')
      return toTiers(await get('positionTiers', { instType: 'SWAP', tdMode, instFamily }, signal))
    },
    async markPrice(instId, signal) {
      const [row] = await get('markPrice', { instType: instTypeOf(instId), instId }, signal)
      if (row?.instId !== instId) throw new OkxPayloadError('markPrice', 'data/0', `is not of ${instId}`)
      return new Decimal(row.markPx)
    },
  }
}

function toQuery(parameters: Readonly<Record<string, string | number>>): Query {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)]))
}
