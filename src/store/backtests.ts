import type { BacktestResult, Costs, ExitReason, Trade } from '../domain/backtest/result.js'
import { type Bar, isBar } from '../domain/bars.js'
import type { Source } from '../domain/instrument.js'
import type { Strategy } from '../domain/strategy/schema.js'
import type { ErrorArgs } from '../domain/userError.js'
import { Prisma, type PrismaClient, type BacktestStatus as Status } from './generated/client.js'

export type BacktestStatus = Status

/** What is to be tested. */
export interface BacktestRequest {
  userId: number
  /** Null for a ready-made strategy. */
  strategyVersionId: number | null
  /** As it is tested, with what the user changed for this once. */
  strategy: Strategy
  instId: string
  bar: Bar
  source: Source
  fromTs: number
  toTs: number
  costs: Costs
}

export interface BacktestSummary {
  id: number
  strategyName: string
  instId: string
  bar: Bar
  source: Source
  fromTs: number
  toTs: number
  status: BacktestStatus
  /** 0 to 1. */
  progress: number
  createdAt: number
  startedAt: number | null
  finishedAt: number | null
  /** Once done: all of the result but trades and equity. */
  result: Omit<BacktestResult, 'trades' | 'equity'> | null
  /** Once failed: what to tell. */
  error: { id: string; args: ErrorArgs } | null
}

export interface BacktestRecord extends BacktestSummary {
  strategyVersionId: number | null
  strategy: unknown
  costs: Costs
  trades: Trade[]
}

export type Backtests = ReturnType<typeof backtestsOf>

/**
 * A backtest is queued, running, then done or failed. A step that its status does not allow throws: it is our own fault.
 */
export function backtestsOf(prisma: PrismaClient) {
  const step = async (
    id: number,
    from: Status[],
    data: Prisma.BacktestUpdateManyMutationInput,
    db: Pick<PrismaClient, 'backtest'> = prisma,
  ) => {
    // A process that started meanwhile may have taken a run for interrupted: what the run itself says comes after that.
    const misjudged = { status: 'failed' as const, errorId: interrupted.id }
    const running = from.includes('running') ? [misjudged] : []
    const { count } = await db.backtest.updateMany({ where: { id, OR: [{ status: { in: from } }, ...running] }, data })
    if (count === 0) throw new Error(`backtest ${id} is not ${from.join(' or ')}`)
  }

  return {
    /** Returns its id. */
    async create(request: BacktestRequest, now: number): Promise<number> {
      const { strategy, costs, fromTs, toTs, ...columns } = request
      const { id } = await prisma.backtest.create({
        data: {
          ...columns,
          strategyName: strategy.name,
          strategyJson: JSON.stringify(strategy),
          costsJson: JSON.stringify(costs),
          fromTs: BigInt(fromTs),
          toTs: BigInt(toTs),
          status: 'queued',
          createdAt: BigInt(now),
        },
      })
      return id
    },

    start: (id: number, now: number) => step(id, ['queued'], { status: 'running', startedAt: BigInt(now) }),

    progress: (id: number, fraction: number) => step(id, ['running'], { progress: fraction }),

    /** Stores result and trades together; the equity curve is not kept, it can be computed again. */
    async finish(id: number, { trades, equity: _, ...result }: BacktestResult, now: number): Promise<void> {
      await prisma.$transaction(async (tx) => {
        const done = {
          status: 'done',
          progress: 1,
          resultJson: JSON.stringify(result),
          finishedAt: BigInt(now),
        } as const
        await step(id, ['running'], { ...done, errorId: null, errorArgsJson: null }, tx)
        await insertTrades(tx, id, trades)
      })
    },

    fail: (id: number, error: { id: string; args: ErrorArgs }, now: number) =>
      step(id, ['queued', 'running'], failure(error, now)),

    /** With its trades; null if there is none of that id that is theirs. */
    async get(userId: number, id: number): Promise<BacktestRecord | null> {
      const row = await prisma.backtest.findFirst({
        where: { id, userId },
        include: { trades: { orderBy: { number: 'asc' } } },
      })
      if (row === null) return null
      return {
        ...summaryOf(row),
        strategyVersionId: row.strategyVersionId,
        strategy: JSON.parse(row.strategyJson),
        costs: JSON.parse(row.costsJson),
        trades: row.trades.map(tradeOf),
      }
    },

    /** Newest first. */
    async list(userId: number, limit: number): Promise<BacktestSummary[]> {
      const rows = await prisma.backtest.findMany({ where: { userId }, orderBy: { id: 'desc' }, take: limit })
      return rows.map(summaryOf)
    },

    /** At start: what another life of this process left unfinished will never finish. Returns how many. */
    async failInterrupted(now: number): Promise<number> {
      const { count } = await prisma.backtest.updateMany({
        where: { status: { in: ['queued', 'running'] } },
        data: failure(interrupted, now),
      })
      return count
    },
  }
}

