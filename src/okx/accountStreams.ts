import type { Balance, CurrencyBalance, Position } from '../domain/trading/account.js'
import { toBalance } from './accountMappers.js'
import { BalancePayload } from './accountPayloads.js'
import { type Feed, openFeed } from './feed.js'
import { createKeyedState } from './keyedState.js'
import { type PositionPush, toPositionPush } from './pushMappers.js'
import { PositionPushPayload } from './pushPayloads.js'
import { createPushReader } from './pushReader.js'
import type { StreamTools } from './streamTools.js'
import type { Reading } from './streamTypes.js'
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

const readPositions = createPushReader(PositionPushPayload, toPositionPush)

function comparePositions(row: PositionPush, known: PositionPush): number {
  const byChange = (row.position.uTime ?? 0) - (known.position.uTime ?? 0)
  if (byChange !== 0 || row.pTime === null || known.pTime === null) return byChange
  return row.pTime - known.pTime
}

/** The open positions of all instruments, by `posId`. */
export function openPositions(tools: StreamTools, listener: PositionsListener): StateStream<Position[]> {
  const state = createKeyedState<PositionPush>({
    keyOf: ({ position }) => position.posId,
    compare: comparePositions,
    hasEnded: ({ position }) => position.pos.isZero(),
    takesTies: true,
  })
  const pages = createPages<PositionPush>()
  let refillTurn = 0

  function takeOne(row: PositionPush): void {
    const { position } = row
    const wasOpen = !(state.get(position.posId)?.position.pos.isZero() ?? true)
    if (state.take(row) && position.pos.isZero() && wasOpen) listener.closed?.([position])
  }

  function takeAll(rows: readonly PositionPush[], turn: number): void {
    const { ended } = state.takeAll(rows, turn)
    if (ended.length > 0) listener.closed?.(ended.map(({ position }) => position))
  }

  const read = (): Reading<Position[]> => ({
    value: state.rows().map(({ position }) => position),
    ...feed.freshness(),
  })
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
      fill(positions) {
        const rows = positions.map((position) => ({ position, pTime: null }))
        takeAll(rows, refillTurn)
        return true
      },
      changed: () => listener.changed?.(read()),
    },
    tools,
  )
  return { read, close: feed.close }
}

const readAccount = createPushReader(BalancePayload, toBalance)
type Totals = Omit<Balance, 'details'>

export interface AccountListener {
  /** Something came in, or it went stale, or became fresh: the reading says which. */
  changed?(reading: Reading<Balance | null>): void
}

/** The account's balance; null before the first. An event tells only of currencies that changed, a snapshot of all. */
export function openAccount(tools: StreamTools, listener: AccountListener): StateStream<Balance | null> {
  const state = createKeyedState<CurrencyBalance>({
    keyOf: ({ ccy }) => ccy,
    compare: (row, known) => row.uTime - known.uTime,
    hasEnded: () => false,
    takesTies: true,
  })
  const pages = createPages<Balance>()
  let totals: Totals | null = null
  let refillTurn = 0

  function takeTotals(row: Totals): void {
    if (!totals || row.uTime >= totals.uTime) totals = row
  }

  function read(): Reading<Balance | null> {
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
        for (const { details, ...row } of rows) takeTotals(row)
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
