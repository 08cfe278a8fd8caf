import { isDeepStrictEqual } from 'node:util'
import {
  type APIApplicationCommand,
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  Locale as DiscordLocale,
  InteractionContextType,
  type REST,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  Routes,
} from 'discord.js'
import { jsonSchema, kindOf } from '../../commands/args.js'
import type { Command } from '../../commands/defineCommand.js'
import { type ArgInfo, argsOf, describe, type Registry } from '../../commands/registry.js'
import { isSecret } from '../../commands/words.js'
import { createTranslator, type Locale, type Translator } from '../../i18n.js'
import { shorten } from '../cutText.js'

type SlashCommand = RESTPostAPIChatInputApplicationCommandsJSONBody

/** What Discord calls our languages beside English, which everybody else gets. */
const otherTongues: readonly [DiscordLocale, Locale][] = [[DiscordLocale.ChineseCN, 'zh']]

const mostChoices = 25
const longestText = 6000

/** The registry as slash commands, in English, with the words of other languages beside. */
export function slashCommands(registry: Registry): SlashCommand[] {
  return registry.commands.map((command) => ({
    type: ApplicationCommandType.ChatInput,
    name: command.name,
    ...wordsOf(command),
    // What nobody else may see is asked for in a form: options stay in the channel's history.
    options: argsOf(command)
      .filter((info) => !isSecret(info))
      .toSorted((a, b) => Number(b.required) - Number(a.required))
      .map((info) => optionOf(command, info)),
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM, InteractionContextType.PrivateChannel],
    integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  }))
}

/** Registers the commands with Discord; sends them only where they are not there as they should be. */
export async function publishSlashCommands(
  rest: Pick<REST, 'get' | 'put'>,
  applicationId: string,
  registry: Registry,
): Promise<void> {
  const route = Routes.applicationCommands(applicationId)
  const wanted = slashCommands(registry)
  const query = new URLSearchParams({ with_localizations: 'true' })
  const present = (await rest.get(route, { query })) as APIApplicationCommand[]
  if (!isDeepStrictEqual(canonical(present), canonical(wanted))) await rest.put(route, { body: wanted })
}

function optionOf(command: Command, { name, required, schema }: ArgInfo): APIApplicationCommandBasicOption {
  const base = { name, ...wordsOf(command, name), required }
  const kind = kindOf(schema)
  const { enum: values, minimum, maximum, minLength, maxLength } = jsonSchema(schema)
  if (kind.name === 'boolean') return { ...base, type: ApplicationCommandOptionType.Boolean }
  if (kind.name === 'integer' || kind.name === 'number') {
    const limited = {
      ...base,
      ...(minimum !== undefined && { min_value: minimum }),
      ...(maximum !== undefined && { max_value: maximum }),
    }
    return kind.name === 'integer'
      ? { ...limited, type: ApplicationCommandOptionType.Integer }
      : { ...limited, type: ApplicationCommandOptionType.Number }
  }
  const text = { ...base, type: ApplicationCommandOptionType.String } as const
  if (values && values.length <= mostChoices) {
    return { ...text, choices: values.map(String).map((value) => ({ name: value, value })) }
  }
  if (kind.suggest) return { ...text, autocomplete: true }
  return {
    ...text,
    ...(minLength !== undefined && { min_length: minLength }),
    ...(maxLength !== undefined && { max_length: Math.min(maxLength, longestText) }),
  }
}

/** A command's or an argument's description in every language, and its name where a language has one of its own. */
function wordsOf(command: Command, arg?: string) {
  const id = arg === undefined ? `command-${command.name}` : `command-${command.name}-${arg}`
  const said = otherTongues.map(([tag, locale]) => ({ tag, t: translator(locale) }))
  const names = said.flatMap(({ tag, t }) => {
    const name = t.attribute(id, 'name')
    return name === null ? [] : [[tag, name]]
  })
  const descriptions = said.map(({ tag, t }) => [tag, descriptionOf(t)])
  return {
    description: descriptionOf(translator('en')),
    description_localizations: Object.fromEntries(descriptions),
    ...(names.length > 0 && { name_localizations: Object.fromEntries(names) }),
  }

  function descriptionOf(t: Translator): string {
    return shorten(describe(t, command, arg), 100)
  }
}

function translator(locale: Locale): Translator {
  return createTranslator({ locale, timeZone: 'UTC', theme: 'light' })
}

/** What we say of commands, by name: without what Discord adds, and with what it leaves out where it is the default. */
function canonical(commands: readonly (APIApplicationCommand | SlashCommand)[]): Record<string, unknown> {
  return Object.fromEntries(
    commands.map((command) => [
      command.name,
      {
        type: command.type,
        description: command.description,
        names: command.name_localizations ?? {},
        descriptions: command.description_localizations ?? {},
        contexts: [...(command.contexts ?? [])].sort(),
        installs: [...(command.integration_types ?? [])].sort(),
        options: (command.options ?? []).map(canonicalOption),
      },
    ]),
  )
}

function canonicalOption(option: APIApplicationCommandOption): unknown {
  const { type, name, description, required = false } = option
  const limits = ['autocomplete', 'min_value', 'max_value', 'min_length', 'max_length'] as const
  const given = option as { [Name in (typeof limits)[number]]?: unknown }
  const choices = 'choices' in option ? (option.choices ?? []) : []
  return {
    type,
    name,
    description,
    required,
    names: option.name_localizations ?? {},
    descriptions: option.description_localizations ?? {},
    limits: limits.map((limit) => (given[limit] === false ? null : (given[limit] ?? null))),
    choices: choices.map(({ name, value }) => [name, value]),
  }
}
