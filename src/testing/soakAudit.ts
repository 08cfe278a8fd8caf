import { Decimal } from 'decimal.js'
import { type Instrument, instTypeOf } from '../domain/instrument.js'
import { type AlgoOrder, algoOrdTypes, type ExchangeOrder, type Fill } from '../domain/trading/exchangeOrder.js'
import { brokerTag } from '../okx/brokerTag.js'
import type { OkxAccount } from '../okx/okxAccount.js'
import { allOf } from '../okx/pages.js'
import type { BookedOrder } from './soakExchange.js'
import { type Entry, endOf, type Ledger } from './soakLedger.js'

/** What an account began with, and what it is audited by. */
export interface Audited {
  uid: string
  account: OkxAccount
  instruments: readonly Instrument[]
  cash: Readonly<Record<string, string>>
}

/** What the exchange has on record of an account, asked for over its protocol. */
interface Told {
  orders: ExchangeOrder[]
  algos: AlgoOrder[]
  fills: Fill[]
}

const zero = new Decimal(0)
const instTypes = ['SPOT', 'SWAP'] as const

/**
 * Holds what a driver knows of an account's orders against what the exchange tells of them and what it has in its books,
 * one to one, and the account's fills against its positions and its cash. What comes back should be empty.
 */
export async function audit(audited: Audited, ledger: Ledger, booked: readonly BookedOrder[]): Promise<string[]> {
  const problems: string[] = []
  const told = await readAll(audited.account)
  const isOwn = ({ uid }: { uid: string }) => uid === audited.uid
  const entries = [...ledger.orders.values()].filter(isOwn)
  const algos = [...ledger.algos.values()].filter(isOwn)
  compareOrders(entries, algos, told, problems)
  compareBooks(told.orders, booked.filter(isOwn), problems)
  compareAlgos(algos, told.algos, problems)
  compareFills(told, problems)
  await comparePositions(audited, told.fills, problems)
  await compareCash(audited, told.fills, problems)
  for (const { tag, ordId } of [...told.orders, ...told.fills]) {
    if (tag !== brokerTag) problems.push(`order ${ordId} has the tag "${tag}"`)
  }
  return problems.map((problem) => `${audited.uid}: ${problem}`)
}

async function readAll(account: OkxAccount): Promise<Told> {
  const told: Told = { orders: await account.pendingOrders(), algos: [], fills: [] }
  for (const instType of instTypes) {
    told.orders.push(...(await allOf(account.orderHistory({ instType, from: 'week' }))))
    told.fills.push(...(await allOf(account.fills({ instType, from: 'days' }))))
  }
  for (const ordType of algoOrdTypes) {
    told.algos.push(...(await account.pendingAlgos({ ordType })))
    for (const state of ['effective', 'canceled', 'order_failed'] as const) {
      told.algos.push(...(await allOf(account.algoHistory({ ordType, state }))))
    }
  }
  return told
}

function compareOrders(
  entries: readonly Entry[],
  algos: readonly Entry<AlgoOrder>[],
  { orders }: Told,
  problems: string[],
): void {
  const byId = groupBy(orders, ({ clOrdId, ordId }) => clOrdId || `of an algo order: ${ordId}`)
  for (const [clOrdId, namesakes] of byId) {
    if (namesakes.length > 1) problems.push(`${clOrdId} is there ${namesakes.length} times`)
  }
  for (const entry of entries) {
    const { clOrdId, fate } = entry
    const found = byId.get(clOrdId)?.[0]
    byId.delete(clOrdId)
    if (endOf(entry) === null) problems.push(`${clOrdId} is not accounted for`)
    else if (fate.is !== 'taken') {
      if (found) problems.push(`${clOrdId} counts as ${fate.is} and is ${found.state}`)
    } else if (!found) problems.push(`${clOrdId} counts as ${fate.order.state} and is not there`)
    else if (summaryOf(fate.order) !== summaryOf(found)) {
      problems.push(`${clOrdId} counts as ${summaryOf(fate.order)} and is ${summaryOf(found)}`)
    }
  }
  const triggered = new Set(algos.flatMap(({ fate }) => (fate.is === 'taken' ? [fate.order.ordId] : [])))
  for (const [clOrdId, [{ ordId, state }]] of byId) {
    if (!triggered.has(ordId)) problems.push(`${clOrdId} (${state}) is nobody's`)
  }
}

function summaryOf({ ordId, state, side, sz, px, accFillSz, avgPx, fee }: ExchangeOrder): string {
  return `${ordId} ${state} ${side} ${sz} at ${px}, ${accFillSz} filled at ${avgPx} for ${fee}`
}

function compareBooks(told: readonly ExchangeOrder[], booked: readonly BookedOrder[], problems: string[]): void {
  const line = (order: BookedOrder | ExchangeOrder) =>
    `${order.ordId} ${order.clOrdId} ${order.tag} ${order.state} ${order.accFillSz}`
  const lines = new Set(told.map(line))
  for (const order of booked) if (!lines.delete(line(order))) problems.push(`booked, not told: ${line(order)}`)
  for (const other of lines) problems.push(`told, not booked: ${other}`)
}

