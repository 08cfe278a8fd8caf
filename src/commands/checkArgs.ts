import type { ErrorObject } from 'ajv'
import { UserError } from '../domain/userError.js'
import { kindOf } from './args.js'
import type { Command } from './defineCommand.js'
import { argsOf, type Registry, usageOf } from './registry.js'
import { badValue, unknownArgument } from './words.js'

/**
 * Arguments given by name (a slash command's options, a model's call) as a person would write them: `btc` becomes
 * `BTC-USDT`. What has not the form stays as it is, for `checkArgs` to refuse.
 */
export function readNamed(command: Command, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const values: Record<string, unknown> = { ...given }
  for (const { name, schema } of argsOf(command)) {
    const value = given[name]
    const { type, enum: choices } = schema as { type?: string; enum?: unknown }
    const isText = type === 'string' || choices !== undefined
    if (isText && typeof value === 'string') values[name] = kindOf(schema).parse(value) ?? value
  }
  return values
}

/** Refuses arguments that are not what the command declares. Throws UserError with one line. */
export function checkArgs(registry: Registry, command: Command, values: Readonly<Record<string, unknown>>): void {
  const validate = registry.validator(command)
  if (validate(values)) return
  throw refusal(command, values, validate.errors?.[0])
}

function refusal(command: Command, values: Readonly<Record<string, unknown>>, error?: ErrorObject): Error {
  if (error?.keyword === 'required') {
    const argument = String(error.params.missingProperty)
    return new UserError('error-argument-missing', { argument, usage: usageOf(command) })
  }
  if (error?.keyword === 'additionalProperties') {
    return unknownArgument(command, String(error.params.additionalProperty))
  }
  const name = error?.instancePath.split('/')[1]
  const info = argsOf(command).find((candidate) => candidate.name === name)
  if (!info) return new Error(`/${command.name}: ${error?.message ?? 'arguments refused'}`)
  const value = values[info.name]
  return badValue(command, info, typeof value === 'string' ? value : JSON.stringify(value))
}
