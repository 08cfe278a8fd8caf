import { Locale } from 'discord.js'
import { type Static, type TProperties, Type } from 'typebox'
import { checkForm, closed, invalid, text } from './discordRules.js'

export const locales: readonly string[] = Object.values(Locale)

export const localized = (maxLength: number) =>
  Type.Optional(
    Type.Union([
      Type.Null(),
      Type.Object(
        Object.fromEntries(
          locales.map((locale) => [locale, Type.Optional(Type.Union([text(maxLength), Type.Null()]))]),
        ),
        {
          additionalProperties: false,
        },
      ),
    ]),
  )
type Localized = Partial<Record<string, string | null>> | null | undefined

const words = {
  name: text(32),
  name_localizations: localized(32),
  description: text(100),
  description_localizations: localized(100),
}
const choice = closed({
  name: text(100),
  name_localizations: localized(100),
  value: Type.Union([text(100), Type.Number()]),
})

const required = { required: Type.Optional(Type.Boolean()) }
const choices = {
  ...required,
  choices: Type.Optional(Type.Array(choice, { maxItems: 25 })),
  autocomplete: Type.Optional(Type.Boolean()),
}
const range = { min_value: Type.Optional(Type.Number()), max_value: Type.Optional(Type.Number()) }
const nested = { options: Type.Optional(Type.Array(Type.Unknown(), { maxItems: 25 })) }
const optionOf = <P extends TProperties>(type: number, own: P) => closed({ type: Type.Literal(type), ...words, ...own })

/** What each type of option takes. The fake has none that pick users, roles or channels. */
const optionSchemas = {
  1: optionOf(1, nested),
  2: optionOf(2, nested),
  3: optionOf(3, {
    ...choices,
    min_length: Type.Optional(Type.Integer({ minimum: 0, maximum: 6000 })),
    max_length: Type.Optional(Type.Integer({ minimum: 1, maximum: 6000 })),
  }),
  4: optionOf(4, { ...choices, ...range }),
  5: optionOf(5, required),
  10: optionOf(10, { ...choices, ...range }),
  11: optionOf(11, required),
}

/** A checked option, whatever its type. */
export interface Option {
  type: keyof typeof optionSchemas
  name: string
  name_localizations?: Localized
  description: string
  description_localizations?: Localized
  required?: boolean
  autocomplete?: boolean
  choices?: Static<typeof choice>[]
  options?: Option[]
  min_value?: number
  max_value?: number
  min_length?: number
  max_length?: number
}

const Command = closed({
  ...words,
  id: Type.Optional(Type.String()),
  type: Type.Optional(Type.Literal(1)),
  options: Type.Optional(Type.Array(Type.Unknown(), { maxItems: 25 })),
  default_member_permissions: Type.Optional(Type.Union([Type.Null(), Type.String({ pattern: '^\\d+$' })])),
  nsfw: Type.Optional(Type.Boolean()),
  integration_types: Type.Optional(Type.Array(Type.Enum([0, 1]), { minItems: 1, uniqueItems: true })),
  contexts: Type.Optional(
    Type.Union([Type.Null(), Type.Array(Type.Enum([0, 1, 2]), { minItems: 1, uniqueItems: true })]),
  ),
})
export type Command = Omit<Static<typeof Command>, 'options'> & { options: Option[] }

/** Global slash commands as Discord takes them, else an `Invalid Form Body`. */
export function checkCommands(value: unknown): Command[] {
  const list = checkForm(Type.Array(Type.Unknown(), { maxItems: 100 }), value)
  const commands = list.map((item, index) => {
    const command = checkForm(Command, item, String(index))
    checkNames(command, String(index))
    const checked = { ...command, options: checkOptions(command.options ?? [], `${index}.options`, 0) }
    if (sizeOf(checked) > 8000) throw invalid(String(index), 'Command exceeds maximum size (8000)')
    return checked
  })
  unique(
    commands.map(({ name }) => name),
    '',
    'Application command names must be unique',
  )
  return commands
}

