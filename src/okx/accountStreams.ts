import type { Static } from 'typebox'
import { BalancePayload } from './accountPayloads.js'
import { type Feed, openFeed } from './feed.js'
import { createKeyedState } from './keyedState.js'
import { PositionPushPayload, toAccountTotals, toCurrencyBalance, toPosition } from './pushMappers.js'
import { createPushReader } from './pushReader.js'
import type { StreamTools } from './streamTools.js'
import type { AccountBalance, AccountTotals, CurrencyBalance, Position, Reading } from './streamTypes.js'
import type { Push } from './wsMessages.js'

export interface StateStream<Value> {
  read(): Reading<Value>
  close(): void
}

export interface PositionsListener {
  /** Something came in, or it went stale, or became fresh: the reading says which. */
  changed?(reading: Reading<Position[]>): void
  /** Positions that are no more, as they last were (`pos` may be 0). */
  closed?(positions: readonly Position[]): void
}

/** The pages of a snapshot, put together. */
interface Snapshot<Row> {
  rows: Row[]
  connection: number
  page: number
  /** The state's turn when it began. */
  turn: number
}

/**
 * Adds a page to the snapshots that are coming in. Gives the snapshot once it is whole, null while it is not, and false
 * where a page is missing.
 */
function createPages<Row>() {
  let open: Snapshot<Row> | null = null
  return (rows: Row[], { curPage = 1, lastPage = true }: Push, connection: number, turn: number) => {
    if (curPage === 1) open = { rows: [], connection, page: 0, turn }
    if (!open) return false
    // Around an upgrade two connections send their own: the one that began last is followed.
    if (open.connection !== connection) return null
    if (curPage !== open.page + 1) return false
    open.rows.push(...rows)
    open.page = curPage
    if (!lastPage) return null
    const whole = open
    open = null
    return whole
  }
}

const readPositions = createPushReader(PositionPushPayload, toPosition)

function comparePositions(row: Position, known: Position): number {
  const byChange = (row.uTime ?? 0) - (known.uTime ?? 0)
  if (byChange !== 0 || row.pTime === null || known.pTime === null) return byChange
  return row.pTime - known.pTime || -1
}

/** The open positions of all instruments, by `posId`. */
export function openPositions(tools: StreamTools, listener: PositionsListener): StateStream<Position[]> {
  const state = createKeyedState<Position>({
    keyOf: ({ posId }) => posId,
    compare: comparePositions,
    hasEnded: ({ pos }) => pos.isZero(),
    takesTies: true,
  })
  const pages = createPages<Position>()
  let refillTurn = 0

  function takeOne(row: Position): void {
    const wasOpen = !(state.get(row.posId)?.pos.isZero() ?? true)
    if (state.take(row) && row.pos.isZero() && wasOpen) listener.closed?.([row])
  }

  function takeAll(rows: readonly Position[], turn: number): void {
    const { ended } = state.takeAll(rows, turn)
    if (ended.length > 0) listener.closed?.(ended)
  }

  const read = (): Reading<Position[]> => ({ value: state.rows(), ...feed.freshness() })
  const feed: Feed = openFeed(
    {
      name: 'positions',
      socket: tools.privateSocket(),
      args: [{ channel: 'positions', instType: 'ANY' }],
      read: readPositions(tools.problems),
      refill(signal) {
        refillTurn = state.turn()
        return tools.refill.positions(signal)
      },
      take(rows, push, connection) {
        if (push.eventType !== 'snapshot') {
          for (const row of rows) takeOne(row)
          return true
        }
        const snapshot = pages(rows, push, connection, state.turn())
        if (snapshot) takeAll(snapshot.rows, snapshot.turn)
        return snapshot !== false
      },
      fill(rows) {
        takeAll(rows, refillTurn)
        return true
      },
      changed: () => listener.changed?.(read()),
    },
    tools,
  )
  return { read, close: feed.close }
}

interface AccountRow {
  totals: AccountTotals
  details: CurrencyBalance[]
}

const readAccount = createPushReader(
  BalancePayload,
  (row: Static<typeof BalancePayload>): AccountRow => ({
    totals: toAccountTotals(row),
    details: row.details.map(toCurrencyBalance),
  }),
)

export interface AccountListener {
  /** Something came in, or it went stale, or became fresh: the reading says which. */
  changed?(reading: Reading<AccountBalance | null>): void
}

/** The account's balance; null before the first. An event tells only of currencies that changed, a snapshot of all. */
export function openAccount(tools: StreamTools, listener: AccountListener): StateStream<AccountBalance | null> {
  const state = createKeyedState<CurrencyBalance>({
    keyOf: ({ ccy }) => ccy,
    compare: (row, known) => row.uTime - known.uTime,
    hasEnded: () => false,
    takesTies: true,
  })
  const pages = createPages<AccountRow>()
  let totals: AccountTotals | null = null
  let refillTurn = 0

  function takeTotals(row: AccountTotals): void {
    if (!totals || row.uTime >= totals.uTime) totals = row
  }

  function read(): Reading<AccountBalance | null> {
    return { value: totals && { ...totals, details: state.rows() }, ...feed.freshness() }
  }

  const feed: Feed = openFeed(
    {
      name: 'account',
      socket: tools.privateSocket(),
      args: [{ channel: 'account' }],
      read: readAccount(tools.problems),
      refill(signal) {
        refillTurn = state.turn()
        return tools.refill.balance(signal)
      },
      take(rows, push, connection) {
        for (const row of rows) takeTotals(row.totals)
        if (push.eventType !== 'snapshot') {
          for (const { details } of rows) for (const row of details) state.take(row)
          return true
        }
        const snapshot = pages(rows, push, connection, state.turn())
        if (snapshot) {
          const details = snapshot.rows.flatMap((row) => row.details)
          state.takeAll(details, snapshot.turn)
        }
        return snapshot !== false
      },
      fill({ details, ...row }) {
        takeTotals(row)
        state.takeAll(details, refillTurn)
        return true
      },
      changed: () => listener.changed?.(read()),
    },
    tools,
  )
  return { read, close: feed.close }
}
