import { type Static, Type } from 'typebox'

// Fields that nobody reads are not listed, and ones that OKX adds later are let through: these are its payloads, not ours.
const epochMs = Type.String({ pattern: '^\\d{1,15}$' })
const decimal = Type.String({ pattern: '^\\d+(\\.\\d+)?$' })
const decimalOrEmpty = Type.String({ pattern: '^(\\d+(\\.\\d+)?)?$' })
const signedDecimal = Type.String({ pattern: '^-?\\d+(\\.\\d+)?$' })
const name = Type.String({ minLength: 1 })

/** What every answer is wrapped in; `code` "0" is success. A refusal may come without `data`, or with an object for it. */
export const Envelope = Type.Object({ code: Type.String(), msg: Type.String(), data: Type.Optional(Type.Unknown()) })
export type Envelope = Static<typeof Envelope>

export const TimePayload = Type.Object({ ts: epochMs })
export type TimePayload = Static<typeof TimePayload>

/** Sizes are empty while an instrument is not open for trade yet; currencies are empty where they do not apply. */
export const InstrumentPayload = Type.Object({
  instId: name,
  instType: Type.Enum(['SPOT', 'SWAP']),
  /** Underlying of a swap, `BTC-USDT`; empty for spot. */
  uly: Type.String(),
  baseCcy: Type.String(),
  quoteCcy: Type.String(),
  settleCcy: Type.String(),
  tickSz: decimalOrEmpty,
  lotSz: decimalOrEmpty,
  minSz: decimalOrEmpty,
  ctVal: decimalOrEmpty,
  ctMult: decimalOrEmpty,
  ctValCcy: Type.String(),
  lever: decimalOrEmpty,
  maxMktSz: Type.Optional(decimalOrEmpty),
  maxLmtSz: Type.Optional(decimalOrEmpty),
  groupId: Type.Optional(Type.String()),
  state: name,
})
export type InstrumentPayload = Static<typeof InstrumentPayload>

/** Prices are empty where there was no trade, or no order on that side. */
export const TickerPayload = Type.Object({
  instId: name,
  instType: Type.Enum(['SPOT', 'SWAP']),
  last: decimalOrEmpty,
  bidPx: decimalOrEmpty,
  askPx: decimalOrEmpty,
  open24h: decimalOrEmpty,
  high24h: decimalOrEmpty,
  low24h: decimalOrEmpty,
  /** Base currency for spot, contracts for swaps. */
  vol24h: decimalOrEmpty,
  /** Quote currency for spot, base currency for swaps. */
  volCcy24h: decimalOrEmpty,
  ts: epochMs,
})
export type TickerPayload = Static<typeof TickerPayload>

/** ts (open), open, high, low, close, vol, volCcy, volCcyQuote, confirm ("1" once closed). Pages are newest first. */
export const CandlePayload = Type.Tuple([
  epochMs,
  decimal,
  decimal,
  decimal,
  decimal,
  decimal,
  decimal,
  decimal,
  Type.Enum(['0', '1']),
])
export type CandlePayload = Static<typeof CandlePayload>

export const FundingRatePayload = Type.Object({ instId: name, fundingTime: epochMs, realizedRate: signedDecimal })
export type FundingRatePayload = Static<typeof FundingRatePayload>

/** A step of position size: up to `maxSz` contracts, with the maintenance margin rate and largest leverage of that size. */
export const PositionTierPayload = Type.Object({ maxSz: decimal, mmr: decimal, maxLever: decimal })
export type PositionTierPayload = Static<typeof PositionTierPayload>
