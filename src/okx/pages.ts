import type { EndpointName } from './endpoints.js'
import { OkxPayloadError } from './okxError.js'

/**
 * All rows, newest first, a page at a time: each page is asked for behind the last row of the one before, until one is
 * empty (a page is never certain to be full).
 */
export async function* pagesOf<Row>(
  endpoint: EndpointName,
  read: (after: { after?: string }) => Promise<Row[]>,
  idOf: (row: Row) => string,
): AsyncGenerator<Row[]> {
  let last: string | null = null
  const ends = new Set<string>()
  for (;;) {
    const rows: Row[] = await read(last === null ? {} : { after: last })
    const oldest = rows.at(-1)
    if (oldest === undefined) return
    const id = idOf(oldest)
    if (ends.has(id)) throw new OkxPayloadError(endpoint, 'data', `two pages end with ${id}`)
    ends.add(id)
    yield rows
    last = id
  }
}

/** The rows of pages that lie in [fromTs, toTs); what is older than that is not asked for. */
export async function* within<Row>(
  pages: AsyncIterable<Row[]>,
  tsOf: (row: Row) => number,
  { fromTs = 0, toTs = Number.POSITIVE_INFINITY }: { fromTs?: number; toTs?: number },
): AsyncGenerator<Row[]> {
  for await (const page of pages) {
    const rows = page.filter((row) => tsOf(row) >= fromTs && tsOf(row) < toTs)
    if (rows.length > 0) yield rows
    if (page.every((row) => tsOf(row) < fromTs)) return
  }
}

export async function allOf<Row>(pages: AsyncIterable<Row[]>): Promise<Row[]> {
  const all: Row[] = []
  for await (const page of pages) all.push(...page)
  return all
}
