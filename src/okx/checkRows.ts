import { Ajv, type ValidateFunction } from 'ajv'
import type { Static } from 'typebox'
import { type EndpointName, endpoints } from './endpoints.js'
import { OkxPayloadError } from './okxError.js'
import { Envelope } from './payloads.js'

export type Row<Name extends EndpointName> = Static<(typeof endpoints)[Name]['row']>

const ajv = new Ajv()
export const isEnvelope = ajv.compile<Envelope>(Envelope)
const validators = new Map<EndpointName, ValidateFunction>()

/** The rows of an endpoint's `data`. Throws OkxPayloadError on whatever is not as documented. */
export function checkRows<Name extends EndpointName>(name: Name, data: unknown): Row<Name>[] {
  if (!Array.isArray(data)) throw new OkxPayloadError(name, 'data', 'is not a list')
  data.forEach((row, i) => {
    const problem = problemOf(name, row)
    if (problem) throw new OkxPayloadError(name, `data/${i}${problem.path}`, problem.message)
  })
  return data as Row<Name>[]
}

/** One row, or null where it is not as documented. */
export function readRow<Name extends EndpointName>(name: Name, row: unknown): Row<Name> | null {
  return problemOf(name, row) ? null : (row as Row<Name>)
}

function problemOf(name: EndpointName, row: unknown): { path: string; message: string } | null {
  const isRow = validatorOf(name)
  if (isRow(row)) return null
  const [problem] = isRow.errors ?? []
  return { path: problem?.instancePath ?? '', message: problem?.message ?? 'is wrong' }
}

function validatorOf(name: EndpointName): ValidateFunction {
  const known = validators.get(name)
  if (known) return known
  const made = ajv.compile(endpoints[name].row)
  validators.set(name, made)
  return made
}
