import type { Decimal } from 'decimal.js'
import type { AcctLv, MgnMode, PosMode } from './tradeMode.js'

/** What an account at the exchange says of itself; names are OKX's. */
export interface AccountConfig {
  uid: string
  mainUid: string
  acctLv: AcctLv
  posMode: PosMode
  /** What the key may do: `read_only`, `trade`, `withdraw`. */
  perm: readonly string[]
  /** Addresses that the key is bound to; none: it can be used from anywhere. */
  ips: readonly string[]
  /** VIP level, `Lv1`. */
  level: string
  /** The name that its owner gave the key. */
  label: string
}

/** Money of an account. What its mode does not know is null. */
export interface Balance {
  /** USD. */
  totalEq: Decimal | null
  adjEq: Decimal | null
  imr: Decimal | null
  mmr: Decimal | null
  mgnRatio: Decimal | null
  details: readonly CurrencyBalance[]
  uTime: number
}

/** In `ccy`, but for `eqUsd`. */
export interface CurrencyBalance {
  ccy: string
  /** Cash and unrealised profit. */
  eq: Decimal
  cashBal: Decimal
  availBal: Decimal | null
  /** Null in spot mode. */
  availEq: Decimal | null
  frozenBal: Decimal | null
  upl: Decimal | null
  eqUsd: Decimal | null
  uTime: number
}

export type AnyInstType = 'SPOT' | 'SWAP' | 'MARGIN' | 'FUTURES' | 'OPTION'

/** What is held of an instrument on one side. */
export interface Position {
  posId: string
  instId: string
  instType: AnyInstType
  mgnMode: MgnMode
  posSide: 'net' | 'long' | 'short'
  /** Contracts; below zero for a short, in either position mode. */
  pos: Decimal
  /** Null only where nothing is held. */
  avgPx: Decimal | null
  markPx: Decimal | null
  /** Null while far away. */
  liqPx: Decimal | null
  lever: Decimal | null
  upl: Decimal | null
  /** Of an isolated one. */
  margin: Decimal | null
  /** Of a cross one. */
  imr: Decimal | null
  mmr: Decimal | null
  /** 1 is liquidation. */
  mgnRatio: Decimal | null
  notionalUsd: Decimal | null
  /** pnl + fee + fundingFee + liqPenalty; of these, below zero is paid. */
  realizedPnl: Decimal | null
  pnl: Decimal | null
  fee: Decimal | null
  fundingFee: Decimal | null
  liqPenalty: Decimal | null
  ccy: string
  cTime: number | null
  /** Of its last change by a trade or the like; marks go on without it. */
  uTime: number | null
}

/** Fees of an instrument as fractions of notional that one pays; below zero is a rebate. (On the wire OKX has the signs the other way.) */
export interface FeeRates {
  level: string
  maker: Decimal
  taker: Decimal
}

/** The most that can be ordered now: contracts for swaps; for spot base currency to buy and, as documented, quote currency to sell. */
export interface MaxSize {
  maxBuy: Decimal | null
  maxSell: Decimal | null
}

export interface Leverage {
  instId: string
  mgnMode: MgnMode
  posSide: 'net' | 'long' | 'short' | null
  lever: Decimal
}
