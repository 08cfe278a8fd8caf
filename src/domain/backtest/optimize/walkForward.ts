import type { TimeRange } from '../../candles.js'
import { UserError } from '../../userError.js'

const dayMs = 86_400_000

/** How a walk-forward test cuts time; lengths over 0. */
export interface WalkForwardLengths {
  inSampleMs: number
  outOfSampleMs: number
  /** In-sample windows all begin where the range does and grow, instead of moving on. */
  anchored: boolean
}

/** Parameters are chosen in one window and traded in the one right after it. */
export interface WalkWindow {
  inSample: TimeRange
  outOfSample: TimeRange
}

/**
 * The windows of a walk-forward test, oldest first. Out-of-sample windows follow each other without a gap, and the last
 * ends where the range does: what is left over is the oldest part, which is passed over or, anchored, in every
 * in-sample window.
 * @throws UserError where the range holds not even one.
 */
export function planWindows(range: TimeRange, lengths: WalkForwardLengths): WalkWindow[] {
  const { inSampleMs, outOfSampleMs, anchored } = lengths
  const count = Math.floor((range.toTs - range.fromTs - inSampleMs) / outOfSampleMs)
  if (count < 1) {
    const days = (ms: number) => Math.ceil(ms / dayMs)
    throw new UserError('error-walk-forward-short', {
      days: Math.floor((range.toTs - range.fromTs) / dayMs),
      inSampleDays: days(inSampleMs),
      outOfSampleDays: days(outOfSampleMs),
    })
  }
  return Array.from({ length: count }, (_, k) => {
    const fromTs = range.toTs - (count - k) * outOfSampleMs
    return {
      inSample: { fromTs: anchored ? range.fromTs : fromTs - inSampleMs, toTs: fromTs },
      outOfSample: { fromTs, toTs: fromTs + outOfSampleMs },
    }
  })
}
