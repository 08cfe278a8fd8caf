import type { TimeRange } from '../domain/candles.js'

/** What of `whole` none of `parts` covers, oldest first. */
export function subtract(whole: TimeRange, parts: readonly TimeRange[]): TimeRange[] {
  const rest: TimeRange[] = []
  let from = whole.fromTs
  for (const { fromTs, toTs } of [...parts].sort((a, b) => a.fromTs - b.fromTs)) {
    if (fromTs >= whole.toTs) break
    if (fromTs > from) rest.push({ fromTs: from, toTs: fromTs })
    from = Math.max(from, toTs)
  }
  if (from < whole.toTs) rest.push({ fromTs: from, toTs: whole.toTs })
  return rest
}
