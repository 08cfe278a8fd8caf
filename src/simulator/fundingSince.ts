import { Decimal } from 'decimal.js'
import type { FundingRatePayload } from '../okx/payloads.js'

export interface Settlement {
  fundingTime: number
  rate: Decimal
  markPx: Decimal
}

/**
 * Settlements of one swap, told once each, when they have become known: OKX shows a rate some time after it was paid, and
 * a venue that has gone on by then would never ask for it again.
 */
export interface FundingSince {
  /** Those of `rows` that are not known yet and fall after the time from which they are wanted. */
  unknown(rows: readonly FundingRatePayload[]): FundingRatePayload[]
  learn(row: FundingRatePayload, markPx: Decimal, now: number): void
  between(fromTs: number, toTs: number): readonly Settlement[]
}

export function createFundingSince(): FundingSince {
  /** Nobody has held anything before the first time that was asked about. */
  let wantedTs: number | null = null
  let toldTs = 0
  let newestTs = 0
  let known: (Settlement & { knownAt: number })[] = []

  return {
    unknown(rows) {
      const from = Math.max(wantedTs ?? Number.POSITIVE_INFINITY, newestTs)
      return rows.filter(({ fundingTime }) => Number(fundingTime) > from).reverse()
    },
    learn({ fundingTime, realizedRate }, markPx, now) {
      newestTs = Number(fundingTime)
      known.push({ fundingTime: newestTs, rate: new Decimal(realizedRate), markPx, knownAt: Math.max(now, toldTs + 1) })
    },
    between(fromTs, toTs) {
      wantedTs ??= fromTs
      toldTs = Math.max(toldTs, toTs)
      known = known.filter(({ knownAt }) => knownAt > fromTs)
      return known.filter(({ knownAt }) => knownAt <= toTs).map(({ knownAt: _, ...settlement }) => settlement)
    },
  }
}
