interface Known<Row> {
  row: Row
  /** The how-manieth row it was. */
  turn: number
}

/** The newest row of each key, and of those that ended lately. */
export interface KeyedState<Row> {
  /** Takes the row unless one as new is known. */
  take(row: Row): boolean
  /**
   * Takes rows that are all there are, as of a moment no earlier than `turn`: those known that are not among them, and not
   * newer than that, have ended. Gives what became known by it, and what has ended.
   */
  takeAll(rows: readonly Row[], turn: number): { taken: Row[]; ended: Row[] }
  /** The newest row of the key, ended or not. */
  get(key: string): Row | undefined
  rows(): Row[]
  /** A mark of now. */
  turn(): number
}

interface KeyedRules<Row> {
  keyOf(row: Row): string
  /** Above 0: `row` is newer than `known`, below: older, 0: as new. */
  compare(row: Row, known: Row): number
  hasEnded(row: Row): boolean
  /** Whether of two that are as new the one that comes later is taken: some of it goes on without a time of its own. */
  takesTies: boolean
}

/** How many ended rows are remembered, so that none of them comes back with a late message. */
const mostEnded = 1000

export function createKeyedState<Row>({ keyOf, compare, hasEnded, takesTies }: KeyedRules<Row>): KeyedState<Row> {
  const live = new Map<string, Known<Row>>()
  const ended = new Map<string, Row>()
  /** Keys of `ended` rows that were only found to be missing: the same row may come back. */
  const missing = new Set<string>()
  let turn = 0

  function put(row: Row): void {
    const key = keyOf(row)
    turn++
    if (hasEnded(row)) {
      bury(key, row)
      return
    }
    ended.delete(key)
    missing.delete(key)
    live.set(key, { row, turn })
  }

  function bury(key: string, row: Row): void {
    live.delete(key)
    missing.delete(key)
    ended.delete(key)
    ended.set(key, row)
    if (ended.size <= mostEnded) return
    const [oldest] = ended.keys()
    ended.delete(oldest)
    missing.delete(oldest)
  }

  /** A row as of the turn `since`: of two that are as new, one known from later on stays. */
  function take(row: Row, since: number): boolean {
    const key = keyOf(row)
    const known = live.get(key)
    const order = known ? compare(row, known.row) : ended.has(key) ? compare(row, ended.get(key)!) : 1
    const isTaken = order > 0 || (order === 0 && (missing.has(key) || (takesTies && (known?.turn ?? since) <= since)))
    if (isTaken) put(row)
    return isTaken
  }

  return {
    take: (row) => take(row, turn),
    takeAll(rows, since) {
      const keys = new Set(rows.map(keyOf))
      const gone: Row[] = []
      for (const [key, known] of live) {
        if (keys.has(key) || known.turn > since) continue
        bury(key, known.row)
        missing.add(key)
        gone.push(known.row)
      }
      return { taken: rows.filter((row) => take(row, since)), ended: gone }
    },
    get: (key) => live.get(key)?.row ?? ended.get(key),
    rows: () => Array.from(live.values(), ({ row }) => row),
    turn: () => turn,
  }
}
