import type { ErrorObject } from 'ajv'
import { parseBar } from '../bars.js'
import { parseInstId } from '../instrument.js'
import { type Problem, show, showBounds, stepInto, wrongName } from './problem.js'

/** What ajv (with `allErrors` and `verbose`) found in `data`, one problem a fault; paths begin with `root`. */
export function schemaProblems(errors: readonly ErrorObject[], data: unknown, root: string): Problem[] {
  const meant = new Set(
    errors
      .filter(({ keyword }) => keyword === unknown)
      .map(({ instancePath, ...error }) => `${instancePath}/${unknownName(error).suggestion}`),
  )
  return errors
    .filter(({ schemaPath }) => !schemaPath.includes('/anyOf/')) // the union's own error speaks for its members
    .filter(
      ({ keyword, instancePath, params }) =>
        keyword !== 'required' || !meant.has(`${instancePath}/${params.missingProperty}`),
    )
    .map((error) => toProblem(error, pathOf(error.instancePath, data, root)))
}

const unknown = 'additionalProperties'

function unknownName({ params, parentSchema }: Pick<ErrorObject, 'params' | 'parentSchema'>): Problem['args'] {
  return wrongName(params.additionalProperty, Object.keys(parentSchema?.properties ?? {}))
}

function toProblem(error: ErrorObject, path: string): Problem {
  const got = show(error.data)
  switch (error.keyword) {
    case unknown:
      return {
        path: stepInto(path, error.params.additionalProperty),
        id: 'error-strategy-unknown-field',
        args: unknownName(error),
      }
    case 'required':
      return { path: stepInto(path, error.params.missingProperty), id: 'error-strategy-missing-field', args: {} }
    case 'enum':
      return { path, id: 'error-strategy-choice', args: wrongChoice(error.data, error.params.allowedValues) }
    case 'anyOf':
      return unionProblem(error, path, got)
    case 'type':
      return typeProblem(error.parentSchema ?? {}, path, got, '')
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return numberProblem(error.parentSchema ?? {}, path, got, '')
    case 'pattern':
      return patternProblem(error, path, got)
    case 'maxLength':
      return { path, id: 'error-strategy-too-long', args: { allowed: error.params.limit } }
    case 'minItems':
    case 'maxItems': {
      const { minItems = 0, maxItems } = error.parentSchema ?? {}
      const count = Array.isArray(error.data) ? error.data.length : 0
      return { path, id: 'error-strategy-count', args: { got: count, allowed: `${minItems} … ${maxItems}` } }
    }
    default:
      throw new Error(`no words for the schema's keyword ${error.keyword} at ${path}`)
  }
}

function wrongChoice(data: unknown, allowed: readonly string[]): Problem['args'] {
  const args = wrongName(data, allowed)
  const bar = typeof data === 'string' ? parseBar(data) : null
  return bar !== null && allowed.includes(bar) ? { ...args, suggestion: bar } : args
}

/** The schema has two unions: something or null, and a parameter's value. */
function unionProblem(error: ErrorObject, path: string, got: string): Problem {
  const members: readonly Record<string, unknown>[] = Array.isArray(error.schema) ? error.schema : []
  if (members.some(({ type }) => type === 'null')) return typeProblem(members[0], path, got, ', null')
  return { path, id: 'error-strategy-param-value', args: { got } }
}

function typeProblem(schema: Record<string, unknown>, path: string, got: string, orNull: string): Problem {
  if (schema.type === 'number' || schema.type === 'integer') return numberProblem(schema, path, got, orNull)
  return { path, id: 'error-strategy-type', args: { got, allowed: String(schema.type) } }
}

function numberProblem(schema: Record<string, unknown>, path: string, got: string, orNull: string): Problem {
  const id = schema.type === 'integer' ? 'error-strategy-integer' : 'error-strategy-number'
  return { path, id, args: { got, allowed: `${showBounds(schema)}${orNull}` } }
}

/** Two fields have a pattern: the name and the instrument. */
function patternProblem(error: ErrorObject, path: string, got: string): Problem {
  if (error.instancePath === '/name')
    return { path, id: 'error-strategy-name', args: { got, suggestion: nameFrom(error.data) } }
  const suggestion = (typeof error.data === 'string' && parseInstId(error.data)) || ''
  return { path, id: 'error-strategy-inst-id', args: { got, suggestion } }
}

/** A name made of the letters and digits of `data`. */
function nameFrom(data: unknown): string {
  const words = String(data).match(/[\p{L}\p{N}_]+/gu) ?? []
  return [...words.join('-').replace(/^_+/, '')].slice(0, 40).join('')
}

function pathOf(instancePath: string, data: unknown, root: string): string {
  let place = data
  return instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((path, step) => {
      const inArray = Array.isArray(place)
      place = (place as Record<string, unknown>)[step]
      return stepInto(path, inArray ? Number(step) : step)
    }, root)
}
