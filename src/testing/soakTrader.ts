import { Decimal } from 'decimal.js'
import type { Instrument } from '../domain/instrument.js'
import type { Random } from '../domain/random.js'
import type { AlgoRequest, LimitRequest, OrderRequest } from '../domain/trading/orderRequest.js'
import { type PosMode, type TradeStep, type TradeTerms, tradeTermsOf } from '../domain/trading/tradeMode.js'
import { algoClOrdIdOf, clOrdIdOf } from '../okx/clOrdId.js'
import type { OkxAccount } from '../okx/okxAccount.js'
import type { OkxPublic } from '../okx/okxClient.js'
import type { Simulator } from '../simulator/exchange.js'
import { Refusal } from '../simulator/refusal.js'
import { type Entry, intend, type Ledger } from './soakLedger.js'
import type { Settle } from './soakSettle.js'
import type { TurningTime } from './turningTime.js'

export interface TraderOptions {
  name: string
  uid: string
  posMode: PosMode
  account: OkxAccount
  okx: OkxPublic
  instruments: readonly Instrument[]
  simulator: Simulator
  settle: Settle
  ledger: Ledger
  random: Random
  time: TurningTime
}

const mostAttempts = 3
const mostOpen = 5

/** Trades at random, one thing after the other, until it is over; leaves a few orders open. */
export async function trade(options: TraderOptions, isOver: () => boolean): Promise<void> {
  const { name, uid, posMode, account, okx, instruments, simulator, settle, ledger, random, time } = options
  const open: Entry[] = []
  let decisions = 0

  const anyOf = <T>(list: readonly T[]): T => list[random.below(list.length)]
  const swaps = instruments.filter(({ instType }) => instType === 'SWAP')

  function termsOf({ instType }: Instrument, step: Pick<TradeStep, 'action' | 'direction'>): TradeTerms {
    const terms = tradeTermsOf({ acctLv: '2', posMode }, { instType, mgnMode: 'cross', ...step })
    if (terms.kind === 'refusal') throw new Error(terms.reason)
    return terms
  }

  /** Opens twice as often as it closes. */
  function anyTerms(instrument: Instrument): TradeTerms {
    const isSpot = instrument.instType === 'SPOT'
    const action = random.below(3) < 2 ? 'open' : 'close'
    return termsOf(instrument, { action, direction: isSpot || random.below(2) === 0 ? 'long' : 'short' })
  }

  const last = async ({ instId }: Instrument) => (await settle.reading(() => okx.ticker(instId))).last

  function sizeOf({ instType, minSz, lotSz }: Instrument, px: Decimal): Decimal {
    if (instType === 'SWAP') return lotSz.times(1 + random.below(100))
    return Decimal.max(minSz, new Decimal(20 + random.below(200)).div(px).div(lotSz).floor().times(lotSz))
  }

  const onTick = ({ tickSz }: Instrument, px: Decimal) => px.div(tickSz).round().times(tickSz)
  const idOf = (purpose: string, attempt: number) => clOrdIdOf(['soak', name, decisions, purpose, attempt])

  /** A refusal that passes is asked again, under an id of its own. */
  async function place(instId: string, requestOf: (clOrdId: string) => OrderRequest): Promise<Entry> {
    for (let attempt = 1; ; attempt++) {
      const clOrdId = idOf('order', attempt)
      const entry = intend(ledger.orders, { uid, clOrdId, instId })
      await settle.order(entry, await account.place(requestOf(clOrdId)))
      const { fate } = entry
      if (fate.is !== 'refused' || !fate.mayPass || attempt === mostAttempts) return entry
      await time.wait(500)
    }
  }

  async function atMarket(): Promise<void> {
    const instrument = anyOf(instruments)
    const { instType, instId } = instrument
    const { kind: _, ...terms } = anyTerms(instrument)
    const px = await last(instrument)
    await place(instId, (clOrdId) => {
      const base = { ...terms, instId, clOrdId, ordType: 'market' } as const
      if (instType === 'SWAP') return { ...base, instType, sz: sizeOf(instrument, px) }
      if (terms.side === 'buy')
        return { ...base, instType, tgtCcy: 'quote_ccy', sz: new Decimal(20 + random.below(500)) }
      return { ...base, instType, tgtCcy: 'base_ccy', sz: sizeOf(instrument, px) }
    })
  }

  /** Around the last price: filled at once, in part, or not at all. */
  async function atOnce(): Promise<void> {
    const instrument = anyOf(instruments)
    const { instId, instType } = instrument
    const { kind: _, ...terms } = anyTerms(instrument)
    const now = await last(instrument)
    const px = onTick(instrument, now.times(1 + (random.uniform() - 0.5) / 500))
    const ordType = anyOf(['ioc', 'fok', 'post_only'] as const)
    const entry = await place(instId, (clOrdId) => ({
      ...terms,
      instType,
      instId,
      ordType,
      clOrdId,
      px,
      sz: sizeOf(instrument, px),
    }))
    await leave(entry)
  }

  /** Far from the market: nothing of it is filled by itself. */
  function farRequest(instrument: Instrument, clOrdId: string, now: Decimal): LimitRequest {
    const { instId, instType } = instrument
    const { kind: _, ...terms } = termsOf(instrument, {
      action: 'open',
      direction: instType === 'SWAP' && random.below(2) === 0 ? 'short' : 'long',
    })
    const away = 0.03 + random.uniform() / 100
    const px = onTick(instrument, now.times(terms.side === 'buy' ? 1 - away : 1 + away))
    return { ...terms, instType, instId, ordType: 'limit', clOrdId, px, sz: sizeOf(instrument, px) }
  }

  async function ladder(): Promise<void> {
    const instrument = anyOf(instruments)
    const { instId } = instrument
    const now = await last(instrument)
    const requests = Array.from({ length: 1 + random.below(4) }, (_, i) =>
      farRequest(instrument, idOf(`rung ${i}`, 1), now),
    )
    const entries = requests.map(({ clOrdId }) => intend(ledger.orders, { uid, clOrdId, instId }))
    const outcomes = await account.placeBatch(requests)
    for (const [i, entry] of entries.entries()) await settle.order(entry, outcomes[i])
    const waiting = entries.filter(isOpen)
    for (const entry of waiting) {
      const dice = random.below(10)
      if (dice < 3) {
        const { px } = farRequest(instrument, entry.clOrdId, now)
        const { side } = orderOf(entry)
        const newPx = side === 'buy' ? Decimal.min(px, now.times(0.97)) : Decimal.max(px, now.times(1.03))
        await settle.change(entry, await account.amend({ ...keyOf(entry), newPx: onTick(instrument, newPx) }))
      } else if (dice < 5) {
        fillHalf(entry, instrument)
        await settle.readAgain(entry)
      }
    }
    if (random.below(3) === 0 && waiting.length > 1) {
      const outcomes = await account.cancelBatch(waiting.map(keyOf))
      for (const [i, entry] of waiting.entries()) await settle.change(entry, outcomes[i])
    }
    for (const entry of waiting) await leave(entry)
  }

  /** The exchange fills a part of an order and then no more of it. */
  function fillHalf(entry: Entry, { lotSz }: Instrument): void {
    const { sz } = orderOf(entry)
    const half = sz.div(2).div(lotSz).floor().times(lotSz)
    if (half.isZero()) return
    try {
      simulator.faults.fillPart(uid, entry.clOrdId, half.toFixed())
      ledger.parts++
    } catch (error) {
      // Someone else's close of the position has taken it away since.
      if (!(error instanceof Refusal)) throw error
    }
  }

  /** Leaves an order open, and cancels the oldest where there are too many. */
  async function leave(entry: Entry): Promise<void> {
    if (!isOpen(entry)) return
    open.push(entry)
    while (open.length > mostOpen) {
      const [oldest] = open.splice(0, 1)
      while (isOpen(oldest)) {
        // To cancel again does no harm: it is over once, or it is not.
        await settle.change(oldest, await account.cancel(keyOf(oldest)))
        if (isOpen(oldest)) await time.wait(500)
      }
    }
  }

  async function close(): Promise<void> {
    const { instId } = anyOf(swaps)
    const clOrdId = idOf('close', 1)
    const entry = intend(ledger.orders, { uid, clOrdId, instId })
    const posSide = posMode === 'net_mode' ? {} : { posSide: anyOf(['long', 'short'] as const) }
    await settle.order(entry, await account.closePosition({ instId, mgnMode: 'cross', clOrdId, ...posSide }))
  }

  async function stop(): Promise<void> {
    const instrument = anyOf(swaps)
    const { instId, instType } = instrument
    const { kind: _, ...terms } = termsOf(instrument, { action: 'close', direction: 'long' })
    const algoClOrdId = algoClOrdIdOf(['soak', name, decisions, 'stop', 1])
    const stopLoss = { triggerPx: onTick(instrument, (await last(instrument)).times(0.5)) }
    const request: AlgoRequest = {
      ...terms,
      instType,
      instId,
      algoClOrdId,
      ordType: 'conditional',
      size: { sz: sizeOf(instrument, new Decimal(1)) },
      stopLoss,
    }
    const entry = intend(ledger.algos, { uid, clOrdId: algoClOrdId, instId })
    await settle.stop(entry, await account.placeAlgo(request))
    while (entry.fate.is === 'taken' && entry.fate.order.state === 'live' && random.below(4) > 0) {
      const [outcome] = await account.cancelAlgos([{ instId, algoId: entry.fate.order.algoId }])
      if (outcome.outcome === 'unknown') ledger.unknownChanges++
      await settle.readStopAgain(entry)
    }
  }

  async function look(): Promise<void> {
    await settle.reading(() => account.balance())
    await settle.reading(() => account.positions())
    await settle.reading(() => account.pendingOrders())
  }

  async function setLeverage(): Promise<void> {
    // No orders wait on it, so that nothing is in the way.
    const of = { instId: 'ETH-USDT-SWAP', mgnMode: 'isolated' } as const
    const posSide = posMode === 'net_mode' ? {} : { posSide: anyOf(['long', 'short'] as const) }
    await settle.reading(() => account.setLeverage({ ...of, ...posSide, lever: new Decimal(2 + random.below(9)) }))
  }

  const shares = [
    [48, atMarket],
    [14, atOnce],
    [22, ladder],
    [3, close],
    [3, stop],
    [8, look],
    [2, setLeverage],
  ] as const
  const acts = shares.flatMap(([share, act]) => Array.from({ length: share }, () => act))
  while (!isOver()) {
    decisions++
    await anyOf(acts)()
  }
}

const keyOf = ({ instId, clOrdId }: Entry) => ({ instId, clOrdId })

function orderOf({ fate, clOrdId }: Entry) {
  if (fate.is !== 'taken') throw new Error(`${clOrdId} was not taken`)
  return fate.order
}

function isOpen({ fate }: Entry): boolean {
  return fate.is === 'taken' && (fate.order.state === 'live' || fate.order.state === 'partially_filled')
}
