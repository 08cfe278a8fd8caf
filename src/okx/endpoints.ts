import type { TSchema } from 'typebox'
import {
  CandlePayload,
  FundingRatePayload,
  InstrumentPayload,
  PositionTierPayload,
  TickerPayload,
  TimePayload,
} from './payloads.js'

interface Endpoint {
  path: string
  /** OKX's documented limit: this many requests in any two seconds … */
  requestsPer2s: number
  /** … counted for the address alone, or for the address and this parameter. */
  scope: 'ip' | 'instType' | 'instId'
  /** One element of the answer's `data`. */
  row: TSchema
}

/** Every call the client makes, once. */
export const endpoints = {
  time: { path: '/api/v5/public/time', requestsPer2s: 10, scope: 'ip', row: TimePayload },
  instruments: { path: '/api/v5/public/instruments', requestsPer2s: 20, scope: 'instType', row: InstrumentPayload },
  ticker: { path: '/api/v5/market/ticker', requestsPer2s: 20, scope: 'ip', row: TickerPayload },
  tickers: { path: '/api/v5/market/tickers', requestsPer2s: 20, scope: 'ip', row: TickerPayload },
  candles: { path: '/api/v5/market/candles', requestsPer2s: 40, scope: 'ip', row: CandlePayload },
  historyCandles: { path: '/api/v5/market/history-candles', requestsPer2s: 20, scope: 'ip', row: CandlePayload },
  fundingRateHistory: {
    path: '/api/v5/public/funding-rate-history',
    requestsPer2s: 10,
    scope: 'instId',
    row: FundingRatePayload,
  },
  positionTiers: { path: '/api/v5/public/position-tiers', requestsPer2s: 10, scope: 'ip', row: PositionTierPayload },
} as const satisfies Record<string, Endpoint>

export type EndpointName = keyof typeof endpoints
