import type { Decimal } from 'decimal.js'

/** Where candles come from. Series of different sources are never mixed. */
export const sources = ['simulated', 'okx', 'demo', 'import'] as const
export type Source = (typeof sources)[number]

export type Mode = 'simulated' | 'paper' | 'demo' | 'live'

/** The market data that each mode reads. */
export const sourceOf = { simulated: 'simulated', paper: 'okx', demo: 'demo', live: 'okx' } as const satisfies Record<
  Mode,
  Source
>

export type InstType = 'SPOT' | 'SWAP'

/** An instrument's rules as the exchange states them; names are OKX's. */
export interface Instrument {
  instId: string
  instType: InstType
  baseCcy: string
  quoteCcy: string
  /** Currency of profit and loss; null for spot. */
  settleCcy: string | null
  /** Smallest price step. */
  tickSz: Decimal
  /** Size step: base currency for spot, contracts for swaps. */
  lotSz: Decimal
  minSz: Decimal
  /** Value of one contract in `ctValCcy`, and its multiplier; null for spot. */
  ctVal: Decimal | null
  ctMult: Decimal | null
  ctValCcy: string | null
  /** Largest leverage; null for spot. */
  maxLever: Decimal | null
  /** Largest order at market and at a limit: contracts; for spot quote currency (USDT) and base currency. Null where not told. */
  maxMktSz: Decimal | null
  maxLmtSz: Decimal | null
  /** Whose fees it has, of trade-fee's `feeGroup`; null where not told. */
  groupId: string | null
  state: 'live' | 'suspend' | 'preopen' | 'test'
}

/** Last trade and day statistics of an instrument; prices and sizes as the exchange gave them. */
export interface Ticker {
  instId: string
  last: Decimal
  bidPx: Decimal | null
  askPx: Decimal | null
  open24h: Decimal
  high24h: Decimal
  low24h: Decimal
  /** Volume of 24 h in base currency. */
  baseVol24h: Decimal
  ts: number
}

/** One settled funding payment: longs pay `realizedRate` of notional to shorts at `fundingTime`. */
export interface FundingRate {
  instId: string
  fundingTime: number
  realizedRate: number
}

/**
 * An instrument as a person types it: `btc` is BTC-USDT, `btc swap` or `btc-swap` BTC-USDT-SWAP, `eth/usdt` ETH-USDT.
 * Null where the text has not the form of one; whether it is traded is for the exchange to say.
 */
export function parseInstId(text: string): string | null {
  const parts = text
    .trim()
    .toUpperCase()
    .split(/[-/\s_]+/)
  if (!parts.every((part) => /^[A-Z0-9]{1,20}$/.test(part))) return null
  const isSwap = parts.at(-1) === 'SWAP' || parts.at(-1) === 'PERP'
  const [base, quote, ...rest] = isSwap ? parts.slice(0, -1) : parts
  if (base === undefined || rest.length > 0) return null
  return `${base}-${quote ?? 'USDT'}${isSwap ? '-SWAP' : ''}`
}

/** What kind of instrument an OKX id names. */
export function instTypeOf(instId: string): InstType {
  return instId.endsWith('-SWAP') ? 'SWAP' : 'SPOT'
}