function checkOptions(list: readonly unknown[], path: string, depth: number): Option[] {
  const options = list.map((item, index) => checkOption(item, `${path}.${index}`, depth))
  unique(
    options.map(({ name }) => name),
    path,
    'Option names must be unique',
  )
  if (options.some(({ type }) => type <= 2) && options.some(({ type }) => type > 2))
    throw invalid(path, 'Sub-command and sub-command group option types are mutually exclusive to all other types')
  const firstOptional = options.findIndex((option) => option.type > 2 && !option.required)
  if (firstOptional >= 0 && options.slice(firstOptional).some((option) => option.required))
    throw invalid(path, 'Required options must be placed before non-required options')
  return options
}

function checkOption(item: unknown, path: string, depth: number): Option {
  const { type } = item as { type?: number }
  const schema = Object.entries(optionSchemas).find(([key]) => key === String(type))?.[1]
  if (!schema) throw invalid(`${path}.type`, `the fake knows no option of type ${type}`)
  const option = checkForm(schema, item, path) as Omit<Option, 'options'> & { options?: unknown[] }
  checkNames(option, path)
  const { options: inner, ...rest } = option
  if (option.type <= 2) {
    if (depth > 2 - option.type) throw invalid(path, 'sub-commands too deep')
    const checked = checkOptions(inner ?? [], `${path}.options`, depth + 1)
    if (option.type === 2 && checked.some((sub) => sub.type !== 1))
      throw invalid(path, 'a group takes sub-commands only')
    if (option.type === 1 && checked.some((sub) => sub.type <= 2)) throw invalid(path, 'sub-commands too deep')
    return { ...rest, options: checked }
  }
  checkChoices(rest, path)
  return rest
}

function checkChoices(option: Option, path: string): void {
  const { choices = [], autocomplete = false, type } = option
  if (autocomplete && choices.length > 0)
    throw invalid(`${path}.autocomplete`, 'autocomplete and choices exclude each other')
  for (const [index, { value }] of choices.entries()) {
    const fits =
      type === 3 ? typeof value === 'string' : type === 4 ? Number.isInteger(value) : typeof value === 'number'
    if (!fits)
      throw invalid(`${path}.choices.${index}.value`, `Could not interpret "${value}" for an option of type ${type}`)
  }
  unique(
    choices.map(({ name }) => name),
    `${path}.choices`,
    'Choice names must be unique',
  )
  const whole =
    type !== 4 || [option.min_value, option.max_value].every((bound) => bound === undefined || Number.isInteger(bound))
  if (!whole) throw invalid(path, 'bounds of an integer must be integers')
  if ((option.min_value ?? -Infinity) > (option.max_value ?? Infinity))
    throw invalid(path, 'min_value exceeds max_value')
  if ((option.min_length ?? 0) > (option.max_length ?? 6000)) throw invalid(path, 'min_length exceeds max_length')
}

/** Names, in every language, are of letters, digits, `-` and `_`, in lower case where there is one. */
function checkNames(
  { name, name_localizations }: { name: string; name_localizations?: Localized },
  path: string,
): void {
  const all: [string, string | null | undefined][] = [[`${path}.name`, name]]
  for (const [locale, own] of Object.entries(name_localizations ?? {}))
    all.push([`${path}.name_localizations.${locale}`, own])
  for (const [place, own] of all) {
    if (typeof own !== 'string') continue
    if (!/^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u.test(own) || own !== own.toLowerCase())
      throw invalid(place, `Command name is invalid: ${own}`)
  }
}

function unique(values: readonly string[], path: string, message: string): void {
  const twice = values.find((value, index) => values.indexOf(value) < index)
  if (twice !== undefined) throw invalid(path, `${message}: ${twice}`)
}

/** Names, descriptions and choice values together, each in its longest language. */
function sizeOf({
  name,
  name_localizations,
  description,
  description_localizations,
  options = [],
  ...rest
}: Option | Command): number {
  const longest = (own: string, others: Localized) =>
    Math.max(own.length, ...Object.values(others ?? {}).map((other) => other?.length ?? 0))
  const inChoices = 'choices' in rest ? (rest.choices ?? []) : []
  return (
    longest(name, name_localizations) +
    longest(description, description_localizations) +
    options.reduce((sum, option) => sum + sizeOf(option), 0) +
    inChoices.reduce(
      (sum, { name, name_localizations, value }) => sum + longest(name, name_localizations) + String(value).length,
      0,
    )
  )
}
