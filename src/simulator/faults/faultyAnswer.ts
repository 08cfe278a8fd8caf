import type { Answer, Call } from '../answer.js'
import type { PlainAnswer } from '../httpServer.js'
import type { Fault } from './faultRules.js'

/** Answers a call as a fault has it; `hangUp` for no answer at all. `later` lets so many ms pass. */
export async function answerWithFaults(
  call: Call,
  fault: Fault,
  answerCall: (call: Call) => Promise<Answer>,
  later: (ms: number) => Promise<void>,
): Promise<Answer | PlainAnswer | 'hangUp'> {
  if (fault.kind === 'reject') return rejected(call, fault.sCode, fault.sMsg ?? 'Order placement failed.')
  if (fault.kind === 'duplicate') {
    const first = await answerCall(call)
    await answerCall(call)
    return first
  }
  if (fault.kind === 'delay') {
    if (fault.when === 'before') await later(fault.ms)
    const answer = await answerCall(call)
    if (fault.when === 'after') await later(fault.ms)
    return answer
  }
  if (fault.when === 'after') await answerCall(call)
  if (fault.kind === 'drop') return 'hangUp'
  const { status, code, msg = 'Injected fault.' } = fault
  return code === undefined ? { status, text: msg } : { status, body: { code, msg, data: [] } }
}

/** As OKX refuses each order of a call. */
function rejected(call: Call, sCode: string, sMsg: string): Answer {
  const orders = elementsOf(call.body)
  const data = orders.map((order) => {
    const [main, subCode = ''] = sCode.split('_')
    const refusal = { tag: textOf(order, 'tag'), sCode: main, sMsg, subCode }
    if (call.path.includes('algo')) {
      return { algoId: textOf(order, 'algoId'), algoClOrdId: textOf(order, 'algoClOrdId'), ...refusal }
    }
    return { ordId: textOf(order, 'ordId'), clOrdId: textOf(order, 'clOrdId'), ...refusal, ts: String(call.arrivedAt) }
  })
  return { status: 200, body: { code: '1', msg: 'All operations failed', data } }
}

function elementsOf(body: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(body)
    return Array.isArray(parsed) ? parsed : [parsed]
  } catch {
    // No order that could be named.
    return [null]
  }
}

function textOf(order: unknown, name: string): string {
  if (typeof order !== 'object' || order === null) return ''
  const value = Object.entries(order).find(([key]) => key === name)?.[1]
  return typeof value === 'string' ? value : ''
}
