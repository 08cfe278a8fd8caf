import { type Static, Type } from 'typebox'
import { Random } from '../../domain/random.js'

const when = Type.Enum(['before', 'after'])

/**
 * What may befall a call. `before` and `after` are of its being carried out: after it, an order has been taken although the
 * client is told otherwise, or nothing.
 */
export const FaultRule = Type.Object(
  {
    /** `METHOD path`, the beginning of one (`POST /api/v5/trade/`), or empty for all calls. */
    endpoint: Type.String(),
    /** How often it strikes; left out, until it is cleared. */
    count: Type.Optional(Type.Integer({ minimum: 1 })),
    /** In how many of the calls that fit; left out, in all. */
    probability: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
    fault: Type.Union([
      /** The connection ends without an answer. */
      Type.Object({ kind: Type.Literal('drop'), when }),
      Type.Object({ kind: Type.Literal('delay'), when, ms: Type.Integer({ minimum: 0 }) }),
      /** Carried out twice, as when a proxy sends it again; answered once, with the first answer. */
      Type.Object({ kind: Type.Literal('duplicate') }),
      /** Another answer: `{ status: 500 }` without an envelope, `{ status: 429, code: '50011' }`, `{ status: 400, code: '50004' }`. */
      Type.Object({
        kind: Type.Literal('answer'),
        when,
        status: Type.Integer({ minimum: 200, maximum: 599 }),
        code: Type.Optional(Type.String({ pattern: '^\\d{1,6}$' })),
        msg: Type.Optional(Type.String()),
      }),
      /** Each order of the call is refused with this `sCode`. */
      Type.Object({
        kind: Type.Literal('reject'),
        sCode: Type.String({ pattern: '^\\d{5}(_\\d+)?$' }),
        sMsg: Type.Optional(Type.String()),
      }),
    ]),
  },
  { additionalProperties: false },
)
export type FaultRule = Static<typeof FaultRule>
export type Fault = FaultRule['fault']

export interface FaultRules {
  add(rule: FaultRule): void
  clear(): void
  /** The fault that strikes this call, of the first rule that fits it. */
  next(endpoint: string): Fault | null
  /** How many have struck. */
  readonly struck: number
}

/** The dice of `probability` depend on the seed and on the order of the calls, and on nothing else. */
export function createFaultRules(seed: string): FaultRules {
  const dice = new Random(`${seed}|faults`)
  let rules: { rule: FaultRule; left: number }[] = []
  let struck = 0
  return {
    add(rule) {
      rules.push({ rule, left: rule.count ?? Number.POSITIVE_INFINITY })
    },
    clear() {
      rules = []
    },
    next(endpoint) {
      for (const entry of rules) {
        const { probability = 1 } = entry.rule
        if (!endpoint.startsWith(entry.rule.endpoint)) continue
        if (probability < 1 && dice.uniform() >= probability) continue
        entry.left--
        rules = rules.filter(({ left }) => left > 0)
        struck++
        return entry.rule.fault
      }
      return null
    },
    get struck() {
      return struck
    },
  }
}
