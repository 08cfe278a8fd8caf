import { Ajv } from 'ajv'
import { type Static, Type } from 'typebox'
import type { Answer } from '../answer.js'
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
  Type.Object({ do: Type.Literal('resume'), uid: text, clOrdId: text }),
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
  if (command.do === 'inject') faults.inject(command.rule)
  else if (command.do === 'skewClock') faults.skewClock(command.ms)
  else if (command.do === 'liquidate') faults.liquidate(command.uid, command.instId)
  else if (command.do === 'fillPart') faults.fillPart(command.uid, command.clOrdId, command.sz)
  else if (command.do === 'resume') faults.resume(command.uid, command.clOrdId)
  else if (command.do === 'cutSockets') faults.cutSockets(command.kind)
  // Not waited for: it ends the connection that the answer goes over.
  else if (command.do === 'restart') setImmediate(() => void faults.restart())
  else faults[command.do]()
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    // Not JSON: no command either.
    return undefined
  }
}
