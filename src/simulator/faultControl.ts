import { Ajv } from 'ajv'
import { type Static, Type } from 'typebox'
import type { Answer } from './answer.js'
import { FaultRule } from './faultRules.js'
import type { Faults } from './faults.js'

/** Where other processes may ask for faults, if that was allowed. No path of OKX's. */
export const faultControlPath = '/simulator/faults'

const text = Type.String({ minLength: 1 })

/** `{ "do": "inject", "rule": { … } }`, `{ "do": "cutSockets" }`, and so on for every method of Faults. */
const Command = Type.Union([
  Type.Object({ do: Type.Literal('inject'), rule: FaultRule }),
  Type.Object({ do: Type.Literal('clear') }),
  Type.Object({
    do: Type.Literal('cutSockets'),
    kind: Type.Optional(Type.Enum(['public', 'private', 'business'])),
  }),
  Type.Object({ do: Type.Enum(['goSilent', 'speakAgain', 'notice', 'restart']) }),
  Type.Object({ do: Type.Literal('skewClock'), ms: Type.Integer() }),
  Type.Object({ do: Type.Literal('liquidate'), uid: text, instId: text }),
  Type.Object({ do: Type.Literal('fillPart'), uid: text, clOrdId: text, sz: text }),
])
type Command = Static<typeof Command>

const isCommand = new Ajv().compile<Command>(Command)

/** Carries out a command; the answer says how many faults have struck. */
export function controlFaults(faults: Faults, body: string): Answer {
  const command = parse(body)
  if (!isCommand(command)) {
    return { status: 400, body: { code: '51000', msg: 'This is no command for faults.', data: [] } }
  }
  carryOut(faults, command)
  return { status: 200, body: { code: '0', msg: '', data: [{ struck: String(faults.struck) }] } }
}

function carryOut(faults: Faults, command: Command): void {
  switch (command.do) {
    case 'inject':
      return faults.inject(command.rule)
    case 'skewClock':
      return faults.skewClock(command.ms)
    case 'liquidate':
      return faults.liquidate(command.uid, command.instId)
    case 'fillPart':
      return faults.fillPart(command.uid, command.clOrdId, command.sz)
    case 'cutSockets':
      return faults.cutSockets(command.kind)
    case 'restart':
      // Not waited for: it ends the connection that the answer goes over.
      setImmediate(() => void faults.restart())
      return
    default:
      return faults[command.do]()
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    // Not JSON: no command either.
    return undefined
  }
}
