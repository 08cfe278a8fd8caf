/** Points of a line: times (epoch ms, increasing) and values, of equal length. */
export interface Points {
  ts: ArrayLike<number>
  values: ArrayLike<number>
}

/**
 * A line with at most four points for each of `buckets` equal spans of `fromTs` to `toTs`: the first, the lowest, the highest
 * and the last of the span, at their own times. Drawn at a bucket a pixel it looks like the whole line, and no extreme is lost.
 * A line that is short enough comes back as it is.
 */
export function thin(points: Points, fromTs: number, toTs: number, buckets: number): Points {
  const { ts, values } = points
  if (ts.length <= buckets * 4) return points
  const kept: { ts: number[]; values: number[] } = { ts: [], values: [] }
  const bucketMs = (toTs - fromTs) / buckets
  let start = 0
  for (let bucket = 0; bucket < buckets && start < ts.length; bucket++) {
    const endTs = bucket === buckets - 1 ? Number.POSITIVE_INFINITY : fromTs + (bucket + 1) * bucketMs
    let end = start
    let lowest = start
    let highest = start
    while (end < ts.length && ts[end] < endTs) {
      if (values[end] < values[lowest]) lowest = end
      if (values[end] > values[highest]) highest = end
      end++
    }
    if (end === start) continue
    for (const i of new Set([start, Math.min(lowest, highest), Math.max(lowest, highest), end - 1])) {
      kept.ts.push(ts[i])
      kept.values.push(values[i])
    }
    start = end
  }
  return kept
}

/** One mark for each cell of the given size, the first of them: a mark as large as a cell hides the others. */
export function thinMarks<T extends { ts: number; value: number }>(
  marks: readonly T[],
  cell: { ms: number; value: number },
): T[] {
  const cells = new Map<string, T>()
  for (const mark of marks) {
    const key = `${Math.round(mark.ts / cell.ms)} ${Math.round(mark.value / cell.value)}`
    if (!cells.has(key)) cells.set(key, mark)
  }
  return [...cells.values()]
}