function compareAlgos(entries: readonly Entry<AlgoOrder>[], told: readonly AlgoOrder[], problems: string[]): void {
  const byId = groupBy(told, ({ algoClOrdId }) => algoClOrdId)
  for (const { clOrdId, fate } of entries) {
    const found = byId.get(clOrdId) ?? []
    byId.delete(clOrdId)
    const counted = fate.is === 'taken' ? `${fate.order.algoId} ${fate.order.state}` : ''
    const there = found.map(({ algoId, state }) => `${algoId} ${state}`).join(', ')
    if (fate.is === 'sent') problems.push(`algo ${clOrdId} is not accounted for`)
    if (counted !== there) problems.push(`algo ${clOrdId} counts as "${counted}" (${fate.is}) and is "${there}"`)
  }
  for (const clOrdId of byId.keys()) problems.push(`algo ${clOrdId} is nobody's`)
  for (const { tag, algoId } of told) if (tag !== brokerTag) problems.push(`algo ${algoId} has the tag "${tag}"`)
}

/** What is filled of each order is the sum of its trades, each of which is there once. */
function compareFills({ orders, fills }: Told, problems: string[]): void {
  if (new Set(fills.map(({ billId }) => billId)).size < fills.length) problems.push('a fill is there twice')
  const byOrder = groupBy(fills, ({ ordId }) => ordId)
  for (const { ordId, accFillSz, fee } of orders) {
    const own = byOrder.get(ordId) ?? []
    byOrder.delete(ordId)
    const sz = sumOf(own.map(({ fillSz }) => fillSz))
    const fees = sumOf(own.map((fill) => fill.fee))
    if (!sz.eq(accFillSz)) problems.push(`order ${ordId} has ${accFillSz} filled, its fills are ${sz}`)
    if (!fees.eq(fee)) problems.push(`order ${ordId} has paid ${fee}, its fills ${fees}`)
  }
  for (const ordId of byOrder.keys()) problems.push(`fills of ${ordId}, which is not there`)
}

async function comparePositions({ account }: Audited, fills: readonly Fill[], problems: string[]): Promise<void> {
  const sums = new Map<string, Decimal>()
  for (const { instType, instId, posSide, side, fillSz } of fills) {
    if (instType !== 'SWAP') continue
    const key = `${instId} ${posSide}`
    sums.set(key, (sums.get(key) ?? zero).plus(side === 'buy' ? fillSz : fillSz.neg()))
  }
  for (const { instId, posSide, pos, fundingFee, liqPenalty } of await account.positions()) {
    const sum = sums.get(`${instId} ${posSide}`) ?? zero
    sums.delete(`${instId} ${posSide}`)
    if (!sum.eq(pos)) problems.push(`${instId} ${posSide} is ${pos}, its fills come to ${sum}`)
    if (fundingFee?.isZero() === false || liqPenalty?.isZero() === false) {
      problems.push(`${instId} ${posSide} has costs that are no fills`)
    }
  }
  for (const [key, sum] of sums) if (!sum.isZero()) problems.push(`${key} is not held, its fills come to ${sum}`)
}

async function compareCash(audited: Audited, fills: readonly Fill[], problems: string[]): Promise<void> {
  const cash = new Map(Object.entries(audited.cash).map(([ccy, amount]) => [ccy, new Decimal(amount)]))
  const add = (ccy: string, amount: Decimal) => cash.set(ccy, (cash.get(ccy) ?? zero).plus(amount))
  const instruments = new Map(audited.instruments.map((instrument) => [instrument.instId, instrument]))
  for (const { instId, side, fillSz, fillPx, fillPnl, fee, feeCcy } of fills) {
    add(feeCcy, fee)
    const instrument = instruments.get(instId)
    if (!instrument) throw new Error(`${instId} was not traded`)
    if (instTypeOf(instId) === 'SWAP') add(instrument.settleCcy ?? '', fillPnl ?? zero)
    else {
      const sign = side === 'buy' ? 1 : -1
      add(instrument.baseCcy, fillSz.times(sign))
      add(instrument.quoteCcy, fillSz.times(fillPx).times(-sign))
    }
  }
  for (const { ccy, cashBal } of (await audited.account.balance()).details) {
    const sum = cash.get(ccy) ?? zero
    cash.delete(ccy)
    if (!sum.eq(cashBal)) problems.push(`${cashBal} ${ccy} are there, by its fills ${sum}`)
  }
  for (const [ccy, sum] of cash) if (!sum.isZero()) problems.push(`no ${ccy} is there, by its fills ${sum}`)
}

function groupBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group) group.push(row)
    else groups.set(keyOf(row), [row])
  }
  return groups
}

const sumOf = (amounts: readonly Decimal[]) => amounts.reduce((sum, amount) => sum.plus(amount), zero)