const interrupted = { id: 'error-backtest-interrupted', args: {} }

function failure(error: { id: string; args: ErrorArgs }, now: number) {
  return {
    status: 'failed',
    errorId: error.id,
    errorArgsJson: JSON.stringify(error.args),
    finishedAt: BigInt(now),
  } as const
}

function summaryOf(row: Prisma.BacktestGetPayload<object>): BacktestSummary {
  if (!isBar(row.bar)) throw new Error(`backtest ${row.id} has bar ${row.bar}`)
  return {
    id: row.id,
    strategyName: row.strategyName,
    instId: row.instId,
    bar: row.bar,
    source: row.source as Source,
    fromTs: Number(row.fromTs),
    toTs: Number(row.toTs),
    status: row.status,
    progress: row.progress,
    createdAt: Number(row.createdAt),
    startedAt: row.startedAt === null ? null : Number(row.startedAt),
    finishedAt: row.finishedAt === null ? null : Number(row.finishedAt),
    result: row.resultJson === null ? null : resultOf(row.resultJson),
    error: row.errorId === null ? null : { id: row.errorId, args: JSON.parse(row.errorArgsJson ?? '{}') },
  }
}

/**
 * A result as it was kept, with what programs before this one did not write: they knew only spot, long, and closes, and kept
 * nothing of what the exchange had said.
 */
function resultOf(json: string): NonNullable<BacktestSummary['result']> {
  const kept = JSON.parse(json)
  const before = {
    detail_bar: null,
    evaluate_on: kept.integrity.tick_on_closes ? 'tick' : 'close',
    direction: 'long',
    leverage: 1,
    margin_mode: null,
    contract_coins: null,
    program: null,
    size_rules: null,
    funding_rates: { ts: [], rate: [] },
  } as const
  const assumed = { size_rules: false, tiers: false, funding_payments: 0 }
  const integrity = withMissing(kept.integrity, { assumed, bars_without_detail: 0 })
  return { ...withMissing(kept, before), integrity }
}

/** What is kept in the order in which it was written, so that it comes out as the same text; what it lacks after it. */
function withMissing<Kept extends object>(kept: Kept, before: object): Kept {
  return { ...kept, ...Object.fromEntries(Object.entries(before).filter(([name]) => !(name in kept))) }
}

const tradesAtOnce = 300

/** As createMany would, in a twentieth of the time (5,000 trades: 0.1 s). */
async function insertTrades(db: Pick<PrismaClient, '$executeRaw'>, backtestId: number, trades: readonly Trade[]) {
  for (let from = 0; from < trades.length; from += tradesAtOnce) {
    const some = trades.slice(from, from + tradesAtOnce)
    const rows = some.map((trade, i) => ({ backtestId, number: from + i, ...rowOf(trade) }))
    const columns = Prisma.raw(Object.keys(rows[0]).join())
    const values = rows.map((row) => Prisma.sql`(${Prisma.join(Object.values(row))})`)
    await db.$executeRaw`INSERT INTO "BacktestTrade" (${columns}) VALUES ${Prisma.join(values)}`
  }
}

function rowOf(trade: Trade) {
  return {
    side: trade.side,
    entryTs: BigInt(trade.entry_ts),
    entryPrice: trade.entry_price,
    exitTs: BigInt(trade.exit_ts),
    exitPrice: trade.exit_price,
    size: trade.size,
    pnl: trade.pnl,
    pnlPct: trade.pnl_pct,
    fees: trade.fees,
    funding: trade.funding,
    exitReason: trade.exit_reason,
  }
}

function tradeOf(row: Prisma.BacktestTradeGetPayload<object>): Trade {
  return {
    side: row.side as Trade['side'],
    entry_ts: Number(row.entryTs),
    entry_price: row.entryPrice,
    exit_ts: Number(row.exitTs),
    exit_price: row.exitPrice,
    size: row.size,
    pnl: row.pnl,
    pnl_pct: row.pnlPct,
    fees: row.fees,
    funding: row.funding,
    exit_reason: row.exitReason as ExitReason,
  }
}
