import type { TriedPoint } from '../domain/backtest/optimize/tryPoint.js'
import { type Bar, isBar } from '../domain/bars.js'
import type { Source } from '../domain/instrument.js'
import type { Strategy } from '../domain/strategy/schema.js'
import type { ErrorArgs } from '../domain/userError.js'
import { Prisma, type PrismaClient, type OptimizationStatus as Status } from './generated/client.js'

export type OptimizationStatus = Status

/** A search as it is recorded before it begins; `plan` is kept as it is. */
export interface OptimizationRequest<Plan> {
  userId: number
  /** Null for a ready-made strategy. */
  strategyVersionId: number | null
  strategy: Strategy
  source: Source
  fromTs: number
  toTs: number
  plan: Plan
  /** How many trials there will be. */
  planned: number
}

export interface OptimizationSummary {
  id: number
  strategyName: string
  instId: string
  bar: Bar
  source: Source
  fromTs: number
  toTs: number
  status: OptimizationStatus
  tried: number
  planned: number
  createdAt: number
}

/** Of a plan and a result as their owner has them. */
export interface OptimizationRecord<Plan, Result> extends OptimizationSummary {
  strategyVersionId: number | null
  strategy: Strategy
  plan: Plan
  result: Result | null
  /** Once failed: what to tell. */
  error: { id: string; args: ErrorArgs } | null
  /** By stage, each in the order of the search. */
  trials: Map<number, TriedPoint[]>
}

export type Optimizations = ReturnType<typeof optimizationsOf>

/** A search is running, then done, failed or stopped; one that is stopped can run again. */
export function optimizationsOf(prisma: PrismaClient) {
  const finish = async (id: number, data: Prisma.OptimizationUpdateManyMutationInput) => {
    // A process that started meanwhile may have taken it for stopped.
    const { count } = await prisma.optimization.updateMany({
      where: { id, status: { in: ['running', 'stopped'] } },
      data,
    })
    if (count === 0) throw new Error(`optimization ${id} is not running`)
  }

  return {
    /** Returns its id. It is running from then on. */
    async create<Plan>({ strategy, fromTs, toTs, plan, ...columns }: OptimizationRequest<Plan>, now: number) {
      const { id } = await prisma.optimization.create({
        data: {
          ...columns,
          strategyName: strategy.name,
          strategyJson: JSON.stringify(strategy),
          instId: strategy.inst_id,
          bar: strategy.bar,
          fromTs: BigInt(fromTs),
          toTs: BigInt(toTs),
          planJson: JSON.stringify(plan),
          status: 'running',
          createdAt: BigInt(now),
        },
      })
      return id
    },

    /** Takes a stopped one for this process; false where it is not stopped, or another was faster. */
    async resume(userId: number, id: number): Promise<boolean> {
      const { count } = await prisma.optimization.updateMany({
        where: { id, userId, status: 'stopped' },
        data: { status: 'running' },
      })
      return count === 1
    },

    /** What became known of how it is to go on. */
    async keepPlan<Plan>(id: number, plan: Plan): Promise<void> {
      await prisma.optimization.update({ where: { id }, data: { planJson: JSON.stringify(plan) } })
    },

    /** Stores trials that are not there yet, and counts them. */
    async addTrials(id: number, stage: number, trials: readonly TriedPoint[]): Promise<void> {
      if (trials.length === 0) return
      await prisma.$transaction(async (tx) => {
        for (let from = 0; from < trials.length; from += trialsAtOnce) {
          const rows = trials
            .slice(from, from + trialsAtOnce)
            .map((trial) => Prisma.sql`(${Prisma.join(rowOf(id, stage, trial))})`)
          await tx.$executeRaw`INSERT INTO "OptimizationTrial" (${trialColumns}) VALUES ${Prisma.join(rows)}`
        }
        await tx.optimization.update({ where: { id }, data: { tried: { increment: trials.length } } })
      })
    },

    done: <Result>(id: number, result: Result, now: number) =>
      finish(id, { status: 'done', resultJson: JSON.stringify(result), finishedAt: BigInt(now) }),

    stop: (id: number) => finish(id, { status: 'stopped' }),

    fail: (id: number, error: { id: string; args: ErrorArgs }, now: number) =>
      finish(id, {
        status: 'failed',
        errorId: error.id,
        errorArgsJson: JSON.stringify(error.args),
        finishedAt: BigInt(now),
      }),

    /** With its trials; null if there is none of that id that is theirs. */
    async get<Plan, Result>(userId: number, id: number): Promise<OptimizationRecord<Plan, Result> | null> {
      const row = await prisma.optimization.findFirst({
        where: { id, userId },
        include: { trials: { orderBy: [{ stage: 'asc' }, { number: 'asc' }] } },
      })
      if (row === null) return null
      const trials = new Map<number, TriedPoint[]>()
      for (const trial of row.trials) {
        const ofStage = trials.get(trial.stage) ?? []
        ofStage.push(trialOf(trial))
        trials.set(trial.stage, ofStage)
      }
      return {
        ...summaryOf(row),
        strategyVersionId: row.strategyVersionId,
        strategy: JSON.parse(row.strategyJson),
        plan: JSON.parse(row.planJson),
        result: row.resultJson === null ? null : JSON.parse(row.resultJson),
        error: row.errorId === null ? null : { id: row.errorId, args: JSON.parse(row.errorArgsJson ?? '{}') },
        trials,
      }
    },

    /** Newest first. */
    async list(userId: number, limit: number): Promise<OptimizationSummary[]> {
      const rows = await prisma.optimization.findMany({ where: { userId }, orderBy: { id: 'desc' }, take: limit })
      return rows.map(summaryOf)
    },

    /** At start: what another life of this process left running stands still. Returns how many. */
    async stopInterrupted(): Promise<number> {
      const { count } = await prisma.optimization.updateMany({
        where: { status: 'running' },
        data: { status: 'stopped' },
      })
      return count
    },
  }
}

function summaryOf(row: Prisma.OptimizationGetPayload<object>): OptimizationSummary {
  if (!isBar(row.bar)) throw new Error(`optimization ${row.id} has bar ${row.bar}`)
  const { id, strategyName, instId, bar, status, tried, planned } = row
  return {
    id,
    strategyName,
    instId,
    bar,
    source: row.source as Source,
    fromTs: Number(row.fromTs),
    toTs: Number(row.toTs),
    status,
    tried,
    planned,
    createdAt: Number(row.createdAt),
  }
}

const trialsAtOnce = 300
const trialColumns = Prisma.raw('"optimizationId", "stage", "number", "pointJson", "score", "shortfall", "figuresJson"')

function rowOf(id: number, stage: number, { index, point, score, shortfall, figures }: TriedPoint) {
  return [id, stage, index, JSON.stringify(point), score, shortfall, figures && JSON.stringify(figures)]
}

function trialOf(row: Prisma.OptimizationTrialGetPayload<object>): TriedPoint {
  const { number: index, pointJson, score, shortfall, figuresJson } = row
  return { index, point: JSON.parse(pointJson), score, shortfall, figures: figuresJson && JSON.parse(figuresJson) }
}
