import type { Fault, FaultRule } from '../simulator/faults/faultRules.js'

/** A fault and in how many of a thousand calls it strikes. */
type Share = readonly [perMille: number, fault: Fault]

/** Refusals and answers that say "not carried out" come before it alone: after it, they would be lies that OKX does not tell. */
const ofOrders: readonly Share[] = [
  [6, { kind: 'drop', when: 'after' }],
  [5, { kind: 'drop', when: 'before' }],
  [3, { kind: 'delay', when: 'before', ms: 500 }],
  [4, { kind: 'delay', when: 'before', ms: 3000 }],
  [3, { kind: 'delay', when: 'before', ms: 7000 }],
  [3, { kind: 'delay', when: 'after', ms: 3000 }],
  [3, { kind: 'answer', when: 'before', status: 502, msg: 'Bad Gateway' }],
  [4, { kind: 'answer', when: 'after', status: 502, msg: 'Bad Gateway' }],
  [2, { kind: 'answer', when: 'before', status: 500, code: '50026' }],
  [2, { kind: 'answer', when: 'after', status: 500, code: '50026' }],
  [3, { kind: 'answer', when: 'before', status: 503, code: '50001' }],
  [4, { kind: 'answer', when: 'before', status: 429, code: '50011' }],
  [2, { kind: 'answer', when: 'before', status: 400, code: '50004' }],
  [3, { kind: 'answer', when: 'after', status: 400, code: '50004' }],
]
const ofReads: readonly Share[] = [
  [12, { kind: 'drop', when: 'before' }],
  [9, { kind: 'drop', when: 'after' }],
  [6, { kind: 'delay', when: 'before', ms: 500 }],
  [4, { kind: 'delay', when: 'after', ms: 3000 }],
  [6, { kind: 'answer', when: 'before', status: 502, msg: 'Bad Gateway' }],
  [4, { kind: 'answer', when: 'before', status: 500, code: '50026' }],
  [6, { kind: 'answer', when: 'before', status: 429, code: '50011' }],
  [4, { kind: 'answer', when: 'before', status: 400, code: '50004' }],
]
const rejected: Share = [3, { kind: 'reject', sCode: '51008_1000', sMsg: 'Order failed. Insufficient balance.' }]
const twice: Share = [10, { kind: 'duplicate' }]

/**
 * What is sent twice without harm: what says the same the second time, and (in batches, as the soak trades) orders that
 * wait far from the market, whose id is then taken. An order that is filled at once would be filled twice: an id is free
 * again as soon as its order is over (okx-facts section 2), and nothing that a client may send prevents it.
 */
const sendableTwice = [
  'batch-orders',
  'amend-order',
  'cancel-order',
  'cancel-batch-orders',
  'close-position',
  'cancel-algos',
]

/** Rules that strike about one call in twenty. */
export const soakRules: readonly FaultRule[] = [
  ...sendableTwice.map((path) => toRule(`POST /api/v5/trade/${path}`, twice)),
  ...ofOrders.map((share) => toRule('POST /api/v5/', share)),
  toRule('POST /api/v5/trade/order', rejected),
  toRule('POST /api/v5/trade/batch-orders', rejected),
  ...ofReads.map((share) => toRule('GET /api/v5/', share)),
]

function toRule(endpoint: string, [perMille, fault]: Share): FaultRule {
  return { endpoint, probability: perMille / 1000, fault }
}
