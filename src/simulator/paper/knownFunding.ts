import { Decimal } from 'decimal.js'
import type { FundingRatePayload } from '../../okx/payloads.js'

export interface Settlement {
  fundingTime: number
  rate: Decimal
  markPx: Decimal
}

/** What is known of a swap's funding. OKX shows a rate some time after it was paid: it becomes known late. */
export interface KnownFunding {
  /** Of these rows, those that somebody has asked for and that are not known yet, oldest first. */
  unknown(rows: readonly FundingRatePayload[]): FundingRatePayload[]
  learn(row: FundingRatePayload, markPx: Decimal): void
  /** Those after `fromTs` and by `toTs`, oldest first. */
  between(fromTs: number, toTs: number): readonly Settlement[]
}

export function createKnownFunding(): KnownFunding {
  let wantedTs = Number.POSITIVE_INFINITY
  const known = new Map<number, Settlement>()

  return {
    unknown: (rows) =>
      rows.filter(({ fundingTime: ts }) => Number(ts) > wantedTs && !known.has(Number(ts))).toReversed(),
    learn({ fundingTime, realizedRate }, markPx) {
      known.set(Number(fundingTime), { fundingTime: Number(fundingTime), rate: new Decimal(realizedRate), markPx })
    },
    between(fromTs, toTs) {
      wantedTs = Math.min(wantedTs, fromTs)
      return [...known.values()]
        .filter(({ fundingTime }) => fundingTime > fromTs && fundingTime <= toTs)
        .sort((a, b) => a.fundingTime - b.fundingTime)
    },
  }
}
