import { type Bar, intervalMs, isBar } from '../domain/bars.js'
import type { FundingRatePayload, TimePayload } from '../okx/payloads.js'
import { dayMs, genesisTs } from './days.js'
import type { Listed } from './listing.js'
import { fundingIntervalMs, type Market } from './market.js'
import { keyOf, uniformAt } from './noise.js'
import {
  toCandlePayload,
  toCurrentFunding,
  toFundingPayload,
  toInstrumentPayload,
  toTickerPayload,
  toTierPayloads,
} from './publicRows.js'
import { missing, unknownInstrument, wrong } from './refusal.js'

/** One call of the exchange, with OKX's documented limit: so many requests in two seconds for an address and its `scope`. */
export interface Route {
  requestsPer2s: number
  scope: 'ip' | 'instType' | 'instId'
  /** The rows of `data`. Throws Refusal. */
  answer(query: URLSearchParams, now: number): readonly unknown[]
}

const minuteMs = 60_000
const tailBars = 1440
const largestPage = 300
/** History shows a candle only so long after it has closed. */
const historyLagMs = 2 * minuteMs
const fundingPage = 100
const fundingMonthsMs = 92 * dayMs
const mostFamilies = 5

/** The public half of the exchange, by path. */
export function publicRoutes(market: Market): Readonly<Record<string, Route>> {
  const byId = new Map(market.listed.map((listed) => [listed.instId, listed]))
  const historyKey = keyOf(`${market.key}|history pages`)

  function instrumentOf(query: URLSearchParams): Listed {
    const listed = byId.get(required(query, 'instId'))
    if (!listed) throw unknownInstrument()
    return listed
  }

  function swapOf(query: URLSearchParams): Listed {
    const listed = instrumentOf(query)
    if (listed.instType !== 'SWAP') throw unknownInstrument()
    return listed
  }

  /** The swaps of up to five families, `BTC-USDT,ETH-USDT`. */
  function ofFamilies(query: URLSearchParams): Listed[] {
    const families = required(query, 'instFamily').split(',')
    if (families.length > mostFamilies) throw wrong('instFamily')
    return families.map((family) => {
      const listed = byId.get(`${family}-SWAP`)
      if (!listed) throw unknownInstrument()
      return listed
    })
  }

  function ofType(query: URLSearchParams): Listed[] {
    const instType = required(query, 'instType')
    if (!['SPOT', 'SWAP', 'MARGIN', 'FUTURES', 'OPTION'].includes(instType)) throw wrong('instType')
    return market.listed.filter((listed) => listed.instType === instType)
  }

  /** Candles of [fromTs, toTs) that lie between `before` and `after`, newest first, `limit` at most. */
  function page(listed: Listed, query: URLSearchParams, now: number, fromTs: number, toTs: number, limit: number) {
    const bar = barOf(query)
    const first = Math.max(fromTs, (epochMs(query, 'before') ?? 0) + 1)
    const end = Math.min(toTs, now + 1, epochMs(query, 'after') ?? Number.POSITIVE_INFINITY)
    const start = Math.max(first, end - limit * intervalMs(bar))
    const candles = market.candles(listed, bar, start, end, now)
    return candles.reverse().map((candle) => toCandlePayload(listed, candle))
  }

  return {
    '/api/v5/public/time': {
      requestsPer2s: 10,
      scope: 'ip',
      answer: (_query, now): TimePayload[] => [{ ts: String(now) }],
    },
    '/api/v5/public/instruments': {
      requestsPer2s: 20,
      scope: 'instType',
      answer(query) {
        const instId = query.get('instId')
        const found = ofType(query).filter((listed) => !instId || listed.instId === instId)
        if (instId && found.length === 0) throw unknownInstrument()
        return found.map(toInstrumentPayload)
      },
    },
    '/api/v5/market/ticker': {
      requestsPer2s: 20,
      scope: 'ip',
      answer: (query, now) => [toTickerPayload(market, instrumentOf(query), now)],
    },
    '/api/v5/market/tickers': {
      requestsPer2s: 20,
      scope: 'ip',
      answer: (query, now) => ofType(query).map((listed) => toTickerPayload(market, listed, now)),
    },
    '/api/v5/market/candles': {
      requestsPer2s: 40,
      scope: 'ip',
      answer(query, now) {
        const listed = instrumentOf(query)
        const oldest = now - tailBars * intervalMs(barOf(query)) + 1
        return page(listed, query, now, oldest, Number.POSITIVE_INFINITY, limitOf(query, largestPage))
      },
    },
    '/api/v5/market/history-candles': {
      requestsPer2s: 20,
      scope: 'ip',
      answer(query, now) {
        const listed = instrumentOf(query)
        const newest = now - intervalMs(barOf(query)) - historyLagMs
        const limit = limitOf(query, largestPage)
        // A page may be shorter than asked for without being the last: clients must not count on full ones.
        const dice = uniformAt(historyKey, Math.floor((epochMs(query, 'after') ?? now) / minuteMs))
        const size = dice < 0.2 ? Math.max(1, Math.floor(limit * (0.3 + 3 * dice))) : limit
        return page(listed, query, now, genesisTs, newest + 1, size)
      },
    },
    '/api/v5/public/funding-rate': {
      requestsPer2s: 20,
      scope: 'instId',
      answer: (query, now) => [toCurrentFunding(market, swapOf(query), now)],
    },
    '/api/v5/public/funding-rate-history': {
      requestsPer2s: 10,
      scope: 'instId',
      answer(query, now) {
        const listed = swapOf(query)
        const limit = limitOf(query, fundingPage)
        const after = epochMs(query, 'after') ?? Number.POSITIVE_INFINITY
        const oldest = Math.max(now - fundingMonthsMs, genesisTs + 1, (epochMs(query, 'before') ?? 0) + 1)
        const rows: FundingRatePayload[] = []
        let fundingTime = Math.floor(Math.min(now, after - 1) / fundingIntervalMs) * fundingIntervalMs
        for (; fundingTime >= oldest && rows.length < limit; fundingTime -= fundingIntervalMs) {
          rows.push(toFundingPayload(market, listed, fundingTime))
        }
        return rows
      },
    },
    '/api/v5/public/position-tiers': {
      requestsPer2s: 10,
      scope: 'ip',
      answer(query) {
        const instType = required(query, 'instType')
        if (!['SWAP', 'MARGIN', 'FUTURES', 'OPTION'].includes(instType)) throw wrong('instType')
        if (!['cross', 'isolated'].includes(required(query, 'tdMode'))) throw wrong('tdMode')
        return instType === 'SWAP' ? ofFamilies(query).flatMap(toTierPayloads) : []
      },
    },
  }
}

function required(query: URLSearchParams, name: string): string {
  const value = query.get(name)
  if (!value) throw missing(name)
  return value
}

/** OKX's other bars (1s, 2D, 3D, 1M, 3M) are not served here. */
function barOf(query: URLSearchParams): Bar {
  const name = query.get('bar') || '1m'
  if (!isBar(name)) throw wrong('bar')
  return name
}

function epochMs(query: URLSearchParams, name: string): number | null {
  const text = query.get(name)
  if (!text) return null
  if (!/^\d{1,15}$/.test(text)) throw wrong(name)
  return Number(text)
}

function limitOf(query: URLSearchParams, largest: number): number {
  const text = query.get('limit') || '100'
  if (!/^[1-9]\d{0,5}$/.test(text)) throw wrong('limit')
  return Math.min(largest, Number(text))
}
