import type { FundingRates } from '../domain/backtest/funding.js'
import type { TimeRange } from '../domain/candles.js'
import type { OkxPublic } from '../okx/okxClient.js'
import { OkxError } from '../okx/okxError.js'
import type { FundingKey, FundingStore } from '../store/fundingStore.js'
import { subtract } from './subtract.js'
import type { Work } from './work.js'

const hourMs = 3_600_000
/** The exchange's history: three months. */
const reachMs = 92 * 24 * hourMs
/** So long after its time a settlement may still be missing from the history. */
const lagMs = hourMs / 6

export interface FundingSources {
  okx: Pick<OkxPublic, 'fundingRateHistory'>
  store: FundingStore
  clock: () => number
}

/**
 * Settled rates of a swap within a range of time, oldest first: those stored, with what is missing asked for as far as the
 * exchange's history goes back. Where it cannot be reached, or refuses, those stored are all there are.
 */
export async function readFundingRates(
  { okx, store, clock }: FundingSources,
  key: FundingKey,
  range: TimeRange,
  { progress, signal }: Work,
): Promise<FundingRates> {
  const now = clock()
  const { known } = await store.read(key, range)
  const reachable = { fromTs: Math.max(range.fromTs, now - reachMs), toTs: Math.min(range.toTs, now) }
  try {
    for (const missing of subtract(reachable, known).filter(hasFullHour)) {
      progress({ key: 'progress-funding', args: { inst: key.instId } })
      await download(missing)
    }
  } catch (error) {
    if (!(error instanceof OkxError)) throw error
  }
  return (await store.read(key, range)).rates

  /** Page by page, newest first; each is stored as it comes. */
  async function download({ fromTs, toTs }: TimeRange): Promise<void> {
    for (let after = toTs; after > fromTs; ) {
      const query = { instId: key.instId, before: fromTs - 1, after }
      const page = await okx.fundingRateHistory(query, signal)
      const rows = page
        .filter(({ fundingTime }) => fundingTime >= fromTs && fundingTime < after)
        .sort((a, b) => a.fundingTime - b.fundingTime)
      const told = { fromTs: rows[0]?.fundingTime ?? fromTs, toTs: after }
      const newestTs = rows.at(-1)?.fundingTime ?? Number.NEGATIVE_INFINITY
      // What may yet be told is asked for again.
      if (after === toTs) told.toTs = Math.min(after, Math.max(newestTs + 1, now - lagMs))
      const rates = { ts: rows.map(({ fundingTime }) => fundingTime), rate: rows.map((row) => row.realizedRate) }
      if (told.toTs > told.fromTs) await store.write(key, told, rates)
      after = told.fromTs
    }
  }
}

/** Whether funding can have settled in a range: it does so at full hours. */
function hasFullHour({ fromTs, toTs }: TimeRange): boolean {
  return Math.ceil(fromTs / hourMs) * hourMs < toTs
}
