import { Ajv, type ValidateFunction } from 'ajv'
import type { TSchema } from 'typebox'
import { nearest } from '../domain/nearest.js'
import type { Translator } from '../i18n.js'
import { formats, kindOf } from './args.js'
import type { Command } from './defineCommand.js'

/** All commands, checked once. Menus, help, completion and tools derive from it; what only buttons call is in none of them. */
export interface Registry {
  /** Those that people call, in the order in which help shows them. */
  readonly commands: readonly Command[]
  /** One that people call. */
  find(name: string): Command | null
  /** One that a button calls: any. */
  findForButton(name: string): Command | null
  /** The command that a wrong name probably meant. */
  nearest(name: string): string | null
  validator(command: Command): ValidateFunction
  /** The command that takes a file sent without words. */
  readonly takesFile: Command | null
}

/** Throws on a name of the wrong form, a name given twice, or arguments that are not flat. */
export function createRegistry(commands: readonly Command[]): Registry {
  const ajv = new Ajv({ formats, allErrors: false })
  const byName = new Map<string, { command: Command; validator: ValidateFunction }>()
  for (const command of commands) {
    if (!/^[a-z][a-z0-9_]{0,31}$/.test(command.name)) throw new Error(`bad command name: ${command.name}`)
    if (byName.has(command.name)) throw new Error(`command declared twice: ${command.name}`)
    checkArgs(command)
    byName.set(command.name, { command, validator: ajv.compile(command.args) })
  }
  const takers = commands.filter(({ takesFile }) => takesFile)
  if (takers.length > 1) throw new Error('only one command may take files')
  const listed = commands.filter(({ buttonsOnly }) => !buttonsOnly)
  return {
    commands: listed,
    takesFile: takers[0] ?? null,
    find: (name) => listed.find((command) => command.name === name) ?? null,
    findForButton: (name) => byName.get(name)?.command ?? null,
    nearest: (name) =>
      nearest(
        name,
        listed.map((command) => command.name),
      ),
    validator: (command) => {
      const entry = byName.get(command.name)
      if (!entry) throw new Error(`not in the registry: ${command.name}`)
      return entry.validator
    },
  }
}

/** One argument of a command, as surfaces need it. */
export interface ArgInfo {
  name: string
  required: boolean
  schema: TSchema
}

/** A command's arguments in declared order. */
export function argsOf(command: Command): ArgInfo[] {
  const required: readonly string[] = command.args.required ?? []
  return Object.entries(command.args.properties).map(([name, schema]) => ({
    name,
    schema,
    required: required.includes(name),
  }))
}

/** The name of a command's `rest` argument. */
export function restOf(command: Command): string | null {
  return argsOf(command).find(({ schema }) => kindOf(schema).name === 'rest')?.name ?? null
}

/** `/backtest <strategy> [inst] [bar] [range]` */
export function usageOf(command: Command): string {
  const words = argsOf(command).map(({ name, required }) => (required ? `<${name}>` : `[${name}]`))
  return [`/${command.name}`, ...words].join(' ')
}

/** A command's or an argument's words; its bare name where the language has none. */
export function describe(t: Translator, command: Command, arg?: string): string {
  const id = arg === undefined ? `command-${command.name}` : `command-${command.name}-${arg}`
  return t.has(id) ? t(id) : (arg ?? command.name)
}

function checkArgs(command: Command): void {
  const infos = argsOf(command)
  if (infos.length > 25) throw new Error(`/${command.name} has more than 25 arguments`)
  infos.forEach(({ name, schema }, i) => {
    if (!/^[a-z][a-z0-9_]{0,31}$/.test(name)) throw new Error(`/${command.name}: bad argument name: ${name}`)
    const kind = kindOf(schema)
    if (kind.name === 'rest' && i < infos.length - 1) throw new Error(`/${command.name}: ${name} must be the last`)
  })
  const isOpen = infos.some(({ schema, required }) => kindOf(schema).name === 'secret' && (required || !command.secret))
  if (isOpen) throw new Error(`/${command.name}: secrets must be optional, and the command secret`)
  if (command.takesFile && restOf(command) === null)
    throw new Error(`/${command.name} takes files but has no argument for the text`)
}
