import { digits, type Fields, limitOf } from './fields.js'

const largestPage = 100

/**
 * A page of rows, newest first: `rows` are oldest first with ever larger ids. `after` asks for older ones than that id,
 * `before` for newer ones, `begin` and `end` for those between two times.
 */
export function pageOf<Row>(
  rows: readonly Row[],
  fields: Fields,
  of: { id: (row: Row) => string; ts: (row: Row) => number; isAsked: (row: Row) => boolean },
): Row[] {
  const limit = limitOf(fields, largestPage)
  const after = digits(fields, 'after')
  const before = digits(fields, 'before')
  const begin = Number(digits(fields, 'begin') ?? 0)
  const end = Number(digits(fields, 'end') ?? Number.POSITIVE_INFINITY)
  const isNewer = (row: Row, id: string) => BigInt(of.id(row)) > BigInt(id)
  const page: Row[] = []
  for (let i = firstBelow(rows, of.id, after) - 1; i >= 0 && page.length < limit; i--) {
    const row = rows[i]
    if (before !== null && !isNewer(row, before)) break
    const ts = of.ts(row)
    if (ts >= begin && ts <= end && of.isAsked(row)) page.push(row)
  }
  return page
}

/** How many rows have an id below this one. */
function firstBelow<Row>(rows: readonly Row[], idOf: (row: Row) => string, id: string | null): number {
  if (id === null) return rows.length
  const limit = BigInt(id)
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (BigInt(idOf(rows[middle])) < limit) low = middle + 1
    else high = middle
  }
  return low
}
