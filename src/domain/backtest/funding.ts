import { intervalMs as intervalOf } from '../bars.js'
import { lowerBound } from '../candles.js'

/** A funding payment within a window: at `ts`, in the candle at `index` or in a gap before it. Longs pay `rate` of notional to shorts. */
export interface FundingPayment {
  index: number
  ts: number
  rate: number
}

/** Settled rates as the exchange recorded them, oldest first. */
export interface FundingRates {
  ts: readonly number[]
  rate: readonly number[]
}

/** STRATEGY.md section 4: what is paid where no rate is recorded. */
export const assumedFundingRate = 0.0001
const assumedIntervalMs = 2 * intervalOf('4H')

/**
 * The payments due in a window of candles: the recorded ones, and before, after and where more than 8 hours lie between
 * them the assumed rate every 8 hours (00, 08 and 16 UTC). `index` is that of the candle whose time `ts` falls into; one that
 * falls into a gap is paid at the open of the candle after it, by the position that was held through the gap.
 */
export function fundingPayments(
  ts: Float64Array,
  from: number,
  to: number,
  intervalMs: number,
  recorded: FundingRates,
): FundingPayment[] {
  const start = ts[from]
  const end = ts[to - 1] + intervalMs
  const due: { ts: number; rate: number }[] = recorded.ts
    .map((at, k) => ({ ts: at, rate: recorded.rate[k] }))
    .filter(({ ts: at }) => at >= start && at < end)
  let told = 0
  for (let at = Math.ceil(start / assumedIntervalMs) * assumedIntervalMs; at < end; at += assumedIntervalMs) {
    while (told < recorded.ts.length && recorded.ts[told] <= at) told++
    const before = recorded.ts[told - 1] ?? Number.NEGATIVE_INFINITY
    const after = recorded.ts[told] ?? Number.POSITIVE_INFINITY
    if (before < at && after - before > assumedIntervalMs) due.push({ ts: at, rate: assumedFundingRate })
  }
  due.sort((a, b) => a.ts - b.ts)
  return due.map((payment) => {
    const next = lowerBound(ts, payment.ts + 1)
    const isInGap = payment.ts >= ts[next - 1] + intervalMs
    return { ...payment, index: isInGap ? next : next - 1 }
  })
}
