import type { AlgoOrder, ExchangeOrder } from '../domain/trading/exchangeOrder.js'
import type { Outcome } from '../domain/trading/orderOutcome.js'
import type { OkxAccount } from '../okx/okxAccount.js'
import { OkxError } from '../okx/okxError.js'
import { orderLifeMs } from '../okx/transport.js'
import type { Entry, Ledger } from './soakLedger.js'
import type { TurningTime } from './turningTime.js'

/** The exchange refuses what is dated further than that from its own clock; so far ahead, at most, ours can have been. */
const mostSkewMs = 30_000
/** Once so long has passed, what is not found never was accepted and never will be. */
export const certainAfterMs = orderLifeMs + mostSkewMs

export interface SettleOptions {
  account: OkxAccount
  ledger: Ledger
  time: TurningTime
  /** When to believe that what is not found never will be; `certainAfterMs` for whoever wants to be right. */
  giveUpAfterMs: number
}

export type Settle = ReturnType<typeof createSettle>

/** How a careful trader finds out what became of what it sent: a yes is read, an unknown is looked up, nothing is sent again. */
export function createSettle({ account, ledger, time, giveUpAfterMs }: SettleOptions) {
  /** Reads until it is told; the client itself tries five times. */
  async function reading<T>(read: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await read()
      } catch (error) {
        if (!(error instanceof OkxError) || (error.kind !== 'retry' && error.kind !== 'resyncClock')) throw error
        await time.wait(2000)
      }
    }
  }

  async function settle<Taken>(
    entry: Entry<Taken>,
    outcome: Outcome<object>,
    find: () => Promise<Taken | null>,
  ): Promise<void> {
    if (outcome.outcome === 'refused') {
      entry.fate = {
        is: 'refused',
        code: outcome.code,
        mayPass: outcome.kind === 'retry' || outcome.kind === 'resyncClock',
      }
      return
    }
    if (outcome.outcome === 'accepted') {
      const order = await reading(find)
      if (order === null) ledger.problems.push(`${entry.clOrdId} was accepted and is not there`)
      else entry.fate = { is: 'taken', order }
      return
    }
    const { byCode } = ledger.unknown
    byCode.set(outcome.code, (byCode.get(outcome.code) ?? 0) + 1)
    const certainAt = time.clock() + giveUpAfterMs
    for (;;) {
      // What is asked before then may still be overtaken by the order.
      const isCertain = time.clock() > certainAt
      const order = await reading(find)
      if (order !== null) {
        entry.fate = { is: 'taken', order }
        ledger.unknown.found++
        return
      }
      if (isCertain) {
        entry.fate = { is: 'neverAccepted' }
        ledger.unknown.neverAccepted++
        return
      }
      await time.wait(Math.min(7000, certainAt - time.clock() + 1))
    }
  }

  const byId = ({ instId, clOrdId }: Entry) => account.order({ instId, clOrdId })

  /** Reads an order that is known to be there. */
  async function readAgain(entry: Entry): Promise<ExchangeOrder | null> {
    const order = await reading(() => byId(entry))
    if (order === null) ledger.problems.push(`${entry.clOrdId} is gone`)
    else entry.fate = { is: 'taken', order }
    return order
  }

  const findStop = ({ instId, clOrdId }: Entry<AlgoOrder>) =>
    account.findAlgo({ algoClOrdId: clOrdId, instId, instType: 'SWAP', ordType: 'conditional' })

  async function readStopAgain(entry: Entry<AlgoOrder>): Promise<void> {
    const order = await reading(() => findStop(entry))
    if (order === null) ledger.problems.push(`algo ${entry.clOrdId} is gone`)
    else entry.fate = { is: 'taken', order }
  }

  return {
    reading,
    readStopAgain,
    readAgain,
    order: (entry: Entry, outcome: Outcome<object>) => settle(entry, outcome, () => byId(entry)),
    stop: (entry: Entry<AlgoOrder>, outcome: Outcome<object>) => settle(entry, outcome, () => findStop(entry)),
    /** An amendment or a cancel: whatever is said of it, the order is read. */
    async change(entry: Entry, outcome: Outcome<object>): Promise<ExchangeOrder | null> {
      if (outcome.outcome === 'unknown') ledger.unknownChanges++
      return readAgain(entry)
    },
  }
}
