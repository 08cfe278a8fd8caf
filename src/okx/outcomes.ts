import type { Outcome } from '../domain/trading/orderOutcome.js'
import type { RequestBody } from './brokerTag.js'
import { type Row, readRow } from './checkRows.js'
import type { OrderCallName } from './endpoints.js'
import { errorFromCode, errorFromStatus, OkxError } from './okxError.js'
import type { SignedRest } from './rest.js'
import type { Answer } from './transport.js'

interface Reading<Sent, Name extends OrderCallName, Accepted> {
  /** Whether a row is about what was sent. A refusal that names nothing is taken by its place. */
  isOf(row: Row<Name>, sent: Sent): boolean
  /** Null where a row that says yes lacks what it must have. */
  accept(row: Row<Name>, sent: Sent): Accepted | null
}

/**
 * Sends orders (or amendments, or cancels) and says of each what became of it: every `sCode` is looked at whatever the
 * code above it. What cannot be read, or contradicts itself, is unknown. Throws only the signal's reason, before anything
 * was sent, and what is our own fault.
 */
export async function sendForOutcomes<Sent, Name extends OrderCallName, Accepted extends object>(
  rest: SignedRest,
  name: Name,
  sent: readonly Sent[],
  body: RequestBody,
  reading: Reading<Sent, Name, Accepted>,
  signal?: AbortSignal,
): Promise<Outcome<Accepted>[]> {
  let answer: Answer
  try {
    answer = await rest.send(name, body, signal)
  } catch (error) {
    if (!(error instanceof OkxError)) throw error
    return sent.map(() => toOutcome(error))
  }
  const { data } = answer.envelope
  const rows = (Array.isArray(data) ? data : []).map((row) => readRow(name, row))
  return sent.map((one, i) => {
    const row = rows.find((candidate) => candidate && reading.isOf(candidate, one)) ?? null
    const byPlace = rows.length === sent.length ? (rows[i] ?? null) : null
    const found = row ?? (isNamelessRefusal(byPlace) ? byPlace : null)
    return outcomeOf(name, answer, found, (accepted) => reading.accept(accepted, one))
  })
}

function outcomeOf<Name extends OrderCallName, Accepted extends object>(
  name: Name,
  { status, envelope }: Answer,
  row: Row<Name> | null,
  accept: (row: Row<Name>) => Accepted | null,
): Outcome<Accepted> {
  const { code, msg } = envelope
  const item = itemCodeOf(row)
  if (item && item.sCode !== '0') return toOutcome(errorFromCode(name, status, item.sCode, item.sMsg))
  // "1" and "2" say no more than that the orders below did not all go well.
  if (code !== '0' && code !== '1' && code !== '2') {
    return item ? contradiction(code, msg) : toOutcome(errorFromCode(name, status, code, msg))
  }
  if (row === null) return unknown('unreadable', `${code} ${msg} without a word on the order`)
  if (status >= 400) return toOutcome(errorFromStatus(name, status))
  if (code === '1') return contradiction(code, msg)
  const accepted = accept(row)
  return accepted ? { ...accepted, outcome: 'accepted' } : unknown('unreadable', 'accepted without an id')
}

/** What an answer says of one order; nothing of what closes a position. */
function itemCodeOf(row: object | null): { sCode: string; sMsg: string } | null {
  if (row === null || !('sCode' in row) || typeof row.sCode !== 'string') return null
  return { sCode: row.sCode, sMsg: 'sMsg' in row && typeof row.sMsg === 'string' ? row.sMsg : '' }
}

function contradiction(code: string, msg: string): Outcome<never> {
  return unknown(code, `${msg}, and yet the order is accepted`)
}

/** What an error means for what was asked. */
function toOutcome({ kind, code, reasonId, detail }: OkxError): Outcome<never> {
  if (kind === 'outcomeUnknown') return { outcome: 'unknown', code, reasonId, message: detail }
  return { outcome: 'refused', kind, code, reasonId, message: detail }
}

function unknown(code: string, message: string): Outcome<never> {
  return { outcome: 'unknown', code, reasonId: 'okx-outcome-unknown', message }
}

/** OKX may refuse an order without repeating its id; it accepts none so. */
function isNamelessRefusal(row: object | null): boolean {
  const item = itemCodeOf(row)
  if (row === null || item === null || item.sCode === '0') return false
  const ids = ['ordId', 'clOrdId', 'algoId', 'algoClOrdId']
  return Object.entries(row).every(([name, value]) => !ids.includes(name) || value === '')
}
